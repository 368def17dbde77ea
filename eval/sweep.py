"""Several encoders, sizes of chunks and settings over the same reports: quality beside cost."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product
from pathlib import Path
from typing import Any

from corpus.chunker import TARGET
from corpus.errors import AttacheError
from eval.dataset import Labelled, QuestionSet, Split, locate, of_split, require_golds
from eval.figures import Figures, Latency, figures, latency, latency_json
from eval.run import Outcome, Settings, run
from index.encoder import load_encoder
from index.fusion import WEIGHTS, Weights
from index.retriever import Index, open_index
from index.store import live
from index.types import Encoder, Mode
from index.update import update

BUNDLED = "bundled"
"""Names the encoder that ships with the program."""
USUAL = "usual"
"""Names the fusion that is used unless told otherwise."""

Progress = Callable[[str, int, int], None]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fusion:
    """A choice of the fusion's weights, and how it was written."""

    name: str
    weights: Weights


@dataclass(frozen=True, slots=True)
class Plan:
    """What is swept: each choice of one kind with every choice of the others."""

    encoders: tuple[str, ...] = (BUNDLED,)
    chunks: tuple[int, ...] = (TARGET,)
    """Characters that a chunk aims at."""
    fusions: tuple[Fusion, ...] = (Fusion(USUAL, WEIGHTS),)
    modes: tuple[Mode, ...] = (Mode.HYBRID,)
    ks: tuple[int, ...] = (8,)
    split: Split | None = None
    allow_missing_golds: bool = False

    @property
    def rows(self) -> int:
        """How many ways there are."""
        kinds = (self.encoders, self.chunks, self.fusions, self.modes, self.ks)
        return math.prod(len(choices) for choices in kinds)


@dataclass(frozen=True, slots=True)
class Built:
    """An index of the sweep, and what it cost to build."""

    encoder: str
    chunk_target: int
    chunks: int
    chunk_length: float
    """Mean number of characters."""
    build_seconds: float
    index_bytes: int


@dataclass(frozen=True, slots=True)
class Row:
    """One way of doing it: what it reaches, and what an answer costs."""

    built: Built
    fusion: str
    mode: Mode
    k: int
    figures: Figures
    latency: Latency

    def as_json(self) -> Json:
        """Shape a row for ``attache eval sweep --json``."""
        return {
            "encoder": self.built.encoder,
            "chunk": self.built.chunk_target,
            "fusion": self.fusion,
            "mode": self.mode.value,
            "k": self.k,
            **self.figures.as_json(),
            "chunks": self.built.chunks,
            "chunk_length": round(self.built.chunk_length, 1),
            "build_seconds": round(self.built.build_seconds, 2),
            "index_bytes": self.built.index_bytes,
            "latency_ms": latency_json(self.latency),
        }


def read_fusion(written: str) -> Fusion:
    """Read ``usual`` or ``NAME=VALUE,…``; what is not named stays as usual.

    ``AttacheError`` for a name that is no weight, or a value that is none.
    """
    names = [field.name for field in fields(Weights)]
    chosen: dict[str, float] = {}
    for part in [] if written == USUAL else written.split(","):
        name, _, value = part.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        name = name.strip()
        # names are scored as translations are, by a share of their weight, which may not be 0
        is_weight = 0 <= number < math.inf and not (name == "translation" and number == 0)
        if name not in names or name in chosen or not is_weight:
            raise AttacheError(
                f"--fusion is {written!r}: found {part!r}; expected {USUAL!r}, or NAME=VALUE with "
                f"commas between them, each of {', '.join(names)} once, 0 or more (translation: "
                "more than 0)"
            )
        chosen[name] = number
    return Fusion(written, replace(WEIGHTS, **chosen))


def sweep(
    plan: Plan,
    questions: Sequence[Labelled],
    reports: Sequence[Path],
    folder: Path,
    progress: Progress,
) -> Iterator[Row]:
    """Build an index for each encoder and size below a folder, and run the questions over it.

    The time to build is that of reading, loading the encoder, encoding and writing.
    ``AttacheError`` before anything is built when an encoder cannot be loaded.
    """
    of_split(questions, plan.split)
    for name in plan.encoders:
        _load(name)
    builds = list(product(plan.encoders, plan.chunks))
    for number, (name, chunk_target) in enumerate(builds):
        stage = f"{number + 1}/{len(builds)} {Path(name).name}, chunk {chunk_target}"

        def told(what: str, done: int, total: int, stage: str = stage) -> None:
            progress(f"{stage}: {what}", done, total)

        home, encoder = folder / str(number), _load(name)
        built = _build(name, chunk_target, reports, home, told)
        for fusion in plan.fusions:
            opened = open_index(home, encoder, weights=fusion.weights)
            located = _located(questions, opened, plan)
            for k in plan.ks:
                settings = Settings(k=k, split=plan.split)
                asked = _asked(located, opened, settings, f"{fusion.name}, k {k}", told)
                for mode in plan.modes:
                    found = figures([_as_ranked_by(mode, outcome) for outcome in asked])
                    yield Row(built, fusion.name, mode, k, found, latency(asked))


def cautions(rows: Sequence[Row]) -> tuple[str, ...]:
    """Say what of these rows cannot be set side by side."""
    told = []
    if len({row.built.chunk_target for row in rows}) > 1:
        told.append(
            "Chunks of several sizes: a longer passage touches a gold more easily and takes longer "
            "to read, so the ranking measures favour large chunks; see the mean length."
        )
    if any(
        (row.built.encoder, row.built.chunk_target, row.fusion) != (BUNDLED, TARGET, USUAL)
        for row in rows
    ):
        told.append(
            f"The weights that judge evidence were fitted with the bundled encoder, chunks of "
            f"{TARGET} and the usual fusion: citations, values and refusals favour these."
        )
    if len({row.mode for row in rows}) > 1:
        told.append(
            "A mode is that of the ranking alone: answers are made the same way in all of them, "
            "and their figures and times are the same."
        )
    return tuple(told)


def _load(name: str) -> Encoder:
    return load_encoder(None if name == BUNDLED else name)


def _build(
    encoder: str, chunk_target: int, reports: Sequence[Path], home: Path, progress: Progress
) -> Built:
    started = time.perf_counter()
    update(reports, home, None if encoder == BUNDLED else encoder, progress, chunk_target)
    seconds = time.perf_counter() - started
    chunks = open_index(home).chunks
    return Built(
        encoder,
        chunk_target,
        len(chunks),
        sum(chunk.end - chunk.start for chunk in chunks) / len(chunks),
        seconds,
        sum(file.stat().st_size for file in live(home).folder.iterdir()),
    )


def _located(questions: Sequence[Labelled], opened: Index, plan: Plan) -> QuestionSet:
    located = locate(questions, opened.reports)
    if not plan.allow_missing_golds:
        require_golds(located)
    return located


def _asked(
    questions: QuestionSet, opened: Index, settings: Settings, stage: str, progress: Progress
) -> list[Outcome]:
    total = len(of_split(questions.questions, settings.split))
    asked: list[Outcome] = []
    for outcome in run(questions, opened, settings):
        asked.append(outcome)
        progress(f"asking, {stage}", len(asked), total)
    return asked


def _as_ranked_by(mode: Mode, outcome: Outcome) -> Outcome:
    """Judge the ranking of another mode; the answer is the same."""
    return replace(outcome, scores={**outcome.scores, **outcome.by_mode[mode]})
