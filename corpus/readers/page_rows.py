"""Pieces of text with their places on a page, to lines and rows of tables.

Pieces come in the order they were drawn. That order steps down within a column, and up where the
next cell of a row, or the next column of the page, begins: rows of tables are found by it where no
lines are ruled around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.numbering import mark_at
from corpus.readers.page_types import EDGE, Cell, PageContent, Piece, Row
from corpus.readers.ruled_tables import Grid
from corpus.script import is_ideograph, width

_BULLETS = re.compile(r"[•●○■◆◦▪‧·\uf0b7\uf06c\uf0a7\uf0d8\uf0fc\uf06e]\s*(?=\S|$)")
_SAME_LINE = 0.35
"""Ems that two baselines of one line may differ by."""
_CELL_GAP = 1.6
"""Ems between two pieces of a line that are cells even where no other line agrees."""
_SPREAD = 4.0
"""Ems between the two characters of a label that is spread out to the width of others."""
_NEAR = 12
"""Pieces before and behind that tell whether a gap parts two cells."""
_NEAR_ABOVE = 40
_FEWEST_COLUMN_LINES = 4
_COLUMN_LINES = 15
_COLUMN_WIDTH = 28
"""A run of so many lines, so many columns wide, is a column of the page and no cell."""


def page_rows(page: PageContent) -> list[Row]:
    """Rows of a page: those of ruled tables where they begin, the others found by their places."""
    rows: list[Row] = []
    run: list[Piece] = []
    ruled: dict[Grid, dict[tuple[int, int], Cell]] = {}
    for piece in page.pieces:
        found = _grid_of(page.grids, piece)
        if found is None:
            run.append(piece)
            continue
        grid, at = found
        if grid not in ruled:
            rows += _without_columns(_rows(_lines(run)))
            run = []
            ruled[grid] = {}
            rows.append(Row([], grid=grid))  # its rows take this place below
        ruled[grid].setdefault(at, Cell([])).lines.append(piece)
    rows += _without_columns(_rows(_lines(run)))
    _set_margins(rows)
    return [
        printed
        for row in rows
        for printed in (_ruled_rows(row.grid, ruled[row.grid]) if row.grid is not None else [row])
    ]


def _grid_of(grids: tuple[Grid, ...], piece: Piece) -> tuple[Grid, tuple[int, int]] | None:
    for grid in grids:
        at = grid.cell_at((piece.left + piece.right) / 2, piece.baseline + 0.3 * piece.size)
        if at is not None:
            return grid, at
    return None


def _ruled_rows(grid: Grid, cells: dict[tuple[int, int], Cell]) -> Iterator[Row]:
    for number in range(len(grid.rows) - 1):
        places = tuple(column for row, column in sorted(cells) if row == number)
        if places:
            own = [Cell(_by_line(cells[number, column].lines)) for column in places]
            yield Row(own, grid=grid, places=places)


def _by_line(pieces: list[Piece]) -> list[Piece]:
    """Pieces of a cell with those on one line joined."""
    lines: list[Piece] = []
    for piece in pieces:
        if lines and abs(lines[-1].baseline - piece.baseline) < _SAME_LINE * piece.size:
            lines[-1] = _join(lines[-1], piece, " " if piece.gap else "")
        else:
            lines.append(piece)
    return lines


def _without_columns(rows: list[Row]) -> list[Row]:
    """The rows with columns of running text, which look like a row of long cells, taken apart."""
    apart: list[Row] = []
    for number, row in enumerate(rows):
        beside = (*rows[max(0, number - 1) : number], *rows[number + 1 : number + 2])
        alone = row.is_table and not any(other.is_table for other in beside)
        if not alone or any(len(cell.lines) < _FEWEST_COLUMN_LINES for cell in row.cells):
            apart.append(row)
            continue
        for cell in row.cells:
            apart += [Row([Cell([piece])], margin=cell.right) for piece in cell.lines]
    return apart


def _set_margins(rows: list[Row]) -> None:
    """Give the lines of columns of the page, drawn one after the other, their own margins."""
    columns: list[list[Row]] = []
    for row in rows:
        if row.grid is not None or row.is_table:
            columns.append([])
        elif columns and columns[-1] and row.first.baseline < columns[-1][-1].first.baseline:
            columns[-1].append(row)
        else:
            columns.append([row])
    for left, right in pairwise(columns):
        if min(len(left), len(right)) < _FEWEST_COLUMN_LINES:
            continue
        # the heading of a page may run over both columns
        edge = min(row.cells[0].left for row in right)
        beside = [row for row in left if row.first.baseline <= right[0].first.baseline + 1]
        if beside and max(row.cells[0].right for row in beside) < edge:
            for column in (beside, right):
                margin = max(row.cells[0].right for row in column)
                for row in column:
                    row.margin = margin


def _lines(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces with numbers and bullets joined to what they number, and words to their neighbours."""
    joined: list[Piece] = []
    pieces = list(pieces)
    for number, printed in enumerate(pieces):
        last = joined[-1] if joined else None
        bullet = None if printed.gap else _BULLETS.match(printed.text)
        text = printed.text if bullet is None else f"- {printed.text[bullet.end() :]}"
        piece = replace(printed, text=text) if bullet is not None else printed
        if last is None:
            joined.append(piece)
        elif _is_number(last.text) and (piece.gap or _on_one_line(last, piece)):
            joined[-1] = _join(last, piece, "" if ord(last.text[-1]) > 0x2E80 else " ")
        elif piece.gap and _belongs(last, piece, pieces[max(0, number - _NEAR) : number + _NEAR]):
            joined[-1] = _join(last, piece, " ")
        else:
            joined.append(piece)
    return joined


