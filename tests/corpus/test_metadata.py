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
