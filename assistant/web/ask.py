"""The Ask tab: a chat beside the source that its citations open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import gradio as gr

from assistant.types import Answer, Language
from assistant.web.escape import plain
from assistant.web.markup import answer_html, source_html
from assistant.web.site import Site
from assistant.web.words import Words
from corpus.errors import AttacheError

Feedback: TypeAlias = Callable[[Answer, str], str]
History: TypeAlias = list[dict[str, Any]]

SEND = Words("提問", "Ask")
PLACEHOLDER = Words("請輸入問題…", "Ask about the reports…")


def build_ask(
    page: gr.Blocks, site: Site, language: Language, on_feedback: Feedback | None
) -> None:
    """Lay out the tab."""

    def answer(message: str, history: History, last: Answer | None) -> Any:
        if not message.strip():
            return history, "", last
        given = last
        try:
            given = site.assistant.ask(message, previous=last)
            shown = answer_html(given)
        except AttacheError as error:
            shown = f"<p class='abstained'>{plain(str(error))}</p>"
        turn: History = [
            {"role": "user", "content": message},
            {"role": "assistant", "content": gr.HTML(shown)},
        ]
        return [*history, *turn], "", given

    def show(event: gr.EventData) -> str:
        report_id, _, span = str(event.ref).partition(":")
        start, _, end = span.partition("-")
        report = site.assistant.index.report(report_id)
        return source_html(report, int(start), int(end), language)

    with gr.Row():
        with gr.Column(scale=3, min_width=340):
            chat = gr.Chatbot(elem_id="chat", height="64vh", show_label=False)
            box = gr.Textbox(
                placeholder=PLACEHOLDER.of(language),
                show_label=False,
                elem_id="question",
                submit_btn=SEND.of(language),
            )
        with gr.Column(scale=2, min_width=340):
            source = gr.HTML("", elem_id="source", js_on_load=_SHOW)
    last = gr.State(None)
    box.submit(answer, [box, chat, last], [chat, box, last], show_progress="hidden")
    source.select(show, None, source, show_progress="hidden")


_SHOW = """
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite");
  if (!link) return;
  event.preventDefault();
  trigger("select", { ref: link.getAttribute("href").slice(1) });
});
"""
