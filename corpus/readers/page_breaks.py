"""What the ends of pages do to a text, undone: running heads, and tables that were cut."""

from __future__ import annotations

import re
from collections import Counter

from corpus.readers.page_types import BLANK, EDGE, Cell, Row, column_of, columns_of

_FOOT = re.compile(r"[-–—第\s]*\d{1,4}[-–—頁共／/\s\d]*")
_DIGITS = re.compile(r"\d+")
_MOST_RUNNING = 2
"""Lines of a running head or foot."""
_FEWEST_RUNNING = 3


def drop_running(pages: list[list[Row]], pitch: float) -> None:
    """Take out what is printed at one height over or under most pages, but for the first time.

    Page numbers go everywhere: with them between, no sentence would go on over a page's end.
    What stands as close to its neighbour as lines of a paragraph do is no running head.
    """
    for edge in (0, -1):
        for _ in range(_MOST_RUNNING):
            printed = Counter(_running_key(page[edge]) for page in pages if page)
            seen: set[tuple[str, int]] = set()
            dropped = False
            for page in pages:
                is_apart = page and not is_set_close(page if edge == 0 else page[-2:], pitch)
                key = _running_key(page[edge]) if is_apart else ("", 0)
                if not key[0] or printed[key] < max(_FEWEST_RUNNING, len(pages) // 3):
                    continue
                if key in seen or _FOOT.fullmatch(page[edge].first.text.strip()):
                    del page[edge]
                    dropped = True
                seen.add(key)
            if not dropped:
                break


def _running_key(row: Row) -> tuple[str, int]:
    """What a running head has in common on all pages: its words and its height."""
    if row.is_table:
        return "", 0
    return _DIGITS.sub("#", row.first.text.strip()), round(row.first.baseline / 4)


def is_set_close(page: list[Row], pitch: float) -> bool:
    """Whether the first of these rows has another right below it: a head has not."""
    if len(page) < 2:
        return True
    step = page[0].lowest - page[1].first.baseline
    return 0 < step < (pitch + BLANK) * page[1].first.size


def join_tables(above: list[Row], below: list[Row], heads: Row | None) -> Row | None:
    """Take what a table prints at the head of the next page back to where it belongs.

    Its column heads, printed again, are dropped; the rest of a row that the page's end cut goes
    behind the row's beginning, cell by cell. ``heads`` are those of a table that began before the
    page above; the result is the same for the page below.
    """
    table = _last_table(above)
    # a running head that stayed may stand before it; behind a heading begins another table
    stays = bool(above and below) and _running_key(above[0]) == _running_key(below[0])
    first = 1 if stays and not below[0].is_table else 0
    if not table or len(below) <= first or not below[first].is_table:
        return None
    same = [row for row in (heads, *table[:1]) if row is not None]
    heads = next((row for row in same if _drop_heads(row, below, first)), None)
    if heads is None:
        return None
    columns = columns_of(table)
    while first < len(below):
        row = below[first]
        at = [column_of(cell, columns) for cell in row.cells]
        edge = EDGE * row.first.size
        if 0 in at or any(
            cell.left < columns[i][0] - edge for cell, i in zip(row.cells, at, strict=True)
        ):
            break
        for cell, i in zip(row.cells, at, strict=True):
            own = next((c for c in table[-1].cells if column_of(c, columns) == i), None)
            if own is None:
                table[-1].cells.append(cell)
                table[-1].places += (i,) if table[-1].grid is not None else ()
            else:
                own.lines += cell.lines
        del below[first]
    return heads


def _last_table(rows: list[Row]) -> list[Row]:
    """The rows of the table that the page ends with, but for its number."""
    last = len(rows)
    if rows and not rows[-1].is_table and _FOOT.fullmatch(rows[-1].first.text):
        last -= 1
    start = last
    while start and rows[start - 1].is_table:
        start -= 1
    return rows[start:last]


def _drop_heads(heads: Row, below: list[Row], first: int) -> bool:
    """Drop the heads of the columns where they are printed again; False where they are not."""
    again = below[first]
    if len(heads.cells) != len(again.cells):
        return False
    printed = [[piece.text for piece in cell.lines] for cell in heads.cells]
    rest: list[Cell] = []
    for cell, texts in zip(again.cells, printed, strict=True):
        if [piece.text for piece in cell.lines[: len(texts)]] != texts:
            return False
        if cell.lines[len(texts) :]:
            rest.append(Cell(cell.lines[len(texts) :]))
    below[first : first + 1] = [Row(rest, goes_on=True)] if rest else []
    return True
