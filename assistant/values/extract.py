"""From the sentences that answer to the values that they answer with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.types import Kind, Language, Question
from assistant.values.candidate import Candidate
from assistant.values.clauses import Anchor, anchors, clause_breaks, listed_with, nearness
from assistant.values.definitions import find_definitions
from assistant.values.numbers import unit_asked
from assistant.values.polarity import find_polarity
from assistant.values.read import OWN, candidates
from corpus.gazetteer import economy_named
from corpus.metadata import report_year
from index.retriever import Index
from index.text import has_han, to_traditional

# A question of who may be answered by a person, an economy or a body: the first that is there.
_READ_AS = {
    Kind.ECONOMIES: (Kind.ECONOMIES,),
    Kind.ORGANISATIONS: (Kind.ORGANISATIONS,),
    Kind.PERSON: (Kind.PERSON, Kind.ECONOMIES, Kind.ORGANISATIONS),
    Kind.WHEN: (Kind.WHEN,),
    Kind.NUMBER: (Kind.NUMBER,),
    Kind.WHERE: (Kind.WHERE,),
    Kind.YES_NO: (Kind.YES_NO,),
    Kind.DEFINITION: (Kind.DEFINITION,),
}
SAME_VALUES = 0.6
"""A sentence that names so much of the best one's values, and little else, tells of the same."""
# Kinds that ask for all there are; the others ask for the one.
_MANY = frozenset({Kind.ECONOMIES, Kind.ORGANISATIONS})
# How much nearer a value of a second kind must stand to be taken before one of the first.
_CLEARLY = 1.2
# Sentences that give values, from the best one down, and how near to it they must be.
_READ = 6
_LEAST_SHARE = 0.55
_ASKED_NUMBER = re.compile(r"(?:多少|幾)\s*[個位名件張份次項場座條家艘組國人天年成%]?")
_SEVERAL = re.compile(r"分別|哪些|哪幾|\b(cities|venues|places|towns)\b")
# What a question names of these does not answer it; a date or a number may.
_NAMED = frozenset({Kind.ORGANISATIONS, Kind.PERSON})


def asks_for_value(kind: Kind) -> bool:
    """Tell whether a question of this kind has a value for its answer."""
    return kind in _READ_AS and kind is not Kind.DEFINITION


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


def extract(index: Index, question: Question, evidence: Sequence[Evidence]) -> list[FoundValue]:
    """Read the values that the best sentences answer with; those that agree become one.

    A further sentence counts when it names a value that the best one names, when it stands in
    another report, or when the question asks for all there are.
    """
    kinds = _READ_AS.get(question.kind, ())
    if not kinds or not evidence:
        return []
    near = [
        e
        for at, e in enumerate(evidence)
        if (at < _READ and e.likely >= _LEAST_SHARE * evidence[0].likely)
        or (question.kind in _MANY and e.signals.same_values >= SAME_VALUES)
    ]
    readings = [r for e in near if (r := _read(index, question, e, kinds)) is not None]
    if not readings:
        return []
    first = readings[0]
    wanted = {c.key for c in first.candidates}
    kept = [first]
    for reading in readings[1:]:
        keys = {c.key for c in reading.candidates}
        same_kind = reading.kind is first.kind
        if same_kind and (keys & wanted) and (keys <= wanted or question.kind in _MANY):
            kept.append(reading)
    return _merged(kept, question.language)


