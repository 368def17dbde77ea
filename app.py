"""The browser app: ``python app.py`` opens the page on the sample reports."""

from __future__ import annotations

import os
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
    port: Annotated[int, typer.Option(min=1, max=65535)] = 7860,
) -> None:
    """Start the page and say where it is."""
    # Gradio and the hub client read these once, when they are imported, and would otherwise look
    # hosts up on a network that is closed.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"

    from assistant.samples import index_path
    from assistant.web.site import Site
    from index.encoder import load_encoder

    loaded = load_encoder(encoder) if encoder is not None else None
    folder = index_path(index)
    site = Site(folder, folder / "state", loaded)

    from assistant.web.page import launch

    launch(site, host, port)


if __name__ == "__main__":
    run(app)
