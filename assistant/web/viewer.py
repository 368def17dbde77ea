"""The source beside the chat: a section of a report with its outline, or a page as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.render import label, one_line, path_label, speaker_name, title_label
from assistant.types import Citation, Language, Question
from assistant.web.escape import plain
from assistant.web.markup import both_calendars, quoted, role_words
from assistant.web.pages import PageMissingError, page_html
from assistant.web.place import Place
from assistant.web.why import DEPTH, Why, why
from assistant.web.words import (
    BY_MEANING,
    BY_WORDS,
    CLOSE,
    COPIED,
    COPY_LINK,
    DATED,
    FOR_QUESTION,
    MATCHED,
    NEXT_SECTION,
    NO_MATCHES,
    OUTLINE,
    PAGE_VIEW,
    PLACE_UNKNOWN,
    PREVIOUS_SECTION,
    RANK,
    RANKS,
    REPORT_GONE,
    REPORT_REMOVED,
    REPORT_UNKNOWN,
    ROLE,
    ROLES,
    SHOW_OUTLINE,
    SPEAKER,
    TEXT_VIEW,
    TO_QUOTE,
    TOGETHER,
    TRANSLATED,
    UNRANKED,
    WHY,
)
from corpus.errors import AttacheError
from corpus.types import Report, Role, Section
from index.retriever import Index

SHOWN_CHARACTERS = 6_000
"""A section longer than this is shown from its nearest part downwards, not from its chapter."""
MOST_CHARACTERS = 30_000
"""Shown at once of a section without parts."""
_LONG_HEADING = 80
_LABEL_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """The question for which a citation was given, so that it can be told why."""

    question: Question
    citation: Citation


def source_html(
    index: Index, place: Place, asked: Asked | None, language: Language, is_live: bool = True
) -> str:
    """Show the section around a place with its quote highlighted, or the picture of its page.

    ``is_live`` tells whether the index is the one that is searched, and not an older one that
    still holds a report that was removed since.
    """
    try:
        report = index.report(place.report_id)
    except AttacheError:
        return _gone(asked, language)
    if not 0 <= place.start <= place.end <= len(report.text) or place.start == len(report.text):
        return _note(PLACE_UNKNOWN.of(language), language)
    if place.as_page:
        try:
            reading = page_html(index, report, place, language)
        except PageMissingError as missing:
            reading = f"<p class='note' role='status'>{plain(str(missing))}</p>"
    else:
        reading = _section_html(report, place, language)
    reason = _why_html(index, asked, language) if asked is not None else ""
    if not is_live:
        reason = f"<p class='note' role='status'>{plain(REPORT_REMOVED.of(language))}</p>{reason}"
    return (
        f"<article class='source' data-place='{plain(str(place))}' "
        f"aria-label='{plain(_title(report, language))}'>{_head(report, place, language)}"
        f"<div class='source-body{' outline-hidden' if place.as_page else ''}'>{_outline(report, place, language)}"
        f"<div class='reading' tabindex='0'>{reason}{reading}</div></div></article>"
    )


def shown_span(report: Report, start: int, end: int) -> tuple[int, int]:
    """Choose what is shown around ``text[start:end]``: the largest section that can be read.

    Without any that is short enough it is the smallest, or as much of it as is shown at once.
    """
    around = [
        report.sections[i]
        for i in report.ancestors(report.section_at(start))
        if report.sections[i].end >= end
    ]
    readable = [s for s in around if s.end - s.start <= SHOWN_CHARACTERS and s.level > 0]
    section = readable[-1] if readable else around[0]
    first, last = section.start, section.end
    if last - first > MOST_CHARACTERS:
        # In about equal parts from the section's beginning, so that next and previous meet.
        part = (start - first) // MOST_CHARACTERS
        while _bound(report, section, part + 1) <= start:
            part += 1
        first, last = _bound(report, section, part), _bound(report, section, part + 1)
    return first, max(last, end)


def _bound(report: Report, section: Section, part: int) -> int:
    """Where a part of a long section begins: with a line, which may be longer than a part."""
    offset = section.start + part * MOST_CHARACTERS
    if offset >= section.end:
        return section.end
    return max(report.text.rfind("\n", 0, offset) + 1, section.start)


def _head(report: Report, place: Place, language: Language) -> str:
    meta = report.metadata
    event = _period(
        meta.event_start.value if meta.event_start else None,
        meta.event_end.value if meta.event_end else None,
    )
    page = report.page_at(place.start)
    facts = [
        (label("agency", language), "、".join(f.value for f in meta.agencies)),
        (label("event", language), event),
        (
            label("report_date", language),
            both_calendars(meta.report_date.value if meta.report_date else None),
        ),
        (label("file", language), report.source),
        (label("page_word", language), label("page", language, n=page) if page else ""),
    ]
    rows = "".join(
        f"<div><dt>{plain(name)}</dt><dd>{plain(value)}</dd></div>"
        for name, value in facts
        if value
    )
    toggle = ""
    if _is_pdf(report) and page is not None:
        toggle = (
            f"<div class='toggle' role='group'>"
            f"{_switch(place.text(), TEXT_VIEW.of(language), not place.as_page)}"
            f"{_switch(place.on_page(), PAGE_VIEW.of(language), place.as_page)}</div>"
        )
    close = plain(CLOSE.of(language))
    return (
        f"<header class='source-head'><div class='source-tools'>"
        f"<button type='button' class='action' data-act='outline' aria-controls='outline' "
        f"title='{plain(SHOW_OUTLINE.of(language))}'>☰ {plain(OUTLINE.of(language))}</button>"
        f"{toggle}<span class='spring'></span>"
        f"<button type='button' class='action' data-act='place-link' "
        f"data-done='{plain(COPIED.of(language))}'>{plain(COPY_LINK.of(language))}</button>"
        f"<button type='button' class='action close' data-act='close' title='{close}' "
        f"aria-label='{close}'><span aria-hidden='true'>×</span></button></div>"
        f"<h2 tabindex='-1' lang='zh-Hant'>{plain(_title(report, language))}</h2>"
        f"<dl>{rows}</dl></header>"
    )


def _period(first: date | None, last: date | None) -> str:
    """Write from when until when; a whole year is all that a report said of its days."""
    if first is None or last is None or first == last:
        return both_calendars(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year} ({first.year - 1911}年)"
    return f"{both_calendars(first)} – {both_calendars(last)}"


def _switch(place: Place, name: str, chosen: bool) -> str:
    current = " aria-current='true'" if chosen else ""
    return f"<a class='goto' href='#{plain(str(place))}'{current}>{plain(name)}</a>"


def _outline(report: Report, place: Place, language: Language) -> str:
    """List the sections; the one that is read is marked, and so are those above it."""
    here = report.section_at(place.start)
    above = set(report.ancestors(here))
    rows = []
    for at, section in enumerate(report.sections):
        if not section.path:
            continue
        target = Place(report.id, section.start, section.start)
        current = " aria-current='location'" if at == here else ""
        inside = " class='goto inside'" if at in above else " class='goto'"
        rows.append(
            f"<li style='--level:{min(section.level, 6) - 1}'>"
            f"<a{inside} href='#{plain(str(target))}'{current}>"
            f"<span>{plain(_section_label(report, section, language))}</span></a></li>"
        )
    return (
        f"<nav class='outline' id='outline' aria-label='{plain(OUTLINE.of(language))}' "
        f"lang='zh-Hant'><ul>{''.join(rows)}</ul></nav>"
    )


def _section_label(report: Report, section: Section, language: Language) -> str:
    if section.heading:
        return section.path[-1]
    if section.role in (Role.COVER, Role.CONTENTS):
        return ROLES[section.role].of(language)
    begins = one_line(report.text[section.start : section.start + 2 * _LABEL_CHARACTERS])
    return begins[:_LABEL_CHARACTERS] or section.path[-1]


def _section_html(report: Report, place: Place, language: Language) -> str:
    first, last = shown_span(report, place.start, place.end)
    path = path_label(report.sections[report.section_at(place.start)].path)
    around = []
    if report.text[:first].strip():
        before, _ = shown_span(report, first - 1, first)
        around.append(_step(report, before, PREVIOUS_SECTION.of(language), "previous"))
    if report.text[last:].strip():
        around.append(_step(report, last, NEXT_SECTION.of(language), "next"))
    return (
        f"<p class='path' lang='zh-Hant'>{plain(path)}</p>"
        f"<div class='section' lang='zh-Hant'>{_body(report, first, last, place)}</div>"
        f"<nav class='around'>{''.join(around)}</nav>"
    )


def _step(report: Report, start: int, name: str, side: str) -> str:
    section = report.sections[report.section_at(start)]
    target = Place(report.id, start, start)
    leads = section.path[-1] if section.path else ""
    return (
        f"<a class='goto step {side}' href='#{plain(str(target))}'>{plain(name)}"
        f"<span lang='zh-Hant'>{plain(leads)}</span></a>"
    )


def _body(report: Report, first: int, last: int, place: Place) -> str:
    """Write the lines of a span: headings, table rows and paragraphs, the quote marked."""
    headings = {s.start for s in report.sections if s.heading}
    lines = []
    at = first
    for line in report.text[first:last].splitlines(keepends=True):
        text = line.rstrip("\r\n")
        if text.strip():
            cells = []
            cell_at = at
            for cell in text.split("\t"):
                cells.append(quoted(cell, place.start - cell_at, place.end - cell_at))
                cell_at += len(cell) + 1
            kind = "heading" if at in headings and len(text) < _LONG_HEADING else "line"
            body = cells[0] if len(cells) == 1 else "".join(f"<span>{c}</span>" for c in cells)
            lines.append(f"<p class='{kind if len(cells) == 1 else 'row'}'>{body}</p>")
        at += len(line)
    return "".join(lines)


def _why_html(index: Index, asked: Asked, language: Language) -> str:
    found = why(index, asked.question, asked.citation)
    own = [m for m in found.matches if m.word.casefold() == m.found.casefold()]
    others = [m for m in found.matches if m not in own]
    citation = asked.citation
    back = Place(citation.report_id, citation.start, citation.end)
    rows = [
        (FOR_QUESTION.of(language), plain(asked.question.text)),
        (MATCHED.of(language), " ".join(f"<em>{plain(m.found)}</em>" for m in own)),
        (
            TRANSLATED.of(language),
            " ".join(
                f"<span class='pair'>{plain(m.word)} → <em>{plain(m.found)}</em></span>"
                for m in others
            ),
        ),
        (RANKS.of(language), _ranks(found, language)),
        (
            SPEAKER.of(language),
            plain(speaker_name(citation.speaker, language)) if citation.speaker else "",
        ),
        (ROLE.of(language), plain(role_words(citation.role, language))),
        (DATED.of(language), plain(both_calendars(citation.report_date or citation.event_start))),
    ]
    if not found.matches:
        rows[1] = (MATCHED.of(language), plain(NO_MATCHES.of(language)))
    listed = "".join(f"<dt>{plain(name)}</dt><dd>{value}</dd>" for name, value in rows if value)
    return (
        f"<details class='why'><summary>{plain(WHY.of(language))}</summary>"
        f"<dl>{listed}</dl><p><a class='goto' href='#{plain(str(back))}'>"
        f"{plain(TO_QUOTE.of(language))}</a></p></details>"
    )


def _ranks(found: Why, language: Language) -> str:
    named = (
        (BY_WORDS, found.lexical),
        (BY_MEANING, found.dense),
        (TOGETHER, found.rank),
    )
    return " · ".join(
        f"{plain(words.of(language))} "
        + plain(RANK.of(language, n=rank) if rank else UNRANKED.of(language, n=DEPTH))
        for words, rank in named
    )


def _gone(asked: Asked | None, language: Language) -> str:
    """Show what an answer keeps of a report that is no longer there."""
    if asked is None:
        return _note(REPORT_UNKNOWN.of(language), language)
    citation = asked.citation
    at = citation.passage.find(citation.quote)
    passage = quoted(citation.passage, at, at + len(citation.quote) if at >= 0 else -1)
    title = title_label(citation.title, citation.source, language)
    return _note(
        REPORT_GONE.of(language),
        language,
        f"<h2 tabindex='-1' lang='zh-Hant'>{plain(title)}</h2>"
        f"<p class='path' lang='zh-Hant'>{plain(path_label(citation.section_path))}</p>"
        f"<div class='section kept' lang='zh-Hant'>{passage}</div>",
    )


def _note(words: str, language: Language, more: str = "") -> str:
    close = plain(CLOSE.of(language))
    return (
        f"<article class='source'><header class='source-head'><div class='source-tools'>"
        f"<span class='spring'></span><button type='button' class='action close' "
        f"data-act='close' title='{close}' aria-label='{close}'><span aria-hidden='true'>×</span>"
        f"</button></div></header><div class='reading' tabindex='0'>"
        f"<p class='note' role='status'>{plain(words)}</p>{more}</div></article>"
    )


def _is_pdf(report: Report) -> bool:
    return bool(report.pages) and report.source.lower().endswith(".pdf")


def _title(report: Report, language: Language) -> str:
    title = report.metadata.title
    return title_label(title.value if title else None, report.source, language)
