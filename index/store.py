"""An index on disk: generations written whole beside the live one, switched in by one rename.

    DIR/CURRENT                the number of the live generation
    DIR/LOCK                   held by whoever writes
    DIR/generations/7/         a generation: manifest.json names all its other files

A crash at any instant leaves the old generation live or the new one. The generation before the live
one is kept for readers that have it open; older and half-written ones go with the next write.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Final

from corpus.chunker import TARGET
from corpus.errors import AttacheError
from index.text import TOKENIZER_VERSION

FORMAT: Final = 1
"""Changes with the layout of the files below."""
CURRENT: Final = "CURRENT"
LOCK: Final = "LOCK"
GENERATIONS: Final = "generations"
MANIFEST: Final = "manifest.json"
VERIFIED_BYTES: Final = 64 << 20
"""So much is compared with its checksums whenever an index is opened, small files first."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file was when it was written."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index was built with, and how much is in it."""

    encoder_name: str | None
    """As given to ``index``; None for the bundled encoder."""
    encoder_id: str
    dim: int
    reports: int
    chunks: int
    reader: int
    """Version of the reading: another one may read other sections in the same file."""
    chunk_target: int = TARGET
    """Characters that a chunk aims at; an index that does not tell has the usual ones."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation consists of."""

    format: int
    tokenizer: str
    contents: Contents
    files: Mapping[str, FileRecord]


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation on disk that is complete: every file is there in its size."""

    home: Path
    """The folder of the index."""
    folder: Path
    manifest: Manifest


def remedy(home: Path) -> str:
    """Give the command that builds the index of a folder again."""
    return f"build it again with: attache index PATH... --out {home}"


def live(home: Path) -> Generation:
    """Find the live generation of an index; an ``AttacheError`` says why there is none to use."""
    folder = _live_folder(home)
    try:
        return _complete(home, folder)
    except AttacheError:
        # two writes since CURRENT was read have removed what it named then
        if _live_folder(home) == folder:
            raise
        return _complete(home, _live_folder(home))


def verify(generation: Generation, most: int | None = VERIFIED_BYTES) -> None:
    """Compare files with their checksums, small ones first, up to so many bytes (None: all)."""
    left = most
    for name, record in sorted(generation.manifest.files.items(), key=lambda file: file[1].size):
        if left is not None:
            left -= record.size
            if left < 0:
                return
        if _sha256(generation.folder / name) != record.sha256:
            raise damaged(generation, name, "its checksum differs")


def damaged(generation: Generation, name: str, what: str) -> AttacheError:
    """Describe a damaged file of a generation."""
    return AttacheError(f"{generation.folder / name} is damaged: {what}; {remedy(generation.home)}")


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the right to write an index; ``AttacheError`` if another process holds it."""
    import fcntl

    try:
        (home / GENERATIONS).mkdir(parents=True, exist_ok=True)
        lock = (home / LOCK).open("a")
    except OSError as error:
        raise _cannot_write(home, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AttacheError(
                f"another process is writing the index in {home}; expected to be the only one; "
                "try again when it has ended"
            ) from error
        except OSError as error:
            raise _cannot_write(home, error) from error
        yield


def publish(home: Path, contents: Contents, write_files: Callable[[Path], None]) -> Generation:
    """Write a generation and make it the live one; call while holding the lock.

    ``write_files`` writes all files of the generation but its manifest into a new folder. When
    anything fails, the live generation stays what it was.
    """
    before = _live_number(home)
    number = max([before or 0, *_numbers(home)]) + 1
    folder = home / GENERATIONS / str(number)
    try:
        _remove_all_but(home, {before, _previous(home, before)})
        folder.mkdir()
        write_files(folder)
        manifest = Manifest(FORMAT, TOKENIZER_VERSION, contents, _records(folder))
        _write_synced(folder / MANIFEST, json.dumps(asdict(manifest), indent=1))
        _sync(folder)
        _sync(folder.parent)
        _write_synced(home / f"{CURRENT}.new", f"{number}\n")
        os.replace(home / f"{CURRENT}.new", home / CURRENT)
        _sync(home)
    except OSError as error:
        if _live_number(home) != number:
            shutil.rmtree(folder, ignore_errors=True)
        raise _cannot_write(home, error) from error
    _remove_all_but(home, {before, number})
    return Generation(home, folder, manifest)


def _complete(home: Path, folder: Path) -> Generation:
    generation = Generation(home, folder, _read_manifest(home, folder))
    for name, record in generation.manifest.files.items():
        _check_size(generation, name, record)
    return generation


def _live_folder(home: Path) -> Path:
    if not home.is_dir():
        raise AttacheError(
            f"no index in {home}: the folder does not exist; "
            f"make one with: attache index PATH... --out {home}"
        )
    try:
        number = (home / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise AttacheError(
            f"no index in {home}: expected a file {CURRENT} there; "
            f"make one with: attache index PATH... --out {home}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged_current(home, _reason(error)) from error
    if not (number.isascii() and number.isdigit()):
        raise _damaged_current(home, f"found {number[:40]!r}, expected a number")
    folder = home / GENERATIONS / str(int(number))
    if not folder.is_dir():
        raise _damaged_current(home, f"it names generation {number}, which does not exist")
    return folder


def _damaged_current(home: Path, what: str) -> AttacheError:
    return AttacheError(f"{home / CURRENT} is damaged: {what}; {remedy(home)}")


def _read_manifest(home: Path, folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        stored = json.loads(path.read_bytes())
        found = stored["format"]
        if found == FORMAT:
            manifest = Manifest(
                format=found,
                tokenizer=stored["tokenizer"],
                contents=Contents(**stored["contents"]),
                files={name: FileRecord(**file) for name, file in stored["files"].items()},
            )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AttacheError(f"{path} is damaged: {_reason(error)}; {remedy(home)}") from error
    if found != FORMAT:
        raise AttacheError(
            f"the index in {home} has format version {found!r}; expected {FORMAT}; {remedy(home)}"
        )
    if manifest.tokenizer != TOKENIZER_VERSION:
        raise AttacheError(
            f"the index in {home} has terms of version {manifest.tokenizer!r}; "
            f"expected {TOKENIZER_VERSION!r}; {remedy(home)}"
        )
    return manifest


def _check_size(generation: Generation, name: str, record: FileRecord) -> None:
    try:
        size = (generation.folder / name).stat().st_size
    except OSError as error:
        raise damaged(generation, name, _reason(error)) from error
    if size != record.size:
        raise damaged(generation, name, f"it has {size} bytes, expected {record.size}")


def _records(folder: Path) -> dict[str, FileRecord]:
    records = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
        records[path.name] = FileRecord(path.stat().st_size, _sha256(path))
    return records


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _live_number(home: Path) -> int | None:
    try:
        return int(_live_folder(home).name)
    except AttacheError:
        return None


def _numbers(home: Path) -> list[int]:
    folders = (home / GENERATIONS).iterdir()
    return [int(folder.name) for folder in folders if folder.name.isdecimal()]


def _previous(home: Path, number: int | None) -> int | None:
    """Give the complete generation before one, the newest if there are several."""
    earlier = [n for n in _numbers(home) if number is not None and n < number]
    return max(earlier, default=None)


def _remove_all_but(home: Path, kept: set[int | None]) -> None:
    for number in _numbers(home):
        if number not in kept:
            shutil.rmtree(home / GENERATIONS / str(number), ignore_errors=True)


def _cannot_write(home: Path, error: OSError) -> AttacheError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    what = "free some space there" if full else "expected a folder that may be written"
    return AttacheError(
        f"cannot write the index in {home} ({_reason(error)}); {what}, or choose another with "
        "--out; an index that was there stays as it was"
    )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
