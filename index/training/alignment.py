"""Word alignment of the pairs: which token translates which, and how surely.

IBM model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation"), run in both
directions over sets of tokens, with a NULL word, and only over cells that co-occur often enough to
matter: full tables would hold hundreds of millions of cells, the best thirty a token hold them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from index.training.batches import Bags

_BLOCK = 4_000


@dataclass(frozen=True, slots=True)
class AlignmentRecipe:
    """How many cells a token keeps, and how long expectation maximisation runs."""

    cells_per_token: int = 30
    least_association: float = 0.02
    iterations: int = 6


def translations(english: Bags, chinese: Bags, size: int, recipe: AlignmentRecipe) -> sp.csr_matrix:
    """Align text ``i`` of ``english`` with text ``i`` of ``chinese``; ids are below ``size``.

    Returns the (size, size) matrix ``p`` whose cell ``p[a, b]`` is the probability that ``b``
    stands on the other side where ``a`` stands on this one: p(zh | en) in the rows of English
    tokens, p(en | zh) in those of Chinese tokens, their sum where a token occurs in both. A name or
    a number that stands for itself takes part in the alignment and is left out of the matrix.
    """
    en, zh = _presence(english, size), _presence(chinese, size)
    keys = _candidates(en, zh, recipe)
    cells, texts = _occurrences(en, zh, keys)
    en_ids, zh_ids = np.divmod(keys, size)
    forward = _model_1(cells, texts, en_ids, zh_ids, recipe.iterations)
    backward = _model_1(cells, texts, zh_ids, en_ids, recipe.iterations)
    apart = en_ids != zh_ids
    en_ids, zh_ids = en_ids[apart], zh_ids[apart]
    return sp.csr_matrix((forward[apart], (en_ids, zh_ids)), shape=(size, size)) + sp.csr_matrix(
        (backward[apart], (zh_ids, en_ids)), shape=(size, size)
    )


def _presence(bags: Bags, width: int) -> sp.csr_matrix:
    """One row a text, 1.0 where a token occurs in it at all."""
    rows = np.repeat(np.arange(len(bags)), np.diff(bags.offsets))
    matrix = sp.csr_matrix(
        (np.ones(len(rows), np.float32), (rows, bags.ids)), shape=(len(bags), width)
    )
    matrix.data[:] = 1.0
    return matrix


def _candidates(en: sp.csr_matrix, zh: sp.csr_matrix, recipe: AlignmentRecipe) -> NDArray[np.int64]:
    """Sorted keys ``en * tokens + zh`` of the cells most associated with either side.

    Association is Ochiai's: co-occurrences over the root of the product of the occurrences.
    """
    tokens = zh.shape[1]
    en_counts = np.maximum(1.0, np.asarray(en.sum(axis=0)).ravel())
    zh_counts = np.maximum(1.0, np.asarray(zh.sum(axis=0)).ravel())
    by_unit = en.T.tocsr()
    best: list[NDArray[np.int64]] = []
    rest: list[sp.coo_matrix] = []
    for start in range(0, en.shape[1], _BLOCK):
        block = (by_unit[start : start + _BLOCK] @ zh).tocsr()
        rows = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr)) + start
        block.data /= np.sqrt(en_counts[rows] * zh_counts[block.indices])
        kept = _best_of_row(block, recipe.cells_per_token)
        best.append(rows[kept] * tokens + block.indices[kept])
        strong = block.data > recipe.least_association
        rest.append(
            sp.coo_matrix(
                (block.data[strong], (block.indices[strong], rows[strong])),
                shape=(tokens, en.shape[1]),
            )
        )
    by_token = sum(rest[1:], rest[0]).tocsr()
    rows = np.repeat(np.arange(tokens), np.diff(by_token.indptr))
    kept = _best_of_row(by_token, recipe.cells_per_token)
    best.append(by_token.indices[kept].astype(np.int64) * tokens + rows[kept])
    return np.unique(np.concatenate(best))


def _best_of_row(matrix: sp.csr_matrix, count: int) -> NDArray[np.int64]:
    """Positions in ``matrix.data`` of the ``count`` largest values of each row."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -matrix.data, rows))
    rank = np.arange(len(order)) - np.repeat(matrix.indptr[:-1], np.diff(matrix.indptr))
    return np.sort(order[rank < count])


def _occurrences(
    en: sp.csr_matrix, zh: sp.csr_matrix, keys: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Every occurrence of a candidate cell in a text: (index into ``keys``, text)."""
    cells: list[NDArray[np.int32]] = []
    texts: list[NDArray[np.int32]] = []
    for start, stop in _spans(en.shape[0]):
        en_lengths = np.diff(en.indptr[start : stop + 1]).astype(np.int64)
        zh_lengths = np.diff(zh.indptr[start : stop + 1]).astype(np.int64)
        products = en_lengths * zh_lengths
        text = np.repeat(np.arange(stop - start), products)
        place = np.arange(products.sum()) - np.repeat(np.cumsum(products) - products, products)
        en_ids = en.indices[en.indptr[start + text] + place // zh_lengths[text]].astype(np.int64)
        zh_ids = zh.indices[zh.indptr[start + text] + place % zh_lengths[text]]
        wanted = en_ids * zh.shape[1] + zh_ids
        found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        hit = keys[found] == wanted
        cells.append(found[hit].astype(np.int32))
        texts.append((text[hit] + start).astype(np.int32))
    return np.concatenate(cells), np.concatenate(texts)


def _spans(length: int) -> Iterator[tuple[int, int]]:
    for start in range(0, length, _BLOCK):
        yield start, min(length, start + _BLOCK)


def _model_1(
    cells: NDArray[np.int32],
    texts: NDArray[np.int32],
    given: NDArray[np.int64],
    other: NDArray[np.int64],
    iterations: int,
) -> NDArray[np.float64]:
    """p(other | given) of each cell: every ``other`` of a text chooses one ``given`` or NULL.

    ``given`` and ``other`` name the two tokens of each cell.
    """
    others = int(other.max()) + 1
    order = np.argsort(texts.astype(np.int64) * others + other[cells], kind="stable")
    cells, texts = cells[order], texts[order]
    chosen = other[cells]
    starts = np.flatnonzero(np.r_[True, (texts[1:] != texts[:-1]) | (chosen[1:] != chosen[:-1])])
    sizes = np.diff(np.r_[starts, len(cells)])
    chooser = chosen[starts]
    probability = np.full(len(given), 0.01)
    null = np.full(others, 0.001)
    for _ in range(iterations):
        each = probability[cells]
        total = np.add.reduceat(each, starts) + null[chooser]
        counts = np.bincount(cells, each / np.repeat(total, sizes), minlength=len(given))
        null_counts = np.bincount(chooser, null[chooser] / total, minlength=others)
        probability = counts / (np.bincount(given, counts)[given] + 1e-9)
        null = 0.2 * null_counts / null_counts.sum()
    return probability
