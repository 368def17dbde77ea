"""Finding by translation: how well a passage's tokens explain the query's, in either language.

A translation language model (Berger and Lafferty, 1999; Xu, Weischedel and Nguyen, 2001). A token
of the query is as likely from a passage as the passage's tokens are to translate to it, by the
table that comes with the encoder; every token also stands for itself. What a token counts is the
logarithm of how much likelier it is there than in any text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import AttacheError
from index.arrays import mapped
from index.encoder import BundledEncoder, unit
from index.lexical import Rows, Scores
from index.text import has_han, stem
from index.types import Vectors

TABLE = "translations.safetensors"
ITSELF = 0.5
"""Probability that a passage's token stands for itself."""
EVIDENCE = 2.0
"""How much the passage counts against the language at large."""
OWN_TEXT = 0.05
"""What the text of the index counts towards how likely a token is in any text, against the
language at large: in reports on economies, economy tells little. nDCG@10 of the hybrid on xquad-zh,
en2zh and zh2en: .970 .901 .918 with 0, .971 .910 .925 with 1, .966 .895 .906 with 10; on the tuning
half of the questions over the sample reports .834 with 0, .827 with .05, .808 with 1."""
NEIGHBOURS = 32
LEAST_COSINE = 0.15
PER_SQUARED_COSINE = 0.1
"""A near token of the other language translates with this probability times (cosine - least)²."""
NEGLIGIBLE = 20.0
"""A source less probable than so many times the token's share of text at large is left out."""
FILES = ("token_starts", "token_rows", "token_shares")

Tokens = Sequence[int]

