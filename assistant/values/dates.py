"""Dates, as printed and in the international form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.values.candidate import Candidate
from corpus.dates import DateMention, Precision, find_dates

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_YEAR_PRINTED = re.compile(r"年|\d{4}|\d{2,3}[./]")
# 10 月 16 日及 17 日: another day of the same month.
_FURTHER_DAY = re.compile(r"\s?[及與和、]\s?(?P<day>\d{1,2})\s?日")
# Relative to the date just named.
_LATER = re.compile(r"(?P<same>同|當|該)年(?!度)|(?P<next>次|翌|隔)年|(?P<day>次|翌|隔)日")
_PART = re.compile(r"\s?(?:年?[初底中]|[上下]半年|[上中下]旬|第[一二三四1-4]季)")


def find_days(text: str, year: int | None) -> tuple[Candidate, ...]:
    """Give the dates that a text names; ``year`` is the report's, for those without one."""
    return tuple(_candidate(text, mention) for mention in _mentions(text, year))


def iso(mention: DateMention) -> str:
    """Write a date, a month, a year or a range in ISO 8601."""
    form = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}
    first, last = (day.strftime(form[mention.precision]) for day in (mention.first, mention.last))
    return first if first == last else f"{first}/{last}"


def _mentions(text: str, year: int | None) -> Iterator[DateMention]:
    """Give the dates in reading order; one without a year is of the year just named."""
    latest: DateMention | None = None
    dates = {mention.start: mention for mention in find_dates(text, year=year)}
    words = {match.start(): match for match in _LATER.finditer(text) if match.start() not in dates}
    for at in sorted({*dates, *words}):
        found = _of_year(text, dates[at], latest) if at in dates else _after(words[at], latest)
        if found is None:
            continue
        yield found
        latest = found
        if found.precision is Precision.DAY and found.first == found.last:
            yield from _further_days(text, found)


def _of_year(text: str, mention: DateMention, latest: DateMention | None) -> DateMention:
    if latest is None or _YEAR_PRINTED.search(text[mention.start : mention.end]):
        return mention
    if _SENTENCE_END.search(text, latest.end, mention.start):
        return mention
    try:
        return replace(
            mention,
            first=mention.first.replace(year=latest.last.year),
            last=mention.last.replace(year=latest.last.year),
        )
    except ValueError:
        return mention


def _after(match: re.Match[str], latest: DateMention | None) -> DateMention | None:
    if latest is None:
        return None
    if match["day"]:
        if latest.precision is not Precision.DAY:
            return None
        day = date.fromordinal(latest.last.toordinal() + 1)
        return DateMention(match.start(), match.end(), day, day, Precision.DAY)
    year = latest.last.year + (1 if match["next"] else 0)
    return DateMention(
        match.start(), match.end(), date(year, 1, 1), date(year, 12, 31), Precision.YEAR
    )


def _further_days(text: str, mention: DateMention) -> Iterator[DateMention]:
    while (match := _FURTHER_DAY.match(text, mention.end)) is not None:
        try:
            day = mention.first.replace(day=int(match["day"]))
        except ValueError:
            return
        mention = DateMention(match.start("day"), match.end(), day, day, Precision.DAY)
        yield mention


def _candidate(text: str, mention: DateMention) -> Candidate:
    part = _PART.match(text, mention.end) if mention.precision is not Precision.DAY else None
    printed = "".join(text[mention.start : part.end() if part else mention.end].split())
    exact = iso(mention)
    # A range of printed words is one value, and both of its ends can be read in it.
    return Candidate(
        exact, mention.start, mention.end, f"{printed}（{exact}）", f"{exact} ({printed})"
    )
