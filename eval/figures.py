"""Outcomes summed up: measures over all questions and over groups of them, calibration, latency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.ranking import RANKING
from eval.run import Outcome
from eval.scores import Fault, Measure, Share, pooled
from index.types import Mode

ANSWERS = (
    Measure.VALUE_RECALL,
    Measure.VALUE_PRECISION,
    Measure.CITATION_RECALL,
    Measure.CITATION_PRECISION,
    Measure.ABSTENTION_RECALL,
    Measure.ABSTENTION_PRECISION,
    Measure.ANSWERABLE_REFUSED,
)
BINS = 10

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence lies between two bounds."""

    low: float
    high: float
    questions: int
    confidence: float
    """Mean confidence of them."""
    right: float
    """Share of them whose best place is a gold."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well the confidence says what share of answers is right."""

    bins: tuple[Bin, ...]
    """Those that hold any question, in rising order."""
    error: float
    """Expected calibration error: mean distance of confidence and share, by questions.

    Naeini, Cooper and Hauskrecht, AAAI 2015, with bins of equal width.
    """
    brier: float
    """Mean squared distance of confidence and truth (Brier, 1950)."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from question to answer: half of the questions and 95 in 100 were faster."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set of questions scores."""

    questions: int
    measures: Mapping[Measure, float | None]
    """None where no question counts."""
    quotes: int
    quotes_exact: int

    def as_json(self) -> Json:
        """Shape them as DESIGN.md's ``eval run``."""
        return {
            "questions": self.questions,
            "ranking": {measure.value: _rounded(self.measures[measure]) for measure in RANKING},
            "answers": {
                **{measure.value: _rounded(self.measures[measure]) for measure in ANSWERS},
                "quotes": self.quotes,
                "quotes_exact": self.quotes_exact,
            },
        }


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Sum outcomes up, each measure over the questions that count for it."""
    exact = [outcome.scores[Measure.QUOTES_EXACT] for outcome in outcomes]
    return Figures(
        questions=len(outcomes),
        measures={measure: pooled(shares(outcomes, measure)) for measure in Measure},
        quotes=round(sum(share.whole for share in exact)),
        quotes_exact=round(sum(share.part for share in exact)),
    )


def shares(outcomes: Iterable[Outcome], measure: Measure) -> list[Share]:
    """Give what each question adds to a measure."""
    return [outcome.scores[measure] for outcome in outcomes]


def grouped(
    outcomes: Iterable[Outcome], key: Callable[[Outcome], str | None]
) -> Mapping[str, tuple[Outcome, ...]]:
    """Sort outcomes into groups, by name; those without a name are in none."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        name = key(outcome)
        if name is not None:
            groups.setdefault(name, []).append(outcome)
    return {name: tuple(groups[name]) for name in sorted(groups)}


def by_lang(outcomes: Iterable[Outcome]) -> Mapping[str, tuple[Outcome, ...]]:
    """Sort outcomes by the language of the question."""
    return grouped(outcomes, lambda outcome: outcome.question.lang)


def by_type(outcomes: Iterable[Outcome]) -> Mapping[str, tuple[Outcome, ...]]:
    """Sort outcomes by the type of the question."""
    return grouped(outcomes, lambda outcome: outcome.question.type)


def by_split(outcomes: Iterable[Outcome]) -> Mapping[str, tuple[Outcome, ...]]:
    """Sort outcomes by the part that the question is in."""
    return grouped(outcomes, lambda o: o.question.split.value if o.question.split else None)


def mode_measures(outcomes: Sequence[Outcome], mode: Mode) -> Mapping[Measure, float | None]:
    """Give the ranking measures of a mode."""
    return {
        measure: pooled(outcome.by_mode[mode][measure] for outcome in outcomes)
        for measure in RANKING
    }


def calibration(outcomes: Sequence[Outcome]) -> Calibration:
    """Compare confidence with truth, which is that the first place that is shown is a gold."""
    if not outcomes:
        return Calibration((), 0.0, 0.0)
    binned: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        binned.setdefault(min(int(outcome.confidence * BINS), BINS - 1), []).append(outcome)
    bins = tuple(_bin(number, binned[number]) for number in sorted(binned))
    error = sum(each.questions * abs(each.confidence - each.right) for each in bins)
    brier = sum((outcome.confidence - outcome.near_gold) ** 2 for outcome in outcomes)
    return Calibration(bins, error / len(outcomes), brier / len(outcomes))


def latency(outcomes: Sequence[Outcome]) -> Latency:
    """Give the percentiles of the time to an answer."""
    import numpy as np

    if not outcomes:
        return Latency(0.0, 0.0)
    p50, p95 = np.percentile([outcome.took_ms for outcome in outcomes], [50, 95]).tolist()
    return Latency(p50, p95)


def fault_counts(outcomes: Iterable[Outcome]) -> Mapping[Fault, int]:
    """Count what went wrong; a question may count for several faults."""
    counts = Counter(fault for outcome in outcomes for fault in outcome.faults)
    return {fault: counts[fault] for fault in Fault}


def quality_json(outcomes: Sequence[Outcome], reports: int) -> Json:
    """Shape all figures but the timings as DESIGN.md's ``eval run``, with more keys."""
    fit = calibration(outcomes)
    return {
        **figures(outcomes).as_json(),
        "reports": reports,
        "by_lang": _each(by_lang(outcomes)),
        "by_type": _each(by_type(outcomes)),
        "by_split": _each(by_split(outcomes)),
        "by_mode": {
            mode.value: {m.value: _rounded(v) for m, v in mode_measures(outcomes, mode).items()}
            for mode in Mode
        },
        "faults": {fault.value: count for fault, count in fault_counts(outcomes).items()},
        "calibration": {
            "error": _rounded(fit.error),
            "brier": _rounded(fit.brier),
            "bins": [
                {
                    "from": each.low,
                    "to": each.high,
                    "questions": each.questions,
                    "confidence": _rounded(each.confidence),
                    "right": _rounded(each.right),
                }
                for each in fit.bins
            ],
        },
    }


def run_json(outcomes: Sequence[Outcome], reports: int) -> Json:
    """Shape all figures as DESIGN.md's ``eval run``, with more keys."""
    return {**quality_json(outcomes, reports), "latency_ms": latency_json(latency(outcomes))}


def latency_json(times: Latency) -> Json:
    """Shape latencies, in milliseconds."""
    return {"p50": round(times.p50, 1), "p95": round(times.p95, 1)}


def _bin(number: int, members: Sequence[Outcome]) -> Bin:
    count = len(members)
    return Bin(
        number / BINS,
        (number + 1) / BINS,
        count,
        sum(outcome.confidence for outcome in members) / count,
        sum(outcome.near_gold for outcome in members) / count,
    )


def _each(groups: Mapping[str, Sequence[Outcome]]) -> Json:
    return {name: figures(members).as_json() for name, members in groups.items()}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
