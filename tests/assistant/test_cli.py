"""The command line as its users run it: a process of its own."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Command = Callable[..., CompletedProcess[str]]

SAMPLE = """---
title: 出席測試會議報告
agency: 測試署
report_date: 2021-05-06
---

# 壹、目的

本次會議討論虛擬卡的推行時程，由測試署派員出席。

# 貳、過程

一、日本表示資訊安全尚待檢核，暫不發行虛擬卡。

二、澳洲表示將於 2021 年推行虛擬卡，並負擔初期費用。

# 參、心得與建議

宜持續關注虛擬卡的發展，並與澳洲保持聯繫。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.md").write_text(SAMPLE, encoding="utf-8")
    (reports / "two.md").write_text(SAMPLE.replace("虛擬卡", "電子簽證"), encoding="utf-8")
    return reports


@pytest.fixture
def built(folder: Path, tmp_path: Path, attache: Command) -> Path:
    done = attache("index", folder, "--out", tmp_path / "index")
    assert done.returncode == 0, done.stderr
    return tmp_path / "index"


def assert_one_line_error(done: CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("attache: ")
    for word in words:
        assert word in lines[0]


@pytest.mark.parametrize(
    "command", [[], ["index"], ["ask"], ["search"], ["reports"], ["serve"], ["eval"]]
)
def test_every_command_has_help(attache: Command, command: list[str]) -> None:
    done = attache(*command, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout


def test_help_loads_nothing_of_weight() -> None:
    script = (
        "import sys; from assistant.cli import app; "
        "print([m for m in ('torch', 'gradio', 'numpy', 'faiss', 'sentence_transformers')"
        " if m in sys.modules])"
    )
    done = os.popen(f'"{sys.executable}" -c "{script}"').read()
    assert done.strip() == "[]"


def test_ask_prints_the_contract_as_json(attache: Command) -> None:
    done = attache("ask", "哪些經濟體審核 ABTC 有延宕情形？", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer.keys() >= {
        "question",
        "language",
        "abstained",
        "reason",
        "confidence",
        "statements",
        "values",
        "citations",
        "coverage",
        "took_ms",
    }
    assert answer["language"] == "zh"
    assert answer["abstained"] is False
    assert 0 <= answer["confidence"] <= 1
    for number, citation in enumerate(answer["citations"], start=1):
        assert citation["n"] == number
        assert citation.keys() >= {
            "report_id",
            "source",
            "title",
            "section_path",
            "role",
            "page",
            "start",
            "end",
            "quote",
            "passage",
            "score",
        }


def test_search_prints_the_contract_as_json(attache: Command, built: Path) -> None:
    for mode in ("hybrid", "lexical", "dense"):
        done = attache("search", "虛擬卡", "--mode", mode, "--index", built, "--json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["mode"] == mode
        assert [hit["rank"] for hit in found["hits"]] == list(range(1, len(found["hits"]) + 1))
        assert found["hits"][0]["source"] == "one.md"
        assert "虛擬卡" in found["hits"][0]["text"]
        assert (found["hits"][0]["lexical_rank"] is None) == (mode == "dense")
        assert (found["hits"][0]["dense_rank"] is None) == (mode == "lexical")


def test_reports_lists_what_the_covers_say(attache: Command, built: Path) -> None:
    listed = json.loads(attache("reports", "--index", built, "--json").stdout)["reports"]
    assert [r["source"] for r in listed] == ["one.md", "two.md"]
    assert listed[0]["title"] == "出席測試會議報告"
    assert listed[0]["agencies"] == ["測試署"]
    assert listed[0]["report_date"] == "2021-05-06"
    assert listed[0]["event_start"] is None
    assert listed[0]["pages"] is None
    assert listed[0]["chunks"] >= 3


def test_removed_report_is_found_no_more_and_comes_back_when_indexed_again(
    attache: Command, built: Path, folder: Path
) -> None:
    assert attache("reports", "one.md", "--remove", "--index", built).returncode == 0
    left = json.loads(attache("reports", "--index", built, "--json").stdout)["reports"]
    assert [r["source"] for r in left] == ["two.md"]
    assert (folder / "one.md").exists()
    assert "1 added" in attache("index", folder, "--out", built).stdout


def test_changed_folder_is_brought_up_to_date_and_unchanged_reports_keep_their_ids(
    attache: Command, built: Path, folder: Path
) -> None:
    def ids() -> dict[str, list[str]]:
        hits = json.loads(
            attache("search", "虛擬卡 電子簽證 澳洲", "-k", 50, "--index", built, "--json").stdout
        )["hits"]
        found: dict[str, list[str]] = {}
        for hit in hits:
            found.setdefault(hit["source"], []).append(hit["chunk_id"])
        return {source: sorted(chunks) for source, chunks in found.items()}

    before = ids()
    (folder / "two.md").unlink()
    (folder / "three.md").write_text(SAMPLE.replace("虛擬卡", "護照"), encoding="utf-8")
    done = attache("index", folder, "--out", built)
    assert "1 added, 1 unchanged, 1 removed" in done.stdout
    after = ids()
    assert after["one.md"] == before["one.md"]
    assert "two.md" not in after
    assert "three.md" in after


def test_abstaining_leaves_with_status_1(attache: Command, built: Path) -> None:
    done = attache("ask", "木星有幾顆衛星？", "--index", built)
    assert done.returncode == 1
    assert "報告中" in done.stdout


def test_missing_path_is_told(attache: Command, tmp_path: Path) -> None:
    assert_one_line_error(attache("index", tmp_path / "none", "--out", tmp_path / "i"), "none")


def test_empty_file_is_told(attache: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = attache("index", tmp_path / "empty.txt", "--out", tmp_path / "i")
    assert_one_line_error(done, "empty.txt", "empty")


def test_folder_without_a_report_is_told(attache: Command, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"\xff\xd8\xff")
    done = attache("index", tmp_path / "photos", "--out", tmp_path / "i")
    assert_one_line_error(done, "photos")


def test_binary_renamed_to_txt_is_told(attache: Command, tmp_path: Path) -> None:
    (tmp_path / "program.txt").write_bytes(bytes(range(256)) * 40)
    done = attache("index", tmp_path / "program.txt", "--out", tmp_path / "i")
    assert_one_line_error(done, "program.txt")


def test_index_of_another_format_version_is_told(attache: Command, built: Path) -> None:
    manifest = next(built.glob("generations/*/manifest.json"))
    stored = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**stored, "format": 999}), encoding="utf-8")
    done = attache("ask", "虛擬卡", "--index", built)
    assert_one_line_error(done, "999", "attache index")


def test_index_built_with_another_encoder_is_told(
    attache: Command, built: Path, tmp_path: Path
) -> None:
    import index

    other = tmp_path / "other-encoder"
    shutil.copytree(Path(index.__file__).parent / "models" / "attache-zh-en", other)
    done = attache("ask", "虛擬卡", "--index", built, "--encoder", other)
    assert_one_line_error(done, "encoder", "other-encoder")


def test_missing_encoder_is_told_without_looking_for_it_elsewhere(
    attache: Command, built: Path
) -> None:
    done = attache("ask", "虛擬卡", "--index", built, "--encoder", "nobody/no-such-model")
    assert_one_line_error(done, "nobody/no-such-model")


def test_damaged_index_file_is_told(attache: Command, built: Path) -> None:
    for file in sorted(next(built.glob("generations/*")).iterdir()):
        whole = file.read_bytes()
        if not whole:
            continue
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 0xFF]))
        done = attache("ask", "虛擬卡", "--index", built)
        assert_one_line_error(done, "attache index")
        file.write_bytes(whole)
    assert attache("ask", "虛擬卡", "--index", built).returncode == 0


