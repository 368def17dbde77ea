from dataclasses import replace

import pytest

from eval.figures import by_lang, by_type, calibration, fault_counts, figures, latency, run_json
from eval.run import Outcome
from eval.scores import Fault, Measure, Share


def test_calibration_agrees_with_hand_worked_numbers(outcomes: tuple[Outcome, ...]) -> None:
    said = [(0.95, True), (0.95, False), (0.15, False), (1.0, True)]
    made = [replace(outcomes[0], confidence=c, near_gold=right) for c, right in said]
    fit = calibration(made)
    assert [(b.low, b.questions, b.right) for b in fit.bins] == [
        (0.1, 1, 0.0),
        (0.9, 3, pytest.approx(2 / 3)),
    ]
    assert fit.bins[1].confidence == pytest.approx(2.9 / 3)
    assert fit.error == pytest.approx((0.15 + 3 * (2.9 / 3 - 2 / 3)) / 4)
    assert fit.brier == pytest.approx((0.05**2 + 0.95**2 + 0.15**2 + 0) / 4)
    assert calibration([]).bins == ()


def test_latency_gives_percentiles(outcomes: tuple[Outcome, ...]) -> None:
    times = latency([replace(outcomes[0], took_ms=float(ms)) for ms in range(101)])
    assert (times.p50, times.p95) == (50.0, 95.0)
    assert latency([]).p95 == 0.0


def test_figures_sum_parts_and_wholes(outcomes: tuple[Outcome, ...]) -> None:
    def with_precision(part: int, whole: int) -> Outcome:
        shares = {**outcomes[0].scores, Measure.CITATION_PRECISION: Share(part, whole)}
        return replace(outcomes[0], scores=shares)

    summed = figures([with_precision(1, 1), with_precision(1, 7)])
    assert summed.measures[Measure.CITATION_PRECISION] == pytest.approx(2 / 8)
    assert summed.questions == 2


def test_groups_hold_every_question_once(outcomes: tuple[Outcome, ...]) -> None:
    for groups in (by_lang(outcomes), by_type(outcomes)):
        assert sum(map(len, groups.values())) == len(outcomes)


def test_faults_are_counted(outcomes: tuple[Outcome, ...]) -> None:
    both = replace(outcomes[0], faults=(Fault.NOT_FOUND, Fault.REFUSED))
    counts = fault_counts([both, both])
    assert counts[Fault.NOT_FOUND] == counts[Fault.REFUSED] == 2
    assert counts[Fault.FALSE_ANSWER] == 0


def test_json_has_the_promised_shape(outcomes: tuple[Outcome, ...]) -> None:
    shaped = run_json(outcomes, 5)
    answers = {
        "value_recall",
        "value_precision",
        "citation_recall",
        "citation_precision",
        "abstention_recall",
        "abstention_precision",
        "answerable_refused",
        "quotes",
        "quotes_exact",
    }
    ranking = {"nDCG@10", "R@5", "R@10", "RR@10", "Success@1"}
    assert (shaped["questions"], shaped["reports"]) == (len(outcomes), 5)
    for part in (shaped, *shaped["by_lang"].values(), *shaped["by_type"].values()):
        assert set(part["ranking"]) == ranking
        assert set(part["answers"]) == answers
    assert set(shaped["by_lang"]) == {"zh", "en", "zh-Hans"}
    assert set(shaped["by_mode"]) == {"hybrid", "lexical", "dense"}
    assert set(shaped["latency_ms"]) == {"p50", "p95"}
