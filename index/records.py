"""Reports, chunks and glossary entries as they stand in an index's files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from corpus.types import Fact, Metadata, Page, Report, Role, Section
from index.glossary import Entry


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report, and the file that it was read from."""

    path: str
    """Absolute path of the file when it was read."""
    report: Report


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A glossary entry, and the report that it was read from."""

    report_id: str
    entry: Entry


def report_line(stored: StoredReport) -> str:
    """Write a report as one line of JSON."""
    return json.dumps(asdict(stored), ensure_ascii=False, default=_plain)


def read_report_line(line: str | bytes) -> StoredReport:
    """Read what ``report_line`` wrote; ValueError, KeyError or TypeError on anything else."""
    stored = json.loads(line)
    report = stored["report"]
    return StoredReport(
        stored["path"],
        Report(
            id=report["id"],
            source=report["source"],
            sha256=report["sha256"],
            language=report["language"],
            metadata=_metadata(report["metadata"]),
            text=report["text"],
            sections=tuple(_section(section) for section in report["sections"]),
            pages=tuple(Page(**page) for page in report["pages"]),
        ),
    )


def entry_line(stored: StoredEntry) -> str:
    """Write a glossary entry as one line of JSON."""
    return json.dumps(asdict(stored), ensure_ascii=False)


def read_entry_line(line: str | bytes) -> StoredEntry:
    """Read what ``entry_line`` wrote; ValueError, KeyError or TypeError on anything else."""
    stored = json.loads(line)
    entry = stored["entry"]
    return StoredEntry(
        stored["report_id"], Entry(tuple(entry["forms"]), entry["start"], entry["end"])
    )


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot store {type(value).__name__}")


def _metadata(stored: dict[str, Any]) -> Metadata:
    return Metadata(
        title=_fact(stored["title"]),
        agencies=_facts(stored["agencies"]),
        authors=_facts(stored["authors"]),
        places=_facts(stored["places"]),
        event_start=_dated(stored["event_start"]),
        event_end=_dated(stored["event_end"]),
        report_date=_dated(stored["report_date"]),
        groups=_facts(stored["groups"]),
        meeting=_fact(stored["meeting"]),
    )


def _fact(stored: dict[str, Any] | None) -> Fact[str] | None:
    return None if stored is None else Fact(stored["value"], stored["start"], stored["end"])


def _facts(stored: list[dict[str, Any]]) -> tuple[Fact[str], ...]:
    return tuple(Fact(fact["value"], fact["start"], fact["end"]) for fact in stored)


def _dated(stored: dict[str, Any] | None) -> Fact[date] | None:
    if stored is None:
        return None
    return Fact(date.fromisoformat(stored["value"]), stored["start"], stored["end"])


def _section(stored: dict[str, Any]) -> Section:
    return Section(**{**stored, "role": Role(stored["role"]), "path": tuple(stored["path"])})
