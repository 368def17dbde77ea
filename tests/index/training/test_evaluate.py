"""The figures of the dense leg."""

import json
import math

import numpy as np
import pytest

from index.training.evaluate import Collection, evaluate, read_collection

VECTORS = {"甲": [1.0, 0.0], "乙": [0.0, 1.0], "兩者": [0.6, 0.8]}


def encode(texts):
    return np.array([VECTORS[text] for text in texts], np.float32)


def collection(relevant):
    return Collection("made up", ("甲", "乙", "兩者"), ("乙", "甲"), relevant)


def test_the_second_place_earns_one_over_log2_of_three():
    assert evaluate(collection({0: (2,)}), encode).ndcg == pytest.approx(1 / math.log2(3))


def test_a_tie_counts_against_us():
    figures = evaluate(collection({0: (0,)}), lambda texts: np.ones((len(texts), 2), np.float32))
    assert figures.ndcg == pytest.approx(1 / math.log2(4))


def test_two_relevant_passages_in_front_are_perfect():
    figures = evaluate(collection({0: (1, 2)}), encode)
    assert figures.ndcg == pytest.approx(1.0)
    assert figures.recall == 1.0


def test_a_folder_is_read_with_titles_before_texts(tmp_path):
    corpus = [{"_id": "d0", "title": "題", "text": "文"}, {"_id": "d1", "text": "乙"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "乙"}\n', encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td1\t1\n")
    read = read_collection(tmp_path)
    assert read.passages == ("題 文", "乙")
    assert read.relevant == {0: (1,)}
