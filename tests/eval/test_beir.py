import gzip
import json
from pathlib import Path

import pytest

from corpus.errors import AttacheError
from eval.beir import ALL_MODES, evaluate, read_dataset
from index.encoder import BUNDLED, load_encoder

DOCUMENTS = (
    ("d1", "海關", "貨櫃掃描設備的採購進度"),
    ("d2", "", "商務旅行卡審核延誤"),
    ("d3", "", "飯店安排與接送"),
    ("d4", "", "航空保安新規定"),
    ("d5", "", "資深官員會議日期"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [json.dumps({"_id": i, "title": title, "text": text}) for i, title, text in DOCUMENTS]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    queries = [("q1", "旅行卡延誤"), ("q2", "海關貨櫃"), ("q3", "沒有答案"), ("q4", "保安")]
    lines = [json.dumps({"_id": i, "text": text}) for i, text in queries]
    (tmp_path / "queries.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    rows = ["query-id\tcorpus-id\tscore", "q1\td2\t1", "q2\td1\t2", "q3\td3\t0", "q4\td4\t1"]
    (tmp_path / "qrels" / "test.tsv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_a_data_set_is_read_with_titles_and_the_queries_that_have_an_answer(folder: Path) -> None:
    dataset = read_dataset(folder)
    assert dataset.documents["d1"] == "海關\n貨櫃掃描設備的採購進度"
    assert dataset.documents["d2"] == "商務旅行卡審核延誤"
    assert list(dataset.queries) == ["q1", "q2", "q4"]
    assert dataset.qrels["q2"] == {"d1": 2}


def test_a_packed_corpus_is_read(folder: Path) -> None:
    plain = folder / "corpus.jsonl"
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    assert len(read_dataset(folder).documents) == 5


def test_a_limit_keeps_the_queries_that_can_still_be_answered(folder: Path) -> None:
    dataset = read_dataset(folder, limit_docs=2)
    assert list(dataset.documents) == ["d1", "d2"]
    assert list(dataset.queries) == ["q1", "q2"]


def test_without_test_tsv_all_qrels_count(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").rename(folder / "qrels" / "dev.tsv")
    (folder / "qrels" / "more.tsv").write_text("query-id\tcorpus-id\tscore\nq3\td3\t1\n")
    assert list(read_dataset(folder).queries) == ["q1", "q2", "q3", "q4"]


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_one_line(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(AttacheError) as caught:
        read_dataset(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "lines", "told"),
    [
        ("corpus.jsonl", '{"_id": 1', "line 1: found '{\"_id\": 1', which is not JSON"),
        ("corpus.jsonl", "[1]", "line 1: found '[1]'; expected an object"),
        ("corpus.jsonl", "[" * 100_000, "which is not JSON"),
        ("corpus.jsonl", '{"_id": 1, "text": "x"}', 'line 1, field "_id": found 1; expected text'),
        ("corpus.jsonl", '\n{"_id": "a"}', 'line 2, field "text": found no such field'),
        ("queries.jsonl", '{"_id": "q", "text": null}', 'field "text": found null; expected text'),
        ("corpus.jsonl", '{"_id": "a", "text": "x", "title": 3}', 'field "title": found 3'),
        ("qrels/test.tsv", "header\nq1 d1 1", "line 2: found 'q1 d1 1'; expected query-id"),
        ("qrels/test.tsv", "header\nq1\td1\tyes", "line 2, field \"score\": found 'yes'"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_field(
    folder: Path, file: str, lines: str, told: str
) -> None:
    (folder / file).write_text(lines)
    with pytest.raises(AttacheError) as caught:
        read_dataset(folder)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_qrels_that_are_no_text_are_told(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_bytes(b"a\xff\tb\t1")
    with pytest.raises(AttacheError, match="expected UTF-8"):
        read_dataset(folder)


def test_qrels_without_names_of_columns_lose_no_judgement(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("q1\td2\t1\r\nq2\td1\t1\r\n")
    assert read_dataset(folder).qrels == {"q1": {"d2": 1}, "q2": {"d1": 1}}


@pytest.mark.skipif(not BUNDLED.is_dir(), reason="the bundled encoder is not there")
def test_every_mode_is_measured(folder: Path) -> None:
    figures = evaluate(read_dataset(folder), load_encoder()).as_json()
    assert (figures["queries"], figures["documents"]) == (3, 5)
    assert list(figures["modes"]) == list(ALL_MODES)
    assert figures["modes"]["hybrid"]["nDCG@10"] == 1
    assert figures["modes"]["lexical"]["RR@10"] == 1
    assert set(figures["modes"]["dense"]["latency_ms"]) == {"p50", "p95"}
