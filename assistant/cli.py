"""The command line. Imports of weight are made inside the commands: ``--help`` answers at once."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import AttacheError
from corpus.types import Role

if TYPE_CHECKING:
    from index.retriever import Index
    from index.update import Summary

ANSWERED, NOTHING_FOUND, BAD_INPUT, INTERNAL_FAULT = 0, 1, 2, 3

app = typer.Typer(
    name="attache",
    help="Ask questions of meeting and trip reports: answers with the passages that prove them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

IndexDir = Annotated[
    Path | None,
    typer.Option("--index", metavar="DIR", help="Index to use; without it, the sample reports."),
]
EncoderName = Annotated[
    str | None,
    typer.Option(
        metavar="NAME_OR_PATH",
        help="A sentence-transformers model instead of the bundled encoder.",
    ),
]
RerankerName = Annotated[
    str | None,
    typer.Option(
        metavar="NAME_OR_PATH",
        help="A sentence-transformers CrossEncoder that judges the first hits again.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Since = Annotated[str | None, typer.Option(metavar="YEAR[-MM]", help="Events from then on.")]
Until = Annotated[str | None, typer.Option(metavar="YEAR[-MM]", help="Events up to then.")]
Group = Annotated[list[str] | None, typer.Option(help="Meeting group, such as BMG.")]
Agency = Annotated[list[str] | None, typer.Option(help="Agency that wrote the report.")]
EconomyName = Annotated[
    list[str] | None, typer.Option("--economy", help="Economy that the passage names.")
]
RoleName = Annotated[
    list[Role] | None, typer.Option("--role", help="Role of the section the passage stands in.")
]


@app.command("index")
def index_command(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Reports, or folders.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the index.")] = Path(
        "build/index"
    ),
    encoder: EncoderName = None,
    chunk: Annotated[
        int | None,
        typer.Option(
            min=50,
            metavar="CHARACTERS",
            help="What a chunk aims at: 400, or as the index has it. See attache eval sweep.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Build an index of reports, or bring it up to date: only what changed is read."""
    from index.update import update

    started = time.perf_counter()
    with _progress() as progress:
        summary = update(paths, out, encoder, progress, chunk)
    _print_summary(summary, out, time.perf_counter() - started)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="In Chinese or English.")],
    index: IndexDir = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Citations at most.")] = 8,
    since: Since = None,
    until: Until = None,
    group: Group = None,
    agency: Agency = None,
    economy: EconomyName = None,
    role: RoleName = None,
    encoder: EncoderName = None,
    reranker: RerankerName = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with citations, or say that the reports do not tell."""
    _require(question, "question")
    from assistant.assistant import Assistant
    from assistant.filters import read_filters
    from assistant.render import answer_json, answer_text

    filters = read_filters(since, until, group, agency, economy, role, mark="--")
    answer = Assistant(_open(index, encoder, reranker)).ask(question, filters, k)
    _print_json(answer_json(answer)) if as_json else typer.echo(answer_text(answer))
    raise typer.Exit(NOTHING_FOUND if answer.abstained else ANSWERED)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for, in Chinese or English.")],
    index: IndexDir = None,
    mode: Annotated[str, typer.Option(metavar="hybrid|lexical|dense")] = "hybrid",
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="Hits at most.")] = 10,
    since: Since = None,
    until: Until = None,
    group: Group = None,
    agency: Agency = None,
    economy: EconomyName = None,
    role: RoleName = None,
    encoder: EncoderName = None,
    reranker: RerankerName = None,
    as_json: AsJson = False,
) -> None:
    """Rank the passages for a query, without making an answer of them."""
    _require(query, "query")
    from assistant.filters import read_filters
    from assistant.render import hits_json, hits_text
    from index.types import Mode

    if mode not in tuple(Mode):
        raise AttacheError(f"--mode is {mode!r}; expected one of {', '.join(Mode)}.")
    filters = read_filters(since, until, group, agency, economy, role, mark="--")
    opened = _open(index, encoder, reranker)
    started = time.perf_counter()
    hits = opened.search(query, Mode(mode), k, filters)
    took_ms = (time.perf_counter() - started) * 1000
    found = [(hit, opened.report(hit.chunk.report_id)) for hit in hits]
    if as_json:
        _print_json(hits_json(query, Mode(mode), found, took_ms))
    else:
        typer.echo(hits_text(found))
    raise typer.Exit(ANSWERED if hits else NOTHING_FOUND)


@app.command()
def reports(
    report: Annotated[
        str | None, typer.Argument(help="Id or file name of one report, to show its outline.")
    ] = None,
    index: IndexDir = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the report out of the index; its file stays.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the reports of an index, show the outline of one, or take one out."""
    from assistant.render import outline_text, report_json, reports_text
    from assistant.samples import index_path

    path = index_path(index)
    opened = _open(path)
    counts = Counter(chunk.report_id for chunk in opened.chunks)
    if report is None:
        if remove:
            raise AttacheError("--remove needs the id or the file name of a report.")
        listed = [report_json(r, counts[r.id]) for r in opened.reports]
        _print_json({"reports": listed}) if as_json else typer.echo(reports_text(opened.reports))
        return
    chosen = [r for r in opened.reports if report in (r.id, r.source)]
    if not chosen:
        raise AttacheError(
            f"No report {report!r} in {path}; 'attache reports' lists the {len(opened.reports)} "
            "that are there."
        )
    if remove:
        from index.update import remove_reports

        remove_reports([r.id for r in chosen], path)
        typer.echo(f"Taken out of {path}: {report}. Index its file again to bring it back.")
    elif as_json:
        _print_json({"reports": [report_json(r, counts[r.id]) for r in chosen]})
    else:
        typer.echo("\n\n".join(outline_text(r) for r in chosen))


