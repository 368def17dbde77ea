from pathlib import Path

import pytest

from assistant.samples import REPORTS
from corpus.errors import AttacheError
from eval.dataset import read_questions
from eval.sweep import BUNDLED, Plan, sweep
from index.encoder import BUNDLED as BUNDLED_FOLDER
from index.types import Mode


def test_sweep_gives_quality_and_cost_of_every_setting(few: Path, tmp_path: Path) -> None:
    plan = Plan(encoders=(BUNDLED, str(BUNDLED_FOLDER)), modes=(Mode.HYBRID, Mode.DENSE), ks=(2, 8))
    stages = set()
    rows = list(
        sweep(plan, read_questions(few), [REPORTS], tmp_path, lambda stage, *_: stages.add(stage))
    )
    settings = [(row.encoder, row.mode, row.k) for row in rows]
    assert len(set(settings)) == len(rows) == 8
    assert {"reading", "asking, k 2"} <= stages
    for row in rows:
        shaped = row.as_json()
        assert shaped["build_seconds"] > 0
        assert shaped["index_bytes"] > 10_000
        assert shaped["latency_ms"]["p95"] > 0
        assert shaped["questions"] == 4
    same = [row.as_json()["ranking"] for row in rows if row.mode is Mode.HYBRID]
    assert same[0] == same[-1], "the same encoder by name and by folder"


def test_sweep_over_other_reports_tells_of_missing_golds(few: Path, tmp_path: Path) -> None:
    one = tmp_path / "reports"
    one.mkdir()
    (one / "r.md").write_text("# 出國報告\n\n會議於臺北舉行。\n" * 5, encoding="utf-8")
    with pytest.raises(AttacheError, match="do not occur"):
        list(sweep(Plan(), read_questions(few), [one], tmp_path / "x", lambda *_: None))
