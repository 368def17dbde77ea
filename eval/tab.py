"""The Evaluation tab: runs a question set in the browser, and shows what became of each question."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr
from gradio.context import LocalContext

from assistant.types import Answer, Language
from assistant.web.escape import plain
from assistant.web.refusals import refusal
from assistant.web.site import Site
from assistant.web.tab import Tab
from assistant.web.words import Words
from corpus.errors import AttacheError
from eval.dataset import (
    QUESTIONS,
    Labelled,
    QuestionSet,
    Split,
    locate,
    of_split,
    read_questions,
)
from eval.fragments import Fragments
from eval.labelled import keep, own_questions
from eval.labels import MODES
from eval.page_assets import SCRIPT, STYLE
from eval.run import Outcome, Settings, run
from index.types import Mode

_NEEDED = ("ir_measures", "matplotlib")
_OFTEN = 0.2
"""Seconds between two signs of progress."""
_LISTED = 10
"""So many of the golds that are missing are named."""


class _Set(StrEnum):
    """Which questions are asked."""

    HELD_OUT = "held-out"
    TUNE = "tune"
    ALL = "all"
    OWN = "own"
    FILE = "file"


_SETS = {
    _Set.HELD_OUT: Words("隨附題組：保留的部分", "Bundled questions: the part held out"),
    _Set.TUNE: Words("隨附題組：調校用的部分", "Bundled questions: the part tuned on"),
    _Set.ALL: Words("隨附題組：全部", "Bundled questions: all"),
    _Set.OWN: Words(
        "我的題組（由「答案有誤」而來）", "My questions (from “Not right” in the chat)"
    ),
    _Set.FILE: Words("上傳的題組", "An uploaded set"),
}
_LEAD = Words(
    "逐題提問，比對答案、引註與題組中的正解，看這套系統在這些報告上有多可靠。",
    "Asks every question of a set and compares values, citations and refusals with what the set "
    "expects: how far the answers over these reports can be relied on.",
)
_WHICH = Words("題組", "Question set")
_RANKED = Words("以哪種檢索的排序計分", "Whose ranking is scored")
_FILE = Words("題組檔（JSON Lines）", "Question file (JSON Lines)")
_ALLOW = Words(
    "正解不在報告中仍繼續（算作未找到）",
    "Go on when golds are not in the reports (count as missed)",
)
_RUN = Words("開始評測", "Run")
_STOP = Words("停止", "Stop")
_WAITING = Words("等候開始…", "Waiting to begin…")
_ASKING = Words("已問 {done}／{total} 題", "{done} of {total} questions asked")
_DONE = Words("完成：{total} 題，{seconds:.0f} 秒", "Done: {total} questions, {seconds:.0f} s")
_STOPPED = Words(
    "已停止：以下是已問的 {done}／{total} 題", "Stopped: shown are {done} of {total} questions"
)
_MISSING = Words(
    "有 {count} 個正解不在目前的報告中，算作未找到：",
    "{count} golds are not in the reports and count as missed:",
)
_CANNOT = Words("無法評測：{why}", "Cannot run: {why}")
_NO_FILE = Words("請先上傳題組檔。", "Please upload a question file first.")
_NO_OWN = Words(
    "您的題組還沒有題目：在「提問」頁按「答案有誤」並貼上應找到的原文，就會存入。",
    "Your set has no questions yet: in the chat, press “Not right” below an answer and paste the passage "
    "that was expected.",
)
_DOWNLOAD = Words("下載我的題組（{count} 題）", "Download my questions ({count})")
_MEASURES = Words("指標", "Measures")
_CHARTS = Words("圖表", "Charts")
_QUESTIONS = Words("各題", "Questions")
_INSTALL = Words(
    "評測需要另外安裝套件，請執行：pip install 'attache[eval]'，再重新啟動。",
    "Evaluation needs more packages; run: pip install 'attache[eval]', and start again.",
)
_STYLE = f"""{STYLE}
.evaluation .status {{ margin: .2rem 0; min-height: 1.6em; overflow-wrap: anywhere; }}
.evaluation .status.wrong {{ color: var(--warn); }}
.evaluation progress {{ width: 100%; height: 12px; appearance: none; overflow: hidden;
  border: 1px solid var(--line-strong); border-radius: 6px; background: var(--surface); }}
