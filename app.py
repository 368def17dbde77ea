"""The browser app: ``python app.py`` opens the page on the sample reports."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import run

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def serve(
    index: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Index to use; without it, the sample reports."),
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(metavar="NAME_OR_PATH", help="The encoder that the index was built with."),
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 7860,
    auth: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Ask for a login; attache user adds names to the file."),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A name that a proxy calls this server by."),
    ] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Serve tools for MCP clients too.")] = False,
    log_questions: Annotated[
        bool, typer.Option("--log-questions", help="Write the questions' text to the log.")
    ] = False,
) -> None:
    """Start the page and say where it is."""
    files = Path(tempfile.mkdtemp(prefix="attache-")).resolve()
    _prepare(files)

    from assistant.samples import STATE, index_path
    from assistant.web import briefing, reports, server
    from assistant.web.site import Site
    from assistant.web.tab import Tab
    from assistant.web.words import Words
    from assistant.web.workers import Workers
    from eval import tab as evaluation
    from index.encoder import load_encoder
    from index.store import live

    try:
        loaded = load_encoder(encoder) if encoder is not None else None
        folder = index_path(index)
        # A large encoder is not loaded more than once.
        alone = live(folder).manifest.contents.encoder_name is not None
        workers = Workers(folder, 0 if alone else None)
        site = Site(folder, folder / STATE, loaded, workers)
        tabs = [
            Tab("briefing", Words("會議資料", "Briefing"), briefing.briefing_tab),
            reports.TAB,
            evaluation.TAB,
        ]
        settings = server.Settings(
            host, port, files / "page", auth, tuple(name or ()), mcp, log_questions
        )
        server.serve(site, tabs, settings, evaluation.feedback(site))
    finally:
        shutil.rmtree(files, ignore_errors=True)


def _prepare(files: Path) -> None:
    """Set what libraries read once, when they are imported."""
    os.environ |= {
        # They would otherwise look hosts up, on a network that is closed.
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
        # Gradio asks matplotlib for its backend with every event; unset, all of it is loaded.
        "MPLBACKEND": "agg",
        # Uploads and downloads lie in a folder that only this user and this run can read.
        "GRADIO_TEMP_DIR": str(files / "page"),
        "GRADIO_EXAMPLES_CACHE": str(files / "page"),
    }
    tempfile.tempdir = str(files)
    # The matrices are small: threads for one question only take the cores from the others.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")


if __name__ == "__main__":
    run(app)
