"""Tokenised texts in one flat array, and seeded batches of one source each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ids = NDArray[np.int32]
Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as bags of token ids: text ``i`` holds ``ids[offsets[i]:offsets[i + 1]]``."""

    ids: Ids
    offsets: Offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def take(self, rows: NDArray[np.int64]) -> Bags:
        """The bags of ``rows``, in that order."""
        starts, ends = self.offsets[rows], self.offsets[rows + 1]
        lengths = ends - starts
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        positions = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
        return Bags(self.ids[positions], offsets)


def tokenise(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> Bags:
    """Encode ``texts``, each cut to its first ``longest`` tokens."""
    pieces: list[Ids] = []
    lengths = np.zeros(len(texts) + 1, dtype=np.int64)
    for start in range(0, len(texts), 10_000):
        block = list(texts[start : start + 10_000])
        for row, encoding in enumerate(tokenizer.encode_batch_fast(block), start=start + 1):
            ids = np.asarray(encoding.ids[:longest], dtype=np.int32)
            lengths[row] = len(ids)
            pieces.append(ids)
    return Bags(np.concatenate(pieces) if pieces else np.zeros(0, np.int32), np.cumsum(lengths))


def batches(
    groups: Sequence[NDArray[np.int64]], size: int, generator: np.random.Generator
) -> list[NDArray[np.int64]]:
    """Cut each group of row numbers into shuffled batches of about ``size``, and mix those.

    A batch never mixes groups: a dictionary entry is no fair negative for a sentence of law.
    """
    cut: list[NDArray[np.int64]] = []
    for group in groups:
        shuffled = generator.permutation(group)
        count = max(1, round(len(shuffled) / size))
        edges = np.linspace(0, len(shuffled), count + 1).astype(np.int64)
        cut += [shuffled[a:b] for a, b in pairwise(edges) if b - a > 1]
    return [cut[i] for i in generator.permutation(len(cut))]
