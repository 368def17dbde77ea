"""Names, numbers and years that a question holds, and whether a text holds them too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Question
from corpus.gazetteer import economies_in
from corpus.types import Report
from index.text import fold, to_traditional

_NAME = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z-]*|\d[\d,.]*\d|\d")
_YEAR = re.compile(r"(?:19|20)\d\d|1[0-3]\d(?=\s?年)")
_ROC_OFFSET = 1911


def question_names(question: Question) -> tuple[str, ...]:
    """Give the names and numbers that a question holds: economies, acronyms, years."""
    text = to_traditional(question.text)
    economies = [text[m.start : m.end] for m in economies_in(text)]
    rest = text
    for name in economies:
        rest = rest.replace(name, " ")
    return tuple(dict.fromkeys([*economies, *_NAME.findall(rest)]))


def lacking(names: Sequence[str], text: str) -> tuple[str, ...]:
    """Give those of the names that a text does not hold; an economy by any of its names."""
    folded = fold(text)
    codes = {m.code for m in economies_in(text)}

    def holds(name: str) -> bool:
        mentions = economies_in(name)
        return any(m.code in codes for m in mentions) if mentions else fold(name) in folded

    return tuple(name for name in names if not holds(name))


def lacking_around(names: Sequence[str], report: Report, around: str) -> tuple[str, ...]:
    """Give those of the names that stand neither in a text nor on the cover of its report."""
    missing = lacking(names, f"{_cover(report)}\n{around}")
    return tuple(name for name in missing if not _is_year_of(name, report))


def years_in(text: str) -> frozenset[int]:
    """Give the years that a text names, in either calendar, as Gregorian ones."""
    years = map(int, _YEAR.findall(text))
    return frozenset(year if year > _ROC_OFFSET else year + _ROC_OFFSET for year in years)


def year_of(report: Report) -> int | None:
    """Give the year of the report's event, or else of the report."""
    day = report.metadata.event_start or report.metadata.report_date
    return day.value.year if day else None


def _cover(report: Report) -> str:
    meta = report.metadata
    facts = (meta.title, *meta.agencies, *meta.places, *meta.groups)
    return "\n".join(fact.value for fact in facts if fact is not None)


def _is_year_of(name: str, report: Report) -> bool:
    """Tell whether a number is the year of the report, in either calendar."""
    year = year_of(report)
    return year is not None and name in (str(year), str(year - _ROC_OFFSET))
