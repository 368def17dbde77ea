"""Paragraphs, table rows and page breaks of a structured document, set as lines of a source.

The lines read as the Markdown of the same report would: a blank line between paragraphs, tabs
between the cells of a row, # before a heading. So every format is healed and outlined alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.readers.source import Source

HARD_BREAK = "\n"
"""Within a paragraph's text: the author began a new line."""
PAGE_BREAK = "\f"
"""Within a paragraph's text: the page ended here."""

_WHITE = re.compile(r"\s+")
_ENTRY = re.compile(r"\t+\s*(?:\d{1,4}|[ivx]{1,6})\s*$")
_TABS = re.compile(r"\t+")
_LONGEST_HEADING = 120
_DEEPEST = 6


class Layout:
    """Collects the lines of one document, in reading order."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._starts: list[int] = [0]
        self._continued: set[int] = set()
        self._in_table = False

    def paragraph(self, text: str, *, heading: int = 0, close: bool = False) -> None:
        """Add a paragraph; ``heading`` is its level or 0, ``close`` sets no blank line before it.

        An empty one adds a blank line: authors space captions and covers with them.
        """
        self._in_table = False
        if not text.strip():
            self._lines.append("")
            for _ in range(text.count(PAGE_BREAK)):
                self.page_break()
            return
        if not close:
            self._blank()
        if heading and len(text) <= _LONGEST_HEADING:
            if text.startswith(PAGE_BREAK):
                self.page_break()
            self._lines.append(f"{'#' * min(heading, _DEEPEST)} {_one_line(text)}")
            return
        begun = False
        for number, piece in enumerate(text.split(PAGE_BREAK)):
            if number:
                self.page_break()
            if not piece.strip():
                continue
            if begun:
                self._continued.add(len(self._lines))
            begun = True
            parts = [part for part in piece.split(HARD_BREAK) if part.strip()]
            # two spaces at the end say that the line was meant to end there
            self._lines += [f"{part}  " for part in parts[:-1]] + parts[-1:]

    def row(self, cells: Sequence[str]) -> None:
        """Add a row of a table; "" stands for a cell that is empty or taken by a merged one."""
        if not self._in_table:
            self._blank()
        self._in_table = True
        if any(cell.startswith(PAGE_BREAK) for cell in cells):
            self.page_break()
        plain = [_one_line(cell) for cell in cells]
        if any(plain):
            # a tab at the end marks a row whose one cell has text
            self._lines.append("\t".join(plain) if any(plain[1:]) else f"{plain[0]}\t")

    def page_break(self) -> None:
        """What is added next begins a page."""
        self._starts.append(len(self._lines))

    def source(self, *, paged: bool) -> Source:
        """The lines, with the pages if the format says where all of them begin."""
        return Source(
            tuple(self._lines),
            tuple(self._starts) if paged else (),
            frozenset(self._continued),
        )

    def _blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")


def _one_line(text: str) -> str:
    return _WHITE.sub(" ", text).strip()


def untabbed(text: str) -> str:
    """Tabs that only set text apart become spaces: tabs stand for the cells of a row.

    They stay before the page number of a contents entry, and where they make a row of their own.
    """
    text = text.strip("\t ")
    if "\t" not in text or _ENTRY.search(text):
        return text
    return text if len(_TABS.findall(text)) > 1 else _TABS.sub(" ", text)
