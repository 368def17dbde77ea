"""Which evidence an answer cites: what answers likely enough, and a piece for every side asked of."""

from __future__ import annotations

from collections.abc import Sequence, Set

from assistant.evidence import Evidence
from assistant.names import year_of, years_in
from assistant.types import Kind, Question
from assistant.values.extract import FoundValue
from corpus.gazetteer import economies_in
from index.retriever import Index
from index.text import to_traditional

# A quote that answers less likely than this is not cited, unless nothing else is there to cite.
LEAST_LIKELY = 0.7
# And where the user asks for more than was shown.
LEAST_MORE = 0.05


def choose(
    index: Index,
    question: Question,
    evidence: Sequence[Evidence],
    values: Sequence[FoundValue],
    k: int,
) -> list[Evidence]:
    """Give at most k pieces of evidence to cite, the best first, none within another."""
    if question.more:
        wanted = [e for e in evidence if e.likely >= LEAST_MORE and e.ref not in question.shown]
    else:
        giving = {id(e) for value in values for e in value.evidence}
        giving |= {id(e) for e in _of_sides(index, question, evidence)}
        # What gives the value that was asked for comes first.
        wanted = [e for e in evidence if id(e) in giving]
        wanted += [e for e in evidence if e.likely >= LEAST_LIKELY and id(e) not in giving]
        wanted = wanted or list(evidence[:1])
    chosen: list[Evidence] = []
    for each in wanted:
        if not any(_overlap(each, other) for other in chosen):
            chosen.append(each)
    return chosen[:k]


def _of_sides(index: Index, question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Give the best evidence of each year, or economy, that a question sets side by side."""
    asked = to_traditional(question.text)
    best: dict[int | str, Evidence] = {}
    years = years_in(asked)
    if len(years) > 1:
        for each in evidence:
            year = year_of(index.report(each.hit.chunk.report_id))
            if year in years and year is not None:
                best.setdefault(year, each)
    economies = {m.code for m in economies_in(asked)}
    if question.kind is Kind.COMPARISON and len(economies) > 1:
        for each in evidence:
            for code in economies & _named(index, each):
                best.setdefault(code, each)
    return list(best.values())


def _named(index: Index, evidence: Evidence) -> Set[str]:
    report = index.report(evidence.hit.chunk.report_id)
    said_by = index.speakers(report.id).of_sentence(evidence.start, evidence.end)
    return {s.code for s in said_by} | {m.code for m in economies_in(evidence.text)}


def _overlap(one: Evidence, other: Evidence) -> bool:
    return (
        one.hit.chunk.report_id == other.hit.chunk.report_id
        and one.start < other.end
        and other.start < one.end
    )
