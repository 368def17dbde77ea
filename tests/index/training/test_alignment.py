"""Which token translates which."""

import numpy as np
import pytest

from index.training.alignment import AlignmentRecipe, translations
from index.training.batches import Bags

# ids: 1 customs, 2 committee, 3 the, 4 海關, 5 委員會, 6 APEC
ENGLISH = [[1, 3], [2, 3], [1, 2], [6, 3]]
CHINESE = [[4], [5], [4, 5], [6]]


def bags(texts):
    lengths = [len(text) for text in texts]
    return Bags(np.concatenate(texts).astype(np.int32), np.concatenate([[0], np.cumsum(lengths)]))


@pytest.fixture(scope="module")
def matrix():
    return translations(bags(ENGLISH), bags(CHINESE), 7, AlignmentRecipe()).toarray()


def test_a_word_is_translated_by_its_translation(matrix):
    assert matrix[1].argmax() == 4
    assert matrix[2].argmax() == 5


def test_alignment_is_known_in_both_directions(matrix):
    assert matrix[4].argmax() == 1
    assert matrix[4, 1] > 0.7


def test_a_word_beside_everything_explains_little(matrix):
    assert matrix[4, 3] < 0.3 * matrix[4, 1]


def test_a_name_is_no_translation_of_itself(matrix):
    assert matrix[6, 6] == 0
