"""The tab in which a briefing is prepared, changed and taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import gradio as gr
from gradio.context import Context

from assistant.briefing import draft
from assistant.briefing.compose import compose
from assistant.briefing.prepare import Request, prepare
from assistant.briefing.propose import meeting_of, propose
from assistant.export import save
from assistant.export.document import (
    Block,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    SourceList,
    Style,
    Table,
    from_json,
    to_json,
)
from assistant.export.html import runs_html
from assistant.filters import first_day, last_day
from assistant.types import Language
from assistant.web.escape import plain
from assistant.web.refusals import refusal
from assistant.web.site import Site
from corpus.errors import AttacheError
from corpus.gazetteer import economies
from index.types import Filters

_HERE = Path(__file__).parent
CSS = (_HERE / "briefing.css").read_text(encoding="utf-8")
_JS = (_HERE / "briefing.js").read_text(encoding="utf-8")

STORAGE_KEY = "attache-briefing"
_SECRET = "attache-briefing-draft"
"""Drafts lie in the user's own browser, whose storage no other site can read."""

_TO_DRAFT = """() => setTimeout(() => document.querySelector("#brief-right")
  ?.scrollIntoView({block: "start"}), 150)"""
"""What is made or told may stand below what was filled in: the eye is led there."""
_TAKE_FILE = """(file) => { if (file) setTimeout(() => (document.querySelector("#brief-file a")
  ?? document.querySelector("#brief-file")).click(), 150); }"""
_FORMAT_NAMES = {".odt": "ODT", ".docx": "Word", ".pdf": "PDF", ".md": "Markdown", ".html": "HTML"}
_WORDS = {
    "from_meeting": ("依會議建議議題", "Topics for a meeting"),
    "meeting": ("會議（小組與年份）", "Meeting (group and year)"),
    "meeting_hint": ("BMG, SOM 3 2023", "BMG, SOM 3 2023"),
    "day": ("會議日期", "Day of the meeting"),
    "propose": ("建議議題", "Propose topics"),
    "proposed": ("前幾次會議報告的議題，勾選即加入", "Topics of earlier reports; tick to add"),
    "topics": ("議題（一行一個）", "Topics, one per line"),
    "topics_hint": ("ABTC 審核延宕\n虛擬卡", "ABTC approval delays\nvirtual card"),
    "language": ("文件語言", "Language of the document"),
    "filters": ("篩選", "Filters"),
    "since": ("會議時間起（年或年-月）", "Events since (YEAR or YEAR-MM)"),
    "until": ("會議時間迄", "Events until"),
    "groups": ("會議小組", "Meeting group"),
    "agencies": ("服務機關", "Agency"),
    "economies": ("段落提及的經濟體", "Economy that the passage names"),
    "prepare": ("彙編", "Prepare"),
    "discard": ("捨棄草稿", "Discard the draft"),
    "working": ("彙編中…", "Preparing…"),
    "stage_topics": ("查閱議題", "Reading on the topics"),
    "stage_actions": ("追蹤後續事項", "Following up"),
    "empty": (
        "填寫議題，或先依會議建議議題，再按「彙編」；草稿會顯示在這裡。每段可上移、下移或刪除，"
        "點文字即可修改，引註會保留。",
        "Fill in topics, or have them proposed for a meeting, and press Prepare: the draft is shown "
        "here. Each item can be moved or dropped; click a text to change it. Citations stay.",
    ),
    "up": ("上移", "Move up"),
    "down": ("下移", "Move down"),
    "drop": ("刪除", "Drop"),
    "ready": (
        "草稿完成：{topics} 個議題、{sources} 則出處。草稿存在這個瀏覽器。",
        "Draft ready. Topics: {topics}, sources: {sources}. It is kept in this browser.",
    ),
    "download": ("下載 {format}", "Download {format}"),
    "no_draft": ("還沒有草稿。", "There is no draft yet."),
}


