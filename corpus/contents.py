"""Where a report's table of contents stands, so that its lines are not taken for sections."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.headings import contents_heading
from corpus.numbering import mark_at

_ENTRY = re.compile(
    r"(?P<label>.*?\S)(?:[.．·…‧・ ]{3,}|\t+[.…\s]*)(?P<page>\d{1,4}|[ivxIVX]{1,6})$"
)
_NOISE = re.compile(r"[\s、，,.．：:；()（）\-–—]+")
_FARTHEST = 400
"""Lines that a table of contents has at most."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Lines ``first`` to ``last`` (without) hold the contents; ``keys`` are its entries."""

    first: int
    last: int
    keys: frozenset[str]


def find_contents(lines: list[str]) -> Contents | None:
    """The table of contents: behind 目次 or Contents, or three lines with page numbers."""
    first = next((i for i, line in enumerate(lines[:_FARTHEST]) if contents_heading(line)), None)
    if first is None:
        first = next(
            (
                i
                for i in range(min(len(lines) - 2, _FARTHEST))
                if all(entry_key(line) is not None for line in lines[i : i + 3])
            ),
            None,
        )
        if first is None:
            return None
    limit = min(len(lines), first + _FARTHEST)
    paged = [i for i in range(first, limit) if entry_key(lines[i]) is not None]
    paged = _run(paged)
    start = first + 1 if contents_heading(lines[first]) else first
    last = paged[-1] + 1 if paged else start
    keys = [key for i in paged if (key := entry_key(lines[i]))]
    opening = keys[0] if keys else line_key(lines[start]) if start < limit else ""
    body = next(
        (
            i
            for i in range(last if paged else start + 1, limit)
            if _same(line_key(lines[i]), opening)
        ),
        None,
    )
    if body is None and not paged:
        return Contents(first, start, frozenset())
    if not paged and body is not None:
        keys = [line_key(line) for line in lines[start:body]]
    # entries without a page number (annexes, mostly) follow the others
    while last < (limit if body is None else body) and last > start:
        if body is None and paged and entry_key(lines[last]) is None:
            break
        if mark_at(lines[last]) is None and not lines[last].startswith(("附", "Annex", "Appendi")):
            break
        keys.append(line_key(lines[last]))
        last += 1
    if not paged and body is not None:
        last = body
    return Contents(first, last, frozenset(key for key in keys if key))


def entry_key(line: str) -> str | None:
    """What an entry with a page number names; None when the line is no such entry."""
    if len(line) > 300:
        return None
    match = _ENTRY.match(line)
    return line_key(match["label"]) if match is not None else None


def line_key(line: str) -> str:
    """A heading without white space and punctuation, to be compared with another printing of it."""
    return _NOISE.sub("", line.rstrip(".…· \t"))


def _run(positions: list[int]) -> list[int]:
    """The positions up to the first wide hole: a table of figures further on is not contents."""
    for number in range(1, len(positions)):
        if positions[number] - positions[number - 1] > 12:
            return positions[:number]
    return positions


def _same(key: str, opening: str) -> bool:
    shorter = min(len(key), len(opening))
    return (shorter >= 3 and key[:shorter] == opening[:shorter]) or key == opening != ""
