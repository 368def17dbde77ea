"""From the sentences that answer to the values that they answer with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.types import Kind, Language, Question
from assistant.values.asked import Asked, read_question
from assistant.values.candidate import Candidate
from assistant.values.clauses import listed_with
from assistant.values.definitions import find_definitions
from assistant.values.polarity import find_polarity
from assistant.values.ranking import WEIGHTS, Passage, Ranked, best_clause, passages, ranked
from assistant.values.read import candidates
from index.retriever import Index

SAME_VALUES = 0.6
"""A sentence that names so much of the best one's values, and little else, tells of the same."""
# Sentences that give values, from the best one down, and how near to it they must be.
_READ = 6
_LEAST_SHARE = 0.55
# How much the likelihood of a sentence counts beside how well its value answers.
_LIKELY = 4.0
_GOES_ON = re.compile(r"\s?(?:[，,]\s?)?(?:則|均|都|皆|彼此|並不|並未|也|亦|仍|尚)")
# Where several values are asked for: how far below the best one another may be.
_FURTHER = 2.0


def asks_for_value(kind: Kind) -> bool:
    """Tell whether a question of this kind has a value for its answer."""
    return kind in _VALUED


_VALUED = frozenset(
    {
        Kind.ECONOMIES,
        Kind.ORGANISATIONS,
        Kind.PERSON,
        Kind.WHEN,
        Kind.NUMBER,
        Kind.WHERE,
        Kind.YES_NO,
    }
)


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value with the pieces of evidence that name it, best first."""

    text: str
    kind: Kind
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one sentence answers with."""

    evidence: Evidence
    kind: Kind
    candidates: tuple[Candidate, ...]
    score: float
    """How well they answer."""


def extract(index: Index, question: Question, evidence: Sequence[Evidence]) -> list[FoundValue]:
    """Read the values that the best sentences answer with; those that agree become one.

    A further sentence counts when it names a value that the best one names, when it stands in
    another report, or when the question asks for all there are.
    """
    asked = read_question(question)
    if not asked.kinds or not evidence:
        return []
    near = [
        e
        for at, e in enumerate(evidence)
        if (at < _READ and e.likely >= _LEAST_SHARE * evidence[0].likely)
        or (asked.many and e.signals.same_values >= SAME_VALUES)
    ]
    readings = [
        r for p in passages(index, question, asked, near) if (r := _read(asked, p)) is not None
    ]
    if not readings:
        return []
    first = max(readings, key=lambda r: r.score + _LIKELY * r.evidence.likely)
    wanted = {c.key for c in first.candidates}
    kept = [first]
    for reading in readings:
        if reading is first:
            continue
        keys = {c.key for c in reading.candidates}
        same_kind = reading.kind is first.kind
        shared = len(keys & wanted)
        alike = 2 * shared >= len(keys) and 2 * shared >= len(wanted)
        if same_kind and shared and (keys <= wanted or (asked.many and alike)):
            kept.append(reading)
    return _merged(kept, question.language)


def _read(asked: Asked, passage: Passage) -> _Reading | None:
    """Read the values that a passage answers with."""
    evidence = passage.evidence
    if Kind.YES_NO in asked.kinds:
        at = best_clause(asked, passage)
        found = find_polarity(_with_predicate(passage, at), asked.text, passage.text)
        return _Reading(evidence, Kind.YES_NO, found, WEIGHTS.own * passage.told[at])
    if Kind.DEFINITION in asked.kinds:
        names = find_definitions(passage.text, asked.text)
        return _Reading(evidence, Kind.DEFINITION, names, 0.0) if names else None
    order = ranked(asked, passage)
    if not order:
        return None
    chosen = _chosen(asked, passage, order)
    distinct = {c.key: c for c in reversed(chosen)}
    values = tuple(sorted(distinct.values(), key=lambda c: c.start))
    return _Reading(evidence, order[0].kind, values, order[0].score)


def _with_predicate(passage: Passage, at: int) -> str:
    """Give a clause with the next one, where that goes on saying of the same: 則不是主要的問題."""
    clause = passage.clauses[at]
    behind = passage.clauses[at + 1 : at + 2]
    if behind and _GOES_ON.match(passage.text, behind[0].start):
        return passage.text[clause.start : behind[0].end]
    return passage.text[clause.start : clause.end]


def _chosen(asked: Asked, passage: Passage, order: Sequence[Ranked]) -> list[Candidate]:
    """Give the best value with the list that it stands in, and further ones where several are asked."""
    best = order[0]
    every = candidates(best.kind, passage.text, passage.year)
    alone = best.kind is Kind.PERSON and not (asked.many or asked.several)
    if alone or (best.kind is Kind.NUMBER and not asked.several):
        chosen = [best.candidate]
    else:
        chosen = listed_with(best.candidate, every, passage.text)
    if best.kind in (Kind.ORGANISATIONS, Kind.PERSON, Kind.WHERE):
        chosen = [c for c in chosen if not asked.names(best.kind, c)]
    if asked.several:
        chosen += [
            each.candidate
            for each in order[1:]
            if each.kind is best.kind and each.score >= best.score - _FURTHER
        ]
    return chosen


def _merged(readings: Sequence[_Reading], language: Language) -> list[FoundValue]:
    values: dict[str, tuple[Candidate, Kind, list[Evidence]]] = {}
    for reading in readings:
        for candidate in reading.candidates:
            held = values.setdefault(candidate.key, (candidate, reading.kind, []))
            held[2].append(reading.evidence)
    return [
        FoundValue(c.zh if language is Language.ZH else c.en, kind, tuple(evidence))
        for c, kind, evidence in values.values()
    ]
