"""A run as a page: one file that asks for nothing, with figures, charts and every question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.web.escape import plain
from assistant.web.words import Words
from corpus.errors import AttacheError
from eval.fragments import Fragments
from eval.page_assets import PAGE_STYLE, SCRIPT, STYLE
from eval.run import Outcome, Settings
from eval.runs import Basis

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def write_page(file: Path, outcomes: Sequence[Outcome], settings: Settings, basis: Basis) -> None:
    """Write the page of a run; ``AttacheError`` when the file cannot be written."""
    text = page(outcomes, settings, basis)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AttacheError(
            f"cannot write the page {file} ({error.strerror}); "
            "expected a file that may be written; name another with --html"
        ) from error


def page(outcomes: Sequence[Outcome], settings: Settings, basis: Basis) -> str:
    """Make the page of a run."""
    told = (
        f"{len(outcomes)} 題 questions · {basis.reports} 份報告 reports · {basis.chunks} chunks · "
        f"{settings.mode.value} · k {settings.k} · {settings.split or 'all'} · "
        f"encoder {basis.encoder_id} · corpus {basis.corpus_sha256[:12]}"
    )
    write = Fragments()

    def heading(words: Words) -> str:
        return f"<h2>{write.said(words)}</h2>"

    return (
        '<!DOCTYPE html>\n<html lang="zh-Hant"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Attaché 評測 Evaluation</title><style>{PAGE_STYLE}{STYLE}</style></head>"
        f"<body class='evaluation'><h1>Attaché {write.said(Words('評測', 'Evaluation'))}</h1>"
        f"<p class='basis'>{plain(told)}</p>"
        f"{heading(Words('指標', 'Measures'))}{write.figures(outcomes)}"
        f"{heading(Words('圖表', 'Charts'))}{write.charts(outcomes)}"
        f"{heading(Words('各題', 'Questions'))}{write.filters(outcomes)}{write.questions(outcomes)}"
        f"<script>{SCRIPT}filterQuestions(document);</script></body></html>\n"
    )
