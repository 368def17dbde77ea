"""Hits to evidence: the sentences that answer, and how sure it is that they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp

from assistant.expected import values_in
from assistant.types import Kind, Question
from corpus.sentences import sentences
from corpus.types import Report, Role
from index.retriever import Index
from index.types import Hit, Mode

# Passages that are read for an answer: enough that every report with evidence is among them.
DEPTH = 40
# And passages that are read for saying the same as the best sentence.
DEPTH_ALIKE = 10

# Sections that name what is discussed without saying what was said: quoted only when nothing else
# matches as well.
_POOR_ROLES = frozenset({Role.AGENDA, Role.CAPTION, Role.ANNEX, Role.COVER, Role.CONTENTS})
_POOR_ROLE_WEIGHT = 0.6
# A sentence is judged with the passage that it stands in.
_PASSAGE_WEIGHT = 0.35
# What a sentence gains, of the best hit's score, when it names the kind of thing that is asked for.
_HOLDS_KIND = 0.15
# What a sentence gains, of the best one's score, when it says the very same.
_ALIKE = 0.5
# And what it gains when it names the very same values.
_SAME_VALUES = 0.4
# A report that already has a sentence in the answer gives way to one that has none.
_NEXT_OF_SAME_REPORT = 0.85
# Sentences far below the best one do not answer; the best of each report may be further below.
_LEAST_SHARE_OF_BEST = 0.45
_LEAST_SHARE_OF_FIRST = 0.2


# A logistic regression on the tuning half of eval/questions.jsonl: is a question answerable, by
# what its best sentence holds? The threshold refuses one in twenty of the answerable ones.
THRESHOLD = 0.66
"""Below this confidence the assistant abstains."""
_BIAS, _COVERAGE, _COSINE = -0.56, 3.8, 2.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit: its span in the report's text, and how well it matches the query."""

    hit: Hit
    start: int
    end: int
    score: float
    coverage: float
    """Share in [0, 1] of what the query asks for (by idf) that the sentence and its heading say."""
    cosine: float


def find_evidence(index: Index, question: Question) -> list[Evidence]:
    """Score sentences of the best passages against the question, best first.

    Then look with the best sentence itself for its like: another report tells of the same matter
    in other words than the question's, but with the same names.
    """
    filters = question.filters
    judged = _judge(index, question, index.search(question.query, Mode.HYBRID, DEPTH, filters))
    if not judged:
        return []
    best = judged[0]
    anchor = index.report(best.hit.chunk.report_id).text[best.start : best.end]
    known = {e.hit.chunk.id for e in judged}
    alike = index.search(anchor, Mode.HYBRID, DEPTH_ALIKE, filters)
    judged += _judge(index, question, [h for h in alike if h.chunk.id not in known])
    return _ranked(_corroborated(index, question.kind, judged, anchor, best.score))


def _judge(index: Index, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
    found = [
        (hit, start, end, context)
        for hit in hits
        for start, end, context in _quotable(index.report(hit.chunk.report_id), hit)
    ]
    if not found:
        return []
    scores = index.score_texts(question.query, [context for *_, context in found])
    evidence = []
    for (hit, start, end, _), judged in zip(found, scores, strict=True):
        report = index.report(hit.chunk.report_id)
        score = judged.score + _PASSAGE_WEIGHT * hit.score
        if values_in(question.kind, report.text[start:end]):
            score += _HOLDS_KIND * max(hits[0].score, 0.0)
        if report.sections[hit.chunk.section].role in _POOR_ROLES and score > 0:
            score *= _POOR_ROLE_WEIGHT
        evidence.append(Evidence(hit, start, end, score, judged.coverage, judged.dense))
    return _ranked(evidence)


def _corroborated(
    index: Index, kind: Kind, evidence: Sequence[Evidence], anchor: str, best: float
) -> list[Evidence]:
    """Raise what says the same as the anchor: its words, or the very values that were asked for."""
    texts = [index.report(e.hit.chunk.report_id).text[e.start : e.end] for e in evidence]
    itself, *others = index.score_texts(anchor, [anchor, *texts])
    if itself.lexical <= 0 or best <= 0:
        return list(evidence)
    wanted = values_in(kind, anchor)
    corroborated = []
    for each, text, other in zip(evidence, texts, others, strict=True):
        gain = _ALIKE * min(other.lexical / itself.lexical, 1.0)
        gain += _SAME_VALUES * _overlap(wanted, values_in(kind, text))
        corroborated.append(replace(each, score=each.score + gain * best))
    return corroborated


def _overlap(wanted: frozenset[str], found: frozenset[str]) -> float:
    """Give the share of the wanted values that were found, times that of the found ones wanted."""
    shared = len(wanted & found)
    return shared / len(wanted) * shared / len(found) if shared else 0.0


def _ranked(evidence: Sequence[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda e: (-e.score, e.hit.chunk.id, e.start))


def choose(evidence: Sequence[Evidence], k: int) -> list[Evidence]:
    """Choose at most k sentences: the best first, but no report crowds the others out."""
    chosen: list[Evidence] = []
    if not evidence:
        return chosen
    firsts: dict[str, Evidence] = {}
    for each in evidence:
        firsts.setdefault(each.hit.chunk.report_id, each)
    best_score = evidence[0].score
    left = [
        e
        for e in evidence
        if e.score >= _LEAST_SHARE_OF_BEST * best_score
        or (e in firsts.values() and e.score >= _LEAST_SHARE_OF_FIRST * best_score)
    ]
    taken: dict[str, int] = {}
    while left and len(chosen) < k:
        best = max(
            left,
            key=lambda e: e.score * _NEXT_OF_SAME_REPORT ** taken.get(e.hit.chunk.report_id, 0),
        )
        left.remove(best)
        chosen.append(best)
        report_id = best.hit.chunk.report_id
        taken[report_id] = taken.get(report_id, 0) + 1
    return chosen


def _quotable(report: Report, hit: Hit) -> Iterator[tuple[int, int, str]]:
    """Give the sentences of a hit that say something, each with the heading that it stands under.

    A heading is no statement, but it tells what its sentences are about.
    """
    for span in sentences(report.text, hit.chunk.start, hit.chunk.end):
        text = report.text[span.start : span.end]
        section = report.sections[report.section_at(span.start)]
        if section.heading and text.rstrip("：: ").endswith(section.heading.rstrip("：: ")):
            continue
        yield span.start, span.end, f"{section.heading}\n{text}" if section.heading else text


def confidence(evidence: Sequence[Evidence]) -> float:
    """Estimate in [0, 1] whether the best evidence answers the question at all."""
    if not evidence:
        return 0.0
    best = evidence[0]
    return 1 / (1 + exp(-(_BIAS + _COVERAGE * best.coverage + _COSINE * best.cosine)))
