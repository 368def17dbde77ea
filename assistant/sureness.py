"""How sure it is that the reports answer a question at all, and what it lacks when they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, probability
from assistant.stated import years_of_report
from assistant.types import Question
from assistant.values.extract import FoundValue, asks_for_value
from assistant.weights import ANSWER
from corpus.gazetteer import economies_in
from corpus.types import Report
from index.retriever import Index
from index.text import fold, to_traditional

_NAME = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z-]*|\d[\d,.]*\d|\d")
_ROC_OFFSET = 1911


@dataclass(frozen=True, slots=True)
class AnswerSignals:
    """What tells whether the best evidence answers; each about 0 to 1."""

    likely: float
    """How likely the best sentence answers."""
    coverage: float
    """Share of the question's idf mass that it holds."""
    said_anywhere: float
    """The largest such share of any sentence that was read."""
    cosine: float
    passage_cosine: float
    """Of the best passage, in the dense index."""
    lacks_value: float
    """1 when the question asks for a value and no sentence gives one."""
    lacks_name: float
    """Share of the names and numbers of the question that do not stand around the best quote."""
    quote_lacks_name: float
    """Share of them that do not stand in the quote itself."""
    no_such_year: float
    """1 when the question is of a report or a meeting of a year of which there is none."""


def answer_signals(
    index: Index, question: Question, evidence: Sequence[Evidence], values: Sequence[FoundValue]
) -> AnswerSignals:
    """Read the signals of an answer from its evidence, of which there must be some."""
    best = evidence[0]
    names = question_names(question)
    lacking = lacking_names(index, question, best)
    return AnswerSignals(
        likely=best.likely,
        coverage=best.signals.coverage,
        said_anywhere=max(e.signals.coverage for e in evidence),
        cosine=best.signals.cosine,
        passage_cosine=max(e.hit.dense.score if e.hit.dense else 0.0 for e in evidence[:3]),
        lacks_value=float(asks_for_value(question.kind) and not values),
        lacks_name=len(lacking) / len(names) if names else 0.0,
        quote_lacks_name=len(_lacking(names, _quote(index, best))) / len(names) if names else 0.0,
        no_such_year=float(bool(years_of_report(question.text) - _years(index))),
    )


def confidence(
    index: Index, question: Question, evidence: Sequence[Evidence], values: Sequence[FoundValue]
) -> float:
    """Estimate in [0, 1] whether the best evidence answers the question."""
    if not evidence:
        return 0.0
    return probability(ANSWER, answer_signals(index, question, evidence, values))


def question_names(question: Question) -> tuple[str, ...]:
    """Give the names and numbers that a question holds: economies, acronyms, years."""
    text = to_traditional(question.text)
    economies = [text[m.start : m.end] for m in economies_in(text)]
    rest = text
    for name in economies:
        rest = rest.replace(name, " ")
    return tuple(dict.fromkeys([*economies, *_NAME.findall(rest)]))


def lacking_names(index: Index, question: Question, best: Evidence) -> tuple[str, ...]:
    """Give the names of the question that do not stand around its best sentence.

    Around it are its passage, its section path, and what the cover says of the report.
    """
    report = index.report(best.hit.chunk.report_id)
    section = report.sections[report.section_at(best.start)]
    around = "\n".join((_cover(report), *section.path, best.hit.chunk.text))
    lacking = _lacking(question_names(question), around)
    return tuple(name for name in lacking if not _year_of(name, report))


def _lacking(names: Sequence[str], text: str) -> list[str]:
    folded = fold(text)
    codes = {m.code for m in economies_in(text)}
    lacking = []
    for name in names:
        mentions = economies_in(name)
        there = any(m.code in codes for m in mentions) if mentions else fold(name) in folded
        if not there:
            lacking.append(name)
    return lacking


def _quote(index: Index, evidence: Evidence) -> str:
    return index.report(evidence.hit.chunk.report_id).text[evidence.start : evidence.end]


def _years(index: Index) -> frozenset[int]:
    days = (r.metadata.event_start or r.metadata.report_date for r in index.reports)
    return frozenset(day.value.year for day in days if day is not None)


def _cover(report: Report) -> str:
    meta = report.metadata
    facts = (meta.title, *meta.agencies, *meta.places, *meta.groups)
    return "\n".join(fact.value for fact in facts if fact is not None)


def _year_of(name: str, report: Report) -> bool:
    """Tell whether a number is the year of the report, in either calendar."""
    day = report.metadata.event_start or report.metadata.report_date
    return day is not None and name in (
        str(day.value.year),
        str(day.value.year - _ROC_OFFSET),
    )
