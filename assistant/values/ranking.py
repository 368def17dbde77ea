"""Which of the values that a sentence names answers the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from assistant.evidence import Evidence
from assistant.types import Kind, Question
from assistant.values.asked import Asked
from assistant.values.candidate import Candidate
from assistant.values.clauses import (
    Anchor,
    Clause,
    anchors,
    clause_at,
    clause_breaks,
    clauses_of,
    listed_with,
    nearness,
)
from assistant.values.read import ALL, OWN, candidates
from assistant.values.words import word_weight
from corpus.metadata import report_year
from index.retriever import Index

# A name that a text gives to what it then speaks of: what is said of the name is said of that.
_LABEL = re.compile(r"[甲乙丙丁]案|方案[一二三四A-D]|選項[一二三四A-D]|第[一二三四]案")
# 澳洲所提的案子, 澳洲之提案: whose something is.
_WHOSE = re.compile(r"\s?(?:所|的|之|提出|提議|倡議|主辦)")
# How much a clause gains by naming whom a question of yes or no is about.
_NAMED = 0.5
# How much more a list tells that holds as many values as the question asks for.
_COUNTED = 2.0
# So many characters behind a number may still say what it counts.
_BEHIND = 3
# What a word of the last question counts, where this one leans on it.
_OF_LAST = 0.4


@dataclass(frozen=True, slots=True)
class Passage:
    """What a piece of evidence says, clause by clause."""

    evidence: Evidence
    text: str
    year: int | None
    """Of the report, for dates without one."""
    clauses: tuple[Clause, ...]
    told: tuple[float, ...]
    """How far each clause says what is asked: 0 to 1 among the clauses of all passages."""
    anchors: tuple[Anchor, ...]
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a value; WEIGHTS has one for each."""

    own: float
    """How far its clause says what is asked."""
    before: float
    """The same of the clause before, in the same sentence."""
    near: float
    """How near it stands to the words of the question."""
    suits: float
    """Whether it is of the unit, or as exact, as is asked."""
    counts: float
    """How many words of the question say what a number counts: 機場 in 177 個機場."""
    subject: float
    """How far the next clause says what is asked, where this one opens with the value."""
    list: float
    """Whether it stands in a list where all there are is asked for."""
    whose: float
    """Whether it only says whose something is."""
    second: float
    """Whether it is of a kind that is less likely to answer."""
    ours: float
    """Whether it is who writes the reports, named in most sentences."""


