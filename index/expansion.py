"""A query's words, and what they are called in the other language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.encoder import BUNDLED, BundledEncoder, bundled_encoder
from index.text import has_han, phrase_terms, terms
from index.translation import ITSELF, TranslationTable
from index.types import Encoder

TRANSLATIONS = 16
LEAST_NEARNESS = 0.1

_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Translation:
    """A word of the other language, the terms it must be found by, and how near it is (0 to 1)."""

    word: str
    terms: tuple[str, ...]
    nearness: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query: its own terms, and the encoder's tokens for it."""

    surface: str
    terms: tuple[str, ...]
    tokens: tuple[int, ...]
    length: float
    """Length of its vector, 1 for the usual one: short for words that tell passages apart badly
    (the, 的)."""


class Translator:
    """Reads queries with the tokens of a static encoder and its table of translations."""

    def __init__(self, encoder: BundledEncoder, table: TranslationTable) -> None:
        self._encoder = encoder
        self.table = table

    def words(self, query: str) -> tuple[Word, ...]:
        """Split a query into its Chinese tokens and the words of other scripts."""
        return tuple(self._words(query))

    def tokens(self, text: str) -> tuple[int, ...]:
        """Give the numbers of a text's tokens, unknown ones left out."""
        (tokens,) = self.token_arrays([text])
        return tuple(tokens.tolist())

    def token_arrays(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """Give the numbers of the tokens of several texts, unknown ones left out."""
        arrays = (np.asarray(tokens, dtype=np.int32) for tokens in self._encoder.tokens(texts))
        return [tokens[tokens != self._unknown] for tokens in arrays]

    def translations(self, word: Word) -> tuple[Translation, ...]:
        """Give what a word is called in the other language, nearest first.

        A word as surely translated as a word stands for itself is as near as can be.
        """
        if len(word.tokens) != 1:
            return ()
        sources = self.table.sources(word.tokens[0])
        order = np.lexsort((sources.tokens, -sources.probabilities))[:TRANSLATIONS]
        found = (
            (self._name(token), min(1.0, probability / ITSELF))
            for token, probability in zip(
                sources.tokens[order].tolist(), sources.probabilities[order].tolist(), strict=True
            )
        )
        return tuple(
            Translation(name, phrase_terms(name), nearness)
            for name, nearness in found
            if nearness >= LEAST_NEARNESS and has_han(name) != has_han(word.surface)
        )

    def _words(self, query: str) -> Iterator[Word]:
        encoding = self._encoder.tokenizer.encode(query, add_special_tokens=False)
        runs = [*encoding.word_ids, None]
        begin = 0
        for at in range(len(encoding.ids)):
            surface = query[encoding.offsets[begin][0] : encoding.offsets[at][1]]
            if runs[at + 1] == runs[at] and not has_han(surface):
                continue
            tokens = tuple(
                token for token in encoding.ids[begin : at + 1] if token != self._unknown
            )
            begin = at + 1
            if tokens:
                vector = self._encoder.token_vectors(np.asarray(tokens)).sum(axis=0)
                length = float(np.linalg.norm(vector)) / self._usual_length
                yield Word(surface, tuple(terms(surface)), tokens, length)

    def _name(self, token: int) -> str:
        name: str | None = self._encoder.tokenizer.id_to_token(token)
        return name or ""

    @cached_property
    def _usual_length(self) -> float:
        count = len(self.table)
        sample = self._encoder.token_vectors(np.arange(0, count, max(1, count // _SAMPLE)))
        lengths = np.linalg.norm(sample, axis=1)
        return float(np.median(lengths[lengths > 0])) if lengths.any() else 1.0

    @cached_property
    def _unknown(self) -> int:
        unknown: int | None = self._encoder.tokenizer.token_to_id("[UNK]")
        return -1 if unknown is None else unknown


def translator_for(encoder: Encoder) -> Translator | None:
    """Give the translator of a static encoder, else of the bundled one; None if it has no table."""
    if not isinstance(encoder, BundledEncoder):
        if not BUNDLED.is_dir():
            return None
        encoder = bundled_encoder()
    table = TranslationTable.load(encoder.folder)
    return None if table is None else Translator(encoder, table)
