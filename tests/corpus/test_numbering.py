from __future__ import annotations

import pytest

from corpus.numbering import mark_at, value_of


@pytest.mark.parametrize(
    ("line", "number", "style", "value", "rest"),
    [
        ("參、會議紀要", "參", "壹", 3, "會議紀要"),
        ("拾貳、其他", "拾貳", "壹", 12, "其他"),
        ("二、 經過", "二", "一", 2, "經過"),
        ("十一、附帶事項", "十一", "一", 11, "附帶事項"),
        ("(三) 重點", "(三)", "(一)", 3, "重點"),
        ("（三）重點", "（三）", "(一)", 3, "重點"),
        ("1、主要決議", "1", "1", 1, "主要決議"),
        ("12. 其他", "12", "1", 12, "其他"),
        ("(2)回應", "(2)", "(1)", 2, "回應"),
        ("（２）回應", "（２）", "(1)", 2, "回應"),
        ("A. 自由討論", "A", "A", 1, "自由討論"),
        ("b) front-line officers", "b", "a", 2, "front-line officers"),
        ("iii) third", "iii", "i", 3, "third"),
        ("議題二：貨櫃", "議題二", "議題", 2, "貨櫃"),
        ("場次1：開幕", "場次1", "場次", 1, "開幕"),
        ("附件12 Agenda", "附件12", "附件", 12, "Agenda"),
        ("附錄 1：資料", "附錄 1", "附錄", 1, "資料"),
        ("照片二：合影", "照片二", "照片", 2, "合影"),
        ("Item 10: Other Business", "Item 10", "item", 10, "Other Business"),
        ("第三章 結論", "第三章", "章", 3, "結論"),
        ("5.2 Tourism", "5.2", "1.2", 2, "Tourism"),
        ("③ 其他", "③", "①", 3, "其他"),
    ],
)
def test_a_mark_is_read(line: str, number: str, style: str, value: int, rest: str) -> None:
    mark = mark_at(line)
    assert mark is not None
    assert (mark.number, mark.readings[0], line[mark.end :]) == (number, (style, value), rest)


@pytest.mark.parametrize(
    "line",
    [
        "2022 年亞太經濟合作會議",
        "10 月 16 日舉行",
        "3 會員體參加",
        "09:00 開幕",
        "(2019)年會議",
        "1.5 億美元",
        "110.5 公里",
        "一次會議",
        "APEC 會議",
        "U.S. proposal",
        "附件一覽表",
        "(BMG)會議",
        "",
    ],
)
def test_running_text_that_starts_with_a_number_has_no_mark(line: str) -> None:
    assert mark_at(line) is None


def test_a_time_may_stand_before_the_mark() -> None:
    mark = mark_at("0910 – 0950 2. GLOBAL INITIATIVES")
    assert mark is not None
    assert (mark.number, mark.start) == ("2", 12)


def test_a_letter_that_may_be_roman_has_both_readings() -> None:
    mark = mark_at("i) first")
    assert mark is not None
    assert mark.readings == (("a", 9), ("i", 1))


@pytest.mark.parametrize(
    ("printed", "value"), [("貳拾參", 23), ("一百零二", 102), ("十", 10), ("7", 7), ("合", 0)]
)
def test_numerals_have_their_value(printed: str, value: int) -> None:
    assert value_of(printed) == value
