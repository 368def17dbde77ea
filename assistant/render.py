"""How citations and answers look: the one owner of labels, for every face of the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.types import Answer, Citation, Language, Question, Value
from corpus.gazetteer import economy_named
from corpus.types import Fact, Metadata, Report, Role
from index.types import Hit, Mode

_LABELS = {
    "not_told": {"zh": "報告中沒有提到。", "en": "The reports do not say."},
    "nothing_matches": {
        "zh": "報告中找不到與問題有關的內容。",
        "en": "Nothing in the reports matches the question.",
    },
    "no_more": {"zh": "沒有更多相關內容了。", "en": "The reports say no more of it."},
    "between": {"zh": "", "en": " "},
    "in_quotes": {"zh": "「{words}」", "en": "“{words}”"},
    "listing": {"zh": "、", "en": ", "},
    "absent": {
        "zh": "所有報告都沒有出現{words}。",
        "en": "No report holds {words}.",
    },
    "not_nearest": {
        "zh": "最接近的段落沒有提到{words}。",
        "en": "The nearest passage does not mention {words}.",
    },
    "no_value": {
        "zh": "相關段落沒有寫出{kind}。",
        "en": "The passages on it give no {kind}.",
    },
    "excluded": {
        "zh": "不設篩選條件時，{reports}有相關內容。",
        "en": "Without the filters, there is evidence in {reports}.",
    },
    "economies": {"zh": "經濟體", "en": "economies"},
    "organisations": {"zh": "機關或組織", "en": "organisations"},
    "person": {"zh": "人名", "en": "person"},
    "when": {"zh": "時間", "en": "date"},
    "number": {"zh": "數字", "en": "number"},
    "where": {"zh": "地點", "en": "place"},
    "nearest": {"zh": "最接近的段落", "en": "Nearest passage"},
    "coverage": {
        "zh": "查閱 {searched} 份報告，{found} 份有相關內容",
        "en": "{searched} reports searched, {found} with evidence",
    },
    "confidence": {"zh": "信心", "en": "confidence"},
    "page": {"zh": "第 {n} 頁", "en": "p. {n}"},
    "understood": {"zh": "理解為", "en": "Understood as"},
    "follows": {"zh": "承接上一題「{question}」", "en": "following “{question}”"},
    "filter_years": {"zh": "會議期間 {since} 至 {until}", "en": "events {since} to {until}"},
    "filter_agency": {"zh": "機關：{agency}", "en": "agency: {agency}"},
    "years_without": {"zh": "無報告的年份：{years}", "en": "no report of {years}"},
    "opinion": {"zh": "作者意見", "en": "author's view"},
    "agenda": {"zh": "議程", "en": "agenda"},
    "follow-up": {"zh": "後續辦理", "en": "follow-up"},
    "values": {"zh": "答案", "en": "Answer"},
    "differs": {
        "zh": "各報告說法不一：{told}",
        "en": "The reports differ: {told}",
    },
    "sources": {"zh": "出處", "en": "Sources"},
    "agency": {"zh": "服務機關", "en": "Agency"},
    "event": {"zh": "會議期間", "en": "Event"},
    "report_date": {"zh": "報告日期", "en": "Report date"},
    "file": {"zh": "檔案", "en": "File"},
    "page_word": {"zh": "頁次", "en": "Page"},
    "ocr": {"zh": "掃描辨識文字", "en": "read from a scan"},
    "speaker": {"zh": "發言：{who}", "en": "speaker: {who}"},
    "TW": {"zh": "我方", "en": "our side"},
    "chair": {"zh": "主席", "en": "the chair"},
    "untitled": {"zh": "（無標題）{source}", "en": "(untitled) {source}"},
}


def label(name: str, language: Language, **values: object) -> str:
    """Give the words for ``name`` in the language of the question."""
    return _LABELS[name][language.value].format(**values)


def path_label(path: tuple[str, ...]) -> str:
    """Join a section path, from the top down: ``參、會議紀要 › 二、… › (三)``."""
    return " › ".join(path)


def roc(day: date) -> str:
    """Write a date in the calendar of the Republic of China: 111年8月20日."""
    return f"{day.year - 1911}年{day.month}月{day.day}日"


def title_label(title: str | None, source: str, language: Language) -> str:
    """Name a report: its title, or its file where it has none."""
    return title or label("untitled", language, source=source)


def citation_label(citation: Citation, language: Language) -> str:
    """Say where a quote stands: report, section path, page."""
    title = title_label(citation.title, citation.source, language)
    return " · ".join(filter(None, (title, place_label(citation, language))))


def place_label(citation: Citation, language: Language) -> str:
    """Say where in its report a quote stands: section path, page."""
    parts = []
    if citation.section_path:
        parts.append(path_label(citation.section_path))
    if citation.page is not None:
        parts.append(label("page", language, n=citation.page))
    if citation.ocr:
        parts.append(label("ocr", language))
    if citation.speaker:
        parts.append(speaker_label(citation.speaker, language))
    return " · ".join(parts)


def answer_text(answer: Answer) -> str:
    """Write an answer for a terminal: statements, then their citations."""
    language = answer.question.language
    lines: list[str] = []
    understood = understood_line(answer.question)
    if understood:
        lines += [understood, ""]
    if answer.values:
        told = "、".join(
            f"{v.text} {''.join(f'[{n}]' for n in v.citations)}" for v in answer.values
        )
        lines.append(f"{label('values', language)}: {told}")
        lines += [line for v in answer.values if (line := differs_line(v, language))]
        lines.append("")
    if answer.abstained:
        lines.append(answer.reason or label("not_told", language))
        if answer.nearest is not None:
            lines += [
                "",
                f"{label('nearest', language)}: {citation_label(answer.nearest, language)}",
                f"    {one_line(answer.nearest.quote)}",
            ]
    for statement in answer.statements:
        marks = "".join(f"[{n}]" for n in statement.citations)
        lines.append(f"• {one_line(statement.text)} {marks}")
    if answer.citations:
        lines.append("")
        lines += [f"[{c.n}] {citation_label(c, language)}" for c in answer.citations]
    lines += ["", coverage_line(answer)]
    return "\n".join(lines)


def differs_line(value: Value, language: Language) -> str | None:
    """Say how the reports disagree of a value; None where they agree."""
    if not value.differs:
        return None
    told = [in_quotes(each, language) for each in value.differs]
    return label("differs", language, told=listed(told, language))


def in_quotes(words: str, language: Language) -> str:
    """Put words between quotation marks, as a language writes them."""
    return label("in_quotes", language, words=words)


def listed(parts: Sequence[str], language: Language) -> str:
    """Join parts with the sign that a language sets between them."""
    return label("listing", language).join(parts)


def speaker_label(code: str, language: Language) -> str:
    """Say whose statement a quote reports."""
    return label("speaker", language, who=speaker_name(code, language))


def speaker_name(code: str, language: Language) -> str:
    """Name a speaker: an economy in the question's language, or a body."""
    economy = economy_named(code)
    if code in ("chair", "TW"):
        return label(code, language)
    if economy is not None:
        return economy.zh if language is Language.ZH else economy.en
    return code


