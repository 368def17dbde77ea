from __future__ import annotations

from datetime import date

import pytest

from corpus.dates import Precision, find_dates, first_date


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("111 年 8 月 20 日至 24 日", date(2022, 8, 20), date(2022, 8, 24)),
        ("111年8月22日至8月26日", date(2022, 8, 22), date(2022, 8, 26)),
        ("110 年 12 月 30 日至 111 年 1 月 2 日", date(2021, 12, 30), date(2022, 1, 2)),
        ("103.08.06-103.08.09", date(2014, 8, 6), date(2014, 8, 9)),
        ("103/8/6", date(2014, 8, 6), date(2014, 8, 6)),
        ("2022-08-20 至 2022-08-24", date(2022, 8, 20), date(2022, 8, 24)),
        ("本(111)年 8 月 20 日", date(2022, 8, 20), date(2022, 8, 20)),
        ("上(108)年(2019)", date(2019, 1, 1), date(2019, 12, 31)),
        ("民國 104 年(2015)", date(2015, 1, 1), date(2015, 12, 31)),
        ("民國78年(1989)", date(1989, 1, 1), date(1989, 12, 31)),
        ("91 年(2002)5 月", date(2002, 5, 1), date(2002, 5, 31)),
        ("2002 年至 2022 年 7 月", date(2002, 1, 1), date(2022, 7, 31)),
        ("108 年", date(2019, 1, 1), date(2019, 12, 31)),
        ("2022 年至 2025 年", date(2022, 1, 1), date(2025, 12, 31)),
        ("2013~2017 年", date(2013, 1, 1), date(2017, 12, 31)),
        ("24 August 2022", date(2022, 8, 24), date(2022, 8, 24)),
        ("23- 25 August 2022", date(2022, 8, 23), date(2022, 8, 25)),
        ("August 20, 2022", date(2022, 8, 20), date(2022, 8, 20)),
        ("November 2022", date(2022, 11, 1), date(2022, 11, 30)),
    ],
)
def test_a_date_that_names_its_year_is_read(printed: str, first: date, last: date) -> None:
    text = f"會議於{printed}，在清邁舉行"
    (mention,) = find_dates(text)
    assert (mention.first, mention.last) == (first, last)
    assert text[mention.start : mention.end] == printed


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("本年 8 月 20 日", date(2014, 8, 20), date(2014, 8, 20)),
        ("去年", date(2013, 1, 1), date(2013, 12, 31)),
        ("明年", date(2015, 1, 1), date(2015, 12, 31)),
        ("2月3日至5日", date(2014, 2, 3), date(2014, 2, 5)),
        ("10 月 16 日~17 日", date(2014, 10, 16), date(2014, 10, 17)),
        ("2 月 10 日(三)至 12 日", date(2014, 2, 10), date(2014, 2, 12)),
    ],
)
def test_a_date_without_year_needs_the_reports(printed: str, first: date, last: date) -> None:
    (mention,) = find_dates(printed, year=2014)
    assert (mention.first, mention.last) == (first, last)
    assert find_dates(printed) == ()


@pytest.mark.parametrize(
    "text",
    [
        "由 3 年延長至 5 年",
        "20 年計畫",
        "停留 3 個月",
        "2022年2月30日",
        "36,576 件",
        "第 3 次",
        "1.2.3",
    ],
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert find_dates(text, year=2022) == ()


def test_precision_is_what_is_printed() -> None:
    found = find_dates("2022 年、2022 年 8 月、2022 年 8 月 3 日")
    assert [m.precision for m in found] == [Precision.YEAR, Precision.MONTH, Precision.DAY]


def test_the_first_date_with_a_year_is_found() -> None:
    mention = first_date("8 月 3 日開會，111 年 9 月 1 日報告")
    assert mention is not None
    assert mention.first == date(2022, 9, 1)


def test_a_span_ends_where_the_date_does() -> None:
    text = "2022 年至 2025 年 SCCP 計畫、迄 108 年年底"
    assert [text[m.start : m.end] for m in find_dates(text)] == ["2022 年至 2025 年", "108 年"]


def test_the_year_just_named_is_not_the_reports() -> None:
    assert find_dates("當年三大議題、次年、同年", year=2014) == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("民國一百十一年八月二十日至二十四日", date(2022, 8, 20), date(2022, 8, 24)),
        ("二〇二二年八月二十日", date(2022, 8, 20), date(2022, 8, 20)),
        ("二○二二年八月", date(2022, 8, 1), date(2022, 8, 31)),
        ("一一一年八月二十日至九月一日", date(2022, 8, 20), date(2022, 9, 1)),
        ("中華民國一○三年十二月", date(2014, 12, 1), date(2014, 12, 31)),
    ],
)
def test_dates_in_chinese_numerals_are_read(text: str, first: date, last: date) -> None:
    found = find_dates(f"於{text}，舉行")
    assert [(m.first, m.last) for m in found] == [(first, last)]
    assert f"於{text}，舉行"[found[0].start : found[0].end] == text


def test_spans_of_years_in_chinese_numerals_are_no_dates() -> None:
    assert find_dates("三十年來，近一百年，十年期，一年一次，二十一年之間", year=2022) == ()


@pytest.mark.parametrize(
    ("text", "year"),
    [("本年", 2022), ("上(110)年", 2021), ("去年", 2021), ("明年", 2023), ("本(111)年", 2022)],
)
def test_relative_years_are_the_reports(text: str, year: int) -> None:
    assert [m.first.year for m in find_dates(f"{text} 8 月 20 日", year=2022)] == [year]
