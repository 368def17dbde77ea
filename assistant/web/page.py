"""The page: a chat beside the source that its citations open."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, TypeAlias, cast

import gradio as gr

from assistant.assistant import Assistant
from assistant.question import detect_language
from assistant.types import Answer, Language
from assistant.web.markup import answer_html, source_html
from corpus.errors import AttacheError

History: TypeAlias = list[dict[str, Any]]
Turn: TypeAlias = tuple[History, str, Answer | None]
"""The conversation, an empty question box, and the answer that the next question may lean on."""

_HERE = Path(__file__).parent
CSS = (_HERE / "page.css").read_text(encoding="utf-8")
_SOURCE_JS = (_HERE / "source.js").read_text(encoding="utf-8")

I18N = gr.I18n(
    en={
        "title": "# Attaché\nAsk the reports; every answer shows the passage that proves it.",
        "placeholder": "Ask about the reports…",
        "send": "Ask",
        "clear": "Start over",
        "chat": "Questions and answers",
        "welcome": "Ask in Chinese or English. Click a citation to see it in its report.",
        "source": "Source",
    },
    **{
        "zh-TW": {
            "title": "# Attaché\n向報告提問，每個答案都附上可查證的原文段落。",
            "placeholder": "請輸入問題…",
            "send": "提問",
            "clear": "重新開始",
            "chat": "問答",
            "welcome": "可用中文或英文提問。點選引註即可對照報告原文。",
            "source": "原文出處",
        }
    },
)
STARTERS = (
    "哪些經濟體審核 ABTC 有延宕情形？",
    "Which economies delay ABTC approvals?",
    "美國提議修改 BMG 組織章程，甲案有誰支持？",
    "What follow-up did we promise on the virtual ABTC?",
    "關港貿單一窗口的簡報獲得哪些回應？",
    "誰當選反恐工作小組下屆主席？",
)
# An answer is read from its beginning.
_TO_LAST_QUESTION = """() => setTimeout(() => {
  const questions = document.querySelectorAll("#chat .user");
  questions[questions.length - 1]?.scrollIntoView({block: "start"});
}, 150)"""
_EMPTY = (
    "<p class='empty'>點選答案中的引註，這裡會顯示原文段落。<br>"
    "<span lang='en'>Click a citation: its passage is shown here.</span></p>"
)


def build_page(assistant: Assistant) -> gr.Blocks:
    """Lay the page out over an assistant."""

    def answer(message: str, history: History, last: Answer | None) -> Turn:
        if not message.strip():
            return history, "", last
        given = last
        try:
            given = assistant.ask(message, previous=last)
            shown = answer_html(given)
        except AttacheError as error:
            shown = f"<p class='abstained'>{escape(str(error))}</p>"
        turn: History = [
            {"role": "user", "content": message},
            {"role": "assistant", "content": gr.HTML(shown)},
        ]
        return [*history, *turn], "", given

    def answer_starter(history: History, last: Answer | None, chosen: gr.SelectData) -> Turn:
        return answer(chosen.value["text"], history, last)

    def show(request: gr.Request, event: gr.EventData) -> str:
        wanted = request.headers.get("accept-language", "") if request else ""
        language = Language.ZH if wanted.lower().startswith("zh") else detect_language(wanted)
        report_id, _, span = str(event.ref).partition(":")
        start, _, end = span.partition("-")
        report = assistant.index.report(report_id)
        return source_html(report, int(start), int(end), language)

    page: gr.Blocks
    with gr.Blocks(title="Attaché", analytics_enabled=False) as page:
        gr.Markdown(I18N("title"), elem_id="title")
        with gr.Row():
            with gr.Column(scale=3, min_width=340):
                chat = gr.Chatbot(
                    label=I18N("chat"),
                    elem_id="chat",
                    height="64vh",
                    show_label=False,
                    autoscroll=False,
                    placeholder=cast("str", I18N("welcome")),
                    examples=[{"text": text} for text in STARTERS],
                    buttons=["copy"],
                    feedback_options=None,
                )
                with gr.Row():
                    box = gr.Textbox(
                        placeholder=I18N("placeholder"),
                        show_label=False,
                        elem_id="question",
                        scale=8,
                        max_lines=4,
                        submit_btn=cast("str", I18N("send")),
                    )
                    clear = gr.Button(I18N("clear"), scale=1, min_width=110)
            with gr.Column(scale=2, min_width=340):
                source = gr.HTML(
                    _EMPTY,
                    label=I18N("source"),
                    elem_id="source",
                    container=True,
                    padding=True,
                    js_on_load=_SOURCE_JS,
                )
        last = gr.State(None)
        asked = box.submit(answer, [box, chat, last], [chat, box, last], show_progress="hidden")
        asked.then(None, js=_TO_LAST_QUESTION)
        started = chat.example_select(answer_starter, [chat, last], [chat, box, last])
        started.then(None, js=_TO_LAST_QUESTION)
        source.select(show, None, source, show_progress="hidden")
        clear.click(lambda: ([], "", _EMPTY, None), None, [chat, box, source, last])
        chat.clear(lambda: None, None, last)
    return page


def launch(assistant: Assistant, host: str, port: int) -> None:
    """Serve the page until it is stopped. No request leaves this machine."""
    import typer

    page = build_page(assistant)
    typer.echo(f"Attaché: http://{host}:{port}  (Ctrl+C stops it)")
    try:
        page.launch(
            server_name=host,
            server_port=port,
            share=False,
            quiet=True,
            css=CSS,
            i18n=I18N,
            theme=gr.themes.Soft(
                font=["system-ui", "Noto Sans TC", "Noto Sans CJK TC", "sans-serif"]
            ),
            footer_links=[],
            show_error=True,
        )
    except OSError as error:
        raise AttacheError(
            f"Cannot listen on {host}:{port}: {error}. Choose another with --port."
        ) from error
