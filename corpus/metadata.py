"""The cover to title, agencies, people, places, dates and meeting groups, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.dates import DateMention, Precision, find_dates, first_date
from corpus.gazetteer import bodies_in, economies_in
from corpus.normalise import Normalised
from corpus.numbering import value_of
from corpus.script import glue, spaces_latin
from corpus.sentences import sentences
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
_OPENING = 1200
"""Characters of the first sections that may say of a report what its cover leaves out."""

_ROUND = re.compile(
    r"第\s?(?P<zh>[1-4一二三四])\s?次資深官員(?:系列)?會議(?:\s?[（(]\s?SOM\s?(?:[1-4]|I{1,3}|IV)\s?[)）])?"
    r"|資深官員(?:系列)?會議第\s?(?P<zh2>[1-4一二三四])\s?次會議(?:\s?[（(]\s?SOM\s?[1-4]\s?[)）])?"
    r"|(?<![A-Za-z])SOM\s?(?P<en>[1-4]|I{1,3}|IV)(?![A-Za-z0-9])"
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_BEFORE = 40
"""Characters before the name of a round in which its year stands."""
_HELD = re.compile(r"舉[行辦]|召開|進行(?:全體)?會議|辦理|(?i:\bheld\b|took place)")
_AT = re.compile(r"[於在赴](?P<place>\S{2,12}?)(?:舉[行辦]|召開|辦理|出席|參加)")


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
    places = _distinct(_entries(text, covers, _PLACES))
    opening = _opening(sections, covers)
    if not covers:
        # without a cover, the report's first sentences may say when and where the meeting was
        event = event or _held_when(text, opening)
        places = places or _held_where(text, opening)
    return Metadata(
        title=title,
        agencies=_distinct(_entries(text, covers, _AGENCIES)),
        authors=_authors(text, covers),
        places=places,
        event_start=_day(event, 0),
        event_end=_day(event, 1),
        report_date=_day(reported, 1),
        groups=_groups(text, covers, sections, title),
        meeting=_meeting(text, [*_title_first(title, covers), *opening], event),
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


def _opening(sections: Sequence[Section], covers: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of the first sections with text that tell what the report is of."""
    spans: list[tuple[int, int]] = []
    left = _OPENING
    for section in sections[1:]:
        is_told = section.role in {Role.SUMMARY, Role.PURPOSE}
        if not is_told or (section.start, section.own_end) in covers:
            continue
        end = min(section.own_end, section.start + left)
        spans.append((section.start, end))
        left -= end - section.start
        if left <= 0:
            break
    return spans


def _held_when(text: str, spans: list[tuple[int, int]]) -> Fact[tuple[date, date]] | None:
    """The days of the meeting, in the first sentence that says that a meeting was held then."""
    for start, end in spans:
        for span in sentences(text, start, end):
            stated = text[span.start : span.end]
            if not (_HELD.search(stated) and bodies_in(stated, groups_only=True)):
                continue
            year = first_date(text, span.start, span.end)
            mentions = find_dates(
                text, span.start, span.end, year=None if year is None else year.first.year
            )
            for mention in mentions:
                if mention.precision is Precision.DAY and _is_held(text, mention, span.end):
                    return Fact((mention.first, mention.last), mention.start, mention.end)
    return None


def _is_held(text: str, mention: DateMention, end: int) -> bool:
    """Whether the clause that the date stands in says that something was held."""
    stop = min((p for c in "，。；" if (p := text.find(c, mention.end, end)) >= 0), default=end)
    return _HELD.search(text, mention.end, stop) is not None


def _held_where(text: str, spans: list[tuple[int, int]]) -> tuple[Fact[str], ...]:
    """The place of the meeting, in the first sentence that says where one was held."""
    for start, end in spans:
        for match in _AT.finditer(text, start, end):
            named = economies_in(match["place"])
            if named and named[0].start == 0:
                return (Fact(match["place"], match.start("place"), match.end("place")),)
    return ()


def _title_first(
    title: Fact[str] | None, covers: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    if title is not None:
        yield title.start, title.end
    yield from covers


def _meeting(
    text: str, spans: list[tuple[int, int]], event: Fact[tuple[date, date]] | None
) -> Fact[str] | None:
    """The round of senior officials' meetings that the report is of: SOM 3, 2022.

    Its year is printed before it, or is the event's. A round of another year is another report's.
    """
    for start, end in spans:
        for match in _ROUND.finditer(text, start, end):
            printed = match["zh"] or match["zh2"]
            number = value_of(printed) if printed else 0
            number = number or _ROMAN.get(match["en"] or "") or value_of(match["en"] or "")
            begin = max(start, match.start() - _YEAR_BEFORE)
            years = list(_YEAR.finditer(text, begin, match.start()))
            year = int(years[-1][1]) if years else None
            if event is not None and year not in {None, event.value[0].year}:
                continue
            year = year or (event.value[0].year if event is not None else None)
            if year is not None:
                first = years[-1].start() if years else match.start()
                return Fact(f"SOM {number}, {year}", first, match.end())
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
