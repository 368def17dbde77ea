"""What a briefing is made of. Every part that states a fact holds the quote that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.promises import Promise
from assistant.types import Language
from corpus.types import Report, Role

OWN = "TW"
"""Code of our own economy."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report as a briefing names it."""

    report_id: str
    file: str
    title: str | None
    agencies: tuple[str, ...]
    groups: tuple[str, ...]
    event_start: date | None
    event_end: date | None
    report_date: date | None

    @property
    def day(self) -> date | None:
        """The day that orders it: of the event, else of the report."""
        return self.event_start or self.event_end or self.report_date

    @property
    def order(self) -> tuple[date, str]:
        """Oldest first; what has no date comes last."""
        return (self.day or date.max, self.file)


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a report: ``report.text[start:end] == text``, always."""

    source: Source
    section_path: tuple[str, ...]
    role: Role
    page: int | None
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """Name the span, as long as the report is unchanged: ``<report id>:<start>-<end>``."""
        return f"{self.source.report_id}:{self.start}-{self.end}"


class Sure(StrEnum):
    """How sure it is that a quote is the position of the economy that it is filed under."""

    HIGH = "high"
    """The quote itself names the economy as the one that says or does it."""
    MEDIUM = "medium"
    """The sentence before names it; the quote goes on without naming anybody."""
    LOW = "low"
    """Somebody else speaks of it."""


@dataclass(frozen=True, slots=True)
class Position:
    """What an economy said, chose or did, or what was said of it, in one report."""

    economy: str
    """Code: TW, US, …"""
    quote: Quote
    """The sentence."""
    shown: str
    """The part of it, word for word, that concerns the economy."""
    options: tuple[str, ...]
    """Options of a proposal that the quote names, as printed: 甲案, Option A."""
    stance: str
    """Name of a label: support, oppose, doubt, concern, propose; "" where no word tells."""
    sure: Sure
    relevance: float
    """How near the quote is to the topic, over the nearest one, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a proposal, and the economies that chose it."""

    option: str
    economies: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What the reports tell of a topic on one occasion, in the order of events."""

    sources: tuple[Source, ...]
    """Of the meetings of one day; several offices report of one."""
    quotes: tuple[Quote, ...]
    """What was chosen, and what is nearest to the topic, in reading order."""
    economies: tuple[str, ...]
    """Codes of the other economies that are named in this matter."""
    options: tuple[str, ...]
    """Of a proposal, as printed."""

    @property
    def day(self) -> date | None:
        """The day on which its meetings begin."""
        return self.sources[0].day


@dataclass(frozen=True, slots=True)
class TopicBrief:
    """What the reports say on one topic."""

    topic: str
    answer: tuple[Quote, ...]
    confidence: float
    """In [0, 1]: how sure it is that the answer answers; 0 where nothing was found."""
    positions: tuple[Position, ...]
    choices: tuple[Choice, ...]
    timeline: tuple[Event, ...]
    own: tuple[Quote, ...]
    """Statements of our side in the meetings, oldest first."""
    views: tuple[Quote, ...]
    """What the authors of the reports think of it."""

    @property
    def is_empty(self) -> bool:
        """Whether no report tells anything of it."""
        return not (self.answer or self.timeline)


class State(StrEnum):
    """What became of something to be done, as far as the reports tell."""

    OPEN = "open"
    """Later reports were searched, and none comes back to it."""
    LATEST = "latest"
    """There is no later report yet."""
    POSSIBLE = "possible"
    """A later report tells of something near; a reader has to judge."""
    TAKEN_UP = "taken-up"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a report says is to be done."""

    kind: Promise
    quote: Quote
    """The item in full."""
    shown: str
    """The part of it, word for word, that names what is to be done."""
    offices: tuple[str, ...]
    """As printed; empty where the item names none."""
    state: State
    later: Quote | None
    """Where a later report comes back to it, or possibly does; None while it is open."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the reports name on the other side of the table."""

    name: str
    office: str
    """As printed before or behind the name; "" where there is none."""
    economy: str
    """Code, where the words around the name tell; "" otherwise."""
    quote: Quote


@dataclass(frozen=True, slots=True)
class Term:
    """A name or abbreviation, with the place that explains it."""

    forms: tuple[str, ...]
    """The acronym first."""
    quote: Quote


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing, before it is laid out."""

    title: str
    meeting: str
    """Name of the meeting that it prepares, as the user gave it; "" when he gave none."""
    language: Language
    day: date
    """Printed on the cover."""
    sources: tuple[Source, ...]
    """The reports that pass the filters, oldest first."""
    years_without: tuple[int, ...]
    topics: tuple[TopicBrief, ...]
    actions: tuple[Action, ...]
    """Open ones first, oldest first."""
    people: tuple[Person, ...]
    terms: tuple[Term, ...]


def source_of(report: Report) -> Source:
    """Name a report."""
    meta = report.metadata
    return Source(
        report.id,
        report.source,
        meta.title.value if meta.title else None,
        tuple(fact.value for fact in meta.agencies),
        tuple(fact.value for fact in meta.groups),
        meta.event_start.value if meta.event_start else None,
        meta.event_end.value if meta.event_end else None,
        meta.report_date.value if meta.report_date else None,
    )


def quote_of(report: Report, start: int, end: int) -> Quote:
    """Quote ``report.text[start:end]``, white space around it left out."""
    part = report.text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    section = report.sections[report.section_at(start)]
    return Quote(
        source_of(report),
        section.path,
        section.role,
        report.page_at(start),
        start,
        end,
        report.text[start:end],
    )
