"""Pieces of text with their places on printed pages, set as lines and rows of a source.

Pieces come in the order they were drawn. That order steps down within a column, and up where the
next cell of a row, or the next column of the page, begins: rows of tables are found by it, whether
lines are ruled around them or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.numbering import mark_at
from corpus.readers.ruled_tables import Grid
from corpus.readers.source import Source
from corpus.script import glue, is_ideograph, spaces_latin, width

_BULLETS = re.compile(r"[•●○■◆◦▪‧·\uf0b7\uf06c\uf0a7\uf0d8\uf0fc\uf06e]\s*(?=\S|$)")
_LEADERS = re.compile(r"[.…‧·．]{3,}")
_WORD = re.compile(r"[（「『《〈【]*(?:[!-~]+|.)[，。、；：？！）」』》〉】]*")
_FOOT = re.compile(r"[-–—第\s]*\d{1,4}[-–—頁共／/\s\d]*")
_LATE = "，。、；：？！）」』》〉】"
_HEADING_SLACK = 6
"""Half ems that a heading may end before the margin and still go on: it is not justified."""
_SAME_LINE = 0.35
"""Ems that two baselines of one line may differ by."""
_CELL_GAP = 1.6
"""Ems between two pieces of a line that are cells even where no other line agrees."""
_EDGE = 0.5
"""Ems by which left edges of one column differ at most."""
_NEAR = 12
"""Pieces before and behind that tell whether a gap parts two cells."""
_NEAR_ABOVE = 40
_FEWEST_COLUMN_LINES = 4
_COLUMN_LINES = 15
_COLUMN_WIDTH = 28
"""A run of so many lines, so many columns wide, is a column of the page and no cell."""
_HEADING = 100
"""Columns of the longest line that counts as a heading for its large type."""
_LARGER = 1.12
_DEEPEST = 6
_BLANK = 0.35
_MOST_BLANK = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters on one line."""

    text: str
    left: float
    right: float
    baseline: float
    """Points above the foot of the page."""
    size: float
    gap: float = 0.0
    """Points between it and the piece before it on the line; 0 where it begins the line."""
    spaced: bool = False
    """Whether a space was printed behind it, at the line's end."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is printed on a page: its text, in the order it was drawn, and its ruled tables."""

    pieces: tuple[Piece, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(slots=True)
class _Cell:
    lines: list[Piece]

    @property
    def left(self) -> float:
        return min(piece.left for piece in self.lines)

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.lines)


@dataclass(slots=True)
class _Row:
    """A line of text (one cell of one line) or a row of a table."""

    cells: list[_Cell]
    goes_on: bool = False
    """Whether it is one cell of a table's row that began on the page before."""
    grid: Grid | None = None
    """The ruled table that it is a row of."""
    places: tuple[int, ...] = ()
    """For each cell of a ruled row, its column."""
    margin: float | None = None
    """Right edge of the column of the page that it is a line of; None for the page's own."""

    @property
    def first(self) -> Piece:
        return self.cells[0].lines[0]

    @property
    def look(self) -> float:
        """Size of the type, in half points."""
        return round(self.first.size * 2) / 2

    @property
    def is_table(self) -> bool:
        return len(self.cells) > 1 or self.goes_on or self.grid is not None

    @property
    def lowest(self) -> float:
        """Baseline of its last line on the page that it begins on."""
        lowest = self.first.baseline
        for cell in self.cells:
            for piece in cell.lines:
                if piece.baseline > lowest + piece.size:
                    break  # on the next page
                lowest = min(lowest, piece.baseline)
        return lowest


