"""The command line: attache brief."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.samples import REPORTS
from index.update import update
from tests.conftest import ROOT, Command

TEN = (
    "ABTC 審核延宕",
    "BMG 組織章程修正",
    "虛擬卡",
    "護照檢查系統",
    "ABTC 包容性聲明",
    "系統操作指南",
    "反恐行動計畫",
    "關港貿單一窗口",
    "綠色經濟",
    "單一身分辨識系統",
)


def test_briefing_is_written_and_told(attache: Command, tmp_path: Path) -> None:
    out = tmp_path / "brief.md"
    done = attache("brief", "ABTC 審核延宕", "虛擬卡", "--out", out)
    assert done.returncode == 0, done.stderr
    assert "2 topics" in done.stdout
    text = out.read_text(encoding="utf-8")
    assert "### 一、ABTC 審核延宕" in text
    assert "巴布亞紐幾內亞" in text


def test_ten_topics_take_less_than_ten_seconds(attache: Command, tmp_path: Path) -> None:
    """Seconds of the processor: what else runs on the machine does not count."""
    attache("reports")  # builds the sample index, which is no part of a briefing
    before = _seconds()
    done = attache("brief", *TEN, "--out", tmp_path / "brief.odt")
    assert done.returncode == 0, done.stderr
    assert _seconds() - before < 10


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


_ALL_FORMATS = """
import sys
from hashlib import sha256
from assistant.assistant import Assistant
from assistant.briefing.compose import compose
from assistant.briefing.prepare import Request, prepare
from assistant.export import export
from index.retriever import open_index
from pathlib import Path
document = compose(prepare(Assistant(open_index(Path(sys.argv[1]))), Request(("虛擬卡",))))
for suffix in (".odt", ".docx", ".md", ".html"):
    print(suffix, sha256(export(document, suffix)).hexdigest())
"""


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    """They order sets differently; no file may show it."""
    update([REPORTS], tmp_path)
    told = [
        subprocess.run(
            [sys.executable, "-c", _ALL_FORMATS, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(told[0].splitlines()) == 4
    assert told[0] == told[1]


def test_topics_are_proposed_for_a_meeting(attache: Command, tmp_path: Path) -> None:
    listed = attache("brief", "--meeting", "BMG, SOM 3 2023", "--propose")
    assert listed.returncode == 0
    assert "修改 BMG 組織章程" in listed.stdout.splitlines()
    topics = tmp_path / "topics.txt"
    topics.write_text(listed.stdout.splitlines()[0] + "\n", encoding="utf-8")
    out = tmp_path / "brief.md"
    done = attache(
        "brief", "--topics", topics, "--lang", "en", "--date", "2023-08-01", "--out", out
    )
    assert done.returncode == 0, done.stderr
    assert "2023-08-01 (ROC 112)" in out.read_text(encoding="utf-8")


def test_topic_that_nothing_is_said_of_is_told(attache: Command, tmp_path: Path) -> None:
    done = attache("brief", "木星的衛星", "--out", tmp_path / "brief.md")
    assert done.returncode == 1
    assert "no report tells of '木星的衛星'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("brief",), "nothing to prepare"),
        (("brief", "虛擬卡", "--out", "x.rtf"), "cannot write '.rtf'"),
        (("brief", "虛擬卡", "--lang", "fr"), "--lang is 'fr'"),
        (("brief", "虛擬卡", "--date", "soon"), "--date is 'soon'"),
        (("brief", "--meeting", "2023"), "expected a group"),
        (("brief", "--topics", "none.txt"), "cannot read none.txt"),
        (("brief", "虛擬卡", "--propose"), "--propose needs the meeting"),
    ],
)
def test_wrong_use_is_told_in_a_line(
    attache: Command, arguments: tuple[str, ...], told: str
) -> None:
    done = attache(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