_SECOND_HALF = 128
_PROBABILITIES = np.exp(-np.arange(_SECOND_HALF, dtype=np.float32) / 32)
_SAMPLE = 2_000
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A token of a query, and the tokens of a passage that may be translated to it."""

    tokens: tuple[int, ...]
    """The token and its inflections, which stand for it as it does itself."""
    weight: float
    """What it counts in the query."""
    frequency: float
    """Their share of text at large."""
    sources: NDArray[np.int64]
    probabilities: NDArray[np.float32]
    """Of each source; a source may stand twice, its probabilities add up."""
    nearness: NDArray[np.float32]
    """Of each source, 0 to 1: as sure as a token stands for itself, or its cosine."""


@dataclass(frozen=True, slots=True)
class TranslationTable:
    """p(query token | passage token) and p(token) over the tokens of an encoder, as stored.

    Slice ``starts[t]:starts[t + 1]`` of ``tokens`` and ``levels`` belongs to the query token t. The
    lower seven bits of a level stand for the probability exp(-level / 32); the eighth is bit 16 of
    the token's number.
    """

    starts: NDArray[np.integer]
    tokens: NDArray[np.integer]
    levels: NDArray[np.uint8]
    frequencies: NDArray[np.floating]

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
            return cls(*(stored[name] for name in ("starts", "tokens", "levels", "frequencies")))
        except (OSError, SafetensorError, KeyError) as error:
            raise AttacheError(
                f"cannot read the translations {path} ({error}); install attache again, "
                "or name another encoder with --encoder"
            ) from error

    def __len__(self) -> int:
        return len(self.frequencies)

    def sources(self, token: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Give what a query's token may be a translation of, and the probabilities."""
        span = slice(int(self.starts[token]), int(self.starts[token + 1]))
        levels = self.levels[span].astype(np.int64)
        tokens = self.tokens[span].astype(np.int64) | (levels // _SECOND_HALF << 16)
        return tokens, _PROBABILITIES[levels % _SECOND_HALF]


class TranslationModel:
    """The table, and for what it lacks the nearest tokens of the other language."""

    def __init__(
        self, encoder: BundledEncoder, table: TranslationTable, present: NDArray[np.integer]
    ) -> None:
        """Look for the tokens that are ``present`` in some passage."""
        self._encoder = encoder
        self._table = table
        self._present = present
        self._asked: dict[int, Asked] = {}

    def __len__(self) -> int:
        return len(self._table)

    def ask(self, tokens: Sequence[int]) -> tuple[Asked, ...]:
        """Give the distinct tokens of a query with their sources, in order."""
        if len(self._asked) > _REMEMBERED:
            self._asked.clear()
        distinct = tuple(dict.fromkeys(tokens))
        new = [token for token in distinct if token not in self._asked]
        for chinese in (True, False):
            mine = [token for token in new if self._is_chinese(token) is chinese]
            if mine:
                self._remember(mine, self._latin if chinese else self._chinese)
        return tuple(self._asked[token] for token in distinct)

    def name(self, token: int) -> str:
        """Give a token as text."""
        name: str | None = self._encoder.tokenizer.id_to_token(token)
        return name or ""

    def relative_length(self, vector: Vectors) -> float:
        """Give the length of a vector, 1 for that of the usual token."""
        return float(np.linalg.norm(vector)) / self._usual_length

    def _remember(self, tokens: Sequence[int], others: _Side) -> None:
        vectors = self._encoder.token_vectors(np.asarray(tokens))
        for token, vector, near in zip(tokens, vectors, others.near(unit(vectors)), strict=True):
            inflections = self._inflections(token)
            stored = [self._table.sources(each) for each in inflections]
            listed = np.concatenate([tokens for tokens, _ in stored])
            probabilities = np.concatenate([each for _, each in stored])
            guessed = PER_SQUARED_COSINE * (near.cosines - LEAST_COSINE) ** 2
            frequency = float(self._table.frequencies[list(inflections)].sum())
            every = np.concatenate([probabilities, guessed]).astype(np.float32)
            kept = every > NEGLIGIBLE * frequency
            self._asked[token] = Asked(
                inflections,
                self.relative_length(vector) ** 0.5,
                frequency,
                np.concatenate([listed, near.tokens])[kept],
                every[kept],
                np.concatenate([np.minimum(1, probabilities / ITSELF), near.cosines])[kept],
            )

    def _inflections(self, token: int) -> tuple[int, ...]:
        """Give a token and the tokens that are other inflections of it."""
        word = self.name(token)
        if len(word) < 4 or not (word.isascii() and word.isalpha()):
            return (token,)
        root = stem(word)
        roots = (root, f"{root}e", f"{root[:-1]}y", root + root[-1])
        written = (
            f"{start}{end}" for start in roots for end in ("", "s", "es", "ed", "ing", "ies")
        )
        forms = dict.fromkeys((*written, f"{root[:-1]}ies", f"{root[:-1]}ied"))
        numbers = (
            self._encoder.tokenizer.token_to_id(form) for form in forms if stem(form) == root
        )
        return tuple(dict.fromkeys([token, *(n for n in numbers if n is not None)]))

    @cached_property
    def _chinese(self) -> _Side:
        return self._side(chinese=True)

    @cached_property
    def _latin(self) -> _Side:
        return self._side(chinese=False)

    def _side(self, *, chinese: bool) -> _Side:
        chosen = [token for token in self._present.tolist() if self._is_chinese(token) is chinese]
        tokens = np.array(chosen, dtype=np.int64)
        return _Side(tokens, unit(self._encoder.token_vectors(tokens)))

    def _is_chinese(self, token: int) -> bool:
        return has_han(self.name(token)[:1])

    @cached_property
    def _usual_length(self) -> float:
        count = len(self)
        sample = self._encoder.token_vectors(np.arange(0, count, max(1, count // _SAMPLE)))
        lengths = np.linalg.norm(sample, axis=1)
        return float(np.median(lengths[lengths > 0])) if lengths.any() else 1.0


@dataclass(frozen=True, slots=True)
class _Near:
    tokens: NDArray[np.int64]
    cosines: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Side:
    """The tokens of one language that some passage has, and their unit vectors."""

    tokens: NDArray[np.int64]
    vectors: Vectors

    def near(self, vectors: Vectors) -> list[_Near]:
        """Give the tokens nearest to each unit vector."""
        cosines = vectors @ self.vectors.T
        count = min(NEIGHBOURS, len(self.tokens))
        if not count:
            empty = _Near(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
            return [empty] * len(vectors)
        best = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        kept = [row[row_cosines[row] > LEAST_COSINE]
                for row, row_cosines in zip(best, cosines, strict=True)]  # fmt: skip
        return [_Near(self.tokens[at], row[at]) for at, row in zip(kept, cosines, strict=True)]


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
        arrays = (mapped(folder / f"{name}.npy") for name in FILES)
        starts, rows, shares = (array.view(np.ndarray) for array in arrays)
        return cls(starts, rows, shares, passages)

    def save(self, folder: Path) -> None:
        """Write the index into a folder that exists."""
        starts, rows, shares = (folder / f"{name}.npy" for name in FILES)
        np.save(starts, self._starts)
        np.save(rows, self._rows)
        np.save(shares, self._shares)

    def present(self) -> NDArray[np.int64]:
        """Give the tokens that some passage has."""
        return np.flatnonzero(np.diff(self._starts))

    def translated(self, query: Sequence[Asked]) -> Translated:
        """Score every passage by how well its tokens explain the query's."""
        total = np.zeros(self._passages, dtype=np.float32)
        likely = np.zeros(self._passages, dtype=np.float32)
        weights, across = 0.0, 0.0
        for asked in query:
            own = [self._add(likely, token, ITSELF) for token in asked.tokens]
            pairs = zip(asked.sources.tolist(), asked.probabilities.tolist(), strict=True)
            added = [self._add(likely, source, probability) for source, probability in pairs]
            itself, foreign = (sum(each.mass for each in masses) for masses in (own, added))
            gain = np.float32(EVIDENCE / self._background(asked, itself + foreign))
            weight = np.float32(asked.weight)
            if sum(len(each.rows) for each in (*own, *added)) > self._passages // 8:
                total += weight * np.log(1 + gain * likely)
                likely.fill(0)
            else:
                rows = np.concatenate([each.rows for each in (*own, *added)])
                total[rows] += weight * np.log(1 + gain * likely[rows])
                likely[rows] = 0
            if itself + foreign:
                weights += asked.weight
                across += asked.weight * foreign / (itself + foreign)
        return Translated(total.astype(np.float64), across / weights if weights else 0.0)

    def backgrounds(self, query: Sequence[Asked]) -> tuple[float, ...]:
        """Give what each token is as likely to be in any text of the index."""
        return tuple(self._background(asked, self._mass(asked)) for asked in query)

    def _background(self, asked: Asked, mass: float) -> float:
        return asked.frequency + OWN_TEXT * mass / max(1, self._passages)

    def _mass(self, asked: Asked) -> float:
        own = sum(ITSELF * self._share(token) for token in asked.tokens)
        pairs = zip(asked.sources.tolist(), asked.probabilities.tolist(), strict=True)
        foreign = sum(probability * self._share(source) for source, probability in pairs)
        return float(own + foreign)

    def _share(self, token: int) -> float:
        span = slice(int(self._starts[token]), int(self._starts[token + 1]))
        return float(self._shares[span].sum(dtype=np.float32))

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


def translated_score(query: Sequence[Asked], backgrounds: Sequence[float], text: Tokens) -> float:
    """Score one text, given as tokens, as the ``TokenIndex`` of the backgrounds does a passage."""
    shares = {token: count / len(text) for token, count in Counter(text).items()}
    score = 0.0
    for asked, background in zip(query, backgrounds, strict=True):
        pairs = zip(asked.sources.tolist(), asked.probabilities.tolist(), strict=True)
        likely = sum(ITSELF * shares.get(token, 0.0) for token in asked.tokens)
        likely += sum(shares.get(source, 0.0) * probability for source, probability in pairs)
        score += asked.weight * float(np.log1p(EVIDENCE / background * likely))
    return score
