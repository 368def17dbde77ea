"""Topics for a meeting, from the headings and follow-ups of the reports of its group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.briefing.types import Source, source_of
from assistant.similarity import likeness, signature
from corpus.errors import AttacheError
from corpus.gazetteer import bodies_in, body_named
from corpus.types import Report, Role
from index.retriever import Index, passes
from index.types import Filters

MOST = 15
_SAME = 0.6
_LONGEST = 40
_SHORTEST = 4

_ROLES = frozenset({Role.PROCEEDINGS, Role.DECISIONS})
_GENERAL = re.compile(
    r"情形$|要點|重要結論|議程|問答|分享與交流|開場|致詞|其他|互動交流|重點|背景|與會|雙邊|概要|總結|會外|會員體提案|會務|"
    r"會議過程|會議內容|會議紀|工作重點|工作計畫及活動|主題及優先|決議|採認|簡報|日期|地點|主持|場次|"
    r"(?:會議|會談|紀要|活動簡介|遴選)$|(?i:welcome|agenda|closing|opening|minutes|any other)"
)
_TAIL = re.compile(r"(?:(?:進行)?之?討論|(?<!大)事)?[：:。]?$")
_PRIORITY = re.compile(r"^.{0,8}優先事項[一二三四五六七八九十—-]\s?")
_NAMED = re.compile(
    r"「([^」\n]{4,40})」(?=[^「」]{0,6}[案會]|[^「」]{0,12}(?:報告|計畫)|(?:及|、|與|和)[^。；]{0,24}案)"
)
_MEETING = re.compile(
    r"(?:(?P<round>SOM\s?[1-3IVX]{1,3}|第\s?[一二三123]\s?次資深官員會議)\D{0,12})?(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic that the reports of a group suggest, and the reports that do."""

    topic: str
    sources: tuple[Source, ...]
    """Oldest first."""
    is_promised: bool
    """Whether a list of follow-ups names it."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting to be prepared."""

    group: str
    """Acronym: BMG."""
    before: date | None
    """Reports of events that begin on this day or later do not prepare it."""


def read_meeting(text: str) -> Meeting:
    """Read ``BMG, SOM 3 2023``: a meeting group, and a year or a day (2023-08-20).

    A round of senior officials' meetings alone does not tell the day; then everything up to the
    end of the year before counts, and of its own year the rounds before it. ``AttacheError`` when
    no group is named.
    """
    groups = [m.acronym for m in bodies_in(text, groups_only=True) if m.acronym not in _ROUNDS]
    if not groups:
        raise AttacheError(
            f"the meeting is {text!r}; expected a group and a year, such as 'BMG, SOM 3 2023'"
        )
    day = re.search(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}", text)
    if day is not None:
        try:
            return Meeting(groups[0], date(*map(int, day[0].split("-"))))
        except ValueError as error:
            raise AttacheError(f"{day[0]} is no day ({error}); expected YEAR-MM-DD") from error
    found = _MEETING.search(text)
    if found is None:
        return Meeting(groups[0], None)
    rank = _rank(found["round"] or "")
    return Meeting(groups[0], date(int(found["year"]), _MONTHS[rank], 1))


def meeting_of(name: str | None, groups: list[str] | None, day: date | None) -> Meeting | None:
    """The meeting that is meant by its name, or by a group and a day; None when by neither."""
    if name:
        read = read_meeting(name)
        return Meeting(read.group, day) if day is not None else read
    return Meeting(groups[0], day) if groups else None


def read_topics(path: Path) -> list[str]:
    """Read a saved list of topics, one a line; ``#`` begins a remark."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise AttacheError(
            f"cannot read {path}: {reason}; expected a text file with one topic a line"
        ) from error
    return [topic for line in lines if (topic := line.split("#", maxsplit=1)[0].strip())]


_ROUNDS = frozenset({"SOM", "APEC"})
_MONTHS = {0: 1, 1: 1, 2: 4, 3: 7}
"""The month before which the rounds of senior officials' meetings of a year have not begun."""


def _rank(printed: str) -> int:
    if not printed:
        return 0
    digits = {"III": 3, "II": 2, "I": 1, "三": 3, "二": 2, "一": 1, "3": 3, "2": 2, "1": 1}
    return next(
        (
            rank
            for mark, rank in digits.items()
            if mark in printed.upper()[3:] or (mark in printed and not printed.isascii())
        ),
        0,
    )


def propose(index: Index, meeting: Meeting, filters: Filters) -> tuple[Proposal, ...]:
    """Propose topics for a meeting: what was promised and what came up last, first.

    ``AttacheError`` when no report of the group passes the filters.
    """
    group = body_named(meeting.group)
    acronym = group.acronym if group is not None else meeting.group
    effective = replace(filters, groups=(*filters.groups, acronym))
    reports = [
        report
        for report in index.reports
        if passes(report, effective) and _is_before(source_of(report), meeting.before)
    ]
    if not reports:
        known = sorted({fact.value for r in index.reports for fact in r.metadata.groups})
        raise AttacheError(
            f"no report of {acronym} before {meeting.before or 'that meeting'}; "
            f"the reports are of {', '.join(known) or 'no group'}"
        )
    found: list[Proposal] = []
    for report in sorted(reports, key=lambda r: source_of(r).order, reverse=True):
        source = source_of(report)
        for topic, promised in _topics(report, acronym):
            _merge(found, Proposal(topic, (source,), promised))
    ranked = sorted(
        enumerate(found),
        key=lambda p: (
            -len({s.day for s in p[1].sources}),
            not p[1].is_promised,
            -(p[1].sources[-1].day or date.min).toordinal(),
            p[0],
        ),
    )
    return tuple(proposal for _, proposal in ranked[:MOST])


def _merge(found: list[Proposal], new: Proposal) -> None:
    """Add a proposal, or join it to the one that names the same topic, whose words stay."""
    own = signature(new.topic)
    for at, known in enumerate(found):
        if likeness(signature(known.topic), own) >= _SAME:
            sources = {s.report_id: s for s in (*new.sources, *known.sources)}
            found[at] = Proposal(
                known.topic if len(known.topic) <= len(new.topic) else new.topic,
                tuple(sorted(sources.values(), key=lambda s: s.order)),
                known.is_promised or new.is_promised,
            )
            return
    found.append(new)


def _topics(report: Report, group: str) -> Iterator[tuple[str, bool]]:
    """The topics that a report's headings and follow-ups name, and whether they are promised."""
    for section in report.sections:
        if section.role is Role.FOLLOW_UP:
            for match in _NAMED.finditer(report.text, section.start, section.own_end):
                topic = match[1].strip()
                if not _GENERAL.search(topic):
                    yield topic, True
    others = {m.acronym for m in bodies_in(report.text, groups_only=True)} - {group}
    for section in report.sections:
        if section.role not in _ROLES or not section.heading:
            continue
        above = {m.acronym for label in section.path for m in bodies_in(label, groups_only=True)}
        if above & others and group not in above:
            continue
        topic = _cleaned(section.heading)
        if topic and not _GENERAL.search(topic):
            yield topic, False


def _cleaned(heading: str) -> str:
    """A heading as a topic: without brackets, its second clause and what only closes it."""
    bare = re.sub(r"\s?[（(][^（）()]*[)）]", "", _PRIORITY.sub("", heading))
    first = re.split(r"[，；：:]", bare)[0].strip("「」 ")
    topic = _TAIL.sub("", first).strip()
    return topic if _SHORTEST <= len(topic) <= _LONGEST else ""


def _is_before(source: Source, day: date | None) -> bool:
    return day is None or source.day is None or source.day < day
