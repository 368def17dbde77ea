"""An answer as HTML. Text of reports and users passes through ``plain``: it is shown, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.question import detect_language
from assistant.render import (
    coverage_line,
    differs_line,
    label,
    path_label,
    place_label,
    roc,
    role_label,
    speaker_label,
    title_label,
)
from assistant.types import Answer, Citation, Language, Value
from assistant.web.escape import plain
from assistant.web.filters import Chip, chips
from assistant.web.words import CITATION, FACT, ROLES, ROLES_MEAN, UNDERSTOOD, UNSTATE
from corpus.types import Role
from index.types import Filters

FOLLOWS = "follows"
"""Names the chip of the question that this one leans on, beside the fields of ``Filters``."""
_BLANK_LINES = re.compile(r"\n\s*\n")
LANG = {Language.ZH: "zh-Hant", Language.EN: "en"}


def answer_html(answer: Answer, turn: int, asked_with: Filters, page: Language) -> str:
    """Write an answer for the chat: values, statements with numbered citations, sources.

    ``turn`` is its position in the conversation; ``asked_with`` are the filters that were set
    beside the question, so that what it stated itself can be told apart; ``page`` is the language
    of the interface, in which controls are named.
    """
    language = answer.question.language
    parts = [_understood(answer, turn, asked_with, page)]
    by_number = {c.n: c for c in answer.citations}
    if answer.values:
        told = "".join(
            f"<li><strong>{plain(v.text)}</strong> "
            f"{''.join(_mark(by_number[n], turn, language) for n in v.citations)}"
            f"{_differs(v, language)}</li>"
            for v in answer.values
        )
        parts.append(f"<ul class='values'>{told}</ul>")
    if answer.abstained:
        parts.append(f"<p class='abstained'>{plain(answer.reason or '')}</p>")
        if answer.nearest is not None:
            parts.append(_nearest(answer.nearest, turn, language))
    if answer.statements:
        items = []
        for statement in answer.statements:
            cited = [by_number[n] for n in statement.citations]
            marks = "".join(_mark(each, turn, language) for each in cited)
            items.append(
                f"<li>{_tags(cited[0], language)}<span class='said' "
                f"lang='{_lang_of(statement.text)}'>{_lines(statement.text)}</span> {marks}</li>"
            )
        parts.append(f"<ul class='statements'>{''.join(items)}</ul>")
    if answer.citations:
        parts.append(_sources(answer, turn))
    parts.append(f"<p class='coverage'>{plain(coverage_line(answer))}</p>")
    cited = [*answer.citations, *([answer.nearest] if answer.nearest else [])]
    parts += [_card(citation, turn, language) for citation in cited]
    return f"<div class='answer' lang='{LANG[language]}'>{''.join(parts)}</div>"


def stated_chips(answer: Answer, asked_with: Filters, language: Language) -> Iterator[Chip]:
    """Give what the question itself implied: filters that were not set beside it."""
    set_beside = {(chip.field, chip.value) for chip in chips(asked_with, None, language)}
    for chip in chips(answer.question.stated, None, language):
        if (chip.field, chip.value) not in set_beside:
            yield chip


def quoted(text: str, start: int, end: int) -> str:
    """Escape a piece of text; highlight what of it lies in ``[start, end)``."""
    low, high = max(start, 0), min(end, len(text))
    if low >= high:
        return plain(text)
    return f"{plain(text[:low])}<mark>{plain(text[low:high])}</mark>{plain(text[high:])}"


def both_calendars(day: date | None) -> str:
    """Write a date by the common calendar and by that of the Republic of China."""
    return f"{day.isoformat()} ({roc(day)})" if day else ""


def role_words(role: Role, language: Language) -> str:
    """Name the role of a passage, and say how its words are to be taken."""
    meaning = ROLES_MEAN.get(role, FACT).of(language)
    return f"{ROLES[role].of(language)} · {meaning}"


def _understood(answer: Answer, turn: int, asked_with: Filters, page: Language) -> str:
    """Write what was understood beyond the words of the question, each removable."""
    language = answer.question.language
    buttons = [
        _chip(chip.field, chip.value, chip.name, turn, page)
        for chip in stated_chips(answer, asked_with, language)
    ]
    if answer.question.follows:
        words = label("follows", language, question=answer.question.follows)
        buttons.insert(0, _chip(FOLLOWS, None, words, turn, page))
    if not buttons:
        return ""
    return (
        f"<div class='understood chips'><span>{plain(UNDERSTOOD.of(language))}</span>"
        f"{''.join(buttons)}</div>"
    )


def _chip(field: str, value: str | None, name: str, turn: int, page: Language) -> str:
    remove = plain(UNSTATE.of(page, name=name))
    return (
        f"<button type='button' class='chip' data-act='unstate' data-turn='{turn}' "
        f"data-field='{field}' data-value='{plain(value or '')}' title='{remove}' "
        f"aria-label='{remove}'>{plain(name)}<span aria-hidden='true'>×</span></button>"
    )


def _tags(citation: Citation, language: Language) -> str:
    role = role_label(citation.role, language)
    tag = f"<span class='role {citation.role.value}'>{plain(role)}</span> " if role else ""
    if citation.ocr:
        tag += f"<span class='role'>{plain(label('ocr', language))}</span> "
    return tag


def _differs(value: Value, language: Language) -> str:
    line = differs_line(value, language)
    return f"<p class='differs'>{plain(line)}</p>" if line else ""


def _sources(answer: Answer, turn: int) -> str:
    """List the citations below their reports, so that a long title stands once."""
    language = answer.question.language
    parts = [f"<h3>{plain(label('sources', language))}</h3>"]
    for report_id in dict.fromkeys(c.report_id for c in answer.citations):
        cited = [c for c in answer.citations if c.report_id == report_id]
        title = title_label(cited[0].title, cited[0].source, language)
        day = cited[0].event_start or cited[0].report_date
        dated = f" <span class='dated'>{plain(str(day.year))}</span>" if day else ""
        rows = "".join(
            f"<li>{_mark(c, turn, language)} {plain(place_label(c, language))}</li>" for c in cited
        )
        parts.append(
            f"<p class='report' lang='zh-Hant'>{plain(title)}{dated}</p>"
            f"<ul class='sources'>{rows}</ul>"
        )
    return f"<div class='cited'>{''.join(parts)}</div>"


def _card(citation: Citation, turn: int, language: Language) -> str:
    """Write the card that shows a citation's passage while its number is pointed at."""
    # Both are slices of one text, so the quote stands in its passage as it is.
    at = citation.passage.find(citation.quote)
    passage = quoted(citation.passage, at, at + len(citation.quote)) if at >= 0 else ""
    passage = _BLANK_LINES.sub("\n", passage)
    facts = [
        role_words(citation.role, language),
        speaker_label(citation.speaker, language) if citation.speaker else "",
        both_calendars(citation.event_start or citation.report_date),
    ]
    return (
        f"<div class='card' role='tooltip' id='{card_id(citation, turn)}' hidden>"
        f"<p class='card-title' lang='zh-Hant'>"
        f"{plain(title_label(citation.title, citation.source, language))}</p>"
        f"<p class='card-place'>{plain(_where(citation, language))}</p>"
        f"<div class='card-text' lang='{_lang_of(citation.passage)}'>{passage or _lines(citation.quote)}</div>"
        f"<p class='card-facts'>{plain(' · '.join(filter(None, facts)))}</p></div>"
    )


