"""The data that flows through the program: Report, Section, Chunk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

# goes up with every change of what a report is read as: an index reads its reports again
READER_VERSION = 2


class Role(StrEnum):
    """What a section is for; decides how its passages may serve as evidence."""

    COVER = "cover"
    CONTENTS = "contents"
    SUMMARY = "summary"
    PURPOSE = "purpose"
    PROCEEDINGS = "proceedings"
    AGENDA = "agenda"
    DECISIONS = "decisions"
    FOLLOW_UP = "follow-up"
    OPINION = "opinion"
    ANNEX = "annex"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value read from the report, with the span of the text that it was read from."""

    value: T
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the cover (or the front matter, or the first pages) says of the report.

    A field that the report does not state is None or empty; nothing is guessed.
    """

    title: Fact[str] | None = None
    agencies: tuple[Fact[str], ...] = ()
    authors: tuple[Fact[str], ...] = ()
    places: tuple[Fact[str], ...] = ()
    event_start: Fact[date] | None = None
    event_end: Fact[date] | None = None
    report_date: Fact[date] | None = None
    groups: tuple[Fact[str], ...] = ()
    meeting: Fact[str] | None = None
    """The round of meetings that the event belongs to, in one form: SOM 3, 2022."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source: its number as counted from 1, and its span of the text."""

    number: int
    start: int
    end: int
    ocr: bool = False
    """Whether its text was read from a picture of it: such text may be wrong."""
    unread: bool = False
    """Whether it is a picture that nothing here could read: its span is empty."""


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline, which is kept as a list in reading order.

    The section spans ``text[start:end]`` with all that is below it; ``text[start:own_end]`` is its
    own part (heading and text before its first child). The own parts of all sections, in order,
    are the whole text: no character is lost and none stands twice.
    """

    number: str
    """As printed, without its closing mark: 參, (三), 1, 議題一, Item 3; "" when there is none."""
    heading: str
    """Without the number; "" for a numbered paragraph that has no heading of its own."""
    level: int
    """0 for the root, 1 for what stands directly below it, and so on."""
    parent: int | None
    """Position of the parent in the list; None for the root."""
    role: Role
    path: tuple[str, ...]
    """Labels as printed, from level 1 down to this section; () for the root."""
    start: int
    own_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One document, read: its normalised text, into which every offset points, and its outline."""

    id: str
    """12 hexadecimal digits of the SHA-256 of the source file: stable while the file is."""
    source: str
    """The file's name as it was given, relative to the folder that was given."""
    sha256: str
    language: str
    """The language that most of the text is in: zh or en."""
    metadata: Metadata
    text: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]

    def section_at(self, offset: int) -> int:
        """Position of the deepest section that holds the character at ``offset``.

        ValueError when the text has no such character.
        """
        if not 0 <= offset < max(len(self.text), 1):
            raise ValueError(f"found offset {offset}, expected one below {len(self.text)}")
        # the own parts tile the text in reading order: the last that begins at or before it
        return bisect_right(self.sections, offset, key=lambda section: section.start) - 1

    def page_at(self, offset: int) -> int | None:
        """Number of the page that holds ``offset``; None where the format has no pages."""
        found = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        if found < 0 or offset >= self.pages[found].end:
            return None
        return self.pages[found].number

    def is_ocr(self, offset: int) -> bool:
        """Whether the character at ``offset`` was read from a picture of its page."""
        number = self.page_at(offset)
        return number is not None and self.pages[number - 1].ocr

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """Numbers of the pages that are pictures which nothing here could read."""
        return tuple(page.number for page in self.pages if page.unread)

    def ancestors(self, section: int) -> Iterator[int]:
        """The section itself, its parent, and so on up to the root."""
        position: int | None = section
        while position is not None:
            yield position
            position = self.sections[position].parent


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is indexed: ``report.text[start:end] == text``, of one branch of sections."""

    id: str
    """``<report id>:<start>-<end>``."""
    report_id: str
    section: int
    """Position in the report's sections: the smallest one that holds the whole chunk, but for a
    bare heading of another role before it, (三) 重點概要 before 1、決議: then it is the latter."""
    start: int
    end: int
    text: str
    page: int | None
    speakers: tuple[str, ...] = ()
    """Whose statements it reports, in the order of their first one: TW, AU, ABAC, chair."""
    context: str = ""
    """Indexed but not shown: column heads, day and item that the rows of a table stand under."""
