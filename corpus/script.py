"""What a character is: ideograph or Latin, wide or narrow; and how two cut line ends are joined."""

from __future__ import annotations

import re

_IDEOGRAPH = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_WIDE = re.compile(r"[ᄀ-ᅟ⺀-〾぀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")
_SPACED = re.compile(r"[㐀-鿿] [A-Za-z0-9]|[A-Za-z0-9] [㐀-鿿]")
_CLOSE_SET = re.compile(r"[㐀-鿿][A-Za-z0-9]|[A-Za-z0-9][㐀-鿿]")


def is_ideograph(char: str) -> bool:
    """Whether the character is a Chinese one."""
    return _IDEOGRAPH.match(char) is not None


def width(text: str) -> int:
    """Columns on a page: a Chinese character takes two, a Latin one."""
    return len(text) + len(_WIDE.findall(text))


def is_chinese(text: str) -> bool:
    """Whether more of the text is Chinese than not, a Latin word counting as two characters."""
    return len(_IDEOGRAPH.findall(text)) > 2 * len(_LATIN_WORD.findall(text))


def language(text: str) -> str:
    """``zh`` or ``en``, whichever most of the text is in; an ideograph weighs as a Latin word."""
    return "zh" if len(_IDEOGRAPH.findall(text)) >= len(_LATIN_WORD.findall(text)) else "en"


def spaces_latin(text: str) -> bool:
    """Whether the text sets a space between Chinese and Latin more often than not."""
    return len(_SPACED.findall(text)) > len(_CLOSE_SET.findall(text))


def glue(before: str, after: str, *, spaced: bool) -> str:
    """What stands between two line ends that are joined: nothing, or a space.

    Nothing between Chinese characters and beside punctuation of full width; a space between
    Latin words; between Chinese and Latin as the text does elsewhere (``spaced``).
    """
    if not before or not after:
        return ""
    a, b = before[-1], after[0]
    chinese_a, chinese_b = is_ideograph(a), is_ideograph(b)
    if chinese_a != chinese_b:
        other = b if chinese_a else a
        return " " if spaced and other.isascii() and other.isalnum() else ""
    is_close = (
        _WIDE.match(a)
        or _WIDE.match(b)
        or a.isspace()
        or b.isspace()
        or a in "([{/"
        or b in ")]},;:%/"
        or (a == "-" and len(before) > 1 and before[-2].isalpha() and b.islower())
    )
    return "" if is_close else " "
