"""Headings that print shows by larger type, bold or coloured letters, with or without a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from corpus.readers.page_types import Row
from corpus.script import width

_LARGER = 1.12
"""Sizes of the usual type above which type is larger than that of the text."""
_LONGEST = 100
"""Columns of the longest line that counts as a heading."""
_MOST_SET_OFF = 0.25
"""Share of the text beyond which bold or coloured letters mean nothing."""
_DEEPEST = 6
_SENTENCE = re.compile(r"[。；，、,;]\s*$|https?://|www\.|@")


def reads_as_text(line: str) -> bool:
    """Whether a line ends or links as running text does, and headings do not."""
    return _SENTENCE.search(line) is not None


class Headings:
    """Tells the level of headings from how the text of one file is printed."""

    def __init__(self, rows: Iterable[Row]) -> None:
        sizes: Counter[float] = Counter()
        inks: Counter[int] = Counter()
        for row in rows:
            if not row.is_table:
                sizes[row.look] += len(row.first.text)
                inks[row.first.ink] += len(row.first.text)
        usual = max(sizes, key=lambda size: sizes[size], default=0.0)
        larger = sorted((size for size in sizes if size > _LARGER * usual), reverse=True)
        self._levels = {size: min(level, _DEEPEST) for level, size in enumerate(larger, start=1)}
        self._usual = usual
        self._ink = max(inks, key=lambda ink: inks[ink], default=0)
        set_off = sum(count for ink, count in inks.items() if ink not in {self._ink, -1})
        self._sets_off = set_off <= _MOST_SET_OFF * max(sum(inks.values()), 1)

    def level(self, row: Row) -> int:
        """Level from 1 of the heading that the line may be; 0 when it is set like the text."""
        text = row.first.text
        if row.is_table or width(text) > _LONGEST:
            return 0
        if row.look in self._levels:
            return self._levels[row.look]
        is_set_off = self._sets_off and row.first.ink not in {self._ink, -1}
        if not is_set_off or row.look < self._usual or reads_as_text(text):
            return 0
        return min(len(self._levels) + 1, _DEEPEST)