def understood_line(question: Question) -> str | None:
    """Say how a question was understood beyond its words: what it follows, filters it states."""
    language = question.language
    parts = []
    if question.follows:
        parts.append(label("follows", language, question=question.follows))
    stated = question.stated
    if stated.since and stated.until:
        parts.append(label("filter_years", language, since=stated.since, until=stated.until))
    parts += [label("filter_agency", language, agency=name) for name in stated.agencies]
    return f"{label('understood', language)}: {'; '.join(parts)}" if parts else None


def role_label(role: Role, language: Language) -> str | None:
    """Name the role of a section where it bears on how its words are to be taken."""
    return label(role.value, language) if role.value in _LABELS else None


def coverage_line(answer: Answer) -> str:
    """Say how far the search reached and how sure the answer is."""
    language = answer.question.language
    reach = label(
        "coverage",
        language,
        searched=answer.coverage.reports_searched,
        found=answer.coverage.reports_with_evidence,
    )
    parts = [reach]
    if answer.coverage.years_without:
        years = listed(_spans(answer.coverage.years_without), language)
        parts.append(label("years_without", language, years=years))
    parts.append(f"{label('confidence', language)} {answer.confidence:.0%}")
    return " · ".join(parts)


def _spans(years: Sequence[int]) -> list[str]:
    """Write rising years, those that follow each other as one span: 2015–2019."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return [f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]


def one_line(text: str) -> str:
    """Fold white space, for display only."""
    return " ".join(text.split())


def answer_json(answer: Answer) -> dict[str, Any]:
    """Shape an answer as DESIGN.md's ``ask``."""
    return {
        "question": answer.question.text,
        "language": answer.question.language.value,
        "kind": answer.question.kind.value,
        "query": answer.question.query,
        "understood": understood_line(answer.question),
        "abstained": answer.abstained,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
        "values": [
            {
                "text": v.text,
                "kind": v.kind,
                "citations": list(v.citations),
                "differs": list(v.differs),
            }
            for v in answer.values
        ],
        "citations": [citation_json(c) for c in answer.citations],
        "nearest": citation_json(answer.nearest) if answer.nearest else None,
        "coverage": {
            "reports_searched": answer.coverage.reports_searched,
            "reports_with_evidence": answer.coverage.reports_with_evidence,
            "years_without": list(answer.coverage.years_without),
        },
        "took_ms": round(answer.took_ms, 1),
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """Shape a citation as DESIGN.md has it."""
    return {
        "n": citation.n,
        "report_id": citation.report_id,
        "source": citation.source,
        "title": citation.title,
        "section_path": list(citation.section_path),
        "role": citation.role.value,
        "page": citation.page,
        "ocr": citation.ocr,
        "speaker": citation.speaker,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "passage": citation.passage,
        "score": round(citation.score, 4),
    }


def hit_json(hit: Hit, report: Report) -> dict[str, Any]:
    """Shape a hit as DESIGN.md's ``search``."""
    chunk = hit.chunk
    return {
        "rank": hit.rank,
        "chunk_id": chunk.id,
        "report_id": chunk.report_id,
        "source": report.source,
        "section_path": list(report.sections[chunk.section].path),
        "role": report.sections[chunk.section].role.value,
        "page": chunk.page,
        "start": chunk.start,
        "end": chunk.end,
        "text": chunk.text,
        "score": round(hit.score, 4),
        "lexical_rank": hit.lexical.rank if hit.lexical else None,
        "dense_rank": hit.dense.rank if hit.dense else None,
    }


def hits_json(
    query: str, mode: Mode, hits: list[tuple[Hit, Report]], took_ms: float
) -> dict[str, Any]:
    """Shape a ranking as DESIGN.md's ``search``."""
    return {
        "query": query,
        "mode": mode.value,
        "hits": [hit_json(hit, report) for hit, report in hits],
        "took_ms": round(took_ms, 1),
    }


def report_json(report: Report, chunks: int) -> dict[str, Any]:
    """Shape a report's description as DESIGN.md's ``reports``."""
    meta: Metadata = report.metadata
    return {
        "report_id": report.id,
        "source": report.source,
        "title": meta.title.value if meta.title else None,
        "agencies": [f.value for f in meta.agencies],
        "places": [f.value for f in meta.places],
        "event_start": meta.event_start.value.isoformat() if meta.event_start else None,
        "event_end": meta.event_end.value.isoformat() if meta.event_end else None,
        "report_date": meta.report_date.value.isoformat() if meta.report_date else None,
        "groups": [f.value for f in meta.groups],
        "language": report.language,
        "pages": len(report.pages) or None,
        "sections": len(report.sections) - 1,
        "chunks": chunks,
    }


def section_json(report: Report, section: int, start: int, end: int) -> dict[str, Any]:
    """Shape a span of a section: its text, where it stands, where the section goes on."""
    whole = report.sections[section]
    title = report.metadata.title
    return {
        "report_id": report.id,
        "source": report.source,
        "title": title.value if title else None,
        "section_path": list(whole.path),
        "role": whole.role.value,
        "page": report.page_at(start),
        "section_start": whole.start,
        "section_end": whole.end,
        "start": start,
        "end": end,
        "text": report.text[start:end],
        "ref": f"{report.id}:{start}-{end}",
        "next_start": end if end < whole.end else None,
    }


def hits_text(found: list[tuple[Hit, Report]]) -> str:
    """Write a ranking for a terminal: where each passage stands, and how it begins."""
    lines = []
    for hit, report in found:
        chunk = hit.chunk
        path = path_label(report.sections[chunk.section].path)
        page = f" · p. {chunk.page}" if chunk.page is not None else ""
        lines.append(f"{hit.rank:3}. {hit.score:.3f}  {report.source} · {path}{page}")
        lines.append(f"     {one_line(chunk.text)[:160]}")
    return "\n".join(lines) or "Nothing found."


def reports_text(reports: tuple[Report, ...]) -> str:
    """Write the list of reports for a terminal."""
    lines = []
    for report in reports:
        meta = report.metadata
        day = meta.event_start or meta.report_date
        title = meta.title.value if meta.title else "(untitled)"
        lines.append(f"{report.id}  {_day(day):<10}  {report.source}  {title}")
    return "\n".join(lines)


def outline_text(report: Report) -> str:
    """Write the outline of one report for a terminal, with what its cover says."""
    meta = report.metadata
    facts = (
        ("title", meta.title.value if meta.title else "-"),
        ("agencies", ", ".join(f.value for f in meta.agencies) or "-"),
        ("authors", ", ".join(f.value for f in meta.authors) or "-"),
        ("places", ", ".join(f.value for f in meta.places) or "-"),
        ("event", f"{_day(meta.event_start)} to {_day(meta.event_end)}"),
        ("report date", _day(meta.report_date)),
        ("groups", ", ".join(f.value for f in meta.groups) or "-"),
    )
    lines = [f"{report.id}  {report.source}"]
    lines += [f"  {name}: {value}" for name, value in facts]
    lines += [
        f"  {'  ' * (section.level - 1)}{section.path[-1]}  [{section.role.value}]"
        for section in report.sections
        if section.path
    ]
    return "\n".join(lines)


def _day(fact: Fact[date] | None) -> str:
    return fact.value.isoformat() if fact else "-"
