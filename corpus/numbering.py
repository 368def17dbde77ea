"""The numbering marks that open sections in Chinese and English reports: 壹、 (一) 1. Item 3:."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

FORMAL = "壹"
"""壹、貳、"""
IDEOGRAPH = "一"
"""一、二、"""
IDEOGRAPH_BRACKET = "(一)"
DIGIT = "1"
"""1. and 1、 alike: reports mix them at one level."""
DIGIT_BRACKET = "(1)"
DIGIT_CLOSED = "1)"
UPPER = "A"
LOWER = "a"
ROMAN = "i"
CIRCLED = "①"
CHAPTER = "章"
ITEM = "item"
PHOTOGRAPH = "照片"
DECIMAL = "1."
"""With the number of parts behind it: 1.1 has style ``1.2``, 1.1.1 ``1.3``."""

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    c: i for i, c in enumerate("零壹貳參肆伍陸柒捌玖")
}
_DIGITS |= {"叁": 3, "参": 3, "弍": 2, "贰": 2, "陆": 6}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
_ROMANS = {"i": 1, "v": 5, "x": 10, "l": 50}

_IDEO = "[〇一二三四五六七八九十百]{1,5}"
_OPEN, _SHUT = "[（(]", "[)）]"
_AFTER_BRACKET = r"\s*[、.．]?\s*"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (FORMAL, r"(?P<n>(?P<v>[零壹貳贰叁參参肆伍陸陆柒捌玖拾佰]{1,4}))\s*[、．.]\s*"),
        (IDEOGRAPH, rf"(?P<n>(?P<v>{_IDEO}))\s*[、．.]\s*"),
        (IDEOGRAPH_BRACKET, rf"(?P<n>{_OPEN}\s*(?P<v>{_IDEO})\s*{_SHUT}){_AFTER_BRACKET}"),
        (CHAPTER, rf"(?P<n>第\s*(?P<v>{_IDEO}|\d{{1,2}})\s*[章節篇])\s*[、：:]?\s*"),
        (
            "議題",
            rf"(?P<n>(?P<word>議題|议题|場次|场次|主題|主题|議案|提案|討論案)\s*(?P<v>{_IDEO}|\d{{1,2}}))\s*[：:、]\s*",
        ),
        (
            PHOTOGRAPH,
            rf"(?P<n>(?P<word>照片|相片|圖片)\s*(?P<v>{_IDEO}|\d{{1,2}}))\s*[：:、.]\s*",
        ),
        (
            "附件",
            rf"(?P<n>(?P<word>附件|附錄|附表|附圖)\s*(?P<v>{_IDEO}|\d{{1,3}}|[A-Z]))"
            r"(?:\s*[：:、.．]\s*|\s+|(?=[（(「])|$)",
        ),
        (
            ITEM,
            r"(?P<n>(?P<word>(?i:agenda item|item|session|annex|appendix|panel))\s+"
            r"(?P<v>\d{1,3}|[A-Z]))\s*(?:[:：.–—]|-(?=\s))\s*",
        ),
        (
            DECIMAL,
            r"(?P<n>(?P<v>\d{1,2}(?:\.\d{1,2}){1,3}))(?:\.?[、\s]\s*|(?=[㐀-鿿]))"
            r"(?![億萬千百倍成年月日個%])",
        ),
        (DIGIT, r"(?P<n>(?P<v>\d{1,3}))\s?[、．.](?!\d)\s*"),
        (DIGIT_BRACKET, rf"(?P<n>{_OPEN}\s*(?P<v>\d{{1,2}})\s*{_SHUT}){_AFTER_BRACKET}"),
        (DIGIT_CLOSED, rf"(?P<n>(?P<v>\d{{1,2}})){_SHUT}\s*"),
        (UPPER, r"(?P<n>(?P<v>[A-Z]))[.．、)）](?=[\s㐀-鿿「（(])\s*"),
        (LOWER, rf"(?P<n>{_OPEN}(?P<v>[a-z]|[ivx]{{2,5}}){_SHUT})\s*"),
        (LOWER, rf"(?P<n>(?P<v>[a-z]|[ivx]{{2,5}})){_SHUT}\s*"),
        (CIRCLED, r"(?P<n>(?P<v>[①-⑳]))\s*"),
    )
)

_TIME = r"\d{1,2}[:：]?\d{2}\s?[-–—~～至]\s?\d{1,2}[:：]?\d{2}"
_TIME_BEFORE = re.compile(rf"{_TIME}\s+")
_TIME_ALONE = re.compile(rf"{_TIME}\s*")
_FIRST = frozenset(
    "零壹貳贰叁參参肆伍陸陆柒捌玖拾佰〇一二三四五六七八九十百（(第議場主提討照相圖附①②③④⑤⑥⑦⑧⑨⑩"
)

STRONG = frozenset({FORMAL, IDEOGRAPH, IDEOGRAPH_BRACKET, CHAPTER, ITEM, PHOTOGRAPH})
"""Marks that running text hardly ever begins with; worded ones (議題, 附件) are strong too."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark at the head of a line."""

    number: str
    """As printed, without its closing mark: 參, (三), 1, 議題一, Item 3."""
    readings: tuple[tuple[str, int], ...]
    """Style and value; more than one where the mark is ambiguous: i) may be the ninth or first."""
    prefix: tuple[int, ...]
    """For 5.1.2: (5, 1)."""
    start: int
    """Where the mark begins in the line: behind a time of day, if one is printed before it."""
    end: int
    """Where the text behind the mark begins."""

    @property
    def style(self) -> str:
        """The likeliest style."""
        return self.readings[0][0]

    @property
    def is_strong(self) -> bool:
        """Whether running text hardly ever begins so."""
        return self.style in STRONG or (
            len(self.style) > 1 and self.style[0] in "議場主提討照附相圖"
        )


