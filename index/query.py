"""A query, understood: what each retriever looks for, and what a text holds of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from index.encoder import unit
from index.expansion import Translation, Translator, Word, translations
from index.fusion import WEIGHTS, Weights
from index.lexical import LexicalIndex, Scores
from index.lexicon import Called, Form, called_idf, called_scores, field_lexicon
from index.synonyms import Named, Split, SynonymTable, name_idf, named_score
from index.text import query_terms, terms, to_traditional
from index.translation import TokenIndex, TranslationModel, translated_score
from index.types import Encoder, Vectors

LIGHT_WORDS = Path(__file__).parent / "light_words.txt"
NAMED = 0.6
"""What the words of a query with its rarest name count, against 1 for the words without it."""


SURE = 0.6
"""A translation as near as this surely means the word."""
CALLED = 0.8
"""How near to a word is what else it is called in its own language."""
WEIGHTY = 0.05
"""A word with this share of a query's mass tells what it is about."""


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the query, and how a text holds it: as itself, a synonym or a translation."""

    word: str
    found: str
    weight: float
    """1 for the word itself or another of its names; for a translation its nearness."""


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """What is searched: terms, names, words and what else they are called, a vector."""

    terms: tuple[str, ...]
    names: tuple[Named, ...]
    called: tuple[Called, ...]
    words: tuple[Word, ...]
    vector: Vectors

    @property
    def tokens(self) -> tuple[int, ...]:
        """The encoder's tokens of all words."""
        return tuple(token for word in self.words for token in word.tokens)


def understand(
    text: str,
    encoder: Encoder,
    translator: Translator | None,
    table: SynonymTable,
    lexical: LexicalIndex,
) -> Query:
    """Read a query, Simplified Chinese or not, in any language."""
    split = table.split(to_traditional(text))
    return Query(
        terms=tuple(query_terms(split.rest)),
        names=split.named,
        called=field_lexicon().find(split.rest),
        words=_weighty(translator.words(split.rest)) if translator is not None else (),
        vector=_vector(split, encoder, lexical),
    )


