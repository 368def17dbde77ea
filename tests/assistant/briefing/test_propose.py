"""Topics for a meeting, from the earlier reports of its group."""

from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.briefing.propose import Meeting, propose, read_meeting, read_topics
from corpus.errors import AttacheError
from index.types import Filters


@pytest.mark.parametrize(
    ("name", "meeting"),
    [
        ("BMG, SOM 3 2023", Meeting("BMG", date(2023, 7, 1))),
        ("BMG SOM III 2023", Meeting("BMG", date(2023, 7, 1))),
        ("商務人士移動小組 2023 年", Meeting("BMG", date(2023, 1, 1))),
        ("SCCP 2023-02-16", Meeting("SCCP", date(2023, 2, 16))),
        ("CTWG", Meeting("CTWG", None)),
    ],
)
def test_meeting_is_read(name: str, meeting: Meeting) -> None:
    assert read_meeting(name) == meeting


@pytest.mark.parametrize("name", ["2023", "XYZ 2023", "BMG 2023-13-45"])
def test_meeting_that_cannot_be_read_is_told(name: str) -> None:
    with pytest.raises(AttacheError, match="expected"):
        read_meeting(name)


def test_topics_come_from_follow_ups_and_headings_of_the_group(assistant: Assistant) -> None:
    found = propose(assistant.index, read_meeting("BMG, SOM 3 2023"), Filters())
    topics = [proposal.topic for proposal in found]
    assert topics[0] == "修改 BMG 組織章程"
    assert "ABTC 包容性聲明" in topics
    assert any("護照檢查系統" in topic for topic in topics)
    assert not any("海關" in topic for topic in topics), "those of another group"
    assert len(set(topics)) == len(topics)


def test_reports_of_later_meetings_propose_nothing(assistant: Assistant) -> None:
    found = propose(assistant.index, read_meeting("BMG 2022-01-01"), Filters())
    years = {s.day.year for proposal in found for s in proposal.sources if s.day}
    assert years == {2020}


def test_group_without_reports_is_told_with_those_that_have_some(assistant: Assistant) -> None:
    with pytest.raises(AttacheError, match=r"the reports are of .*BMG"):
        propose(assistant.index, read_meeting("TPTWG 2023"), Filters())


def test_saved_list_has_a_topic_a_line(tmp_path: Path) -> None:
    path = tmp_path / "topics.txt"
    path.write_text("# 下次會議\nABTC 審核延宕\n\n虛擬卡  # 日本\n", encoding="utf-8")
    assert read_topics(path) == ["ABTC 審核延宕", "虛擬卡"]


def test_list_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(AttacheError, match="cannot read"):
        read_topics(tmp_path / "none.txt")
