"""The cover to title, agencies, people, places, dates and meeting groups, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.dates import first_date
from corpus.gazetteer import bodies_in
from corpus.normalise import Normalised
from corpus.script import glue, spaces_latin
from corpus.types import Fact, Metadata, Report, Role, Section

_TITLE = ("出國報告標題", "出國報告名稱", "報告名稱", "報告題目", "題目")
_AGENCIES = ("服務機關", "服務單位", "主辦機關")
_AUTHORS = (r"姓\s?名\s?/?\s?職\s?稱", r"姓\s?名", "出國人員", "出國人")
_PLACES = ("派赴國家", "出國地區", "出國地點", "前往國家", "會議地點")
_EVENT = ("出國期間", "會議期間", "出國日期", "活動期間")
_REPORTED = ("報告日期", "報告完成日期")
_OTHERS = (
    r"職\s?稱",
    "出國類別",
    "頁數",
    r"聯絡人\S{0,4}",
    "關鍵詞",
    "內容摘要",
    "會議小組",
    "來源",
    "分類號",
)

_HEADER = re.compile(
    r"(?:\S{0,12}所屬)?(?:各機關)?(?:人員)?(?:因公|公務)?出國報告書?(?:[（(].*)?$|[（(]出國類別"
)
_LONGEST_TITLE = 12
"""Lines that a title has at most."""


def read_metadata(document: Normalised, sections: Sequence[Section]) -> Metadata:
    """What the cover says, and the form behind it (提要); a field it does not state stays empty."""
    text = document.text
    covers = [
        (s.start, s.own_end)
        for s in sections
        if s.role is Role.COVER or (s.level == 1 and s.heading.endswith("出國報告提要"))
    ]
    title = _title(document, covers)
    event = _first_dates(text, covers, _EVENT)
    reported = _first_dates(text, covers, _REPORTED)
    return Metadata(
        title=title,
        agencies=_distinct(_entries(text, covers, _AGENCIES)),
        authors=_authors(text, covers),
        places=_distinct(_entries(text, covers, _PLACES)),
        event_start=_day(event, 0),
        event_end=_day(event, 1),
        report_date=_day(reported, 1),
        groups=_groups(text, covers, sections, title),
    )


def report_year(report: Report) -> int | None:
    """The year that 本年 means in the report: of its event, or its date, or the first it names.

    The event comes before the report's date, for a report of January speaks of the year before.
    """
    metadata = report.metadata
    fact = metadata.event_end or metadata.event_start or metadata.report_date
    if fact is not None:
        return fact.value.year
    mention = first_date(report.text)
    return None if mention is None else mention.first.year


def _labelled(labels: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=\s))(?:{'|'.join(labels)})(?:[ ]?[：:][ ]?|[ ])(?P<value>\S.*)$", re.M
    )


_ANY_LABEL = re.compile(
    "(?:出國人員 )?(?:"
    + "|".join((*_TITLE, *_AGENCIES, *_AUTHORS, *_PLACES, *_EVENT, *_REPORTED, *_OTHERS))
    + r")(?: ?[：:]| \S|$)"
)


def _values(
    text: str, covers: list[tuple[int, int]], labels: Sequence[str]
) -> Iterator[tuple[int, int]]:
    pattern = _labelled(labels)
    for start, end in covers:
        for match in pattern.finditer(text, start, end):
            yield match.start("value"), match.end("value")


def _entries(
    text: str, covers: list[tuple[int, int]], labels: Sequence[str]
) -> Iterator[Fact[str]]:
    """The entries of all fields with one of these labels: parted by 、 outside brackets."""
    for start, end in _values(text, covers, labels):
        begin, depth = start, 0
        for position in range(start, end + 1):
            char = text[position] if position < end else "、"
            depth += (char in "（(") - (char in "）)")
            if (char in "、；;，," and depth <= 0) or position == end:
                printed = text[begin:position]
                value = printed.strip(" 。")
                if value:
                    lead = begin + printed.index(value)
                    yield Fact(value, lead, lead + len(value))
                begin = position + 1


def _distinct(facts: Iterator[Fact[str]]) -> tuple[Fact[str], ...]:
    kept: dict[str, Fact[str]] = {}
    for fact in facts:
        kept.setdefault(fact.value, fact)
    return tuple(kept.values())


def _authors(text: str, covers: list[tuple[int, int]]) -> tuple[Fact[str], ...]:
    """From the first label that is there: the form behind the cover names the same people again."""
    for label in _AUTHORS:
        found = _distinct(_entries(text, covers, (label,)))
        if found:
            return found
    return ()


def _first_dates(
    text: str, covers: list[tuple[int, int]], labels: Sequence[str]
) -> Fact[tuple[date, date]] | None:
    for start, end in _values(text, covers, labels):
        mention = first_date(text, start, end)
        if mention is not None:
            return Fact((mention.first, mention.last), mention.start, mention.end)
    return None


def _day(dates: Fact[tuple[date, date]] | None, which: int) -> Fact[date] | None:
    return None if dates is None else Fact(dates.value[which], dates.start, dates.end)


def _title(document: Normalised, covers: list[tuple[int, int]]) -> Fact[str] | None:
    """The lines between the head of the cover and its first label, a labelled one, or a # line."""
    text = document.text
    spaced = spaces_latin(text)
    lines = []
    if covers and not document.cover_lines:
        start, end = covers[0]
        for line in document.lines:
            printed = text[line.start : line.end]
            if line.start >= end or _ANY_LABEL.match(printed):
                break
            if line.start >= start and not _HEADER.match(printed):
                lines.append(line)
    if lines and len(lines) <= _LONGEST_TITLE:
        value = ""
        for line in lines:
            printed = text[line.start : line.end]
            value += glue(value, printed, spaced=spaced) + printed
        return Fact(value, lines[0].start, lines[-1].end)
    for start, end in _values(text, covers, _TITLE):
        return Fact(text[start:end], start, end)
    first = document.lines[0] if document.lines else None
    if not covers and first is not None and first.hashes == 1:
        return Fact(text[first.start : first.end], first.start, first.end)
    return None


def _groups(
    text: str,
    covers: list[tuple[int, int]],
    sections: Sequence[Section],
    title: Fact[str] | None,
) -> tuple[Fact[str], ...]:
    """Groups named in title and cover, or in the headings nearest to the root that name any."""
    spans = [covers[0]] if covers else []
    if title is not None and not covers:
        spans.append((title.start, title.end))
    found = _distinct(_groups_within(text, [*spans, *_headings(sections, 1)]))
    return found or _distinct(_groups_within(text, _headings(sections, 2)))


def _headings(sections: Sequence[Section], level: int) -> list[tuple[int, int]]:
    skipped = {Role.COVER, Role.CONTENTS, Role.CAPTION}
    return [
        (s.start, min(s.own_end, s.start + len(s.heading) + 12))
        for s in sections
        if s.level == level and s.heading and s.role not in skipped
    ]


def _groups_within(text: str, spans: list[tuple[int, int]]) -> Iterator[Fact[str]]:
    for start, end in spans:
        part = text[start:end]
        source = part.find("來源：")
        for mention in bodies_in(part[: source if source >= 0 else None], groups_only=True):
            yield Fact(mention.acronym, start + mention.start, start + mention.end)
