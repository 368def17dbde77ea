"""A query, understood: what each retriever looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.expansion import Translator, Word, translated, translated_share
from index.fusion import WEIGHTS, Weights
from index.lexical import LexicalIndex, Scores
from index.synonyms import Named, SynonymTable, name_idf, named_score
from index.text import query_terms, to_traditional
from index.types import Encoder, Vectors


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the query, and how a text holds it: as itself, a synonym or a translation."""

    word: str
    found: str
    weight: float
    """1 for the word itself or another of its names; for a translation its nearness."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: terms, names with all their forms, words with translations, a vector."""

    terms: tuple[str, ...]
    lengths: tuple[float, ...]
    """Of each term: the length of the vector of the word that it is part of, 1 for the usual."""
    names: tuple[Named, ...]
    words: tuple[Word, ...]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Parts:
    """What is matched of a query in every passage, by row."""

    lexical: Scores
    """BM25 of the terms and names."""
    own: Scores
    """The same with each term weighted by the length of its word's vector."""
    translated: Scores
    """BM25 of the words' best translations."""
    across: float
    """Share of the query that the passages have in the other language."""

    def matches(self, weights: Weights = WEIGHTS) -> Scores:
        """Give BM25 in both languages.

        Both parts are in one unit and add up. Standardising them apart would make much of the
        little that one of the two finds.
        """
        total: Scores = self.own + weights.translation * self.translated
        return total


def understand(
    text: str, encoder: Encoder, translator: Translator | None, table: SynonymTable
) -> Query:
    """Read a query, Simplified Chinese or not, in any language."""
    split = table.split(to_traditional(text))
    found = tuple(query_terms(split.rest))
    words = translator.words(split.rest) if translator is not None else ()
    lengths = {term: word.weight for word in words for term in word.terms}
    return Query(
        terms=found,
        lengths=tuple(lengths.get(term, 1.0) for term in found),
        names=split.named,
        words=words,
        vector=encoder.encode_queries([split.canonical])[0],
    )


def lexical_scores(query: Query, lexical: LexicalIndex) -> Scores:
    """Score every passage by the query's terms and names."""
    scores: Scores = lexical.get_scores(query.terms)
    for name in query.names:
        scores += named_score(lexical, name)
    return scores


def parts(query: Query, lexical: LexicalIndex, weights: Weights = WEIGHTS) -> Parts:
    """Score every passage by all that can be matched."""
    factors = [length**weights.length_power for length in query.lengths]
    plain, own = lexical.weighted_scores(query.terms, factors)
    for name in query.names:
        gains = named_score(lexical, name)
        plain += gains
        own += gains
    found = translated(lexical, query.words)
    return Parts(plain, own, found.scores, found.share)


class TextMatcher:
    """Scores single texts, which need not be indexed, with the idf of an index."""

    def __init__(self, query: Query, lexical: LexicalIndex) -> None:
        self._query = query
        self._lexical = lexical
        self._term_idf = {term: lexical.idf_of(term) for term in query.terms}
        self._name_idf = [name_idf(lexical, name) for name in query.names]
        self._masses = [_mass(word, lexical) for word in query.words]
        self._shares = [translated_share(lexical, word) for word in query.words]
        self._translation_idf = {
            translation: lexical.idf_at(lexical.frequency(translation.terms))
            for word in query.words
            for translation in word.translations
        }

    def lexical(self, bag: Counter[str]) -> float:
        """Score a text, given as its terms, by the query's terms and names."""
        return self._own(bag, [1.0] * len(self._query.terms))

    def matches(self, bag: Counter[str]) -> float:
        """Score a text by all that can be matched, as ``Parts.matches`` does."""
        own = self._own(bag, [length**WEIGHTS.length_power for length in self._query.lengths])
        return own + WEIGHTS.translation * self._translated(bag)

    def coverage(self, bag: Counter[str]) -> float:
        """Give the share of the query's mass that a text holds, translations by their nearness.

        The mass of a word is the mean idf of its terms times its weight.
        """
        held, total = 0.0, 0.0
        for name, idf in zip(self._query.names, self._name_idf, strict=True):
            total += idf
            held += idf if any(_count(bag, form) for form in name.terms) else 0.0
        for word, mass in zip(self._query.words, self._masses, strict=True):
            total += mass
            held += mass * max(self._own_share(word, bag), _best_translation(word, bag))
        return held / total if total else 0.0

    def explain(self, bag: Counter[str]) -> Iterator[Match]:
        """Tell which words a text holds, and how."""
        for name in self._query.names:
            for form, form_terms in zip(name.forms, name.terms, strict=True):
                if _count(bag, form_terms):
                    yield Match(name.surface, form, 1.0)
        for word in self._query.words:
            if word.terms and _count(bag, word.terms):
                yield Match(word.surface, word.surface, 1.0)
                continue
            for translation in word.translations:
                if _count(bag, translation.terms):
                    yield Match(word.surface, translation.word, translation.weight)

    def _own(self, bag: Counter[str], weights: Sequence[float]) -> float:
        length = bag.total()
        score = sum(
            weight * self._term_idf[term] * self._lexical.saturation_at(bag[term], length)
            for term, weight in zip(self._query.terms, weights, strict=True)
            if bag[term]
        )
        for name, idf in zip(self._query.names, self._name_idf, strict=True):
            count = max(_count(bag, form) for form in name.terms)
            score += idf * self._lexical.saturation_at(count, length) if count else 0.0
        return score

    def _translated(self, bag: Counter[str]) -> float:
        length = bag.total()
        score = 0.0
        for word, share in zip(self._query.words, self._shares, strict=True):
            gains = (
                translation.weight
                * self._translation_idf[translation]
                * self._lexical.saturation_at(count, length)
                for translation in word.translations
                if (count := _count(bag, translation.terms))
            )
            score += word.weight * share * max(gains, default=0.0)
        return score

    def _own_share(self, word: Word, bag: Counter[str]) -> float:
        idfs = [(term, self._lexical.idf_of(term)) for term in word.terms]
        total = sum(idf for _, idf in idfs)
        return sum(idf for term, idf in idfs if bag[term]) / total if total > 0 else 0.0


def _best_translation(word: Word, bag: Counter[str]) -> float:
    found = (t.weight for t in word.translations if _count(bag, t.terms))
    return max(found, default=0.0)


def _mass(word: Word, lexical: LexicalIndex) -> float:
    idfs = [max(0.0, lexical.idf_of(term)) for term in word.terms]
    return word.weight * sum(idfs) / len(idfs) if idfs else 0.0


def _count(bag: Counter[str], needed: Sequence[str]) -> int:
    return min((bag[term] for term in needed), default=0)
