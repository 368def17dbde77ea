"""The numbers that an office program prints before OpenDocument list items and headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from corpus.readers import counting

_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
_BULLET = "- "
_PLACE = re.compile(r"%(\d{1,2})%")
_FORMATS: dict[str, Callable[[int], str]] = {
    "a": counting.letters,
    "A": lambda n: counting.letters(n).upper(),
    "i": lambda n: counting.roman(n).lower(),
    "I": counting.roman,
    "一": counting.ideographic,
    "壹": counting.formal,
    "甲": lambda n: counting.cycle(n, counting.STEMS),
    "子": lambda n: counting.cycle(n, counting.BRANCHES),
    "１": counting.full_width,
    "①": counting.circled,
    "㊀": lambda n: f"({counting.ideographic(n)})",
}
"""First sign of a number format to the function that prints it; all others print digits."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the items of one depth of a list are numbered."""

    form: str
    """Number format; "" prints no number, "-" a bullet."""
    prefix: str
    suffix: str
    shown: int
    """How many depths the printed number names: 2 for 1.1."""
    pattern: str
    """LibreOffice's own pattern, which overrules prefix and suffix: %1%.%2%、"""
    start: int


class ListStyles:
    """The list styles of a document, by name."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self._outline: dict[int, Level] = {}
        for root in roots:
            for element in root.childNodes:
                qname = getattr(element, "qname", None)
                if qname == (_TEXT, "list-style"):
                    name = element.attributes.get((_STYLE, "name"), "")
                    self._styles[name] = _levels(element)
                elif qname == (_TEXT, "outline-style"):
                    self._outline = _levels(element)

    def levels(self, name: str) -> dict[int, Level]:
        """The levels of the style, by depth from 0; {} when there is no such style."""
        return self._styles.get(name, {})

    def outline(self) -> dict[int, Level]:
        """The levels of the style that numbers the headings."""
        return self._outline


class Numbers:
    """Counts the items of one list."""

    def __init__(self, levels: dict[int, Level]) -> None:
        self._levels = levels
        self._counts: dict[int, int] = {}

    def printed(self, depth: int, start: str = "") -> str:
        """What is printed before the next item at this depth; ``start`` sets its number."""
        level = self._levels.get(depth)
        if level is None:
            return ""
        if start.isdecimal() and len(start) < 6:
            self._counts[depth] = int(start)
        else:
            self._counts[depth] = self._counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in self._counts if d > depth]:
            del self._counts[deeper]
        if level.form == "-":
            return _BULLET
        if not level.form:
            return ""
        if level.pattern:
            text = _PLACE.sub(lambda place: self._one(int(place[1]) - 1), level.pattern)
        else:
            depths = range(max(0, depth + 1 - level.shown), depth + 1)
            numbers = ".".join(filter(None, map(self._one, depths)))
            text = f"{level.prefix}{numbers}{level.suffix}"
        if not text.strip():
            return ""
        return text if ord(text[-1]) > 0x2E80 or text[-1] == " " else f"{text} "

    def _one(self, depth: int) -> str:
        level = self._levels.get(depth)
        if level is None or level.form in {"", "-"}:
            return ""
        return _FORMATS.get(level.form[0], str)(self._counts.get(depth, level.start))


def _levels(style: Any) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in style.childNodes:
        if not hasattr(element, "qname"):
            continue
        local, get = element.qname[1], element.attributes.get
        printed = str(get((_TEXT, "level"), ""))
        if not printed.isdecimal() or not local.startswith(("list-level-", "outline-level-")):
            continue
        is_number = local in {"list-level-style-number", "outline-level-style"}
        start = str(get((_TEXT, "start-value"), "1"))
        shown = str(get((_TEXT, "display-levels"), "1"))
        levels[int(printed) - 1] = Level(
            form=str(get((_STYLE, "num-format"), "")) if is_number else "-",
            prefix=str(get((_STYLE, "num-prefix"), "")),
            suffix=str(get((_STYLE, "num-suffix"), "")),
            shown=int(shown) if shown.isdecimal() and len(shown) < 3 else 1,
            pattern=str(get((_LOEXT, "num-list-format"), "")),
            start=int(start) if start.isdecimal() and len(start) < 6 else 1,
        )
    return levels