def test_read_only_output_folder_is_told(attache: Command, folder: Path) -> None:
    # Not even the superuser can make a folder here.
    assert_one_line_error(attache("index", folder, "--out", "/proc/attache"), "/proc/attache")


def test_bad_year_is_told(attache: Command) -> None:
    assert_one_line_error(attache("ask", "虛擬卡", "--since", "next year"), "--since", "2022-08")


def test_unknown_economy_is_told(attache: Command) -> None:
    assert_one_line_error(attache("ask", "虛擬卡", "--economy", "Atlantis"), "Atlantis")


def test_unknown_report_is_told(attache: Command, built: Path) -> None:
    assert_one_line_error(attache("reports", "nine.md", "--index", built), "nine.md")


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "ABTC", "-k", "0"],
        ["ask", "X", "--role", "foo"],
        ["ask"],
        ["nonsense"],
        ["index"],
    ],
)
def test_wrong_usage_is_told_in_one_line(attache: Command, arguments: list[str]) -> None:
    assert_one_line_error(attache(*arguments), "--help")


def test_empty_question_is_told(attache: Command) -> None:
    assert_one_line_error(attache("ask", " "), "empty")


def test_question_of_a_whole_book_is_told(attache: Command) -> None:
    assert_one_line_error(attache("ask", "ABTC" * 4000), "16000", "2000")


def test_folder_of_known_reports_under_other_names_is_no_error(
    attache: Command, built: Path, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "copies").mkdir()
    shutil.copy(folder / "one.md", tmp_path / "copies" / "again.md")
    done = attache("index", tmp_path / "copies", "--out", built)
    assert done.returncode == 0, done.stderr
    assert "again.md" in done.stderr


def test_bundled_encoder_can_be_named(attache: Command, built: Path) -> None:
    done = attache("ask", "虛擬卡", "--index", built, "--encoder", "attache-zh-en")
    assert done.returncode == 0, done.stderr
