"""Scores of several retrievers to one score. Pure functions of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each retriever's scores count in the sum."""

    translation: float
    """BM25 of the translations, against 1 for BM25 of the query's own terms."""
    dense: float
    """Standardised cosine similarity, against 1 for the standardised sum of the two."""


WEIGHTS = Weights(translation=0.35, dense=0.4)


def standardised(scores: NDArray[np.floating], mean: float, deviation: float) -> Scores:
    """Scores as deviations from the mean in units of the standard deviation; 0 if all are alike."""
    if deviation <= 0:
        return np.zeros_like(scores, dtype=np.float64)
    standard: Scores = (scores.astype(np.float64) - mean) / deviation
    return standard


def matched(own: Scores, translated: Scores, weights: Weights = WEIGHTS) -> Scores:
    """BM25 of the query in both languages: both are in the same unit and simply add up.

    Standardising the two apart would make much of the little that one of them finds.
    """
    total: Scores = own + weights.translation * translated
    return total


def fused(matches: Scores, dense: Scores, weights: Weights = WEIGHTS) -> Scores:
    """Weighted sum of standardised scores."""
    total: Scores = matches + weights.dense * dense
    return total


def reciprocal_ranks(rankings: Sequence[Sequence[int]], k: int = 60) -> dict[int, float]:
    """Reciprocal rank fusion of rankings of rows: the sum of 1 / (k + rank). For comparison only.

    Cormack, Clarke and Büttcher, SIGIR 2009.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + 1 / (k + rank)
    return scores
