"""A query, understood: what each retriever looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.expansion import Translator, Word, expanded_scores
from index.lexical import LexicalIndex, Scores
from index.synonyms import Named, SynonymTable, named_score
from index.text import terms, to_traditional
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
    names: tuple[Named, ...]
    words: tuple[Word, ...]
    vector: Vectors


def understand(
    text: str, encoder: Encoder, translator: Translator | None, table: SynonymTable
) -> Query:
    """Read a query, Simplified Chinese or not, in any language."""
    split = table.split(to_traditional(text))
    return Query(
        terms=tuple(terms(split.rest)),
        names=split.named,
        words=translator.words(split.rest) if translator is not None else (),
        vector=encoder.encode_queries([split.canonical])[0],
    )


def lexical_scores(query: Query, lexical: LexicalIndex) -> Scores:
    """Score every passage by the query's terms and names."""
    scores: Scores = lexical.get_scores(query.terms)
    for name in query.names:
        scores += named_score(lexical, name)
    return scores


def expansion_scores(query: Query, lexical: LexicalIndex) -> Scores:
    """Score every passage by the translations of the query's words."""
    return expanded_scores(lexical, query.words)


def reach(query: Query, lexical: LexicalIndex) -> float:
    """Give the share of the query's idf mass that the corpus holds at all, without translations."""
    known = [lexical.postings(term) is not None for term in query.terms]
    masses = [lexical.idf_of(term) for term in query.terms]
    names = len(query.names) * lexical.idf_at(1)
    total = sum(masses) + names
    return (_sum_where(masses, known) + names) / total if total else 0.0


class TextMatcher:
    """Scores single texts, which need not be indexed, with the idf of an index."""

    def __init__(self, query: Query, lexical: LexicalIndex) -> None:
        self._query = query
        self._lexical = lexical
        self._term_idf = {term: lexical.idf_of(term) for term in query.terms}
        self._name_idf = [_name_idf(name, lexical) for name in query.names]
        self._words = [(word, *_word_mass(word, lexical)) for word in query.words]
        self._translation_idf = {
            translation: lexical.idf_at(_frequency(lexical, translation.terms))
            for word in query.words
            for translation in word.translations
        }

    def lexical(self, bag: Counter[str]) -> float:
        """Score a text, given as its terms, by the query's terms and names."""
        length = bag.total()
        score = sum(
            self._term_idf[term] * self._lexical.saturation_at(bag[term], length)
            for term in self._query.terms
            if bag[term]
        )
        for name, idf in zip(self._query.names, self._name_idf, strict=True):
            count = max(_count(bag, form) for form in name.terms)
            score += idf * self._lexical.saturation_at(count, length) if count else 0.0
        return score

    def expansion(self, bag: Counter[str]) -> float:
        """Score a text by the translations of the query's words."""
        length = bag.total()
        score = 0.0
        for word in self._query.words:
            best = 0.0
            for translation in word.translations:
                count = _count(bag, translation.terms)
                if count:
                    saturation = self._lexical.saturation_at(count, length)
                    idf = self._translation_idf[translation]
                    best = max(best, translation.weight * idf * saturation)
            score += word.weight * best
        return score

    def coverage(self, bag: Counter[str]) -> float:
        """Give the share of the query's mass that a text holds, translations by their weight.

        The mass of a word is its idf times the length of its vector, which is short for words that
        tell passages apart badly (which, 有).
        """
        held, total = 0.0, 0.0
        for name, idf in zip(self._query.names, self._name_idf, strict=True):
            total += idf
            held += idf if any(_count(bag, form) for form in name.terms) else 0.0
        for word, mass, idfs in self._words:
            total += mass
            own = _sum_where(idfs, [bool(bag[term]) for term in word.terms]) / (sum(idfs) or 1.0)
            translated = max(
                (t.weight for t in word.translations if _count(bag, t.terms)), default=0.0
            )
            held += mass * max(own, translated)
        return held / total if total else 0.0

    def matches(self, bag: Counter[str]) -> Iterator[Match]:
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


def _count(bag: Counter[str], needed: Sequence[str]) -> int:
    return min((bag[term] for term in needed), default=0)


def _frequency(lexical: LexicalIndex, phrase: Sequence[str]) -> int:
    postings = lexical.phrase(phrase)
    return 0 if postings is None else len(postings)


def _name_idf(name: Named, lexical: LexicalIndex) -> float:
    from index.synonyms import NAME_WEIGHT

    found = [p.rows for form in name.terms if (p := lexical.phrase(form)) is not None]
    frequency = len(np.unique(np.concatenate(found))) if found else 0
    return NAME_WEIGHT * lexical.idf_at(frequency)


def _word_mass(word: Word, lexical: LexicalIndex) -> tuple[float, list[float]]:
    idfs = [max(0.0, lexical.idf_of(term)) for term in word.terms]
    mean = sum(idfs) / len(idfs) if idfs else 0.0
    return word.weight * mean, idfs


def _sum_where(values: Sequence[float], chosen: Sequence[bool]) -> float:
    return sum(value for value, keep in zip(values, chosen, strict=True) if keep)
