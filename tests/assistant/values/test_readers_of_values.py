"""Each reader of values on the forms that reports print."""

import pytest

from assistant.values.clauses import Anchor, anchors, clause_breaks, listed_with, nearness
from assistant.values.dates import find_days
from assistant.values.definitions import find_definitions
from assistant.values.economies import find_economies
from assistant.values.numbers import find_numbers, unit_asked
from assistant.values.organisations import find_organisations
from assistant.values.persons import find_persons
from assistant.values.places import find_places
from assistant.values.polarity import find_polarity


def test_dates_are_written_as_printed_and_in_the_international_form() -> None:
    (day,) = find_days("報告應於 111 年 10 月 7 日前提交。", None)
    assert (day.key, day.zh) == ("2022-10-07", "111年10月7日（2022-10-07）")
    assert find_days("自 9 月 30 日起", 2022)[0].key == "2022-09-30"
    assert find_days("2014 年 7 月起", None)[0].key == "2014-07"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("累計發卡 36,576 件", ["36576"]),
        ("第 3 次會議於 8 月 20 日舉行", []),
        ("COVID-19 疫情期間", []),
        ("比例降至 5% 左右", ["5%"]),
        ("兩場研討會", ["兩"]),
    ],
)
def test_numbers_are_counts_and_shares_not_dates_or_ordinals(text: str, numbers: list[str]) -> None:
    assert [c.key for c in find_numbers(text)] == numbers


def test_unit_is_read_from_the_question() -> None:
    assert unit_asked("發了幾張卡") == "張"
    assert unit_asked("How many cards") is None


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("由主席 Mr. Harry Purwanto 大使主持", ["harry purwanto"]),
        ("官員 Matthew Bannon 及 Sally McLean", ["matthew bannon", "sally mclean"]),
        ("商務人士移動小組(Business Mobility Group, BMG)", []),
        ("唐松根參贊全程參與", ["唐松根"]),
        ("劉副組長麗霞代表致詞", ["劉麗霞"]),
    ],
)
def test_persons_are_named_with_an_office(text: str, persons: list[str]) -> None:
    assert [c.key for c in find_persons(text)] == persons


def test_economies_are_written_in_the_language_of_the_answer() -> None:
    russia = find_economies("俄方未派員")[0]
    assert (russia.zh, russia.en) == ("俄羅斯", "Russia")


def test_organisations_are_known_ones_and_those_that_end_like_one() -> None:
    names = {c.key for c in find_organisations("邀請衛生福利部、ABAC 及國家發展委員會參加")}
    assert names >= {"ABAC", "國家發展委員會"}


def test_place_is_what_stands_where_something_is_held() -> None:
    assert [c.zh for c in find_places("研討會將在台北舉行")] == ["台北"]
    assert [c.zh for c in find_places("會議在長灘島召開，下次在宿霧市舉行")] == ["長灘島", "宿霧市"]


def test_denial_is_no() -> None:
    assert find_polarity("墨西哥缺席")[0].key == "no"
    assert find_polarity("澳方表示同意")[0].key == "yes"
    assert find_polarity("會員均無異議")[0].key == "no"


def test_definition_gives_the_other_names() -> None:
    text = "加國設置邊境商務諮詢委員會(Border Commercial Consultative Committee, BCCC)以檢討機制。"
    names = [c.zh for c in find_definitions(text, "BCCC 是什麼組織？")]
    assert "Border Commercial Consultative Committee" in names
    assert any(name.endswith("邊境商務諮詢委員會") for name in names)


def test_nearer_value_wins_and_another_clause_counts_less() -> None:
    text = "日本表示疑慮，澳洲表示支持"
    economies = find_economies(text)
    places = anchors(text, [("支持", 1.0)])
    breaks = clause_breaks(text)
    assert places == [Anchor(11, 13, 1.0)]
    assert breaks == [6]
    japan, australia = (nearness(c, places, breaks) for c in economies)
    assert australia > japan > 0


def test_marks_inside_brackets_and_numbers_end_no_clause() -> None:
    assert clause_breaks("發卡 36,576 件（含虛擬卡，另計）") == []


def test_members_of_one_enumeration_are_taken_together() -> None:
    text = "傾向甲案者為我方、美方及巴布亞紐幾內亞，選擇乙案者為日本、俄羅斯"
    economies = find_economies(text)
    chosen = next(c for c in economies if c.key == "US")
    assert [c.key for c in listed_with(chosen, economies, text)] == ["TW", "US", "PG"]