@app.command()
def brief(
    topics: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC]...", help="Topics, or questions.")
    ] = None,
    out: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Written as its name ends: .odt .docx .pdf .md .html."),
    ] = Path("briefing.odt"),
    topic_file: Annotated[
        Path | None,
        typer.Option("--topics", metavar="FILE", help="A saved list: one topic a line."),
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The meeting to prepare, such as 'BMG, SOM 3 2023'; without topics, they are "
            "proposed from the earlier reports of its group.",
        ),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="YEAR-MM-DD", help="Date of the meeting, and on the cover."),
    ] = None,
    propose_only: Annotated[
        bool, typer.Option("--propose", help="Print the proposed topics, one a line, and stop.")
    ] = False,
    lang: Annotated[
        str | None, typer.Option(metavar="zh|en", help="Language of the document, not of quotes.")
    ] = None,
    title: Annotated[str, typer.Option(help="Title on the cover.")] = "",
    index: IndexDir = None,
    since: Since = None,
    until: Until = None,
    group: Group = None,
    agency: Agency = None,
    economy: EconomyName = None,
    role: RoleName = None,
    encoder: EncoderName = None,
) -> None:
    """Write a briefing: what was said on each topic and by whom, what was promised, with sources."""
    # The matrices are small: threads for one question only take the cores from others.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from assistant.assistant import Assistant
    from assistant.briefing.compose import compose
    from assistant.briefing.prepare import Request, prepare
    from assistant.briefing.propose import meeting_of, propose, read_topics
    from assistant.export import check_place, save
    from assistant.filters import read_filters
    from assistant.question import detect_language
    from assistant.types import Language

    if lang is not None and lang not in tuple(Language):
        raise AttacheError(f"--lang is {lang!r}; expected one of {', '.join(Language)}.")
    printed = _day(day) if day else None
    wanted = [*(topics or ()), *(read_topics(topic_file) if topic_file else ())]
    prepared = meeting_of(meeting, group, printed)
    if not wanted and prepared is None:
        raise AttacheError("nothing to prepare; give topics, --topics FILE, --group or --meeting.")
    filters = read_filters(since, until, group, agency, economy, role, mark="--")
    if not propose_only:
        check_place(out)
    opened = _open(index, encoder)
    if propose_only or not wanted:
        if prepared is None:
            raise AttacheError("--propose needs the meeting; give --meeting or --group.")
        proposed = [proposal.topic for proposal in propose(opened, prepared, filters)]
        if propose_only:
            typer.echo("\n".join([*wanted, *proposed]))
            raise typer.Exit(ANSWERED if proposed else NOTHING_FOUND)
        wanted = proposed
    language = Language(lang) if lang else detect_language(" ".join(wanted))
    request = Request(tuple(wanted), language, filters, title, meeting or "", printed)
    with _progress() as progress:
        briefing = prepare(Assistant(opened), request, progress)
    document = compose(briefing)
    save(document, out)
    empty = [topic.topic for topic in briefing.topics if topic.is_empty]
    for topic in empty:
        typer.echo(f"no report tells of {topic!r}", err=True)
    typer.echo(
        f"{out}: {_counted(len(briefing.topics), 'topic')}, {len(document.used())} sources, "
        f"{len(briefing.actions)} follow-up items from {len(briefing.sources)} reports"
    )
    raise typer.Exit(NOTHING_FOUND if len(empty) == len(briefing.topics) else ANSWERED)