.evaluation progress::-webkit-progress-bar {{ background: var(--surface); }}
.evaluation progress::-webkit-progress-value {{ background: var(--accent); }}
.evaluation progress::-moz-progress-bar {{ background: var(--accent); }}
.evaluation a.download {{ color: var(--accent); }}
/* Gradio tells in English of its queue; what waits is told above the bar. */
.evaluation [data-testid="status-tracker"] {{ display: none !important; }}
"""
_ON_LOAD = f"{SCRIPT}\nwatch('value', () => filterQuestions(element));"


def evaluation_tab(site: Site, language: Language) -> None:
    """Lay out the tab within ``gr.Tab``, in one language."""
    if not all(map(find_spec, _NEEDED)):
        gr.HTML(f"<p>{plain(_INSTALL.of(language))}</p>", elem_id="evaluation-install")
        return
    serve = _Handlers(site, language)
    gr.HTML(f"<style>{_STYLE}</style>", elem_id="evaluation-style", visible="hidden")
    gr.HTML(f"<p class='lead'>{plain(_LEAD.of(language))}</p>", apply_default_css=False)
    with gr.Row(equal_height=False):
        which = gr.Dropdown(
            [(words.of(language), each.value) for each, words in _SETS.items()],
            value=_Set.HELD_OUT.value,
            label=_WHICH.of(language),
            elem_id="evaluation-set",
            min_width=280,
        )
        mode = gr.Radio(
            [(words.of(language), each.value) for each, words in MODES.items()],
            value=Mode.HYBRID.value,
            label=_RANKED.of(language),
            elem_id="evaluation-mode",
            min_width=280,
        )
    file = gr.File(
        label=_FILE.of(language),
        file_types=[".jsonl", ".json"],
        type="filepath",
        visible=False,
        height=110,
        elem_id="evaluation-file",
    )
    allow = gr.Checkbox(False, label=_ALLOW.of(language), elem_id="evaluation-allow")
    with gr.Row(elem_id="evaluation-buttons"):
        start = gr.Button(
            _RUN.of(language), variant="primary", elem_id="evaluation-run", scale=0, min_width=160
        )
        halt = gr.Button(
            _STOP.of(language),
            variant="stop",
            interactive=False,
            elem_id="evaluation-stop",
            scale=0,
            min_width=110,
        )
    status = gr.HTML("", elem_id="evaluation-status", elem_classes="evaluation")
    own = gr.HTML(serve.download, elem_id="evaluation-own", elem_classes="evaluation")
    results = gr.HTML(
        "",
        elem_id="evaluation-results",
        elem_classes="evaluation",
        apply_default_css=False,
        js_on_load=_ON_LOAD,
    )
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    which.change(serve.shown_for, which, [file, own], **quiet)
    begun = start.click(serve.started, None, [status, results, start, halt], **quiet)
    # One run at a time: a run takes all of a core, and its times are among its figures.
    asked = begun.then(
        serve.measured,
        [which, mode, file, allow],
        [status, results],
        concurrency_limit=1,
        **quiet,
    )
    asked.then(serve.ended, None, [start, halt, own], **quiet)
    halt.click(serve.stop, None, halt, **quiet)


TAB = Tab("evaluation", Words("評測", "Evaluation"), evaluation_tab)


def feedback(site: Site) -> Callable[[Answer, str], str]:
    """Give the function that takes a wrong answer and the passage expected, and tells its fate.

    The question goes into the set of the user whose click is being served.
    """

    def take(answer: Answer, expected: str) -> str:
        request = LocalContext.request.get(None)
        user = request.username if request is not None else None
        try:
            return keep(site.state, user, site.assistant.index, answer, expected)
        except AttacheError as error:
            return str(error)

    return take


class _Handlers:
    """What the tab's controls set off."""

    def __init__(self, site: Site, language: Language) -> None:
        self._site = site
        self._language = language
        self._stops = _Stops()
        self._write = Fragments(language, links=True)

    def started(self, request: gr.Request) -> tuple[str, str, gr.Button, gr.Button]:
        self._stops.clear(request.session_hash)
        bar = _bar(_WAITING.of(self._language), 0, 1)
        return bar, "", gr.Button(interactive=False), gr.Button(interactive=True)

    def measured(
        self, chosen: str, mode: str, file: str | None, allow: bool, request: gr.Request
    ) -> Iterator[tuple[str, str]]:
        try:
            path, split = _path(self._site, _Set(chosen), file, request.username, self._language)
            questions = _read(path)
            asked = of_split(questions, split)
            index = self._site.assistant.index
            located = locate(questions, index.reports)
            wrong = _missing(located, {question.id for question in asked}, self._language)
            if wrong and not allow:
                yield _told(wrong, wrong=True), ""
                return
            settings = Settings(mode=Mode(mode), split=split)
            outcomes: list[Outcome] = []
            begun = shown = time.monotonic()
            yield _bar(_ASKING.of(self._language, done=0, total=len(asked)), 0, len(asked)), ""
            for outcome in _until(run(located, index, settings), self._stops, request.session_hash):
                outcomes.append(outcome)
                if time.monotonic() - shown > _OFTEN:
                    shown = time.monotonic()
                    told = _ASKING.of(self._language, done=len(outcomes), total=len(asked))
                    yield _bar(told, len(outcomes), len(asked)), ""
            is_whole = len(outcomes) == len(asked)
            last = (_DONE if is_whole else _STOPPED).of(
                self._language,
                done=len(outcomes),
                total=len(asked),
                seconds=time.monotonic() - begun,
            )
            yield (
                _bar(last, len(outcomes), len(asked)) + (_told(wrong) if wrong else ""),
                _results(self._write, outcomes),
            )
        except AttacheError as error:
            why = refusal(str(error), self._language)
            yield _told(_CANNOT.of(self._language, why=why), wrong=True), ""

    def ended(self, request: gr.Request) -> tuple[gr.Button, gr.Button, str]:
        return gr.Button(interactive=True), gr.Button(interactive=False), self.download(request)

    def download(self, request: gr.Request | None = None) -> str:
        # Without a request this is the building of the page, which all users get.
        if request is None:
            return ""
        return _download(own_questions(self._site.state, request.username), self._language)

    def shown_for(self, chosen: str, request: gr.Request) -> tuple[gr.File, str]:
        return gr.File(visible=chosen == _Set.FILE), self.download(request)

    def stop(self, request: gr.Request) -> gr.Button:
        self._stops.set(request.session_hash)
        return gr.Button(interactive=False)


