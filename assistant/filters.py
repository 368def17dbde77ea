"""Filters as a user or a program names them, to the filters that a search takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from corpus.errors import AttacheError
from corpus.types import Role
from index.types import Filters


def read_filters(
    since: str | None = None,
    until: str | None = None,
    group: Sequence[str] | None = None,
    agency: Sequence[str] | None = None,
    economy: Sequence[str] | None = None,
    role: Sequence[str] | None = None,
    report: Sequence[str] | None = None,
    mark: str = "",
) -> Filters:
    """Read ``YEAR[-MM]`` as first and last day, and roles by name.

    ``mark`` stands before an option's name in an error: ``--`` on the command line.
    """
    return Filters(
        since=first_day(since, f"{mark}since") if since else None,
        until=last_day(until, f"{mark}until") if until else None,
        groups=tuple(group or ()),
        agencies=tuple(agency or ()),
        economies=tuple(economy or ()),
        roles=tuple(_role(name, f"{mark}role") for name in role or ()),
        reports=tuple(report or ()),
    )


def _role(name: str, option: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise AttacheError(f"{option} is {name!r}; expected one of {', '.join(Role)}.") from None


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
    if year > date.max.year:
        return date.max
    return date(year, month + 1, 1) - timedelta(days=1)
