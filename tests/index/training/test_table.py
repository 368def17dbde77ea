"""The translation table that ships beside the weights."""

import numpy as np
import pytest
import scipy.sparse as sp
from safetensors.numpy import load_file

from index.training.batches import Bags
from index.training.table import (
    TRANSLATIONS_FILE,
    TableRecipe,
    best_translations,
    relative_frequencies,
    save_translations,
)


def test_the_likeliest_cells_of_each_query_token_are_kept():
    cells = sp.csr_matrix([[0.0, 0.5], [0.0, 0.9], [0.3, 0.01], [0.0, 0.2]])
    best = best_translations(cells, TableRecipe(per_token=2, least=0.02)).toarray()
    assert best.tolist() == [[0.0, 0.5], [0.0, 0.9], [0.3, 0.0], [0.0, 0.0]]


def test_a_frequency_is_the_sum_of_the_shares_in_both_languages():
    chinese = Bags(np.array([1, 1, 2, 2], np.int32), np.array([0, 4]))
    english = Bags(np.array([2, 3], np.int32), np.array([0, 2]))
    frequencies = relative_frequencies(chinese, english, 5)
    assert frequencies.tolist() == pytest.approx([0, 0.5, 1.0, 0.5, 0], abs=1e-6)
    assert frequencies.min() > 0


def test_cells_are_read_back_as_they_were_described(tmp_path):
    size = 70_000
    table = sp.csc_matrix(([1.0, 0.25], ([69_999, 3], [2, 2])), shape=(size, size))
    table.sort_indices()
    save_translations(tmp_path, table, np.ones(size, np.float32))
    read = load_file(tmp_path / TRANSLATIONS_FILE)
    cells = slice(read["starts"][2], read["starts"][3])
    levels = read["levels"][cells].astype(np.int64)
    assert (read["tokens"][cells] | (levels >> 7 << 16)).tolist() == [3, 69_999]
    assert np.exp(-(levels & 127) / 32).tolist() == pytest.approx([0.25, 1.0], rel=0.02)


def test_a_vocabulary_beyond_seventeen_bits_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at most 131,072"):
        save_translations(tmp_path, sp.csc_matrix((131_073, 1)), np.ones(1, np.float32))
