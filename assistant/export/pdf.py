"""PDF with its font in it: A4, bookmarks, marks that lead to the list of sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fpdf import FPDF

from assistant.export.document import (
    Block,
    Cite,
    Contents,
    Document,
    Entry,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Runs,
    SourceList,
    Style,
    Table,
    Text,
    lines_of,
    runs_of,
)
from assistant.export.fonts import embeddable, faces

LEFT, RIGHT, TOP, BOTTOM = 25.0, 185.0, 24.0, 275.0
"""Edges of the text on the page, in millimetres."""
POINT = 25.4 / 72
INK, BLUE, GREY, LINE, SHADE = (
    (28, 36, 48),
    (31, 58, 95),
    (91, 101, 115),
    (159, 176, 195),
    (232, 238, 245),
)
PADDING = 1.4
_CELL = 9.5


@dataclass(frozen=True, slots=True)
class _Look:
    """How a paragraph is set; lengths in millimetres, sizes in points."""

    size: float
    bold: bool = False
    colour: tuple[int, int, int] = INK
    before: float = 0.0
    after: float = 1.2
    indent: float = 0.0
    leading: float = 1.5
    centred: bool = False
    keep: float = 0.0
    """Height that must be left on the page below it."""


_LOOKS = {
    Style.TITLE: _Look(24, True, BLUE, 38, 8, leading=1.35, centred=True),
    Style.SUBTITLE: _Look(15, False, BLUE, 0, 2, centred=True),
    Style.FACT: _Look(11.5, before=5),
    Style.REPORT: _Look(10, indent=6, leading=1.4),
    Style.BODY: _Look(11.5),
    Style.ITEM: _Look(11.5, indent=6),
    Style.QUOTE: _Look(9, indent=8, leading=1.35),
    Style.NOTE: _Look(10, colour=GREY, after=2),
    Style.CAPTION: _Look(11.5, True, before=2, after=0.5, keep=20),
}
_HEADINGS = {
    1: _Look(18, True, BLUE, 7, 3, keep=30),
    2: _Look(14.5, True, BLUE, 6, 2, keep=30),
    3: _Look(12.5, True, BLUE, 4, 1.5, keep=25),
}
_CONTENTS = _Look(12.5, True, BLUE, 5, 1.5)
_ENTRY = _Look(10.5, leading=1.55)
_HEAD = _Look(_CELL, True, BLUE, leading=1.35)
_BODY = _Look(_CELL, leading=1.4)
_SOURCE = _Look(9, before=1.4, after=0.2, leading=1.35, keep=12)

# A line of Chinese breaks between any two characters, but not before or behind these.
_NOT_FIRST = frozenset("，。、；：！？）」』》〉】〕”’…,.;:!?)]}%％")
_NOT_LAST = frozenset("（「『《〈【〔“‘([{")
_TOKENS = re.compile(r"[\u0021-\u024f\u2010-\u2015]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that no line parts, and how it is set."""

    text: str
    width: float
    bold: bool
    size: float
    colour: tuple[int, int, int]
    note: int = 0
    """Number of the note that it is the mark of; 0 for text."""


_Line = tuple[_Piece, ...]


def write(document: Document) -> bytes:
    """Write a document as .pdf; ``AttacheError`` when no font for Chinese is installed."""
    with TemporaryDirectory() as folder:
        return _Pdf(document, Path(folder)).written()


class _Paper(FPDF):
    """Pages with the title above and the number below."""

    title_line = ""

    def header(self) -> None:
        self.set_font("body", "", 8.5)
        self.set_text_color(*GREY)
        width = self.get_string_width(self.title_line)
        self.text(RIGHT - width, 14, self.title_line)

    def footer(self) -> None:
        self.set_font("body", "", 8.5)
        self.set_text_color(*GREY)
        number = str(self.page_no())
        self.text((LEFT + RIGHT - self.get_string_width(number)) / 2, 287, number)


