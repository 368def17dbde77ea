"""Rows of tables with the heads of their columns, and the day and item that they stand under.

In the text a row is a line whose cells are parted by tabs. Its heads may stand far above it: over
the page break that cut the table, over the headings (Item 3) that stand among the rows, and a head
may be repeated where a page begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.numbering import mark_at
from corpus.script import width
from corpus.types import Report, Role


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: ``report.text[start:end] == text``, under the head of its column."""

    head: str
    """As printed; "" where the table has no heads, or the cell runs over several columns."""
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the line ``report.text[start:end]``."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    """Without empty ones. A time that holds for several rows is a cell of each of them."""
    heads: tuple[str, ...]
    day: tuple[int, int] | None
    """Span of the lines that name the day or session of its part of the agenda."""
    item: tuple[int, int] | None
    """Span of the row of the table that opens its part, 議題一 and the like."""


_HEAD_WORD = re.compile(
    r"時間|時段|時程|日期|日程|議[題程項]|主題|題目|講題|項[目次]|編號|序號|內容|工作?行程|活動"
    r"|主持人?|主講人?|講者|講師|講座|與談人|發言人?|報告人|負責人?|主辦(?:方|單位|經濟體)?|姓名|職稱"
    r"|.{0,6}單位|機關|地[點区區]|場地|國家|經濟體|会员体|會員體|備[註考]|說明|时间|日程|议[题程]|主讲人?"
    r"|(?i:tim(?:e|ing)s?|dates?|days?|subjects?|topics?|items?|agenda(?: items?)?|sessions?|leads?"
    r"|speakers?|presenters?|moderators?|facilitators?|chairs?|venues?|locations?|organi[sz]ations?"
    r"|(?:member )?econom(?:y|ies)|remarks?|notes?|no\.?|titles?|contents?|activit(?:y|ies)|names?"
    r"|status|responsib(?:le|ility)(?: \w+)?|descriptions?|documents?|actions?|deadlines?)"
)
_GLOSS = re.compile(r"\s?[（(][^（）()]{1,20}[)）]$")
_TIME_HEAD = re.compile(r"時[間段程]|日[期程]|时[间段]|(?i:tim(?:e|ing)|date|day)")
_TIME = re.compile(r"\d{1,2}\s?[:：.]?\d{2}\s?[-–—~～至]|^\d{1,2}/\d{1,2}|\d{1,2}[:：]\d{2}|\d 月")
_TIME_BEFORE = re.compile(r"\d{1,2}[:：]?\d{2}\s?[-–—~～至]\s?\d{1,2}[:：]?\d{2}(?=\s)")
_DAY = re.compile(
    r"(?i:\bday\s?\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|第\s?[一二三四五六七1-9]\s?[天日]"
    r"|\d{1,2}\s?月\s?\d{1,2}\s?日|[（(](?:星期|週)?[一二三四五六日][)）]"
)
_LONGEST_HEAD = 40
_LONGEST_DAY = 90
_SHORTEST_TEXT = 60
_LONGEST_ITEM = 160
"""Characters of an opening row that are taken into the context of the rows below it."""


class Tables:
    """The rows of a report, found in one pass over its text."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lines = tuple(_lines(report))
        self._timed = _timed_sections(report)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows in reading order, the rows of heads among them."""
        return tuple(_Walk(self._report, self._lines).rows())

    def context(self, start: int, end: int, section: int) -> str:
        """What the rows in a chunk stand under that neither the chunk nor its path prints."""
        text = self._report.text
        wanted: dict[str, None] = {}
        printed = [self._report.sections[i].start for i in self._report.ancestors(section)]
        for position in self._report.ancestors(section):
            time = self._timed.get(position)
            if time is not None and not start <= time[0] < end:
                wanted[text[slice(*time)]] = None
        for row in self._within(start, end):
            for span in (row.day, row.item):
                if span is None or start <= span[0] < end:
                    continue
                if all(text[at : span[0]].strip() for at in printed if at <= span[0]):
                    wanted[_flat(text[span[0] : min(span[1], span[0] + _LONGEST_ITEM)])] = None
            if row.heads:
                heads = " ".join(row.heads)
                if "\t".join(row.heads) not in text[start:end]:
                    wanted[heads] = None
            for cell in row.cells:
                if cell.start < start:
                    wanted[_flat(cell.text)] = None
        return "\n".join(wanted)

    def _within(self, start: int, end: int) -> Iterator[Row]:
        rows = self.rows
        low, high = 0, len(rows)
        while low < high:
            middle = (low + high) // 2
            if rows[middle].end <= start:
                low = middle + 1
            else:
                high = middle
        while low < len(rows) and rows[low].start < end:
            yield rows[low]
            low += 1


def row_cells(report: Report, offset: int) -> tuple[Cell, ...]:
    """The cells of the row that holds the character at ``offset``; none when it is in no row."""
    line_end = report.text.find("\n", offset)
    line = report.text[report.text.rfind("\n", 0, offset) + 1 : None if line_end < 0 else line_end]
    if "\t" not in line:
        return ()
    return next((r.cells for r in Tables(report).rows if r.start <= offset <= r.end), ())


@dataclass(frozen=True, slots=True)
class _TextLine:
    start: int
    end: int
    section: int
    text: str
    gap: bool
    """Whether a blank line stands before it."""

    @property
    def is_row(self) -> bool:
        return "\t" in self.text


def _lines(report: Report) -> Iterator[_TextLine]:
    """The lines with text, outside of the contents, each with its section."""
    text, sections = report.text, report.sections
    start, section, gap = 0, 0, True
    while start < len(text):
        newline = text.find("\n", start)
        end = len(text) if newline < 0 else newline
        while section + 1 < len(sections) and sections[section + 1].start <= start:
            section += 1
        if end == start:
            gap = True
        else:
            if sections[section].role is not Role.CONTENTS:
                yield _TextLine(start, end, section, text[start:end], gap)
            gap = False
        start = end + 1


def _timed_sections(report: Report) -> dict[int, tuple[int, int]]:
    """Spans of the times printed before the marks of sections: 0950 – 1015 3. EXPERIENCE."""
    timed: dict[int, tuple[int, int]] = {}
    for number, section in enumerate(report.sections):
        match = _TIME_BEFORE.match(report.text, section.start, section.start + 24)
        if match is not None and section.number:
            timed[number] = match.span()
    return timed


class _Walk:
    """Goes through the lines with the heads, the day and the item that hold where it stands."""

    def __init__(self, report: Report, lines: tuple[_TextLine, ...]) -> None:
        self._report = report
        self._lines = lines
        self._scope_end = 0
        self._heads: tuple[str, ...] = ()
        self._day: tuple[int, int] | None = None
        self._item: tuple[int, int] | None = None
        self._time: Cell | None = None

    def rows(self) -> Iterator[Row]:
        for number, line in enumerate(self._lines):
            if line.start >= self._scope_end:
                self._leave()
            if line.is_row:
                yield self._row(number, line)
            else:
                self._plain(number, line)

    def _leave(self) -> None:
        self._heads, self._day, self._item, self._time = (), None, None, None

    def _plain(self, number: int, line: _TextLine) -> None:
        if "。" in line.text and width(line.text) > _SHORTEST_TEXT:
            self._leave()  # running text ends a table
            return
        before = self._lines[number - 1] if number else None
        if (
            self._day is not None
            and not line.gap
            and before is not None
            and before.end == self._day[1]
            and mark_at(line.text) is None
            and len(line.text) <= _LONGEST_DAY
        ):
            self._day = (self._day[0], line.end)
        elif _DAY.search(line.text) and len(line.text) <= _LONGEST_DAY and "。" not in line.text:
            self._day = (line.start, line.end)
            self._item = self._time = None
            self._scope(line)

    def _scope(self, line: _TextLine) -> None:
        """What holds from here on holds to the end of the section, or of the agenda above it."""
        if line.start < self._scope_end:
            return
        sections = self._report.sections
        section = sections[line.section]
        if section.parent is not None and section.number.casefold().startswith(("item", "session")):
            section = sections[section.parent]
        self._scope_end = section.end

    def _row(self, number: int, line: _TextLine) -> Row:
        spans = list(_cells(line))
        texts = [text for text, _ in spans]
        self._scope(line)
        if self._is_head(number, texts):
            self._heads, self._item, self._time = tuple(texts), None, None
            cells = tuple(Cell("", text, at, at + len(text)) for text, at in spans if text)
            return Row(line.start, line.end, cells, (), self._day, None)
        filled = [(column, text, at) for column, (text, at) in enumerate(spans) if text]
        shift = self._shift(texts)
        timed = bool(filled) and filled[0][0] + shift == 0 and self._is_time(filled[0][1])
        alone = len(filled) - timed == 1
        runs_over = alone and len(self._heads) > 3
        if alone and filled[-1][0] + shift <= 1 and _opens(filled[-1][1]):
            self._item, self._time = (filled[-1][2], line.end), None
            runs_over = True
        elif runs_over and timed:
            self._item = None  # a dinner, a closing: beside the items
        cells = tuple(
            Cell("" if runs_over and column + shift else self._head(column + shift), text, at,
                 at + len(text))
            for column, text, at in filled
        )  # fmt: skip
        if timed:
            self._time = cells[0]
        elif self._time is not None and filled and filled[0][0] + shift > 0:
            cells = (replace(self._time, head=self._head(0)), *cells)
        item = self._item if self._item is None or self._item[0] < line.start else None
        return Row(line.start, line.end, cells, self._heads, self._day, item)

    def _shift(self, texts: list[str]) -> int:
        """1 when the row leaves out its time without leaving a cell for it."""
        heads = self._heads
        is_short = len(heads) > 2 and len(texts) == len(heads) - 1 and texts[0] != ""
        return int(
            is_short
            and _TIME_HEAD.search(heads[0]) is not None
            and not self._is_time(texts[0])
            and self._time is not None
        )

    def _is_time(self, text: str) -> bool:
        return _TIME.search(text) is not None and width(text) <= _LONGEST_HEAD

    def _head(self, column: int) -> str:
        return self._heads[column] if column < len(self._heads) else ""

    def _is_head(self, number: int, texts: list[str]) -> bool:
        if len(texts) < 2 or not all(texts) or any(width(t) > _LONGEST_HEAD for t in texts):
            return False
        bare = [_GLOSS.sub("", text).replace(" ", " ") for text in texts]
        if any(c.isdigit() for text in bare for c in text):
            return False
        words = sum(
            all(_HEAD_WORD.fullmatch(part.strip()) for part in re.split(r"[/／、及與]", text))
            for text in bare
        )
        if 2 * words > len(texts):
            return True
        return words > 0 and self._begins_figures(number, len(texts))

    def _begins_figures(self, number: int, columns: int) -> bool:
        """Whether it is the first row of a table that has figures in a column of all other rows."""
        if number and self._lines[number - 1].is_row:
            return False
        below: list[list[str]] = []
        for line in self._lines[number + 1 : number + 12]:
            if not line.is_row:
                break
            below.append(line.text.split("\t"))
        if len(below) < 2 or any(len(row) > columns for row in below):
            return False
        return any(
            all(len(row) > column and any(c.isdigit() for c in row[column]) for row in below)
            for column in range(columns)
        )


def _cells(line: _TextLine) -> Iterator[tuple[str, int]]:
    at = line.start
    for printed in line.text.split("\t"):
        bare = printed.strip()
        yield bare, at + (printed.index(bare) if bare else 0)
        at += len(printed) + 1


def _opens(text: str) -> bool:
    """Whether the cell opens a part of the table: Item 3: APEC 2022, 議題一：…."""
    mark = mark_at(text)
    return mark is not None and mark.is_strong


def _flat(text: str) -> str:
    return " ".join(text.split())
