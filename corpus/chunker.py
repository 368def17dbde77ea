"""Report to chunks: the units that are indexed, each a span of the text within one section.

Long own parts are split where sentences or rows end; short sections join their neighbours under
the same parent; a heading stays with the text that follows it. All but the contents is covered
once. Each chunk keeps who speaks in it, and what the rows of a table in it stand under.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import AttacheError
from corpus.sentences import sentences
from corpus.speakers import Speakers
from corpus.tables import Tables
from corpus.types import Chunk, Report, Role, Section

TARGET = 400
"""Characters that a chunk aims at, unless told otherwise."""
LEAST_TARGET = 50
_LONGEST_COVER = 1500
_LEAD_IN = 160
"""A heading or a lead-in is no longer than this."""
_MARKS = 4
"""Characters of punctuation around a number and its heading."""

_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Lengths in characters; all but the cover's go with the one that chunks aim at."""

    target: int

    @property
    def longest(self) -> int:
        return self.target * 3 // 2

    @property
    def longest_row(self) -> int:
        return self.target * 3

    @property
    def short(self) -> int:
        """A section shorter than this joins its neighbours."""
        return self.target * 2 // 5

    @property
    def tail(self) -> int:
        """A last piece shorter than this stays with the one before it."""
        return self.target // 4


def chunk_report(report: Report, target: int = TARGET) -> tuple[Chunk, ...]:
    """The chunks of a report in reading order; linear in the length of its text.

    ``target`` is the number of characters that a chunk aims at. ``AttacheError`` below 50.
    """
    if target < LEAST_TARGET:
        raise AttacheError(
            f"found chunks of {target} characters; expected {LEAST_TARGET} or more, such as {TARGET}"
        )
    sizes = _Sizes(target)
    chunks: list[Chunk] = []
    holders = _Holders(report.sections)
    pages = _PageFinder(report)
    speakers, tables = Speakers(report), Tables(report)
    for span in _Spans(report, sizes).all():
        trimmed = _trim(report.text, *span)
        if trimmed is None:
            continue
        start, end = trimmed
        section = _without_label(report, holders.smallest(start, end), end)
        chunks.append(
            Chunk(
                id=f"{report.id}:{start}-{end}",
                report_id=report.id,
                section=section,
                start=start,
                end=end,
                text=report.text[start:end],
                page=pages.page_at(start),
                speakers=speakers.codes(start, end),
                context=tables.context(start, end, section),
            )
        )
    return tuple(chunks)


def _without_label(report: Report, section: int, end: int) -> int:
    """The child that the chunk is of, where nothing but a heading of another role precedes it.

    (三) 重點概要 stands before 1、決議 in one chunk: what is shown and filtered are decisions.
    """
    sections = report.sections
    child = section + 1
    while (
        child < len(sections)
        and sections[child].parent == section
        and sections[child].role is not sections[section].role
        and sections[child].start < end <= sections[child].end
        and _is_label(report.text, sections[section])
    ):
        section, child = child, child + 1
    return section


class _Spans:
    """Chunk spans, worked out from the last section to the first, so children before parents."""

    def __init__(self, report: Report, sizes: _Sizes) -> None:
        self._sizes = sizes
        self._text = report.text
        self._sections = report.sections
        self._children: list[list[int]] = [[] for _ in report.sections]
        self._below: list[list[_Range]] = [[] for _ in report.sections]
        self._uniform = [True] * len(report.sections)
        """Whether all that is below the section has its role."""

    def all(self) -> list[_Range]:
        for number in range(len(self._sections) - 1, -1, -1):
            section = self._sections[number]
            self._children[number].reverse()
            if section.parent is not None:
                self._children[section.parent].append(number)
                is_like = section.role is self._sections[section.parent].role
                if not (self._uniform[number] and is_like):
                    self._uniform[section.parent] = False
            self._below[number] = self._section(number)
        return self._below[0] if self._sections else []

    def _section(self, number: int) -> list[_Range]:
        section = self._sections[number]
        if section.role is Role.CONTENTS:
            return []
        is_small = section.end - section.start <= self._sizes.target
        if is_small and self._uniform[number] and section.parent is not None:
            return [(section.start, section.end)]
        own = _split(self._text, section, self._sizes)
        children = self._children[number]
        if not (children and len(own) == 1 and _is_heading_alone(self._text, section)):
            return own + self._joined(children)
        first, child = self._below[children[0]], self._sections[children[0]]
        if not first or first[0][1] - own[0][0] > self._sizes.longest + self._sizes.short:
            return own + self._joined(children)
        if child.role is section.role:
            first[0] = (own[0][0], first[0][1])
            return self._joined(children)
        joined = self._joined(children)
        # of another role, a lead-in with words of its own would lose its role
        is_one = _is_label(self._text, section) and joined[0][1] <= child.end
        return [(own[0][0], joined[0][1]), *joined[1:]] if is_one else own + joined

    def _joined(self, children: list[int]) -> list[_Range]:
        """The spans of the children, short neighbours of one role joined."""
        ranges: list[_Range] = []
        open_role: Role | None = None
        for child in children:
            parts, role = self._below[child], self._sections[child].role
            is_short = len(parts) == 1 and parts[0][1] - parts[0][0] < self._sizes.short
            fits = is_short and role is open_role
            if fits and parts[0][1] - ranges[-1][0] <= self._sizes.target:
                ranges[-1] = (ranges[-1][0], parts[0][1])
                continue
            ranges += parts
            open_role = role if is_short else None
        return ranges


