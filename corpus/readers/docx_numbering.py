"""The numbers that Word itself prints before paragraphs, restored from its numbering part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from corpus.readers import counting

_PLACE = re.compile(r"%(\d)")
_BULLET = "-"
_DEEPEST = 9
_FORMATS: dict[str, Callable[[int], str]] = {
    "upperLetter": lambda n: counting.letters(n).upper(),
    "lowerLetter": counting.letters,
    "upperRoman": counting.roman,
    "lowerRoman": lambda n: counting.roman(n).lower(),
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": counting.full_width,
    "decimalFullWidth2": counting.full_width,
    "decimalEnclosedCircle": counting.circled,
    "decimalEnclosedCircleChinese": counting.circled,
    "decimalEnclosedParen": counting.parenthesised,
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "taiwaneseCounting": counting.ideographic,
    "taiwaneseCountingThousand": counting.ideographic,
    "chineseCounting": counting.ideographic,
    "chineseCountingThousand": counting.ideographic,
    "japaneseCounting": counting.ideographic,
    "taiwaneseDigital": counting.digitwise,
    "ideographDigital": counting.digitwise,
    "japaneseDigitalTenThousand": counting.digitwise,
    "ideographLegalTraditional": counting.formal,
    "chineseLegalSimplified": counting.formal,
    "japaneseLegal": counting.formal,
    "ideographTraditional": lambda n: counting.cycle(n, counting.STEMS),
    "ideographZodiac": lambda n: counting.cycle(n, counting.BRANCHES),
    "ideographEnclosedCircle": lambda n: f"({counting.ideographic(n)})",
    "bullet": lambda _: _BULLET,
    "none": lambda _: "",
}
"""Word's name of a numbering format to the function that prints it; all others print digits."""


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    spaced: bool
    restarts: bool
    is_legal: bool
    style: str | None


class Numbering:
    """Counts the numbered paragraphs of one document, in reading order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._abstract: dict[str, Any] = {}
        self._nums: dict[str, Any] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if numbering is not None:
            for element in numbering.iterchildren(qn("w:abstractNum")):
                self._abstract[element.get(qn("w:abstractNumId"), "")] = element
            for element in numbering.iterchildren(qn("w:num")):
                self._nums[element.get(qn("w:numId"), "")] = element
        self._style_nums = _style_nums(styles)

    def printed(self, number_id: str, depth: int) -> str:
        """What is printed before the next paragraph of this list, with its space; "" if nothing."""
        levels = self._levels_of(number_id)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._abstract_id(number_id), {})
        if number_id not in self._begun:
            self._begun.add(number_id)
            counts.update(self._restarts(number_id))
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [d for d in counts if d > depth]:
            if levels[deeper].restarts if deeper in levels else True:
                del counts[deeper]
        text = _PLACE.sub(
            lambda place: _one(levels, counts, int(place[1]) - 1, level.is_legal), level.pattern
        )
        if level.form == "bullet":
            text = _BULLET
        if not text.strip():
            return ""
        return text if not level.spaced or ord(text[-1]) > 0x2E80 else f"{text} "

    def depth_of_style(self, number_id: str, style: str) -> int | None:
        """The level of the list that belongs to the paragraph style."""
        levels = self._levels_of(number_id)
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def _abstract_id(self, number_id: str) -> str:
        number = self._nums.get(number_id)
        link = number.find(qn("w:abstractNumId")) if number is not None else None
        identifier = link.get(qn("w:val"), "") if link is not None else ""
        abstract = self._abstract.get(identifier)
        styled = abstract.find(qn("w:numStyleLink")) if abstract is not None else None
        if styled is not None:
            linked = self._style_nums.get(styled.get(qn("w:val"), ""), number_id)
            if linked != number_id and linked in self._nums:
                other = self._nums[linked].find(qn("w:abstractNumId"))
                return str(other.get(qn("w:val"), "")) if other is not None else identifier
        return str(identifier)

    def _levels_of(self, number_id: str) -> dict[int, _Level]:
        if number_id not in self._levels:
            levels: dict[int, _Level] = {}
            abstract = self._abstract.get(self._abstract_id(number_id))
            if abstract is not None:
                levels.update(_levels_in(abstract))
            number = self._nums.get(number_id)
            if number is not None:
                for override in number.iterchildren(qn("w:lvlOverride")):
                    levels.update(_levels_in(override))
            self._levels[number_id] = levels
        return self._levels[number_id]

    def _restarts(self, number_id: str) -> Iterator[tuple[int, int]]:
        """For each level that this list starts anew: the count before its first paragraph."""
        number = self._nums.get(number_id)
        if number is None:
            return
        for override in number.iterchildren(qn("w:lvlOverride")):
            start = override.find(qn("w:startOverride"))
            if start is not None:
                depth = _whole(override.get(qn("w:ilvl")), 0)
                yield depth, _whole(start.get(qn("w:val")), 1) - 1


def _one(levels: dict[int, _Level], counts: dict[int, int], depth: int, legal: bool) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    value = counts.setdefault(depth, level.start)
    return str(value) if legal else _FORMATS.get(level.form, str)(value)


def _levels_in(parent: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in parent.iterchildren(qn("w:lvl")):
        depth = _whole(element.get(qn("w:ilvl")), 0)
        if not 0 <= depth < _DEEPEST:
            continue
        legal = element.find(qn("w:isLgl"))
        levels[depth] = _Level(
            form=_value(element, "w:numFmt", "decimal"),
            pattern=_value(element, "w:lvlText", ""),
            start=_whole(_value(element, "w:start", "1"), 1),
            spaced=_value(element, "w:suff", "tab") != "nothing",
            restarts=_value(element, "w:lvlRestart", "1") != "0",
            is_legal=legal is not None and legal.get(qn("w:val"), "1") not in {"0", "false"},
            style=_value(element, "w:pStyle", "") or None,
        )
    return levels


def _style_nums(styles: Any) -> dict[str, str]:
    nums: dict[str, str] = {}
    for style in styles.iterchildren(qn("w:style")) if styles is not None else ():
        found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if found is not None:
            nums[style.get(qn("w:styleId"), "")] = found.get(qn("w:val"), "")
    return nums


def _value(element: Any, child: str, default: str) -> str:
    found = element.find(qn(child))
    return default if found is None else str(found.get(qn("w:val"), default))


def _whole(printed: str | None, default: int) -> int:
    """A whole number of a file that may be broken."""
    try:
        return max(-1, min(int(printed or ""), 99_999))
    except ValueError:
        return default
