"""Dates of the Republic of China and Gregorian ones, in the forms that reports print.

111 年 8 月 20 日至 24 日 · 103.08.06-103.08.09 · 民國 104 年(2015) · 本(111)年 · 去年 ·
2022-08-20 至 2022-08-24 · 23-25 August 2022. A year of the Republic is 1911 less than the
Gregorian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from corpus.numbering import value_of


class Precision(StrEnum):
    """What the text says: a day, a month or only a year."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a range of dates: ``text[start:end]`` names the days ``first`` to ``last``.

    A month or a year stands for all its days.
    """

    start: int
    end: int
    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a range, as printed: the parts that it leaves out are None."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int


_OLDEST = 1911 + 70
"""Before this year, two digits and a dot are no year of the Republic but some other number."""
_RELATIVE = {"本": 0, "今": 0, "去": -1, "上": -1, "昨": -1, "前": -2, "明": 1, "來": 1, "後": 2}
"""當年, 同年 and 次年 are left out: they are relative to the year just named, not the report's."""
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_S = r"[ 　]{0,2}"
_HAN = "[〇○零一二三四五六七八九十百]"
_GLOSS = rf"(?:{_S}[（(]{_S}\d{{2,4}}{_S}(?:年)?[)）](?:{_S}年)?)?"

_ATOM = re.compile(
    # 2022-08-20, 2022/8/20, 103.08.06: three numbers, or a Gregorian year and a month
    r"(?<![\d.])(?P<ny>\d{4}|\d{2,3})(?P<sep>[-/.])(?P<nm>\d{1,2})(?P=sep)(?P<nd>\d{1,2})(?![\d])"
    # 111 年 8 月 20 日, 本(111)年 8 月, 民國 104 年(2015), 去年
    rf"|(?:(?P<roc>民國|中華民國){_S})?"
    rf"(?:(?P<rel>[本今去上昨前明來後]){_S}(?:[（(]{_S}(?P<relyear>\d{{2,4}}){_S}[)）])?{_S}年(?:度)?"
    rf"|(?<![\d.,])(?P<y>\d{{4}}|\d{{1,3}}){_S}年(?:度)?){_GLOSS}"
    rf"(?:{_S}(?P<m>\d{{1,2}}){_S}月(?!份?至今)(?:{_S}(?P<d>\d{{1,2}}){_S}[日號])?)?"
    # 民國一百十一年八月二十日, 二〇二二年八月, 一一一年八月二十日
    rf"|(?:(?P<croc>民國|中華民國){_S}(?P<cy>{_HAN}{{2,5}}){_S}年(?:度)?"
    rf"|(?<!{_HAN})(?P<cy4>(?:一九|二[〇○零]){_HAN}{{2}}){_S}年(?:度)?"
    rf"|(?<!{_HAN})(?P<cy3>{_HAN}{{2,5}}){_S}年(?={_S}{_HAN}{{1,3}}{_S}月))"
    rf"(?:{_S}(?P<cm>{_HAN}{{1,3}}){_S}月(?:{_S}(?P<cd>{_HAN}{{1,3}}){_S}[日號])?)?"
    # 8 月 20 日, 8 月
    rf"|(?<![\d.,年]){_S}(?P<bm>(?<!\d)\d{{1,2}}){_S}月(?!內)(?:{_S}(?P<bd>\d{{1,2}}){_S}[日號])?"
    # 20 August 2022, 23-25 August 2022, August 20, 2022, November 2022
    rf"|(?<![A-Za-z0-9.])(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:{_S}[-–—~]{_S}(?P<ed2>\d{{1,2}})(?:st|nd|rd|th)?)?{_S}"
    rf"(?P<em>{_MONTH_NAME})(?:,?{_S}(?P<ey>\d{{4}}))?(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9])(?P<am>{_MONTH_NAME}){_S}(?:(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"(?:{_S}[-–—~]{_S}(?P<ad2>\d{{1,2}}))?,?{_S})?(?P<ay>\d{{4}})(?![A-Za-z0-9])"
)
_TO = re.compile(rf"{_S}(?:至|到|迄|[-–—－~～〜]|to|until){_S}", re.IGNORECASE)
_TAIL = re.compile(
    rf"(?:(?P<y>\d{{4}}|\d{{2,3}}|{_HAN}{{2,5}}){_S}年{_GLOSS}{_S})?"
    rf"(?:(?P<m>\d{{1,2}}|{_HAN}{{1,3}}){_S}月{_S})?(?:(?P<d>\d{{1,2}}|{_HAN}{{1,3}}){_S}[日號])?"
)
_YEARS = re.compile(
    rf"(?<!\d)(?P<a>(?:19|20)\d{{2}}){_S}[-–—~～至]{_S}(?P<b>(?:19|20)\d{{2}})(?!\d)(?:{_S}年)?"
)
_WEEKDAY = re.compile(rf"{_S}[（(](?:星期|週)?[一二三四五六日][)）]")


def find_dates(
    text: str, start: int = 0, end: int | None = None, *, year: int | None = None
) -> tuple[DateMention, ...]:
    """All dates and ranges in ``text[start:end]``, in reading order.

    ``year`` is the report's: 本年 is that year, 去年 the one before, 8 月 20 日 a day in it.
    Without it such dates are left out. Dates that no calendar has (2 月 30 日) are left out too.
    """
    end = len(text) if end is None else end
    return tuple(_mentions(text, start, end, year))


def first_date(text: str, start: int = 0, end: int | None = None) -> DateMention | None:
    """The first date or range that names its year."""
    return next(_mentions(text, start, len(text) if end is None else end, None), None)


