"""Building an index and bringing it up to date: only what changed is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path

import numpy as np

from corpus.chunker import TARGET, chunk_report
from corpus.errors import AttacheError
from corpus.read import ReportFile, discover, left_out, read_report
from corpus.types import READER_VERSION, Report
from index.encoder import BundledEncoder, load_encoder
from index.engine import Engine
from index.expansion import identity
from index.passage import passage
from index.records import StoredReport
from index.store import Contents, Generation, live, locked, publish, verify
from index.tables import ChunkedReport, Chunks, StoredReports, write_tables
from index.types import Encoder, Vectors

Progress = Callable[[str, int, int], None]
"""Called with what is being done (``reading``, ``encoding``), how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not indexed, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What an update did, by the sources of the reports."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    reports: int
    """Reports in the index now, those from other folders included."""
    chunks: int
    rebuilt: str | None
    """Why everything was built anew; None when the index was brought up to date."""


def update(
    paths: Iterable[Path | str],
    out: Path | str,
    encoder_name: str | None = None,
    progress: Progress | None = None,
    chunk_target: int | None = None,
    sources: Mapping[Path, str] | None = None,
    leave_out: Collection[str] = (),
) -> Summary:
    """Index the report files below some paths into a folder, or bring the index there up to date.

    Files are known by their content: unchanged ones are not read again and keep their chunk ids.
    Reports whose files are gone from below ``paths`` are dropped; those indexed from elsewhere
    stay. Without ``encoder_name`` an index keeps its encoder, and a new one gets the bundled one;
    so with ``chunk_target``, the characters that a chunk aims at.
    ``sources`` names files, by their resolved paths, otherwise than they are called on disk; files
    whose SHA-256 is among ``leave_out`` are passed over.
    ``AttacheError`` when nothing can be read, or the folder cannot be written; whatever index was
    there then stays as it was.
    """
    home = Path(out)
    roots = [Path(path).resolve() for path in paths]
    named = sources or {}
    files = [
        replace(file, source=named.get(file.path.resolve(), file.source))
        for file in discover(roots)
    ]
    report_progress = progress or (lambda *_: None)
    if encoder_name is not None:
        load_encoder(encoder_name)
    with locked(home):
        before = _before(home)
        encoder_name = encoder_name if encoder_name is not None else before.encoder_name
        encoder = load_encoder(encoder_name)
        target = chunk_target if chunk_target is not None else before.chunk_target
        plan = _Plan(before, roots, leave_out)
        for number, file in enumerate(files):
            plan.take(file)
            report_progress("reading", number + 1, len(files))
        reports = plan.reports()
        if not plan.read_any():
            raise AttacheError(_nothing_readable(plan.skipped))
        rebuilt = (
            before.unusable or _other_encoder(before, encoder) or _other_chunks(before, target)
        )
        plan.skipped += [Skipped(left.source, left.reason) for left in left_out(roots)]
        summary = plan.summary(rebuilt)
        if rebuilt or before.generation is None or reports != before.reports:
            usable = None if rebuilt else before
            contents = _write(home, reports, usable, encoder_name, encoder, target, report_progress)
        else:
            contents = before.generation.manifest.contents
        return replace(summary, reports=contents.reports, chunks=contents.chunks)


def remove_reports(report_ids: Iterable[str], out: Path | str) -> tuple[str, ...]:
    """Take reports out of an index; their files stay, and indexing them brings them back.

    Gives the sources of what was removed. ``AttacheError`` when none of them is there, or when
    nothing would be left.
    """
    home = Path(out)
    wanted = set(report_ids)
    with locked(home):
        verify(live(home), None)
        before = _before(home)
        kept = tuple(stored for stored in before.reports if stored.report.id not in wanted)
        removed = tuple(s.report.source for s in before.reports if s.report.id in wanted)
        if not removed:
            raise AttacheError(
                f"none of {', '.join(sorted(wanted))} is in {home}; expected ids that "
                f"'attache reports --index {home}' lists"
            )
        if not kept:
            raise AttacheError(
                f"{home} would be left without a report; expected to keep at least one; "
                "delete the folder to be rid of the index"
            )
        encoder = load_encoder(before.encoder_name)
        usable = None if _other_encoder(before, encoder) else before
        target = before.chunk_target
        _write(home, kept, usable, before.encoder_name, encoder, target, lambda *_: None)
        return removed


