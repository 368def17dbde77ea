from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex, recall
from index.encoder import unit
from index.types import Vectors


def some_vectors(count: int = 60, dim: int = 16) -> Vectors:
    return unit(np.random.default_rng(1).normal(size=(count, dim)).astype(np.float32))


def test_scores_are_cosine_similarities_and_rows_are_ordered_by_them(tmp_path: Path) -> None:
    axes = np.eye(4, dtype=np.float32)
    vectors = np.array([axes[0], axes[1], unit(axes[:1] + axes[1:2])[0], -axes[0]])
    DenseIndex.build(vectors).save(tmp_path)
    rows, scores = DenseIndex.open(tmp_path).search(axes[0], 4)
    assert rows.tolist() == [0, 2, 1, 3]
    assert scores == pytest.approx([1, 0.5**0.5, 0, -1], abs=1e-6)


def test_equal_similarities_are_ordered_by_row() -> None:
    vectors = np.tile(np.array([[0, 1]], dtype=np.float32), (5, 1))
    assert DenseIndex.build(vectors).search(vectors[0], 5)[0].tolist() == [0, 1, 2, 3, 4]


def test_only_allowed_rows_are_found() -> None:
    vectors = some_vectors()
    allowed = np.zeros(len(vectors), dtype=np.bool_)
    allowed[[3, 20, 41]] = True
    rows, scores = DenseIndex.build(vectors).search(vectors[0], 10, allowed)
    exact = vectors @ vectors[0]
    assert rows.tolist() == sorted([3, 20, 41], key=lambda row: -exact[row])
    assert scores == pytest.approx(exact[rows], abs=1e-5)


def test_stored_vectors_come_back() -> None:
    vectors = some_vectors()
    assert DenseIndex.build(vectors).vectors(np.array([5, 1])) == pytest.approx(vectors[[5, 1]])


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    DenseIndex.build(np.zeros((0, 8), dtype=np.float32)).save(tmp_path)
    rows, _ = DenseIndex.open(tmp_path).search(np.ones(8, dtype=np.float32), 5)
    assert rows.tolist() == []


@pytest.mark.parametrize("kind", ["exact", "compressed", "cells"])
def test_every_kind_finds_nearly_all_true_neighbours(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if kind != "exact":
        monkeypatch.setattr(dense, "EXACT_UP_TO", 100)
    if kind == "cells":
        monkeypatch.setattr(dense, "COMPRESSED_UP_TO", 200)
    vectors = some_vectors(3000, 32)
    built = DenseIndex.build(vectors)
    assert recall(built, vectors) >= (1 if kind == "exact" else dense.TARGET_RECALL)
    built.save(tmp_path)
    opened = DenseIndex.open(tmp_path)
    assert recall(opened, vectors) >= (1 if kind == "exact" else dense.TARGET_RECALL)
    allowed = np.zeros(len(vectors), dtype=np.bool_)
    allowed[::500] = True
    assert sorted(opened.search(vectors[1], 10, allowed)[0].tolist()) == list(range(0, 3000, 500))
    assert opened.vectors(np.array([7])) == pytest.approx(vectors[[7]], abs=0.05)
