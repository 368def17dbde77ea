"""Days, ordinals and numbers in words: one term for each, in whichever language it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)
_NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)
# fmt: on
_DIGITS = "一二三四五六七八九"

_MONTH = "|".join((*_MONTHS, r"(?:jan|feb|aug|sept?|oct|nov|dec)(?=[ .])"))
_DAY = r"([0-3]?\d)(?:st|nd|rd|th)?"
_HAN_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s?月(?:\s?([0-3]?\d)\s?日)?")
_DAY_MONTH = re.compile(rf"\b{_DAY}\s+(?:of\s+)?({_MONTH})")
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.?\s+(?:{_DAY}\b(?!\d)|(?=(?:19|20)\d\d))")
_HAN_ORDINAL = re.compile(rf"第\s?(\d{{1,2}}|[{_DIGITS}]?十?[{_DIGITS}]?)(?!\d)")
_LATIN_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\b")
_HAN_NUMBER = re.compile(
    rf"(?<![第{_DIGITS}十百千萬之幾數])([{_DIGITS}]?十?[{_DIGITS}]?)(?=[項個點名位場份大種類])"
)
_LATIN_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)})\b")


def numerals(folded: str) -> Iterator[str]:
    """Give the terms for the days (@8-21, @8), ordinals (#8) and written numbers (8) of a text.

    The text is folded: in lower case, in one form of each character.
    """
    if "月" in folded:
        for match in _HAN_DAY.finditer(folded):
            yield from _day(int(match[1]), match[2])
    if "第" in folded:
        for match in _HAN_ORDINAL.finditer(folded):
            if match[1]:
                yield f"#{_figure(match[1])}"
    for match in _HAN_NUMBER.finditer(folded):
        if match[1] and match[1] != "一":
            yield str(_figure(match[1]))
    if not _has_latin(folded):
        return
    for match in _DAY_MONTH.finditer(folded):
        yield from _day(_month(match[2]), match[1])
    for match in _MONTH_DAY.finditer(folded):
        yield from _day(_month(match[1]), match[2])
    for match in _LATIN_ORDINAL.finditer(folded):
        word = match[1]
        place = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:-2])
        yield f"#{place}"
    for match in _LATIN_NUMBER.finditer(folded):
        yield str(_NUMBERS.index(match[1]) + 2)


def _day(month: int, day: str | None) -> Iterator[str]:
    yield f"@{month}"
    if day:
        yield f"@{month}-{int(day)}"


def _month(name: str) -> int:
    return next(at for at, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3]))


def _figure(written: str) -> int:
    """Read figures, or Chinese numerals below a hundred."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS.index(written[-1]) + 1
    value = 10 * (_DIGITS.index(tens) + 1 if tens else 1)
    return value + (_DIGITS.index(ones) + 1 if ones else 0)


def _has_latin(folded: str) -> bool:
    return _LATIN_LETTER.search(folded) is not None


_LATIN_LETTER = re.compile("[a-z]{3}|\\d(?:st|nd|rd|th)")
