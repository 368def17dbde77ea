"""What an answer is measured by: each measure is a ratio of two sums over the questions.

A question gives each measure a share: a part of a whole. Over many questions the parts are summed
and divided by the sum of the wholes. A whole of 1 makes a mean over questions, a whole of as many
citations as the answer has makes a share of all citations, and a whole of 0 leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Answer, Citation
from corpus.types import Report
from eval.dataset import Labelled, Place, Span
from eval.matching import is_given


class Measure(StrEnum):
    """Names of the measures, as the JSON has them."""

    NDCG_10 = "nDCG@10"
    RECALL_5 = "R@5"
    RECALL_10 = "R@10"
    RECIPROCAL_RANK_10 = "RR@10"
    SUCCESS_1 = "Success@1"
    VALUE_RECALL = "value_recall"
    VALUE_PRECISION = "value_precision"
    CITATION_RECALL = "citation_recall"
    CITATION_PRECISION = "citation_precision"
    ABSTENTION_RECALL = "abstention_recall"
    ABSTENTION_PRECISION = "abstention_precision"
    ANSWERABLE_REFUSED = "answerable_refused"
    QUOTES_EXACT = "quotes_exact"

    @property
    def lower_is_better(self) -> bool:
        """Whether a small figure is the good one."""
        return self is Measure.ANSWERABLE_REFUSED


class Fault(StrEnum):
    """What went wrong with a question."""

    NOT_FOUND = "not found"
    FOUND_LOW = "found low"
    NOT_CITED = "not cited"
    VALUE_MISSED = "value missed"
    VALUE_WRONG = "value wrong"
    REFUSED = "refused"
    FALSE_ANSWER = "false answer"


LOW = 5
"""A question whose first gold stands below this rank is found low."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one question adds to a measure."""

    part: float
    whole: float

    @property
    def value(self) -> float | None:
        """The measure for this question alone; None where it does not count."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class GoldFound:
    """How a gold fared."""

    source: str
    quote: str
    rank: int | None
    """Rank of the first chunk that touches it; None when none of those judged does."""
    cited: bool


@dataclass(frozen=True, slots=True)
class WantedFound:
    """How a wanted value fared."""

    writings: tuple[str, ...]
    given: bool


@dataclass(frozen=True, slots=True)
class ValueGiven:
    """How a value of an answer fared."""

    text: str
    wanted: bool


def pooled(shares: Iterable[Share]) -> float | None:
    """Sum of the parts over sum of the wholes; None where nothing counts."""
    part = whole = 0.0
    for share in shares:
        part += share.part
        whole += share.whole
    return part / whole if whole else None


def span_of(citation: Citation) -> Span:
    """Give the place that a citation quotes."""
    return Span(citation.report_id, citation.start, citation.end)


def on_gold(span: Span, places: Sequence[Place]) -> bool:
    """Tell whether a span shares a character with any gold."""
    return any(place.touches(span) for place in places)


def golds_found(
    places: Sequence[Place], answer: Answer, ranks: Mapping[int, int]
) -> tuple[GoldFound, ...]:
    """Tell of each gold where it was ranked, and whether a citation touches it."""
    cited = [span_of(citation) for citation in answer.citations]
    return tuple(
        GoldFound(
            place.gold.source,
            place.gold.quote,
            ranks.get(at),
            any(place.touches(span) for span in cited),
        )
        for at, place in enumerate(places)
    )


def values_found(question: Labelled, answer: Answer) -> tuple[WantedFound, ...]:
    """Tell of each wanted value whether the answer gives it."""
    texts = [value.text for value in answer.values]
    return tuple(WantedFound(wanted, is_given(wanted, texts)) for wanted in question.answers)


def values_given(question: Labelled, answer: Answer) -> tuple[ValueGiven, ...]:
    """Tell of each value of the answer whether it was wanted."""
    return tuple(
        ValueGiven(value.text, any(is_given(each, [value.text]) for each in question.answers))
        for value in answer.values
    )


def answer_scores(
    question: Labelled,
    places: Sequence[Place],
    answer: Answer,
    reports: Mapping[str, Report],
) -> Mapping[Measure, Share]:
    """Score one answer; ``places`` are the question's golds, ``reports`` go by id."""
    quotes = [*answer.citations, *([answer.nearest] if answer.nearest else [])]
    wanted, given = values_found(question, answer), values_given(question, answer)
    golds = golds_found(places, answer, {})
    hits = [on_gold(span_of(citation), places) for citation in answer.citations]
    exact = [is_exact(quote, reports[quote.report_id].text) for quote in quotes]
    refused = answer.abstained
    return {
        Measure.VALUE_RECALL: _mean([each.given for each in wanted]),
        Measure.VALUE_PRECISION: _counted([each.wanted for each in given] if wanted else []),
        Measure.CITATION_RECALL: _mean([each.cited for each in golds]),
        Measure.CITATION_PRECISION: _counted(hits if question.answerable else []),
        Measure.ABSTENTION_RECALL: _counted([] if question.answerable else [refused]),
        Measure.ABSTENTION_PRECISION: _counted([not question.answerable] if refused else []),
        Measure.ANSWERABLE_REFUSED: _counted([refused] if question.answerable else []),
        Measure.QUOTES_EXACT: _counted(exact),
    }


def faults(
    question: Labelled,
    answer: Answer,
    golds: Sequence[GoldFound],
    wanted: Sequence[WantedFound],
    given: Sequence[ValueGiven],
) -> tuple[Fault, ...]:
    """Name what went wrong; () for a question that went well."""
    if not question.answerable:
        return () if answer.abstained else (Fault.FALSE_ANSWER,)
    ranks = [gold.rank for gold in golds if gold.rank is not None]
    found = []
    if not ranks:
        found.append(Fault.NOT_FOUND)
    elif min(ranks) > LOW:
        found.append(Fault.FOUND_LOW)
    if answer.abstained:
        return (*found, Fault.REFUSED)
    if ranks and not any(gold.cited for gold in golds):
        found.append(Fault.NOT_CITED)
    if not all(each.given for each in wanted):
        found.append(Fault.VALUE_MISSED)
    if wanted and not all(each.wanted for each in given):
        found.append(Fault.VALUE_WRONG)
    return tuple(found)


def is_exact(citation: Citation, text: str) -> bool:
    """Tell whether a quote and its passage stand in the report, character for character."""
    start, end = citation.start, citation.end
    if not 0 <= start < end <= len(text) or text[start:end] != citation.quote:
        return False
    earliest = max(0, end - len(citation.passage))
    return citation.passage in text[earliest : start + len(citation.passage)]


def _mean(truths: Sequence[bool]) -> Share:
    """Count a question once, by the share of what it wants; not at all when it wants nothing."""
    return Share(sum(truths) / len(truths), 1) if truths else Share(0, 0)


def _counted(truths: Sequence[bool]) -> Share:
    """Count each thing by itself."""
    return Share(sum(truths), len(truths))
