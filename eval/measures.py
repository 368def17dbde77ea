"""Measures of a ranking against the grades of the documents that answer a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2

Grades = Mapping[str, int]


def pessimistic(scored: Iterable[tuple[str, float]], grades: Grades) -> list[str]:
    """Order documents by score, among equal scores the least relevant first.

    Ties so count against the ranking: no measure gains by giving everything the same score.
    """
    order = sorted(scored, key=lambda hit: (-hit[1], grades.get(hit[0], 0)))
    return [document for document, _ in order]


def ndcg(ranking: Sequence[str], grades: Grades, k: int) -> float:
    """Normalised discounted cumulative gain: grade over log2(rank + 1), against the best order.

    Järvelin and Kekäläinen, 2002, with linear gain, as trec_eval computes it.
    """
    best = _discounted(sorted(grades.values(), reverse=True)[:k])
    return _discounted(grades.get(document, 0) for document in ranking[:k]) / best if best else 0.0


def recall(ranking: Sequence[str], grades: Grades, k: int) -> float:
    """Share of the relevant documents that are among the first k."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades, k: int) -> float:
    """One over the rank of the first relevant document; 0 when none is among the first k."""
    ranks = (rank for rank, doc in enumerate(ranking[:k], start=1) if grades.get(doc, 0) > 0)
    return next((1 / rank for rank in ranks), 0.0)


def average(values: Iterable[float]) -> float:
    """Arithmetic mean; 0 for nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
