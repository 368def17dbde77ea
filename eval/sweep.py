"""Several encoders and settings over the same reports: quality beside what it costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.dataset import Labelled, Split, locate, require_golds
from eval.figures import Figures, Latency, figures, latency, latency_json
from eval.run import Outcome, Settings, run
from index.retriever import Index, open_index
from index.store import live
from index.types import Mode
from index.update import update

BUNDLED = "bundled"
"""Names the encoder that ships with the program."""

Progress = Callable[[str, int, int], None]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is swept: every encoder with every mode and every number of citations."""

    encoders: tuple[str, ...] = (BUNDLED,)
    modes: tuple[Mode, ...] = (Mode.HYBRID,)
    ks: tuple[int, ...] = (8,)
    split: Split | None = None
    allow_missing_golds: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What an encoder's index costs, and an answer from it."""

    build_seconds: float
    index_bytes: int
    latency: Latency


@dataclass(frozen=True, slots=True)
class Row:
    """One way of doing it."""

    encoder: str
    mode: Mode
    k: int
    chunks: int
    figures: Figures
    cost: Cost

    def as_json(self) -> Json:
        """Shape a row for ``attache eval sweep --json``."""
        return {
            "encoder": self.encoder,
            "mode": self.mode.value,
            "k": self.k,
            "chunks": self.chunks,
            **self.figures.as_json(),
            "build_seconds": round(self.cost.build_seconds, 2),
            "index_bytes": self.cost.index_bytes,
            "latency_ms": latency_json(self.cost.latency),
        }


def sweep(
    plan: Plan,
    questions: Sequence[Labelled],
    reports: Sequence[Path],
    folder: Path,
    progress: Progress,
) -> Iterator[Row]:
    """Build an index an encoder below a folder, and run the questions over it in every setting.

    The time to build is that of reading, loading the encoder, encoding and writing.
    """
    for number, encoder in enumerate(plan.encoders):
        name = None if encoder == BUNDLED else encoder
        home = folder / str(number)
        started = time.perf_counter()
        update(reports, home, name, progress)
        build_seconds = time.perf_counter() - started
        opened = open_index(home)
        size = sum(file.stat().st_size for file in live(home).folder.iterdir())
        for k in plan.ks:
            asked = list(_run(plan, questions, opened, Settings(k=k, split=plan.split), progress))
            cost = Cost(build_seconds, size, latency(asked))
            for mode in plan.modes:
                found = figures([_as_ranked_by(mode, outcome) for outcome in asked])
                yield Row(encoder, mode, k, len(opened.chunks), found, cost)


def _as_ranked_by(mode: Mode, outcome: Outcome) -> Outcome:
    """Judge the ranking of another mode; the answer is the same."""
    return replace(outcome, scores={**outcome.scores, **outcome.by_mode[mode]})


def _run(
    plan: Plan,
    questions: Sequence[Labelled],
    opened: Index,
    settings: Settings,
    progress: Progress,
) -> Iterator[Outcome]:
    located = locate(questions, opened.reports)
    if not plan.allow_missing_golds:
        require_golds(located)
    total = sum(plan.split in (None, question.split) for question in questions)
    stage = f"asking, k {settings.k}"
    for done, outcome in enumerate(run(located, opened, settings), start=1):
        progress(stage, done, total)
        yield outcome
