import random
from math import log2

import pytest

from eval.measures import average, ndcg, pessimistic, recall, reciprocal_rank

GRADES = {"a": 1, "b": 2, "c": 0}


def test_measures_worked_by_hand() -> None:
    ranking = ["x", "a", "y", "b"]
    best = 2 + 1 / log2(3)
    assert ndcg(ranking, GRADES, 10) == pytest.approx((1 / log2(3) + 2 / log2(5)) / best)
    assert ndcg(ranking, GRADES, 2) == pytest.approx(1 / log2(3) / best)
    assert recall(ranking, GRADES, 3) == 0.5
    assert reciprocal_rank(ranking, GRADES, 10) == 0.5
    assert reciprocal_rank(ranking, GRADES, 1) == 0


def test_a_query_that_finds_nothing_scores_zero() -> None:
    assert ndcg([], GRADES, 10) == recall([], GRADES, 10) == reciprocal_rank([], GRADES, 10) == 0
    assert average([1.0, 0.0]) == 0.5
    assert average([]) == 0


def test_ties_count_against_the_ranking() -> None:
    assert pessimistic([("a", 1.0), ("x", 1.0), ("b", 2.0)], GRADES) == ["b", "x", "a"]


def test_the_measures_are_those_of_ir_measures() -> None:
    ir_measures = pytest.importorskip("ir_measures")
    chance = random.Random(3)
    documents = [f"d{number}" for number in range(30)]
    measures = [ir_measures.parse_measure(name) for name in ("nDCG@10", "R@10", "RR@10")]
    for _ in range(50):
        grades = {d: chance.randint(0, 2) for d in chance.sample(documents, 8)} | {"d0": 1}
        ranking = chance.sample(documents, 20)
        run = {"q": {d: 20.0 - rank for rank, d in enumerate(ranking)}}
        theirs = ir_measures.calc_aggregate(measures, {"q": grades}, run)
        for measure, ours in zip(measures, (ndcg, recall, reciprocal_rank), strict=True):
            assert ours(ranking, grades, 10) == pytest.approx(theirs[measure])
