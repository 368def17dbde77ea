"""Topics and an index to a briefing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.assistant import Assistant
from assistant.briefing.findings import Finding, find, is_silent
from assistant.briefing.labels import words
from assistant.briefing.ledger import actions_in, is_repeated
from assistant.briefing.people import people_in
from assistant.briefing.positions import choices_in, option_rank, options_in, positions_in
from assistant.briefing.terms import terms_in
from assistant.briefing.types import (
    OWN,
    Briefing,
    Event,
    Quote,
    Sure,
    TopicBrief,
    quote_of,
    source_of,
)
from assistant.export.document import printable
from assistant.question import NO_FILTERS, understand
from assistant.types import Language
from corpus.errors import AttacheError
from corpus.speakers import Speakers
from corpus.types import Role
from index.retriever import passes
from index.types import Filters

MOST_TOPICS = 30
UNSURE = 0.5
"""An answer less sure than this counts only where other sentences are about the topic too."""
LEAST_TOLD = 3
"""Quotes that a topic is summed up by, where the reports have as many."""
QUOTES_OF_EVENT = 4
MOST_OWN = 6
MOST_VIEWS = 4

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, what is done of it, and its total."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a briefing is asked for."""

    topics: tuple[str, ...]
    language: Language = Language.ZH
    filters: Filters = NO_FILTERS
    title: str = ""
    meeting: str = ""
    day: date | None = None
    """Printed on the cover; without it, the date of the newest report."""


def prepare(
    assistant: Assistant,
    request: Request,
    progress: Progress = lambda stage, done, total: None,
) -> Briefing:
    """Prepare a briefing on topics: the same for the same request and index.

    ``AttacheError`` when there is no topic, there are too many, or no report passes the filters.
    """
    topics = tuple(dict.fromkeys(t for t in map(_line, request.topics) if t))
    meeting, title = _line(request.meeting), _line(request.title)
    if not topics:
        raise AttacheError("no topic is given; expected one at least, such as 'ABTC 審核延宕'")
    if len(topics) > MOST_TOPICS:
        raise AttacheError(f"{len(topics)} topics are given; expected {MOST_TOPICS} at most")
    index, filters = assistant.index, request.filters
    index.allowed(filters)  # an unknown economy is told before any work
    reports = [report for report in index.reports if passes(report, filters)]
    if not reports:
        raise AttacheError(
            f"none of the {len(index.reports)} reports passes the filters; leave one out"
        )
    speakers = cache(lambda report_id: Speakers(index.report(report_id)))
    briefs, told = [], set()
    for done, topic in enumerate(topics):
        progress("topics", done, len(topics))
        findings = _findings(assistant, topic, filters)
        told |= {finding.report.id for finding in findings}
        briefs.append(_topic(assistant, topic, findings, speakers, filters))
    progress("topics", len(topics), len(topics))
    actions = actions_in(index, filters, lambda done, total: progress("actions", done, total))
    people = people_in(report for report in reports if report.id in told)
    quoted = " ".join(
        (*topics, *(quote.text for quote in _quotes(briefs)), *(a.shown for a in actions))
    )
    sources = tuple(sorted(map(source_of, reports), key=lambda source: source.order))
    days = [day for s in sources for day in (s.report_date, s.event_end, s.event_start) if day]
    years = {source.day.year for source in sources if source.day}
    default = words("title_of", request.language, meeting=meeting) if meeting else ""
    return Briefing(
        title=title or default or words("title", request.language),
        meeting=meeting,
        language=request.language,
        day=request.day or max(days, default=date(1970, 1, 1)),
        sources=sources,
        years_without=tuple(sorted(set(range(min(years), max(years))) - years)) if years else (),
        topics=tuple(briefs),
        actions=actions,
        people=people,
        terms=terms_in(index, quoted, filters),
    )


def _line(text: str) -> str:
    """What the user typed, as one line that can be printed."""
    return " ".join(printable(text).split())


def _findings(assistant: Assistant, topic: str, filters: Filters) -> tuple[Finding, ...]:
    question = understand(topic, filters, None, assistant.index.reports)
    return find(assistant.index, question.query, question.filters)


