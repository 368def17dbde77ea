"""Files to reports: what lies below a folder, and one file read whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import AttacheError
from corpus.metadata import read_metadata
from corpus.normalise import normalise
from corpus.outline import outline
from corpus.readers import READERS, read_bytes, reader_for
from corpus.script import language
from corpus.types import Report

_CONVERTIBLE = frozenset({".doc", ".rtf", ".wps", ".pages", ".ppt", ".pptx", ".mht", ".mhtml"})


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file to be read, and the name that the index and citations call it by."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a folder that may be a report and is not read, with the reason."""

    source: str
    reason: str


def discover(paths: Iterable[Path | str]) -> tuple[ReportFile, ...]:
    """The report files named, and those below the folders named, in the order of their paths.

    In a folder, files of other types, hidden ones and links out of the folder are passed over;
    ``left_out`` names those that a user may miss. A file named itself must be of a type that is
    read. AttacheError when a path is missing or a folder holds no report.
    """
    found: dict[Path, ReportFile] = {}
    sources: set[str] = set()
    for named in map(Path, paths):
        if named.is_dir():
            files = [(path, path.relative_to(named).as_posix()) for path in _below(named)]
            if not files:
                raise AttacheError(
                    f"{named}: found no report in the folder, expected files of type "
                    f"{', '.join(sorted(READERS))}; name another folder"
                )
        elif named.exists():
            reader_for(named)
            files = [(named, named.name)]
        else:
            raise AttacheError(
                f"{named}: found nothing there, expected a report or a folder; check the path"
            )
        for path, name in files:
            real = path.resolve()
            if real in found:
                continue
            # two folders may hold a file of this name: the second goes by its folder as well
            source = _longer_name(path, sources) if name in sources else name
            sources.add(source)
            found[real] = ReportFile(path, source)
    return tuple(found.values())


def read_report(path: Path, source: str | None = None) -> Report:
    """Read one report: text, outline and metadata. ``source`` is its name, or else the file's.

    AttacheError when the file is missing, empty, or holds no text.
    """
    reader = reader_for(path)
    content = read_bytes(path)
    document = normalise(reader(content, str(path)))
    sections = outline(document)
    digest = hashlib.sha256(content).hexdigest()
    return Report(
        id=digest[:12],
        source=path.name if source is None else source,
        sha256=digest,
        language=language(document.text),
        metadata=read_metadata(document, sections),
        text=document.text,
        sections=sections,
        pages=document.pages,
    )


def left_out(paths: Iterable[Path | str]) -> tuple[LeftOut, ...]:
    """What ``discover`` passes over in the folders named though it may well be a report.

    These are links that lead out of the folder or nowhere, links to folders, folders that may not
    be opened, and files of types that can be converted to one that is read.
    """
    found: list[LeftOut] = []
    for folder in (path for path in map(Path, paths) if path.is_dir()):
        root = folder.resolve()

        def note(path: Path, reason: str, folder: Path = folder) -> None:
            found.append(LeftOut(path.relative_to(folder).as_posix(), reason))

        def refused(error: OSError, note: Callable[[Path, str], None] = note) -> None:
            note(Path(error.filename), f"the folder cannot be opened ({error.strerror})")

        for parent, folders, names in os.walk(folder, onerror=refused):
            for name in sorted(name for name in (*folders, *names) if not name.startswith(".")):
                path = Path(parent, name)
                if path.is_symlink() and (name in folders or path.suffix.lower() in READERS):
                    if name in folders:
                        note(path, "it is a link to a folder; name that folder itself")
                    elif not _leads_within(path, root):
                        note(path, "it is a link out of the folder; name the file itself")
                elif path.suffix.lower() in _CONVERTIBLE and name in names:
                    reason = f"files of type {path.suffix} are not read; save it as .docx or .pdf"
                    note(path, reason)
    return tuple(found)


def _leads_within(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # it leads nowhere, or to itself
        return False


def _below(folder: Path) -> list[Path]:
    files: list[Path] = []
    root = folder.resolve()
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() not in READERS:
                continue
            if path.is_symlink() and not _leads_within(path, root):
                continue
            files.append(path)
    return sorted(files, key=lambda path: path.relative_to(folder).parts)


def _longer_name(path: Path, taken: set[str]) -> str:
    parts = path.resolve().parts
    for length in range(2, len(parts)):
        name = "/".join(parts[-length:])
        if name not in taken:
            return name
    return f"{path.resolve()}"
