"""Source files to text lines: one module a format, found by the file's suffix.

Plain text is read in this process: its code is ours and linear. The parsers of all other formats
run apart, in a process that may die of a file (``corpus.readers.apart``).
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

from corpus.errors import AttacheError
from corpus.readers import plain, scanned
from corpus.readers.apart import reading_child
from corpus.readers.source import Source

Reader = Callable[[bytes, str], Source]
"""File content and the file's name for errors, to lines."""

LARGEST_TEXT = 8 << 20
LARGEST_PAGE = 32 << 20
LARGEST_BINARY = 256 << 20
"""Bytes of the largest file of text, web page and document that is read.

A report's text is below 1 MB; with its pictures, a web page or a document grows large.
"""


def _apart(form: str, content: bytes, name: str) -> Source:
    return reading_child().read(form, content, name)


_HTML = partial(_apart, "html")
READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".md": plain.read,
    ".markdown": plain.read,
    ".html": _HTML,
    ".htm": _HTML,
    ".docx": partial(_apart, "docx"),
    ".odt": partial(_apart, "odt"),
    ".pdf": scanned.read,
}

__all__ = ["READERS", "Reader", "Source", "read_bytes", "read_source", "reader_for"]


def reader_for(path: Path) -> Reader:
    """The reader for the file's suffix; AttacheError when there is none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise AttacheError(
            f"{path}: found a file of type {path.suffix or '(none)'}, "
            f"expected one of {', '.join(sorted(READERS))}; convert it to one of these"
        )
    return reader


def read_bytes(path: Path) -> bytes:
    """The file's content; AttacheError when it is missing, unreadable, empty or too large."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):
            raise AttacheError(f"{path}: found a device or pipe, expected a file; name a file")
        _check_size(path, status.st_size)
        content = path.read_bytes()
    except FileNotFoundError:
        raise AttacheError(
            f"{path}: found nothing there, expected a report; check the path"
        ) from None
    except IsADirectoryError:
        raise AttacheError(f"{path}: found a folder, expected a file; name a file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AttacheError(
            f"{path}: cannot be read ({reason}), expected a readable file; check its permissions"
        ) from None
    if not content:
        raise AttacheError(
            f"{path}: found an empty file, expected a report's text; remove or refill it"
        )
    _check_size(path, len(content))
    return content


def read_source(path: Path) -> Source:
    """Read one file with the reader for its suffix."""
    return reader_for(path)(read_bytes(path), str(path))


def _check_size(path: Path, size: int) -> None:
    reader = READERS.get(path.suffix.lower(), plain.read)
    largest = LARGEST_BINARY
    if reader in {plain.read, _HTML}:
        largest = LARGEST_TEXT if reader is plain.read else LARGEST_PAGE
    if size > largest:
        raise AttacheError(
            f"{path}: found a file of {size / 2**20:,.0f} MB, expected at most "
            f"{largest / 2**20:,.0f} MB; split it"
        )
