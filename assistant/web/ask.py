"""The Ask tab: conversations and filters at the left, the chat, and the source at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import gradio as gr

from assistant.conversation import starts_over
from assistant.types import Answer, Citation, Language
from assistant.web.escape import plain
from assistant.web.filters import (
    chips_html,
    joined,
    panel_html,
    read_query,
    without,
)
from assistant.web.kept import STORAGE_KEY, STORAGE_SECRET, Kept, Turn, kept_json, read_kept
from assistant.web.log import log_question
from assistant.web.markup import FOLLOWS
from assistant.web.place import Place, read_place
from assistant.web.refusals import refusal
from assistant.web.site import Site
from assistant.web.talk import conversations_html, talk_html
from assistant.web.viewer import Asked, source_html
from assistant.web.words import (
    ANSWER_READY,
    CLOSE,
    FEEDBACK_EMPTY,
    FILTERS,
    FILTERS_MORE,
    NEW,
    NO_ANSWER,
    PLACEHOLDER,
    QUESTION,
    SEND,
    SIDE,
    STOP,
)
from corpus.errors import AttacheError
from index.types import Filters

Feedback: TypeAlias = Callable[[Answer, str], str]
"""Takes an answer and the passage that was expected; gives a word of thanks, or why not."""

Shown: TypeAlias = tuple[Any, ...]
"""What an event changes: chat, list of conversations, panel, chips, what is kept, status."""

AT_ONCE = 8
"""Events of one kind that are worked on at the same time; the others wait."""


class Desk:
    """What the events of one page do; it holds no state of any user."""

    def __init__(self, site: Site, language: Language, on_feedback: Feedback | None) -> None:
        self._site = site
        self._language = language
        self._on_feedback = on_feedback

    def shown(self, kept: Kept, pending: int | None = None, status: str = "") -> Shown:
        """Draw all that depends on what is kept."""
        language = self._language
        index = self._site.assistant.index
        return (
            talk_html(kept.turns, index, language, pending, self._on_feedback is not None),
            conversations_html(kept, language),
            panel_html(index, kept.filters, language),
            chips_html(kept.filters, index, language),
            kept_json(kept),
            status,
        )

    def opened(self, value: object, query: str) -> Iterator[Shown]:
        """Show what was left when the page is opened; ask what the query of its address asks."""
        kept = read_kept(value)
        question, filters = read_query(query or "")
        if not question:
            yield self.shown(kept)
            return
        yield from self._ask(Kept(kept.conversations, None, filters), Turn(question, filters))

    def asked(self, question: str, value: object) -> Iterator[Shown]:
        """Ask what was written, with the filters that are set."""
        kept = read_kept(value)
        if not question.strip():
            yield *self.shown(kept), gr.skip()
            return
        if starts_over(question):
            yield *self.shown(kept.showing(None)), ""
            return
        # The box is emptied with the first thing shown; what is written after that stays.
        for at, shown in enumerate(self._ask(kept, Turn(question.strip(), kept.filters))):
            yield *shown, gr.skip() if at else ""

    def acted(self, value: object, event: gr.EventData) -> Iterator[Shown]:
        """Do what a button in the chat, the list or the panel stands for."""
        kept = read_kept(value)
        given = {name: str(each) for name, each in event._data.items()}
        act, at = given.get("act"), _number(given.get("turn"))
        turn = kept.turns[at] if at is not None and at < len(kept.turns) else None
        if act == "ask" and given.get("text", "").strip():
            yield from self._ask(kept, Turn(given["text"].strip(), kept.filters))
        elif act == "retry" and turn is not None:
            again = Turn(turn.question, turn.filters, turn.stated, turn.leaning)
            yield from self._ask(kept, again, at)
        elif act == "unstate" and turn is not None:
            again = _unstated(turn, given.get("field", ""), given.get("value") or None)
            yield from self._ask(kept, again, at)
        elif act == "feedback" and turn is not None:
            told = self._told(turn, given.get("expected", ""))
            yield self.shown(kept, status=plain(told))
        elif act == "open":
            yield self.shown(kept.showing(given.get("id")))
        elif act == "delete":
            yield self.shown(kept.without(given.get("id", "")))
        elif act == "new":
            yield self.shown(kept.showing(None))
        elif act == "filter":
            _, filters = read_query(given.get("query", ""))
            yield self.shown(Kept(kept.conversations, kept.open, filters))
        else:
            yield self.shown(kept)

    def refreshed(self, value: object, welcome: str, panel: str) -> Shown:
        """Count anew what there is to ask of: reports may have come or gone meanwhile.

        What is on the page is drawn anew only where it would change.
        """
        kept, index = read_kept(value), self._site.assistant.index
        greeted = talk_html((), index, self._language)
        counted = panel_html(index, kept.filters, self._language)
        is_greeted = not kept.turns and "class='welcome'" in (welcome or "")
        return (
            greeted if is_greeted and greeted != welcome else gr.skip(),
            counted if panel and counted != panel else gr.skip(),
        )

    def stopped(self, value: object) -> Shown:
        """Show that the question that was being answered is not."""
        return self.shown(read_kept(value))

    def source(self, value: object, event: gr.EventData) -> str:
        """Show a place of a report; nothing where the viewer is closed."""
        given = {name: str(each) for name, each in event._data.items()}
        place = read_place(given.get("place", ""))
        if place is None:
            return ""
        asked = _asked_for(read_kept(value), place, _number(given.get("turn")))
        opened, is_live = self._site.index_of(place.report_id)
        return source_html(opened, place, asked, self._language, is_live)

    def _ask(self, kept: Kept, turn: Turn, at: int | None = None) -> Iterator[Shown]:
        """Show the question at once, then its answer, at the end or in a turn's place."""
        at = len(kept.turns) if at is None else at
        before = kept.turns[at - 1].answer if at and turn.leaning else None
        waiting = kept.with_turn(turn, at)
        yield self.shown(waiting, pending=at)
        answer, error = None, None
        try:
            answer = self._site.ask(
                turn.question, turn.filters, previous=before, stated=turn.stated
            )
            log_question(answer)
            # What was read beside the citations is much, and shown nowhere.
            answer = replace(answer, passages=())
        except AttacheError as raised:
            error = refusal(str(raised), self._language)
        done = Turn(turn.question, turn.filters, turn.stated, turn.leaning, answer, error)
        yield self.shown(waiting.with_turn(done, at), status=self._ready(done))

    def _ready(self, turn: Turn) -> str:
        """Say to those who do not see the page that the answer is there."""
        if turn.answer is None:
            words = turn.error or ""
        elif turn.answer.abstained:
            words = NO_ANSWER.of(self._language)
        else:
            words = ANSWER_READY.of(self._language, n=len(turn.answer.citations))
        return f"<span class='seen-by-readers'>{plain(words)}</span>"

    def _told(self, turn: Turn, expected: str) -> str:
        if self._on_feedback is None or turn.answer is None:
            return ""
        if not expected.strip():
            return FEEDBACK_EMPTY.of(self._language)
        try:
            return self._on_feedback(turn.answer, expected.strip())
        except AttacheError as error:
            return refusal(str(error), self._language)


