"""Pages of a PDF file set as lines of a source: paragraphs, headings and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.numbering import mark_at
from corpus.readers.page_breaks import drop_running, is_set_close, join_tables
from corpus.readers.page_headings import Headings, reads_as_text
from corpus.readers.page_rows import page_rows
from corpus.readers.page_types import BLANK, EDGE, Cell, PageContent, Row, column_of, columns_of
from corpus.readers.source import Source
from corpus.script import glue, is_ideograph, spaces_latin, width

_LEADERS = re.compile(r"[.…‧·．]{3,}")
_WORD = re.compile(r"[（「『《〈【]*(?:[!-~]+|.)[，。、；：？！）」』》〉】]*")
_LATE = "，。、；：？！）」』》〉】"
_ENDS = "。！？；：.!?;:"
_HEADING_SLACK = 6
"""Half ems that a heading may end before the margin and still go on: it is not justified."""
_MOST_BLANK = 5


def lay_out(pages: list[PageContent]) -> Source:
    """Lines of all pages; blank lines stand for space between paragraphs."""
    rows = [page_rows(page) for page in pages]
    spaced = spaces_latin("\n".join(piece.text for page in pages for piece in page.pieces))
    pitch = _pitch(rows)
    drop_running(rows, pitch)
    heads: Row | None = None
    for above, below in pairwise(rows):
        heads = join_tables(above, below, heads)
    margin = _right_margin(rows)
    headings = Headings(row for page in rows for row in page)
    lines: list[str] = []
    starts: list[int] = []
    continued: set[int] = set()
    last: Row | None = None
    heading: int | None = None
    for page in rows:
        starts.append(len(lines))
        before: Row | None = None
        if last is not None and page and _is_cut(last) and is_set_close(page, pitch):
            is_heading = headings.level(page[0]) > 0
            if _goes_on(last, page[0], margin, is_heading):
                continued.add(len(lines))
        for row, text in _printed(page, spaced):
            if before is not None:
                size = max(row.first.size, before.first.size)
                step = (before.lowest - row.first.baseline) / (pitch * size)
                blank = 1 if row.is_table != before.is_table or step < -BLANK else 0
                if not (row.is_table and before.is_table):
                    blank = max(blank, min(int(step - BLANK), _MOST_BLANK))
                lines += [""] * blank
                if not blank and _goes_on(before, row, margin, headings.level(row) > 0):
                    continued.add(len(lines))
            if len(lines) in continued:
                if heading is not None and reads_as_text(text):
                    lines[heading] = lines[heading].lstrip("# ")
                lines.append(text)
            else:
                level = headings.level(row)
                heading = len(lines) if level else None
                lines.append(f"{'#' * level} {text}" if level else text)
            before = row
        last = before or last
    return Source(tuple(lines), tuple(starts), frozenset(continued))


def _is_cut(last: Row) -> bool:
    """Whether a page ends within a sentence; of one that ends with it, no more can be told."""
    return last.cells[0].lines[-1].text.rstrip()[-1] not in _ENDS


def _printed(rows: list[Row], spaced: bool) -> Iterator[tuple[Row, str]]:
    """Each row with its text: cells of a table in its columns, parted by tabs."""
    table: list[Row] = []
    for row in [*rows, None]:
        if row is not None and (row.is_table or _goes_on_in_cell(table, row)):
            if table and table[-1].goes_on and row.goes_on:
                table[-1].cells[-1].lines += row.cells[0].lines
            else:
                table.append(row)
            continue
        yield from _printed_table(table, spaced)
        table = []
        if row is not None:
            yield row, _cell_text(row.cells[0], spaced)


def _goes_on_in_cell(table: list[Row], row: Row) -> bool:
    """Whether a line stands below a table's row, in a column that is not the first.

    So stands the rest of a cell on the page after, behind the heads that are printed again.
    """
    if not table:
        return False
    columns = columns_of(table)
    at = column_of(row.cells[0], columns)
    edge = EDGE * row.first.size
    near = table[-1].lowest - row.first.baseline < 2.5 * row.first.size
    row.goes_on = (
        near
        and at > 0
        and row.cells[0].left > columns[at][0] - edge
        and (at + 1 == len(columns) or row.cells[0].right < columns[at + 1][0])
    )
    return row.goes_on


def _printed_table(rows: list[Row], spaced: bool) -> Iterator[tuple[Row, str]]:
    columns = columns_of(rows)
    for row in rows:
        texts = [""] * (len(row.grid.columns) - 1 if row.grid is not None else len(columns))
        at_of = row.places or tuple(column_of(cell, columns) for cell in row.cells)
        for cell, at in zip(row.cells, at_of, strict=True):
            texts[at] = f"{texts[at]} {_cell_text(cell, spaced)}".strip()
        yield row, "\t".join(texts) if any(texts[1:]) else f"{texts[0]}\t"


def _cell_text(cell: Cell, spaced: bool) -> str:
    """The lines of a cell as one; a line by itself keeps the space behind it."""
    text = ""
    led = False
    for piece in cell.lines:
        wide = text and is_ideograph(text[-1]) and is_ideograph(piece.text[0])
        text += " " if led and not wide else glue(text, piece.text, spaced=spaced)
        text += piece.text
        led = piece.spaced
    return text + (" " if led and len(cell.lines) == 1 else "")


def _right_margin(pages: list[list[Row]]) -> float:
    """Where full lines end: what one line in twenty goes beyond at most."""
    rights = sorted(row.cells[0].right for page in pages for row in page if not row.is_table)
    return rights[len(rights) * 19 // 20] if rights else 0.0


def _pitch(pages: list[list[Row]]) -> float:
    """The usual distance of two lines of a paragraph, in sizes of their font."""
    steps: list[float] = []
    for page in pages:
        for above, below in pairwise(page):
            step = above.first.baseline - below.first.baseline
            if not above.is_table and not below.is_table and step > 0.8 * below.first.size:
                steps.append(step / max(above.first.size, below.first.size))
    steps.sort()
    return min(max(steps[len(steps) * 2 // 5], 1.0), 2.6) if steps else 1.3


def _goes_on(above: Row, below: Row, margin: float, is_heading: bool) -> bool:
    """Whether the first word of a line had no room on the line above it."""
    if above.is_table or below.is_table:
        return False
    last, first = above.cells[0].lines[-1], below.first
    if mark_at(first.text) is not None or first.text.startswith("- "):
        return False
    if _LEADERS.search(last.text) or abs(last.size - first.size) > 0.1 * first.size:
        return False
    word = _WORD.match(first.text)
    need = width(word[0]) if word is not None else 1
    # the ink of a comma of full width ends before its square does
    ended = 1 if last.text.rstrip()[-1] in _LATE else 0
    slack = _HEADING_SLACK if is_heading else 1
    if (above.margin or margin) - last.right > (need + ended + slack) * 0.5 * first.size:
        return False
    # an opening bracket's ink begins in the middle of its square
    indent = first.left - last.left - (0.6 * first.size if first.text[0] in "（「『《〈【" else 0)
    hanging = 6 * first.size if mark_at(last.text) is not None or last.text[0] == "-" else 0.0
    return -6 * first.size < indent < max(hanging, EDGE * first.size)
