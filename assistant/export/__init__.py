"""A document to a file: one module a format."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from assistant.export.document import Document
from corpus.errors import AttacheError

FORMATS = {
    ".odt": "odt",
    ".docx": "docx",
    ".pdf": "pdf",
    ".md": "markdown",
    ".html": "html",
}
"""The module that writes files of each kind."""


def export(document: Document, suffix: str) -> bytes:
    """Write a document in the format of a file's suffix; the same bytes for the same document.

    ``AttacheError`` for a suffix that no module writes, and where a format lacks what it needs.
    """
    module = import_module(f"assistant.export.{check(suffix)}")
    write: Callable[[Document], bytes] = module.write
    return write(document)


def check(suffix: str) -> str:
    """Name of the module that writes such files; ``AttacheError`` when none does."""
    name = FORMATS.get(suffix.lower())
    if name is None:
        raise AttacheError(
            f"cannot write {suffix or 'a file without a suffix'!r}; "
            f"expected one of {', '.join(FORMATS)}"
        )
    return name


def check_place(path: Path) -> None:
    """Make sure, before any work, that a document can be written there, and make its folder.

    ``AttacheError`` when no module writes such files, or nothing can be written there.
    """
    check(path.suffix)
    if path.is_dir():
        raise _unwritable(path, "it is a folder")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error.strerror) from error
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise _unwritable(path, "it is not for you to write")


def save(document: Document, path: Path) -> None:
    """Write a document to a file, in the format that its name ends with."""
    content = export(document, path.suffix)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise _unwritable(path, error.strerror) from error


def _unwritable(path: Path, reason: str | None) -> AttacheError:
    return AttacheError(f"cannot write {path}: {reason}; choose another --out")