def lay_out(pages: list[PageContent]) -> Source:
    """Lines of all pages; blank lines stand for space between paragraphs."""
    rows = [_page_rows(page) for page in pages]
    spaced = spaces_latin("\n".join(piece.text for page in pages for piece in page.pieces))
    heads: _Row | None = None
    for above, below in pairwise(rows):
        heads = _join_tables(above, below, heads)
    margin = _right_margin(rows)
    pitch = _pitch(rows)
    headings = _heading_sizes(rows)
    lines: list[str] = []
    starts: list[int] = []
    continued: set[int] = set()
    for page in rows:
        starts.append(len(lines))
        before: _Row | None = None
        for row, text in _printed(page, spaced):
            if before is not None:
                size = max(row.first.size, before.first.size)
                step = (before.lowest - row.first.baseline) / (pitch * size)
                blank = 1 if row.is_table != before.is_table or step < -_BLANK else 0
                if not (row.is_table and before.is_table):
                    blank = max(blank, min(int(step - _BLANK), _MOST_BLANK))
                lines += [""] * blank
                if not blank and _goes_on(before, row, margin, row.look in headings):
                    continued.add(len(lines))
            level = 0 if len(lines) in continued or row.is_table else headings.get(row.look, 0)
            lines.append(f"{'#' * level} {text}" if level and width(text) <= _HEADING else text)
            before = row
    return Source(tuple(lines), tuple(starts), frozenset(continued))


# -- pieces to rows --------------------------------------------------------------------------------


def _page_rows(page: PageContent) -> list[_Row]:
    """Rows of a page: those of ruled tables where they begin, the others found by their places."""
    rows: list[_Row] = []
    run: list[Piece] = []
    ruled: dict[Grid, dict[tuple[int, int], _Cell]] = {}
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
            rows.append(_Row([], grid=grid))  # its rows take this place below
        ruled[grid].setdefault(at, _Cell([])).lines.append(piece)
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


def _ruled_rows(grid: Grid, cells: dict[tuple[int, int], _Cell]) -> Iterator[_Row]:
    for number in range(len(grid.rows) - 1):
        places = tuple(column for row, column in sorted(cells) if row == number)
        if places:
            own = [_Cell(_by_line(cells[number, column].lines)) for column in places]
            yield _Row(own, grid=grid, places=places)


def _by_line(pieces: list[Piece]) -> list[Piece]:
    """Pieces of a cell with those on one line joined."""
    lines: list[Piece] = []
    for piece in pieces:
        if lines and abs(lines[-1].baseline - piece.baseline) < _SAME_LINE * piece.size:
            lines[-1] = _join(lines[-1], piece, " " if piece.gap else "")
        else:
            lines.append(piece)
    return lines


def _without_columns(rows: list[_Row]) -> list[_Row]:
    """The rows with columns of running text, which look like a row of long cells, taken apart."""
    apart: list[_Row] = []
    for number, row in enumerate(rows):
        beside = (*rows[max(0, number - 1) : number], *rows[number + 1 : number + 2])
        alone = row.is_table and not any(other.is_table for other in beside)
        if not alone or any(len(cell.lines) < _FEWEST_COLUMN_LINES for cell in row.cells):
            apart.append(row)
            continue
        for cell in row.cells:
            apart += [_Row([_Cell([piece])], margin=cell.right) for piece in cell.lines]
    return apart


