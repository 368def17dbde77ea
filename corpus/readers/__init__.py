"""Source files to text lines: one module a format, found by the file's suffix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.errors import AttacheError
from corpus.readers import plain
from corpus.readers.source import Source

Reader = Callable[[bytes, str], Source]
"""File content and the file's name for errors, to lines."""

READERS: dict[str, Reader] = {".txt": plain.read, ".md": plain.read, ".markdown": plain.read}

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
    """The file's content; AttacheError when it is missing, unreadable, a folder or empty."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise AttacheError(
            f"{path}: found nothing there, expected a report; check the path"
        ) from None
    except IsADirectoryError:
        raise AttacheError(f"{path}: found a folder, expected a file; name a file in it") from None
    except OSError as error:
        raise AttacheError(
            f"{path}: cannot be read ({error.strerror}), expected a readable file; "
            "check its permissions"
        ) from None
    if not content:
        raise AttacheError(
            f"{path}: found an empty file, expected a report's text; remove or refill it"
        )
    return content


def read_source(path: Path) -> Source:
    """Read one file with the reader for its suffix."""
    return reader_for(path)(read_bytes(path), str(path))