def build_ask(
    page: gr.Blocks, tab: gr.Tab, site: Site, language: Language, on_feedback: Feedback | None
) -> None:
    """Lay out the tab, within which this is called, of ``page``."""
    desk = Desk(site, language, on_feedback)

    # All is empty until the browser has told what it keeps: what was drawn before would flash.
    def html(name: str) -> gr.HTML:
        return gr.HTML(
            "",
            elem_id=name,
            apply_default_css=False,
            js_on_load=f"attache.connect('{name}', element, trigger, watch)",
        )

    kept = gr.BrowserState(kept_json(Kept()), storage_key=STORAGE_KEY, secret=STORAGE_SECRET)
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="side"):
            gr.HTML(
                f"<div class='drawer-head'><button type='button' class='action close' "
                f"data-act='side' aria-label='{plain(CLOSE.of(language))}'>×</button></div>",
                elem_id="side-head",
                apply_default_css=False,
            )
            past = html("past")
            gr.HTML(
                f"<h2 class='panel-title'>{plain(FILTERS.of(language))}"
                f"<span>{plain(FILTERS_MORE.of(language))}</span></h2>",
                elem_id="panel-head",
                apply_default_css=False,
            )
            panel = html("panel")
        with gr.Column(elem_id="middle"):
            gr.HTML(
                f"<button type='button' class='action' data-act='side' aria-controls='side'>☰ "
                f"{plain(SIDE.of(language))}</button>"
                f"<button type='button' class='plain' data-act='new'>"
                f"+ {plain(NEW.of(language))}</button>",
                elem_id="side-open",
                apply_default_css=False,
            )
            chat = html("chat")
            with gr.Column(elem_id="asking"):
                chosen = html("chips")
                with gr.Row(elem_id="asking-row"):
                    box = gr.Textbox(
                        label=QUESTION.of(language),
                        placeholder=PLACEHOLDER.of(language),
                        elem_id="question",
                        container=False,
                        lines=1,
                        max_lines=5,
                        autofocus=True,
                        scale=8,
                    )
                    send = gr.Button(SEND.of(language), variant="primary", elem_id="send", scale=0)
                    stop = gr.Button(STOP.of(language), variant="stop", elem_id="stop", scale=0)
        with gr.Column(elem_id="viewer"):
            source = html("source")
    status = html("status")

    outputs = [chat, past, panel, chosen, kept, status]
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_limit": AT_ONCE,
    }
    # The box only carries the query of the page's address, which the server does not see.
    loaded = page.load(
        desk.opened, [kept, box], outputs, js="(kept) => [kept, attache.query()]", **quiet
    )
    asked = gr.on(
        [box.submit, send.click],
        desk.asked,
        [box, kept],
        [*outputs, box],
        **quiet,
    )
    acted = [part.select(desk.acted, kept, outputs, **quiet) for part in (chat, past, panel)]
    tab.select(desk.refreshed, [kept, chat, panel], [chat, panel], **quiet)
    stop.click(desk.stopped, kept, outputs, cancels=[loaded, asked, *acted], **quiet)
    source.select(desk.source, kept, source, **quiet)


def _unstated(turn: Turn, field: str, value: str | None) -> Turn:
    """Ask a turn again without something that its question implied; what else it did stays."""
    if field == FOLLOWS:
        return Turn(turn.question, turn.filters, turn.stated, leaning=False)
    left = Filters()
    if turn.answer is not None:
        left = without(turn.answer.question.stated, field, value)
    return Turn(turn.question, joined(turn.filters, left), stated=False, leaning=turn.leaning)


def _asked_for(kept: Kept, place: Place, at: int | None) -> Asked | None:
    """Find the answer that cites a place: that of a turn, or else the last one that does."""
    turns = kept.turns
    if at is not None and at < len(turns):
        turns = (*turns, turns[at])
    for turn in reversed(turns):
        if turn.answer is None:
            continue
        for citation in (*turn.answer.citations, *_nearest(turn.answer)):
            span = (citation.report_id, citation.start, citation.end)
            if span == (place.report_id, place.start, place.end):
                return Asked(turn.answer.question, citation)
    return None


def _nearest(answer: Answer) -> tuple[Citation, ...]:
    return (answer.nearest,) if answer.nearest is not None else ()


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) < 6 else None
