"""Where reports give the same number for other times: 36,576 cards to July 2022, or to 2021."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.values.candidate import Candidate
from assistant.values.dates import find_days

_SENTENCE_END = re.compile(r"[。！？!?\n]")
# What a number counts over a time says so: 累計, 自 … 起至 … 止.
_OVER = re.compile(r"累計|截至|統計|至[^，。]{0,12}底|止|為止|[\d年月日]\s?[至~～]")


@dataclass(frozen=True, slots=True)
class Told:
    """A report's sentence that gives a number."""

    report_id: str
    text: str
    candidate: Candidate
    year: int | None
    """Of the report."""


def disagreement(told: Sequence[Told]) -> tuple[str, ...]:
    """Give the time that each report counts a number over, where two reports give other ends.

    () where they agree, or where fewer than two reports say the time.
    """
    ends: dict[str, str] = {}
    reports: dict[str, str] = {}
    for each in told:
        span = _time(each)
        if span is None:
            continue
        end, printed = span
        if each.report_id not in reports:
            reports[each.report_id] = end
            ends.setdefault(end, printed)
    return tuple(ends.values()) if len(ends) > 1 else ()


def _time(told: Told) -> tuple[str, str] | None:
    """Give the last day that the number's own sentence names before it, and the time as printed."""
    begin = max(
        (m.end() for m in _SENTENCE_END.finditer(told.text, 0, told.candidate.start)), default=0
    )
    before = told.text[begin : told.candidate.start]
    days = find_days(before, told.year)
    if not days or not _OVER.search(before):
        return None
    first, last = days[0], days[-1]
    printed = "".join(before[first.start : last.end].split())
    return last.key.split("/")[-1], printed