class _Pdf:
    """One document on its way to PDF."""

    def __init__(self, document: Document, folder: Path) -> None:
        self._document = document
        self._numbers = document.numbers()
        self._widths: dict[tuple[str, bool], float] = {}
        self._paper = paper = _Paper(unit="mm", format="A4")
        paper.set_auto_page_break(False)
        paper.title_line = document.title
        texts = (frozenset(_all_text(document)), frozenset(_bold_text(document)))
        for style, face, characters in zip(("", "B"), faces(), texts, strict=True):
            path = folder / f"body{style}.ttf"
            path.write_bytes(embeddable(face, characters))
            paper.add_font("body", style, path)
        paper.set_title(document.title)
        paper.set_creator("Attaché")
        paper.set_producer("Attaché")
        paper.set_creation_date(
            datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
        )
        paper.set_lang("zh-TW" if document.language == "zh" else "en")
        self._links = [paper.add_link() for _ in range(len(self._numbers) + 1)]
        self._y = TOP
        self._headings = 0
        self._entries: list[tuple[Entry, int, float]] = []
        self._places: dict[int, tuple[int, float]] = {}
        paper.add_page()
        for link in self._links:
            paper.set_link(link, page=1)  # until the place of the source is known

    def written(self) -> bytes:
        blocks = self._document.numbered()
        for block, following in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Heading):
                self._heading(block, following)
            elif isinstance(block, Paragraph):
                look = _LOOKS[block.style]
                bullet = "•" if block.style in (Style.ITEM, Style.REPORT) else ""
                self._paragraph(block.runs, look, bullet)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, SourceList):
                self._sources()
            elif isinstance(block, PageBreak):
                self._new_page()
            elif isinstance(block, Contents):
                self._contents(block)
        self._list_pages()
        content = bytes(self._paper.output())
        # The file's identifier is of its content, but fpdf2 adds the time.
        mark = sha256(content).hexdigest()[:32].upper().encode()
        return re.sub(
            rb"/ID \[<[0-9A-F]{32}><[0-9A-F]{32}>\]",
            b"/ID [<" + mark + b"><" + mark + b">]",
            content,
        )

    # -- blocks ----------------------------------------------------------------------------------

    def _heading(self, block: Heading, following: Block | None) -> None:
        """A heading, on the page of what follows it."""
        look = _HEADINGS[block.level]
        keep = look.keep
        if isinstance(following, Table):
            keep = 2 * look.size * POINT * look.leading + self._least(following)
        if self._y + keep > BOTTOM:
            self._new_page()
        self._headings += 1
        self._places[self._headings] = (self._paper.page, self._y)
        self._paper.start_section(block.text, level=block.level - 1)
        self._paragraph((Text(block.text),), look)

    def _contents(self, block: Contents) -> None:
        """Leave the lines of the list: their pages are known at the end."""
        self._paragraph((Text(block.text),), _CONTENTS)
        step = _ENTRY.size * POINT * _ENTRY.leading
        for entry in self._document.contents():
            if self._y + step > BOTTOM:
                self._new_page()
            self._entries.append((entry, self._paper.page, self._y))
            self._y += step

    def _list_pages(self) -> None:
        """Write the lines of the list of contents, each with its page and a link to it."""
        paper, last = self._paper, self._paper.page
        for entry, page, top in self._entries:
            paper.page, self._y = page, top
            left = LEFT + 6 * (entry.level - 1)
            place, height = self._places[entry.number]
            number = next(iter(self._lines((Text(str(place)),), 20, _ENTRY)))
            edge = RIGHT - sum(piece.width for piece in number)
            line = next(iter(self._lines((Text(entry.text),), edge - left - 8, _ENTRY)))
            end = left + sum(piece.width for piece in line)
            dots = " ." * max(0, int((edge - end - 3) / self._width(" .", False, _ENTRY.size)))
            self._draw(line, left, _ENTRY)
            before = edge - 1.5 - self._width(dots, False, _ENTRY.size)
            self._draw(self._pieces((Text(dots, Mark.OWN),), _ENTRY), before, _ENTRY)
            self._draw(number, edge, _ENTRY)
            link = paper.add_link(page=place, y=max(height - 2, 0))
            paper.link(left, top, RIGHT - left, _ENTRY.size * POINT * _ENTRY.leading, link)
        paper.page = last

    def _paragraph(self, runs: Runs, look: _Look, bullet: str = "") -> None:
        if self._y > TOP or look.centred:
            self._y += look.before
        if self._y + look.keep > BOTTOM:
            self._new_page()
        step = look.size * POINT * look.leading
        for number, line in enumerate(self._lines(runs, RIGHT - LEFT - look.indent, look)):
            if self._y + step > BOTTOM:
                self._new_page()
            if bullet and number == 0:
                self._draw(self._pieces((Text(bullet),), look), LEFT + 1.5, look)
            width = sum(piece.width for piece in line)
            x = (LEFT + RIGHT - width) / 2 if look.centred else LEFT + look.indent
            self._draw(line, x, look)
            self._y += step
        self._y += look.after

    def _sources(self) -> None:
        for number, note in enumerate(self._document.used(), start=1):
            if self._y + _SOURCE.keep > BOTTOM:
                self._new_page()
            self._paper.set_link(self._links[number], y=max(self._y - 2, 0), page=self._paper.page)
            self._paragraph((Text(f"[{number}] ", Mark.STRONG), Text(note.place)), _SOURCE)
            self._paragraph((Text(note.quote),), _LOOKS[Style.QUOTE])

    def _table(self, block: Table) -> None:
        widths = _widths(block)
        heads = self._heads(block)
        self._y += 1
        if self._y + self._least(block) > BOTTOM:
            self._new_page()
        self._row(heads, widths, _HEAD)
        for row in block.rows:
            self._body_row(self._cells(row, widths), heads, widths)
        self._y += 3

    def _least(self, block: Table) -> float:
        """The height that the heads of a table and its first row take; of a tall row, a half page."""
        heads = _height(self._heads(block), _HEAD)
        first = self._cells(block.rows[0], _widths(block)) if block.rows else []
        return heads + min(_height(first, _BODY), (BOTTOM - TOP - heads) / 2)

    def _heads(self, block: Table) -> list[list[_Line]]:
        return [
            list(self._lines((Text(head),), width - 2 * PADDING, _HEAD))
            for head, width in zip(block.heads, _widths(block), strict=True)
        ]

    def _cells(self, row: Sequence[Runs], widths: Sequence[float]) -> list[list[_Line]]:
        return [
            [
                line
                for part in lines_of(runs)
                for line in self._lines(part, width - 2 * PADDING, _BODY)
            ]
            for runs, width in zip(row, widths, strict=True)
        ]

    def _body_row(
        self, row: list[list[_Line]], heads: list[list[_Line]], widths: list[float]
    ) -> None:
        """Draw a row; one that does not fit goes to the next page, or is parted if too tall."""
        step = _BODY.size * POINT * _BODY.leading
        room = BOTTOM - TOP - _height(heads, _HEAD)
        while True:
            left = BOTTOM - self._y
            if _height(row, _BODY) <= left:
                self._row(row, widths, _BODY)
                return
            fitting = int((left - 2 * PADDING) / step)
            if (_height(row, _BODY) > room or left > room / 2) and fitting > 1:
                self._row([lines[:fitting] for lines in row], widths, _BODY)
                row = [lines[fitting:] for lines in row]
            self._new_page()
            self._row(heads, widths, _HEAD)

    def _row(self, cells: list[list[_Line]], widths: Sequence[float], look: _Look) -> None:
        height = _height(cells, look)
        paper = self._paper
        paper.set_draw_color(*LINE)
        paper.set_line_width(0.2)
        paper.set_fill_color(*SHADE)
        top, x = self._y, LEFT
        step = look.size * POINT * look.leading
        for lines, width in zip(cells, widths, strict=True):
            paper.rect(x, top, width, height, style="DF" if look is _HEAD else "D")
            self._y = top + PADDING
            for line in lines:
                self._draw(line, x + PADDING, look)
                self._y += step
            x += width
        self._y = top + height

    def _new_page(self) -> None:
        self._paper.add_page()
        self._y = TOP

    # -- lines -----------------------------------------------------------------------------------

    def _lines(self, runs: Runs, width: float, look: _Look) -> Iterator[_Line]:
        """Break runs into lines that are no wider than ``width``."""
        line: list[_Piece] = []
        used = 0.0
        for piece in self._pieces(runs, look):
            if piece.text == "\n":
                yield tuple(line)
                line, used = [], 0.0
                continue
            if used + piece.width > width and line:
                carried = _carried(line, piece)
                kept = line[: len(line) - carried]
                yield tuple(kept)
                line = [p for p in line[len(line) - carried :] if p.text.strip()]
                used = sum(p.width for p in line)
                if not piece.text.strip():
                    continue
            line.append(piece)
            used += piece.width
        if line:
            yield tuple(line)

    def _pieces(self, runs: Runs, look: _Look) -> Iterator[_Piece]:
        for run in runs:
            if isinstance(run, Cite):
                number = self._numbers[run.key]
                size = look.size * 0.65
                yield _Piece(
                    f"{number}",
                    self._width(str(number), False, size) + 0.3,
                    False,
                    size,
                    BLUE,
                    number,
                )
                continue
            bold = look.bold or run.mark is Mark.STRONG
            colour = GREY if run.mark is Mark.OWN else look.colour
            for token in _TOKENS.findall(re.sub(r"\n\s*\n", "\n", run.text)):
                if "\n" in token:
                    yield _Piece("\n", 0, bold, look.size, colour)
                elif token.isspace():
                    yield _Piece(" ", self._width(" ", bold, look.size), bold, look.size, colour)
                else:
                    for part in _short(token):
                        width = self._width(part, bold, look.size)
                        yield _Piece(part, width, bold, look.size, colour)

    def _width(self, text: str, bold: bool, size: float) -> float:
        total = 0.0
        for character in text:
            key = (character, bold)
            if key not in self._widths:
                self._paper.set_font("body", "B" if bold else "", 100)
                self._widths[key] = self._paper.get_string_width(character) / 100
            total += self._widths[key]
        return total * size

    def _draw(self, line: Sequence[_Piece] | Iterator[_Piece], x: float, look: _Look) -> None:
        """Draw a line with its top at the present height; pieces of one look are one text."""
        base = self._y + look.size * POINT * (look.leading + 0.72) / 2
        paper: Any = self._paper
        waiting: list[_Piece] = []

        def flush(at: float) -> float:
            if waiting:
                first = waiting[0]
                paper.set_font("body", "B" if first.bold else "", first.size)
                paper.set_text_color(*first.colour)
                paper.text(at, base, "".join(piece.text for piece in waiting))
                at += sum(piece.width for piece in waiting)
                waiting.clear()
            return at

        for piece in line:
            if piece.note:
                x = flush(x)
                paper.set_font("body", "", piece.size)
                paper.set_text_color(*piece.colour)
                rise = look.size * POINT * 0.35
                paper.text(x + 0.15, base - rise, piece.text)
                top = base - rise - piece.size * POINT
                paper.link(x, top, piece.width, piece.size * POINT * 1.3, self._links[piece.note])
                x += piece.width
                continue
            if waiting and (waiting[0].bold, waiting[0].size, waiting[0].colour) != (
                piece.bold,
                piece.size,
                piece.colour,
            ):
                x = flush(x)
            waiting.append(piece)
        flush(x)


