"""Answers and sources as HTML. All text of reports is escaped: it is shown, never run."""

from __future__ import annotations

from datetime import date
from html import escape

from assistant.render import (
    citation_label,
    coverage_line,
    label,
    path_label,
    place_label,
    roc,
    role_label,
    title_label,
    understood_line,
)
from assistant.types import Answer, Citation, Language
from corpus.types import Fact, Report, Section

# A section longer than this is shown from its nearest part downwards, not from its chapter.
SHOWN_CHARACTERS = 6_000


def answer_html(answer: Answer) -> str:
    """Write an answer for the chat: statements with numbered citations, then the sources."""
    language = answer.question.language
    parts = []
    by_number = {c.n: c for c in answer.citations}
    understood = understood_line(answer.question)
    if understood:
        parts.append(f"<p class='understood'>{escape(understood)}</p>")
    if answer.values:
        told = "".join(
            f"<li><strong>{escape(v.text)}</strong> "
            f"{''.join(_mark(by_number[n], language) for n in v.citations)}</li>"
            for v in answer.values
        )
        parts.append(f"<ul class='values'>{told}</ul>")
    if answer.abstained:
        parts.append(f"<p class='abstained'>{escape(answer.reason or '')}</p>")
        if answer.nearest is not None:
            parts.append(
                f"<p>{escape(label('nearest', language))}: {_link(answer.nearest, language)}</p>"
                f"<blockquote>{escape(answer.nearest.quote)}</blockquote>"
            )
    if answer.statements:
        items = []
        for statement in answer.statements:
            marks = "".join(_mark(by_number[n], language) for n in statement.citations)
            role = role_label(by_number[statement.citations[0]].role, language)
            tag = f"<span class='role'>{escape(role)}</span> " if role else ""
            items.append(f"<li>{tag}{_lines(statement.text)} {marks}</li>")
        parts.append(f"<ul class='statements'>{''.join(items)}</ul>")
    if answer.citations:
        parts.append(_sources(answer))
    parts.append(f"<p class='coverage'>{escape(coverage_line(answer))}</p>")
    return f"<div class='answer' lang='{_lang(language)}'>{''.join(parts)}</div>"


def source_html(report: Report, start: int, end: int, language: Language) -> str:
    """Show the section around ``text[start:end]`` with that quote highlighted."""
    section = _shown_section(report, start, end)
    meta = report.metadata
    facts = [
        (label("agency", language), "、".join(f.value for f in meta.agencies)),
        (label("event", language), _dates(report)),
        (label("report_date", language), _day(meta.report_date)),
        (label("file", language), report.source),
    ]
    page = report.page_at(start)
    if page is not None:
        facts.append((label("page_word", language), label("page", language, n=page)))
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts if value
    )
    path = path_label(report.sections[report.section_at(start)].path)
    title = title_label(meta.title.value if meta.title else None, report.source, language)
    return (
        f"<article class='source' lang='zh-Hant'><h3>{escape(title)}</h3><dl>{rows}</dl>"
        f"<p class='path'>{escape(path)}</p>"
        f"<div class='section'>{_body(report, section, start, end)}</div></article>"
    )


def _sources(answer: Answer) -> str:
    """List the citations below their reports, so that a long title stands once."""
    language = answer.question.language
    parts = [f"<h4>{escape(label('sources', language))}</h4>"]
    for report_id in dict.fromkeys(c.report_id for c in answer.citations):
        cited = [c for c in answer.citations if c.report_id == report_id]
        title = title_label(cited[0].title, cited[0].source, language)
        rows = "".join(
            f"<li>{_mark(c, language)} {escape(place_label(c, language))}</li>" for c in cited
        )
        parts.append(f"<p class='report'>{escape(title)}</p><ul class='sources'>{rows}</ul>")
    return "".join(parts)


def _shown_section(report: Report, start: int, end: int) -> Section:
    """Choose the largest section around the quote that can be read in one piece."""
    around = [
        report.sections[i]
        for i in report.ancestors(report.section_at(start))
        if report.sections[i].end >= end
    ]
    readable = [s for s in around if s.end - s.start <= SHOWN_CHARACTERS and s.level > 0]
    return readable[-1] if readable else around[0]


def _body(report: Report, section: Section, start: int, end: int) -> str:
    """Write the lines of a section: headings, table rows and paragraphs, the quote marked."""
    headings = {s.start for s in report.sections if s.heading}
    lines = []
    at = section.start
    for line in report.text[section.start : section.end].splitlines(keepends=True):
        text = line.rstrip("\r\n")
        if text.strip():
            cells = []
            cell_at = at
            for cell in text.split("\t"):
                cells.append(_marked(cell, start - cell_at, end - cell_at))
                cell_at += len(cell) + 1
            kind = "heading" if at in headings and len(text) < 80 else "line"
            body = cells[0] if len(cells) == 1 else "".join(f"<span>{c}</span>" for c in cells)
            lines.append(f"<p class='{kind if len(cells) == 1 else 'row'}'>{body}</p>")
        at += len(line)
    return "".join(lines)


def _marked(text: str, start: int, end: int) -> str:
    """Escape a piece of text; highlight what of it lies in ``[start, end)``."""
    low, high = max(start, 0), min(end, len(text))
    if low >= high:
        return escape(text)
    return f"{escape(text[:low])}<mark>{escape(text[low:high])}</mark>{escape(text[high:])}"


def _mark(citation: Citation, language: Language) -> str:
    tip = escape(citation_label(citation, language), quote=True)
    return f"<a class='cite' href='#{escape(citation.ref)}' title='{tip}'>[{citation.n}]</a>"


def _link(citation: Citation, language: Language) -> str:
    name = escape(citation_label(citation, language))
    return f"<a class='cite' href='#{escape(citation.ref)}'>{name}</a>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def _dates(report: Report) -> str:
    first, last = report.metadata.event_start, report.metadata.event_end
    if first is None or last is None or first.value == last.value:
        return _day(first or last)
    return f"{_day(first)} – {_day(last)}"


def _day(fact: Fact[date] | None) -> str:
    return f"{fact.value.isoformat()} ({roc(fact.value)})" if fact else ""


def _lang(language: Language) -> str:
    return "zh-Hant" if language is Language.ZH else "en"