def briefing_tab(site: Site, language: Language) -> None:
    """Lay the tab out where it is called: within a ``gr.Tab``, in the labels of a language."""
    words = _Words(language)
    tab, page = Context.block, Context.root_block
    if page is None or not isinstance(tab, gr.Tab):
        raise RuntimeError("briefing_tab has to be called within a gr.Tab")
    with gr.Row(elem_id="brief"):
        with gr.Column(scale=1, min_width=300, elem_id="brief-left"):
            topics = gr.Textbox(
                label=words("topics"),
                placeholder=words("topics_hint"),
                lines=4,
                max_lines=12,
                elem_id="brief-topics",
            )
            written = gr.Radio(
                [("中文", "zh"), ("English", "en")],
                value=language.value,
                label=words("language"),
                elem_id="brief-language",
            )
            make = gr.Button(words("prepare"), variant="primary", elem_id="brief-prepare")
            with gr.Accordion(words("from_meeting"), open=True):
                meeting = gr.Textbox(
                    label=words("meeting"),
                    placeholder=words("meeting_hint"),
                    elem_id="brief-meeting",
                    max_lines=1,
                )
                day = gr.Textbox(
                    label=words("day"), placeholder="2023-08-20", elem_id="brief-day", max_lines=1
                )
                ask_topics = gr.Button(words("propose"), elem_id="brief-propose", size="sm")
                proposed = gr.CheckboxGroup(
                    [], label=words("proposed"), visible=False, elem_id="brief-proposed"
                )
            with gr.Accordion(words("filters"), open=False):
                since = gr.Textbox(label=words("since"), placeholder="2020", max_lines=1)
                until = gr.Textbox(label=words("until"), placeholder="2022-08", max_lines=1)
                groups = gr.Dropdown(
                    _named(site, "groups"), label=words("groups"), multiselect=True, value=[]
                )
                agencies = gr.Dropdown(
                    _named(site, "agencies"), label=words("agencies"), multiselect=True, value=[]
                )
                named = gr.Dropdown(
                    [(e.zh if language is Language.ZH else e.en, e.code) for e in economies()],
                    label=words("economies"),
                    multiselect=True,
                    value=[],
                )
        with gr.Column(scale=3, min_width=300, elem_id="brief-right"):
            status = gr.HTML("", elem_id="brief-status")
            with gr.Row(elem_id="brief-take"):
                downloads = [
                    gr.Button(
                        words("download", format=name),
                        elem_id=f"brief-make-{suffix[1:]}",
                        size="sm",
                        min_width=40,
                    )
                    for suffix, name in _FORMAT_NAMES.items()
                ]
                discard = gr.Button(
                    words("discard"), size="sm", min_width=40, elem_id="brief-discard"
                )
            shown = gr.HTML(
                _empty(words),
                elem_id="brief-draft",
                js_on_load=_JS,
                css_template=CSS,
                apply_default_css=False,
            )
            ready = gr.DownloadButton("", visible="hidden", elem_id="brief-file")
    offered = gr.State([])
    kept = gr.BrowserState(None, storage_key=STORAGE_KEY, secret=_SECRET)

    filters = [since, until, groups, agencies, named]
    ask_topics.click(
        _proposing(site, words),
        [meeting, day, *filters],
        [proposed, offered, status],
        show_progress="minimal",
    )
    proposed.input(_ticked, [proposed, offered, topics], topics, show_progress="hidden")
    prepared = make.click(
        _preparing(site, words),
        [topics, meeting, day, written, *filters],
        [shown, kept, status],
        show_progress_on=[shown],
    )
    prepared.then(None, js=_TO_DRAFT)
    shown.select(_changing(words), kept, [shown, kept, status], show_progress="hidden")
    discard.click(lambda: (_empty(words), None, ""), None, [shown, kept, status])
    for suffix, button in zip(_FORMAT_NAMES, downloads, strict=True):
        made = button.click(_making(suffix, words), kept, [ready, status], show_progress="minimal")
        made.success(None, ready, None, js=_TAKE_FILE)
    for opened in (page.load, tab.select):
        opened(_offered(site), None, [groups, agencies], show_progress="hidden")
    # What the browser keeps is read when the tab is first opened, not with the page.
    tab.select(_restored(words), [kept, shown], shown, show_progress="hidden")


