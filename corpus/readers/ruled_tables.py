"""Tables with lines ruled around their cells: which cell a piece of text on the page is in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_THIN = 3.5
"""Points that a rule is thick at most."""
_SHORT = 6.0
"""Points below which a stroke is no rule: a dash, an underlined letter."""
_NEAR = 3.0
"""Points between two rules that count as one, or as touching."""
_FEWEST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line that is drawn on the page: the box that it fills, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it may be the upper or lower rule of cells."""
        return self.top - self.bottom <= _THIN and self.right - self.left >= _SHORT

    @property
    def is_vertical(self) -> bool:
        """Whether it may be the left or right rule of cells."""
        return self.right - self.left <= _THIN and self.top - self.bottom >= _SHORT


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of one table. Rows count from the top, columns from the left, both from 0."""

    columns: tuple[float, ...]
    """Places of the vertical rules, from left to right: one more than there are columns."""
    rows: tuple[float, ...]
    """Places of the horizontal rules, from the top down: one more than there are rows."""
    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at this place; of a merged cell, its first; None outside."""
        row, column = _between(self.rows, y, falling=True), _between(self.columns, x, falling=False)
        if row is None or column is None:
            return None
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        while column and not self._ruled_left(column, middle):
            column -= 1
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        while row and not self._ruled_above(row, middle):
            row -= 1
        return row, column

    def parts(self, left: float, right: float, y: float) -> bool:
        """Whether a vertical rule stands between the two places at this height."""
        return any(
            left - _NEAR <= (rule.left + rule.right) / 2 <= right + _NEAR
            and rule.bottom - _NEAR <= y <= rule.top + _NEAR
            for rule in self.verticals
        )

    def _ruled_left(self, column: int, y: float) -> bool:
        at = self.columns[column]
        return any(
            abs((rule.left + rule.right) / 2 - at) <= _NEAR and rule.bottom <= y <= rule.top
            for rule in self.verticals
        )

    def _ruled_above(self, row: int, x: float) -> bool:
        at = self.rows[row]
        return any(
            abs((rule.bottom + rule.top) / 2 - at) <= _NEAR and rule.left <= x <= rule.right
            for rule in self.horizontals
        )


def find_grids(strokes: Iterable[Stroke]) -> tuple[Grid, ...]:
    """The ruled tables of a page, from the top down; a frame around text is none."""
    strokes = list(strokes)
    horizontals = [stroke for stroke in strokes if stroke.is_horizontal]
    verticals = sorted((s for s in strokes if s.is_vertical), key=lambda s: -s.top)
    groups: list[list[Stroke]] = []
    lowest = 0.0
    for rule in verticals:
        if groups and rule.top > lowest + _NEAR:
            groups[-1].append(rule)
            lowest = min(lowest, rule.bottom)
        else:
            groups.append([rule])
            lowest = rule.bottom
    grids = (_grid(group, horizontals) for group in groups)
    return tuple(grid for grid in grids if grid is not None)


def _grid(verticals: list[Stroke], horizontals: list[Stroke]) -> Grid | None:
    columns = _places((rule.left + rule.right) / 2 for rule in verticals)
    if len(columns) <= _FEWEST_COLUMNS:
        return None
    low, high = min(r.bottom for r in verticals) - _NEAR, max(r.top for r in verticals) + _NEAR
    own = [
        rule
        for rule in horizontals
        if low <= rule.bottom
        and rule.top <= high
        and rule.left < columns[-1]
        and rule.right > columns[0]
    ]
    rows = _places((rule.bottom + rule.top) / 2 for rule in own)[::-1]
    if len(rows) < 2:
        return None
    return Grid(columns, rows, tuple(own), tuple(verticals))


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """The places in rising order, those that count as one taken together."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return tuple(places)


def _between(places: tuple[float, ...], value: float, *, falling: bool) -> int | None:
    for number in range(len(places) - 1):
        first, second = places[number], places[number + 1]
        if (second <= value < first) if falling else (first <= value < second):
            return number
    return None
