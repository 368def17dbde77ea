"""Filters as users write them: a year or a month to the days that it begins and ends on."""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.errors import AttacheError


def first_day(text: str, option: str) -> date:
    """The first day of ``YEAR`` or ``YEAR-MM``; ``AttacheError``, naming the option, if neither."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", text)
    if match is None or not 1 <= int(match[2] or 1) <= 12 or int(match[1]) < 1:
        raise AttacheError(f"{option} is {text!r}; expected YEAR or YEAR-MM, such as 2022-08.")
    return date(int(match[1]), int(match[2] or 1), 1)


def last_day(text: str, option: str) -> date:
    """The last day of ``YEAR`` or ``YEAR-MM``."""
    first = first_day(text, option)
    months = 1 if "-" in text else 12
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)
