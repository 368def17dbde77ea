"""Names in a query that stand for the same thing as other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.glossary import Synonyms
from index.lexical import LexicalIndex, Scores
from index.text import fold, has_han, phrase_terms

NAME_WEIGHT = 3.0
"""What a name counts, in terms."""

_ALSO_ENGLISH = re.compile(
    "a|all|am|an|and|any|are|as|at|be|but|by|can|do|for|from|go|had|has|he|her|him|his|how|i|if|in|"
    "is|it|its|may|me|my|no|not|of|on|one|or|our|out|see|she|so|some|star|than|that|the|them|they|"
    "this|tip|to|two|up|us|was|we|what|when|who|why|will|with|you|your"
)
"""Words that are somebody's acronym as well: only capitals make them one."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a query, and the other names of the same thing."""

    surface: str
    forms: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]
    """Of each form: the terms that a passage must hold, all of them."""


@dataclass(frozen=True, slots=True)
class Split:
    """A query taken apart: the names in it, what is left, and one wording for all of its forms."""

    named: tuple[Named, ...]
    rest: str
    canonical: str
    """The query with each name in one of its forms: the same whichever form was used."""


class SynonymTable:
    """Finds names in queries, the longest first."""

    def __init__(self, synonyms: Iterable[Synonyms]) -> None:
        self._groups: dict[str, Synonyms] = {}
        for group in synonyms:
            for form in group.forms:
                self._groups.setdefault(fold(form), group)
        self._longest_first = sorted(self._groups, key=lambda form: (-len(form), form))

    def split(self, query: str) -> Split:
        """Take the names out of a query."""
        folded = fold(query)
        if len(folded) != len(query):
            query = folded
        named: dict[int, tuple[int, Named]] = {}
        taken = bytearray(len(folded))
        for form in self._longest_first:
            if form not in folded:
                continue
            for match in re.finditer(_pattern(form), folded):
                start, end = match.span()
                surface = query[start:end]
                if any(taken[start:end]) or (
                    _ALSO_ENGLISH.fullmatch(form) and not surface.isupper()
                ):
                    continue
                taken[start:end] = b"\1" * (end - start)
                forms = self._groups[form].forms
                named[start] = (end, Named(surface, forms, tuple(map(phrase_terms, forms))))
        return _assemble(query, named)


def named_score(lexical: LexicalIndex, named: Named) -> Scores:
    """Score every passage by a name: its forms are one term, as frequent as the most frequent."""
    best = np.zeros(len(lexical))
    for form in named.terms:
        postings = lexical.phrase(form)
        if postings is not None:
            best[postings.rows] = np.maximum(best[postings.rows], lexical.saturation(postings))
    return NAME_WEIGHT * lexical.idf_at(int((best > 0).sum())) * best


def name_idf(lexical: LexicalIndex, named: Named) -> float:
    """Give what a name counts before the length of the passage does."""
    found = [postings.rows for form in named.terms if (postings := lexical.phrase(form))]
    frequency = len(np.unique(np.concatenate(found))) if found else 0
    return NAME_WEIGHT * lexical.idf_at(frequency)


def _pattern(form: str) -> str:
    if has_han(form):
        return re.escape(form)
    spaced = r"\s+".join(map(re.escape, form.split()))
    return rf"(?<![a-z0-9]){spaced}(?:s|'s|’s)?(?![a-z0-9])"


def _assemble(query: str, named: dict[int, tuple[int, Named]]) -> Split:
    rest, canonical, at = [], [], 0
    for start in sorted(named):
        end, name = named[start]
        rest.append(query[at:start])
        canonical += [query[at:start], _usual_form(name)]
        at = end
    return Split(
        tuple(_distinct(named[start][1] for start in sorted(named))),
        " ".join([*rest, query[at:]]),
        " ".join(" ".join([*canonical, query[at:]]).split()) if named else query,
    )


def _usual_form(name: Named) -> str:
    """Give the shortest Chinese form, or else the longest: acronyms mean little to an encoder."""
    chinese = [form for form in name.forms if has_han(form)]
    return min(chinese, key=len) if chinese else max(name.forms, key=len)


def _distinct(names: Iterable[Named]) -> Sequence[Named]:
    return list({name.forms: name for name in names}.values())
