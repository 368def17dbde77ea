"""BM25 as rank-bm25 computes it, over postings that are stored on disk and mapped into memory."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.arrays import mapped

Scores = NDArray[np.float64]
Rows = NDArray[np.int32]

K1 = 1.5
B = 0.75
FILES = ("hashes", "ids", "starts", "rows", "counts", "idf", "lengths")
"""The arrays that make up a stored index, each in a file ``<name>.npy``."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands: rows in ascending order, and how often in each."""

    rows: Rows
    counts: NDArray[np.unsignedinteger]

    def __len__(self) -> int:
        return len(self.rows)


class LexicalIndex(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """``BM25Okapi`` with sparse postings: its scores to the last bit, hundreds of times faster.

    rank-bm25 keeps a dictionary for each passage and asks all of them for each query term. Here a
    term gives the rows it stands in, in one slice, and only those rows are computed, with the same
    operations in the same order. Terms are found by a 64-bit hash, so that opening reads nothing.
    """

    def __init__(self, passages: Iterable[Sequence[str]]) -> None:
        """Index passages given as their terms."""
        super().__init__(passages, k1=K1, b=B)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map a stored index into memory."""
        lexical = cls.__new__(cls)
        lexical.k1, lexical.b = K1, B
        for name in FILES:
            setattr(lexical, f"_{name}", mapped(folder / f"{name}.npy").view(np.ndarray))
        lexical._set_norms()
        return lexical

    def save(self, folder: Path) -> None:
        """Write the index into a folder that exists."""
        for name in FILES:
            np.save(folder / f"{name}.npy", getattr(self, f"_{name}"))

    def __len__(self) -> int:
        return len(self._lengths)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Read all passages; return each term, in first-seen order, with its passage count.

        The order matters: the mean idf is a sum of floats, and rounds alike only in the same order.
        """
        identifiers: defaultdict[str, int] = defaultdict()
        identifiers.default_factory = identifiers.__len__
        ids, counts, lengths, distinct = array("i"), array("I"), array("q"), array("i")
        for passage in corpus:
            frequencies = Counter(passage)
            ids.extend(map(identifiers.__getitem__, frequencies))
            counts.extend(frequencies.values())
            lengths.append(len(passage))
            distinct.append(len(frequencies))
        self._lengths = np.array(lengths, dtype=np.int64)
        self._set_norms()
        term_ids = np.frombuffer(ids, dtype=np.int32) if ids else np.zeros(0, np.int32)
        frequency = np.bincount(term_ids, minlength=len(identifiers))
        self._starts = np.concatenate(([0], np.cumsum(frequency))).astype(np.int64)
        order = np.argsort(term_ids, kind="stable")
        self._rows = np.repeat(np.arange(len(lengths), dtype=np.int32), distinct)[order]
        all_counts = np.array(counts, dtype=np.uint32)[order]
        narrow = not len(all_counts) or int(all_counts.max()) <= np.iinfo(np.uint16).max
        self._counts = all_counts.astype(np.uint16) if narrow else all_counts
        hashes = np.fromiter(map(_hash, identifiers), np.uint64, len(identifiers))
        self._ids = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._ids]
        if len(hashes) and not (self._hashes[1:] > self._hashes[:-1]).all():
            raise ValueError("two terms share a 64-bit hash; expected all to differ")
        return dict(zip(identifiers, frequency.tolist(), strict=True))

    def _calc_idf(self, nd: dict[str, int]) -> None:
        if nd:
            super()._calc_idf(nd)
        by_term: dict[str, float] = self.idf
        self._idf = np.fromiter((by_term[term] for term in nd), np.float64, len(nd))
        by_term.clear()

    def _set_norms(self) -> None:
        self.corpus_size = len(self._lengths)
        total = int(self._lengths.sum())
        self.avgdl = total / self.corpus_size if total else 1.0
        self._norms: Scores = self.k1 * (1 - self.b + self.b * self._lengths / self.avgdl)

    def get_scores(self, query: Sequence[str]) -> Scores:
        """Score every passage: the parent's numbers, bit for bit."""
        scores = np.zeros(self.corpus_size)
        for term in query:
            number = self._number(term)
            if number is not None:
                postings = self._postings(number)
                scores[postings.rows] += self._idf[number] * self.saturation(postings)
        return scores

    def saturation(self, postings: Postings) -> Scores:
        """Give what BM25 multiplies the idf with, in each row: 0 to k1 + 1, by count and length."""
        counts = postings.counts
        result: Scores = counts * (self.k1 + 1) / (counts + self._norms[postings.rows])
        return result

    def saturation_at(self, count: float, length: int) -> float:
        """Give the same for a text that is not in the index."""
        norm = self.k1 * (1 - self.b + self.b * length / self.avgdl)
        return float(count * (self.k1 + 1) / (count + norm))

    def idf_of(self, term: str) -> float:
        """Give a term's idf; one that no passage has is worth as much as the rarest can be."""
        number = self._number(term)
        return self.idf_at(0) if number is None else float(self._idf[number])

    def idf_at(self, frequency: int) -> float:
        """Give the idf of something that so many passages hold; above 0 even if all do.

        The 1 in the logarithm keeps it there (as Lucene has it): what is looked for by name counts,
        however common it is.
        """
        return float(np.log(1 + (self.corpus_size - frequency + 0.5) / (frequency + 0.5)))

    def postings(self, term: str) -> Postings | None:
        """Give where a term stands; None when no passage has it."""
        number = self._number(term)
        return None if number is None else self._postings(number)

    def phrase(self, phrase: Sequence[str]) -> Postings | None:
        """Give the passages that hold every one of some terms, counted by the rarest in each."""
        found = [self.postings(term) for term in dict.fromkeys(phrase)]
        if not found or any(postings is None for postings in found):
            return None
        by_length = sorted((postings for postings in found if postings is not None), key=len)
        together = by_length[0]
        for other in by_length[1:]:
            together = _intersection(together, other)
        return together if len(together) else None

    def _postings(self, number: int) -> Postings:
        span = slice(self._starts[number], self._starts[number + 1])
        return Postings(self._rows[span], self._counts[span])

    def _number(self, term: str) -> int | None:
        wanted = _hash(term)
        at = int(np.searchsorted(self._hashes, np.uint64(wanted)))
        if at == len(self._hashes) or self._hashes[at] != wanted:
            return None
        return int(self._ids[at])


def best_rows(scores: NDArray[np.floating], k: int, allowed: NDArray[np.bool_] | None) -> Rows:
    """Give the k rows of the highest scores above zero, best first, equal ones by row."""
    candidates = scores > 0 if allowed is None else (scores > 0) & allowed
    rows = np.flatnonzero(candidates).astype(np.int32)
    if len(rows) > k:
        least = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
        rows = rows[scores[rows] >= least]
    return rows[np.lexsort((rows, -scores[rows]))][:k]


def _intersection(few: Postings, many: Postings) -> Postings:
    at = np.searchsorted(many.rows, few.rows)
    at[at == len(many.rows)] = 0
    both = many.rows[at] == few.rows
    counts = np.minimum(few.counts[both], many.counts[at[both]])
    return Postings(few.rows[both], counts)


def _hash(term: str) -> int:
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")
