"""Filters that a question states in words: in the 2022 report, in the customs reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.types import Report
from index.retriever import passes
from index.types import Filters

_ROC_OFFSET = 1911
_YEAR = r"(?:民國\s?)?(?P<year>(?:19|20)\d\d|1[0-3]\d(?=\s?年))"
# A year counts where it tells which report or meeting is meant, not where it dates what is told.
_OF_REPORT = re.compile(
    rf"{_YEAR}\s?年?\s?(?:的|那[次份年]|那時候?)*\s?(?:[A-Za-z]{{2,5}} ?\d?\s?)?(?:的)?\s?"
    r"(?:報告|會議|那次|第[一二三123]次資深官員會議)"
    rf"|\b(?:in|from|to|of) (?:the )?{_YEAR.replace('year', 'y2')} (?:\w+ )?(?:reports?|meetings?)\b"
    rf"|\bthe {_YEAR.replace('year', 'y3')} (?:\w+ ){{0,2}}(?:reports?)\b",
    re.IGNORECASE,
)
_AGENCIES = (
    (re.compile(r"關務署|海關(?:的)?報告|customs (?:officers?|reports?)", re.IGNORECASE), "關務署"),
    (
        re.compile(r"領事事務局|領務局|consular (?:affairs )?(?:bureau|reports?)", re.IGNORECASE),
        "領事事務局",
    ),
)


def stated_filters(text: str, filters: Filters, reports: Sequence[Report]) -> Filters:
    """Add to the filters what the question states; what no report would pass is left out.

    ``filters`` are those set beside the question: they are kept, and win.
    """
    wanted = filters
    years = {_year(match) for match in _OF_REPORT.finditer(text)}
    if len(years) == 1 and filters.since is None and filters.until is None:
        year = years.pop()
        wanted = _if_any(
            replace(wanted, since=date(year, 1, 1), until=date(year, 12, 31)), wanted, reports
        )
    if not filters.agencies:
        for asked, agency in _AGENCIES:
            if asked.search(text):
                wanted = _if_any(replace(wanted, agencies=(agency,)), wanted, reports)
    return wanted


def years_of_report(text: str) -> frozenset[int]:
    """Give the years by which a question tells which report or meeting it means."""
    return frozenset(_year(match) for match in _OF_REPORT.finditer(text))


def _year(match: re.Match[str]) -> int:
    year = int(next(value for value in match.groups() if value))
    return year if year > _ROC_OFFSET else year + _ROC_OFFSET


def _if_any(wanted: Filters, otherwise: Filters, reports: Sequence[Report]) -> Filters:
    return wanted if any(passes(report, wanted) for report in reports) else otherwise
