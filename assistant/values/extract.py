"""From the sentences that answer to the values that they answer with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Evidence
from assistant.names import years_in
from assistant.types import Kind, Language, Question
from assistant.values.asked import Asked
from assistant.values.candidate import Candidate
from assistant.values.clauses import listed_with
from assistant.values.definitions import find_definitions
from assistant.values.disagreement import Told, disagreement
from assistant.values.parts import read_parts
from assistant.values.polarity import find_polarity
from assistant.values.ranking import WEIGHTS, Passage, Ranked, best_clause, passages, ranked
from assistant.values.read import candidates, values_in
from corpus.metadata import report_year
from index.retriever import Index

SAME_VALUES = 0.6
"""A sentence that names so much of the best one's values, and little else, tells of the same."""
# So many names together tell what is spoken of; one alone stands in sentences about anything.
_TELLING = 3
# Sentences that give values, from the best one down, and how near to it they must be.
_READ = 10
_LEAST_SHARE = 0.4
# And as many of each of the years that a question sets side by side.
_READ_OF_YEAR = 3
# A number of fewer digits may be found anywhere by chance.
_LEAST_DIGITS = 3
# How much the likelihood of a sentence counts beside how well its value answers.
_LIKELY = 8.0
# Where several values are asked for: how far below the best one another may be.
_FURTHER = 2.0
# The same, where the question tells how many it asks for and fewer were found.
_FURTHER_COUNTED = 4.5
# How much a sentence gains that gives as many values as are asked for, or more than one.
_AS_MANY = 1.5
_GOES_ON = re.compile(r"\s?(?:[，,]\s?)?(?:則|均|都|皆|彼此|並不|並未|也|亦|仍|尚)")
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


def asks_for_value(kind: Kind) -> bool:
    """Tell whether a question of this kind has a value for its answer."""
    return kind in _VALUED


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value with the pieces of evidence that name it, best first."""

    text: str
    kind: Kind
    evidence: tuple[Evidence, ...]
    score: float = 0.0
    """How well it answers, as ``ranking.WEIGHTS`` weighs it: about 0 to 10."""
    differs: tuple[str, ...] = ()
    """How reports disagree of it, each as it says: the dates up to which each counts the same
    number, or the other number of which another report tells the same; () where they agree."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one sentence answers with."""

    passage: Passage
    kind: Kind
    candidates: tuple[Candidate, ...]
    score: float
    """How well they answer."""


def extract(index: Index, question: Question, evidence: Sequence[Evidence]) -> list[FoundValue]:
    """Read the values that the best sentences answer with; those that agree become one.

    A further sentence counts when it names the values that the best one names. A question that
    sets years side by side is answered from the reports of each year.
    """
    if not evidence:
        return []
    kept: list[_Reading] = []
    for part in read_parts(question):
        # What answers one part of a question does not answer the next.
        found = frozenset(c.key for reading in kept for c in reading.candidates)
        kept += _answering(index, question, replace(part, named=part.named | found), evidence)
    return _merged(kept + _also_told(index, kept, evidence), question.language)


def _answering(
    index: Index, question: Question, asked: Asked, evidence: Sequence[Evidence]
) -> list[_Reading]:
    """Give the readings that answer a part of a question."""
    if not asked.kinds:
        return []
    near = _near(index, asked, evidence)
    read = [_read(asked, p) for p in passages(index, question, asked, near)]
    readings = [r for r in read if r is not None]
    kept: list[_Reading] = []
    for part in _by_year(index, asked, readings):
        # What one year is answered with, a person or an economy, the others are too.
        same = [r for r in part if not kept or r.kind is kept[0].kind]
        kept += _agreeing(asked, same or part)
    return kept


