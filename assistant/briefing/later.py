"""Whether a later report comes back to something that was to be done, and the passage that does."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.briefing.clauses import mentions_in
from assistant.briefing.findings import is_silent
from assistant.briefing.types import OWN, Quote, Source, State, quote_of, source_of
from assistant.similarity import containment, signature
from corpus.sentences import sentences
from corpus.types import Report
from index.lexicon import field_lexicon
from index.query import bag_of
from index.retriever import Index
from index.types import Filters, Mode

TAKEN_UP = 0.6
"""A later sentence so near takes the item up. Read by eye over five real reports and their
digests: those that do reach 0.77 to 1.7, those that do not 0.2 at most …"""
POSSIBLE = 0.13
"""… and between the two, some do. A reader has to judge."""
NAMED_ALIKE = 5
"""So many names and words of the field in common make it possible too, however long the sentence."""
HELD = 0.5
"""A sentence that holds so much of the item's own words, by weight, makes it possible as well."""
OTHER_GROUP = 0.4
"""What nearness counts in a report of another meeting group, whose matters are others."""
_DEPTH = 12
"""Passages of the later reports that are read for an item."""
_SHORTEST = 12

_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z-]*[A-Z](?![a-z])")


@dataclass(frozen=True, slots=True)
class Later:
    """What became of an item, and the passage that tells; None where none does."""

    state: State
    quote: Quote | None = None


def later_on(
    index: Index, report: Report, start: int, end: int, reports: Sequence[Report]
) -> Later:
    """Tell whether one of ``reports`` comes back to ``report.text[start:end]``.

    Later is a report whose event begins when this one's is over. The item is read with what its
    paragraph says before it, for it may not name its matter again.
    """
    source = source_of(report)
    over = source.event_end or source.day
    days = {r.id: source_of(r).day for r in reports}
    after = tuple(id for id, day in days.items() if over is not None and day and day > over)
    if not after:
        return Later(State.LATEST)
    opened = report.text.rfind("\n", 0, start) + 1
    begin = max(opened, report.sections[report.section_at(start)].start)
    matter, item = report.text[begin:end], report.text[start:end]
    matcher, words, things = index.matcher(matter), signature(matter), _things(matter)
    own = index.matcher(item)
    best, chosen = 0.0, None
    for other, first, last in dict.fromkeys(
        each for query in dict.fromkeys((matter, item)) for each in _sentences(index, query, after)
    ):
        text = index.report(other).text[first:last]
        shared = len((things & _things(text)) - {*source.groups, "APEC"})
        bag = bag_of(text)
        near = matcher.coverage(bag) * containment(signature(text), words) * (1 + shared)
        if not _is_of_group(source, source_of(index.report(other))):
            near *= OTHER_GROUP
        elif shared >= NAMED_ALIKE or (shared and own.coverage(bag) >= HELD):
            near = max(near, POSSIBLE)
        if near > best:
            best, chosen = near, quote_of(index.report(other), first, last)
    if chosen is None or best < POSSIBLE:
        return Later(State.OPEN)
    return Later(State.TAKEN_UP if best >= TAKEN_UP else State.POSSIBLE, chosen)


def _sentences(
    index: Index, query: str, reports: tuple[str, ...]
) -> Iterator[tuple[str, int, int]]:
    """The sentences of the passages that are nearest to a query: report id, start and end."""
    for hit in index.search(query, Mode.HYBRID, _DEPTH, Filters(reports=reports)):
        other = index.report(hit.chunk.report_id)
        for span in sentences(other.text, hit.chunk.start, hit.chunk.end):
            role = other.sections[other.section_at(span.start)].role
            is_told = not is_silent(role) and "\t" not in other.text[span.start : span.end]
            if is_told and span.end - span.start >= _SHORTEST:
                yield other.id, span.start, span.end


@lru_cache(maxsize=4_096)
def _things(text: str) -> frozenset[Hashable]:
    """What a text names: other economies, acronyms, words of the field by their terms."""
    economies = {mention.code for mention in mentions_in(text)} - {OWN}
    acronyms = set(_ACRONYM.findall(text))
    return frozenset(
        {*economies, *acronyms, *(called.asked for called in field_lexicon().find(text))}
    )


def _is_of_group(one: Source, other: Source) -> bool:
    """Whether two reports are of one meeting group, as far as they tell."""
    return not (one.groups and other.groups) or bool(set(one.groups) & set(other.groups))
