"""Why a passage was found: words that matched, and where each retriever put it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Citation, Question
from index.query import Match
from index.retriever import Index
from index.types import Mode

DEPTH = 200
"""Ranks that are looked through."""


@dataclass(frozen=True, slots=True)
class Why:
    """What the search says of one passage."""

    matches: tuple[Match, ...]
    lexical: int | None
    """Its rank by words; None when it is not among the first ``DEPTH``."""
    dense: int | None
    """Its rank by meaning."""
    rank: int | None
    """Its rank when both are taken together."""


def why(index: Index, question: Question, citation: Citation) -> Why:
    """Search once more for the question, and look where the cited passage stands."""
    ranks = [_rank(index, question, citation, mode) for mode in _MODES]
    seen: dict[tuple[str, str], Match] = {}
    for match in index.explain(question.query, citation.passage):
        seen.setdefault((match.word.casefold(), match.found.casefold()), match)
    return Why(tuple(seen.values()), *ranks)


_MODES = (Mode.LEXICAL, Mode.DENSE, Mode.HYBRID)


def _rank(index: Index, question: Question, citation: Citation, mode: Mode) -> int | None:
    hits = index.search(question.query, mode, DEPTH, question.filters)
    return next(
        (
            hit.rank
            for hit in hits
            if hit.chunk.report_id == citation.report_id
            and hit.chunk.start <= citation.start < hit.chunk.end
        ),
        None,
    )