def _near(index: Index, asked: Asked, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Give the sentences that are read, best first.

    They are the best, those that name the best one's values, and the best of each year asked.
    """
    of_year: Counter[int] = Counter()
    near = []
    telling = len(values_in(asked.kinds[0], evidence[0].text)) >= _TELLING
    for at, each in enumerate(evidence):
        years = [year for year in asked.years if _tells_of(index, each, year)]
        of_year.update(years)
        if (
            (at < _READ and each.likely >= _LEAST_SHARE * evidence[0].likely)
            or (asked.many and telling and each.signals.same_values >= SAME_VALUES)
            or any(of_year[year] <= _READ_OF_YEAR for year in years)
        ):
            near.append(each)
    return near


def _year(index: Index, evidence: Evidence) -> int | None:
    return report_year(index.report(evidence.hit.chunk.report_id))


def _tells_of(index: Index, evidence: Evidence, year: int) -> bool:
    """Tell whether a sentence names a year, or its report is of it."""
    return year == _year(index, evidence) or year in years_in(evidence.text)


def _by_year(index: Index, asked: Asked, readings: Sequence[_Reading]) -> list[list[_Reading]]:
    """Part readings by the years that a question asks about, if their reports tell them."""
    parts = [
        [r for r in readings if _tells_of(index, r.passage.evidence, year)] for year in asked.years
    ]
    told = [part for part in parts if part]
    return told if len(told) > 1 or len(told) == len(asked.years) > 0 else [list(readings)]


def _agreeing(asked: Asked, readings: Sequence[_Reading]) -> list[_Reading]:
    """Give the reading that answers best, first, and those that answer with the same values."""
    if not readings:
        return []
    first = max(readings, key=lambda r: _worth(asked, r))
    wanted = {c.key for c in first.candidates}
    kept = [first]
    for reading in readings:
        keys = {c.key for c in reading.candidates}
        shared = len(keys & wanted)
        alike = 2 * shared >= len(keys) and 2 * shared >= len(wanted)
        if reading is first or reading.kind is not first.kind or not shared:
            continue
        if keys <= wanted or (asked.many and alike and asked.count is None):
            kept.append(reading)
    return kept + _others(asked, first, readings)


def _others(asked: Asked, first: _Reading, readings: Sequence[_Reading]) -> list[_Reading]:
    """Give readings of the same report for the values that are asked for beyond the first's.

    The persons of a cover stand on a line each.
    """
    report = first.passage.evidence.hit.chunk.report_id
    held = {c.key for c in first.candidates}
    least = _worth(asked, first) - _FURTHER_COUNTED
    found: list[_Reading] = []
    for reading in sorted(readings, key=lambda r: -_worth(asked, r)):
        fresh = tuple(c for c in reading.candidates if c.key not in held)
        if (
            len(held) < (asked.count or 0)
            and fresh
            and len(fresh) <= (asked.count or 0) - len(held)
            and reading.kind is first.kind
            and reading.passage.evidence.hit.chunk.report_id == report
            and _worth(asked, reading) >= least
        ):
            held.update(c.key for c in fresh)
            found.append(replace(reading, candidates=fresh))
    return found


def _worth(asked: Asked, reading: _Reading) -> float:
    """Weigh how well a reading answers, how likely its sentence, and whether it gives enough."""
    given = len(reading.candidates)
    enough = given == asked.count if asked.count else asked.plural and given > 1
    return reading.score + _LIKELY * reading.passage.evidence.likely + _AS_MANY * float(enough)


def _read(asked: Asked, passage: Passage) -> _Reading | None:
    """Read the values that a passage answers with."""
    if Kind.YES_NO in asked.kinds:
        at = best_clause(asked, passage)
        found = find_polarity(_with_predicate(passage, at), asked.text, passage.text)
        return _Reading(passage, Kind.YES_NO, found, WEIGHTS.own * passage.told[at])
    if Kind.DEFINITION in asked.kinds:
        names = find_definitions(passage.text, asked.text)
        return _Reading(passage, Kind.DEFINITION, names, 0.0) if names else None
    order = ranked(asked, passage)
    if not order:
        return None
    chosen = _chosen(asked, passage, order)
    distinct = {c.key: c for c in reversed(chosen)}
    values = tuple(sorted(distinct.values(), key=lambda c: c.start))
    return _Reading(passage, order[0].kind, values, order[0].score)


def _with_predicate(passage: Passage, at: int) -> str:
    """Give a clause with the next one, where that goes on saying of the same: 則不是主要的問題."""
    clause = passage.clauses[at]
    behind = passage.clauses[at + 1 : at + 2]
    if behind and _GOES_ON.match(passage.text, behind[0].start):
        return passage.text[clause.start : behind[0].end]
    return passage.text[clause.start : clause.end]


def _chosen(asked: Asked, passage: Passage, order: Sequence[Ranked]) -> list[Candidate]:
    """Give the best value with its list, and further ones where several are asked for."""
    best = order[0]
    every = candidates(best.kind, passage.text, passage.year)
    alone = best.kind is Kind.PERSON and not (asked.many or asked.several)
    if alone or asked.count == 1 or (best.kind is Kind.NUMBER and not asked.several):
        chosen = [best.candidate]
    else:
        chosen = listed_with(best.candidate, every, passage.text)
    if best.kind in (Kind.ECONOMIES, Kind.ORGANISATIONS, Kind.PERSON, Kind.WHERE):
        chosen = [c for c in chosen if not asked.names(best.kind, c)]
    if asked.count is not None:
        further = [
            each.candidate
            for each in order[1:]
            if each.kind is best.kind
            and each.score >= best.score - _FURTHER_COUNTED
            and each.candidate.key not in {c.key for c in chosen}
        ]
        fresh = list({c.key: c for c in reversed(further)}.values())[::-1]
        chosen += fresh[: max(0, asked.count - len({c.key for c in chosen}))]
    elif asked.several:
        chosen += [
            each.candidate
            for each in order[1:]
            if each.kind is best.kind and each.score >= best.score - _FURTHER
        ]
    return chosen


def _also_told(
    index: Index, kept: Sequence[_Reading], evidence: Sequence[Evidence]
) -> list[_Reading]:
    """Read where other reports tell of a large number that was found, for other times perhaps."""
    found: list[_Reading] = []
    for reading in kept:
        if reading.kind is not Kind.NUMBER:
            continue
        keys = {c.key for c in reading.candidates if sum(map(str.isdigit, c.key)) >= _LEAST_DIGITS}
        told = {r.passage.evidence.hit.chunk.report_id for r in (*kept, *found)}
        for each in evidence:
            if not keys or each.hit.chunk.report_id in told:
                continue
            text = each.text
            same = tuple(c for c in candidates(Kind.NUMBER, text) if c.key in keys)
            if same:
                passage = Passage(each, text, _year(index, each), (), (), (), ())
                found.append(_Reading(passage, Kind.NUMBER, same, 0.0))
                told.add(each.hit.chunk.report_id)
    return found


def _merged(readings: Sequence[_Reading], language: Language) -> list[FoundValue]:
    """Make one value of those with the same key, with all evidence, and how reports disagree."""
    held: dict[str, list[tuple[Candidate, _Reading]]] = {}
    for reading in readings:
        for candidate in reading.candidates:
            held.setdefault(candidate.key, []).append((candidate, reading))
    return [_value(told, language) for told in held.values()]


def _value(told: Sequence[tuple[Candidate, _Reading]], language: Language) -> FoundValue:
    first, reading = told[0]
    passages_told = [(c, r.passage) for c, r in told]
    differs = (
        disagreement(
            [Told(p.evidence.hit.chunk.report_id, p.text, c, p.year) for c, p in passages_told]
        )
        if reading.kind is Kind.NUMBER
        else ()
    )
    return FoundValue(
        first.zh if language is Language.ZH else first.en,
        reading.kind,
        tuple(p.evidence for _, p in passages_told),
        reading.score,
        differs,
    )
