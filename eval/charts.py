"""Charts as SVG, told apart by shape, hatching and lightness, so that they read in grey."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from assistant.types import Language
from assistant.web.words import Words
from corpus.errors import AttacheError
from corpus.script import width
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
from eval.labels import FAULTS, MODES
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
_LONGEST_NAME = 24
_STYLE: dict[Any, Any] = {
    "text.parse_math": False,
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


def modes_chart(outcomes: Sequence[Outcome], language: Language) -> str:
    """Draw the ranking measures of each mode as bars side by side."""
    found = {MODES[mode].of(language): mode_measures(outcomes, mode) for mode in Mode}

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
                label=_roomy(mode),
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

    title = Words("各檢索方式的排序指標", "Ranking measures of each mode")
    return _svg("modes", title.of(language), 3.2, draw)


def languages_chart(outcomes: Sequence[Outcome], language: Language) -> str:
    """Draw the measures of each language: a row a measure, a mark a language."""
    found = {name: figures(members) for name, members in by_lang(outcomes).items()}
    rows = {
        measure.value: {name: each.measures[measure] for name, each in found.items()}
        for measure in _OF_LANGUAGES
    }
    title = Words("各語言的指標", "Measures by language")
    return _rows("languages", title.of(language), rows, tuple(found))


def types_chart(outcomes: Sequence[Outcome], language: Language) -> str:
    """Draw the measures of each type of question: a row a type, a mark a measure."""
    rows = {
        f"{name} ({each.questions})": {m.value: each.measures[m] for m in _OF_TYPES}
        for name, each in _by_type_worst_last(outcomes).items()
    }
    title = Words("各類問題的指標", "Measures by type of question")
    return _rows("types", title.of(language), rows, tuple(m.value for m in _OF_TYPES))


def calibration_chart(outcomes: Sequence[Outcome], language: Language) -> str:
    """Draw what share of the answers is right against the confidence that was claimed.

    The area of a mark is the number of answers that it stands for.
    """
    fit = calibration(outcomes)

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color="#8c8c8c", linestyle="--", linewidth=1)
        areas = [600 * each.questions / len(outcomes) + 12 for each in fit.bins]
        axes.scatter(
            [each.confidence for each in fit.bins],
            [each.right for each in fit.bins],
            s=areas,
            color=_FILLS[1],
            edgecolor="#12355b",
            linewidth=1,
            zorder=2,
        )
        for each, area in zip(fit.bins, areas, strict=True):
            axes.annotate(
                str(each.questions),
                (each.confidence, each.right),
                textcoords="offset points",
                xytext=(0, area**0.5 / 2 + 2),
                ha="center",
                fontsize=8,
            )
        axes.set_xlim(-0.02, 1.06)
        axes.set_ylim(-0.05, 1.15)
        axes.set_xlabel(Words("信心", "confidence").of(language))
        axes.set_ylabel(Words("答對的比例", "share right").of(language))
        error = Words("誤差", "error").of(language)
        axes.set_title(f"{error} {fit.error:.3f}   Brier {fit.brier:.3f}")

    title = Words("信心與答對比例的對照", "Confidence against the share that is right")
    return _svg("calibration", title.of(language), 3.4, draw)


def latency_chart(outcomes: Sequence[Outcome], language: Language) -> str:
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
        axes.set_xlabel(Words("毫秒", "ms").of(language))
        axes.set_ylabel(Words("題目比例", "share of questions").of(language))

    title = Words("在多少時間內答完的題目比例", "Share of questions answered within a time")
    return _svg("latency", title.of(language), 3.4, draw)


def faults_chart(outcomes: Sequence[Outcome], language: Language) -> str:
    """Draw how often each thing went wrong."""
    counts = fault_counts(outcomes)

    def draw(axes: Axes) -> None:
        names = [_roomy(FAULTS[fault].of(language)) for fault in counts]
        bars = axes.barh(names, list(counts.values()), color=_FILLS[1], edgecolor="#12355b")
        axes.bar_label(bars, padding=3, fontsize=8)
        axes.invert_yaxis()
        axes.set_xlabel(Words("題數", "questions").of(language))
        axes.margins(x=0.12)

    title = Words("各種錯誤的次數", "How often each thing went wrong")
    return _svg("faults", title.of(language), 2.6, draw)


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
                label=_roomy(mark),
            )
        for row in range(len(rows) - 1):
            axes.axhline(row + 0.5, color="#e3e3e3", linewidth=0.6, zorder=0)
        axes.set_yticks(range(len(rows)), [_roomy(name) for name in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(-0.03, 1.03)
        axes.grid(axis="x", color="#e3e3e3", linewidth=0.6)
        axes.legend(
            loc="lower center",
            bbox_to_anchor=(0.35, 1.0),
            ncols=2 if max(map(len, marks)) > 10 else min(len(marks), 4),
            fontsize=8,
        )

    return _svg(name, title, 1.0 + 0.34 * len(rows), draw)


def _roomy(text: str) -> str:
    """Shorten a name, and make room for its Chinese characters.

    They are not in the font in which text is measured, and count there for .6 of what they are
    wide; the blanks before the name, which the browser drops, make up for the rest.
    """
    short = text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"
    return " " * round(1.3 * (width(short) - len(short))) + short


def require() -> None:
    """Raise ``AttacheError`` where charts cannot be drawn."""
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise AttacheError(
            f"charts need a library that is missing ({error.name}); "
            "install it with: pip install 'attache[eval]'"
        ) from error


def _svg(name: str, title: str, height: float, draw: Callable[[Axes], None]) -> str:
    """Draw a figure and give it as an element to stand in a page; ids begin with its name."""
    require()
    from matplotlib import rc_context
    from matplotlib.figure import Figure

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