def card_id(citation: Citation, turn: int) -> str:
    """Name the card of a citation within the page."""
    return f"card-{turn}-{citation.n}"


def _where(citation: Citation, language: Language) -> str:
    page = label("page", language, n=citation.page) if citation.page is not None else ""
    return " · ".join(filter(None, (path_label(citation.section_path), page)))


def _mark(citation: Citation, turn: int, language: Language) -> str:
    name = CITATION.of(language, n=citation.n, place=place_label(citation, language))
    return (
        f"<a class='cite' href='#{plain(citation.ref)}' data-turn='{turn}' "
        f"data-card='{card_id(citation, turn)}' aria-label='{plain(name)}'>[{citation.n}]</a>"
    )


def _nearest(citation: Citation, turn: int, language: Language) -> str:
    """Show the place that came nearest, which proves nothing and so has no number."""
    title = title_label(citation.title, citation.source, language)
    return (
        f"<div class='nearest'><h3>{plain(label('nearest', language))}</h3>"
        f"<blockquote lang='{_lang_of(citation.quote)}'>{_lines(citation.quote)}</blockquote>"
        f"<p><a class='cite' href='#{plain(citation.ref)}' data-turn='{turn}' "
        f"data-card='{card_id(citation, turn)}' lang='zh-Hant'>{plain(title)}</a> "
        f"{plain(place_label(citation, language))}</p></div>"
    )


def _lang_of(text: str) -> str:
    return LANG[detect_language(text)]


def _lines(text: str) -> str:
    return "<br>".join(plain(line) for line in text.splitlines())