def _topic(
    assistant: Assistant,
    topic: str,
    findings: Sequence[Finding],
    speakers: Callable[[str], Speakers],
    filters: Filters,
) -> TopicBrief:
    answer = assistant.ask(topic, filters)
    index = assistant.index
    told = [
        quote_of(index.report(c.report_id), c.start, c.end)
        for statement in answer.statements
        if findings or answer.confidence >= UNSURE
        for c in (answer.citations[statement.citations[0] - 1],)
        if not is_silent(c.role)
    ]
    # What is to be done stands in the ledger.
    said = [f for f in findings if f.role is not Role.FOLLOW_UP] or findings
    stated = [f for f in findings if f.role is not Role.OPINION]
    own = [f for f in stated if _is_own(f, speakers(f.report.id))]
    views = [f for f in findings if f.role is Role.OPINION]
    return TopicBrief(
        topic=topic,
        answer=_filled(told, said),
        confidence=answer.confidence if told else 0.0,
        positions=positions_in(findings, speakers),
        choices=choices_in(findings, speakers),
        timeline=_timeline(said, speakers),
        own=_distinct(own, MOST_OWN),
        views=_distinct(views, MOST_VIEWS),
    )


def _filled(told: Sequence[Quote], findings: Sequence[Finding]) -> tuple[Quote, ...]:
    """The answer, and where it is short, what else is nearest to the topic."""
    quotes = list(told)
    for finding in _nearest(findings, len(quotes) + LEAST_TOLD):
        quote = _quote(finding)
        if len(quotes) < LEAST_TOLD and not any(
            is_repeated(quote, known) or quote.text in known.text for known in quotes
        ):
            quotes.append(quote)
    return tuple(quotes)


def _is_own(finding: Finding, speakers: Speakers) -> bool:
    return any(s.code == OWN for s in speakers.of_sentence(finding.start, finding.end))


def _timeline(
    findings: Sequence[Finding], speakers: Callable[[str], Speakers]
) -> tuple[Event, ...]:
    """One event a day, oldest first; a report without a date is one of its own, at the end."""
    by_day: dict[object, list[Finding]] = {}
    for finding in findings:
        source = source_of(finding.report)
        by_day.setdefault(source.day or source.report_id, []).append(finding)
    events = [_event(found, speakers) for found in by_day.values()]
    return tuple(sorted(events, key=lambda event: event.sources[0].order))


def _event(found: Sequence[Finding], speakers: Callable[[str], Speakers]) -> Event:
    sources = {source.report_id: source for source in map(source_of, (f.report for f in found))}
    named = [
        position.economy
        for position in positions_in(found, speakers)
        if position.economy != OWN and position.sure is not Sure.MEDIUM
    ]
    chosen = [f for f in found if choices_in([f], speakers)]
    nearest = _nearest(found, QUOTES_OF_EVENT, first=chosen)
    offered = {option for f in found for option in options_in(f.text)}
    return Event(
        tuple(sorted(sources.values(), key=lambda source: source.order)),
        tuple(map(_quote, sorted(nearest, key=lambda f: (f.report.source, f.start)))),
        tuple(dict.fromkeys(named)),
        tuple(sorted(offered, key=option_rank)),
    )


def _nearest(
    findings: Sequence[Finding], most: int, first: Sequence[Finding] = ()
) -> list[Finding]:
    """The nearest findings that do not say the same: those of ``first``, then the nearest."""
    kept: list[Finding] = []
    ordered = sorted(findings, key=lambda f: (-f.relevance, f.report.source, f.start))
    for finding in [*first, *ordered]:
        if len(kept) < most and not any(is_repeated(_quote(finding), _quote(k)) for k in kept):
            kept.append(finding)
    return kept


def _distinct(findings: Sequence[Finding], most: int) -> tuple[Quote, ...]:
    """The nearest findings that do not say the same, by the report's date and their place in it."""
    quotes = map(_quote, _nearest(findings, most))
    return tuple(sorted(quotes, key=lambda q: (*q.source.order, q.start)))


def _quote(finding: Finding) -> Quote:
    return quote_of(finding.report, finding.start, finding.end)


def _quotes(briefs: Sequence[TopicBrief]) -> Iterator[Quote]:
    for brief in briefs:
        yield from brief.answer
        yield from brief.own
        yield from brief.views
        yield from (position.quote for position in brief.positions)
        yield from (quote for event in brief.timeline for quote in event.quotes)
