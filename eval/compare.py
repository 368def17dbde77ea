"""Runs compared question by question: whether a difference is more than chance, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import AttacheError
from eval.run import Outcome
from eval.runs import KeptRun
from eval.scores import Measure, Share

RESAMPLES = 9999
CONFIDENCE = 0.95
_SEED = 20261120
_BATCH = 1000
_LEAST = 2
"""Fewer questions than this tell nothing."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a measure is in two runs, and what chance alone would make of it."""

    measure: Measure
    before: float
    after: float
    low: float
    high: float
    """Bounds of the 95 % interval of the difference."""
    p: float
    """How often a difference as large comes about when the runs are exchanged at random."""

    @property
    def change(self) -> float:
        """How much larger the measure is in the second run."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that the two runs answer differently well."""

    before: Outcome
    after: Outcome
    better: tuple[Measure, ...]
    worse: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One run against another that counts as the one before."""

    before: str
    after: str
    questions: int
    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]
    same_corpus: bool

    @property
    def won(self) -> tuple[Changed, ...]:
        """Questions with some measure better and none worse."""
        return tuple(each for each in self.changed if not each.worse)

    @property
    def lost(self) -> tuple[Changed, ...]:
        """Questions with some measure worse and none better."""
        return tuple(each for each in self.changed if not each.better)

    @property
    def mixed(self) -> tuple[Changed, ...]:
        """Questions with one measure better and another worse."""
        return tuple(each for each in self.changed if each.better and each.worse)


def compare(before: KeptRun, after: KeptRun, resamples: int = RESAMPLES) -> Comparison:
    """Compare two runs over the same questions; ``AttacheError`` when they differ."""
    pairs = _paired(before, after)
    differences = (
        difference(
            measure,
            [one.scores[measure] for one, _ in pairs],
            [other.scores[measure] for _, other in pairs],
            resamples,
        )
        for measure in Measure
    )
    return Comparison(
        before.name,
        after.name,
        len(pairs),
        tuple(each for each in differences if each is not None),
        tuple(_changed(pairs)),
        before.basis.corpus_sha256 == after.basis.corpus_sha256,
    )


def difference(
    measure: Measure, before: Sequence[Share], after: Sequence[Share], resamples: int = RESAMPLES
) -> Difference | None:
    """Test a measure over paired questions; None where it is not defined in both.

    The randomisation test exchanges the two runs' results of a question at random (Fisher; for
    retrieval Smucker, Allan and Carterette, CIKM 2007) and is two-sided. The interval is the
    bootstrap's, over questions, by percentiles (Efron, 1979). All draws come from a fixed seed.
    """
    from scipy.stats import bootstrap, permutation_test

    table = _Table([*before, *after])
    count = len(before)
    first, second = table.ratio(np.arange(count)), table.ratio(np.arange(count) + count)
    if count < _LEAST or np.isnan(first) or np.isnan(second):
        return None
    low = high = float(second - first)
    p = 1.0
    if list(before) != list(after):
        one, other = np.arange(count), np.arange(count) + count

        def change(x: NDArray[np.intp], y: NDArray[np.intp], axis: int) -> NDArray[np.float64]:
            return np.nan_to_num(table.ratio(y, axis) - table.ratio(x, axis))

        test = permutation_test(
            (one, other),
            change,
            permutation_type="samples",
            vectorized=True,
            n_resamples=resamples,
            batch=_BATCH,
            rng=np.random.default_rng(_SEED),
        )
        interval = bootstrap(
            (one, other),
            change,
            paired=True,
            vectorized=True,
            n_resamples=resamples,
            batch=_BATCH,
            confidence_level=CONFIDENCE,
            method="percentile",
            rng=np.random.default_rng(_SEED),
        ).confidence_interval
        p, low, high = float(test.pvalue), float(interval.low), float(interval.high)
    return Difference(measure, float(first), float(second), low, high, p)


def comparison_json(comparison: Comparison) -> Json:
    """Shape a comparison for ``attache eval compare --json``."""
    return {
        "before": comparison.before,
        "after": comparison.after,
        "questions": comparison.questions,
        "same_corpus": comparison.same_corpus,
        "measures": {
            each.measure.value: {
                "before": round(each.before, 4),
                "after": round(each.after, 4),
                "change": round(each.change, 4),
                "interval": [round(each.low, 4), round(each.high, 4)],
                "p": round(each.p, 4),
            }
            for each in comparison.differences
        },
        "won": [_changed_json(each) for each in comparison.won],
        "lost": [_changed_json(each) for each in comparison.lost],
        "mixed": [_changed_json(each) for each in comparison.mixed],
    }


def told(outcome: Outcome) -> str:
    """Write an answer in a line: its values, else what it quotes first, else the refusal."""
    if outcome.abstained:
        return f"— {outcome.reason or ''}".strip()
    if outcome.values:
        return "; ".join(value.text for value in outcome.values)
    return " ".join(outcome.citations[0].quote.split()) if outcome.citations else ""


class _Table:
    """Parts and wholes by row, so that questions can be drawn by number."""

    def __init__(self, shares: Sequence[Share]) -> None:
        self._parts = np.array([share.part for share in shares])
        self._wholes = np.array([share.whole for share in shares])

    def ratio(self, rows: NDArray[np.intp], axis: int = -1) -> NDArray[np.float64]:
        """Pool the rows along an axis; nan where nothing counts."""
        rows = rows.astype(np.intp, copy=False)
        parts, wholes = self._parts[rows].sum(axis=axis), self._wholes[rows].sum(axis=axis)
        ratio: NDArray[np.float64] = np.divide(
            parts, wholes, out=np.full_like(parts, np.nan, dtype=float), where=wholes > 0
        )
        return ratio


def _paired(before: KeptRun, after: KeptRun) -> list[tuple[Outcome, Outcome]]:
    later = {outcome.question.id: outcome for outcome in after.outcomes}
    both = [(one, later[one.question.id]) for one in before.outcomes if one.question.id in later]
    alike = all(one.question == other.question for one, other in both)
    if not (alike and len(both) == len(before.outcomes) == len(after.outcomes)):
        raise AttacheError(
            f"{before.name} has {len(before.outcomes)} questions and {after.name} "
            f"{len(after.outcomes)}, of which {len(both)} have the same id"
            f"{'' if alike else ', and some of these differ'}; expected runs over the same "
            "questions; run one of them again with the question file and --split of the other"
        )
    return both


def _changed(pairs: Iterable[tuple[Outcome, Outcome]]) -> Iterable[Changed]:
    for before, after in pairs:
        better: list[Measure] = []
        worse: list[Measure] = []
        for measure in Measure:
            if measure is Measure.ABSTENTION_PRECISION:
                continue  # says of one question nothing that the recall and the refusals do not
            one, other = before.scores[measure].value, after.scores[measure].value
            if one is None or other is None or abs(one - other) < 1e-9:
                continue
            (better if (other > one) is not measure.lower_is_better else worse).append(measure)
        if better or worse:
            yield Changed(before, after, tuple(better), tuple(worse))


def _changed_json(changed: Changed) -> Json:
    return {
        "id": changed.before.question.id,
        "question": changed.before.question.text,
        "better": [measure.value for measure in changed.better],
        "worse": [measure.value for measure in changed.worse],
        "before": told(changed.before),
        "after": told(changed.after),
    }