def _weighty(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Give the words that tell what a query is about; all of them where none does."""
    kept = tuple(word for word in words if word.surface.casefold() not in light_words())
    return kept or words


@cache
def light_words() -> frozenset[str]:
    """Read the words that tell nothing of what a query is about."""
    lines = LIGHT_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _vector(split: Split, encoder: Encoder, lexical: LexicalIndex) -> Vectors:
    """Encode a query; a name that most passages hold tells little of which is meant.

    So the words without the names count in full, and those with them by how rare the names are.
    """
    vectors = encoder.encode_queries([split.canonical, split.rest])
    rarest = lexical.idf_at(1)
    if not split.named or not rarest or not vectors[1].any():
        first: Vectors = vectors[0]
        return first
    rarity = sum(name_idf(lexical, name) for name in split.named) / len(split.named) / rarest
    blended: Vectors = unit((NAMED * rarity * vectors[0] + vectors[1])[None])[0]
    return blended


def lexical_scores(query: Query, lexical: LexicalIndex) -> Scores:
    """Score every passage by BM25 of the query's terms and names."""
    scores: Scores = lexical.get_scores(query.terms) + name_scores(query, lexical)
    return scores


def other_scores(query: Query, lexical: LexicalIndex) -> Scores:
    """Score every passage by what else the query's words are called in the field."""
    return called_scores(query.called, lexical)


def name_scores(query: Query, lexical: LexicalIndex) -> Scores:
    """Score every passage by the query's names."""
    scores = np.zeros(len(lexical))
    for name in query.names:
        scores += named_score(lexical, name)
    return scores


@dataclass(frozen=True, slots=True)
class _Sought:
    """A word of the query, and how it may stand in a text."""

    word: Word
    mass: float
    """What it counts: the mean idf of its terms times the length of its vector."""
    shares: tuple[float, ...]
    """Of each of its terms in that."""
    others: tuple[Translation, ...]
    """What else it is called, nearest first."""

    def sure_forms(self) -> Iterator[tuple[str, ...]]:
        """Give the terms of the word, and of what surely means it."""
        yield self.word.terms
        yield from (other.terms for other in self.others if other.nearness >= SURE)

    def held(self, bag: Counter[str]) -> float:
        """Give the share of the word that a text holds, in [0, 1]."""
        pairs = zip(self.word.terms, self.shares, strict=True)
        own = sum(share for term, share in pairs if term in bag)
        if own >= 1:
            return own
        found = (other.nearness for other in self.others if _holds(bag, other.terms))
        return max(own, next(found, 0.0))


class TextMatcher:
    """Scores single texts, which need not be indexed, with the idf of an index."""

    def __init__(
        self,
        query: Query,
        lexical: LexicalIndex,
        model: TranslationModel | None,
        tokens: TokenIndex | None,
    ) -> None:
        """Match without translations when there is no ``model``."""
        self._query = query
        self._lexical = lexical
        self._model = model
        self._asked = model.ask(query.tokens) if model is not None else ()
        self._backgrounds = tokens.backgrounds(self._asked) if tokens is not None else ()
        self._idf = {
            term: lexical.idf_of(term)
            for term in (*query.terms, *(term for word in query.words for term in word.terms))
        }
        self._name_idf = [name_idf(lexical, name) for name in query.names]
        self._called_idf = [called_idf(called, lexical) for called in query.called]
        self._words = [
            self._sought(word, model, query.called) for word in query.words if model is not None
        ]

    def _sought(self, word: Word, model: TranslationModel, called: Sequence[Called]) -> _Sought:
        idfs = [max(0.0, self._idf[term]) for term in word.terms]
        total = sum(idfs)
        return _Sought(
            word,
            model.relative_length(word.vector) * total / max(1, len(idfs)),
            tuple(idf / (total or 1.0) for idf in idfs),
            tuple(
                sorted(
                    (*_called(word, called), *translations(word, model)),
                    key=lambda each: -each.nearness,
                )
            ),
        )

    def lexical(self, bag: Counter[str]) -> float:
        """Score a text, given as its terms, as ``lexical_scores`` does."""
        length = bag.total()
        return self._names(bag) + sum(
            self._idf[term] * self._lexical.saturation_at(bag[term], length)
            for term in self._query.terms
            if bag[term]
        )

    def matches(
        self, bag: Counter[str], tokens: Sequence[int], weights: Weights = WEIGHTS
    ) -> float:
        """Score a text, given as its terms and the encoder's tokens, by all that can be matched."""
        lexical = self.lexical(bag)
        if self._model is None:
            return lexical + self._others(bag)
        found = translated_score(self._asked, self._backgrounds, tokens)
        others = self._others(bag)
        return lexical + weights.translation * found + self._names(bag) + others

    def coverage(self, bag: Counter[str]) -> float:
        """Give the share of the query's mass that a text holds, translations by their nearness.

        The mass of a word is the mean idf of its terms times the length of its vector. Without
        words, for want of a table of translations, it is the idf of the terms.
        """
        held, total = 0.0, 0.0
        for name, idf in zip(self._query.names, self._name_idf, strict=True):
            total += idf
            held += idf if any(_holds(bag, form) for form in name.terms) else 0.0
        if not self._words:
            for term in dict.fromkeys(self._query.terms):
                total += self._idf[term]
                held += self._idf[term] if bag[term] else 0.0
        for sought in self._words:
            total += sought.mass
            held += sought.mass * sought.held(bag)
        return held / total if total else 0.0

    def terms_lacking(self, bag: Counter[str]) -> float:
        """Give the share of the query's words of the field that a text lacks, by any name of them.

        Each counts by its idf; 0 where the query has none.
        """
        lacking, total = 0.0, 0.0
        for called, idf in zip(self._query.called, self._called_idf, strict=True):
            total += idf
            held = all(term in bag for term in called.asked)
            if not held and not any(_holds(bag, form.terms) for form in called.forms):
                lacking += idf
        return lacking / total if total else 0.0

    def _names(self, bag: Counter[str]) -> float:
        length, score = bag.total(), 0.0
        for name, idf in zip(self._query.names, self._name_idf, strict=True):
            count = max(_count(bag, form) for form in name.terms)
            score += idf * self._lexical.saturation_at(count, length) if count else 0.0
        return score

    def _others(self, bag: Counter[str]) -> float:
        length, score = bag.total(), 0.0
        for called, idf in zip(self._query.called, self._called_idf, strict=True):
            score += idf * max(self._found(form, bag, length) for form in called.forms)
        return score

    def _found(self, form: Form, bag: Counter[str], length: int) -> float:
        count = _count(bag, form.terms)
        return form.weight * self._lexical.saturation_at(count, length) if count else 0.0

    def absent(self) -> tuple[str, ...]:
        """Give the weightier words of the query that no passage holds, by any name of them."""
        return tuple(sought.word.surface for sought in self._absent)

    def lacks_field_word(self) -> bool:
        """Tell whether no passage holds one of the query's words of the field, by any name."""
        return any(
            not any(self._lexical.phrase(form) for form in _forms(called))
            for called in self._query.called
        )

    def absent_share(self) -> float:
        """Give what those words have of the query's mass, from 0 to 1."""
        total = sum(sought.mass for sought in self._words)
        return sum(sought.mass for sought in self._absent) / total if total else 0.0

    @cached_property
    def _absent(self) -> tuple[_Sought, ...]:
        total = sum(sought.mass for sought in self._words)
        return tuple(
            sought
            for sought in self._words
            if sought.mass >= WEIGHTY * total
            and len(sought.word.surface) > 1
            and not any(form and self._lexical.phrase(form) for form in sought.sure_forms())
        )

    def explain(self, bag: Counter[str]) -> Iterator[Match]:
        """Tell which words a text holds, and how."""
        for name in self._query.names:
            for form, form_terms in zip(name.forms, name.terms, strict=True):
                if _holds(bag, form_terms):
                    yield Match(name.surface, form, 1.0)
        if not self._words:
            held = (term for term in dict.fromkeys(self._query.terms) if bag[term])
            yield from (Match(term, term, 1.0) for term in held)
        for sought in self._words:
            word = sought.word
            if _holds(bag, word.terms):
                yield Match(word.surface, word.surface, 1.0)
                continue
            for translation in sought.others:
                if _holds(bag, translation.terms):
                    yield Match(word.surface, translation.word, translation.nearness)


def _called(word: Word, called: Sequence[Called]) -> Iterator[Translation]:
    """Give what else a word, or the phrase that it stands in, is called."""
    for each in called:
        if word.terms and each.asked.issuperset(word.terms):
            yield from (
                Translation(form.text, form.terms, max(form.weight, CALLED)) for form in each.forms
            )


def _forms(called: Called) -> Iterator[tuple[str, ...]]:
    yield tuple(called.asked)
    yield from (form.terms for form in called.forms)


def bag_of(text: str) -> Counter[str]:
    """Count the terms of a text."""
    return Counter(terms(text))


def _holds(bag: Counter[str], needed: Sequence[str]) -> bool:
    for term in needed:
        if term not in bag:
            return False
    return bool(needed)


def _count(bag: Counter[str], needed: Sequence[str]) -> int:
    least = 0
    for term in needed:
        count = bag.get(term, 0)
        if not count:
            return 0
        least = min(least, count) if least else count
    return least
