from __future__ import annotations

from datetime import date

from corpus.metadata import read_metadata
from corpus.normalise import normalise
from corpus.outline import outline
from corpus.readers.source import Source
from corpus.types import Metadata


def read(*lines: str) -> tuple[str, Metadata]:
    document = normalise(Source(lines))
    return document.text, read_metadata(document, outline(document))


COVER = (
    "出國報告（出國類別：國際會議）",
    "",
    "出席關務程序次級委員會",
    "(SCCP)會議",
    "",
    "服務機關：甲局、",
    "乙署",
    "姓名職稱：王科長一、李專員二",
    "派赴國家：秘魯利馬",
    "出國期間：112 年 12 月 30 日至 113 年 1 月 2 日",
    "報告日期：113 年 3 月 1 日",
    "",
    "壹、前言",
    "本會議與 WTO 及 BMG 無關。",
)


def test_a_cover_is_read_field_by_field() -> None:
    text, metadata = read(*COVER)
    assert metadata.title is not None
    assert metadata.title.value == "出席關務程序次級委員會(SCCP)會議"
    assert text[metadata.title.start : metadata.title.end].startswith("出席關務")
    assert [f.value for f in metadata.agencies] == ["甲局", "乙署"]
    assert [f.value for f in metadata.authors] == ["王科長一", "李專員二"]
    assert [f.value for f in metadata.places] == ["秘魯利馬"]
    assert metadata.event_start is not None
    assert metadata.event_end is not None
    assert metadata.report_date is not None
    assert metadata.event_start.value == date(2023, 12, 30)
    assert metadata.event_end.value == date(2024, 1, 2)
    assert metadata.report_date.value == date(2024, 3, 1)
    assert [f.value for f in metadata.groups] == ["SCCP"]


def test_every_fact_points_to_its_printed_form() -> None:
    text, metadata = read(*COVER)
    facts = [*metadata.agencies, *metadata.authors, *metadata.places]
    assert [text[f.start : f.end] for f in facts] == [f.value for f in facts]
    assert metadata.report_date is not None
    assert text[metadata.report_date.start : metadata.report_date.end] == "113 年 3 月 1 日"


def test_a_report_without_cover_states_nothing() -> None:
    _, metadata = read("摘要", "", "本年會議圓滿。")
    assert metadata == Metadata()


def test_front_matter_is_read_as_a_cover_is() -> None:
    _, metadata = read(
        "---", "title: 甲會議", "places: [泰國, 秘魯]", "groups: BMG", "---", "# 前言"
    )
    assert metadata.title is not None
    assert metadata.title.value == "甲會議"
    assert [f.value for f in metadata.places] == ["泰國", "秘魯"]
    assert [f.value for f in metadata.groups] == ["BMG"]


def test_the_first_heading_of_a_markdown_report_without_cover_is_its_title() -> None:
    _, metadata = read("# 甲會議報告", "", "## 前言", "內容。", "", "## 結論", "內容。")
    assert metadata.title is not None
    assert metadata.title.value == "甲會議報告"


def test_the_round_of_meetings_is_read_in_one_form() -> None:
    for title, meeting in (
        ("2022 年第 3 次資深官員會議(SOM 3)期間會議", "SOM 3, 2022"),
        ("2014 年資深官員會議第三次會議", "SOM 3, 2014"),
        ("2020 APEC SOM I 系列會議", "SOM 1, 2020"),
    ):
        text, metadata = read("出國報告", "", title, "", "服務機關：甲局", "", "壹、前言", "本文。")
        assert metadata.meeting is not None
        assert metadata.meeting.value == meeting
        assert text[metadata.meeting.start : metadata.meeting.end] in title


def test_the_year_of_a_round_is_the_events_where_none_is_printed() -> None:
    cover = [line.replace("(SCCP)會議", "(SCCP)SOM 1 會議") for line in COVER]
    _, metadata = read(*cover)
    assert metadata.meeting is not None
    assert metadata.meeting.value == "SOM 1, 2023"


def test_a_round_of_another_year_is_not_the_reports() -> None:
    _, metadata = read(*COVER[:-1], "本會議延續 2021 年第 1 次資深官員會議之討論。")
    assert metadata.meeting is None


def test_without_a_cover_the_opening_may_say_when_and_where() -> None:
    text, metadata = read(
        "摘要",
        "",
        "2022 年系列會議於泰國清邁舉行，其中商務小組(BMG)於 8 月 20 日至 24 日進行會議。",
        "",
        "會議過程",
        "",
        "澳方表示同意。",
    )
    assert metadata.event_start is not None
    assert metadata.event_end is not None
    assert metadata.event_start.value == date(2022, 8, 20)
    assert metadata.event_end.value == date(2022, 8, 24)
    assert text[metadata.event_start.start : metadata.event_start.end] == "8 月 20 日至 24 日"
    assert [f.value for f in metadata.places] == ["泰國清邁"]
    assert metadata.title is None


def test_dates_of_other_things_in_an_opening_are_not_the_events() -> None:
    _, metadata = read("前言", "", "BMG 於 1997 年成立，我國於 2002 年 5 月 1 日起發卡。")
    assert metadata.event_start is None
