"""How sure it is that the reports answer a question at all, and what it lacks when they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, probability
from assistant.names import lacking, lacking_around, question_names, year_of, years_in
from assistant.promised import asks_for_all
from assistant.signals import OURS
from assistant.stated import years_of_report
from assistant.types import Question
from assistant.values.extract import FoundValue, asks_for_value
from assistant.values.read import OWN
from assistant.weights import ANSWER
from corpus.gazetteer import economies_in
from index.numerals import numerals
from index.retriever import Index
from index.text import fold, to_traditional

# A question whose best passage has a smaller cosine similarity is far from the reports,
_FAR = 0.1
# if it also has more of its mass in words that no passage holds.
_STRANGE = 0.2
# So many economies in one quote are a list of members.
_MANY = 8


@dataclass(frozen=True, slots=True)
class AnswerSignals:
    """What tells whether the best evidence answers; each about 0 to 1."""

    likely: float
    """How likely the best sentence answers."""
    coverage: float
    """Share of the question's idf mass that it holds."""
    said_anywhere: float
    """The largest such share of any sentence that was read."""
    lacks_terms: float
    """Share of the question's words of the field that it lacks."""
    cosine: float
    passage_cosine: float
    """Of the best passage, in the dense index."""
    lacks_value: float
    """1 when the question asks for a value and no sentence gives one."""
    value: float
    """How well the best value answers, over ten; 0 without one."""
    lacks_name: float
    """Share of the names and numbers of the question that do not stand around the best quote."""
    quote_lacks_name: float
    """Share of them that do not stand in the quote itself."""
    other_economy: float
    """1 when the question names an economy, and the quote neither names it nor is its statement."""
    only_listed: float
    """1 when the quote names the question's economies among many, and is no statement of theirs."""
    lacks_day: float
    """1 when the question names a day, or the how-manieth, that does not stand around the quote."""
    wrong_year: float
    """1 when neither the quote nor its report is of a year that the question names."""
    other_year: float
    """1 when the question names a year, and the quote names only others."""
    absent: float
    """Share of the question's mass in words that no passage holds, by any name of them."""
    lacks_field_word: float
    """1 when no passage holds one of its words of the field, in either language."""
    far: float
    """1 when no passage is near the question, and none holds some of its words."""
    no_such_year: float
    """1 when the question is of a report or a meeting of a year of which there is none."""


def answer_signals(
    index: Index, question: Question, evidence: Sequence[Evidence], values: Sequence[FoundValue]
) -> AnswerSignals:
    """Read the signals of an answer from its evidence, of which there must be some."""
    best = evidence[0]
    names = question_names(question)
    report = index.report(best.hit.chunk.report_id)
    chunk = best.hit.chunk
    path = report.sections[report.section_at(best.start)].path
    context = "\n".join((*path, best.text))
    asked = to_traditional(question.text)
    economies = {mention.code for mention in economies_in(asked)}
    listed = {mention.code for mention in economies_in(best.text)}
    said_by = index.speakers(report.id).of_sentence(best.start, best.end)
    speakers = {speaker.code for speaker in said_by}
    named = speakers | {mention.code for mention in economies_in(context)}
    if OURS.search(best.text):
        named.add(OWN)
    near = max(e.hit.dense.score if e.hit.dense else 0.0 for e in evidence[:3])
    matcher = index.matcher(question.query)
    absent = matcher.absent_share()
    asked_years, told_years = years_in(asked), years_in(best.text)
    around = lacking_around(names, report, "\n".join((*path, chunk.text)))
    return AnswerSignals(
        likely=best.likely,
        coverage=best.signals.coverage,
        said_anywhere=max(e.signals.coverage for e in evidence),
        lacks_terms=best.signals.lacks_terms,
        cosine=best.signals.cosine,
        passage_cosine=near,
        lacks_value=float(asks_for_value(question.kind) and not values),
        value=max((value.score for value in values), default=0.0) / 10,
        lacks_name=len(around) / len(names) if names else 0.0,
        quote_lacks_name=len(lacking(names, best.text)) / len(names) if names else 0.0,
        other_economy=float(bool(economies - named)),
        only_listed=float(bool(economies) and len(listed) >= _MANY and not economies & speakers),
        lacks_day=float(bool(_days(asked) - _days(f"{context}\n{chunk.text}"))),
        wrong_year=best.signals.wrong_year,
        other_year=float(bool(asked_years and told_years) and not asked_years & told_years),
        absent=absent,
        lacks_field_word=float(matcher.lacks_field_word()),
        far=float(near < _FAR and absent > _STRANGE),
        no_such_year=float(bool(years_of_report(question.text) - _years(index))),
    )


def confidence(
    index: Index, question: Question, evidence: Sequence[Evidence], values: Sequence[FoundValue]
) -> float:
    """Estimate in [0, 1] whether the best evidence answers the question."""
    if not evidence:
        return 0.0
    if asks_for_all(question):
        return evidence[0].likely
    return probability(ANSWER, answer_signals(index, question, evidence, values))


def _days(text: str) -> set[str]:
    """Give the days and the ordinals that a text names, in one form."""
    return {term for term in numerals(fold(text)) if term[0] in "@#"}


def _years(index: Index) -> frozenset[int]:
    return frozenset(year for report in index.reports if (year := year_of(report)) is not None)
