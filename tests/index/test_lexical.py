"""Scores are compared with rank-bm25's own class by ==, not nearly."""

import random
from math import log
from pathlib import Path

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from index.lexical import LexicalIndex, best_rows

PASSAGES = [
    ["apple", "pear"],
    ["apple", "apple", "plum", "fig"],
    ["pear"],
    ["fig", "plum", "fig"],
    ["date", "kiwi"],
]


def test_a_score_worked_by_hand() -> None:
    # five passages of 2, 4, 1, 3 and 2 terms: 2.4 in the mean; apple stands in two of them
    idf = log(5 - 2 + 0.5) - log(2 + 0.5)
    norm = 1.5 * (1 - 0.75 + 0.75 * 4 / 2.4)
    expected = idf * 2 * 2.5 / (2 + norm)
    assert LexicalIndex(PASSAGES).get_scores(["apple"])[1] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", range(60))
def test_scores_are_those_of_the_parent_to_the_last_bit(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"w{number}" for number in range(chance.randint(1, 40))]
    corpus = [
        [chance.choice(words) for _ in range(chance.randint(0, 30))]
        for _ in range(chance.randint(1, 50))
    ]
    corpus.append(words)
    ours, parent = LexicalIndex(corpus), BM25Okapi(corpus)
    for _ in range(5):
        query = [chance.choice([*words, "unknown"]) for _ in range(chance.randint(0, 9))]
        assert (ours.get_scores(query) == parent.get_scores(query)).all()


def test_a_stored_index_gives_the_same_scores(tmp_path: Path) -> None:
    built = LexicalIndex(PASSAGES)
    built.save(tmp_path)
    opened = LexicalIndex.open(tmp_path)
    query = ["apple", "fig", "nowhere"]
    assert (opened.get_scores(query) == built.get_scores(query)).all()
    assert opened.idf_of("kiwi") == built.idf_of("kiwi")


@pytest.mark.parametrize("passages", [[], [[]], [[], []]])
def test_an_empty_index_finds_nothing(passages: list[list[str]], tmp_path: Path) -> None:
    empty = LexicalIndex(passages)
    empty.save(tmp_path)
    assert not LexicalIndex.open(tmp_path).get_scores(["apple"]).any()


def test_a_phrase_is_where_all_its_terms_are_counted_by_the_rarest() -> None:
    found = LexicalIndex(PASSAGES).phrase(["fig", "plum"])
    assert found is not None
    assert found.rows.tolist() == [1, 3]
    assert found.counts.tolist() == [1, 1]
    assert LexicalIndex(PASSAGES).phrase(["fig", "date"]) is None


def test_best_rows_are_ordered_by_score_then_row_and_hold_no_zero() -> None:
    scores = np.array([0.0, 2.0, 1.0, 2.0, 1.0, 0.0])
    assert best_rows(scores, 10, None).tolist() == [1, 3, 2, 4]
    assert best_rows(scores, 3, None).tolist() == [1, 3, 2]
    allowed = np.array([True, False, True, True, True, True])
    assert best_rows(scores, 2, allowed).tolist() == [3, 2]
