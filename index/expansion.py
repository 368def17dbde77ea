"""A query's words and what they are called in the other language, from the encoder's own tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.encoder import BUNDLED, BundledEncoder, bundled_encoder, unit
from index.lexical import Gains, LexicalIndex, Scores
from index.text import has_han, is_han, phrase_terms, terms, to_traditional
from index.types import Encoder, Vectors

NEIGHBOURS = 16
LEAST_COSINE = 0.25
LEAST_SHARE_OF_WORD = 0.2
"""A translation that cannot count this share of the word's best is not looked for."""
LEAST_SHARE_OF_QUERY = 0.05
"""The words that together cannot count this share of the query are not looked for."""

_REMEMBERED = 20_000
_SAMPLE = 2_000
_FUNCTION_WORD = re.compile(
    "an|and|any|are|as|at|be|been|but|by|can|did|do|does|each|for|from|had|has|have|he|her|his|how|"
    "if|in|into|is|it|its|may|more|most|no|not|of|on|or|our|she|should|so|some|such|than|that|the|"
    "their|them|then|there|these|they|this|those|to|us|was|we|were|what|when|where|which|who|whom|"
    "whose|why|will|with|would|you|your"
)


@dataclass(frozen=True, slots=True)
class Translation:
    """A word of the other language, the terms it must be found by, and how near it is (0 to 1)."""

    word: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query, its own terms, and its translations."""

    surface: str
    terms: tuple[str, ...]
    weight: float
    """Length of its vector, 1 for the usual one: short for words that tell passages apart badly
    (the, 的)."""
    translations: tuple[Translation, ...]


class Translator:
    """Nearest tokens of the other language, by the cosine of the encoder's token vectors."""

    def __init__(self, encoder: BundledEncoder, targets: Iterable[str]) -> None:
        """Translate to ``targets``, tokens of the encoder: those that the passages hold."""
        self._encoder = encoder
        self._targets = tuple(targets)
        self._nearest: dict[tuple[int, ...], tuple[Translation, ...]] = {}

    def words(self, query: str) -> tuple[Word, ...]:
        """Split a query into words, each with its translations."""
        units = tuple(self._units(to_traditional(query)))
        if len(self._nearest) > _REMEMBERED:
            self._nearest.clear()
        for chinese in (True, False):
            wanted = {
                unit.ids: unit.vector
                for unit in units
                if unit.chinese is chinese and unit.ids not in self._nearest and not unit.is_number
            }
            if wanted:
                side = self._latin if chinese else self._chinese
                vectors = np.stack(list(wanted.values()))
                self._nearest.update(zip(wanted, side.nearest(vectors), strict=True))
        return tuple(
            Word(
                unit.surface,
                tuple(terms(unit.surface)),
                float(np.linalg.norm(unit.vector)) / self._typical_length,
                self._nearest.get(unit.ids, ()),
            )
            for unit in units
        )

    def _units(self, query: str) -> Iterator[_Unit]:
        """Give each Chinese token, and each word of another script with all its pieces."""
        encoding = self._encoder.tokenizer.encode(query, add_special_tokens=False)
        runs = [*encoding.word_ids, None]
        begin = 0
        for at, token in enumerate(encoding.ids):
            surface = query[encoding.offsets[begin][0] : encoding.offsets[at][1]]
            chinese = has_han(surface)
            if runs[at + 1] == runs[at] and not chinese:
                continue
            ids = tuple(encoding.ids[begin : at + 1])
            begin = at + 1
            if token != self._unknown or len(ids) > 1:
                vector = self._encoder.token_vectors(np.asarray(ids)).sum(axis=0)
                yield _Unit(surface, ids, chinese, vector)

    @cached_property
    def _typical_length(self) -> float:
        count = self._encoder.tokenizer.get_vocab_size()
        sample = self._encoder.token_vectors(np.arange(0, count, max(1, count // _SAMPLE)))
        lengths = np.linalg.norm(sample, axis=1)
        return float(np.median(lengths[lengths > 0])) if lengths.any() else 1.0

    @cached_property
    def _unknown(self) -> int | None:
        return self._encoder.tokenizer.token_to_id("[UNK]")

    @cached_property
    def _chinese(self) -> _Targets:
        return self._side(lambda token: is_han(token[0]))

    @cached_property
    def _latin(self) -> _Targets:
        return self._side(lambda token: not is_han(token[0]))

    def _side(self, belongs: Callable[[str], bool]) -> _Targets:
        numbers = {
            token: number
            for token in self._targets
            if belongs(token) and (number := self._encoder.tokenizer.token_to_id(token)) is not None
        }
        vectors = self._encoder.token_vectors(np.array(list(numbers.values()), dtype=np.int64))
        return _Targets(tuple(numbers), unit(vectors))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word of a query as the encoder has it."""

    surface: str
    ids: tuple[int, ...]
    chinese: bool
    vector: Vectors

    @property
    def is_number(self) -> bool:
        """A number is the same in both languages."""
        return self.surface.isdigit()


@dataclass(frozen=True, slots=True)
class _Targets:
    """Tokens of one language, and their unit vectors."""

    words: tuple[str, ...]
    vectors: Vectors

    def nearest(self, vectors: Vectors) -> list[tuple[Translation, ...]]:
        """Give the nearest words of each vector, nearest first."""
        if not self.words:
            return [()] * len(vectors)
        cosines = unit(vectors) @ self.vectors.T
        count = min(NEIGHBOURS, len(self.words))
        best = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        return [
            tuple(
                Translation(self.words[at], phrase_terms(self.words[at]), float(row[at]))
                for at in sorted(chosen.tolist(), key=lambda at: (-row[at], at))
                if row[at] >= LEAST_COSINE
            )
            for row, chosen in zip(cosines, best, strict=True)
        ]


def targets(encoder: BundledEncoder, lexical: LexicalIndex) -> tuple[str, ...]:
    """Give the encoder's tokens that are words in some passages, in the order of their numbers.

    A token of English function words is none: who would be found in the WHO.
    """
    vocabulary = encoder.tokenizer.get_vocab()
    found = (token for token in sorted(vocabulary, key=vocabulary.__getitem__) if _is_word(token))
    return tuple(token for token in found if all(map(lexical.has, phrase_terms(token))))


def _is_word(token: str) -> bool:
    if token.isascii():
        return token.isalpha() and len(token) > 1 and not _FUNCTION_WORD.fullmatch(token)
    return all(map(is_han, token))


def translating_encoder(encoder: Encoder) -> BundledEncoder | None:
    """Give the encoder whose tokens translate: this one if static, else the bundled one."""
    if isinstance(encoder, BundledEncoder):
        return encoder
    return bundled_encoder() if BUNDLED.is_dir() else None


@dataclass(frozen=True, slots=True)
class Translated:
    """What the translations of a query's words find."""

    scores: Scores
    """Of every passage, by row."""
    share: float
    """Share of the query that the passages have in translation rather than in its own words: 0
    where query and passages are in one language, 1 where they are in two."""


def translated(lexical: LexicalIndex, words: Sequence[Word]) -> Translated:
    """Score every passage by the translations of the words.

    The translations of one word count as synonyms: the best one in a passage is what the word
    scores there, its nearness times its BM25 weight, times the word's weight in the query and the
    share of the word's passages that have it in translation.
    """
    total = np.zeros(len(lexical), dtype=np.float32)
    best = np.zeros(len(lexical), dtype=np.float32)
    groups = [_synonym_group(lexical, word) for word in words]
    for group in _worthwhile(groups):
        for bound, gains in group.members:
            scores = gains.saturations * np.float32(bound)
            best[gains.rows] = np.maximum(best[gains.rows], scores)
        if sum(len(gains) for _, gains in group.members) > len(best) // 8:
            total += best
            best.fill(0)
        else:
            for _, gains in group.members:
                total[gains.rows] += best[gains.rows]
                best[gains.rows] = 0
    weight = sum(word.weight for word in words)
    crossing = sum(w.weight * group.share for w, group in zip(words, groups, strict=True))
    return Translated(total.astype(np.float64), crossing / weight if weight else 0.0)


@dataclass(frozen=True, slots=True)
class _SynonymGroup:
    """A word's translations that some passage has: what each can count, and where it stands."""

    members: tuple[tuple[float, Gains], ...]
    share: float

    @property
    def bound(self) -> float:
        """The most that the word can count."""
        return max((bound for bound, _ in self.members), default=0.0)


def _synonym_group(lexical: LexicalIndex, word: Word) -> _SynonymGroup:
    found = [
        (translation.weight, gains)
        for translation in word.translations
        if (gains := lexical.gains(translation.terms)) is not None
    ]
    frequency = sum(nearness * len(gains) for nearness, gains in found)
    if not frequency:
        return _SynonymGroup((), 0.0)
    share = frequency / (lexical.frequency(word.terms) + frequency)
    weight = word.weight * share
    members = [(weight * near * lexical.idf_at(len(gains)), gains) for near, gains in found]
    least = LEAST_SHARE_OF_WORD * max(bound for bound, _ in members)
    return _SynonymGroup(tuple(member for member in members if member[0] > least), share)


def _worthwhile(groups: Sequence[_SynonymGroup]) -> Iterator[_SynonymGroup]:
    """Leave out the least of the groups, as many as together hardly count."""
    spare = LEAST_SHARE_OF_QUERY * sum(group.bound for group in groups)
    for group in sorted(groups, key=lambda group: group.bound):
        spare -= group.bound
        if spare < 0:
            yield group


def translated_share(lexical: LexicalIndex, word: Word) -> float:
    """Give the share of a word's passages that have it in translation: 0 to 1.

    What the corpus says in the query's language need not be looked for in the other one.
    """
    translated = sum(t.weight * lexical.frequency(t.terms) for t in word.translations)
    return translated / (lexical.frequency(word.terms) + translated) if translated else 0.0
