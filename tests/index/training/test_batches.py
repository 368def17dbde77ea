"""Bags of tokens and how they are batched."""

import numpy as np

from index.training.batches import Bags, batches, tokenise
from index.training.vocabulary import empty_tokenizer, with_pieces


def test_bags_are_taken_in_the_order_asked():
    bags = Bags(np.array([1, 2, 3, 4], np.int32), np.array([0, 2, 2, 4]))
    taken = bags.take(np.array([2, 1, 0]))
    assert taken.ids.tolist() == [3, 4, 1, 2]
    assert taken.offsets.tolist() == [0, 2, 2, 4]


def test_texts_are_cut_to_their_first_tokens():
    tokenizer = with_pieces(empty_tokenizer(), {"甲": -1.0, "乙": -1.0})
    bags = tokenise(tokenizer, ["甲乙甲", "", "乙"], longest=2)
    assert bags.ids.tolist() == [1, 2, 2]
    assert bags.offsets.tolist() == [0, 2, 2, 3]


def test_a_batch_never_mixes_groups_and_every_row_comes_once():
    groups = [np.arange(10), np.arange(100, 104)]
    made = batches(groups, 4, np.random.default_rng(0))
    assert all(len({row >= 100 for row in batch}) == 1 for batch in made)
    assert sorted(np.concatenate(made).tolist()) == [*range(10), *range(100, 104)]


def test_the_same_seed_gives_the_same_batches():
    groups = [np.arange(50)]
    one, two = (batches(groups, 8, np.random.default_rng([1, 3])) for _ in range(2))
    assert [batch.tolist() for batch in one] == [batch.tolist() for batch in two]