def _write(
    home: Path,
    reports: Sequence[StoredReport],
    before: _Before | None,
    encoder_name: str | None,
    encoder: Encoder,
    chunk_target: int,
    report_progress: Progress,
) -> Contents:
    """Write a generation of these reports; ``before`` lends vectors of chunks that stay."""
    chunked = [
        ChunkedReport(stored, chunk_report(stored.report, chunk_target)) for stored in reports
    ]
    count = sum(len(report.chunks) for report in chunked)
    engine = Engine.build(
        (passage(each.stored.report, chunk) for each in chunked for chunk in each.chunks),
        encoder,
        known=_known_vectors(before, chunked, encoder) if before is not None else {},
        progress=lambda done: report_progress("encoding", done, count),
    )

    def write_files(folder: Path) -> None:
        write_tables(folder, chunked)
        engine.save(folder)

    contents = Contents(
        encoder_name,
        identity(encoder),
        encoder.dim,
        len(reports),
        count,
        READER_VERSION,
        chunk_target,
    )
    publish(home, contents, write_files)
    return contents


@dataclass(frozen=True, slots=True)
class _Before:
    """What the index held before the update."""

    reports: tuple[StoredReport, ...]
    generation: Generation | None
    encoder_name: str | None
    unusable: str | None
    reader: int | None = None
    chunk_target: int = TARGET


def _before(home: Path) -> _Before:
    try:
        generation = live(home)
    except AttacheError as error:
        reason = None if str(error).startswith("no index") else str(error)
        return _Before((), None, None, reason)
    unusable = None
    try:
        verify(generation, None)
    except AttacheError as error:
        unusable = str(error)
    contents = generation.manifest.contents
    name, target = contents.encoder_name, contents.chunk_target
    try:
        stored = tuple(StoredReports(generation.folder))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return _Before((), generation, name, unusable, None, target)
    return _Before(stored, generation, name, unusable, contents.reader, target)


