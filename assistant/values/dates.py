"""Dates, as printed and in the international form."""

from __future__ import annotations

from assistant.values.candidate import Candidate
from corpus.dates import DateMention, Precision, find_dates


def find_days(text: str, year: int | None) -> tuple[Candidate, ...]:
    """Give the dates that a text names; ``year`` is the report's, for those without one."""
    return tuple(_candidate(text, mention) for mention in find_dates(text, year=year))


def _candidate(text: str, mention: DateMention) -> Candidate:
    printed = "".join(text[mention.start : mention.end].split())
    exact = iso(mention)
    # A range of printed words is one value, and both of its ends can be read in it.
    return Candidate(
        exact, mention.start, mention.end, f"{printed}（{exact}）", f"{exact} ({printed})"
    )


def iso(mention: DateMention) -> str:
    """Write a date, a month, a year or a range in ISO 8601."""
    form = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}
    first, last = (day.strftime(form[mention.precision]) for day in (mention.first, mention.last))
    return first if first == last else f"{first}/{last}"
