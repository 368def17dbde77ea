"""What alignment and counts give to the vectors."""

import numpy as np
import pytest
import scipy.sparse as sp

from index.training.refine import (
    RefineRecipe,
    initial_vectors,
    inverse_frequencies,
    refine,
    whiten,
)


def test_inverse_frequency_is_the_log_of_texts_over_count_with_a_floor():
    idf = inverse_frequencies(np.array([1, 10, 100, 0]), 100)
    assert idf.tolist() == pytest.approx([4.60517, 2.302585, 0.1, 4.60517], abs=1e-5)


def test_whitened_axes_are_uncorrelated_and_even():
    vectors = np.random.default_rng(0).normal(size=(500, 3)) * [10.0, 1.0, 0.1]
    whitened = whiten(vectors)
    np.testing.assert_allclose(whitened.T @ whitened / 500, np.eye(3), atol=1e-9)


def test_an_axis_where_nothing_varies_stays_zero():
    whitened = whiten(np.array([[1.0, 0.0], [2.0, 0.0]]))
    assert np.count_nonzero(np.abs(whitened).sum(axis=0)) == 1


def test_translations_begin_and_end_nearer_than_strangers():
    shared = sp.csr_matrix(([1.0, 1.0], ([1, 2], [2, 1])), shape=(50, 50))
    idf = np.ones(50)
    initial = initial_vectors(shared, idf, 16, 2.0, 0)
    np.testing.assert_allclose(np.linalg.norm(initial, axis=1), 2.0, rtol=1e-5)
    for vectors in (initial, refine(initial, shared, idf, RefineRecipe())):
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        units = vectors / np.maximum(lengths, 1e-9)
        cosines = units[2:] @ units[1]
        assert cosines.argmax() == 0
        assert cosines[0] > 0.9


def test_a_rare_token_is_longer_than_a_common_one():
    idf = np.array([4.0] * 30 + [1.0] * 30)
    refined = refine(
        np.random.default_rng(1).normal(size=(60, 8)).astype(np.float32),
        sp.csr_matrix((60, 60)),
        idf,
        RefineRecipe(),
    )
    lengths = np.linalg.norm(refined, axis=1)
    assert lengths[:30].mean() > 1.5 * lengths[30:].mean()
    assert (lengths**2).mean() == pytest.approx(1.0, abs=1e-5)