_HANDED_OVER = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


@app.command(context_settings=_HANDED_OVER)
def serve(context: typer.Context) -> None:
    """Start the browser page (the same as python app.py)."""
    _hand_over("app", context.args)


@app.command()
def user(
    name: Annotated[str, typer.Argument(help="Who is to log in to the page.")],
    auth: Annotated[
        Path, typer.Option(metavar="FILE", help="File of users, as given to serve --auth.")
    ],
) -> None:
    """Add a user of the page, or change his password; it is asked for, or read from a pipe."""
    from assistant.web.auth import set_password

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    changed = set_password(auth, name, password)
    typer.echo(f"{auth}: {'changed the password of' if changed else 'added'} {name}")


@app.command("eval", context_settings=_HANDED_OVER)
def eval_command(context: typer.Context) -> None:
    """Measure retrieval on data sets (the same as python -m eval)."""
    _hand_over("eval", context.args)


def _hand_over(module: str, arguments: list[str]) -> None:
    """Run a program that stands above this package, which therefore may not import it."""
    import runpy

    sys.argv = [f"attache {'serve' if module == 'app' else module}", *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _require(text: str, what: str) -> None:
    if not text.strip():
        raise AttacheError(f"the {what} is empty; expected words to look for")


def _open(index: Path | None, encoder: str | None = None, reranker: str | None = None) -> Index:
    from assistant.samples import index_path
    from index.encoder import load_encoder
    from index.rerank import CrossEncoderReranker
    from index.retriever import open_index

    loaded = load_encoder(encoder) if encoder is not None else None
    judge = CrossEncoderReranker(reranker) if reranker is not None else None
    return open_index(index_path(index), loaded, judge)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise AttacheError(f"--date is {text!r}; expected a day such as 2023-08-20.") from error


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar a stage on standard error: ``report(stage, done, total)``."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bars:
        stages: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=total)
            bars.update(stages[stage], completed=done, total=total)

        yield report


def _print_summary(summary: Summary, out: Path, seconds: float) -> None:
    for skipped in summary.skipped:
        typer.echo(f"skipped {skipped.name}: {skipped.reason}", err=True)
    if summary.rebuilt:
        typer.echo(f"built anew: {summary.rebuilt}", err=True)
    counts = (
        (len(summary.added), "added"),
        (len(summary.changed), "changed"),
        (len(summary.unchanged), "unchanged"),
        (len(summary.removed), "removed"),
        (len(summary.skipped), "skipped"),
    )
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    typer.echo(
        f"{out}: {summary.reports} reports, {summary.chunks} chunks ({told}; {seconds:.1f} s)"
    )


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def run(application: typer.Typer) -> None:
    """Run a command line; turn errors into one line and the exit status that DESIGN.md gives."""
    try:
        # Not standalone, which would print a usage error on several lines.
        sys.exit(application(standalone_mode=False))
    except AttacheError as error:
        _fail(str(error), BAD_INPUT)
    except BrokenPipeError:
        # The reader of our output left (| head): nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        _fail("stopped; the index is as it was.", 130)
    except Exception as error:
        # The error of a wrong option has no public name in typer; this is what tells it.
        usage = getattr(error, "format_message", None)
        if usage is not None and len(sys.argv) > 1:
            _fail(f"{usage()} See --help.", BAD_INPUT)
        if usage is not None:
            typer.echo(usage())
            sys.exit(BAD_INPUT)
        if os.environ.get("ATTACHE_DEBUG"):
            raise
        _fail(
            f"internal fault: {type(error).__name__}: {error}. "
            "Run again with ATTACHE_DEBUG=1 for the details to report.",
            INTERNAL_FAULT,
        )


def _fail(message: str, status: int) -> None:
    sys.stderr.write("attache: " + " ".join(message.split()) + "\n")
    sys.exit(status)


def main() -> None:
    """Entry point of the ``attache`` command."""
    run(app)