class _Plan:
    """Which reports the index is to hold: taken file by file, known ones without reading them."""

    def __init__(
        self, before: _Before, roots: Sequence[Path], leave_out: Collection[str] = ()
    ) -> None:
        self._leave_out = leave_out
        self._before = {stored.path: stored for stored in before.reports}
        # A page that could not be read may be read now that the program for it is there.
        self._by_content = {
            stored.report.sha256: stored
            for stored in before.reports
            if before.reader == READER_VERSION and not stored.report.unread_pages
        }
        self._elsewhere = [
            stored
            for stored in before.reports
            if not any(_is_below(stored.path, root) for root in roots)
        ]
        self._taken: dict[str, StoredReport] = {}
        self._added: list[str] = []
        self._changed: list[str] = []
        self._unchanged: list[str] = []
        self._twins = 0
        self._passed_over = 0
        self.skipped: list[Skipped] = []

    def take(self, file: ReportFile) -> None:
        """Read a file, or take its report from the index."""
        path = str(file.path.resolve())
        earlier = self._before.get(path)
        try:
            digest = _digest(file.path)
            if digest in self._leave_out:
                self._passed_over += 1
                return
            twin = self._twin(digest)
            if twin is not None:
                self._twins += 1
                self.skipped.append(Skipped(file.source, f"same content as {twin}"))
                return
            known = self._by_content.get(digest)
            if known is not None:
                report = replace(known.report, source=file.source)
                self._unchanged.append(file.source)
            else:
                report = read_report(file.path, file.source)
                (self._added if earlier is None else self._changed).append(file.source)
            self._taken[report.sha256] = StoredReport(path, report)
            if report.unread_pages:
                self.skipped.append(Skipped(file.source, _unread(report)))
        except AttacheError as error:
            self._skip(file, str(error), earlier)
        except OSError as error:
            self._skip(file, error.strerror or str(error), earlier)

    def reports(self) -> tuple[StoredReport, ...]:
        """All reports that the index is to hold, ordered by path."""
        kept = [stored for stored in self._elsewhere if stored.report.sha256 not in self._taken]
        return tuple(sorted([*kept, *self._taken.values()], key=lambda stored: stored.path))

    def read_any(self) -> bool:
        """Tell whether any file could be read, or is known, be it by another name."""
        known = self._unchanged or self._twins or self._passed_over
        return bool(self._added or self._changed or known)

    def summary(self, rebuilt: str | None) -> Summary:
        """Tell what the plan does to the index."""
        now = {stored.report.sha256 for stored in self.reports()}
        now_paths = {stored.path for stored in self.reports()}
        removed = [
            stored.report.source
            for path, stored in self._before.items()
            if stored.report.sha256 not in now and path not in now_paths
        ]
        return Summary(
            tuple(self._added),
            tuple(self._changed),
            tuple(self._unchanged),
            tuple(removed),
            tuple(self.skipped),
            0,
            0,
            rebuilt,
        )

    def _twin(self, digest: str) -> str | None:
        if digest in self._taken:
            return self._taken[digest].report.source
        for stored in self._elsewhere:
            if stored.report.sha256 == digest and Path(stored.path).is_file():
                return stored.path
        return None

    def _skip(self, file: ReportFile, reason: str, earlier: StoredReport | None) -> None:
        if earlier is not None:
            self._taken[earlier.report.sha256] = earlier
            reason = f"{reason}; the report read from it before stays in the index"
        self.skipped.append(Skipped(file.source, reason))


def _known_vectors(
    before: _Before, chunked: Sequence[ChunkedReport], encoder: Encoder
) -> dict[int, Vectors]:
    """Give the stored vectors of chunks that stay; a static encoder makes them anew as fast."""
    if before.generation is None or isinstance(encoder, BundledEncoder):
        return {}
    folder = before.generation.folder
    rows = Chunks(folder, StoredReports(folder)).ids()
    titles = {stored.report.id for stored in before.reports}
    ids = [chunk.id for each in chunked for chunk in each.chunks]
    kept = [row for row, chunk in enumerate(ids) if chunk in rows and chunk.split(":")[0] in titles]
    vectors = Engine.open(folder, encoder).vectors(
        np.array([rows[ids[row]] for row in kept], dtype=np.int32)
    )
    return dict(zip(kept, vectors, strict=True))


def _other_encoder(before: _Before, encoder: Encoder) -> str | None:
    if before.generation is None:
        return None
    built_with = before.generation.manifest.contents.encoder_id
    if built_with == identity(encoder):
        return None
    return f"it was built with the encoder {built_with}, now it is {identity(encoder)}"


def _other_chunks(before: _Before, target: int) -> str | None:
    if before.generation is None or before.chunk_target == target:
        return None
    return f"its chunks aim at {before.chunk_target} characters, now at {target}"


def _unread(report: Report) -> str:
    pages = ", ".join(map(str, report.unread_pages))
    return (
        f"the rest is indexed, but page {pages} is a picture that could not be read; install "
        "Tesseract (Debian: tesseract-ocr tesseract-ocr-chi-tra) and index it again"
    )


def _nothing_readable(skipped: Sequence[Skipped]) -> str:
    if len(skipped) == 1:
        return skipped[0].reason
    listed = "; ".join(f"{each.name}: {each.reason}" for each in skipped[:3])
    return f"none of {len(skipped)} files could be read ({listed}); name files that hold text"


def _is_below(path: str, root: Path) -> bool:
    return Path(path) == root or Path(path).is_relative_to(root)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
