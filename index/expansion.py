"""A query's words, and what they are called in the other language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.encoder import BUNDLED, BundledEncoder, bundled_encoder
from index.text import has_han, phrase_terms, terms
from index.translation import TranslationModel, TranslationTable
from index.types import Encoder, Vectors

TRANSLATIONS = 16
LEAST_NEARNESS = 0.25


@dataclass(frozen=True, slots=True)
class Translation:
    """A word of the other language, the terms it must be found by, and how near it is (0 to 1)."""

    word: str
    terms: tuple[str, ...]
    nearness: float


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word of the query: its own terms, and the encoder's tokens for it."""

    surface: str
    terms: tuple[str, ...]
    tokens: tuple[int, ...]
    vector: Vectors
    """Sum of its tokens' vectors: short for words that tell passages apart badly (the, 的)."""


class Translator:
    """Reads queries and passages with the tokens of a static encoder."""

    def __init__(self, encoder: BundledEncoder, table: TranslationTable) -> None:
        self._encoder = encoder
        self.table = table

    def model(self, present: NDArray[np.integer]) -> TranslationModel:
        """Give the model that looks for the tokens present in an index."""
        return TranslationModel(self._encoder, self.table, present)

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

    def _words(self, query: str) -> Iterator[Word]:
        encoding = self._encoder.tokenizer.encode(query, add_special_tokens=False)
        runs = [*encoding.word_ids, None]
        begin = 0
        for at in range(len(encoding.ids)):
            first, last = encoding.offsets[at]
            if runs[at + 1] == runs[at] and not has_han(query[first:last]):
                continue
            surface = query[encoding.offsets[begin][0] : last]
            tokens = tuple(
                token for token in encoding.ids[begin : at + 1] if token != self._unknown
            )
            begin = at + 1
            if tokens:
                vector = self._encoder.token_vectors(np.asarray(tokens)).sum(axis=0)
                yield Word(surface, tuple(terms(surface)), tokens, vector)

    @cached_property
    def _unknown(self) -> int:
        unknown: int | None = self._encoder.tokenizer.token_to_id("[UNK]")
        return -1 if unknown is None else unknown


def translations(word: Word, model: TranslationModel) -> tuple[Translation, ...]:
    """Give what a word is called in the other language, nearest first."""
    if len(word.tokens) != 1:
        return ()
    (asked,) = model.ask(word.tokens)
    nearness: dict[int, float] = {}
    for source, near in zip(asked.sources.tolist(), asked.nearness.tolist(), strict=True):
        nearness[source] = max(near, nearness.get(source, 0.0))
    named = ((model.name(source), near) for source, near in nearness.items())
    found = [
        Translation(name, phrase_terms(name), near)
        for name, near in named
        if near >= LEAST_NEARNESS and has_han(name) != has_han(word.surface)
    ]
    return tuple(sorted(found, key=lambda each: (-each.nearness, each.word)))[:TRANSLATIONS]


def translator_for(encoder: Encoder) -> Translator | None:
    """Give the translator of a static encoder, else of the bundled one; None if it has no table."""
    translating = _translating(encoder)
    if translating is None:
        return None
    table = TranslationTable.load(translating.folder)
    return None if table is None else Translator(translating, table)


def identity(encoder: Encoder) -> str:
    """Name all weights that an index depends on: the encoder's, and those that translate."""
    translating = _translating(encoder)
    if translating is None or translating is encoder:
        return encoder.id
    return f"{encoder.id} with {translating.id}"


def _translating(encoder: Encoder) -> BundledEncoder | None:
    if isinstance(encoder, BundledEncoder):
        return encoder
    return bundled_encoder() if BUNDLED.is_dir() else None
