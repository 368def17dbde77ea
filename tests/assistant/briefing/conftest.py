"""Briefings over the digests, over the originals, and over two small reports made for the tests."""

import pytest

from assistant.assistant import Assistant
from assistant.briefing.prepare import Request, prepare
from assistant.briefing.types import Briefing
from index.retriever import open_index
from index.update import update

TOPICS = ("ABTC 審核延宕", "BMG 組織章程修正", "虛擬卡")

EARLIER = """---
title: 2020 年海關合作會議出國報告
agency: 財政部關務署
places: 日本東京
event_start: 2020-03-02
event_end: 2020-03-04
report_date: 2020-04-01
groups: SCCP
---

# 壹、會議過程

一、電子封條試辦計畫：日本對電子封條試辦計畫表示支持。秘魯則質疑電子封條之成本過高。

二、優質企業互認：我方建議各會員體儘速展開優質企業互認。

# 貳、後續辦理事項

(一) 請財政部關務署於明年提出電子封條試辦計畫之評估報告。

(二) 持續蒐集各會員體之無紙化貿易法規。

# 參、心得與建議

一、我國宜及早培訓原產地證明電子化之專業人員。
"""
LATER = """---
title: 2021 年海關合作會議出國報告
agency: 財政部關務署
places: 智利聖地牙哥
event_start: 2021-03-01
event_end: 2021-03-03
report_date: 2021-04-01
groups: SCCP
---

# 壹、會議過程

一、電子封條試辦計畫：財政部關務署提出電子封條試辦計畫之評估報告。兩個方案供表決，支持方案一者為日本、韓國及我方，選擇方案二者為秘魯與智利。

二、海關人員訓練：加拿大分享該國訓練海關人員之作法。
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Two reports of one group, a year apart, with three more that speak of other things."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "2020-sccp.md").write_text(EARLIER, encoding="utf-8")
    (folder / "2021-sccp.md").write_text(LATER, encoding="utf-8")
    for number, matter in enumerate(("漁業資源養護", "糧食安全政策", "能源效率標示"), start=1):
        (folder / f"other-{number}.md").write_text(
            f"---\ntitle: {matter}會議\nevent_start: 201{number}-05-01\n---\n\n"
            f"# 壹、會議過程\n\n一、泰國報告{matter}之進展。\n\n二、越南感謝泰國。\n",
            encoding="utf-8",
        )
    index = tmp_path_factory.mktemp("small-index")
    update([folder], index)
    return Assistant(open_index(index))


@pytest.fixture(scope="session")
def digests(assistant: Assistant) -> Briefing:
    return prepare(assistant, Request(TOPICS))


@pytest.fixture(scope="session")
def originals(real_assistant: Assistant) -> Briefing:
    return prepare(real_assistant, Request(TOPICS))


@pytest.fixture(params=["digests", "originals"])
def briefing(request: pytest.FixtureRequest) -> Briefing:
    """The three topics over the digests, and over the originals where they are."""
    made: Briefing = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def asked(request: pytest.FixtureRequest, briefing: Briefing) -> Assistant:
    """The assistant that the briefing was made with."""
    name = "assistant" if "digests" in request.node.name else "real_assistant"
    found: Assistant = request.getfixturevalue(name)
    return found
