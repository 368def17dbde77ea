"""Finding by translation: how well a passage's tokens explain the query's, in either language.

A translation language model (Berger and Lafferty, 1999; Xu, Weischedel and Nguyen, 2001). A token
of the query is as likely from a passage as the passage's tokens are to translate to it, by the
table that comes with the encoder; every token also stands for itself. What a token counts is the
logarithm of how much likelier it is there than in any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import AttacheError
from index.lexical import Rows, Scores

TABLE = "translations.safetensors"
ITSELF = 0.5
"""Probability that a passage's token stands for itself."""
EVIDENCE = 3.0
"""How much the passage counts against the language at large."""
FILES = ("token_starts", "token_rows", "token_shares")

Tokens = Sequence[int]

_PROBABILITIES = np.exp(-np.arange(256, dtype=np.float32) / 32)


@dataclass(frozen=True, slots=True)
class Sources:
    """The tokens of a passage that a query's token may translate, and how probably each does."""

    tokens: NDArray[np.integer]
    probabilities: NDArray[np.float32]


class TranslationTable:
    """p(query token | passage token) and p(token), over the tokens of an encoder."""

    def __init__(
        self,
        starts: NDArray[np.integer],
        tokens: NDArray[np.integer],
        levels: NDArray[np.uint8],
        frequencies: NDArray[np.floating],
    ) -> None:
        """Hold the table as it is stored (see ``index.training.table``).

        Slice ``starts[t]:starts[t + 1]`` of ``tokens`` and ``levels`` belongs to the query token t.
        A level stands for the probability exp(-level / 32).
        """
        self._starts = starts
        self._tokens = tokens
        self._levels = levels
        self._frequencies = frequencies

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """Read the table that lies beside an encoder's weights; None when there is none."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        path = folder / TABLE
        if not path.is_file():
            return None
        try:
            stored = load_file(path)
            names = ("starts", "tokens", "levels", "frequencies")
            return cls(*(stored[name] for name in names))
        except (OSError, SafetensorError, KeyError) as error:
            raise AttacheError(
                f"cannot read the translations {path} ({error}); install attache again, "
                "or name another encoder with --encoder"
            ) from error

    def __len__(self) -> int:
        return len(self._frequencies)

    def sources(self, token: int) -> Sources:
        """Give what a query's token may be a translation of."""
        span = slice(int(self._starts[token]), int(self._starts[token + 1]))
        return Sources(self._tokens[span], _PROBABILITIES[self._levels[span]])

    def frequency(self, token: int) -> float:
        """Give the share of a token in text at large."""
        return float(self._frequencies[token])


@dataclass(frozen=True, slots=True)
class Translated:
    """What a query finds by translation."""

    scores: Scores
    """Of every passage, by row."""
    across: float
    """Share of the query that the passages have in translation rather than in its own words: 0
    where query and passages are in one language, 1 where they are in two."""


class TokenIndex:
    """In which passages a token stands, and its share of their tokens."""

    def __init__(
        self,
        starts: NDArray[np.int64],
        rows: Rows,
        shares: NDArray[np.float16],
        passages: int,
    ) -> None:
        self._starts = starts
        self._rows = rows
        self._shares = shares
        self._passages = passages

    @classmethod
    def build(cls, passages: Iterable[NDArray[np.int32]], vocabulary: int) -> Self:
        """Index passages given as token numbers below ``vocabulary``."""
        keys, shares, count = [], [], 0
        for tokens in passages:
            distinct, counts = np.unique(tokens, return_counts=True)
            keys.append(distinct)
            shares.append((counts / max(1, len(tokens))).astype(np.float16))
            count += 1
        sizes = np.fromiter(map(len, keys), np.int64, count)
        flat = np.concatenate(keys).astype(np.int32) if keys else np.zeros(0, dtype=np.int32)
        order = np.argsort(flat, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(flat, minlength=vocabulary))))
        rows = np.repeat(np.arange(count, dtype=np.int32), sizes)[order]
        all_shares = np.concatenate(shares) if shares else np.zeros(0, dtype=np.float16)
        return cls(starts.astype(np.int64), rows, all_shares[order], count)

    @classmethod
    def open(cls, folder: Path, passages: int) -> Self:
        """Map a stored index of so many passages into memory."""
        arrays = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in FILES)
        starts, rows, shares = (array.view(np.ndarray) for array in arrays)
        return cls(starts, rows, shares, passages)

    def save(self, folder: Path) -> None:
        """Write the index into a folder that exists."""
        starts, rows, shares = (folder / f"{name}.npy" for name in FILES)
        np.save(starts, self._starts)
        np.save(rows, self._rows)
        np.save(shares, self._shares)

    def translated(self, query: Tokens, table: TranslationTable) -> Translated:
        """Score every passage by how well its tokens explain the query's."""
        total = np.zeros(self._passages, dtype=np.float32)
        likely = np.zeros(self._passages, dtype=np.float32)
        weights, across = 0.0, 0.0
        for token in dict.fromkeys(query):
            frequency = table.frequency(token)
            sources = table.sources(token)
            own = self._add(likely, token, ITSELF)
            touched, foreign = [own.rows], 0.0
            for source, probability in zip(
                sources.tokens.tolist(), sources.probabilities.tolist(), strict=True
            ):
                added = self._add(likely, source, probability)
                touched.append(added.rows)
                foreign += added.mass
            if sum(map(len, touched)) > self._passages // 8:
                total += np.log(1 + likely * np.float32(EVIDENCE / frequency))
                likely.fill(0)
            else:
                rows = np.concatenate(touched)
                total[rows] += np.log(1 + likely[rows] * np.float32(EVIDENCE / frequency))
                likely[rows] = 0
            if own.mass + foreign:
                weights -= np.log(frequency)
                across -= np.log(frequency) * foreign / (own.mass + foreign)
        return Translated(total.astype(np.float64), across / weights if weights else 0.0)

    def _add(self, likely: NDArray[np.float32], token: int, probability: float) -> _Added:
        span = slice(int(self._starts[token]), int(self._starts[token + 1]))
        rows = self._rows[span]
        gains = self._shares[span] * np.float32(probability)
        likely[rows] += gains
        return _Added(rows, float(gains.sum()))


@dataclass(frozen=True, slots=True)
class _Added:
    rows: Rows
    mass: float


def translated_score(query: Tokens, text: Tokens, table: TranslationTable) -> float:
    """Score one text, given as tokens, as ``TokenIndex.translated`` does a passage."""
    tokens, counts = np.unique(np.asarray(text, dtype=np.int64), return_counts=True)
    shares = dict(zip(tokens.tolist(), (counts / max(1, len(text))).tolist(), strict=True))
    score = 0.0
    for token in dict.fromkeys(query):
        sources = table.sources(token)
        pairs = zip(sources.tokens.tolist(), sources.probabilities.tolist(), strict=True)
        likely = ITSELF * shares.get(token, 0.0)
        likely += sum(shares.get(source, 0.0) * probability for source, probability in pairs)
        score += float(np.log1p(likely * EVIDENCE / table.frequency(token)))
    return score