class _Stops:
    """Which sessions have asked for a stop."""

    def __init__(self) -> None:
        self._asked: set[str | None] = set()
        self._lock = Lock()

    def set(self, session: str | None) -> None:
        with self._lock:
            self._asked.add(session)

    def clear(self, session: str | None) -> None:
        with self._lock:
            self._asked.discard(session)

    def has(self, session: str | None) -> bool:
        with self._lock:
            return session in self._asked


def _until(outcomes: Iterator[Outcome], stops: _Stops, session: str | None) -> Iterator[Outcome]:
    """Go on until there is no question left, or a stop was asked for."""
    while not stops.has(session):
        outcome = next(outcomes, None)
        if outcome is None:
            return
        yield outcome
    stops.clear(session)


def _path(
    site: Site, chosen: _Set, file: str | None, user: str | None, language: Language
) -> tuple[Path, Split | None]:
    """Give the file of a set, and its part; ``AttacheError`` in the user's words without one."""
    if chosen is _Set.FILE:
        if file is None:
            raise AttacheError(_NO_FILE.of(language))
        return Path(file), None
    if chosen is _Set.OWN:
        own = own_questions(site.state, user)
        if not own.is_file():
            raise AttacheError(_NO_OWN.of(language))
        return own, None
    return QUESTIONS, None if chosen is _Set.ALL else Split(chosen.value)


def _read(path: Path) -> tuple[Labelled, ...]:
    """Read a set; an error names the file as its user knows it, without our folders."""
    try:
        return read_questions(path)
    except AttacheError as error:
        raise AttacheError(str(error).replace(str(path), path.name)) from error


def _missing(located: QuestionSet, asked: set[str], language: Language) -> str:
    missing = [each for each in located.missing if each.question_id in asked]
    if not missing:
        return ""
    told = "; ".join(f"{m.question_id}: {m.reason}: 「{m.gold.quote}」" for m in missing[:_LISTED])
    rest = "; …" if len(missing) > _LISTED else ""
    return f"{_MISSING.of(language, count=len(missing))} {told}{rest}"


def _results(write: Fragments, outcomes: list[Outcome]) -> str:
    if not outcomes:
        return ""

    def heading(words: Words) -> str:
        return f"<h2>{write.said(words)}</h2>"

    return (
        f"{heading(_MEASURES)}{write.figures(outcomes)}"
        f"{heading(_CHARTS)}{write.charts(outcomes)}"
        f"{heading(_QUESTIONS)}{write.filters(outcomes)}{write.questions(outcomes)}"
    )


def _bar(told: str, done: int, total: int) -> str:
    return (
        f"{_told(told)}<progress value='{done}' max='{max(total, 1)}' "
        f"aria-label='{plain(told)}'></progress>"
    )


def _told(text: str, wrong: bool = False) -> str:
    kind = "status wrong" if wrong else "status"
    return f"<p class='{kind}' role='{'alert' if wrong else 'status'}'>{plain(text)}</p>"


def _download(file: Path, language: Language) -> str:
    """Link to a user's own set; it stands in the page, where nobody else can ask for it."""
    if not file.is_file():
        return ""
    content = file.read_bytes()
    count = content.count(b"\n")
    return (
        f"<a class='download' download='questions.jsonl' href='data:application/x-ndjson;base64,"
        f"{b64encode(content).decode()}'>{plain(_DOWNLOAD.of(language, count=count))}</a>"
    )
