import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.samples import REPORTS
from corpus.errors import AttacheError
from eval.dataset import read_questions
from eval.sweep import BUNDLED, USUAL, Fusion, Plan, Row, cautions, read_fusion, sweep
from index.encoder import BUNDLED as BUNDLED_FOLDER
from index.fusion import WEIGHTS, Weights
from index.types import Mode

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tiny(tmp_path: Path) -> tuple[Path, Path]:
    """A report of twelve long paragraphs, and two questions of it."""
    topics = ("貨櫃", "旅行卡", "電子商務", "海盜", "護照", "關稅", "飯店", "疫苗", "港口", "簽證")
    parts = [
        f"## {at}、{topic}\n\n" + f"會議討論{topic}的第{at}項安排並通過。" * 15
        for at, topic in enumerate(topics, start=1)
    ]
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "r.md").write_text("# 會議過程\n\n" + "\n\n".join(parts), encoding="utf-8")
    questions = tmp_path / "q.jsonl"
    asked = [
        ("a", "貨櫃的安排通過了嗎？", "會議討論貨櫃的第1項"),
        ("b", "港口？", "會議討論港口的第9項"),
    ]
    lines = [
        json.dumps(
            {
                "id": name,
                "lang": "zh",
                "type": "yes-no",
                "question": text,
                "golds": [{"report": "r.md", "quote": quote}],
                "answers": [],
                "answerable": True,
            }
        )
        for name, text, quote in asked
    ]
    questions.write_text("\n".join(lines), encoding="utf-8")
    return reports, questions


def test_sweep_gives_quality_and_cost_of_every_setting(few: Path, tmp_path: Path) -> None:
    plan = Plan(encoders=(BUNDLED, str(BUNDLED_FOLDER)), modes=(Mode.HYBRID, Mode.DENSE), ks=(2, 8))
    stages = set()
    rows = list(
        sweep(plan, read_questions(few), [REPORTS], tmp_path, lambda stage, *_: stages.add(stage))
    )
    settings = [(row.built.encoder, row.mode, row.k) for row in rows]
    assert len(set(settings)) == len(rows) == plan.rows == 8
    assert {
        "1/2 bundled, chunk 400: reading",
        "1/2 bundled, chunk 400: asking, usual, k 2",
    } <= stages
    for row in rows:
        shaped = row.as_json()
        assert shaped["build_seconds"] > 0
        assert shaped["index_bytes"] > 10_000
        assert shaped["latency_ms"]["p95"] > 0
        assert shaped["questions"] == 4
    same = [row.as_json()["ranking"] for row in rows if row.mode is Mode.HYBRID]
    assert same[0] == same[-1], "the same encoder by name and by folder"


def test_sizes_and_fusions_are_swept(tiny: tuple[Path, Path], tmp_path: Path) -> None:
    reports, questions = tiny
    only_prior = read_fusion("dense=0,dense_across=0,role_prior=0")
    plan = Plan(chunks=(100, 400), fusions=(Fusion(USUAL, WEIGHTS), only_prior))
    rows = list(sweep(plan, read_questions(questions), [reports], tmp_path, lambda *_: None))
    assert [(row.built.chunk_target, row.fusion) for row in rows] == [
        (100, USUAL),
        (100, only_prior.name),
        (400, USUAL),
        (400, only_prior.name),
    ]
    small, large = rows[0].built, rows[2].built
    assert small.chunks > large.chunks
    assert small.chunk_length < 150 < large.chunk_length <= 600
    assert rows[0].figures.measures.keys() == rows[3].figures.measures.keys()
    assert (tmp_path / "0").is_dir()
    assert (tmp_path / "1").is_dir(), "a build of its own for each size"


def test_what_cannot_be_set_side_by_side_is_said(tiny: tuple[Path, Path], tmp_path: Path) -> None:
    reports, questions = tiny

    def told(plan: Plan) -> str:
        rows: list[Row] = list(
            sweep(plan, read_questions(questions), [reports], tmp_path, lambda *_: None)
        )
        return " ".join(cautions(rows))

    assert told(Plan(ks=(1, 8))) == ""
    assert "large chunks" in told(Plan(chunks=(200, 400)))
    assert "were fitted with" in told(Plan(chunks=(200,)))
    assert "ranking alone" in told(Plan(modes=(Mode.HYBRID, Mode.LEXICAL)))


def test_fusion_is_read_and_what_is_not_named_stays_usual() -> None:
    assert read_fusion("usual") == Fusion("usual", WEIGHTS)
    read = read_fusion("dense=0.5, role_prior=0").weights
    assert read == Weights(WEIGHTS.translation, 0.5, WEIGHTS.dense_across, 0.0)


@pytest.mark.parametrize(
    "written",
    [
        *("", "dense", "dense=", "dense=x", "dense=-1", "dense=nan", "dense=inf", "dense=1,"),
        *("speed=1", "translation=0", "dense=1,dense=2"),
    ],
)
def test_fusion_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(AttacheError, match="expected 'usual', or NAME=VALUE"):
        read_fusion(written)


def test_weights_given_to_an_index_change_its_scores(
    tiny: tuple[Path, Path], tmp_path: Path
) -> None:
    from index.retriever import open_index
    from index.update import update

    update([tiny[0]], tmp_path / "index")
    usual = open_index(tmp_path / "index").search("港口的安排")
    dense = open_index(tmp_path / "index", weights=Weights(dense=5)).search("港口的安排")
    assert [hit.dense for hit in usual[:1]] == [hit.dense for hit in dense[:1]]
    assert usual[0].score != dense[0].score


def test_sweep_over_other_reports_tells_of_missing_golds(few: Path, tmp_path: Path) -> None:
    one = tmp_path / "reports"
    one.mkdir()
    (one / "r.md").write_text("# 出國報告\n\n會議於臺北舉行。\n" * 5, encoding="utf-8")
    with pytest.raises(AttacheError, match="do not occur"):
        list(sweep(Plan(), read_questions(few), [one], tmp_path / "x", lambda *_: None))


def test_sweep_that_is_stopped_prints_what_is_done(tiny: tuple[Path, Path], tmp_path: Path) -> None:
    reports, questions = tiny
    fusions = [f"--fusion=dense={n / 1000}" for n in range(1, 1000)]
    command = [sys.executable, "-m", "assistant", "eval", "sweep", "--json", "--split", "all"]
    command += ["--questions", str(questions), "--reports", str(reports), *fusions]
    place = tmp_path / "builds"
    place.mkdir()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(place)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        deadline = time.monotonic() + 60
        while not list(place.glob("*/0/CURRENT")) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(2)
        running.send_signal(signal.SIGINT)
        out, told = running.communicate(timeout=60)
    assert running.returncode == 130
    done = json.loads(out)
    assert done["rows"] == 999
    assert 0 < len(done["sweep"]) < 999
    assert "of 999 rows are done" in told
    assert list(place.iterdir()) == [], "the temporary builds are gone"
