"""The clauses of a sentence, the words of the question in it, and the lists that values stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from assistant.values.candidate import Candidate

_ENDS = "，,；;。！？!?\t\n"
_SENTENCE_ENDS = "。！？!?\n"
_OPEN, _CLOSE = "（([「『", "）)]」』"
# (謹註：…) says something of its own.
_REMARK = re.compile(r"\s?(?:謹?[註注]|按)[：:]?")
_JOINS = frozenset("、,及與和暨跟至到起止–-~ \u3000")
_MARKS = "，,；;：:。！？!?、\t\n （）()「」 "
# Distance, in characters, at which a word of the question counts for a third.
_REACH = 15.0
# A word in another clause counts so much of one in the same.
_OTHER_CLAUSE = 0.45


@dataclass(frozen=True, slots=True)
class Anchor:
    """``text[start:end]`` is a word of the question, or stands for one, with so much weight."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[start:end]`` says one thing; ``sentence`` counts the sentences before it."""

    start: int
    end: int
    sentence: int


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Cut a text into its clauses, in order; marks and white space alone are none."""
    ends = [*clause_breaks(text), len(text)]
    found, start, sentence = [], 0, 0
    for end in ends:
        if text[start:end].strip(_MARKS):
            found.append(Clause(start, end, sentence))
        # A remark in brackets is no part of the sentence that it stands in.
        sentence += end < len(text) and text[end] in _SENTENCE_ENDS + _OPEN
        start = end + 1
    return tuple(found)


def clause_at(clauses: Sequence[Clause], offset: int) -> int:
    """Give which clause holds a character: the last that begins at or before it."""
    return max((at for at, clause in enumerate(clauses) if clause.start <= offset), default=0)


def anchors(text: str, found: Sequence[tuple[str, float]]) -> list[Anchor]:
    """Give every place where words of the question, given with their weights, stand."""
    folded = text.casefold()
    places = []
    for word, weight in found:
        needle = word.casefold()
        at = folded.find(needle) if needle else -1
        while at >= 0:
            places.append(Anchor(at, at + len(needle), weight))
            at = folded.find(needle, at + 1)
    return places


def nearness(candidate: Candidate, places: Sequence[Anchor], breaks: Sequence[int]) -> float:
    """Give how near a candidate stands to the words of the question, other clauses further off."""
    total = 0.0
    for place in places:
        if place.start < candidate.end and candidate.start < place.end:
            continue
        gap = max(place.start - candidate.end, candidate.start - place.end, 0)
        low, high = sorted((place.start, candidate.start))
        crossed = sum(low < at < high for at in breaks)
        total += place.weight * exp(-gap / _REACH) * _OTHER_CLAUSE**crossed
    return total


def clause_breaks(text: str) -> list[int]:
    """Give where clauses end, but for the marks inside of brackets and numbers."""
    breaks, depth = [], 0
    for at, character in enumerate(text):
        if character in _OPEN:
            if _REMARK.match(text, at + 1):
                breaks.append(at)
            depth += 1
        elif character in _CLOSE:
            depth = max(depth - 1, 0)
        elif character in _ENDS and not depth:
            inside_number = (
                character == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
            )
            if not inside_number:
                breaks.append(at)
    return breaks


def listed_with(chosen: Candidate, candidates: Sequence[Candidate], text: str) -> list[Candidate]:
    """Give the candidates of the enumeration that the chosen one stands in, in reading order."""
    order = sorted(candidates, key=lambda c: c.start)
    at = order.index(chosen)
    first = last = at
    while first > 0 and _joined(text[order[first - 1].end : order[first].start]):
        first -= 1
    while last + 1 < len(order) and _joined(text[order[last].end : order[last + 1].start]):
        last += 1
    return order[first : last + 1]


# What may stand between two members of a list beside what joins them.
_IN_LISTS = (
    "例如", "公司", "APEC", "代表", "官員", "等", "國", "方", "的", "之", "地區", "分別", "個", "政府",
)  # fmt: skip


_AND_LAST = re.compile(r"^，(?:以及|及|和|與)")
# Whose a member is, or of which body: 、印尼的, 、行政院 before a person.
_WHOSE = re.compile(
    r"(?<=[、及與和])\s?(?:[^、，。；]{1,6}的|[\u4e00-\u9fff]{1,15}[部院署局處司會組隊室館])\s?$"
)


def _joined(between: str) -> bool:
    """Tell whether only what joins the members of a list stands between two of them."""
    depth, outside = 0, []
    for character in between:
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(depth - 1, 0)
        elif not depth:
            outside.append(character)
    rest = _WHOSE.sub("", "".join(outside))
    rest = _AND_LAST.sub("及", rest).replace("以及", "及")
    for word in _IN_LISTS:
        rest = rest.replace(word, "")
    return (
        len(rest) <= 6
        and "，" not in rest
        and all(c in _JOINS for c in rest)
        and bool(set(rest) - {" "} or len(outside) == 0)
    )
