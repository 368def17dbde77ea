"""Passages to evidence: which sentences answer the question, and how likely each of them does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any, ClassVar, Protocol

from assistant.similarity import containment, signature
from assistant.types import Kind, Question
from assistant.values.read import VALUED, values_in
from assistant.weights import SENTENCE, Weights
from corpus.sentences import sentences
from corpus.types import Report, Role
from index.engine import TextScore
from index.retriever import Index
from index.types import Hit, Mode

# Passages that are read for an answer: enough that every report with evidence is among them.
DEPTH = 30
# And passages that are read for saying the same as the best sentence.
DEPTH_ALIKE = 8

# Characters of a quote that is more than one sentence: several short ones are read together.
LONGEST_QUOTE = 220

LONGEST_LIST = 300
LONGEST_ITEM = 60

# Sections that name what is discussed without saying what was said.
_POOR_ROLES = frozenset({Role.AGENDA, Role.CAPTION, Role.ANNEX, Role.COVER, Role.CONTENTS})
# What a sentence keeps of its likelihood when it names nothing of the kind that is asked for.
_LACKS_KIND = 0.3
_BULLETS = frozenset("-•●·◦▪*")
_WANTED_ROLES = {
    Kind.FOLLOW_UP: Role.FOLLOW_UP,
    Kind.OPINION: Role.OPINION,
    Kind.DECISION: Role.DECISIONS,
}


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether a sentence answers; each about 0 to 1. ``weights`` has one for each."""

    score: float
    """Its score, as passages are scored, over the best sentence's."""
    passage: float
    """Its passage's score over the best passage's."""
    first: float
    """1 over the rank of its passage."""
    coverage: float
    """Share of the question's idf mass that it holds, with its heading."""
    covers_best: float
    """The same, over the best sentence's."""
    cosine: float
    cosine_best: float
    """Over the best sentence's."""
    holds_kind: float
    """1 when it names the kind of value that is asked for."""
    says_same: float
    """Share of what it holds of the best sentence's words."""
    same_values: float
    """How far it names the best sentence's values, and only those."""
    poor_role: float
    wanted_role: float
    length: float
    """Logarithm of its length, 1 for 100 characters."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage: its span of the report's text, and how likely it answers."""

    hit: Hit
    start: int
    end: int
    signals: Signals
    likely: float
    """In [0, 1]."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage, before it is judged."""

    hit: Hit
    start: int
    end: int
    text: str
    context: str
    """The sentence with the heading that it stands under: what its words are about."""
    role: Role


def find_evidence(index: Index, question: Question) -> list[Evidence]:
    """Judge the sentences of the best passages, likeliest first.

    The best sentence is then a query itself: another report may tell of the same matter in other
    words than the question's, but with the same names.
    """
    filters = question.filters
    hits = index.search(question.query, Mode.HYBRID, DEPTH, filters)
    found = list(_sentences(index, hits))
    if not found:
        return []
    scores = _scores(index, question, found)
    best = _judged(index, question, found, scores, hits, None)[0]
    anchor = index.report(best.hit.chunk.report_id).text[best.start : best.end]
    known = {hit.chunk.id for hit in hits}
    alike = index.search(anchor, Mode.HYBRID, DEPTH_ALIKE, filters)
    added = list(_sentences(index, [hit for hit in alike if hit.chunk.id not in known]))
    scores += _scores(index, question, added)
    return _judged(index, question, [*found, *added], scores, hits, anchor)


def _scores(index: Index, question: Question, found: Sequence[_Sentence]) -> list[TextScore]:
    return list(index.score_texts(question.query, [s.context for s in found]))


