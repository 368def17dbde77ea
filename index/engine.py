"""The retrievers over plain texts by row: build, store, search, score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index import fusion
from index.dense import DenseIndex
from index.expansion import Translator, translator_for
from index.glossary import Synonyms
from index.lexical import LexicalIndex, Rows, Scores, best_rows
from index.query import (
    Match,
    Query,
    TextMatcher,
    bag_of,
    lexical_scores,
    name_scores,
    other_scores,
    understand,
)
from index.synonyms import SynonymTable
from index.text import terms
from index.translation import TokenIndex, Translated
from index.types import Encoder, Leg, Mode, Vectors

Mask = NDArray[np.bool_]
Progress = Callable[[int], None]
"""Called with the number of texts done so far."""

DEPTH = 200
"""Candidates that each retriever hands to the fusion."""
_BATCH = 1024
_QUERIES = 16
"""Queries that are kept as they were read: those that are being answered."""
_REMEMBERED = 8_192
"""Texts that were scored are kept to be scored again: quotes of one chunk serve many questions."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row found: its fused score, and where each retriever put it (None: not at all)."""

    row: int
    score: float
    lexical: Leg | None
    dense: Leg | None


@dataclass(frozen=True, slots=True)
class TextScore:
    """What a query finds in one text, which need not be in the index."""

    score: float
    lexical: float
    dense: float
    """Cosine similarity."""
    coverage: float
    """Share of the query's idf mass that the text holds, translations by their weight: 0 to 1."""


