"""Vectors in FAISS: nearest passages by cosine similarity. The only module that imports faiss."""

from __future__ import annotations

import errno
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
FILE = "vectors.faiss"

_SAMPLE = 200
_SAMPLE_DEPTH = 10


class DenseIndex:
    """Unit vectors by row; scores are cosine similarities (to FAISS they are inner products)."""

    def __init__(self, faiss_index: Any) -> None:
        self._faiss = faiss_index

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """Index unit vectors (n, dim); the kind of index is chosen by n."""
        faiss = _faiss()
        count, dim = vectors.shape
        made = faiss.index_factory(dim, kind(count), faiss.METRIC_INNER_PRODUCT)
        if count:
            made.train(_training_sample(vectors))
            made.add(vectors)
        dense = cls(made)
        if count > COMPRESSED_UP_TO:
            dense._widen_until_recall(vectors)
        return dense

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map a stored index into memory."""
        faiss = _faiss()
        return cls(faiss.read_index(str(folder / FILE), faiss.IO_FLAG_MMAP_IFC))

    def save(self, folder: Path) -> None:
        """Write the index into a folder that exists."""
        try:
            _faiss().write_index(self._faiss, str(folder / FILE))
        except RuntimeError as error:  # faiss has no other for a disk that is full
            raise OSError(errno.EIO, f"cannot write {FILE}: {error}") from error

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


def kind(count: int) -> str:
    """Name the kind of FAISS index for so many vectors."""
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