def _is_heading_alone(text: str, section: Section) -> bool:
    """Whether the own part is a heading line (or a lead-in as short) with no text to speak of."""
    own = text[section.start : section.own_end].strip()
    return len(own) <= _LEAD_IN and "。" not in own[:-1]


def _is_label(text: str, section: Section) -> bool:
    """Whether the own part is the number and heading and nothing else: worth no chunk by itself."""
    own = text[section.start : section.own_end].strip()
    return "\n" not in own and len(own) <= len(section.number) + len(section.heading) + _MARKS


def _split(text: str, section: Section, sizes: _Sizes) -> list[_Range]:
    """The own part of a section in pieces near the target, cut where sentences or rows end."""
    start, end = section.start, section.own_end
    if not text[start:end].strip():
        return []
    longest = sizes.target + sizes.tail
    if section.role is Role.COVER:
        longest = max(longest, _LONGEST_COVER)
    if end - start <= longest:
        return [(start, end)]
    pieces: list[_Range] = []
    begin = position = start
    heading_end = _heading_end(text, section)
    for cut in _cuts(text, start, end, sizes):
        if cut <= heading_end:
            continue
        if cut - begin > sizes.target and position > begin:
            pieces.append((begin, position))
            begin = position
        position = cut
    if pieces and end - begin < sizes.tail and end - pieces[-1][0] <= sizes.longest + sizes.tail:
        pieces[-1] = (pieces[-1][0], end)
    else:
        pieces.append((begin, end))
    return pieces


def _heading_end(text: str, section: Section) -> int:
    """Where the heading's line ends, behind which no cut falls: it stays with what follows."""
    if not (section.heading or section.number):
        return section.start
    newline = text.find("\n", section.start, section.start + _LEAD_IN)
    return section.start if newline < 0 else newline + 2


def _cuts(text: str, start: int, end: int, sizes: _Sizes) -> list[int]:
    """Places where the text may be cut, rising, no two farther apart than a chunk may be long."""
    cuts: list[int] = []
    before = start
    spans = sentences(text, start, end)
    for number, span in enumerate(spans):
        cut = spans[number + 1].start if number + 1 < len(spans) else end
        newline = text.rfind("\n", span.end, cut)
        if newline >= 0:
            # what stands between a line's end and the next sentence (a mark, a bullet) goes with it
            cut = newline + 1
        is_row = "\t" in text[span.start : span.end]
        longest = sizes.longest_row if is_row else sizes.longest
        while cut - before > longest:
            most = sizes.longest if is_row else sizes.target
            before = _forced_cut(text, before + sizes.short, before + most)
            cuts.append(before)
        cuts.append(cut)
        before = cut
    while end - before > sizes.longest:
        before = _forced_cut(text, before + sizes.short, before + sizes.target)
        cuts.append(before)
    if not cuts or cuts[-1] < end:
        cuts.append(end)
    return cuts


def _forced_cut(text: str, start: int, end: int) -> int:
    """A place of ``text[start:end]`` to cut a sentence that is too long for a chunk."""
    for marks in ("；;", "，,、", " \t\n"):
        found = max(text.rfind(mark, start, end) for mark in marks)
        if found > 0:
            return found + 1
    return end


def _trim(text: str, start: int, end: int) -> _Range | None:
    part = text[start:end]
    bare = part.strip()
    if not bare:
        return None
    lead = len(part) - len(part.lstrip())
    return start + lead, start + lead + len(bare)


class _Holders:
    """Finds the smallest section that holds a span; spans are asked for in reading order."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        self._at = 0

    def smallest(self, start: int, end: int) -> int:
        sections = self._sections
        while self._at + 1 < len(sections) and sections[self._at + 1].start <= start:
            self._at += 1
        number = self._at
        while sections[number].end < end or sections[number].start > start:
            parent = sections[number].parent
            if parent is None:
                break
            number = parent
        # a heading's section and its child may begin at one place: the child is the later one
        return number


class _PageFinder:
    """Finds the page of an offset; offsets are asked for in reading order."""

    def __init__(self, report: Report) -> None:
        self._pages = report.pages
        self._at = 0

    def page_at(self, offset: int) -> int | None:
        pages = self._pages
        while self._at < len(pages) and pages[self._at].end <= offset:
            self._at += 1
        return pages[self._at].number if self._at < len(pages) else None
