"""What a word of the question that a text holds counts in finding the value beside it."""

from __future__ import annotations

from corpus.gazetteer import economy_named
from index.query import Match
from index.text import has_han


def word_weight(match: Match) -> float:
    """Weigh a word that was found: a name tells most, a single character little."""
    found = match.found
    if economy_named(found) is not None:
        return 1.5 * match.weight
    return match.weight * (min(len(found), 4) / 4 if has_han(found) else 0.8)
