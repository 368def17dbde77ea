"""Passages to quotes: spans of a report that can be understood and still be read at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.sentences import sentences
from corpus.types import Report
from index.types import Hit

# Characters of a quote that is more than one sentence: several short ones are read together.
LONGEST_QUOTE = 220
LONGEST_LIST = 300
LONGEST_ITEM = 60
_BULLETS = frozenset("-•●·◦▪*")


@dataclass(frozen=True, slots=True)
class Quote:
    """``report.text[start:end]``, from a hit, and the section that it stands in."""

    hit: Hit
    start: int
    end: int
    text: str
    section: int
    """Position in the report's sections."""


def quotes(report: Report, hit: Hit) -> Iterator[Quote]:
    """Give the quotes of a hit that say something. A heading is no statement."""
    for start, end in _spans(report.text, hit.chunk.start, hit.chunk.end):
        text = report.text[start:end]
        at = report.section_at(start)
        heading = report.sections[at].heading
        if not (heading and text.rstrip("：: ").endswith(heading.rstrip("：: "))):
            yield Quote(hit, start, end, text, at)


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Join the sentences of a paragraph, and a list to the sentence that announces it."""
    open_start, open_end, lists = -1, -1, False
    for span in sentences(text, start, end):
        # A sentence that ends in a colon says nothing without the list behind it.
        announces = (
            open_start >= 0
            and text[open_end - 1] in "：:"
            and span.end - span.start <= LONGEST_ITEM
        )
        joins = open_start >= 0 and (
            (announces and span.end - open_start <= LONGEST_LIST)
            or (
                span.end - open_start <= LONGEST_QUOTE and "\n" not in text[open_start : span.start]
            )
            or (
                lists
                and span.end - open_start <= LONGEST_LIST
                and _is_item(text, span.start)
                and span.end - span.start <= LONGEST_ITEM
            )
        )
        lists = joins and (announces or lists)
        if not joins and open_start >= 0:
            yield open_start, open_end
        open_start = open_start if joins else span.start
        open_end = span.end
    if open_start >= 0:
        yield open_start, open_end


def _is_item(text: str, start: int) -> bool:
    """Tell whether a sentence begins an item of a list: behind a bullet or a short number."""
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return line in _BULLETS
