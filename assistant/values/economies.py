"""Economies, by the gazetteer, and other countries."""

from __future__ import annotations

from assistant.values.candidate import Candidate
from assistant.values.countries import find_countries
from corpus.gazetteer import economies, economies_in


def find_economies(text: str) -> tuple[Candidate, ...]:
    """Give the economies and other countries that a text names, in reading order."""
    names = {economy.code: economy for economy in economies()}
    found = [
        Candidate(m.code, m.start, m.end, names[m.code].zh, names[m.code].en)
        for m in economies_in(text)
    ]
    found += [
        c
        for c in find_countries(text)
        if not any(c.start < f.end and f.start < c.end for f in found)
    ]
    return tuple(sorted(found, key=lambda candidate: candidate.start))


def is_economy(candidate: Candidate) -> bool:
    """Tell whether a value is an economy of APEC: its key is the economy's code."""
    return len(candidate.key) == 2 and candidate.key.isupper()
