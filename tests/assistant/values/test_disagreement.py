"""The same number that reports count over other times."""

from assistant.values.disagreement import Told, disagreement
from assistant.values.numbers import find_numbers


def _told(report: str, text: str) -> Told:
    return Told(report, text, find_numbers(text)[-1], 2022)


def test_other_ends_are_named_as_each_report_has_them() -> None:
    told = [
        _told("a", "自 2002 年起至 2022 年 7 月底止，累計發卡 36,576 件"),
        _told("b", "提報 2002 年至 2021 年的累計總量，發卡 36,576 件"),
    ]
    assert disagreement(told) == ("2002年起至2022年7月", "2002年至2021年")


def test_same_time_or_no_time_is_no_disagreement() -> None:
    first = _told("a", "統計至 2021 年年底，發卡 36,576 件")
    assert disagreement([first, _told("b", "截至 2021 年，累計 36,576 件")]) == ()
    assert disagreement([first, _told("b", "共發卡 36,576 件")]) == ()