def draft_html(document: Document, words: _Words) -> str:
    """A draft as HTML, all text escaped: every block with its buttons, its text to be changed."""
    numbers = document.numbers()
    parts = []
    for at, block in enumerate(document.numbered()):
        if isinstance(block, PageBreak):
            parts.append("<hr>")
        elif isinstance(block, SourceList):
            parts.append(_sources(document))
        elif isinstance(block, Contents):
            continue  # the headings stand below, and change while the draft does
        else:
            body = _block(block, document.blocks[at], numbers, words)
            parts.append(
                f"<div class='block' data-at='{at}'>{body}"
                f"<span class='tools'>{_tools(words)}</span></div>"
            )
    language = "zh-Hant" if document.language is Language.ZH else "en"
    return f"<div class='draft' lang='{language}'>{''.join(parts)}</div>"


class _Words:
    """The tab's labels in one language."""

    def __init__(self, language: Language) -> None:
        self._at = 0 if language is Language.ZH else 1
        self.language = language

    def __call__(self, name: str, **values: object) -> str:
        return _WORDS[name][self._at].format(**values)


# -- what the tab does -----------------------------------------------------------------------------


def _proposing(site: Site, words: _Words) -> Callable[..., Any]:
    def proposing(meeting: str, day: str, *chosen: Any) -> tuple[Any, Any, str]:
        try:
            filters = _filters(*chosen)
            wanted = meeting_of(meeting.strip(), list(filters.groups), _day(day))
            if wanted is None:
                raise AttacheError("the meeting is ''; expected a group and a year")
            found = propose(site.assistant.index, wanted, filters)
        except AttacheError as error:
            return gr.skip(), gr.skip(), _error(error, words)
        topics = [proposal.topic for proposal in found]
        return gr.CheckboxGroup(topics, value=[], visible=True), topics, ""

    return proposing


def _ticked(chosen: list[str], offered: list[str], typed: str) -> str:
    """The topics that were typed, then the ticked ones; what is ticked no more goes."""
    lines = [line.strip() for line in (typed or "").splitlines() if line.strip()]
    kept = [line for line in lines if line in chosen or line not in offered]
    return "\n".join(dict.fromkeys([*kept, *chosen]))


def _preparing(site: Site, words: _Words) -> Callable[..., Any]:
    def preparing(
        topics: str,
        meeting: str,
        day: str,
        written: str,
        *chosen: Any,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - how Gradio hands it over
    ) -> tuple[Any, Any, str]:
        progress(0, desc=words("working"))
        try:
            request = Request(
                tuple((topics or "").splitlines()),
                Language(written),
                _filters(*chosen),
                meeting=(meeting or "").strip(),
                day=_day(day),
            )
            briefing = prepare(
                site.assistant,
                request,
                lambda stage, done, total: progress(
                    (done, total), desc=words(f"stage_{stage}"), total=total
                ),
            )
        except AttacheError as error:
            return gr.skip(), gr.skip(), _error(error, words)
        document = compose(briefing)
        told = words("ready", topics=len(briefing.topics), sources=len(document.used()))
        return draft_html(document, words), to_json(document), f"<p role='status'>{plain(told)}</p>"

    return preparing


def _changing(words: _Words) -> Callable[..., Any]:
    def changing(stored: Any, event: gr.EventData) -> tuple[Any, Any, str]:
        try:
            changed = _changed(from_json(stored), event)
        except AttacheError as error:
            return gr.skip(), gr.skip(), _error(error, words)
        return draft_html(changed, words), to_json(changed), ""

    return changing


def _changed(document: Document, event: gr.EventData) -> Document:
    at, row = int(event.at), None if event.row is None else int(event.row)
    if event.act == "drop":
        return draft.dropped(document, at, row)
    if event.act in ("up", "down"):
        return draft.moved(document, at, -1 if event.act == "up" else 1, row)
    if event.act == "reword":
        return draft.reworded(document, at, str(event.text), row, int(event.cell))
    raise AttacheError(f"the draft cannot {event.act!r}; load the page anew")


def _making(suffix: str, words: _Words) -> Callable[..., Any]:
    def making(stored: Any) -> tuple[Any, str]:
        if not stored:
            return None, f"<p role='alert'>{plain(words('no_draft'))}</p>"
        try:
            document = from_json(stored)
            mark = sha256(repr(to_json(document)).encode()).hexdigest()[:16]
            # The same draft is the same file: what is asked for twice lies there once.
            path = Path(gettempdir()) / "attache-briefings" / mark / f"briefing{suffix}"
            save(document, path)
        except AttacheError as error:
            return None, _error(error, words)
        return str(path), ""

    return making


