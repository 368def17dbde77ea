"""Figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table

from eval.beir import BeirFigures
from eval.compare import Changed, Comparison, told
from eval.figures import (
    ANSWERS,
    Figures,
    Latency,
    by_lang,
    by_split,
    by_type,
    fault_counts,
    figures,
)
from eval.ranking import RANKING
from eval.run import Outcome
from eval.scores import Measure
from eval.sweep import Row

_OF_TYPES = (
    Measure.NDCG_10,
    Measure.RECALL_5,
    Measure.CITATION_RECALL,
    Measure.CITATION_PRECISION,
    Measure.VALUE_RECALL,
    Measure.VALUE_PRECISION,
    Measure.ANSWERABLE_REFUSED,
)
_OF_SWEEPS = (
    Measure.NDCG_10,
    Measure.RECALL_5,
    Measure.CITATION_PRECISION,
    Measure.VALUE_RECALL,
    Measure.ABSTENTION_RECALL,
    Measure.ANSWERABLE_REFUSED,
)
_SHORT = {
    Measure.CITATION_RECALL: "cit. R",
    Measure.CITATION_PRECISION: "cit. P",
    Measure.VALUE_RECALL: "val. R",
    Measure.VALUE_PRECISION: "val. P",
    Measure.ABSTENTION_RECALL: "abst. R",
    Measure.ANSWERABLE_REFUSED: "refused",
}


def measures_table(outcomes: Sequence[Outcome]) -> Table:
    """Lay out all measures: over all questions, by language, and by part."""
    groups: dict[str, Sequence[Outcome]] = {"all": outcomes, **by_lang(outcomes)}
    halves = by_split(outcomes)
    if len(halves) > 1:
        groups |= halves
    found = {name: figures(members) for name, members in groups.items()}
    table = _table("measure", [f"{name}\n{each.questions}" for name, each in found.items()])
    for measure in (*RANKING, *ANSWERS):
        figures_of = (_figure(each.measures[measure]) for each in found.values())
        table.add_row(measure.value, *figures_of)
    exact = (f"{each.quotes_exact}/{each.quotes}" for each in found.values())
    table.add_row(Measure.QUOTES_EXACT.value, *exact)
    return table


def types_table(outcomes: Sequence[Outcome]) -> Table:
    """Lay out the measures of each type of question."""
    table = _table("type", ["questions", *map(_name, _OF_TYPES)])
    for name, members in by_type(outcomes).items():
        table.add_row(name, str(len(members)), *_cells(figures(members), _OF_TYPES))
    return table


def faults_line(outcomes: Sequence[Outcome], times: Latency) -> str:
    """Say what went wrong how often, and how long answers took."""
    counts = fault_counts(outcomes)
    wrong = ", ".join(f"{count} {fault.value}" for fault, count in counts.items() if count)
    return (
        f"{wrong or 'nothing went wrong'}; an answer took {times.p50:.0f} ms (p50), "
        f"{times.p95:.0f} ms (p95)"
    )


def beir_table(found: BeirFigures) -> Table:
    """Lay out the modes of a data set side by side."""
    title = f"{found.dataset}: {found.queries} queries, {found.documents} documents"
    table = _table("mode", ["nDCG@10", "R@10", "RR@10", "p50 ms", "p95 ms"], title)
    for mode, each in found.modes.items():
        scores = map(_figure, (each.ndcg, each.recall, each.reciprocal_rank))
        table.add_row(mode, *scores, f"{each.p50_ms:.1f}", f"{each.p95_ms:.1f}")
    return table


def sweep_table(rows: Sequence[Row]) -> Table:
    """Lay out quality and cost of each setting."""
    settings = ["chunk", "fusion", "mode", "k"]
    costs = ["chunks", "length", "build s", "index MB", "p50 ms", "p95 ms"]
    table = _table("encoder", [*settings, *map(_name, _OF_SWEEPS), *costs])
    for row in rows:
        built = row.built
        table.add_row(
            Path(built.encoder).name,
            str(built.chunk_target),
            row.fusion,
            row.mode.value,
            str(row.k),
            *_cells(row.figures, _OF_SWEEPS),
            str(built.chunks),
            f"{built.chunk_length:.0f}",
            f"{built.build_seconds:.1f}",
            f"{built.index_bytes / 1e6:.1f}",
            f"{row.latency.p50:.0f}",
            f"{row.latency.p95:.0f}",
        )
    return table


def comparison_table(comparison: Comparison) -> Table:
    """Lay out the differences of two runs, with what chance would make of them."""
    title = f"{comparison.before} → {comparison.after}, {comparison.questions} questions"
    columns = [comparison.before, comparison.after, "change", "95 % interval", "p"]
    table = _table("measure", columns, title)
    for each in comparison.differences:
        table.add_row(
            each.measure.value,
            _figure(each.before),
            _figure(each.after),
            f"{each.change:+.3f}",
            f"{each.low:+.3f} to {each.high:+.3f}",
            f"{each.p:.3f}",
        )
    return table


def changes_text(comparison: Comparison) -> str:
    """List the questions won, lost, and both, each with the two answers."""
    parts: Mapping[str, Sequence[Changed]] = {
        "won": comparison.won,
        "lost": comparison.lost,
        "better and worse": comparison.mixed,
    }
    lines = []
    for name, changed in parts.items():
        lines.append(f"{name}: {len(changed)}")
        for each in changed:
            lines.append(f"  {each.before.question.id}  {each.before.question.text}")
            if each.better:
                lines.append(f"      better: {', '.join(each.better)}")
            if each.worse:
                lines.append(f"      worse:  {', '.join(each.worse)}")
            lines.append(f"      before: {_short(told(each.before))}")
            lines.append(f"      after:  {_short(told(each.after))}")
    return "\n".join(lines)


def _table(first: str, columns: Sequence[str], title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", overflow="fold")
    return table


def _cells(found: Figures, measures: Sequence[Measure]) -> list[str]:
    return [_figure(found.measures[measure]) for measure in measures]


def _name(measure: Measure) -> str:
    return _SHORT.get(measure, measure.value)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