def _set_margins(rows: list[_Row]) -> None:
    """Give the lines of columns of the page, drawn one after the other, their own margins."""
    columns: list[list[_Row]] = []
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
    if last.text.endswith(("：", ":")) or (len(last.text) == 1 and is_ideograph(last.text)):
        return True
    if piece.gap > _CELL_GAP * piece.size:
        return False
    return not any(
        other.baseline != piece.baseline
        and abs(other.left - piece.left) < _EDGE * piece.size
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
    return Piece(text, last.left, piece.right, last.baseline, piece.size, last.gap, piece.spaced)


def _rows(lines: list[Piece]) -> list[_Row]:
    """Lines as rows: one of a single cell for a line of text, one of several for a table's."""
    rows: list[_Row] = []
    for piece in lines:
        start = _row_of(rows, piece)
        if start is not None:
            _merge(rows, start)
            rows[-1].cells.append(_Cell([piece]))
        elif rows and rows[-1].is_table and _is_below(rows[-1], piece):
            rows[-1].cells[-1].lines.append(piece)
        else:
            rows.append(_Row([_Cell([piece])]))
    return rows


def _join_tables(above: list[_Row], below: list[_Row], heads: _Row | None) -> _Row | None:
    """Take what a table prints at the head of the next page back to where it belongs.

    Its column heads, printed again, are dropped; the rest of a row that the page's end cut goes
    behind the row's beginning, cell by cell. ``heads`` are those of a table that began before the
    page above; the result is the same for the page below.
    """
    table = _last_table(above)
    first = next((i for i, row in enumerate(below[:3]) if row.is_table), None)
    if not table or first is None:
        return None
    same = [row for row in (heads, *table[:1]) if row is not None]
    heads = next((row for row in same if _drop_heads(row, below, first)), None)
    if heads is None:
        return None
    columns = _columns(table)
    while first < len(below):
        row = below[first]
        at = [_column_of(cell, columns) for cell in row.cells]
        edge = _EDGE * row.first.size
        if 0 in at or any(
            cell.left < columns[i][0] - edge for cell, i in zip(row.cells, at, strict=True)
        ):
            break
        for cell, i in zip(row.cells, at, strict=True):
            own = next((c for c in table[-1].cells if _column_of(c, columns) == i), None)
            if own is None:
                table[-1].cells.append(cell)
                table[-1].places += (i,) if table[-1].grid is not None else ()
            else:
                own.lines += cell.lines
        del below[first]
    return heads


def _last_table(rows: list[_Row]) -> list[_Row]:
    """The rows of the table that the page ends with, but for its number."""
    last = len(rows)
    if rows and not rows[-1].is_table and _FOOT.fullmatch(rows[-1].first.text):
        last -= 1
    start = last
    while start and rows[start - 1].is_table:
        start -= 1
    return rows[start:last]


def _drop_heads(heads: _Row, below: list[_Row], first: int) -> bool:
    """Drop the heads of the columns where they are printed again; False where they are not."""
    again = below[first]
    if len(heads.cells) != len(again.cells):
        return False
    printed = [[piece.text for piece in cell.lines] for cell in heads.cells]
    rest: list[_Cell] = []
    for cell, texts in zip(again.cells, printed, strict=True):
        if [piece.text for piece in cell.lines[: len(texts)]] != texts:
            return False
        if cell.lines[len(texts) :]:
            rest.append(_Cell(cell.lines[len(texts) :]))
    below[first : first + 1] = [_Row(rest, goes_on=True)] if rest else []
    return True


def _row_of(rows: list[_Row], piece: Piece) -> int | None:
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


def _merge(rows: list[_Row], start: int) -> None:
    """Make one cell of the lines from ``start`` on: they are the lines of a row's first cell."""
    for row in rows[start + 1 :]:
        rows[start].cells[-1].lines += row.cells[0].lines
    del rows[start + 1 :]


def _is_below(row: _Row, piece: Piece) -> bool:
    """Whether the piece is the next line of the row's last cell."""
    cell = row.cells[-1]
    last = cell.lines[-1]
    step = last.baseline - piece.baseline
    if not 0 < step < 2.2 * max(piece.size, last.size):
        return False
    overlaps = piece.left < cell.right and piece.right > cell.left
    return overlaps and piece.left > row.cells[-2].right - 1


# -- rows to text ----------------------------------------------------------------------------------


def _printed(rows: list[_Row], spaced: bool) -> Iterator[tuple[_Row, str]]:
    """Each row with its text: cells of a table in its columns, parted by tabs."""
    table: list[_Row] = []
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


def _goes_on_in_cell(table: list[_Row], row: _Row) -> bool:
    """Whether a line stands below a table's row, in a column that is not the first.

    So stands the rest of a cell on the page after, behind the heads that are printed again.
    """
    if not table:
        return False
    columns = _columns(table)
    at = _column_of(row.cells[0], columns)
    edge = _EDGE * row.first.size
    near = table[-1].lowest - row.first.baseline < 2.5 * row.first.size
    row.goes_on = (
        near
        and at > 0
        and row.cells[0].left > columns[at][0] - edge
        and (at + 1 == len(columns) or row.cells[0].right < columns[at + 1][0])
    )
    return row.goes_on


def _printed_table(rows: list[_Row], spaced: bool) -> Iterator[tuple[_Row, str]]:
    columns = _columns(rows)
    for row in rows:
        texts = [""] * (len(row.grid.columns) - 1 if row.grid is not None else len(columns))
        at_of = row.places or tuple(_column_of(cell, columns) for cell in row.cells)
        for cell, at in zip(row.cells, at_of, strict=True):
            texts[at] = f"{texts[at]} {_cell_text(cell, spaced)}".strip()
        yield row, "\t".join(texts) if any(texts[1:]) else f"{texts[0]}\t"


def _columns(rows: list[_Row]) -> list[tuple[float, float]]:
    """Spans of the table's columns: those of the row with most cells, widened by the others."""
    if not rows:
        return []
    grid = rows[0].grid
    if grid is not None:
        return list(pairwise(grid.columns))
    fullest = max(rows, key=lambda row: len(row.cells))
    columns = [(cell.left, cell.right) for cell in fullest.cells]
    for row in rows:
        for cell in row.cells:
            over = [i for i, (a, b) in enumerate(columns) if cell.left < b and cell.right > a]
            if len(over) == 1:
                a, b = columns[over[0]]
                columns[over[0]] = (min(a, cell.left), max(b, cell.right))
    return columns


def _column_of(cell: _Cell, columns: list[tuple[float, float]]) -> int:
    """The column that the cell begins in."""
    shared = [i for i, (a, b) in enumerate(columns) if cell.left < b and cell.right > a]
    if shared:
        return shared[0]
    return min(range(len(columns)), key=lambda i: abs(columns[i][0] - cell.left))


def _cell_text(cell: _Cell, spaced: bool) -> str:
    """The lines of a cell as one; a line by itself keeps the space behind it."""
    text = ""
    led = False
    for piece in cell.lines:
        wide = text and is_ideograph(text[-1]) and is_ideograph(piece.text[0])
        text += " " if led and not wide else glue(text, piece.text, spaced=spaced)
        text += piece.text
        led = piece.spaced
    return text + (" " if led and len(cell.lines) == 1 else "")


# -- measures --------------------------------------------------------------------------------------


def _right_margin(pages: list[list[_Row]]) -> float:
    """Where full lines end: what one line in twenty goes beyond at most."""
    rights = sorted(row.cells[0].right for page in pages for row in page if not row.is_table)
    return rights[len(rights) * 19 // 20] if rights else 0.0


def _heading_sizes(pages: list[list[_Row]]) -> dict[float, int]:
    """Level of heading for each size of type that is larger than that of most text, from 1."""
    amounts: dict[float, int] = {}
    for page in pages:
        for row in page:
            if not row.is_table:
                amounts[row.look] = amounts.get(row.look, 0) + len(row.first.text)
    if not amounts:
        return {}
    usual = max(amounts, key=lambda size: amounts[size])
    larger = sorted((size for size in amounts if size > _LARGER * usual), reverse=True)
    return {size: min(level, _DEEPEST) for level, size in enumerate(larger, start=1)}


def _pitch(pages: list[list[_Row]]) -> float:
    """The usual distance of two lines of a paragraph, in sizes of their font."""
    steps: list[float] = []
    for page in pages:
        for above, below in pairwise(page):
            step = above.first.baseline - below.first.baseline
            if not above.is_table and not below.is_table and step > 0.8 * below.first.size:
                steps.append(step / max(above.first.size, below.first.size))
    steps.sort()
    return min(max(steps[len(steps) * 2 // 5], 1.0), 2.6) if steps else 1.3


def _goes_on(above: _Row, below: _Row, margin: float, is_heading: bool) -> bool:
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
    return -6 * first.size < indent < max(hanging, _EDGE * first.size)
