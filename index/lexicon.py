"""Words of the field in two languages: what else the reports may call what a query names.

The list, ``lexicon.txt``, holds a line for each thing: its words and phrases in English and
Chinese, the usual ones first. It adds to what the translation table knows, which was learnt from
laws and dictionaries, and it knows phrases (terms of reference, 組織章程), which the table does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from corpus.places import CITIES, COUNTRIES
from index.lexical import LexicalIndex, Scores
from index.text import HAN_RUN, fold, has_han, phrase_terms, terms

LEXICON = Path(__file__).parent / "lexicon.txt"
WEIGHT = 1.2
"""What another word for a query's word counts, in terms. R@5 of the passages found, with 1.2, 2, 3
and 4: on the tuning questions over the sample reports .886, .884, .894, .888; on 88 questions over
five real reports .846, .851, .854, .860. R@10 of 400 English sentences among 214,012 law articles,
which are of another field, with 0, 1.2, 2 and 3: .750, .743, .730, .718."""
SAME_LANGUAGE = 0.5
"""What a word of the query's own language counts against one of the other's."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word or phrase that stands for one of a query: the terms that a passage must hold."""

    text: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Called:
    """A word or phrase of a query, as its terms, and what else it is called."""

    asked: frozenset[str]
    forms: tuple[Form, ...]


class Lexicon:
    """Finds in a query the words of the field, the longest first."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Read lines of forms parted by ``|``; those that begin with # are skipped."""
        self._forms: dict[Sequence[str], dict[str, None]] = {}
        for line in lines:
            forms = [form.strip() for form in line.split("|") if not line.startswith("#")]
            for form in forms:
                known = self._forms.setdefault(_key(form), {})
                known.update(dict.fromkeys(other for other in forms if other != form))
        self._longest = max(map(len, self._forms), default=0)

    def find(self, query: str) -> tuple[Called, ...]:
        """Give the words and phrases of a query that the lexicon has, in order, each once.

        English is looked up word by word, in any inflection; Chinese, which has no words to go by,
        character by character.
        """
        runs = re.split(f"({HAN_RUN.pattern})", fold(query))
        found = (each for run in runs for each in self._find(_key(run)))
        return tuple(dict.fromkeys(found))

    def _find(self, asked: Sequence[str]) -> Iterator[Called]:
        at = 0
        while at < len(asked):
            for length in range(min(self._longest, len(asked) - at), 0, -1):
                key = asked[at : at + length]
                if forms := self._forms.get(key):
                    words = terms(key) if isinstance(key, str) else key
                    chinese = isinstance(key, str)
                    yield Called(frozenset(words), tuple(_form(form, chinese) for form in forms))
                    at += length
                    break
            else:
                at += 1


def _key(text: str) -> Sequence[str]:
    """Give what a text is looked up by: Chinese itself, English the terms of its words."""
    return fold(text) if has_han(text) else tuple(terms(text))


def _form(text: str, chinese: bool) -> Form:
    across = has_han(text) is not chinese
    return Form(text, phrase_terms(text), 1.0 if across else SAME_LANGUAGE)


def called_scores(called: Iterable[Called], lexical: LexicalIndex) -> Scores:
    """Score every passage by what the words of a query are called: the best form of each counts."""
    scores = np.zeros(len(lexical))
    for word in called:
        best = np.zeros(len(lexical))
        for form in word.forms:
            postings = lexical.phrase(form.terms)
            if postings is not None:
                found = form.weight * lexical.saturation(postings)
                best[postings.rows] = np.maximum(best[postings.rows], found)
        scores += WEIGHT * lexical.idf_at(int((best > 0).sum())) * best
    return scores


def called_idf(called: Called, lexical: LexicalIndex) -> float:
    """Give what a word counts before the length of the passage does."""
    found = [each.rows for form in called.forms if (each := lexical.phrase(form.terms))]
    return WEIGHT * lexical.idf_at(len(np.unique(np.concatenate(found))) if found else 0)


@cache
def field_lexicon() -> Lexicon:
    """Read the lexicon that comes with Attaché, and the names of places."""
    places = (f"{en} | {zh}" for zh, en in (*COUNTRIES, *CITIES))
    return Lexicon([*LEXICON.read_text(encoding="utf-8").splitlines(), *places])
