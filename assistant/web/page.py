"""The shell of the page: header, tabs, looks. It is built once in each language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.types import Language
from assistant.web.ask import Feedback, build_ask
from assistant.web.document import HTML_LANG
from assistant.web.escape import plain
from assistant.web.site import Site
from assistant.web.tab import Tab
from assistant.web.words import (
    ASK_TAB,
    GRADIO_LACKS,
    LOG_OUT,
    OTHER_LANGUAGE,
    READ_IN_OTHER,
    SKIP,
    TAGLINE,
    THEME,
)

_HERE = Path(__file__).parent
_FONTS = ["system-ui", "Noto Sans TC", "Noto Sans CJK TC", "PingFang TC", "sans-serif"]


def build_page(
    site: Site,
    language: Language,
    tabs: Sequence[Tab] = (),
    on_feedback: Feedback | None = None,
    log_out: bool = False,
) -> gr.Blocks:
    """Lay out the page in one language: the Ask tab, then the others in their order.

    ``on_feedback`` takes an answer that a user found wrong and the passage that he expected, and
    gives a word of thanks or a reason why not; without it no such form is offered. With
    ``log_out`` the header leads to where the user ends his session.
    """
    page: gr.Blocks
    with gr.Blocks(title="Attaché", analytics_enabled=False, fill_width=True) as page:
        gr.HTML(_header(language, log_out), elem_id="header", apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(ASK_TAB.of(language), id="ask", elem_id="tab-ask") as ask_tab:
                build_ask(page, ask_tab, site, language, on_feedback)
            for tab in tabs:
                with gr.Tab(tab.name.of(language), id=tab.id, elem_id=f"tab-{tab.id}"):
                    tab.build(site, language)
    return page


def looks() -> dict[str, Any]:
    """Give style and script as keywords of ``mount_gradio_app`` and of ``Blocks.launch``.

    Everything is within the page: no font, style or script is fetched from elsewhere. What must
    be settled before Gradio starts stands in ``document.OurDocument``.
    """
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    return {
        "css": (_HERE / "page.css").read_text(encoding="utf-8"),
        "head": f"<script>(() => {{ {script} }})();</script>",
        "theme": gr.themes.Base(
            primary_hue="teal", neutral_hue="stone", font=_FONTS, font_mono=["monospace"]
        ),
        "footer_links": [],
        "i18n": gr.I18n(
            **{
                lang: {f"common.{name}": words.of(language) for name, words in GRADIO_LACKS.items()}
                for language, lang in HTML_LANG.items()
            }
        ),
    }


def _header(language: Language, log_out: bool) -> str:
    other = Language.EN if language is Language.ZH else Language.ZH
    leave = f"<a class='tool' href='/logout'>{plain(LOG_OUT.of(language))}</a>" if log_out else ""
    return (
        f"<a class='skip' href='#question' data-to='question'>{plain(SKIP.of(language))}</a>"
        f"<header class='bar'><h1 class='brand'>Attaché"
        f"<span class='tagline'>{plain(TAGLINE.of(language))}</span></h1>"
        f"<div class='tools'>"
        f"<button type='button' class='tool' data-act='theme' "
        f"title='{plain(THEME.of(language))}' aria-label='{plain(THEME.of(language))}'>"
        f"<span class='sun' aria-hidden='true'>☀</span>"
        f"<span class='moon' aria-hidden='true'>☾</span></button>"
        f"<a class='tool language' href='../{other.value}/' lang='{HTML_LANG[other]}' "
        f"title='{plain(READ_IN_OTHER.of(language))}'>{plain(OTHER_LANGUAGE.of(language))}</a>{leave}"
        f"</div></header>"
    )