def _read(
    index: Index, question: Question, evidence: Evidence, kinds: Sequence[Kind]
) -> _Reading | None:
    """Read the value that stands nearest to what a sentence says of the question."""
    report = index.report(evidence.hit.chunk.report_id)
    text = report.text[evidence.start : evidence.end]
    matches = index.explain(question.query, text)
    places = anchors(text, [(m.found, m.weight * _weight(m.found)) for m in matches])
    breaks = clause_breaks(text)
    if Kind.YES_NO in kinds:
        return _Reading(evidence, Kind.YES_NO, find_polarity(_clause(text, places, breaks)))
    if Kind.DEFINITION in kinds:
        names = find_definitions(text, question.text)
        return _Reading(evidence, Kind.DEFINITION, names) if names else None
    # Of the kinds that may answer, the first, unless a value of another stands clearly nearer.
    best: tuple[float, Kind, Candidate, list[Candidate]] | None = None
    for kind in kinds:
        answering = _unasked(candidates(kind, text, report_year(report)), question, kind)
        for each in answering:
            near = nearness(each, places, breaks) + _slot(question, kind, text, each)
            margin = 1.0 if best is None or best[1] is kind else _CLEARLY
            if best is None or near > margin * best[0]:
                best = (near, kind, each, answering)
    if best is None:
        return None
    _, kind, nearest, answering = best
    if kind is Kind.NUMBER:
        chosen = [nearest]
    elif kind is Kind.WHERE and _SEVERAL.search(question.text):
        chosen = answering
    else:
        chosen = listed_with(nearest, answering, text)
    distinct = {c.key: c for c in reversed(chosen)}
    return _Reading(evidence, kind, tuple(sorted(distinct.values(), key=lambda c: c.start)))


def _weight(found: str) -> float:
    """Weigh a word that was found: a name tells most, a single character little."""
    if economy_named(found) is not None:
        return 1.5
    return min(len(found), 4) / 4 if has_han(found) else 0.8


def _clause(text: str, places: Sequence[Anchor], breaks: Sequence[int]) -> str:
    """Give the clause that holds most of the question."""
    ends = [*breaks, len(text)]
    starts = [0, *(at + 1 for at in breaks)]
    spans = list(zip(starts, ends, strict=True))
    inside = [[p.weight for p in places if a <= p.start < b] for a, b in spans]
    # Whom the question is about comes first: what is said of others does not answer it.
    start, end = spans[
        max(range(len(spans)), key=lambda at: (max(inside[at], default=0), sum(inside[at]), -at))
    ]
    return text[start:end]


def _slot(question: Question, kind: Kind, text: str, candidate: Candidate) -> float:
    """Give how far what stands around a number is what stands around 幾份 in the question."""
    if kind is not Kind.NUMBER:
        return 0.0
    asked = _ASKED_NUMBER.search(question.text)
    if asked is None:
        return 0.0
    behind = set(question.text[asked.end() : asked.end() + 10])
    before = set(question.text[max(0, asked.start() - 6) : asked.start()])
    near = len(behind & set(text[candidate.end : candidate.end + 10]))
    near += len(before & set(text[max(0, candidate.start - 6) : candidate.start]))
    unit = unit_asked(question.text)
    return 0.15 * near + (0.6 if unit and unit in candidate.zh else 0.0)


def _unasked(found: Sequence[Candidate], question: Question, kind: Kind) -> list[Candidate]:
    """Leave out what the question itself names, and what is said with less than could be."""
    asked = to_traditional(question.text)
    before = to_traditional(question.follows or "")
    named = {c.key for c in candidates(Kind.ECONOMIES, f"{asked}\n{before}")}
    if kind in _NAMED:
        named |= {c.key for c in candidates(kind, f"{asked}\n{before}")}
    left = [c for c in found if c.key not in named and c.zh not in asked]
    if kind is Kind.WHERE:
        exact = [c for c in left if not _is_economy(c)]
        return exact or left
    if kind is Kind.ECONOMIES:
        # 我方 is who reports; it answers only among others, or where it is the only one.
        others = [c for c in left if c.key != OWN or _in_list(c, left)]
        return others or left
    return left


def _is_economy(candidate: Candidate) -> bool:
    return len(candidate.key) == 2 and candidate.key.isupper()


def _in_list(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether another candidate stands within a few characters."""
    return any(
        other is not candidate and abs(other.start - candidate.start) <= 6 for other in candidates
    )


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
