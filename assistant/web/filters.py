"""Filters as the page offers them: with counts, in an address, and as chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs, urlencode
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from assistant.render import title_label
from assistant.types import Language
from assistant.web.escape import plain
from assistant.web.words import (
    ALL_YEARS,
    CLEAR_FILTERS,
    COUNTED,
    FACETS,
    FROM_YEAR,
    REMOVE_FILTER,
    ROLES,
    TO_YEAR,
    UNTIL,
    YEARS,
)
from corpus.gazetteer import body_named, economies, economy_named
from corpus.types import Report, Role
from index.retriever import Index
from index.types import Filters

_MOST_OFFERED = 200
"""Values of one facet; of those beyond only what is chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that one may filter by, and what would be left under the other filters."""

    value: str
    name: str
    reports: int
    passages: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind of filter: its field in ``Filters``, and its values."""

    field: str
    choices: tuple[Choice, ...]


def facets(index: Index, filters: Filters, language: Language) -> tuple[Facet, ...]:
    """Count reports and passages for every value of every facet, each under the others."""
    meta = [report.metadata for report in index.reports]
    groups = _distinct(fact.value for each in meta for fact in each.groups)
    agencies = _distinct(fact.value for each in meta for fact in each.agencies)
    names = {r.id: title_label(_title(r), r.source, language) for r in index.reports}
    of_economy = {e.code: e.zh if language is Language.ZH else e.en for e in economies()}
    offered: tuple[tuple[str, dict[str, str], Callable[[str], object]], ...] = (
        ("groups", {name: _group_name(name, language) for name in groups}, str),
        ("agencies", {name: name for name in agencies}, str),
        ("economies", of_economy, str),
        ("roles", {role.value: ROLES[role].of(language) for role in Role}, Role),
        ("reports", names, str),
    )
    return tuple(
        Facet(field, _choices(index, filters, field, values, kind))
        for field, values, kind in offered
    )


def years(index: Index, filters: Filters) -> tuple[Choice, ...]:
    """Count reports and passages of each year, under the other filters."""
    passages = _passages(index, index.allowed(replace(filters, since=None, until=None)))
    found: dict[int, list[int]] = {}
    for at, report in enumerate(index.reports):
        year = year_of(report)
        if year is not None:
            found.setdefault(year, []).append(at)
    first = filters.since.year if filters.since else None
    last = filters.until.year if filters.until else None
    return tuple(
        Choice(
            str(year),
            str(year),
            sum(passages[at] > 0 for at in found[year]),
            sum(int(passages[at]) for at in found[year]),
            year in (first, last),
        )
        for year in sorted(found)
    )


def year_of(report: Report) -> int | None:
    """Year in which a report's event began, or else it was written."""
    day = report.metadata.event_start or report.metadata.report_date
    return day.value.year if day else None


def query_of(filters: Filters) -> list[tuple[str, str]]:
    """Write filters as the parameters of an address, named as on the command line."""
    pairs = []
    if filters.since:
        pairs.append(("since", _month(filters.since, 1)))
    if filters.until:
        pairs.append(("until", _month(filters.until, 12)))
    for name, field in _PARAMETERS.items():
        pairs += [(name, str(value)) for value in getattr(filters, field)]
    return pairs


def share_query(question: str, filters: Filters) -> str:
    """Write a question with its filters as the query of an address."""
    return urlencode([("q", question), *query_of(filters)])


def read_query(query: str) -> tuple[str, Filters]:
    """Read a question and filters from an address; what makes no sense in it is left out."""
    given = parse_qs(query.lstrip("?"))
    chosen: dict[str, tuple[object, ...]] = {}
    for name, field in _PARAMETERS.items():
        values = [value for value in given.get(name, ()) if value.strip()]
        if field == "roles":
            chosen[field] = tuple(Role(value) for value in values if value in tuple(Role))
        elif field == "economies":
            named = (economy_named(value) for value in values)
            chosen[field] = tuple(economy.code for economy in named if economy is not None)
        else:
            chosen[field] = tuple(values)
    since, until = _day(given, "since"), _day(given, "until")
    if until is not None:
        until = _end(until, "-" in given["until"][0])
    question = given.get("q", [""])[0].strip()
    return question, Filters(since=since, until=until, **chosen)  # type: ignore[arg-type]