def _offered(site: Site) -> Callable[[], Any]:
    """What there is to choose from: reports may have come or gone since the page was built."""

    def offered() -> tuple[gr.Dropdown, gr.Dropdown]:
        groups, agencies = _named(site, "groups"), _named(site, "agencies")
        return gr.Dropdown(choices=groups), gr.Dropdown(choices=agencies)

    return offered


def _restored(words: _Words) -> Callable[..., Any]:
    def restored(stored: Any, drawn: str) -> Any:
        if not stored or drawn != _empty(words):
            return gr.skip()
        try:
            return draft_html(from_json(stored), words)
        except AttacheError:
            return gr.skip()  # of another version: nothing of it can be shown

    return restored


# -- how it looks ----------------------------------------------------------------------------------


def _block(block: Block, stored: Block, numbers: dict[str, int], words: _Words) -> str:
    editable = "contenteditable='plaintext-only' spellcheck='false'"
    if isinstance(block, Heading) and isinstance(stored, Heading):
        number = block.text[: len(block.text) - len(stored.text)]
        tag = f"h{block.level + 1}"
        return f"<{tag}>{plain(number)}<span {editable}>{plain(stored.text)}</span></{tag}>"
    if isinstance(block, Paragraph):
        tag = {Style.TITLE: "h1", Style.QUOTE: "blockquote"}.get(block.style, "p")
        inner = runs_html(block.runs, numbers, "")
        listed = "item" if block.style is Style.REPORT else block.style.value
        return f"<{tag} class='{listed}'><span {editable}>{inner}</span></{tag}>"
    if isinstance(block, Table):
        heads = "".join(f"<th>{_lines(head)}</th>" for head in block.heads)
        rows = "".join(
            f"<tr data-row='{number}'>"
            + "".join(
                f"<td data-cell='{column}'><span {editable}>{runs_html(cell, numbers, '')}</span></td>"
                for column, cell in enumerate(row)
            )
            + f"<td class='tools'>{_tools(words)}</td></tr>"
            for number, row in enumerate(block.rows)
        )
        return f"<div class='table'><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    return ""


def _tools(words: _Words) -> str:
    return "".join(
        f"<button type='button' data-act='{act}' title='{plain(words(act))}' "
        f"aria-label='{plain(words(act))}'>{sign}</button>"
        for act, sign in (("up", "↑"), ("down", "↓"), ("drop", "✕"))
    )


def _sources(document: Document) -> str:
    rows = "".join(
        f"<li>{plain(note.place)} <a class='cite' href='#{plain(note.key)}'>[{number}]</a>"
        f"<blockquote>{_lines(note.quote)}</blockquote></li>"
        for number, note in enumerate(document.used(), start=1)
    )
    return f"<ol class='sources'>{rows}</ol>"


def _empty(words: _Words) -> str:
    return f"<div class='draft'><p class='empty'>{plain(words('empty'))}</p></div>"


def _error(error: AttacheError, words: _Words) -> str:
    return f"<p class='error' role='alert'>{plain(refusal(str(error), words.language))}</p>"


def _lines(text: str) -> str:
    return "<br>".join(plain(line) for line in text.splitlines() if line.strip())


# -- what is chosen --------------------------------------------------------------------------------


def _named(site: Site, field: str) -> list[str]:
    """The groups or agencies of all reports."""
    reports = site.assistant.index.reports
    return sorted({fact.value for report in reports for fact in getattr(report.metadata, field)})


def _filters(
    since: str, until: str, groups: list[str], agencies: list[str], named: list[str]
) -> Filters:
    return Filters(
        since=first_day(since.strip(), "since") if since and since.strip() else None,
        until=last_day(until.strip(), "until") if until and until.strip() else None,
        groups=tuple(groups or ()),
        agencies=tuple(agencies or ()),
        economies=tuple(named or ()),
    )


def _day(text: str) -> date | None:
    if not (text or "").strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise AttacheError(
            f"{text!r} is no day; expected YEAR-MM-DD, such as 2023-08-20"
        ) from error