def _mentions(text: str, start: int, end: int, year: int | None) -> Iterator[DateMention]:
    position = start
    while position < end:
        match = _ATOM.search(text, position, end)
        if match is None:
            break
        years = _YEARS.search(text, position, min(end, match.end() + 12))
        if years is not None and years.start() <= match.start():
            # 2013~2017 年: years joined before the word
            begin, close = years.span()
            span = _mention(
                _Point(int(years["a"]), None, None, begin, begin + 4),
                _Point(int(years["b"]), None, None, close - 4, close),
            )
            position = close
            if span is not None:
                yield span
            continue
        first, last = _points(match, year)
        position = match.end()
        if first is None:
            continue
        weekday = _WEEKDAY.match(text, position, end)
        if last is None:
            last = _range_end(text, weekday.end() if weekday else position, end, first, year)
        mention = _mention(first, last or first)
        if mention is not None:
            position = max(position, mention.end)
            yield mention


def _points(match: re.Match[str], year: int | None) -> tuple[_Point | None, _Point | None]:
    """The date that was found, and the end of its range where that is part of the form."""
    groups = match.groupdict()
    found: int | None
    last_day: int | None = None
    if groups["ny"]:
        found = _year(groups["ny"], roc=len(groups["ny"]) < 4)
        found = found if found >= _OLDEST else None
        month, day = _int(groups["nm"]), _int(groups["nd"])
    elif groups["rel"] or groups["y"]:
        found = _printed_year(groups, year)
        month, day = _int(groups["m"]), _int(groups["d"])
    elif groups["cy"] or groups["cy4"] or groups["cy3"]:
        found = _han_year(groups)
        month, day = _int(groups["cm"]), _int(groups["cd"])
    elif groups["bm"]:
        found, month, day = year, _int(groups["bm"]), _int(groups["bd"])
    else:
        found = _int(groups["ey"] or groups["ay"]) or year
        month = _MONTHS[(groups["em"] or groups["am"])[:3].lower()]
        day = _int(groups["ed"] or groups["ad"])
        last_day = _int(groups["ed2"] or groups["ad2"])
    if found is None:
        return None, None
    start, end = match.end() - len(match[0].lstrip(" 　")), match.end()
    last = None if last_day is None else _Point(found, month, last_day, start, end)
    return _Point(found, month, day, start, end), last


def _printed_year(groups: dict[str, str | None], year: int | None) -> int | None:
    relative = groups["rel"]
    if relative:
        printed = groups["relyear"]
        if printed:
            return _year(printed, roc=len(printed) < 4)
        return None if year is None else year + _RELATIVE[relative]
    printed = groups["y"] or ""
    if len(printed) == 4:
        return int(printed) if 1850 <= int(printed) <= 2150 else None
    # 「3 年」 is a time, 「78 年」 a year: of the Republic only when it says so or has come far
    if groups["roc"] or int(printed) >= 70:
        return _year(printed, roc=True)
    return None


def _han_year(groups: dict[str, str | None]) -> int | None:
    """The year in Chinese numerals; of the Republic unless it has the four of a Gregorian one."""
    if groups["cy4"]:
        return _int(groups["cy4"])
    value = _int(groups["cy"] or groups["cy3"]) or 0
    if groups["cy3"] and not 70 <= value <= 150:
        return None
    return value + 1911 if 0 < value < 1000 else value


def _range_end(
    text: str, position: int, end: int, first: _Point, year: int | None
) -> _Point | None:
    to = _TO.match(text, position, end)
    if to is None:
        return None
    atom = _ATOM.match(text, to.end(), end)
    if atom is not None and (atom["ny"] or atom["em"] or atom["rel"]):
        last, _ = _points(atom, year)
        return last
    tail = _TAIL.match(text, to.end(), end)
    if tail is None or not tail[0].strip():
        return None
    printed = tail["y"]
    found = first.year if printed is None else _tail_year(printed)
    month, day = _int(tail["m"]), _int(tail["d"])
    if month is None and printed is None:
        month = first.month
    if month is None and day is not None:
        return None
    return _Point(found, month, day, to.end(), to.end() + len(tail[0].rstrip(" 　")))


def _tail_year(printed: str) -> int:
    value = _int(printed) or 0
    return value if value >= 1000 else value + 1911


def _mention(first: _Point, last: _Point) -> DateMention | None:
    begin, finish = _days(first), _days(last)
    if begin is None:
        return None
    if finish is None or finish[1] < begin[0]:
        last, finish = first, begin
    precision = Precision.DAY if first.day else Precision.MONTH if first.month else Precision.YEAR
    return DateMention(first.start, max(first.end, last.end), begin[0], finish[1], precision)


def _days(point: _Point) -> tuple[date, date] | None:
    """First and last day of what is named; None where no calendar has it."""
    if point.year is None:
        return None
    try:
        if point.month is None:
            return date(point.year, 1, 1), date(point.year, 12, 31)
        if point.day is None:
            following = date(point.year + point.month // 12, point.month % 12 + 1, 1)
            return date(point.year, point.month, 1), following - timedelta(days=1)
        day = date(point.year, point.month, point.day)
    except ValueError:
        return None
    return day, day


def _year(printed: str, *, roc: bool) -> int:
    return int(printed) + (1911 if roc else 0)


def _int(printed: str | None) -> int | None:
    if printed is None or printed.isdigit():
        return None if printed is None else int(printed)
    return value_of(printed.replace("○", "〇"))
