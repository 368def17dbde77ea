"""The command line of the evaluation. Heavy imports are made inside the commands."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from assistant.cli import AsJson, EncoderName, IndexDir
from corpus.errors import AttacheError
from eval.dataset import QUESTIONS, Split, locate, of_split, read_questions, require_golds
from index.types import Mode

if TYPE_CHECKING:
    from rich.console import RenderableType

app = typer.Typer(
    name="attache eval",
    help="Measure answers and rankings on question sets and data sets, and compare runs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_MODES = "|".join(Mode)
Choice = TypeVar("Choice", bound=StrEnum)

Questions = Annotated[
    Path,
    typer.Option(
        "--questions",
        metavar="FILE",
        help="A question set; without it, the one over the samples.",
        show_default=False,
    ),
]
SplitName = Annotated[
    str, typer.Option("--split", metavar="tune|held-out|all", help="Which part of the questions.")
]
AllowMissing = Annotated[
    bool,
    typer.Option(
        "--allow-missing-golds",
        help="Go on when golds are not in the reports; they count as missed.",
    ),
]


@app.command("run")
def run_command(
    questions: Questions = QUESTIONS,
    index: IndexDir = None,
    mode: Annotated[
        str, typer.Option(metavar=_MODES, help="Whose ranking is judged.")
    ] = Mode.HYBRID.value,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Citations at most.")] = 8,
    split: SplitName = "all",
    save: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the run in this folder.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page with charts and questions.")
    ] = None,
    allow_missing_golds: AllowMissing = False,
    as_json: AsJson = False,
) -> None:
    """Ask every question of a set and score rankings and answers."""
    from assistant.samples import index_path
    from eval.charts import require
    from eval.figures import latency, run_json
    from eval.page import write_page
    from eval.run import Settings, run
    from eval.runs import basis_of
    from eval.runs import save as save_run
    from eval.tables import faults_line, measures_table, types_table
    from index.retriever import open_index

    settings = Settings(mode=_choice(Mode, mode, "--mode"), k=k, split=_split(split))
    asked = read_questions(questions)
    if html is not None:
        require()
    total = len(of_split(asked, settings.split))
    opened = open_index(index_path(index))
    located = locate(asked, opened.reports)
    if not allow_missing_golds:
        require_golds(located)
    outcomes = []
    with progress() as report:
        for outcome in run(located, opened, settings):
            outcomes.append(outcome)
            report("asking", len(outcomes), total)
    if save is not None or html is not None:
        basis = basis_of(opened, questions)
        if save is not None:
            save_run(save, outcomes, settings, basis)
        if html is not None:
            write_page(html, outcomes, settings, basis)
    if as_json:
        _print_json(run_json(outcomes, len(opened.reports)))
        return
    _print(measures_table(outcomes), types_table(outcomes))
    typer.echo(faults_line(outcomes, latency(outcomes)))
    if located.missing:
        typer.echo(f"{len(located.missing)} golds are not in the reports and count as missed")


@app.command("beir")
def beir_command(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Data sets in BEIR form.")
    ],
    mode: Annotated[
        list[str] | None,
        typer.Option(metavar="MODE", help="hybrid, lexical, dense or rrf; several are compared."),
    ] = None,
    limit_docs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only the first N documents.")
    ] = None,
    encoder: EncoderName = None,
    as_json: AsJson = False,
) -> None:
    """Measure retrieval on data sets in BEIR form, modes side by side."""
    from eval.beir import ALL_MODES, evaluate, read_dataset
    from eval.tables import beir_table
    from index.encoder import load_encoder

    modes = tuple(dict.fromkeys(mode or ALL_MODES))
    for each in modes:
        if each not in ALL_MODES:
            raise AttacheError(f"--mode is {each!r}; expected one of {', '.join(ALL_MODES)}.")
    loaded = load_encoder(encoder)
    found = []
    for folder in folders:
        dataset = read_dataset(folder, limit_docs)
        with progress() as report:
            found.append(evaluate(dataset, loaded, modes, report))
    if as_json:
        shaped = [each.as_json() for each in found]
        _print_json(shaped[0] if len(shaped) == 1 else shaped)
    else:
        _print(*map(beir_table, found))


@app.command("compare")
def compare_command(
    runs: Annotated[
        list[Path], typer.Argument(metavar="RUN RUN...", help="Folders that run --save wrote.")
    ],
    as_json: AsJson = False,
) -> None:
    """Compare runs with the first: what is more than chance, and which questions changed."""
    from eval.compare import compare, comparison_json
    from eval.runs import load
    from eval.tables import changes_text, comparison_table

    if len(runs) < 2:
        raise AttacheError("found one run; expected at least two to compare, the first as base.")
    first, *others = [load(folder) for folder in runs]
    compared = [compare(first, other) for other in others]
    if as_json:
        shaped = [comparison_json(each) for each in compared]
        _print_json(shaped[0] if len(shaped) == 1 else shaped)
        return
    for each in compared:
        _print(comparison_table(each))
        if not each.same_corpus:
            typer.echo("The two indexes hold other reports or other chunks.")
        typer.echo(changes_text(each))


@app.command("sweep")
def sweep_command(
    questions: Questions = QUESTIONS,
    reports: Annotated[
        list[Path] | None,
        typer.Option("--reports", metavar="PATH", help="Reports; without it, the samples."),
    ] = None,
    encoder: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME_OR_PATH", help="An encoder, or 'bundled'; several are compared."
        ),
    ] = None,
    chunk: Annotated[
        list[int] | None,
        typer.Option(
            min=50,
            metavar="CHARACTERS",
            help="What a chunk aims at, else 400; several are compared.",
        ),
    ] = None,
    fusion: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE,...",
            help="Weights of the fusion (translation, dense, dense_across, role_prior), or 'usual'; "
            "several are compared.",
        ),
    ] = None,
    mode: Annotated[
        list[str] | None, typer.Option(metavar=_MODES, help="A mode; several are compared.")
    ] = None,
    k: Annotated[
        list[int] | None, typer.Option("-k", min=1, max=100, help="Citations at most; several.")
    ] = None,
    split: SplitName = Split.TUNE.value,
    allow_missing_golds: AllowMissing = False,
    as_json: AsJson = False,
) -> None:
    """Compare encoders, chunks, fusions: quality beside the cost of building and answering.

    Stopped midway (Ctrl+C), it prints the rows that are done.
    """
    from assistant.samples import REPORTS
    from eval.sweep import Plan, Row, cautions, read_fusion, sweep
    from eval.tables import sweep_table

    usual = Plan()
    plan = Plan(
        encoders=tuple(dict.fromkeys(encoder or usual.encoders)),
        chunks=tuple(dict.fromkeys(chunk or usual.chunks)),
        fusions=tuple(dict.fromkeys(map(read_fusion, fusion))) if fusion else usual.fusions,
        modes=tuple(_choice(Mode, each, "--mode") for each in dict.fromkeys(mode or usual.modes)),
        ks=tuple(dict.fromkeys(k or usual.ks)),
        split=_split(split),
        allow_missing_golds=allow_missing_golds,
    )
    asked = read_questions(questions)
    rows: list[Row] = []
    try:
        with tempfile.TemporaryDirectory() as folder, progress() as report:
            for row in sweep(plan, asked, reports or [REPORTS], Path(folder), report):
                rows.append(row)
    finally:
        if rows and as_json:
            shaped = [row.as_json() for row in rows]
            _print_json({"rows": plan.rows, "sweep": shaped, "cautions": cautions(rows)})
        elif rows:
            _print(sweep_table(rows))
            for caution in cautions(rows):
                typer.echo(caution)
        if rows and len(rows) < plan.rows:
            typer.echo(f"{len(rows)} of {plan.rows} rows are done", err=True)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show the bar of the stage at hand on standard error: ``report(stage, done, total)``."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            task = tasks.get(stage)
            if task is None:
                for earlier in tasks.values():
                    bars.update(earlier, visible=False)
                task = tasks[stage] = bars.add_task(stage, total=total)
            bars.update(task, completed=done, total=total)

        yield report


def _split(name: str) -> Split | None:
    if name == "all":
        return None
    if name not in tuple(Split):
        raise AttacheError(f"--split is {name!r}; expected one of {', '.join(Split)}, all.")
    return Split(name)


def _choice(kind: type[Choice], name: str, option: str) -> Choice:
    if name not in tuple(kind):
        raise AttacheError(f"{option} is {name!r}; expected one of {', '.join(kind)}.")
    return kind(name)


def _print(*tables: RenderableType) -> None:
    from rich.console import Console

    console = Console()
    # Where the output is no terminal, its width is not known, and nothing is to be cut.
    wide = console if console.is_terminal else Console(width=160)
    for table in tables:
        wide.print(table)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