def _carried(line: Sequence[_Piece], piece: _Piece) -> int:
    """How many pieces at the end of a full line go to the next one with the piece behind them."""
    carried = 0
    first = piece
    while carried < len(line) - 1 and carried < 4:
        last = line[len(line) - 1 - carried]
        is_bound = first.note or first.text[:1] in _NOT_FIRST or last.text[-1:] in _NOT_LAST
        if not is_bound:
            break
        carried += 1
        first = last
    return carried


def _short(token: str) -> Iterator[str]:
    """A word of Latin letters; one that no line holds, such as an address, in parts."""
    for at in range(0, len(token), 28):
        yield token[at : at + 28]


def _widths(block: Table) -> list[float]:
    whole = sum(block.widths)
    return [(RIGHT - LEFT) * width / whole for width in block.widths]


def _height(cells: Sequence[Sequence[_Line]], look: _Look) -> float:
    return max(map(len, cells), default=0) * look.size * POINT * look.leading + 2 * PADDING


def _bold_text(document: Document) -> Iterator[str]:
    """Every character that the document prints in bold."""
    yield from "0123456789[] •"
    for block in document.numbered():
        if isinstance(block, Heading | Contents):
            yield from block.text
        elif isinstance(block, Table):
            yield from "".join(block.heads)
        is_bold = isinstance(block, Paragraph) and _LOOKS[block.style].bold
        for run in runs_of(block):
            if isinstance(run, Text) and (is_bold or run.mark is Mark.STRONG):
                yield from run.text


def _all_text(document: Document) -> Iterator[str]:
    """Every character that the document prints."""
    yield from "0123456789[] •." + document.title
    for block in document.numbered():
        if isinstance(block, Heading):
            yield from block.text
        elif isinstance(block, Table):
            yield from "".join(block.heads)
        elif isinstance(block, Contents):
            yield from block.text
        for run in runs_of(block):
            if isinstance(run, Text):
                yield from run.text
    for note in document.used():
        yield from note.place + note.quote