def _judged(
    index: Index,
    question: Question,
    found: Sequence[_Sentence],
    scores: Sequence[TextScore],
    hits: Sequence[Hit],
    anchor: str | None,
) -> list[Evidence]:
    """Give every sentence its signals, and from them how likely it answers; likeliest first.

    Without an anchor, the sentence that answers best so far, none says the same as another.
    """
    kind = question.kind
    ranks = {hit.chunk.id: hit for hit in hits}
    best_passage = max(hits[0].score, 1e-6)
    best_score = max(1e-6, *(s.score for s in scores))
    best_coverage = max(1e-6, *(s.coverage for s in scores))
    best_cosine = max(1e-6, *(s.dense for s in scores))
    anchor_terms = signature(anchor) if anchor else frozenset()
    anchor_values = values_in(kind, anchor) if anchor else frozenset()
    wanted_role = _WANTED_ROLES.get(kind)
    evidence = []
    for sentence, score in zip(found, scores, strict=True):
        values = values_in(kind, sentence.text)
        hit = ranks.get(sentence.hit.chunk.id)
        signals = Signals(
            score=max(score.score / best_score, -1.0),
            passage=max(hit.score / best_passage, -1.0) if hit else 0.0,
            first=1 / hit.rank if hit else 0.0,
            coverage=score.coverage,
            covers_best=score.coverage / best_coverage,
            cosine=score.dense,
            cosine_best=score.dense / best_cosine,
            holds_kind=float(bool(values)),
            says_same=containment(anchor_terms, signature(sentence.text)),
            same_values=_overlap(anchor_values, values),
            poor_role=float(sentence.role in _POOR_ROLES),
            wanted_role=float(sentence.role is wanted_role),
            length=log(1 + len(sentence.text)) / log(101),
        )
        likely = probability(SENTENCE, signals)
        if kind in VALUED and not values:
            likely *= _LACKS_KIND
        evidence.append(Evidence(sentence.hit, sentence.start, sentence.end, signals, likely))
    return sorted(evidence, key=lambda e: (-e.likely, e.hit.chunk.id, e.start))


class _IsDataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


def probability(weights: Weights, signals: _IsDataclass) -> float:
    """Logistic function of the weighted signals."""
    values = (float(getattr(signals, field)) for field in signals.__dataclass_fields__)
    total = weights.bias + sum(w * v for w, v in zip(weights.signals, values, strict=True))
    return 1 / (1 + exp(-total))


def _sentences(index: Index, hits: Sequence[Hit]) -> Iterator[_Sentence]:
    for hit in hits:
        report = index.report(hit.chunk.report_id)
        for start, end, heading in _quotable(report, hit):
            text = report.text[start:end]
            context = f"{heading}\n{text}" if heading else text
            role = report.sections[report.section_at(start)].role
            yield _Sentence(hit, start, end, text, context, role)


def _quotable(report: Report, hit: Hit) -> Iterator[tuple[int, int, str]]:
    """Give the sentences of a hit that say something, each with the heading that it stands under.

    A heading is no statement.
    """
    for start, end in _quotes(report.text, hit.chunk.start, hit.chunk.end):
        text = report.text[start:end]
        section = report.sections[report.section_at(start)]
        if section.heading and text.rstrip("：: ").endswith(section.heading.rstrip("：: ")):
            continue
        yield start, end, section.heading


def _quotes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Join the sentences of a paragraph to quotes that can be understood and still be read."""
    open_start, open_end, lists = -1, -1, False
    for span in sentences(text, start, end):
        # A sentence that ends in a colon says nothing without the list behind it.
        announces = (
            open_start >= 0
            and text[open_end - 1] in "：:"
            and span.end - span.start <= LONGEST_ITEM
        )
        joins = open_start >= 0 and (
            (announces and span.end - open_start <= LONGEST_LIST)
            or (
                span.end - open_start <= LONGEST_QUOTE and "\n" not in text[open_start : span.start]
            )
            or (
                lists
                and span.end - open_start <= LONGEST_LIST
                and _is_item(text, span.start)
                and span.end - span.start <= LONGEST_ITEM
            )
        )
        lists = joins and (announces or lists)
        if not joins and open_start >= 0:
            yield open_start, open_end
        open_start = open_start if joins else span.start
        open_end = span.end
    if open_start >= 0:
        yield open_start, open_end


def _is_item(text: str, start: int) -> bool:
    """Tell whether a sentence begins an item of a list: behind a bullet or a short number."""
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return line in _BULLETS


def _overlap(wanted: frozenset[str], found: frozenset[str]) -> float:
    """Give the share of the wanted values that were found, times that of the found ones wanted."""
    shared = len(wanted & found)
    return shared / len(wanted) * shared / len(found) if shared else 0.0