def value_of(printed: str) -> int:
    """The number that 參, 十二, 12, C or ③ stands for; 0 when it is none."""
    plain = unicodedata.normalize("NFKC", printed)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if len(plain) == 1 and plain.isascii() and plain.isalpha():
        return ord(plain.lower()) - ord("a") + 1
    total = current = 0
    for char in plain:
        if char in _TENS:
            total += max(current, 1) * _TENS[char]
            current = 0
        elif char in _DIGITS:
            current = current * 10 + _DIGITS[char]
        else:
            return 0
    return total + current


def mark_at(line: str) -> Mark | None:
    """The numbering mark that ``line`` begins with, or None; whether it fits is another matter."""
    if not line or not (line[0] in _FIRST or unicodedata.normalize("NFKC", line[0]).isalnum()):
        return None
    start = 0
    time = _TIME_BEFORE.match(line)
    if time is not None:
        start = time.end()
    for style, pattern in _PATTERNS:
        match = pattern.match(line, start)
        if match is not None:
            return _mark(style, match, start)
    return None


def is_time_alone(line: str) -> bool:
    """Whether the line holds a span of time and nothing else: 1100 - 1225."""
    return _TIME_ALONE.fullmatch(line) is not None


def _mark(style: str, match: re.Match[str], start: int) -> Mark | None:
    printed = match["v"]
    prefix: tuple[int, ...] = ()
    if style == DECIMAL:
        parts = tuple(int(part) for part in printed.split("."))
        prefix = parts[:-1]
        readings: tuple[tuple[str, int], ...] = ((f"{DECIMAL}{len(parts)}", parts[-1]),)
    elif style == LOWER:
        readings = _letter_readings(printed)
    elif "word" in match.re.groupindex and style != ITEM:
        readings = ((match["word"], value_of(printed)),)
    else:
        readings = ((style, value_of(printed)),)
    if all(value == 0 for _, value in readings):
        return None
    return Mark(match["n"].strip(), readings, prefix, start, match.end())


def _letter_readings(printed: str) -> tuple[tuple[str, int], ...]:
    roman = _roman(printed)
    if len(printed) > 1:
        return ((ROMAN, roman),)
    letter = (LOWER, value_of(printed))
    return (letter, (ROMAN, roman)) if roman else (letter,)


def _roman(printed: str) -> int:
    values = [_ROMANS.get(char, 0) for char in printed]
    if 0 in values:
        return 0
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))
