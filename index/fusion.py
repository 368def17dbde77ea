"""Scores of several retrievers to one score. Pure functions of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

BEST = 100
"""So many of a query's best scores tell a retriever's scale."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the parts of a hybrid score count; chosen as told below."""

    translation: float = 3.0
    """Scores by translation, against 1 for BM25."""
    dense: float = 0.25
    """Standardised cosine similarity, against 1 for the standardised matches, where query and
    passages are in one language."""
    dense_across: float = 0.45
    """The same where they are in two."""
    role_prior: float = 1.0
    """What the role of a passage's section adds, against ``ROLE_PRIOR`` of the retriever."""


WEIGHTS = Weights()
"""Chosen with ``python -m eval.tune`` on xquad-zh, xquad-en2zh, xquad-zh2en, drcd-dev and laws-en2zh,
and on the tuning half of the questions over the sample reports; figures on these are not those of
unseen sets. All lie on a plateau. nDCG@10, hybrid:

    translation dense across | xquad-zh  en2zh  zh2en
         3       .25   .30   |   .9708   .9091  .9131
         3       .25   .45   |   .9712   .9104  .9202
         3       .25   .60   |   .9707   .9096  .9246

Dense helps little where words match (.25), more across languages; .6 and above pulled passages on
the general topic before those with the answer in the sample reports."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean and standard deviation of one retriever's best scores for one query."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, scores: NDArray[np.floating]) -> Scale:
        """Measure the best of all scores.

        The best alone, because the standard deviation of all scores shrinks as an index grows, for
        words more than for vectors: what the two count would depend on the size of the index.
        """
        if not len(scores):
            return cls(0.0, 0.0)
        best = scores
        if len(scores) > BEST:
            best = np.partition(scores, len(scores) - BEST)[-BEST:]
        return cls(float(best.mean(dtype=np.float64)), float(best.std(dtype=np.float64)))

    def standardised(self, scores: NDArray[np.floating]) -> Scores:
        """Give scores as deviations from the mean, in standard deviations; 0 if all are alike."""
        if self.deviation <= 0:
            return np.zeros(len(scores))
        standard: Scores = (scores.astype(np.float64) - self.mean) / self.deviation
        return standard


def matched(lexical: Scores, translated: Scores, weights: Weights = WEIGHTS) -> Scores:
    """Sum of the scores by words and by translation.

    They are not standardised apart, which would make much of the little that one of them finds.
    """
    total: Scores = lexical + weights.translation * translated
    return total


def fused(matches: Scores, dense: Scores, across: float, weights: Weights = WEIGHTS) -> Scores:
    """Weighted sum of standardised scores.

    ``across`` is the share of the query that the passages have in the other language, 0 to 1.
    """
    weight = weights.dense + across * (weights.dense_across - weights.dense)
    total: Scores = matches + weight * dense
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
