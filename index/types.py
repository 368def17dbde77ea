"""What the retrievers exchange: the encoder protocol, filters, hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.types import Chunk, Role

Vectors: TypeAlias = NDArray[np.float32]


class Mode(StrEnum):
    """Which retrievers answer a query."""

    HYBRID = "hybrid"
    LEXICAL = "lexical"
    DENSE = "dense"


class Encoder(Protocol):
    """Texts to unit vectors (n, dim) float32; an empty text gives a zero vector."""

    @property
    def id(self) -> str:
        """Names the weights: vectors of two encoders with one id can be compared."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode what is searched, as the model wants its queries encoded."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode what is found, as the model wants its passages encoded."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which chunks may be found. None and () leave everything in."""

    since: date | None = None
    """The event ends on this day or later (the report date counts where no event date is known)."""
    until: date | None = None
    """The event begins on this day or earlier."""
    groups: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    economies: tuple[str, ...] = ()
    """Economies named in the chunk, by any of their names."""
    roles: tuple[Role, ...] = ()
    reports: tuple[str, ...] = ()
    """Report ids."""


@dataclass(frozen=True, slots=True)
class Leg:
    """Where one retriever put a chunk: 1-based rank, and its own score (higher is better)."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found: 1-based rank, score, and what each retriever said of it."""

    chunk: Chunk
    rank: int
    score: float
    lexical: Leg | None
    dense: Leg | None
