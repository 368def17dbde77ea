"""Abbreviations and names that a briefing uses, from the glossary that the reports define."""

from __future__ import annotations

import re

from assistant.briefing.types import Term, quote_of
from index.glossary import merged
from index.retriever import Index, passes
from index.types import Filters

_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9&-]{1,9}")


def terms_in(index: Index, text: str, filters: Filters) -> tuple[Term, ...]:
    """The abbreviations of the glossary that a text uses, with where a report explains each."""
    allowed = {report.id for report in index.reports if passes(report, filters)}
    entries = [stored for stored in index.glossary if stored.report_id in allowed]
    found = []
    for synonyms in merged(stored.entry for stored in entries):
        acronym = synonyms.forms[0]
        if _ACRONYM.fullmatch(acronym) is None or not _uses(text, acronym):
            continue
        explaining = [s for s in entries if acronym in s.entry.forms and len(s.entry.forms) > 1]
        # The definition with the most names tells most.
        best = max(explaining, key=lambda s: len(s.entry.forms), default=None)
        if best is not None:
            report = index.report(best.report_id)
            quote = quote_of(report, best.entry.start, best.entry.end)
            found.append(Term(best.entry.forms, quote))
    return tuple(sorted(found, key=lambda term: term.forms[0].casefold()))


def _uses(text: str, acronym: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(acronym)}(?![A-Za-z0-9])", text) is not None
