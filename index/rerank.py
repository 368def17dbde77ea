"""A second look at the best hits: a model that reads query and passage together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, Protocol

import numpy as np

from corpus.errors import AttacheError
from index.encoder import model_folder, unreadable
from index.text import to_traditional
from index.types import Hit, Vectors

RERANKED: Final = 50
"""So many of the best hits are read again."""
_KIND = "reranker"


class Reranker(Protocol):
    """Judges texts against a query."""

    def score(self, query: str, texts: Sequence[str]) -> Vectors:
        """Give how well each text answers the query, (len(texts),) float32; higher is better."""


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder with one score a pair that is on this machine.

    Scores are the model's own, by its own activation. Simplified queries are read as Traditional.
    """

    def __init__(self, name_or_path: str) -> None:
        """Find the model; it is loaded when first used. ``AttacheError`` at once if not there."""
        self._folder = model_folder(name_or_path, _KIND)

    def score(self, query: str, texts: Sequence[str]) -> Vectors:
        """Score texts; ``AttacheError`` when the model cannot be read."""
        asked = to_traditional(query)
        pairs = [(asked, text) for text in texts]
        if not pairs:
            return np.zeros(0, dtype=np.float32)
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import CrossEncoder

        try:
            model = CrossEncoder(str(self._folder), local_files_only=True)
            labels = model.num_labels
        except Exception as error:  # whatever a broken model folder makes the library raise
            raise unreadable(self._folder, error, _KIND) from error
        if labels != 1:
            raise AttacheError(
                f"the reranker {self._folder} gives {labels} scores a passage; expected 1; "
                "name another with --reranker"
            )
        return model


def reranked(hits: Sequence[Hit], scores: Vectors) -> tuple[Hit, ...]:
    """Order the first ``len(scores)`` hits by new scores, equal ones as they were.

    These hits carry the new scores; the others follow with their old ones. Ranks are renewed.
    """
    first, others = hits[: len(scores)], hits[len(scores) :]
    scored = zip(first, scores.tolist(), strict=True)
    best = sorted((replace(hit, score=score) for hit, score in scored), key=lambda hit: -hit.score)
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate([*best, *others], start=1))
