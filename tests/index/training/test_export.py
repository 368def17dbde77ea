"""The model folder."""

import numpy as np
import pytest
from safetensors.numpy import load_file

from index.training.export import quantise, save_model
from index.training.vocabulary import empty_tokenizer, with_pieces

VECTORS = np.array([[0, 0, 0], [1, -2, 0.5], [0.01, 0, 0.02]], np.float32)


@pytest.fixture
def tokenizer():
    return with_pieces(empty_tokenizer(), {"海關": -1.0, "customs": -1.0})


def test_a_row_is_restored_to_half_a_step():
    rows, scales = quantise(VECTORS)
    assert rows.dtype == np.int8
    assert rows[1].tolist() == [64, -127, 32]
    np.testing.assert_allclose(rows * scales[:, None], VECTORS, atol=2 / 127 / 2 + 1e-7)
    assert scales[0] == 0


def test_sentence_transformers_and_numpy_agree(tmp_path, tokenizer):
    from sentence_transformers import SentenceTransformer

    save_model(tmp_path, tokenizer, VECTORS)
    tensors = load_file(tmp_path / "model.safetensors")
    rows = tensors["embeddings"] * tensors["weights"][:, None]
    mean = rows[tokenizer.encode("海關 customs").ids].mean(axis=0)
    encoded = SentenceTransformer(str(tmp_path), device="cpu").encode(["海關 customs"])[0]
    np.testing.assert_allclose(encoded, mean / np.linalg.norm(mean), atol=1e-6)


def test_vectors_of_another_vocabulary_are_refused(tmp_path, tokenizer):
    with pytest.raises(ValueError, match="found 2 vectors, expected 3"):
        save_model(tmp_path, tokenizer, VECTORS[:2])
