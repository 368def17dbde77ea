"""Training, and going on after an interruption."""

from dataclasses import replace

import numpy as np
import pytest

from index.training.batches import Bags
from index.training.train import TrainRecipe, train

TEXTS = 40
RECIPE = TrainRecipe(epochs=20, batch=20, learning_rate=0.2)


def bags(first):
    """Text ``i`` holds the one token ``first + i``."""
    return Bags(np.arange(first, first + TEXTS, dtype=np.int32), np.arange(TEXTS + 1))


LEFT, RIGHT, GROUPS = bags(1), bags(1 + TEXTS), [np.arange(TEXTS)]
INITIAL = np.random.default_rng(0).normal(size=(1 + 2 * TEXTS, 8)).astype(np.float32)


def run(checkpoint, recipe=RECIPE, say=lambda line: None):
    return train(INITIAL, LEFT, RIGHT, GROUPS, recipe, checkpoint, device="cpu", say=say)


def test_pairs_become_nearest_neighbours(tmp_path):
    trained = run(tmp_path / "checkpoint.pt")
    units = trained / np.maximum(np.linalg.norm(trained, axis=1, keepdims=True), 1e-9)
    nearest = (units[1 : 1 + TEXTS] @ units[1 + TEXTS :].T).argmax(axis=1)
    assert (nearest == np.arange(TEXTS)).mean() > 0.9
    assert not trained[0].any()


def test_an_interrupted_run_goes_on_to_the_same_vectors(tmp_path):
    whole = run(tmp_path / "whole.pt")

    def stop_after_two(line):
        if line.startswith("epoch 2/20 done"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "cut.pt", say=stop_after_two)
    np.testing.assert_allclose(run(tmp_path / "cut.pt"), whole, atol=1e-5)


def test_a_checkpoint_made_otherwise_is_refused(tmp_path):
    run(tmp_path / "checkpoint.pt")
    with pytest.raises(ValueError, match="remove it"):
        run(tmp_path / "checkpoint.pt", replace(RECIPE, learning_rate=0.1))