class Engine:
    """A lexical and a dense index over the same rows, and what turns queries into both."""

    def __init__(
        self,
        lexical: LexicalIndex,
        tokens: TokenIndex | None,
        dense: DenseIndex,
        encoder: Encoder,
        synonyms: Sequence[Synonyms] = (),
        weights: fusion.Weights = fusion.WEIGHTS,
    ) -> None:
        """Put the parts together; without ``tokens`` nothing is found by translation."""
        self.lexical = lexical
        self.tokens = tokens
        self.dense = dense
        self._encoder = encoder
        self._weights = weights
        self._table = SynonymTable(synonyms)
        self._translator = translator = translator_for(encoder)
        self._model = translator.model(tokens.present()) if tokens and translator else None
        self._texts: dict[str, _ReadText] = {}
        self._bag = lru_cache(maxsize=_REMEMBERED)(bag_of)
        # Several steps of one answer read the same query.
        self._understood = lru_cache(maxsize=_QUERIES)(
            lambda query: understand(query, encoder, translator, self._table, lexical)
        )
        self._translated = lru_cache(maxsize=_QUERIES)(self._translate)
        self._matcher = lru_cache(maxsize=_QUERIES)(
            lambda query: TextMatcher(query, lexical, self._model, tokens)
        )

    @classmethod
    def build(
        cls,
        texts: Iterable[str],
        encoder: Encoder,
        *,
        synonyms: Sequence[Synonyms] = (),
        known: Mapping[int, Vectors] | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Index texts; ``known`` gives the vectors of rows that need not be encoded."""
        encoding = _Encoding(encoder, translator_for(encoder), known or {}, progress)
        lexical = LexicalIndex(terms(text) for text in encoding.watch(texts))
        dense = DenseIndex.build(encoding.vectors())
        return cls(lexical, encoding.token_index(), dense, encoder, synonyms)

    @classmethod
    def open(
        cls,
        folder: Path,
        encoder: Encoder,
        synonyms: Sequence[Synonyms] = (),
        weights: fusion.Weights = fusion.WEIGHTS,
    ) -> Self:
        """Map a stored engine into memory."""
        lexical, dense = LexicalIndex.open(folder), DenseIndex.open(folder)
        translates = translator_for(encoder) is not None
        tokens = TokenIndex.open(folder, len(lexical)) if translates else None
        return cls(lexical, tokens, dense, encoder, synonyms, weights)

    def save(self, folder: Path) -> None:
        """Write the engine into a folder that exists."""
        self.lexical.save(folder)
        self.dense.save(folder)
        if self.tokens is not None:
            self.tokens.save(folder)

    def __len__(self) -> int:
        return len(self.lexical)

    def vectors(self, rows: Rows) -> Vectors:
        """Give the stored vectors of some rows."""
        return self.dense.vectors(rows)

    def search(
        self,
        query: str,
        mode: Mode = Mode.HYBRID,
        k: int = 10,
        allowed: Mask | None = None,
        prior: Scores | None = None,
    ) -> tuple[Found, ...]:
        """Find the k best rows, best first, equal ones by row.

        ``allowed`` masks the rows that may be found; ``prior`` (one number a row) is added to the
        fused scores of the hybrid mode.
        """
        if not len(self) or k < 1 or not query.strip():
            return ()
        understood = self.understand(query)
        depth = max(DEPTH, k)
        lexical, dense = _NOTHING, _NOTHING
        if mode is Mode.LEXICAL:
            lexical = _Ranking.of(lexical_scores(understood, self.lexical), depth, allowed)
        elif understood.vector.any():
            dense = _Ranking(*self.dense.search(understood.vector, depth, allowed))
        if mode is Mode.HYBRID:
            lexical_all = lexical_scores(understood, self.lexical)
            lexical = _Ranking.of(lexical_all, depth, allowed)
            translated = self.translated(understood)
            matches = self._matches(understood, lexical_all, translated)
            rows = np.union1d(_Ranking.of(matches, depth, allowed).rows, dense.rows)
            scales = _Scales.of(matches if allowed is None else matches[allowed], dense)
            similarities = self.dense.similarities(understood.vector, rows)
            scores = scales.fused(matches[rows], similarities, translated.across, self._weights)
            scores = scores if prior is None else scores + prior[rows]
        else:
            rows, scores = max((lexical, dense), key=lambda ranking: len(ranking.rows)).columns()
        order = np.lexsort((rows, -scores))[:k]
        lexical_legs, dense_legs = lexical.legs(), dense.legs()
        return tuple(
            Found(row, float(scores[at]), lexical_legs.get(row), dense_legs.get(row))
            for at, row in zip(order.tolist(), rows[order].tolist(), strict=True)
        )

    def score(self, query: str, texts: Sequence[str]) -> tuple[TextScore, ...]:
        """Score texts that need not be indexed, with the idf and the spread of this index."""
        if not texts:
            return ()
        understood = self.understand(query)
        matcher = self._matcher(understood)
        read = self._read(texts)
        lexical = [matcher.lexical(each.bag) for each in read]
        matches = [matcher.matches(each.bag, each.tokens, self._weights) for each in read]
        translated = self.translated(understood)
        lexical_all = lexical_scores(understood, self.lexical)
        indexed = self._matches(understood, lexical_all, translated)
        nearest = _Ranking(*self.dense.search(understood.vector, DEPTH))
        dense = np.stack([each.vector for each in read]) @ understood.vector
        scores = _Scales.of(indexed, nearest).fused(
            np.array(matches), dense, translated.across, self._weights
        )
        coverages = [matcher.coverage(each.bag) for each in read]
        columns = zip(scores.tolist(), lexical, dense.tolist(), coverages, strict=True)
        return tuple(TextScore(*row) for row in columns)

    def bag(self, text: str) -> Counter[str]:
        """Count the terms of a text that is read again and again."""
        return self._bag(text)

    def _read(self, texts: Sequence[str]) -> list[_ReadText]:
        """Read texts; what was read lately is not read again. Several threads may be at it."""
        known = self._texts
        read = {text: known[text] for text in texts if text in known}
        new = [text for text in dict.fromkeys(texts) if text not in read]
        if new:
            vectors = self._encoder.encode_passages(new)
            tokens = self._tokens(new)
            for text, numbers, vector in zip(new, tokens, vectors, strict=True):
                read[text] = _ReadText(self._bag(text), tuple(numbers.tolist()), vector)
            room = len(known) + len(new) <= _REMEMBERED
            self._texts = {**(known if room else {}), **read}
        return [read[text] for text in texts]

    def _tokens(self, texts: Sequence[str]) -> Sequence[NDArray[np.int32]]:
        if self._translator is None:
            return [np.zeros(0, dtype=np.int32)] * len(texts)
        return self._translator.token_arrays(texts)

    def explain(self, query: str, text: str) -> tuple[Match, ...]:
        """Tell which words of the query a text holds: themselves, as translation or as synonym."""
        return tuple(self.matcher(query).explain(self._bag(text)))

    def matcher(self, query: str) -> TextMatcher:
        """Give what reads texts for a query, where there are many to read."""
        return self._matcher(self.understand(query))

    def translated(self, query: Query) -> Translated:
        """Score every passage by translation; a name counts here as much as among the terms."""
        return self._translated(query)

    def _translate(self, query: Query) -> Translated:
        if self.tokens is None or self._model is None:
            return Translated(np.zeros(len(self)), 0.0)
        found = self.tokens.translated(self._model.ask(query.tokens))
        names = name_scores(query, self.lexical) / self._weights.translation
        return Translated(found.scores + names, found.across)

    def _matches(self, query: Query, lexical: Scores, translated: Translated) -> Scores:
        """Score every passage by all that can be matched: words, translations, other words."""
        others = other_scores(query, self.lexical)
        return fusion.matched(lexical, translated.scores, self._weights) + others

    def understand(self, query: str) -> Query:
        """Read a query as this engine searches it."""
        return self._understood(query)


@dataclass(frozen=True, slots=True, eq=False)
class _ReadText:
    """A text that was read: its terms, its tokens, its vector."""

    bag: Counter[str]
    tokens: tuple[int, ...]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Rows, best first, and their scores in one retriever."""

    rows: Rows
    scores: NDArray[np.floating]

    @classmethod
    def of(cls, scores: Scores, depth: int, allowed: Mask | None) -> _Ranking:
        rows = best_rows(scores, depth, allowed)
        return cls(rows, scores[rows])

    def columns(self) -> tuple[Rows, Scores]:
        return self.rows, self.scores.astype(np.float64)

    def legs(self) -> dict[int, Leg]:
        """Rank and score by row."""
        ranked = zip(self.rows.tolist(), self.scores.tolist(), strict=True)
        return {row: Leg(rank, score) for rank, (row, score) in enumerate(ranked, start=1)}


@dataclass(frozen=True, slots=True)
class _Scales:
    """What the scores of one query are worth in each retriever."""

    matches: fusion.Scale
    dense: fusion.Scale

    @classmethod
    def of(cls, matches: Scores, dense: _Ranking) -> _Scales:
        return cls(fusion.Scale.of(matches), fusion.Scale.of(dense.scores[: fusion.BEST]))

    def fused(
        self, matches: Scores, similarities: Vectors, across: float, weights: fusion.Weights
    ) -> Scores:
        return fusion.fused(
            self.matches.standardised(matches),
            self.dense.standardised(similarities),
            across,
            weights,
        )


_NOTHING = _Ranking(np.zeros(0, dtype=np.int32), np.zeros(0))


class _Encoding:
    """Encodes texts in batches while they pass by."""

    def __init__(
        self,
        encoder: Encoder,
        translator: Translator | None,
        known: Mapping[int, Vectors],
        progress: Progress | None,
    ) -> None:
        self._encoder = encoder
        self._translator = translator
        self._known = known
        self._progress = progress
        self._vectors: list[Vectors] = []
        self._tokens: list[NDArray[np.int32]] = []
        self._done = 0

    def watch(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield the texts as they come."""
        batch: list[str] = []
        for text in texts:
            yield text
            batch.append(text)
            if len(batch) == _BATCH:
                self._encode(batch)
                batch = []
        if batch:
            self._encode(batch)

    def vectors(self) -> Vectors:
        """Give the vectors of all texts that passed by."""
        if not self._vectors:
            return np.zeros((0, self._encoder.dim), dtype=np.float32)
        return np.concatenate(self._vectors)

    def token_index(self) -> TokenIndex | None:
        """Index the tokens of all texts that passed by."""
        if self._translator is None:
            return None
        return TokenIndex.build(self._tokens, len(self._translator.table))

    def _encode(self, batch: Sequence[str]) -> None:
        vectors = np.zeros((len(batch), self._encoder.dim), dtype=np.float32)
        rows = range(self._done, self._done + len(batch))
        new = [at for at, row in enumerate(rows) if row not in self._known]
        for at, row in enumerate(rows):
            if row in self._known:
                vectors[at] = self._known[row]
        if new:
            vectors[new] = self._encoder.encode_passages([batch[at] for at in new])
        self._vectors.append(vectors)
        if self._translator is not None:
            self._tokens += self._translator.token_arrays(batch)
        self._done += len(batch)
        if self._progress is not None:
            self._progress(self._done)
