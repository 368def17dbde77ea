"""Questions for everything that our side promised."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.promised import asks_for_all
from assistant.question import understand
from index.retriever import open_index
from index.update import update

OLDER = """---
title: 2019 年海運工作小組會議
groups: TPTWG
event_start: 2019-05-08
---

# 壹、會議過程

一、日本提議設置共用燈塔資料庫。我方回應將評估國內燈塔資料，並於次月提供。

# 貳、後續辦理事項

一、彙整國內燈塔維修紀錄，提供主席參考。

# 參、心得與建議

一、我國宜派員參加明年會議。
"""
NEWER = OLDER.replace("2019", "2021").replace("燈塔", "浮標")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("promised")
    (folder / "older.md").write_text(OLDER, encoding="utf-8")
    (folder / "newer.md").write_text(NEWER, encoding="utf-8")
    update([folder], Path(folder) / "index")
    return Assistant(open_index(folder / "index"))


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("我們在2019年答應了什麼？", True),
        ("我方有哪些後續待辦事項？", True),
        ("What did we promise in 2019?", True),
        ("What follow-up did Taiwan commit to after the May 2019 meeting?", True),
        ("What did the other side promise?", False),
        ("對方承諾了什麼？", False),
        ("What did we not promise?", False),
        ("What did we promise last year?", False),
        ("What did we promise in Tokyo?", False),
        ("燈塔的事，我方答應了什麼？", False),
        ("What did we promise about the lighthouses?", False),
        ("日本提議什麼？", False),
    ],
)
def test_a_question_without_a_matter_asks_for_all(question: str, whether: bool) -> None:
    assert asks_for_all(understand(question)) is whether


@pytest.mark.parametrize("question", ["我們在2019年答應了什麼？", "What did we promise in 2019?"])
def test_promises_of_the_year_are_listed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert [c.quote.strip() for c in answer.citations] == [
        "彙整國內燈塔維修紀錄，提供主席參考。",
        "我方回應將評估國內燈塔資料，並於次月提供。",
    ]
    assert {c.source for c in answer.citations} == {"older.md"}


def test_the_latest_come_first_and_advice_is_none(assistant: Assistant) -> None:
    answer = assistant.ask("我方承諾了什麼？")
    assert answer.citations[0].source == "newer.md"
    assert len(answer.citations) == 4
    assert not any("宜派員" in c.quote for c in answer.citations)


def test_a_year_without_a_report_has_no_promises(assistant: Assistant) -> None:
    assert assistant.ask("我們在2015年答應了什麼？").abstained


def test_another_year_may_be_asked_for_next(assistant: Assistant) -> None:
    first = assistant.ask("我們在2019年答應了什麼？")
    then = assistant.ask("那2021年呢？", previous=first)
    assert {c.source for c in then.citations} == {"newer.md"}
