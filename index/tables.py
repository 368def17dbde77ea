"""The tables of an index beside its retrievers: reports, chunks, mentions, glossary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Self, overload

import numpy as np
from numpy.typing import NDArray

from corpus.gazetteer import economies_in
from corpus.types import Chunk, Role
from index.arrays import mapped
from index.glossary import mine
from index.records import (
    StoredEntry,
    StoredReport,
    entry_line,
    read_entry_line,
    read_report_line,
    report_line,
)

REPORTS: Final = "reports.jsonl"
REPORT_STARTS: Final = "report_starts.npy"
CHUNKS: Final = "chunks.npy"
ROLES: Final = "roles.npy"
NOTES: Final = "notes.jsonl"
MENTIONS: Final = "mentions.npy"
GLOSSARY: Final = "glossary.jsonl"

_NO_PAGE = -1
_MENTION = np.dtype([("row", np.int32), ("economy", "S2")])
_REPORTS_IN_MEMORY = 256


@dataclass(frozen=True, slots=True)
class ChunkedReport:
    """A report, the file it was read from, and its chunks."""

    stored: StoredReport
    chunks: tuple[Chunk, ...]


def write_tables(folder: Path, reports: Sequence[ChunkedReport]) -> None:
    """Write the tables of some reports into a folder that exists."""
    lines = [f"{report_line(report.stored)}\n".encode() for report in reports]
    (folder / REPORTS).write_bytes(b"".join(lines))
    np.save(folder / REPORT_STARTS, np.array([0, *accumulate(map(len, lines))], dtype=np.int64))
    columns: list[tuple[int, int, int, int, int]] = []
    roles: list[str] = []
    notes: list[str] = []
    mentions: list[tuple[int, str]] = []
    for number, report in enumerate(reports):
        for chunk in report.chunks:
            economies = {mention.code for mention in economies_in(chunk.text)}
            mentions += [(len(columns), code) for code in sorted(economies)]
            roles.append(report.stored.report.sections[chunk.section].role.value)
            page = _NO_PAGE if chunk.page is None else chunk.page
            columns.append((number, chunk.section, chunk.start, chunk.end, page))
            notes.append(json.dumps([chunk.speakers, chunk.context], ensure_ascii=False))
    np.save(folder / CHUNKS, np.array(columns, dtype=np.int32).reshape(-1, 5))
    (folder / NOTES).write_text("\n".join(notes), encoding="utf-8")
    np.save(folder / ROLES, np.array(roles, dtype="S12"))
    np.save(folder / MENTIONS, np.array(mentions, dtype=_MENTION))
    entries = (
        StoredEntry(report.stored.report.id, entry)
        for report in reports
        for entry in mine(report.stored.report.text)
    )
    text = "".join(f"{entry_line(entry)}\n" for entry in entries)
    (folder / GLOSSARY).write_text(text, encoding="utf-8")


def read_glossary(folder: Path) -> tuple[StoredEntry, ...]:
    """Read the glossary of an index."""
    lines = (folder / GLOSSARY).read_bytes().splitlines()
    return tuple(map(read_entry_line, lines))


class StoredReports(Sequence[StoredReport]):
    """The reports of an index, each parsed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._starts = mapped(folder / REPORT_STARTS)
        size = (folder / REPORTS).stat().st_size
        self._bytes: Sequence[Any] | NDArray[np.uint8] = (
            np.memmap(folder / REPORTS, dtype=np.uint8, mode="r") if size else b""
        )
        self._parsed = lru_cache(maxsize=_REPORTS_IN_MEMORY)(self._parse)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, position: int) -> StoredReport: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[StoredReport, ...]: ...
    def __getitem__(self, position: int | slice) -> StoredReport | tuple[StoredReport, ...]:
        if isinstance(position, slice):
            return tuple(self[at] for at in range(*position.indices(len(self))))
        if not -len(self) <= position < len(self):
            raise IndexError(position)
        return self._parsed(position % len(self))

    def _parse(self, position: int) -> StoredReport:
        line = self._bytes[self._starts[position] : self._starts[position + 1]]
        return read_report_line(bytes(line))


class Chunks(Sequence[Chunk]):
    """The chunks of an index by row, each made when it is asked for."""

    def __init__(self, folder: Path, reports: StoredReports) -> None:
        self._columns: NDArray[np.int32] = mapped(folder / CHUNKS)
        self._roles: NDArray[np.bytes_] = mapped(folder / ROLES)
        self._mentions = mapped(folder / MENTIONS)
        self._reports = reports
        self._notes_path = folder / NOTES

    @classmethod
    def open(cls, folder: Path, reports: StoredReports) -> Self:
        """Map the table of chunks into memory."""
        return cls(folder, reports)

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, row: int) -> Chunk: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Chunk, ...]: ...
    def __getitem__(self, row: int | slice) -> Chunk | tuple[Chunk, ...]:
        if isinstance(row, slice):
            return tuple(self[at] for at in range(*row.indices(len(self))))
        number, section, start, end, page = self._columns[row].tolist()
        report = self._reports[number].report
        return Chunk(
            id=f"{report.id}:{start}-{end}",
            report_id=report.id,
            section=section,
            start=start,
            end=end,
            text=report.text[start:end],
            page=None if page == _NO_PAGE else page,
            speakers=tuple(self._notes[row][0]),
            context=self._notes[row][1],
        )

    @cached_property
    def _notes(self) -> list[tuple[list[str], str]]:
        """Of each chunk: who speaks, and the column heads and the like that are indexed with it."""
        lines = self._notes_path.read_text(encoding="utf-8").split("\n")
        return [json.loads(line) for line in lines if line]

    def report_numbers(self) -> NDArray[np.int32]:
        """Give the position of every row's report."""
        numbers: NDArray[np.int32] = self._columns[:, 0]
        return numbers

    def of_reports(self, chosen: Iterable[int]) -> NDArray[np.bool_]:
        """Mask the rows of some reports, given by their position."""
        mask = np.zeros(len(self._reports) + 1, dtype=np.bool_)
        mask[list(chosen)] = True
        rows: NDArray[np.bool_] = mask[self._columns[:, 0]]
        return rows

    def of_roles(self, roles: Iterable[Role]) -> NDArray[np.bool_]:
        """Mask the rows whose section has one of some roles."""
        return np.isin(self._roles, [role.value.encode() for role in roles])

    def of_economies(self, codes: Iterable[str]) -> NDArray[np.bool_]:
        """Mask the rows that mention one of some economies, given by code."""
        mask = np.zeros(len(self), dtype=np.bool_)
        wanted = np.isin(self._mentions["economy"], [code.encode() for code in codes])
        mask[self._mentions["row"][wanted]] = True
        return mask

    def ids(self) -> dict[str, int]:
        """Give the row of every chunk id."""
        names = [stored.report.id for stored in self._reports]
        columns = enumerate(self._columns.tolist())
        return {f"{names[at]}:{start}-{end}": row for row, (at, _, start, end, _) in columns}
