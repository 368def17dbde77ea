import numpy as np
import pytest

from index import fusion
from index.fusion import Scale, Weights, fused, matched, reciprocal_ranks


def test_a_scale_is_the_mean_and_deviation_of_the_best_scores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fusion, "BEST", 2)
    assert Scale.of(np.array([0.0, 4.0, 0.0, 2.0])) == Scale(3.0, 1.0)
    assert Scale(3.0, 1.0).standardised(np.array([5.0, 3.0])).tolist() == [2.0, 0.0]


@pytest.mark.parametrize("scores", [[], [1.5], [2.0, 2.0]])
def test_scores_that_are_all_alike_count_nothing(scores: list[float]) -> None:
    values = np.array(scores)
    assert Scale.of(values).standardised(values).tolist() == [0.0] * len(scores)


@pytest.mark.parametrize(
    ("across", "expected"), [(0, [1.2, 2.0]), (1, [1.8, 2.0]), (0.5, [1.5, 2.0])]
)
def test_the_dense_weight_grows_with_the_share_in_the_other_language(
    across: float, expected: list[float]
) -> None:
    weights = Weights(translation=1, dense=0.2, dense_across=0.8)
    matches, dense = np.array([1.0, 2.0]), np.array([1.0, 0.0])
    assert fused(matches, dense, across, weights).tolist() == pytest.approx(expected)


def test_words_and_translations_add_up() -> None:
    weights = Weights(translation=2, dense=0, dense_across=0)
    assert matched(np.array([1.0, 0.0]), np.array([0.5, 3.0]), weights).tolist() == [2.0, 6.0]


def test_reciprocal_ranks_worked_by_hand() -> None:
    scores = reciprocal_ranks([[7, 3], [3]], k=60)
    assert scores == pytest.approx({7: 1 / 61, 3: 1 / 62 + 1 / 61})
