"""How far one sentence says what another says, by the terms that they share."""

from __future__ import annotations

from functools import lru_cache

from index.text import terms


@lru_cache(maxsize=20_000)
def signature(text: str) -> frozenset[str]:
    """Give the terms that tell a sentence: pairs of characters, and words; no single characters."""
    return frozenset(term for term in terms(text) if len(term) > 1)


def containment(whole: frozenset[str], part: frozenset[str]) -> float:
    """Give the share of the terms of ``whole`` that ``part`` has too, in [0, 1]."""
    return len(whole & part) / len(whole) if whole else 0.0


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of the shorter one's terms that both have, in [0, 1]."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0
