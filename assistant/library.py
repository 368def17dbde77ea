"""The reports of an index as a user manages them: added by upload, removed, read again."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path
from threading import Lock

from corpus.errors import AttacheError
from corpus.readers import READERS
from corpus.types import Report
from index.records import StoredReport
from index.retriever import Index
from index.store import live
from index.tables import StoredReports
from index.update import remove_reports, update

LARGEST_UPLOAD = 64 << 20
"""Bytes of one uploaded file."""
UPLOADS = "uploads"
REMOVED = "removed"
NAMES = "names.json"
LEFT_OUT = "left-out.json"
_REMEMBERED = 200
_LONGEST_NAME = 120


class State(StrEnum):
    """How a report's file stands to what the index holds of it."""

    INDEXED = "indexed"
    UNREAD_PAGES = "unread-pages"
    """Some of its pages are pictures that could not be read."""
    MISSING = "missing"
    CHANGED = "changed"


class Outcome(StrEnum):
    """What became of one file."""

    ADDED = "added"
    PARTLY = "partly"
    """Added, but some of its pages could not be read."""
    REFRESHED = "refreshed"
    UNCHANGED = "unchanged"
    KNOWN = "known"
    """The index has a report of the same content already."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a user sends: where it lies, and what he calls it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file, with the reason where there is something to say."""

    name: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report of the index, with what the list of reports tells."""

    report: Report
    chunks: int
    state: State
    uploaded: bool
    """Whether its file came through the page."""


Read = Callable[[int], None]
"""Called with the position of an upload when its file has been read."""


class Library:
    """Changes one index, one change at a time; who asks goes on with the generation before.

    Uploads lie in ``state/uploads`` under names of ours, the beginning of their content's hash, with
    the users' names for them beside. What is removed can be restored until the program ends: till
    then its file is kept.
    """

    def __init__(self, folder: Path, state: Path) -> None:
        self._folder = folder
        self._state_folder = state
        self._uploads = state / UPLOADS
        self._bin = state / REMOVED
        self._lock = Lock()
        self._removed: dict[str, StoredReport] = {}
        self._digests: dict[tuple[str, int, int], str] = {}
        # What was removed before the last end of the program is gone for good.
        shutil.rmtree(self._bin, ignore_errors=True)

    def entries(self, index: Index) -> tuple[Entry, ...]:
        """Describe all reports of an opened index, in its order."""
        counts: dict[str, int] = {}
        for chunk in index.chunks:
            counts[chunk.report_id] = counts.get(chunk.report_id, 0) + 1
        return tuple(
            Entry(
                stored.report,
                counts.get(stored.report.id, 0),
                self._state(stored),
                self._is_upload(Path(stored.path)),
            )
            for stored in index.stored
        )

    def add(self, uploads: Sequence[Upload], read: Read = lambda _: None) -> tuple[Taken, ...]:
        """Index uploaded files; says of each, in their order, what became of it.

        AttacheError when the index cannot be written.
        """
        with self._lock:
            there = tuple(self._stored())
            known = {each.report.sha256: each.report.source for each in there}
            names = set(known.values())
            outcomes: dict[int, Taken] = {}
            stored: dict[Path, int] = {}
            called: dict[Path, str] = {}
            for at, upload in enumerate(uploads):
                try:
                    path, digest = self._keep(upload)
                except AttacheError as error:
                    outcomes[at] = Taken(upload.name, Outcome.REFUSED, str(error))
                    continue
                if digest in known:
                    outcomes[at] = Taken(upload.name, Outcome.KNOWN, known[digest])
                    if str(path) not in {each.path for each in there}:
                        path.unlink(missing_ok=True)
                elif path in stored:
                    outcomes[at] = Taken(upload.name, Outcome.KNOWN, called[path])
                else:
                    stored[path] = at
                    called[path] = _distinct(upload.name, names)
                    names.add(called[path])
                    _leave_out(self._state_folder, digest, False)
            if stored:
                positions = tuple(stored.values())
                for path, taken in self._index(called, lambda n: read(positions[n])).items():
                    outcomes[stored[path]] = taken
                    if taken.outcome is Outcome.REFUSED:
                        path.unlink(missing_ok=True)
                    names_now = {
                        **_names(self._state_folder),
                        **{p.name: n for p, n in called.items()},
                    }
                _write(self._uploads / NAMES, names_now)
            return tuple(outcomes[at] for at in range(len(uploads)))

    def remove(self, report_id: str) -> Report:
        """Take a report out of the index; an upload's file goes with it, any other file stays.

        AttacheError when it is not there, or is the last one.
        """
        with self._lock:
            stored = self._find(report_id)
            remove_reports([report_id], self._folder)
            self._removed[report_id] = stored
            while len(self._removed) > _REMEMBERED:
                del self._removed[next(iter(self._removed))]
            path = Path(stored.path)
            if self._is_upload(path) and path.exists():
                self._bin.mkdir(parents=True, exist_ok=True)
                path.replace(self._bin / path.name)
            else:
                _leave_out(self._state_folder, stored.report.sha256, True)
            return stored.report

    def restore(self, report_id: str) -> Report:
        """Bring back a report that was removed; AttacheError when its file is gone."""
        with self._lock:
            stored = self._removed.get(report_id)
            if stored is None:
                raise AttacheError(f"no report {report_id} was removed since this program began")
            path = Path(stored.path)
            if self._is_upload(path) and (self._bin / path.name).exists():
                (self._bin / path.name).replace(path)
            if not path.exists():
                raise AttacheError(
                    f"{stored.report.source}: its file is no longer there, so it cannot come back; "
                    "add the file again"
                )
            _leave_out(self._state_folder, stored.report.sha256, False)
            update([path], self._folder, sources={path: stored.report.source})
            del self._removed[report_id]
            return stored.report

    def read_again(self, report_id: str) -> Taken:
        """Read a report's file again: for what changed in it, or pages that were not read.

        AttacheError when the report is not there; a file that cannot be read is told as refused.
        """
        with self._lock:
            stored = self._find(report_id)
            path = Path(stored.path)
            return self._index({path: stored.report.source})[path]

    def _index(self, called: Mapping[Path, str], read: Read = lambda _: None) -> dict[Path, Taken]:
        """Index files under names; what became of each."""

        def progress(stage: str, done: int, _: int) -> None:
            if stage == "reading":
                read(done - 1)

        try:
            summary = update(list(called), self._folder, progress=progress, sources=called)
        except AttacheError as error:
            if len(called) == 1:
                path, name = next(iter(called.items()))
                return {path: Taken(name, Outcome.REFUSED, _about(str(error), path, name))}
            # None could be read: each for itself says why.
            apart: dict[Path, Taken] = {}
            for path, name in called.items():
                apart.update(self._index({path: name}))
            return apart
        reasons = {skipped.name: skipped.reason for skipped in summary.skipped}
        outcomes = {}
        for path, name in called.items():
            reason = _about(reasons.get(name, ""), path, name)
            if name in summary.added or name in summary.changed:
                done = Outcome.ADDED if name in summary.added else Outcome.REFRESHED
                outcome = Outcome.PARTLY if reason else done
            elif name in summary.unchanged:
                outcome = Outcome.UNCHANGED
            else:
                outcome = Outcome.REFUSED
            outcomes[path] = Taken(name, outcome, reason)
        return outcomes

    def _keep(self, upload: Upload) -> tuple[Path, str]:
        """Copy an upload to its place under a name of ours; gives the path and the hash."""
        suffix = Path(upload.name).suffix.lower()
        if suffix not in READERS:
            raise AttacheError(
                f"found a file of type {suffix or '(none)'}, expected one of "
                f"{', '.join(sorted(READERS))}; convert it to one of these"
            )
        try:
            size = upload.path.stat().st_size
            if size > LARGEST_UPLOAD:
                raise AttacheError(
                    f"found a file of {size >> 20} MB, expected at most {LARGEST_UPLOAD >> 20} MB; "
                    "split it"
                )
            with upload.path.open("rb") as stream:
                digest = file_digest(stream, "sha256").hexdigest()
            self._uploads.mkdir(parents=True, exist_ok=True)
            kept = self._uploads.resolve() / f"{digest[:12]}{suffix}"
            if not kept.exists():
                written = kept.with_name(f"{kept.name}.new")
                shutil.copyfile(upload.path, written)
                written.replace(kept)
        except OSError as error:
            raise AttacheError(f"it could not be stored ({error.strerror})") from error
        return kept, digest

    def _state(self, stored: StoredReport) -> State:
        path = Path(stored.path)
        try:
            status = path.stat()
        except OSError:
            return State.MISSING
        stamp = (stored.path, status.st_mtime_ns, status.st_size)
        if stamp not in self._digests:
            try:
                with path.open("rb") as stream:
                    self._digests[stamp] = file_digest(stream, "sha256").hexdigest()
            except OSError:
                return State.MISSING
        if self._digests[stamp] != stored.report.sha256:
            return State.CHANGED
        return State.UNREAD_PAGES if stored.report.unread_pages else State.INDEXED

    def _is_upload(self, path: Path) -> bool:
        return path.is_relative_to(self._uploads.resolve())

    def _stored(self) -> Iterable[StoredReport]:
        return StoredReports(live(self._folder).folder)

    def _find(self, report_id: str) -> StoredReport:
        for stored in self._stored():
            if stored.report.id == report_id:
                return stored
        raise AttacheError(f"no report {report_id} is in the index; it may have been removed")


def uploaded(state: Path) -> dict[Path, str]:
    """Give the files that users have uploaded, with their names for them."""
    names = _names(state)
    folder = (state / UPLOADS).resolve()
    kept = {folder / stored: name for stored, name in names.items()}
    return {path: name for path, name in kept.items() if path.is_file()}


def left_out(state: Path) -> frozenset[str]:
    """Give the hashes of the files that users took out of the index, though they are still there."""
    try:
        hashes = json.loads((state / LEFT_OUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(each for each in hashes if isinstance(each, str))


def _leave_out(state: Path, digest: str, wanted: bool) -> None:
    before = left_out(state)
    now = before | {digest} if wanted else before - {digest}
    if now != before:
        _write(state / LEFT_OUT, sorted(now))


def _names(state: Path) -> dict[str, str]:
    try:
        names = json.loads((state / UPLOADS / NAMES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(names, dict):
        return {}
    # A name that leads elsewhere was not written by us.
    return {stored: str(name) for stored, name in names.items() if Path(stored).name == stored}


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f"{path.name}.new")
    written.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(written, path)


def _distinct(name: str, taken: set[str]) -> str:
    """Give a name that can be shown and that no other report has: ``a.pdf``, ``a (2).pdf``."""
    printable = "".join(sign if sign.isprintable() else " " for sign in name)
    suffix = Path(printable).suffix[:10]
    stem = printable.removesuffix(suffix).strip()[:_LONGEST_NAME] or "report"
    number = 1
    while (shown := f"{stem} ({number}){suffix}" if number > 1 else f"{stem}{suffix}") in taken:
        number += 1
    return shown


def _about(reason: str, path: Path, name: str) -> str:
    """Tell a reason without the place on the server's disk that it names."""
    told = reason.replace(str(path), name).replace(str(path.parent), "")
    return told.removeprefix(f"{name}: ")
