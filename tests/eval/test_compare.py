from dataclasses import replace

import pytest

from corpus.errors import AttacheError
from eval.compare import compare, comparison_json, difference
from eval.run import Outcome, Settings
from eval.runs import Basis, KeptRun
from eval.scores import Measure, Share

ALL_OR_NOTHING = [Share(0, 1)] * 5, [Share(1, 1)] * 5


def test_randomisation_test_agrees_with_hand_worked_number() -> None:
    # 2 of the 2^5 ways to exchange the runs give a difference of 1 or -1
    found = difference(Measure.SUCCESS_1, *ALL_OR_NOTHING)
    assert found is not None
    assert found.p == pytest.approx(2 / 32)
    assert (found.before, found.after, found.change) == (0.0, 1.0, 1.0)
    assert (found.low, found.high) == (1.0, 1.0)


def test_equal_runs_differ_by_nothing() -> None:
    shares = [Share(1, 1), Share(0, 1), Share(0.5, 1)]
    found = difference(Measure.SUCCESS_1, shares, shares)
    assert found is not None
    assert (found.p, found.low, found.high) == (1.0, 0.0, 0.0)


def test_small_difference_is_told_from_a_large_one() -> None:
    before = [Share(at % 2, 1) for at in range(100)]
    little = [Share(1, 1), *before[1:]]
    much = [Share(1, 1)] * 60 + before[60:]
    by_luck = difference(Measure.SUCCESS_1, before, little)
    by_merit = difference(Measure.SUCCESS_1, before, much)
    assert by_luck is not None
    assert by_merit is not None
    assert by_luck.p > 0.5
    assert by_luck.low == 0.0
    assert by_merit.p < 0.01
    assert 0.15 < by_merit.low < 0.3 < by_merit.high < 0.45


def test_shares_weigh_by_their_whole() -> None:
    found = difference(
        Measure.CITATION_PRECISION, [Share(1, 1), Share(0, 7)], [Share(1, 1), Share(7, 7)]
    )
    assert found is not None
    assert (found.before, found.after) == (pytest.approx(1 / 8), 1.0)


def test_measure_that_is_not_defined_is_left_out() -> None:
    assert difference(Measure.VALUE_PRECISION, [Share(0, 0)] * 5, [Share(1, 1)] * 5) is None


def test_same_seed_gives_the_same_figures() -> None:
    before = [Share(at % 2, 1) for at in range(40)]
    after = [Share(at % 3 == 0, 1) for at in range(40)]
    first = difference(Measure.SUCCESS_1, before, after)
    assert first == difference(Measure.SUCCESS_1, before, after)


@pytest.fixture
def kept(outcomes: tuple[Outcome, ...], basis: Basis) -> KeptRun:
    return KeptRun("before", Settings(), basis, outcomes[:20])


def changed(run: KeptRun, at: int, measure: Measure, share: Share) -> KeptRun:
    outcome = run.outcomes[at]
    better = replace(outcome, scores={**outcome.scores, measure: share})
    return replace(
        run, name="after", outcomes=(*run.outcomes[:at], better, *run.outcomes[at + 1 :])
    )


def test_questions_won_and_lost_are_listed_with_both_answers(kept: KeptRun) -> None:
    base = changed(kept, 0, Measure.RECALL_5, Share(0, 1))
    base = changed(base, 1, Measure.RECALL_5, Share(1, 1))
    base = changed(base, 2, Measure.ANSWERABLE_REFUSED, Share(1, 1))
    after = changed(base, 0, Measure.RECALL_5, Share(1, 1))
    after = changed(after, 1, Measure.RECALL_5, Share(0, 1))
    after = changed(after, 2, Measure.ANSWERABLE_REFUSED, Share(0, 1))
    comparison = compare(base, after, resamples=99)
    ids = [outcome.question.id for outcome in kept.outcomes]
    assert [each.before.question.id for each in comparison.won] == [ids[0], ids[2]]
    assert [each.before.question.id for each in comparison.lost] == [ids[1]]
    shaped = comparison_json(comparison)
    assert shaped["won"][0]["better"] == ["R@5"]
    assert shaped["won"][0]["before"]
    assert shaped["won"][0]["after"]
    assert shaped["measures"]["R@5"]["change"] == pytest.approx(0)


def test_run_compared_with_itself_has_no_changes(kept: KeptRun) -> None:
    comparison = compare(kept, kept, resamples=99)
    assert comparison.changed == ()
    assert {each.p for each in comparison.differences} == {1.0}
    assert comparison.same_corpus


def test_runs_over_other_questions_are_refused(kept: KeptRun) -> None:
    fewer = replace(kept, name="fewer", outcomes=kept.outcomes[:5])
    with pytest.raises(AttacheError, match="expected runs over the same questions"):
        compare(kept, fewer)
    first = kept.outcomes[0]
    reworded = replace(first, question=replace(first.question, text="other"))
    with pytest.raises(AttacheError, match="some of these differ"):
        compare(kept, replace(kept, outcomes=(reworded, *kept.outcomes[1:])))
