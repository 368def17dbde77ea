"""Charts as SVG, told apart by shape, hatching and lightness, so that they read in grey."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from corpus.errors import AttacheError
from eval.figures import (
    Figures,
    by_lang,
    by_type,
    calibration,
    fault_counts,
    figures,
    latency,
    mode_measures,
)
from eval.ranking import RANKING
from eval.run import Outcome
from eval.scores import Measure
from index.types import Mode

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Lightness falls from one to the next, so that they differ without their colour.
_FILLS = ("#12355b", "#4f8fc0", "#d3e4f1", "#8c8c8c", "#e8e8e8")
_HATCHES = ("", "///", "...", "xx", "--")
_MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
_WIDTH = 4.6
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.0,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
}
_OF_LANGUAGES = (
    Measure.NDCG_10,
    Measure.RECALL_5,
    Measure.VALUE_RECALL,
    Measure.VALUE_PRECISION,
    Measure.CITATION_RECALL,
    Measure.CITATION_PRECISION,
    Measure.ABSTENTION_RECALL,
    Measure.ANSWERABLE_REFUSED,
)
_OF_TYPES = (
    Measure.NDCG_10,
    Measure.CITATION_RECALL,
    Measure.CITATION_PRECISION,
    Measure.VALUE_RECALL,
)


def modes_chart(outcomes: Sequence[Outcome]) -> str:
    """Draw the ranking measures of each mode as bars side by side."""
    found = {mode.value: mode_measures(outcomes, mode) for mode in Mode}

    def draw(axes: Axes) -> None:
        width = 0.8 / len(found)
        for at, (mode, measures) in enumerate(found.items()):
            places = [
                number + (at - (len(found) - 1) / 2) * width for number in range(len(RANKING))
            ]
            heights = [measures[measure] or 0.0 for measure in RANKING]
            axes.bar(
                places,
                heights,
                width,
                label=mode,
                color=_FILLS[at],
                hatch=_HATCHES[at],
                edgecolor="#12355b",
                linewidth=0.6,
            )
            for place, height in zip(places, heights, strict=True):
                label = f"{height:.2f}".lstrip("0")
                axes.text(place, height + 0.015, label, ha="center", va="bottom", fontsize=6.5)
        axes.set_xticks(range(len(RANKING)), [measure.value for measure in RANKING])
        axes.set_ylim(0, 1.08)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)

    return _svg("modes", "Ranking measures of each mode", 3.2, draw)


def languages_chart(outcomes: Sequence[Outcome]) -> str:
    """Draw the measures of each language: a row a measure, a mark a language."""
    found = {name: figures(members) for name, members in by_lang(outcomes).items()}
    rows = {
        measure.value: {name: each.measures[measure] for name, each in found.items()}
        for measure in _OF_LANGUAGES
    }
    return _rows("languages", "Measures by language", rows, tuple(found))


def types_chart(outcomes: Sequence[Outcome]) -> str:
    """Draw the measures of each type of question: a row a type, a mark a measure."""
    rows = {
        f"{name} ({each.questions})": {m.value: each.measures[m] for m in _OF_TYPES}
        for name, each in _by_type_worst_last(outcomes).items()
    }
    return _rows("types", "Measures by type of question", rows, tuple(m.value for m in _OF_TYPES))


def calibration_chart(outcomes: Sequence[Outcome]) -> str:
    """Draw what share of the answers is right against the confidence that was claimed."""
    fit = calibration(outcomes)

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color="#8c8c8c", linestyle="--", linewidth=1)
        xs = [each.confidence for each in fit.bins]
        ys = [each.right for each in fit.bins]
        axes.plot(xs, ys, color="#12355b", marker="o", markersize=5, linewidth=1.2)
        for each in fit.bins:
            below = each.right > 0.9
            axes.annotate(
                str(each.questions),
                (each.confidence, each.right),
                textcoords="offset points",
                xytext=(0, -12 if below else 7),
                ha="center",
                fontsize=8,
            )
        axes.set_xlim(0, 1.02)
        axes.set_ylim(-0.02, 1.05)
        axes.set_xlabel("confidence")
        axes.set_ylabel("share right")
        axes.set_title(f"error {fit.error:.3f}   Brier {fit.brier:.3f}")

    return _svg("calibration", "Confidence against the share that is right", 3.4, draw)


def latency_chart(outcomes: Sequence[Outcome]) -> str:
    """Draw what share of the questions was answered within a time."""
    times = sorted(outcome.took_ms for outcome in outcomes)
    marks = latency(outcomes)

    def draw(axes: Axes) -> None:
        share = [(number + 1) / len(times) for number in range(len(times))]
        axes.step([0.0, *times], [0.0, *share], where="post", color="#12355b", linewidth=1.4)
        for name, at, style in (("p50", marks.p50, "--"), ("p95", marks.p95, ":")):
            axes.axvline(at, color="#5a5a5a", linestyle=style, linewidth=1.2)
            axes.text(at, 0.03, f" {name} {at:.0f} ms", fontsize=8, rotation=90, va="bottom")
        axes.set_xlim(left=0)
        axes.set_ylim(0, 1.02)
        axes.set_xlabel("ms")
        axes.set_ylabel("share of questions")

    return _svg("latency", "Share of questions answered within a time", 3.4, draw)


def faults_chart(outcomes: Sequence[Outcome]) -> str:
    """Draw how often each thing went wrong."""
    counts = fault_counts(outcomes)

    def draw(axes: Axes) -> None:
        names = [fault.value for fault in counts]
        bars = axes.barh(names, list(counts.values()), color=_FILLS[1], edgecolor="#12355b")
        axes.bar_label(bars, padding=3, fontsize=8)
        axes.invert_yaxis()
        axes.set_xlabel("questions")
        axes.margins(x=0.12)

    return _svg("faults", "How often each thing went wrong", 2.6, draw)


def _by_type_worst_last(outcomes: Sequence[Outcome]) -> Mapping[str, Figures]:
    found = {name: figures(members) for name, members in by_type(outcomes).items()}
    order = sorted(found, key=lambda name: (-(found[name].measures[Measure.NDCG_10] or 0.0), name))
    return {name: found[name] for name in order}


def _rows(
    name: str,
    title: str,
    rows: Mapping[str, Mapping[str, float | None]],
    marks: Sequence[str],
) -> str:
    """Draw a row a key on a scale from 0 to 1, with a mark for each of its figures."""

    def draw(axes: Axes) -> None:
        for at, mark in enumerate(marks):
            points = [
                (value, row)
                for row, values in enumerate(rows.values())
                if (value := values[mark]) is not None
            ]
            axes.plot(
                [value for value, _ in points],
                [row + (at - (len(marks) - 1) / 2) * 0.16 for _, row in points],
                linestyle="",
                marker=_MARKS[at % len(_MARKS)],
                markersize=6,
                color=_FILLS[at % len(_FILLS)],
                markeredgecolor="#12355b",
                markeredgewidth=0.8,
                label=mark,
            )
        for row in range(len(rows) - 1):
            axes.axhline(row + 0.5, color="#e3e3e3", linewidth=0.6, zorder=0)
        axes.set_yticks(range(len(rows)), list(rows))
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(-0.03, 1.03)
        axes.grid(axis="x", color="#e3e3e3", linewidth=0.6)
        axes.legend(
            loc="lower center", bbox_to_anchor=(0.35, 1.0), ncols=min(len(marks), 2), fontsize=8
        )

    return _svg(name, title, 1.0 + 0.34 * len(rows), draw)


def _svg(name: str, title: str, height: float, draw: Callable[[Axes], None]) -> str:
    """Draw a figure and give it as an element to stand in a page; ids begin with its name."""
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise AttacheError(
            f"charts need a library that is missing ({error.name}); "
            "install it with: pip install 'attache[eval]'"
        ) from error
    written = StringIO()
    with rc_context({**_STYLE, "svg.hashsalt": name}), warnings.catch_warnings():
        # The browser has glyphs that the font in which the text is measured lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        draw(figure.add_subplot())
        figure.savefig(written, format="svg", metadata={"Date": None}, transparent=True)
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'(url\(|href=")#', rf"\g<1>#{name}-", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