WEIGHTS = Signs(
    own=2.8,
    before=2.3,
    near=2.0,
    suits=2.6,
    counts=2.5,
    subject=1.2,
    list=2.5,
    whose=-1.0,
    second=-3.0,
    ours=-0.9,
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A value of a passage, and how well it answers."""

    kind: Kind
    candidate: Candidate
    score: float
    signs: Signs


def passages(
    index: Index, question: Question, asked: Asked, evidence: Sequence[Evidence]
) -> list[Passage]:
    """Cut evidence into clauses, and score them all against the question at once."""
    texts = [e.text for e in evidence]
    cut = [clauses_of(text) for text in texts]
    every = [
        text[c.start : c.end] for text, clauses in zip(texts, cut, strict=True) for c in clauses
    ]
    told = iter(_told(index, question, asked, every))
    found = []
    for each, text, clauses in zip(evidence, texts, cut, strict=True):
        words = [
            (m.found, word_weight(m) * (1.0 if m.word in asked.query else _OF_LAST))
            for m in index.explain(question.query, text)
        ]
        found.append(
            Passage(
                evidence=each,
                text=text,
                year=report_year(index.report(each.hit.chunk.report_id)),
                clauses=clauses,
                told=_labelled(text, clauses, [next(told) for _ in clauses]),
                anchors=tuple(anchors(text, words)),
                breaks=tuple(clause_breaks(text)),
            )
        )
    return found


def _told(index: Index, question: Question, asked: Asked, clauses: Sequence[str]) -> list[float]:
    """Score clauses against a question; its own words count more than those it leans on."""
    told = _spread([s.score for s in index.score_texts(question.query, clauses)])
    if asked.query == question.query:
        return list(told)
    own = _spread([s.score for s in index.score_texts(asked.query, clauses)])
    return [(o + t) / 2 for o, t in zip(own, told, strict=True)]


def ranked(asked: Asked, passage: Passage) -> list[Ranked]:
    """Give the values of a passage that may answer, the best first."""
    found = []
    for at, kind in enumerate(asked.kinds):
        every = candidates(kind, passage.text, passage.year)
        for candidate in every:
            if _is_of_all(asked, kind, candidate, every, passage.text):
                continue
            if not asked.names(kind, candidate):
                signs = _signs(asked, passage, kind, candidate, every, second=at > 0)
                found.append(Ranked(kind, candidate, _score(signs), signs))
    return sorted(found, key=lambda r: (-r.score, r.candidate.start))


def _is_of_all(
    asked: Asked, kind: Kind, candidate: Candidate, every: Sequence[Candidate], text: str
) -> bool:
    """Tell whether a value only stands among all members of APEC, where those are not asked for."""
    if kind is not Kind.ECONOMIES or len(every) < ALL or asked.asks_members:
        return False
    return len({c.key for c in listed_with(candidate, every, text)}) >= ALL


def best_clause(asked: Asked, passage: Passage) -> int:
    """Give which clause says most of what is asked; whom the question names comes first."""
    named = [0.0] * len(passage.clauses)
    for candidate in candidates(Kind.ECONOMIES, passage.text):
        if candidate.key in asked.named and candidate.key != OWN:
            named[clause_at(passage.clauses, candidate.start)] = _NAMED
    told = [t + n for t, n in zip(passage.told, named, strict=True)]
    return max(range(len(told)), key=lambda each: (told[each], -each))


def _signs(
    asked: Asked,
    passage: Passage,
    kind: Kind,
    candidate: Candidate,
    every: Sequence[Candidate],
    *,
    second: bool,
) -> Signs:
    at = clause_at(passage.clauses, candidate.start)
    members = listed_with(candidate, every, passage.text)
    listed = len({c.key for c in members}) > 1
    return Signs(
        own=max(passage.told[at], _referred(passage, at, candidate, members)),
        before=_neighbour(passage, at, at - 1),
        near=min(nearness(candidate, passage.anchors, passage.breaks), 2.0),
        suits=asked.suits(kind, passage.text, candidate),
        counts=_counted(passage, candidate) if kind is Kind.NUMBER else 0.0,
        subject=_neighbour(passage, at, at + 1) if _opens(passage, at, members) else 0.0,
        list=_as_many(asked, kind, len({c.key for c in members} - asked.named)),
        whose=float(not listed and _WHOSE.match(passage.text, candidate.end) is not None),
        second=float(second),
        ours=float(candidate.key == OWN and not listed),
    )


def _as_many(asked: Asked, kind: Kind, listed: int) -> float:
    """Tell whether a list holds as many values as are asked for, or more than one of all."""
    if asked.count is not None:
        return _COUNTED * float(listed == asked.count > 1)
    return float(listed > 1 and (asked.many or kind is Kind.ECONOMIES))


def _counted(passage: Passage, candidate: Candidate) -> float:
    """Give the weight of the words of the question that name what a number counts."""
    behind = candidate.end + _BEHIND
    end = min([behind, *(at for at in passage.breaks if at >= candidate.end)])
    counted = range(candidate.start, end)
    return sum(a.weight for a in passage.anchors if a.start in counted)


def _opens(passage: Passage, at: int, members: Sequence[Candidate]) -> bool:
    """Tell whether a clause begins with a value, or with the list of it."""
    first = min(member.start for member in members)
    return not passage.text[passage.clauses[at].start : first].strip("，,；; \n\t-•")


def _neighbour(passage: Passage, own: int, other: int) -> float:
    """Give how far a neighbour of a clause says what is asked; 0 across the end of a sentence."""
    if not 0 <= other < len(passage.clauses):
        return 0.0
    same = passage.clauses[own].sentence == passage.clauses[other].sentence
    return passage.told[other] if same else 0.0


def _referred(
    passage: Passage, at: int, candidate: Candidate, members: Sequence[Candidate]
) -> float:
    """Give how far the clause says what is asked that speaks of one of two as 前者 or 後者."""
    if len(members) != 2:
        return 0.0
    word = "前者" if candidate is members[0] else "後者"
    behind = zip(passage.clauses[at + 1 : at + 4], passage.told[at + 1 : at + 4], strict=True)
    return max((t for c, t in behind if word in passage.text[c.start : c.end]), default=0.0)


def _labelled(text: str, clauses: Sequence[Clause], told: Sequence[float]) -> tuple[float, ...]:
    """Let every clause that bears a label say what any clause with that label says."""
    best: dict[str, float] = {}
    labels = [frozenset(_LABEL.findall(text[c.start : c.end])) for c in clauses]
    for own, value in zip(labels, told, strict=True):
        if len(own) == 1:
            for label in own:
                best[label] = max(best.get(label, 0.0), value)
    return tuple(
        max([value, *(best.get(label, 0.0) for label in own)]) if len(own) == 1 else value
        for own, value in zip(labels, told, strict=True)
    )


def _score(signs: Signs) -> float:
    pairs = zip(astuple(WEIGHTS), astuple(signs), strict=True)
    return float(sum(weight * sign for weight, sign in pairs))


def _spread(scores: Sequence[float]) -> tuple[float, ...]:
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return tuple((s - low) / (high - low) if high > low else 1.0 for s in scores)
