"""The Reports tab: what the index holds, adding by upload, removing, reading again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import gradio as gr
from gradio.context import Context

from assistant.library import LARGEST_UPLOAD, Entry, Outcome, State, Taken, Upload
from assistant.render import roc, title_label
from assistant.types import Language
from assistant.web.escape import plain
from assistant.web.refusals import refusal
from assistant.web.site import Site
from assistant.web.tab import Tab
from assistant.web.words import Words
from corpus.errors import AttacheError
from corpus.readers import READERS
from corpus.types import Fact

REPORTS_TAB = Words("報告", "Reports")
COUNT = Words("共 {reports} 份報告、{chunks} 個段落", "Reports: {reports} · passages: {chunks}")
ADD = Words("新增報告", "Add reports")
TAKEN = Words(
    "可一次新增多份：{types}，每份至多 {most} MB。",
    "Several at once: {types}, at most {most} MB each.",
)
HEADS = (
    Words("報告", "Report"),
    Words("日期", "Date"),
    Words("機關", "Agency"),
    Words("頁", "Pages"),
    Words("章節", "Sections"),
    Words("段落", "Passages"),
    Words("狀態", "State"),
    Words("操作", "Actions"),
)
STATES = {
    State.INDEXED: Words("可查詢", "Ready"),
    State.UNREAD_PAGES: Words("第 {pages} 頁無法辨識", "Page {pages} could not be read"),
    State.MISSING: Words("原檔不存在", "File is gone"),
    State.CHANGED: Words("原檔已變更，請重新讀取", "File has changed: read it again"),
}
OUTCOMES = {
    Outcome.ADDED: Words("已新增", "Added"),
    Outcome.PARTLY: Words("已新增，但部分頁面無法辨識", "Added, but some pages could not be read"),
    Outcome.REFRESHED: Words("已重新讀取", "Read again"),
    Outcome.UNCHANGED: Words("內容沒有變更", "Nothing has changed"),
    Outcome.KNOWN: Words(
        "內容與「{source}」相同，不必重複新增", "The same as “{source}”, which is here"
    ),
    Outcome.REFUSED: Words("未新增", "Not added"),
}
WAITING = Words("等候中", "Waiting")
READ = Words("已讀取，建檔中", "Read; being indexed")
TITLED = Words("《{title}》", "“{title}”")
READ_AGAIN = Words("重新讀取", "Read again")
REMOVE = Words("移除", "Remove")
CANCEL = Words("取消", "Cancel")
UNDO = Words("復原", "Undo")
CONFIRM = Words(
    "確定要移除{title}嗎？移除後不再出現在答案中；本程式結束前可以復原。",
    "Remove {title}? It will no longer be found; until this program ends you can undo it.",
)
REMOVED = Words(
    "已移除{title}。已開啟的對話中，引用的原文仍可查閱。",
    "Removed {title}. Its quotes stay readable in conversations that are open.",
)
RESTORED = Words("已復原{title}。", "Brought back {title}.")
UNDATED = Words("未載明", "not stated")

_CSS = """
p.count { margin: .4em 0; color: var(--soft, #57606a); }
table { width: 100%; border-collapse: collapse; font-size: .92rem; background: var(--surface); }
th, td { text-align: left; vertical-align: top; padding: .6em .7em; overflow-wrap: anywhere; }
th, td { border: 0; border-bottom: 1px solid var(--line, #ddd); }
thead th { color: var(--soft, #57606a); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; }
td.count { text-align: right; font-variant-numeric: tabular-nums; }
td.count, td.date, td.state, td.act { white-space: nowrap; }
.file { display: block; color: var(--soft, #57606a); font-weight: 400; font-size: .86rem; }
.warn { color: var(--warn, #8a3b12); white-space: normal; }
button { font: inherit; color: inherit; background: none; cursor: pointer; min-height: 2.2em; }
button { border: 1px solid var(--line-strong, #8b8d8f); border-radius: 8px; padding: .15em .7em; }
button:hover { background: var(--sunk, #f0eee9); }
button + button { margin-left: .4em; }
@media (max-width: 900px) {
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: block; padding: .7em .8em; border-bottom: 1px solid var(--line, #ddd); }
  td, tbody th { display: flex; gap: .8em; border: 0; padding: .15em 0; white-space: normal; }
  td.count, td.date, td.state, td.act { text-align: left; white-space: normal; }
  td::before { content: attr(data-head); flex: 0 0 5.5em; color: var(--soft, #57606a); }
}
"""
_JS = """
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button) trigger("select", { act: button.dataset.act, report: button.dataset.report });
});
"""
_TO_WORDS = """() => setTimeout(() => {
  const dialog = document.querySelector("#reports-confirm");
  const shown = dialog?.checkVisibility() ? dialog : document.querySelector("#reports-status");
  shown?.scrollIntoView({ block: "center" });
  (dialog?.checkVisibility() ? document.querySelector("#reports-cancel") : null)?.focus();
}, 150)"""
"""What is asked or told stands above a list that may be long: the eye is led there."""
_STATUS_CSS = "p { margin: .3em 0; } ul { margin: .3em 0; padding-left: 1.2em; }"


class _Handlers:
    """What the tab's buttons do; each gives the new values of what it changes."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site = site
        self._language = language

    def listed(self) -> str:
        """Write the list of reports as it is now."""
        return table_html(self._site.library.entries(self._site.assistant.index), self._language)

    def listed_anew(self, shown: str) -> Any:
        """Write the list where it is not what is shown."""
        listed = self.listed()
        return listed if listed != shown else gr.skip()

    def add(self, paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        """Index uploads, telling how far it is: gives the file box, status, list."""
        uploads = [Upload(Path(path), Path(path).name) for path in paths or []]
        if not uploads:
            return
        news: SimpleQueue[int | tuple[Taken, ...] | Exception] = SimpleQueue()

        def work() -> None:
            try:
                news.put(self._site.library.add(uploads, news.put))
            except Exception as error:  # told to whoever waits below
                news.put(error)

        steps = [WAITING.of(self._language)] * len(uploads)
        names = [upload.name for upload in uploads]
        Thread(target=work, daemon=True).start()
        while True:
            yield gr.skip(), _list(zip(names, steps, strict=True)), gr.skip()
            new = news.get()
            if isinstance(new, int):
                steps[new] = READ.of(self._language)
                continue
            for upload in uploads:
                with suppress(OSError):
                    upload.path.unlink()
            if isinstance(new, AttacheError):
                yield None, _told(refusal(str(new), self._language)), gr.skip()
            elif isinstance(new, Exception):
                yield None, gr.skip(), gr.skip()
                raise new
            else:
                told = [
                    (name, _outcome(taken, self._language))
                    for name, taken in zip(names, new, strict=True)
                ]
                yield None, _list(told), self.listed()
            return

    def act(self, event: gr.EventData) -> tuple[Any, ...]:
        """Ask before removing; read again at once. Gives dialog, its words, chosen, status, list."""
        report_id = str(event.report)
        try:
            if event.act == "remove":
                report = self._site.assistant.index.report(report_id)
                words = CONFIRM.of(self._language, title=_title(report, self._language))
                return gr.update(visible=True), _told(words), report_id, "", gr.skip()
            taken = self._site.library.read_again(report_id)
            return _no_dialog(_list([(taken.name, _outcome(taken, self._language))]), self.listed())
        except AttacheError as error:
            return _no_dialog(_told(refusal(str(error), self._language)), self.listed())

    def remove(self, report_id: str | None) -> tuple[Any, ...]:
        """Give dialog, status, undo button, what it would bring back, list."""
        try:
            report = self._site.library.remove(report_id or "")
        except AttacheError as error:
            told = refusal(str(error), self._language)
            return gr.update(visible=False), _told(told), gr.skip(), gr.skip(), self.listed()
        words = REMOVED.of(self._language, title=_title(report, self._language))
        undo = gr.update(visible=True)
        return gr.update(visible=False), _told(words), undo, report_id, self.listed()

    def undo(self, report_id: str | None) -> tuple[Any, ...]:
        """Give status, undo button, list."""
        try:
            report = self._site.library.restore(report_id or "")
            words = RESTORED.of(self._language, title=_title(report, self._language))
        except AttacheError as error:
            words = refusal(str(error), self._language)
        return _told(words), gr.update(visible=False), self.listed()


def reports_tab(site: Site, language: Language) -> None:
    """Lay the tab out; all that its lists show is text of files and is written as such."""
    handlers = _Handlers(site, language)
    types = sorted(READERS)
    tab = Context.block
    with gr.Column(elem_id="reports", elem_classes="tab-body"):
        box = gr.File(
            file_count="multiple",
            file_types=list(types),
            label=ADD.of(language),
            elem_id="reports-add",
            height=140,
        )
        limits = TAKEN.of(language, types=" ".join(types), most=LARGEST_UPLOAD >> 20)
        gr.HTML(
            f"<p class='lead'>{plain(limits)}</p>",
            elem_id="reports-limits",
            apply_default_css=False,
        )
        with gr.Row(elem_id="reports-told"):
            status = gr.HTML(
                "",
                elem_id="reports-status",
                html_template="<div role='status'>${value}</div>",
                css_template=_STATUS_CSS,
            )
            undone = gr.Button(
                UNDO.of(language), visible=False, elem_id="reports-undo", scale=0, min_width=120
            )
        with gr.Column(visible=False, elem_id="reports-confirm") as dialog:
            words = gr.HTML(
                "", html_template="<div role='alert'>${value}</div>", css_template=_STATUS_CSS
            )
            with gr.Row():
                sure = gr.Button(REMOVE.of(language), variant="stop", elem_id="reports-sure")
                not_sure = gr.Button(CANCEL.of(language), elem_id="reports-cancel")
        table = gr.HTML(
            handlers.listed,
            elem_id="reports-list",
            css_template=_CSS,
            js_on_load=_JS,
            apply_default_css=False,
        )
        chosen = gr.State(None)
        gone = gr.State(None)

    kept: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    changing: dict[str, Any] = {**kept, "concurrency_limit": 1, "concurrency_id": "library"}
    box.upload(handlers.add, box, [box, status, table], **changing)
    box.upload(lambda: gr.update(visible=False), None, undone, **kept)
    acted = table.select(handlers.act, None, [dialog, words, chosen, status, table], **changing)
    acted.then(None, js=_TO_WORDS)
    removed = sure.click(handlers.remove, chosen, [dialog, status, undone, gone, table], **changing)
    removed.then(None, js=_TO_WORDS)
    not_sure.click(lambda: gr.update(visible=False), None, dialog, **kept)
    if isinstance(tab, gr.Tab):  # others may have added or removed reports meanwhile
        tab.select(handlers.listed_anew, table, table, **kept)
    undone.click(handlers.undo, gone, [status, undone, table], **changing)


TAB = Tab("reports", REPORTS_TAB, reports_tab)


def table_html(entries: Sequence[Entry], language: Language) -> str:
    """Write the list of reports, the latest event first."""
    total = sum(entry.chunks for entry in entries)
    count = COUNT.of(language, reports=len(entries), chunks=total)
    heads = "".join(f"<th scope='col'>{plain(head.of(language))}</th>" for head in HEADS)
    newest = sorted(entries, key=lambda e: (_day(e) or date.min, e.report.source), reverse=True)
    rows = "".join(_row(entry, language) for entry in newest)
    return (
        f"<p class='count'>{plain(count)}</p><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _row(entry: Entry, language: Language) -> str:
    report = entry.report
    title = title_label(
        report.metadata.title.value if report.metadata.title else None, report.source, language
    )
    agencies = "、".join(fact.value for fact in report.metadata.agencies)
    pages = ", ".join(map(str, report.unread_pages))
    state = STATES[entry.state].of(language, pages=pages)
    warn = "" if entry.state is State.INDEXED else " class='warn'"
    cells = (
        ("date", _dates(entry, language)),
        ("", plain(agencies or UNDATED.of(language))),
        ("count", str(len(report.pages) or "–")),
        ("count", str(len(report.sections) - 1)),
        ("count", str(entry.chunks)),
        ("state", f"<span{warn}>{plain(state)}</span>"),
        ("act", _buttons(entry, title, language)),
    )
    told = "".join(
        f"<td class='{kind}' data-head='{plain(head.of(language))}'><span>{cell}</span></td>"
        for head, (kind, cell) in zip(HEADS[1:], cells, strict=True)
    )
    return (
        f"<tr data-report='{plain(report.id)}'><th scope='row'><span>{plain(title)}"
        f"<span class='file'>{plain(report.source)}</span></span></th>{told}</tr>"
    )


def _buttons(entry: Entry, title: str, language: Language) -> str:
    return "".join(
        f"<button type='button' data-act='{act}' data-report='{plain(entry.report.id)}' "
        f"aria-label='{plain(f'{words.of(language)}: {title}')}'>{plain(words.of(language))}</button>"
        for act, words in (("read", READ_AGAIN), ("remove", REMOVE))
    )


def _day(entry: Entry) -> date | None:
    meta = entry.report.metadata
    day: Fact[date] | None = meta.event_start or meta.report_date
    return day.value if day is not None else None


def _dates(entry: Entry, language: Language) -> str:
    day = _day(entry)
    if day is None:
        return plain(UNDATED.of(language))
    return f"{day.isoformat()}<br>{plain(roc(day))}"


def _title(report: Any, language: Language) -> str:
    title = report.metadata.title
    named = title_label(title.value if title else None, report.source, language)
    return TITLED.of(language, title=named)


def _outcome(taken: Taken, language: Language) -> str:
    words = OUTCOMES[taken.outcome].of(language, source=taken.reason)
    if taken.outcome in (Outcome.REFUSED, Outcome.PARTLY) and taken.reason:
        return (
            f"{words}{'：' if language is Language.ZH else ': '}{refusal(taken.reason, language)}"
        )
    return words


def _list(told: Any) -> str:
    lines = "".join(f"<li><b>{plain(name)}</b>　{plain(what)}</li>" for name, what in told)
    return f"<ul>{lines}</ul>"


def _told(words: str) -> str:
    return f"<p>{plain(words)}</p>"


def _no_dialog(status: str, table: str) -> tuple[Any, ...]:
    return gr.update(visible=False), "", None, status, table
