import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import AttacheError
from index.rerank import RERANKED, CrossEncoderReranker, reranked
from index.retriever import Index, open_index
from index.types import Hit, Mode, Vectors
from index.update import update

from .conftest import REPORTS

QUERY = "俄羅斯審核旅行卡延誤 會議 說明"


class ByLength:
    """Finds a passage the better, the longer it is; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def score(self, query: str, texts: Sequence[str]) -> Vectors:
        self.asked.append((query, len(texts)))
        return np.array([len(text) for text in texts], dtype=np.float32)


@pytest.fixture(scope="module")
def folder(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("rerank")
    (home / "reports").mkdir()
    for name, text in REPORTS.items():
        (home / "reports" / name).write_text(text, encoding="utf-8")
    update([home / "reports"], home / "index", str(model))
    return home / "index"


@pytest.fixture(scope="module")
def plain(folder: Path) -> Index:
    return open_index(folder)


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.chunk.id for hit in hits]


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CrossEncoder of random weights: one layer, a vocabulary of a few characters."""
    return write_cross_encoder(tmp_path_factory.mktemp("cross"), labels=1)


def write_cross_encoder(folder: Path, labels: int) -> Path:
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    torch.manual_seed(7)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"海關延誤核准貨櫃旅行會議飯店"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    settings = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=labels,
        initializer_range=1.0,
    )
    transformers.BertForSequenceClassification(settings).save_pretrained(folder)
    return folder


def test_the_first_hits_are_ordered_by_the_reranker_and_the_others_follow(plain: Index) -> None:
    hits = plain.search(QUERY, k=4)
    first, second, third, fourth = ids(hits)
    new = reranked(hits, np.array([0.25, 0.75, 0.25], dtype=np.float32))
    assert ids(new) == [second, first, third, fourth]
    assert [hit.rank for hit in new] == [1, 2, 3, 4]
    assert [hit.score for hit in new] == [0.75, 0.25, 0.25, hits[3].score]
    assert new[0].lexical == hits[1].lexical


def test_hybrid_search_asks_the_reranker(folder: Path, plain: Index) -> None:
    reranker = ByLength()
    opened = open_index(folder, reranker=reranker)
    every = plain.search(QUERY, k=RERANKED)
    hits = opened.search(QUERY, k=2)
    assert reranker.asked == [(QUERY, len(every))]
    scores = dict(zip(ids(every), reranked_lengths(plain, every), strict=True))
    expected = sorted(scores, key=lambda chunk: -scores[chunk])[:2]
    assert expected != ids(every)[:2]
    assert ids(hits) == expected
    assert [(hit.rank, hit.score) for hit in hits] == [
        (rank, scores[chunk]) for rank, chunk in enumerate(expected, start=1)
    ]


def reranked_lengths(opened: Index, hits: Sequence[Hit]) -> list[int]:
    from index.passage import passage

    return [len(passage(opened.report(hit.chunk.report_id), hit.chunk)) for hit in hits]


@pytest.mark.parametrize("mode", [Mode.LEXICAL, Mode.DENSE])
def test_the_single_retrievers_go_without(folder: Path, plain: Index, mode: Mode) -> None:
    reranker = ByLength()
    hits = open_index(folder, reranker=reranker).search(QUERY, mode)
    assert hits == plain.search(QUERY, mode)
    assert not reranker.asked


def test_a_query_that_finds_nothing_is_reranked_to_nothing(folder: Path) -> None:
    assert open_index(folder, reranker=ByLength()).search(" ") == ()


def test_a_cross_encoder_judges_hits_offline(
    folder: Path, plain: Index, cross_encoder: Path
) -> None:
    reranker = CrossEncoderReranker(str(cross_encoder))
    scores = reranker.score("海關", ["海關核准", "飯店", "旅行延誤"])
    assert scores.shape == (3,)
    assert len(set(scores.tolist())) == 3
    assert reranker.score("海关", ["海關核准"]) == pytest.approx(scores[:1], abs=1e-5)
    assert reranker.score("海關", []).shape == (0,)
    hits = open_index(folder, reranker=reranker).search(QUERY)
    assert sorted(ids(hits)) == sorted(ids(plain.search(QUERY)))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_missing_model_is_one_line_within_a_second() -> None:
    program = (
        "from index.rerank import CrossEncoderReranker\n"
        "from corpus.errors import AttacheError\n"
        "import time; start = time.perf_counter()\n"
        "try: CrossEncoderReranker('missing/model')\n"
        "except AttacheError as error: print(time.perf_counter() - start, error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    seconds, _, message = run.stdout.strip().partition(" ")
    assert float(seconds) < 1
    assert "reranker 'missing/model'" in message
    assert "--reranker" in message
    assert "\n" not in message


def test_a_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(AttacheError, match="cannot read the reranker") as caught:
        CrossEncoderReranker(str(tmp_path)).score("海關", ["海關"])
    assert "\n" not in str(caught.value)


def test_a_model_of_several_scores_is_one_line(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(write_cross_encoder(tmp_path, labels=3)))
    with pytest.raises(AttacheError, match="gives 3 scores a passage; expected 1"):
        reranker.score("海關", ["海關"])
