"""Economies, by the gazetteer."""

from __future__ import annotations

from assistant.values.candidate import Candidate
from corpus.gazetteer import economies, economies_in


def find_economies(text: str) -> tuple[Candidate, ...]:
    """Give the economies that a text names."""
    names = {economy.code: economy for economy in economies()}
    return tuple(
        Candidate(m.code, m.start, m.end, names[m.code].zh, names[m.code].en)
        for m in economies_in(text)
    )
