"""Numbers with their unit; dates, ordinals and the numbers in names are none."""

from __future__ import annotations

import re

from assistant.asking import counted, number_of
from assistant.types import Kind
from assistant.values.candidate import Candidate
from corpus.dates import find_dates

_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_SPELT = r"(?:數?[兩二三四五六七八九十百千]+|數[百千萬])"
# Behind a spelt number must stand what it counts, else 三 may be part of any word.
_TIME = r"(?:個月|個星期|個工作天|小時|分鐘|秒|星期|週|年(?!度)|天|日(?![本方]))"
_MEASURE = (
    rf"(?:{_TIME}|個|位|名|件|張|份|次|項|場|座|條|家|艘|組|套|國|人|倍|輛|噸|美元|歐元|元|點|屆|大|種|類|段|處|篇|頁|台|臺"
    r"|成|分之[一二三四五六七八九十]+|港口|機場|公里|公尺|公斤)"
)
_SCALE = r"(?:\s?[千萬億]+)?(?:多|餘)?"
_ABOUT = r"(?:約|近|逾|超過|至少|不到|達到?)?\s?"
_NUMBER = re.compile(
    rf"(?P<share>(?:百分之|千分之)(?:{_DIGITS}|{_SPELT}))"
    rf"|(?<![A-Za-z\d.,/:：-])(?P<range>{_DIGITS}\s?[%％]?\s?[至到~～–-]\s?{_DIGITS})\s?"
    rf"(?P<range_unit>[%％]|{_MEASURE})"
    rf"|(?<![A-Za-z\d.,/:：-])(?P<number>{_DIGITS})(?![\d.:：/]|-\d)(?P<scale>{_SCALE})"
    rf"\s?(?P<unit>[%％]|{_MEASURE}(?:以上|以下|左右)?)?"
    rf"|(?<![第之一-九十])(?P<spelt>{_SPELT}|半)(?P<spelt_unit>{_MEASURE}|數)"
)
# APEC 21, SOM 3 and Item 5 are names, unless a unit says that something is counted.
_NAMED = re.compile(r"[A-Za-z]\s$")
_ORDINAL = re.compile(r"(?:第|議題|場次|附件|附錄|優先事項|Item)\s*$")
_OF_DATE = re.compile(r"\s*(?:月|日(?!本)|號|時(?!間)|點(?!名)|[:：]\d)")
# (SCCP 01 2022) and APEC 2022: a year, where no unit says that something is counted.
_YEAR = re.compile(r"(?:19|20)\d\d")
# 1、 and (2) at the head of a line number what follows.
_HEAD = re.compile(r"(?:^|\n)[ \t]*[(（]?$")
_MARK = re.compile(r"\s?[、.．)）]")
# What is counted, where the clause ends with it: 11 個政府部門.
_COUNTED = re.compile(r"\s?[\u4e00-\u9fff]{1,6}(?=之|的|[，。；、（(）)與及和]|$)")
_NOT_COUNTED = re.compile(r"[與及和為將於已在由從向並包來是有]")
_UNIT_ASKED = re.compile(r"(?:多少|幾)\s*([個位名件張份次項場座條家艘組國人天年成%])")
_DURATION_ASKED = re.compile(
    r"多久(?!一次)|多長時間|幾(?:個月|年|天|小時|分鐘|週|日)|\bhow long\b"
    r"|\bhow many (?:minutes|hours|days|weeks|months|years)\b",
    re.IGNORECASE,
)
_SHARE_ASKED = re.compile(
    r"比例|比率|百分之|幾成|幾%|占比|\b(?:share|percentage|proportion|per ?cent|rate|fraction)\b",
    re.IGNORECASE,
)
# 十二份 and 12 份 are the same.
_SPELT_NUMBER = re.compile(
    r"^(?P<tens>[一二兩三四五六七八九]?十)?(?P<ones>[一二兩三四五六七八九])?(?![一二兩三四五六七八九十百千萬分餘多成])"
)
_ANY_YEAR = 2000
# What economies, bodies and persons are counted in.
_UNITS_OF = {
    Kind.ECONOMIES: re.compile(r"[個國]"),
    Kind.ORGANISATIONS: re.compile(r"[個家]"),
    Kind.PERSON: re.compile(r"[人名位]"),
}
_DURATION = re.compile(_TIME)
_SHARE = re.compile(r"[%％成]|分之|半數|倍")


def find_numbers(text: str) -> tuple[Candidate, ...]:
    """Give the counts, shares and lengths of time that a text states, with what they count."""
    # Of whichever year: 8 月 20 日 is a date also where no year is known.
    dated = {at for m in find_dates(text, year=_ANY_YEAR) for at in range(m.start, m.end)}
    found = []
    for match in _NUMBER.finditer(text):
        unit = match["unit"] or match["spelt_unit"] or match["range_unit"]
        before = text[: match.start()]
        if match.start() in dated or _ORDINAL.search(before):
            continue
        if _HEAD.search(before) and not unit and _MARK.match(text, match.end()):
            continue
        if _NAMED.search(before) and not unit:
            continue
        if match["number"] and not unit and _OF_DATE.match(text, match.end("number")):
            continue
        if not unit and _YEAR.fullmatch(match[0]):
            continue
        printed = _printed(text, match, unit)
        key = _SPELT_NUMBER.sub(_in_digits, re.sub(r"[\s,]", "", match[0]))
        # 36,576 件 and 36,576 張 are told of the same; 3 年 and 3 個 are not.
        large = re.match(r"\d{3,}(?:\.\d+)?", key)
        key = large[0] if large else key
        end = match.end() + len(_counted(text, match, unit))
        found.append(Candidate(key, match.start(), end, printed, printed))
    return tuple(found)


def asks_unit(question: str, candidate: Candidate) -> float:
    """Tell how a number suits the measure that is asked for: 1 as asked, -1 of another sort."""
    if _DURATION_ASKED.search(question):
        return 1.0 if _DURATION.search(candidate.zh) else -1.0
    if _SHARE_ASKED.search(question):
        return 1.0 if _SHARE.search(candidate.zh) else -1.0
    unit = unit_asked(question)
    if unit is not None and unit in candidate.zh:
        return 1.0
    units = _UNITS_OF.get(counted(question) or Kind.OTHER)
    if units is not None:
        return 1.0 if units.search(candidate.zh) else -1.0
    return -0.5 if _DURATION.search(candidate.zh) else 0.0


def unit_asked(question: str) -> str | None:
    """Give the measure word that a question asks the number of: 張 in 幾張."""
    match = _UNIT_ASKED.search(question)
    return match[1] if match else None


def _counted(text: str, match: re.Match[str], unit: str | None) -> str:
    """Give the words behind a measure that say what is counted; "" where a clause goes on."""
    counted = _COUNTED.match(text, match.end()) if unit else None
    return counted[0] if counted and not _NOT_COUNTED.search(counted[0]) else ""


def _in_digits(match: re.Match[str]) -> str:
    if not match[0]:
        return ""
    tens = (number_of(match["tens"][:-1] or "一") or 0) if match["tens"] else 0
    ones = number_of(match["ones"]) or 0 if match["ones"] else 0
    return str(10 * tens + ones)


def _printed(text: str, match: re.Match[str], unit: str | None) -> str:
    about = re.search(rf"{_ABOUT}$", text[: match.start()])
    lead = about[0].strip() if about else ""
    behind = _counted(text, match, unit)
    spaced = " " if lead and match[0][:1].isdigit() else ""
    return f"{lead}{spaced}{match[0].strip()}{behind}"
