"""How word processors print the number of a list item: 一, 壹, 甲, ①, iv."""

from __future__ import annotations

_PLAIN = "〇一二三四五六七八九"
_FORMAL = "零壹貳參肆伍陸柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 9999
"""Beyond this a number is printed in digits: no report counts so far, a broken file may."""


def ideographic(value: int) -> str:
    """一, 十, 十一, 二十, 一百零一."""
    return _counted(value, "零" + _PLAIN[1:], "十百千")


def formal(value: int) -> str:
    """壹, 拾, 拾壹, 貳拾."""
    return _counted(value, _FORMAL, "拾佰仟")


def digitwise(value: int) -> str:
    """一, 一〇, 一一: digit by digit."""
    return "".join(_PLAIN[int(digit)] for digit in str(max(value, 0)))


def full_width(value: int) -> str:
    """１, １０."""
    return "".join(chr(ord("０") + int(digit)) for digit in str(max(value, 0)))


def circled(value: int) -> str:
    """① to ⑳, digits beyond."""
    return chr(ord("①") + value - 1) if 1 <= value <= 20 else str(value)


def parenthesised(value: int) -> str:
    """⑴ to ⒇ as their plain form, (1): search and outline know that one."""
    return f"({value})"


def cycle(value: int, signs: str) -> str:
    """The signs in turn, digits beyond their end: 甲, 乙 …; 子, 丑 …."""
    return signs[value - 1] if 1 <= value <= len(signs) else str(value)


def letters(value: int) -> str:
    """Letters a to z, then aa, bb, as word processors do it."""
    if not 1 <= value <= _MOST:
        return str(value)
    repeat, position = divmod(value - 1, 26)
    return chr(ord("a") + position) * (repeat + 1)


def roman(value: int) -> str:
    """I, II, IV."""
    if not 1 <= value <= _MOST:
        return str(value)
    printed = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        printed += sign * count
    return printed


def _counted(value: int, digits: str, units: str) -> str:
    if not 1 <= value <= _MOST:
        return str(value)
    printed, zero = "", False
    for power in range(3, -1, -1):
        digit = value // 10**power % 10
        if digit == 0:
            zero = bool(printed)
            continue
        if zero:
            printed, zero = printed + digits[0], False
        is_bare_ten = power == 1 and digit == 1 and not printed
        printed += ("" if is_bare_ten else digits[digit]) + (units[power - 1] if power else "")
    return printed
