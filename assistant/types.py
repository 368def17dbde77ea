"""What an answer is made of: the question as understood, statements, citations, coverage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.types import Role
from index.types import Filters, Hit


class Language(StrEnum):
    """The language of a question, and of the labels of its answer. Quotes keep their own."""

    ZH = "zh"
    EN = "en"


class Kind(StrEnum):
    """What a question wants to know, where its words tell."""

    ECONOMIES = "economies"
    ORGANISATIONS = "organisations"
    PERSON = "person"
    WHEN = "when"
    NUMBER = "number"
    WHERE = "where"
    YES_NO = "yes-no"
    DEFINITION = "definition"
    WHY = "why"
    DECISION = "decision"
    FOLLOW_UP = "follow-up"
    OPINION = "opinion"
    COMPARISON = "comparison"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood."""

    text: str
    """As the user wrote it."""
    language: Language
    kind: Kind
    query: str
    """What is searched: the question in Traditional Chinese, without its question words."""
    filters: Filters
    stated: Filters
    """Those of the filters that the question itself states, so that they can be taken off."""
    follows: str | None = None
    """The question that this one leans on."""
    answered: tuple[str, ...] = ()
    """The values that the question it leans on was answered with."""
    shown: frozenset[str] = frozenset()
    """The quotes that the conversation has shown of it, as ``Citation.ref`` names them."""
    more: bool = False
    """Whether more is asked for than was shown."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer to a quoted span: ``report.text[start:end] == quote``, always."""

    n: int
    """1-based, in the order in which the answer uses them."""
    report_id: str
    source: str
    title: str | None
    agencies: tuple[str, ...]
    event_start: date | None
    report_date: date | None
    section_path: tuple[str, ...]
    role: Role
    page: int | None
    start: int
    end: int
    quote: str
    passage: str
    """The chunk that the quote stands in."""
    ocr: bool
    """Whether the page was read from a picture, so that a character may be wrong."""
    speaker: str | None
    """Whose statement it reports: an economy's code, a body's acronym, "chair"."""
    score: float
    """How likely the quoted sentence answers the question, in [0, 1]."""

    @property
    def ref(self) -> str:
        """Name the span, as long as the report is unchanged: ``<report id>:<start>-<end>``."""
        return f"{self.report_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that the reports say, with the numbers of the citations that prove it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that answers directly (an economy, a date, a number), with its citations."""

    text: str
    kind: str
    """economies, organisations, person, when, number, where, yes-no, definition."""
    citations: tuple[int, ...]
    differs: tuple[str, ...] = ()
    """How reports disagree of it, each as it says it; () where they agree."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the search reached."""

    reports_searched: int
    reports_with_evidence: int
    years_without: tuple[int, ...] = ()
    """Years between the first and the last report searched of which there is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reports say to a question, or that they do not say it."""

    question: Question
    statements: tuple[Statement, ...]
    values: tuple[Value, ...]
    citations: tuple[Citation, ...]
    coverage: Coverage
    confidence: float
    """In [0, 1]: how sure it is that the citations answer the question."""
    abstained: bool
    reason: str | None
    """Why nothing is answered, in the question's language; None for an answer."""
    nearest: Citation | None
    """When abstaining: the place that came nearest."""
    passages: tuple[Hit, ...]
    """The passages that were read, each as good as the best quote of it, best first."""
    took_ms: float
