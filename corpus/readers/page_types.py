"""What is printed on a page, and the lines and table rows that are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.ruled_tables import Grid

EDGE = 0.5
"""Ems by which left edges of one column differ at most."""
BLANK = 0.35
BOLD = 1 << 24


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
    ink: int = 0
    """Colour of the letters, with ``BOLD`` added when they are bold; -1 where it changes."""
    foot: float | None = None
    """Baseline of its last line, where a word broken by a hyphen takes it on to the next."""

    @property
    def lowest(self) -> float:
        """Baseline of its last line."""
        return self.baseline if self.foot is None else self.foot


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is printed on a page: its text, in the order it was drawn, and its ruled tables."""

    pieces: tuple[Piece, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(slots=True)
class Cell:
    """The lines that stand in one cell; a line of text by itself is a cell of one line."""

    lines: list[Piece]

    @property
    def left(self) -> float:
        """Where its ink begins."""
        return min(piece.left for piece in self.lines)

    @property
    def right(self) -> float:
        """Where its ink ends."""
        return max(piece.right for piece in self.lines)


@dataclass(slots=True)
class Row:
    """A line of text (one cell of one line) or a row of a table."""

    cells: list[Cell]
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
        """What it begins with."""
        return self.cells[0].lines[0]

    @property
    def look(self) -> float:
        """Size of the type, in half points."""
        return round(self.first.size * 2) / 2

    @property
    def is_table(self) -> bool:
        """Whether it is a row of a table and no line of text."""
        return len(self.cells) > 1 or self.goes_on or self.grid is not None

    @property
    def lowest(self) -> float:
        """Baseline of its last line on the page that it begins on."""
        lowest = self.first.baseline
        for cell in self.cells:
            for piece in cell.lines:
                if piece.baseline > lowest + piece.size:
                    break  # on the next page
                lowest = min(lowest, piece.lowest)
        return lowest


def columns_of(rows: list[Row]) -> list[tuple[float, float]]:
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


def column_of(cell: Cell, columns: list[tuple[float, float]]) -> int:
    """The column that the cell begins in."""
    shared = [i for i, (a, b) in enumerate(columns) if cell.left < b and cell.right > a]
    if shared:
        return shared[0]
    return min(range(len(columns)), key=lambda i: abs(columns[i][0] - cell.left))
