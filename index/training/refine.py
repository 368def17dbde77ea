"""What is done to the trained vectors: translations drawn together, directions evened, rarity told.

Training alone leaves a token seen in a few pairs near the noise it began with, and lets a handful of
directions carry most of the length. Three steps, each measured in the model's card:

1. a vector receives the vectors of its translations, by their alignment probabilities;
2. the vectors are whitened (Mu and Viswanath 2018 remove the first directions; this evens them all);
3. each is multiplied by the root of the token's inverse document frequency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from index.training.alignment import Alignment, AlignmentRecipe, align
from index.training.batches import Bags
from index.training.stem import stem

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RefineRecipe:
    """``share``: weight of the translations beside a vector's own; ``rarity``: power of the idf."""

    share: float = 1.0
    rarity: float = 0.5
    alignment: AlignmentRecipe = AlignmentRecipe()


def refine(
    vectors: Vectors,
    vocabulary: Mapping[str, int],
    english: Bags,
    chinese: Bags,
    recipe: RefineRecipe,
) -> Vectors:
    """Return refined vectors, (vocabulary size, dim), of mean square length 1.

    ``english`` and ``chinese`` are the tokenised pairs; a token in neither keeps its own direction.
    """
    size = len(vectors)
    unit_of, units = stem_units(vocabulary, size)
    alignment = align(
        Bags(unit_of[english.ids], english.offsets), chinese, units, size, recipe.alignment
    )
    english_counts = np.bincount(english.ids, minlength=size)
    counts = english_counts + np.bincount(chinese.ids, minlength=size)
    shared = share_translations(vectors, alignment, unit_of, english_counts, recipe.share)
    idf = np.log((len(english) + len(chinese)) / np.maximum(counts, 1))
    weighted = whiten(shared) * (np.maximum(idf, 0.1) ** recipe.rarity)[:, None]
    scaled: Vectors = (weighted / np.sqrt((weighted**2).sum(axis=1).mean())).astype(np.float32)
    return scaled


def stem_units(vocabulary: Mapping[str, int], size: int) -> tuple[NDArray[np.int32], int]:
    """The unit of each token id, and how many units there are: tokens of one stem are one unit."""
    unit_of = np.zeros(size, dtype=np.int32)
    numbers: dict[str, int] = {}
    for token, token_id in sorted(vocabulary.items()):
        unit_of[token_id] = numbers.setdefault(stem(token), len(numbers))
    return unit_of, len(numbers)


def share_translations(
    vectors: Vectors,
    alignment: Alignment,
    unit_of: NDArray[np.int32],
    english_counts: NDArray[np.int64],
    share: float,
) -> NDArray[np.float64]:
    """Add to each vector ``share`` times the mean of its translations' vectors, both ways.

    A unit's vector is the mean of its tokens' vectors by their English counts.
    """
    size, units = len(vectors), alignment.chinese_given_english.shape[0]
    membership = sp.csr_matrix((np.ones(size), (unit_of, np.arange(size))), shape=(units, size))
    weights = membership @ sp.diags(english_counts + 1.0)
    unit_vectors = (weights @ vectors) / np.asarray(weights.sum(axis=1))
    to_english = alignment.english_given_chinese @ unit_vectors
    to_chinese = (alignment.chinese_given_english @ vectors)[unit_of]
    shared: NDArray[np.float64] = vectors + share * (to_english + to_chinese)
    return shared


def whiten(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn (n, dim) ``vectors`` to their principal axes and give each axis the variance 1.

    The mean is not removed. An axis without variance stays 0.
    """
    variances, axes = np.linalg.eigh(vectors.T @ vectors / len(vectors))
    least = max(float(variances[-1]), 0.0) * 1e-9
    scales = np.where(variances > least, 1.0 / np.sqrt(np.maximum(variances, 1e-30)), 0.0)
    turned: NDArray[np.float64] = (vectors @ axes) * scales
    return turned