def _belongs(last: Piece, piece: Piece, near: list[Piece]) -> bool:
    """Whether a gap is but a wide space: no line near it has an edge where the piece begins."""
    if last.text.endswith(("：", ":")):
        return True
    is_spread = len(last.text) == 1 and is_ideograph(last.text)  # 姓　　名
    if piece.gap > (_SPREAD if is_spread else _CELL_GAP) * piece.size:
        return False
    return not any(
        other.baseline != piece.baseline
        and abs(other.left - piece.left) < EDGE * piece.size
        and (not other.gap or other.gap > _CELL_GAP * other.size)
        for other in near
    )


def _is_number(text: str) -> bool:
    """Whether the text is a numbering mark or a bullet and nothing else."""
    if text.strip() == "-":
        return True
    mark = mark_at(f"{text} 文") if len(text) <= 8 else None
    return mark is not None and mark.end >= len(text) and not text.isalnum()


def _on_one_line(last: Piece, piece: Piece) -> bool:
    near = abs(last.baseline - piece.baseline) < _SAME_LINE * piece.size
    return near and 0 <= piece.left - last.right < 4 * piece.size


def _join(last: Piece, piece: Piece, space: str) -> Piece:
    text = f"{last.text.rstrip()}{space}{piece.text.lstrip()}"
    return replace(piece, text=text, left=last.left, baseline=last.baseline, gap=last.gap)


def _rows(lines: list[Piece]) -> list[Row]:
    """Lines as rows: one of a single cell for a line of text, one of several for a table's."""
    rows: list[Row] = []
    for piece in lines:
        start = _row_of(rows, piece)
        if start is not None:
            _merge(rows, start)
            rows[-1].cells.append(Cell([piece]))
        elif rows and rows[-1].is_table and _is_below(rows[-1], piece):
            rows[-1].cells[-1].lines.append(piece)
        else:
            rows.append(Row([Cell([piece])]))
    return rows


def _row_of(rows: list[Row], piece: Piece) -> int | None:
    """Position of the row whose first line the piece stands beside, to its right."""
    tolerance = _SAME_LINE * piece.size
    for number in range(len(rows) - 1, max(-1, len(rows) - 1 - _NEAR_ABOVE), -1):
        row = rows[number]
        if row.first.baseline > piece.baseline + tolerance:
            return None  # higher up than the piece already
        if abs(row.first.baseline - piece.baseline) <= tolerance:
            between = rows[number:]
            if any(other.is_table for other in between[1:]) or piece.left < row.cells[-1].right - 1:
                return None
            if any(other.cells[0].right > piece.left for other in between[1:]):
                return None
            texts = [other.first.text for other in between]
            if len(between) > _COLUMN_LINES and max(map(width, texts)) > _COLUMN_WIDTH:
                return None
            return number
    return None


def _merge(rows: list[Row], start: int) -> None:
    """Make one cell of the lines from ``start`` on: they are the lines of a row's first cell."""
    for row in rows[start + 1 :]:
        rows[start].cells[-1].lines += row.cells[0].lines
    del rows[start + 1 :]


def _is_below(row: Row, piece: Piece) -> bool:
    """Whether the piece is the next line of the row's last cell."""
    cell = row.cells[-1]
    last = cell.lines[-1]
    step = last.lowest - piece.baseline
    if not 0 < step < 2.2 * max(piece.size, last.size):
        return False
    overlaps = piece.left < cell.right and piece.right > cell.left
    return overlaps and piece.left > row.cells[-2].right - 1
