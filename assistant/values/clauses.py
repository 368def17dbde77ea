"""Where in a sentence the answer lies: near the words of the question, in their clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from assistant.values.candidate import Candidate

_ENDS = "，,；;。！？!?\t\n"
_OPEN, _CLOSE = "（([「『", "）)]」』"
_JOINS = frozenset("、,及與和暨跟至到起止–-~ \u3000")
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
    rest = "".join(outside)
    for word in ("以及", "公司", "等", "國", "方", "的", "之", "地區"):
        rest = rest.replace(word, "")
    return (
        len(rest) <= 6
        and "，" not in rest
        and all(c in _JOINS for c in rest)
        and bool(set(rest) - {" "} or len(outside) == 0)
    )
