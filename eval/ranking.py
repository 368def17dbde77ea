"""Ranking measures: where the golds of a question stand in a ranking of chunks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import AttacheError
from eval.dataset import Place, Span
from eval.scores import Measure, Share


@dataclass(frozen=True, slots=True)
class Chunked:
    """A chunk of a ranking: its id, and the span of the report that it is."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry of a judged ranking: a gold that a chunk found, or a chunk that found nothing."""

    id: str
    """``#2`` for the question's second gold, else the chunk's id."""
    gold: int | None
    """Position of the gold in the question's list."""
    chunk_rank: int
    """1-based rank of the chunk in the ranking that was judged."""


def gold_id(position: int) -> str:
    """Name a gold of a question by its position: ``#1`` for the first."""
    return f"#{position + 1}"


def condense(chunks: Sequence[Chunked], places: Sequence[Place]) -> tuple[Ranked, ...]:
    """Turn a ranking of chunks into one of golds and of chunks that miss, in the same order.

    A gold counts once, where the first chunk touches it. A chunk that touches only golds found
    before it is left out: it is neither found again nor wrong, and what follows moves up. A chunk
    that touches several golds for the first time stands for each of them, one behind the other.
    """
    found: set[int] = set()
    ranked: list[Ranked] = []
    for rank, chunk in enumerate(chunks, start=1):
        touched = [at for at, place in enumerate(places) if place.touches(chunk.span)]
        if not touched:
            ranked.append(Ranked(chunk.id, None, rank))
        for at in touched:
            if at not in found:
                found.add(at)
                ranked.append(Ranked(gold_id(at), at, rank))
    return tuple(ranked)


def rank_scores(ranked: Sequence[Ranked], golds: int) -> Mapping[Measure, Share]:
    """Score a judged ranking of a question with so many golds, by ir-measures.

    A question without golds is not counted; one with golds and an empty ranking scores zero.
    Ranks are handed over as falling scores, so that there are no ties.
    """
    if not golds:
        return {measure: Share(0, 0) for measure in RANKING}
    library = ir_measures()
    wanted = [library.Qrel("q", gold_id(at), 1) for at in range(golds)]
    run = [
        library.ScoredDoc("q", entry.id, float(len(ranked) - at)) for at, entry in enumerate(ranked)
    ]
    asked = {library.parse_measure(measure.value): measure for measure in RANKING}
    scores = {measure: Share(0, 1) for measure in RANKING}
    for found in library.iter_calc(list(asked), wanted, run):
        scores[asked[found.measure]] = Share(float(found.value), 1)
    return scores


RANKING = (
    Measure.NDCG_10,
    Measure.RECALL_5,
    Measure.RECALL_10,
    Measure.RECIPROCAL_RANK_10,
    Measure.SUCCESS_1,
)


def ir_measures() -> Any:
    """Import the library of ranking measures; ``AttacheError`` where it is not installed."""
    try:
        import ir_measures as library
    except ImportError as error:
        raise AttacheError(
            f"ranking measures need a library that is missing ({error.name}); "
            "install it with: pip install 'attache[eval]'"
        ) from error
    return library
