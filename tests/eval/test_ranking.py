"""Rankings worked out by hand, random ones against ir-measures, and rankers of known worth."""

import math
import random
from collections.abc import Callable, Sequence

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from eval import measures
from eval.dataset import Gold, Place, Span
from eval.ranking import Chunked, Ranked, condense, rank_scores
from eval.scores import Measure, pooled

# Chunks of ten characters each: chunk 0 is 0-10, chunk 1 is 10-20, and so on.
CHUNKS = [Chunked(f"r:{at}", Span("r", at * 10, at * 10 + 10)) for at in range(200)]


def gold(start: int, end: int) -> Place:
    return Place(Gold("r.md", "…"), (Span("r", start, end),))


def figures(chunks: Sequence[Chunked], places: Sequence[Place]) -> dict[str, float | None]:
    scored = rank_scores(condense(chunks, places), len(places))
    return {measure.value: share.value for measure, share in scored.items()}


def test_gold_counts_once_and_its_other_chunks_are_left_out() -> None:
    # the gold lies across chunks 1 and 2
    ranked = condense([CHUNKS[5], CHUNKS[2], CHUNKS[1], CHUNKS[7]], [gold(15, 25)])
    assert ranked == (Ranked("r:5", None, 1), Ranked("#1", 0, 2), Ranked("r:7", None, 4))


def test_chunk_that_touches_two_golds_stands_for_both() -> None:
    ranked = condense([CHUNKS[0], CHUNKS[5]], [gold(2, 3), gold(4, 5), gold(50, 51)])
    assert ranked == (Ranked("#1", 0, 1), Ranked("#2", 1, 1), Ranked("#3", 2, 2))


def test_gold_that_stands_twice_is_found_at_either_place() -> None:
    twice = Place(Gold("r.md", "…"), (Span("r", 15, 16), Span("r", 75, 76)))
    assert condense([CHUNKS[7], CHUNKS[1]], [twice]) == (Ranked("#1", 0, 1),)


def test_measures_agree_with_hand_worked_numbers() -> None:
    # two golds, in places 2 and 4 of the ranking
    found = figures([CHUNKS[9], CHUNKS[0], CHUNKS[8], CHUNKS[1]], [gold(0, 1), gold(10, 11)])
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    best = 1 / math.log2(2) + 1 / math.log2(3)
    assert found == pytest.approx(
        {"nDCG@10": gained / best, "R@5": 1.0, "R@10": 1.0, "RR@10": 0.5, "Success@1": 0.0}
    )


def test_gold_in_place_seven_is_beyond_five() -> None:
    found = figures([*CHUNKS[1:7], CHUNKS[0]], [gold(0, 1), gold(1990, 1991)])
    assert found["R@5"] == 0.0
    assert found["R@10"] == 0.5
    assert found["RR@10"] == pytest.approx(1 / 7)


def test_left_out_chunks_move_the_rest_up() -> None:
    # six chunks of one long gold, then the other gold: second place, not seventh
    found = figures([*CHUNKS[1:7], CHUNKS[0]], [gold(10, 70), gold(0, 1)])
    assert found["R@5"] == 1.0
    assert found["nDCG@10"] == 1.0


def test_question_without_hits_scores_zero_and_counts() -> None:
    scores = rank_scores((), 1)
    assert {(share.part, share.whole) for share in scores.values()} == {(0, 1)}


def test_question_without_golds_does_not_count() -> None:
    scores = rank_scores(condense(CHUNKS[:3], []), 0)
    assert {share.whole for share in scores.values()} == {0}


def test_missing_gold_counts_as_never_found() -> None:
    lost = Place(Gold("r.md", "…"), ())
    found = figures([CHUNKS[0]], [gold(0, 1), lost])
    assert found["R@10"] == 0.5


def test_scores_agree_with_ir_measures_on_random_runs() -> None:
    draw = random.Random(5)
    asked = {nDCG @ 10: 0.0, R @ 5: 0.0, R @ 10: 0.0, RR @ 10: 0.0, Success @ 1: 0.0}
    qrels, run, ours, plain = [], [], [], []
    for number in range(200):
        wanted = draw.sample(range(60), draw.randint(1, 6))
        found = draw.sample(range(60), draw.randint(0, 50))
        qrels += [ir_measures.Qrel(str(number), str(at), 1) for at in wanted]
        run += [
            ir_measures.ScoredDoc(str(number), str(at), 1000.0 - rank)
            for rank, at in enumerate(found)
        ]
        places = [gold(at * 10, at * 10 + 1) for at in wanted]
        ours.append(rank_scores(condense([CHUNKS[at] for at in found], places), len(places)))
        grades = {str(at): 1 for at in wanted}
        plain.append(([str(at) for at in found], grades))
    theirs = ir_measures.calc_aggregate(list(asked), qrels, run)
    for measure in asked:
        pooled_ours = pooled(scores[Measure(str(measure))] for scores in ours)
        assert pooled_ours == pytest.approx(theirs[measure]), measure
    # the measures that BEIR data sets are judged by
    assert measures.average(measures.ndcg(r, g, 10) for r, g in plain) == pytest.approx(
        theirs[nDCG @ 10]
    )
    assert measures.average(measures.recall(r, g, 10) for r, g in plain) == pytest.approx(
        theirs[R @ 10]
    )
    assert measures.average(measures.reciprocal_rank(r, g, 10) for r, g in plain) == pytest.approx(
        theirs[RR @ 10]
    )


def oracle(_: random.Random, wanted: int) -> list[int]:
    return [wanted, *(at for at in range(200) if at != wanted)]


def shuffled(draw: random.Random, _: int) -> list[int]:
    return draw.sample(range(200), 200)


def broken(_: random.Random, wanted: int) -> list[int]:
    return [*(at for at in range(200) if at != wanted), wanted]


@pytest.mark.parametrize(
    ("ranker", "recall", "within"),
    [(oracle, 1.0, 0.0), (shuffled, 10 / 200, 0.02), (broken, 0.0, 0.0)],
)
def test_ranker_of_known_worth_scores_so(
    ranker: Callable[[random.Random, int], list[int]], recall: float, within: float
) -> None:
    draw = random.Random(11)
    scores = []
    for _ in range(1000):
        wanted = draw.randrange(200)
        ranking = [CHUNKS[at] for at in ranker(draw, wanted)]
        scores.append(rank_scores(condense(ranking, [gold(wanted * 10 + 3, wanted * 10 + 5)]), 1))
    assert pooled(s[Measure.RECALL_10] for s in scores) == pytest.approx(recall, abs=within)
    expected = {1.0: 1.0, 0.05: (1 / 200) * sum(1 / math.log2(r + 1) for r in range(1, 11))}
    assert pooled(s[Measure.NDCG_10] for s in scores) == pytest.approx(
        expected.get(recall, 0.0), abs=within
    )
