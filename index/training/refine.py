"""What the alignment and the counts give to the vectors, before training and after it.

Training alone leaves a token seen in a few pairs near the noise it began with, and lets a few
directions carry most of the length. So it begins from random vectors that translations already
share, and three steps follow it, each measured in the model's card:

1. a vector receives the vectors of its translations, by their alignment probabilities;
2. the vectors are whitened (Mu and Viswanath 2018 remove the first directions, this evens all);
3. each is multiplied by the root of the token's inverse document frequency.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RefineRecipe:
    """How far each step goes.

    ``share`` weighs the translations beside a vector's own, ``rarity`` is the power of the idf, and
    ``dim`` the number of axes kept, those of the largest variance before whitening.
    """

    share: float = 1.0
    rarity: float = 0.5
    dim: int = 496


def inverse_frequencies(counts: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    """ln(texts / count) of each token, at least 0.1; a token never seen counts as seen once."""
    idf: NDArray[np.float64] = np.maximum(np.log(texts / np.maximum(counts, 1)), 0.1)
    return idf


def initial_vectors(
    translations: sp.csr_matrix, idf: NDArray[np.float64], dim: int, length: float, seed: int
) -> Vectors:
    """Random directions with those of the translations added; lengths follow ``idf``.

    Returns (size, dim) with mean length ``length``.
    """
    noise = np.random.default_rng(seed).standard_normal((len(idf), dim))
    shared = noise + translations @ noise
    lengths = idf / idf.mean() * length
    initial: Vectors = shared * (lengths / np.linalg.norm(shared, axis=1))[:, None]
    return initial.astype(np.float32)


def refine(
    vectors: Vectors,
    translations: sp.csr_matrix,
    idf: NDArray[np.float64],
    recipe: RefineRecipe,
) -> Vectors:
    """Apply the three steps to (size, any) ``vectors``.

    Returns (size, ``recipe.dim``) with mean square length 1; row 0, the unknown token, is 0.
    """
    shared = vectors + recipe.share * (translations @ vectors)
    weighted = whiten(shared)[:, -recipe.dim :] * (idf**recipe.rarity)[:, None]
    weighted[0] = 0.0
    refined: Vectors = weighted / np.sqrt((weighted**2).sum(axis=1).mean())
    return refined.astype(np.float32)


def whiten(vectors: NDArray[np.floating]) -> NDArray[np.float64]:
    """Turn (n, dim) ``vectors`` to their principal axes and give each axis the mean square 1.

    Axes come in ascending order of what they varied before. The mean is not removed. An axis
    along which nothing varies stays 0.
    """
    exact = vectors.astype(np.float64)
    squares, axes = np.linalg.eigh(exact.T @ exact / len(exact))
    alive = squares > max(float(squares[-1]), 0.0) * 1e-9
    scales = np.where(alive, 1.0 / np.sqrt(np.where(alive, squares, 1.0)), 0.0)
    whitened: NDArray[np.float64] = (exact @ axes) * scales
    return whitened
