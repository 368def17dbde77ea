"""Vectors in FAISS: nearest passages by cosine similarity. The only module that imports faiss."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index.lexical import Rows
from index.types import Vectors

EXACT_UP_TO = 20_000
"""Up to so many vectors are kept as they are and searched exhaustively."""
COMPRESSED_UP_TO = 500_000
"""Up to so many are kept in 8 bits a dimension and searched exhaustively; more go into cells."""
TARGET_RECALL = 0.97
FILES = ("vectors.faiss", "mean.npy", "covariance.npy")

_SAMPLE = 200
_SAMPLE_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation of one query's similarities over all passages."""

    mean: float
    deviation: float


class DenseIndex:
    """Unit vectors by row; scores are cosine similarities (FAISS: inner products of unit vectors).

    The mean and the covariance of all vectors are kept beside them, so that the spread of a query's
    similarities over the whole index is known without computing them.
    """

    def __init__(self, faiss_index: Any, mean: Vectors, covariance: Vectors) -> None:
        self._faiss = faiss_index
        self._mean = mean
        self._covariance = covariance

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """Index unit vectors (n, dim); the kind of index is chosen by n."""
        faiss = _faiss()
        count, dim = vectors.shape
        mean = vectors.mean(axis=0) if count else np.zeros(dim, dtype=np.float32)
        covariance = vectors.T @ vectors / max(count, 1) - np.outer(mean, mean)
        made = faiss.index_factory(dim, _kind(count), faiss.METRIC_INNER_PRODUCT)
        if count:
            made.train(_training_sample(vectors))
            made.add(vectors)
        dense = cls(made, mean.astype(np.float32), covariance.astype(np.float32))
        if count > COMPRESSED_UP_TO:
            dense._widen_until_recall(vectors)
        return dense

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map a stored index into memory."""
        faiss = _faiss()
        vectors, mean, covariance = (folder / name for name in FILES)
        opened = faiss.read_index(str(vectors), faiss.IO_FLAG_MMAP_IFC)
        return cls(opened, np.load(mean), np.load(covariance))

    def save(self, folder: Path) -> None:
        """Write the index into a folder that exists."""
        vectors, mean, covariance = (folder / name for name in FILES)
        _faiss().write_index(self._faiss, str(vectors))
        np.save(mean, self._mean)
        np.save(covariance, self._covariance)

    def __len__(self) -> int:
        return int(self._faiss.ntotal)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._faiss.d)

    def search(
        self, query: Vectors, depth: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Vectors]:
        """Give the rows most similar to a query vector (dim,), best first, and the similarities.

        Equal ones are ordered by row. Fewer than ``depth`` come back when fewer are allowed.
        """
        depth = min(depth, len(self) if allowed is None else int(allowed.sum()))
        if depth == 0:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        scores, rows = self._faiss.search(query[None, :], depth, **self._selector(allowed))
        found = rows[0] >= 0
        rows, scores = rows[0][found].astype(np.int32), scores[0][found]
        order = np.lexsort((rows, -scores))
        return rows[order], scores[order]

    def similarities(self, query: Vectors, rows: Rows) -> Vectors:
        """Give the cosine similarity of a query vector (dim,) to each of some rows."""
        return np.asarray(self.vectors(rows) @ query, dtype=np.float32)

    def vectors(self, rows: Rows) -> Vectors:
        """Give the stored vectors of some rows (len(rows), dim)."""
        if not len(rows):
            return np.zeros((0, self.dim), dtype=np.float32)
        stored: Vectors = self._faiss.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return stored

    def spread(self, query: Vectors) -> Spread:
        """Give the spread of a query's similarities over all rows."""
        variance = float(query @ self._covariance @ query)
        return Spread(float(query @ self._mean), max(variance, 0.0) ** 0.5)

    def _selector(self, allowed: NDArray[np.bool_] | None) -> dict[str, Any]:
        if allowed is None:
            return {}
        faiss = _faiss()
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(bits)
        if hasattr(self._faiss, "nprobe"):
            return {"params": faiss.SearchParametersIVF(sel=selector, nprobe=self._faiss.nlist)}
        return {"params": faiss.SearchParameters(sel=selector)}

    def _widen_until_recall(self, vectors: Vectors) -> None:
        """Search more cells until a sample finds its exact neighbours well enough."""
        self._faiss.make_direct_map()
        self._faiss.nprobe = 8
        while self._faiss.nprobe < self._faiss.nlist and recall(self, vectors) < TARGET_RECALL:
            self._faiss.nprobe *= 2


def recall(dense: DenseIndex, vectors: Vectors, depth: int = _SAMPLE_DEPTH) -> float:
    """Measure the share of exact nearest neighbours found, for a sample of the vectors as queries.

    The queries are pairwise means of stored vectors, so that none finds simply itself.
    """
    chosen = np.random.default_rng(0).integers(0, len(vectors), size=(2, _SAMPLE))
    queries = vectors[chosen[0]] + vectors[chosen[1]]
    queries /= np.maximum(np.linalg.norm(queries, axis=1, keepdims=True), 1e-9)
    return recall_of(dense, vectors, queries, depth)


def recall_of(dense: DenseIndex, vectors: Vectors, queries: Vectors, depth: int) -> float:
    """Measure the share of the exact ``depth`` nearest neighbours that the index finds."""
    faiss = _faiss()
    exact = faiss.knn(queries, vectors, depth, metric=faiss.METRIC_INNER_PRODUCT)[1]
    pairs = zip(exact, queries, strict=True)
    shares = [np.isin(true, dense.search(query, depth)[0]).mean() for true, query in pairs]
    return float(np.mean(shares))


def _kind(count: int) -> str:
    if count <= EXACT_UP_TO:
        return "Flat"
    if count <= COMPRESSED_UP_TO:
        return "SQ8"
    return f"IVF{int(2 * count**0.5)},SQ8"


def _training_sample(vectors: Vectors, limit: int = 100_000) -> Vectors:
    if len(vectors) <= limit:
        return vectors
    return vectors[np.sort(np.random.default_rng(0).choice(len(vectors), limit, replace=False))]


def _faiss() -> Any:
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
