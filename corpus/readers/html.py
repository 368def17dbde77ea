"""Web pages (.html): headings, lists and tables in reading order; scripts and styles left out.

The parser of the standard library streams tags without building a tree, so that neither missing
end tags nor a hundred thousand nested ones trouble it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from corpus.errors import AttacheError
from corpus.readers import counting
from corpus.readers.encoding import decode
from corpus.readers.layout import HARD_BREAK, Layout, untabbed
from corpus.readers.source import Source

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.I)
_HEAD = 4096
_SILENT = frozenset(
    (
        "script", "style", "head", "template", "noscript", "svg", "math", "object", "iframe",
        "select", "rt", "rp",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
        "html", "legend", "main", "nav", "p", "pre", "section", "summary", "tfoot", "thead",
        "tbody", "h1", "h2", "h3", "h4", "h5", "h6", "caption",
    )
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_WHITE = re.compile(r"[ \t\r\n\f]+")
_MOST_SPANNED = 63
_MOST_ROWS_SPANNED = 1000
_DEEPEST = 100
"""Lists within each other, beyond which the items count as of the outer one."""
_BULLET = "- "
_BULLETS = frozenset({"disc", "circle", "square"})
_COUNTS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": counting.letters,
    "A": lambda n: counting.letters(n).upper(),
    "i": lambda n: counting.roman(n).lower(),
    "I": counting.roman,
}
_STYLED: dict[str, Callable[[int], str]] = {
    "lower-alpha": counting.letters,
    "lower-latin": counting.letters,
    "upper-alpha": lambda n: counting.letters(n).upper(),
    "upper-latin": lambda n: counting.letters(n).upper(),
    "lower-roman": lambda n: counting.roman(n).lower(),
    "upper-roman": counting.roman,
    "cjk-ideographic": counting.ideographic,
    "trad-chinese-informal": counting.ideographic,
    "trad-chinese-formal": counting.formal,
    "cjk-heavenly-stem": lambda n: counting.cycle(n, counting.STEMS),
    "cjk-earthly-branch": lambda n: counting.cycle(n, counting.BRANCHES),
}
_IDEOGRAPHIC = frozenset(name for name in _STYLED if name.startswith(("cjk", "trad")))
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")

_Attributes = Iterable[tuple[str, str | None]]
_Values = dict[str, str | None]


def read(content: bytes, name: str) -> Source:
    """Lines of a web page, which has no pages. AttacheError when it holds no text."""
    declared = _CHARSET.search(content[:_HEAD])
    text = decode(content, name, declared[1].decode("ascii") if declared else None)
    reading = _Reading()
    reading.feed(text.replace("\0", ""))
    reading.close()
    source = reading.source()
    if not any(line.strip() for line in source.lines):
        raise AttacheError(
            f"{name}: found a web page without text, expected a report; "
            "save it from the browser again"
        )
    return source


@dataclass(slots=True)
class _List:
    ordered: bool
    style: str
    count: int
    started: bool = False


@dataclass(slots=True)
class _Table:
    """The outermost table that is open; a table within one of its cells is text of that cell."""

    rows: list[list[str]] = field(default_factory=list)
    filled: dict[int, int] = field(default_factory=dict)
    """For each column that a merged cell of an earlier row fills, the rows it still fills."""
    cell: int | None = None
    """Column of the cell that is open."""
    depth: int = 1

    def start_row(self) -> None:
        self.rows.append([])
        self.cell = None

    def start_cell(self, columns: int, rows: int) -> None:
        if not self.rows:
            self.rows.append([])
        self.skip_filled()
        row = self.rows[-1]
        self.cell = len(row)
        for column in range(self.cell, self.cell + columns if rows > 1 else self.cell):
            self.filled[column] = rows - 1
        row += [""] * columns

    def skip_filled(self) -> None:
        row = self.rows[-1]
        while self.filled.get(len(row), 0) > 0:
            self.filled[len(row)] -= 1
            row.append("")

    def add(self, text: str) -> bool:
        """Add text to the cell that is open; False when none is."""
        if self.cell is None:
            return False
        self.rows[-1][self.cell] += text
        return True


class _Reading(HTMLParser):
    """Turns the stream of tags into paragraphs and rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._layout = Layout()
        self._pieces: list[str] = []
        self._heading = 0
        self._silent = 0
        self._preformatted = 0
        self._lists: list[_List] = []
        self._table: _Table | None = None
        self._number = ""
        self._close = False

    def source(self) -> Source:
        """What was read so far."""
        self._end_table()
        self._flush()
        return self._layout.source(paged=False)

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        """Begin a block, a list, a row or a cell."""
        if tag in _SILENT:
            self._silent += 1
        elif self._silent:
            # a head or script that is not closed ends where the body begins
            self._silent = 0 if tag == "body" else self._silent
        elif tag == "br":
            self._add(" " if self._table is not None else HARD_BREAK)
        elif tag == "table":
            self._start_table()
        elif self._table is not None:
            self._start_in_table(self._table, tag, dict(attrs))
        elif tag in {"ul", "ol"}:
            self._start_list(tag, dict(attrs))
        elif tag == "li":
            self._start_item(dict(attrs))
        elif tag in _BLOCKS:
            self._flush()
            self._preformatted += tag == "pre"
            self._heading = int(tag[1]) if tag[0] == "h" and tag[1:].isdecimal() else 0

    def handle_endtag(self, tag: str) -> None:
        """End what the tag began."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._silent:
            return
        elif self._table is not None:
            self._end_in_table(self._table, tag)
        elif tag in {"ul", "ol"} and self._lists:
            self._flush()
            self._lists.pop()
            self._number = ""
        elif tag == "li":
            self._flush()
            self._number = ""
        elif tag in _BLOCKS:
            self._flush()
            self._heading = 0
            if tag == "pre":
                self._preformatted = max(0, self._preformatted - 1)

    def handle_data(self, data: str) -> None:
        """Text between tags; white space counts as one space unless it is preformatted."""
        if not self._silent:
            self._add(data if self._preformatted else _WHITE.sub(" ", data))

    # -- paragraphs ----------------------------------------------------------------------------

    def _add(self, text: str) -> None:
        if self._table is None:
            self._pieces.append(text)
        elif not self._table.add(text) and text.strip():
            self._layout.paragraph(text.strip())  # stray text between rows stands before the table

    def _flush(self) -> None:
        lines = [line.strip(" ") for line in "".join(self._pieces).split(HARD_BREAK)]
        self._pieces = []
        text = HARD_BREAK.join(lines).strip(HARD_BREAK)
        if text.strip():
            text = f"{self._number}{untabbed(text)}"
            self._layout.paragraph(text, heading=self._heading, close=self._close)
            self._number, self._close = "", False

    # -- lists ---------------------------------------------------------------------------------

    def _start_list(self, tag: str, attributes: _Values) -> None:
        self._flush()
        if len(self._lists) >= _DEEPEST:
            return
        named = _LIST_STYLE.search((attributes.get("style") or "").lower())
        style = named[1] if named else attributes.get("type") or "1"
        self._lists.append(_List(tag == "ol", style, _whole(attributes.get("start"), 1) - 1))

    def _start_item(self, attributes: _Values) -> None:
        self._flush()
        self._number = _BULLET
        if not self._lists:
            return
        current = self._lists[-1]
        # items of a list follow each other closely, the first of a list within another as well
        self._close = current.started or len(self._lists) > 1
        current.started = True
        if not current.ordered or current.style in _BULLETS:
            return
        current.count = _whole(attributes.get("value"), current.count + 1)
        if current.style == "none":
            self._number = ""
        elif current.style in _IDEOGRAPHIC:
            self._number = f"{_STYLED[current.style](current.count)}、"
        else:
            form = _COUNTS.get(current.style) or _STYLED.get(current.style, str)
            self._number = f"{form(current.count)}. "

    # -- tables --------------------------------------------------------------------------------

    def _start_table(self) -> None:
        if self._table is not None:
            self._table.depth += 1
            return
        self._flush()
        self._number = ""
        self._table = _Table()

    def _start_in_table(self, table: _Table, tag: str, attributes: _Values) -> None:
        if table.depth > 1 or tag not in {"tr", *_CELLS}:
            if tag in _BLOCKS or tag in {"tr", "li", *_CELLS}:
                table.add(" ")
        elif tag == "tr":
            table.start_row()
        else:
            columns = min(max(_whole(attributes.get("colspan"), 1), 1), _MOST_SPANNED)
            rows = min(max(_whole(attributes.get("rowspan"), 1), 1), _MOST_ROWS_SPANNED)
            table.start_cell(columns, rows)

    def _end_in_table(self, table: _Table, tag: str) -> None:
        if tag == "table":
            table.depth -= 1
            if table.depth == 0:
                self._end_table()
        elif table.depth == 1 and tag in {"tr", *_CELLS}:
            table.cell = None
        elif tag in _BLOCKS or tag in {"tr", "li", *_CELLS}:
            table.add(" ")

    def _end_table(self) -> None:
        table, self._table = self._table, None
        if table is None:
            return
        is_box = all(len(row) <= 1 for row in table.rows)  # a box around text, not a table
        for row in table.rows:
            if is_box:
                self._layout.paragraph("".join(row).strip())
            else:
                self._layout.row(row)


def _whole(printed: str | None, default: int) -> int:
    printed = (printed or "").strip()
    return int(printed) if printed.isdecimal() and len(printed) < 6 else default
