"""The translation table beside the weights, small enough to ship.

It serves retrieval by a translation language model (Berger and Lafferty 1999, "Information
Retrieval as Statistical Translation"): a passage is scored by how likely its tokens are to be
translated into those of the query.

``translations.safetensors`` holds, for ``size`` tokens and ``n`` cells in all:

* ``starts`` int32 (size + 1): query token ``b`` owns the cells ``starts[b]`` to ``starts[b + 1]``;
* ``tokens`` uint16 (n): the low 16 bits of the cell's passage token, ascending within ``b``;
* ``levels`` uint8 (n): bit 7 is bit 16 of the passage token; the other bits are a level, and the
  probability p(b | passage token) = exp(-level / 32);
* ``frequencies`` float32 (size): p(b) in the text of its language.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from safetensors.numpy import save

from index.training.batches import Bags

TRANSLATIONS_FILE = "translations.safetensors"
LEVELS_PER_NAT = 32.0
_LEAST_FREQUENCY = 1e-7
_MOST_TOKENS = 1 << 17


@dataclass(frozen=True, slots=True)
class TableRecipe:
    """Which cells ship: the likeliest ``per_token`` of each query token above ``least``."""

    per_token: int = 16
    least: float = 0.02


def best_translations(translations: sp.csr_matrix, recipe: TableRecipe) -> sp.csc_matrix:
    """Keep the cells that ``recipe`` names of each column of ``p[passage token, query token]``."""
    columns = translations.tocsc()
    counts = np.diff(columns.indptr)
    column = np.repeat(np.arange(columns.shape[1]), counts)
    order = np.lexsort((columns.indices, -columns.data, column))
    rank = np.arange(len(order)) - np.repeat(columns.indptr[:-1], counts)
    kept = order[(rank < recipe.per_token) & (columns.data[order] >= recipe.least)]
    cells = (columns.data[kept], (columns.indices[kept], column[kept]))
    best = sp.csc_matrix(cells, shape=columns.shape)
    best.sort_indices()
    return best


def relative_frequencies(chinese: Bags, english: Bags, size: int) -> NDArray[np.float32]:
    """Share of each token in the Chinese texts plus its share in the English ones, never 0."""
    total = np.full(size, _LEAST_FREQUENCY)
    for bags in (chinese, english):
        total += np.bincount(bags.ids, minlength=size) / len(bags.ids)
    return total.astype(np.float32)


def save_translations(folder: Path, table: sp.csc_matrix, frequencies: NDArray[np.float32]) -> None:
    """Write ``table`` and ``frequencies`` in the form described above.

    Raises ``ValueError`` when a token does not fit into its 17 bits.
    """
    if table.shape[0] > _MOST_TOKENS:
        raise ValueError(
            f"found {table.shape[0]:,} tokens, expected at most {_MOST_TOKENS:,}; "
            "take a smaller vocabulary"
        )
    nats = -np.log(np.minimum(table.data, 1.0))
    levels = np.minimum(np.rint(nats * LEVELS_PER_NAT), 127).astype(np.int32)
    tensors = {
        "starts": table.indptr.astype(np.int32),
        "tokens": (table.indices & 0xFFFF).astype(np.uint16),
        "levels": (levels | (table.indices >> 16 << 7)).astype(np.uint8),
        "frequencies": frequencies,
    }
    (folder / TRANSLATIONS_FILE).write_bytes(save(tensors))