_PARAMETERS = {
    "group": "groups",
    "agency": "agencies",
    "economy": "economies",
    "role": "roles",
    "report": "reports",
}
_PARAMETER_OF = {field: name for name, field in _PARAMETERS.items()}


def without(filters: Filters, field: str, value: str | None = None) -> Filters:
    """Take a filter off: one of its values, or all; ``years`` stands for both ends."""
    if field == "years":
        return replace(filters, since=None, until=None)
    left = tuple(v for v in getattr(filters, field) if value is not None and str(v) != value)
    return replace(filters, **{field: left})  # type: ignore[arg-type]


def joined(filters: Filters, more: Filters) -> Filters:
    """Take the fields of ``more`` where they are set, and the others of ``filters``."""
    names = ("since", "until", "groups", "agencies", "economies", "roles", "reports")
    return Filters(**{name: getattr(more, name) or getattr(filters, name) for name in names})


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words."""

    field: str
    value: str | None
    name: str


def chips(filters: Filters, index: Index | None, language: Language) -> tuple[Chip, ...]:
    """Put the filters that are set into words; report ids by their titles where the index is."""
    found = []
    if filters.since or filters.until:
        found.append(Chip("years", None, _span(filters, language)))
    for field in ("groups", "agencies", "economies", "roles", "reports"):
        for value in getattr(filters, field):
            found.append(Chip(field, str(value), _name(field, value, index, language)))
    return tuple(found)


def panel_html(index: Index, filters: Filters, language: Language) -> str:
    """Write the form with all facets."""
    parts = [_years_html(years(index, filters), filters, language)]
    for facet in facets(index, filters, language):
        if facet.choices:
            parts.append(_facet_html(facet, language))
    clear = (
        f"<button type='button' class='plain' data-act='clear-filters'>"
        f"{plain(CLEAR_FILTERS.of(language))}</button>"
        if filters != Filters()
        else ""
    )
    return f"<form class='filters' data-form='filters'>{''.join(parts)}{clear}</form>"


def chips_html(filters: Filters, index: Index, language: Language) -> str:
    """Write the filters that are set as buttons that take them off."""
    buttons = []
    for chip in chips(filters, index, language):
        remove = REMOVE_FILTER.of(language, name=chip.name)
        buttons.append(
            f"<button type='button' class='chip' data-act='unfilter' data-field='{chip.field}' "
            f"data-value='{plain(chip.value or '')}' aria-label='{plain(remove)}' "
            f"title='{plain(remove)}'>{plain(chip.name)}<span aria-hidden='true'>×</span></button>"
        )
    return f"<div class='chips'>{''.join(buttons)}</div>" if buttons else ""


def _choices(
    index: Index,
    filters: Filters,
    field: str,
    values: dict[str, str],
    kind: Callable[[str], object],
) -> tuple[Choice, ...]:
    others = index.allowed(replace(filters, **{field: ()}))  # type: ignore[arg-type]
    chosen = {str(value) for value in getattr(filters, field)}
    counted = []
    whole = _passages(index, others) if field == "reports" else ()
    for at, (value, name) in enumerate(values.items()):
        if field == "reports":
            in_reports, in_passages = int(whole[at] > 0), int(whole[at])
        else:
            of_value = _mask(index, field, kind(value))
            passages = _passages(index, of_value if others is None else others & of_value)
            in_reports, in_passages = int(np.count_nonzero(passages)), int(passages.sum())
        if in_passages or value in chosen:
            counted.append(Choice(value, name, in_reports, in_passages, value in chosen))
    if field in ("groups", "agencies", "economies"):
        counted.sort(key=lambda choice: (-choice.reports, -choice.passages, choice.name))
    rare = (choice for choice in counted[_MOST_OFFERED:] if choice.chosen)
    return (*counted[:_MOST_OFFERED], *rare)


def _passages(index: Index, mask: NDArray[np.bool_] | None) -> NDArray[np.intp]:
    """Count the passages of every report that a mask leaves in."""
    rows = index.report_numbers()
    kept = rows if mask is None else rows[mask]
    return np.bincount(kept, minlength=len(index.reports))


def _mask(index: Index, field: str, value: object) -> NDArray[np.bool_]:
    """Mask the passages with one value; kept as long as the index is open."""
    known = _MASKS.setdefault(index, {})
    if (field, value) not in known:
        mask = index.allowed(Filters(**{field: (value,)}))  # type: ignore[arg-type]
        known[field, value] = np.ones(len(index.chunks), dtype=np.bool_) if mask is None else mask
    return known[field, value]


_MASKS: WeakKeyDictionary[Index, dict[tuple[str, object], NDArray[np.bool_]]] = WeakKeyDictionary()


def _years_html(choices: Sequence[Choice], filters: Filters, language: Language) -> str:
    if not choices:
        return ""
    selects = []
    for name, words, day in (
        ("since", FROM_YEAR, filters.since),
        ("until", TO_YEAR, filters.until),
    ):
        options = [f"<option value=''>{plain(ALL_YEARS.of(language))}</option>"]
        values = [choice.value for choice in choices]
        if day is not None and str(day.year) not in values:
            options.append(f"<option value='{day.year}' selected>{day.year}</option>")
        for choice in choices:
            selected = " selected" if day is not None and str(day.year) == choice.value else ""
            count = COUNTED.of(language, reports=choice.reports, passages=choice.passages)
            options.append(
                f"<option value='{choice.value}'{selected}>{choice.name}（{choice.reports}）</option>"
                if language is Language.ZH
                else f"<option value='{choice.value}'{selected} title='{plain(count)}'>"
                f"{choice.name} ({choice.reports})</option>"
            )
        selects.append(
            f"<label><span>{plain(words.of(language))}</span>"
            f"<select name='{name}'>{''.join(options)}</select></label>"
        )
    return (
        f"<fieldset class='years'><legend>{plain(YEARS.of(language))}</legend>"
        f"{''.join(selects)}</fieldset>"
    )


def _facet_html(facet: Facet, language: Language) -> str:
    name = _PARAMETER_OF[facet.field]
    rows = []
    for choice in facet.choices:
        checked = " checked" if choice.chosen else ""
        told = COUNTED.of(language, reports=choice.reports, passages=choice.passages)
        rows.append(
            f"<label class='choice' title='{plain(told)}'>"
            f"<input type='checkbox' name='{name}' value='{plain(choice.value)}'{checked}>"
            f"<span class='name'>{plain(choice.name)}</span>"
            f"<span class='count'>{choice.reports} · {choice.passages}</span></label>"
        )
    chosen = sum(choice.chosen for choice in facet.choices)
    number = f" <span class='number'>{chosen}</span>" if chosen else ""
    return (
        f"<details class='facet' data-facet='{name}'><summary>"
        f"{plain(FACETS[facet.field].of(language))}{number}</summary>"
        f"<fieldset><legend class='seen-by-readers'>{plain(FACETS[facet.field].of(language))}"
        f"</legend>{''.join(rows)}</fieldset></details>"
    )


def _span(filters: Filters, language: Language) -> str:
    first = _month(filters.since, 1) if filters.since else ""
    last = _month(filters.until, 12) if filters.until else ""
    if first == last:
        return first
    return UNTIL.of(language, since=first or "…", until=last or "…")


def _name(field: str, value: str | Role, index: Index | None, language: Language) -> str:
    if isinstance(value, Role):
        return ROLES[value].of(language)
    if field == "economies":
        economy = economy_named(value)
        if economy is not None:
            return economy.zh if language is Language.ZH else economy.en
    if field == "reports" and index is not None:
        for report in index.reports:
            if report.id == value:
                return title_label(_title(report), report.source, language)
    return str(value)


def _group_name(acronym: str, language: Language) -> str:
    body = body_named(acronym)
    if body is None:
        return acronym
    return f"{acronym} {body.zh if language is Language.ZH else body.en}"


def _title(report: Report) -> str | None:
    return report.metadata.title.value if report.metadata.title else None


def _distinct(values: Iterable[str]) -> list[str]:
    return [value for value, _ in Counter(values).most_common()]


def _month(day: date, whole: int) -> str:
    """Name a year, or the month where the day does not stand at the year's end or beginning."""
    return str(day.year) if day.month == whole else f"{day.year}-{day.month:02}"


def _day(given: dict[str, list[str]], name: str) -> date | None:
    text = given.get(name, [""])[0]
    year, _, month = text.partition("-")
    try:
        return date(int(year), int(month or 1), 1)
    except ValueError:
        return None


def _end(day: date, of_month: bool) -> date:
    """Last day of the year, or of the month, that begins with a day."""
    months = day.year * 12 + (day.month if of_month else 12)
    year, month = divmod(months, 12)
    return date.fromordinal(date(year, month + 1, 1).toordinal() - 1)
