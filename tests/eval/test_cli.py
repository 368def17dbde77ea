"""The command line as it is used."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Attache = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def kept(attache: Attache, few: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of a few questions and its page."""
    folder = tmp_path_factory.mktemp("kept")
    done = attache(
        *("eval", "run", "--questions", few),
        *("--save", folder / "run", "--html", folder / "page.html"),
    )
    assert done.returncode == 0, done.stderr
    assert "nDCG@10" in done.stdout
    assert "value_recall" in done.stdout
    return folder


def test_run_is_kept_and_shown(kept: Path) -> None:
    assert {file.name for file in (kept / "run").iterdir()} == {
        "run.trec",
        "qrels.trec",
        "chunks.trec",
        "answers.jsonl",
        "figures.json",
        "settings.json",
        "environment.json",
        "timings.json",
    }
    assert "</html>" in (kept / "page.html").read_text(encoding="utf-8")


def test_run_prints_json(attache: Attache, few: Path) -> None:
    done = attache("eval", "run", "--questions", few, "--split", "held-out", "--json")
    assert done.returncode == 0, done.stderr
    shaped = json.loads(done.stdout)
    assert shaped["questions"] == len(
        [line for line in few.read_text(encoding="utf-8").splitlines() if '"held-out"' in line]
    )
    assert {"ranking", "answers", "by_lang", "by_type", "latency_ms"} <= set(shaped)


def test_runs_are_compared(attache: Attache, kept: Path) -> None:
    done = attache("eval", "compare", kept / "run", kept / "run")
    assert done.returncode == 0, done.stderr
    assert "won: 0" in done.stdout
    shaped = json.loads(attache("eval", "compare", kept / "run", kept / "run", "--json").stdout)
    assert shaped["measures"]["nDCG@10"]["p"] == 1.0


def test_beir_data_set_is_measured(attache: Attache, tmp_path: Path) -> None:
    texts = ["海關合作", "旅行卡的審核", "反恐工作小組", "電子商務的關稅", "貨櫃安全", "邊境管理"]
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    records = (json.dumps({"_id": f"d{n}", "text": text}) for n, text in enumerate(texts))
    (folder / "corpus.jsonl").write_text("\n".join(records), encoding="utf-8")
    query = json.dumps({"_id": "q", "text": "旅行卡審核"})
    (folder / "queries.jsonl").write_text(query, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td1\t1\n")
    done = attache("eval", "beir", folder, "--json")
    assert done.returncode == 0, done.stderr
    shaped = json.loads(done.stdout)
    assert (shaped["dataset"], shaped["queries"], shaped["documents"]) == ("tiny", 1, 6)
    assert list(shaped["modes"]) == ["hybrid", "lexical", "dense", "rrf"]
    assert shaped["modes"]["lexical"]["nDCG@10"] == 1.0
    both = attache("eval", "beir", folder, folder, "--mode", "lexical")
    assert both.stdout.count("tiny: 1 queries, 6 documents") == 2
    listed = attache("eval", "beir", folder, folder, "--mode", "lexical", "--json")
    assert [each["dataset"] for each in json.loads(listed.stdout)] == ["tiny", "tiny"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "--mode", "best"], "--mode is 'best'; expected one of hybrid, lexical, dense"),
        (["run", "--split", "test"], "--split is 'test'; expected one of tune, held-out, all"),
        (["run", "--questions", "none.jsonl"], "cannot read the questions in none.jsonl"),
        (["run", "--index", "nowhere"], "no index in nowhere"),
        (["beir", "nowhere"], "no data set in nowhere"),
        (["beir", "nowhere", "--mode", "best"], "expected one of hybrid, lexical, dense, rrf"),
        (["compare", "nowhere"], "found one run; expected at least two"),
        (["compare", "nowhere", "nowhere"], "no run in nowhere"),
        (["sweep", "--encoder", "nobody/nothing"], "is neither a folder nor in this machine"),
        (["sweep", "--chunk", "7"], "greater than or equal to 50"),
        (["sweep", "--fusion", "speed=1"], "expected 'usual', or NAME=VALUE"),
    ],
)
def test_bad_usage_is_told_in_one_line(attache: Attache, arguments: list[str], told: str) -> None:
    done = attache("eval", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_missing_golds_fail_the_run_unless_allowed(
    attache: Attache, few: Path, tmp_path: Path
) -> None:
    lines = few.read_text(encoding="utf-8").splitlines()
    question = json.loads(lines[0])
    question["golds"] = [{"report": question["golds"][0]["report"], "quote": "木星的衛星"}]
    file = tmp_path / "moved.jsonl"
    file.write_text(json.dumps(question), encoding="utf-8")
    refused = attache("eval", "run", "--questions", file)
    assert refused.returncode == 2
    assert "1 of 1 golds do not occur" in refused.stderr
    assert "木星的衛星" in refused.stderr
    allowed = attache("eval", "run", "--questions", file, "--allow-missing-golds", "--json")
    assert allowed.returncode == 0, allowed.stderr
    assert json.loads(allowed.stdout)["ranking"]["R@10"] == 0.0


def test_page_that_cannot_be_drawn_is_told_before_anything_is_asked(
    attache: Attache, few: Path, tmp_path: Path
) -> None:
    (tmp_path / "matplotlib.py").write_text("raise ImportError(name='matplotlib')")
    done = attache(
        *("eval", "run", "--questions", few, "--save", tmp_path / "run"),
        *("--html", tmp_path / "page.html"),
        PYTHONPATH=str(tmp_path),
    )
    assert done.returncode == 2
    assert "pip install 'attache[eval]'" in done.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("command", ["run", "beir", "compare", "sweep"])
def test_every_command_and_option_explains_itself(attache: Attache, command: str) -> None:
    assert command in attache("eval", "--help").stdout
    told = attache("eval", command, "--help")
    assert told.returncode == 0
    for line in told.stdout.splitlines():
        if re.match(r"\s+--?\w", line):
            assert re.search(r"\s{2,}\w", line.strip()), line
