"""A run kept as a folder, in forms that other tools read, and read again.

    run.trec          TREC run: question, Q0, gold or chunk, rank, score, tag
    qrels.trec        TREC qrels of the golds, so that ``ir_measures qrels.trec run.trec nDCG@10``
                      gives the figures of the run
    chunks.trec       TREC run of the chunks as they were found
    answers.jsonl     a line a question: labels, answer, scores, what went wrong
    figures.json      what ``attache eval run --json`` prints, without the timings
    settings.json     what decides the figures: settings, questions, corpus, encoder
    environment.json  packages and machine
    timings.json      what differs from run to run

The same settings, index, program and machine give the same files, byte for byte, but timings.json.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from corpus.errors import AttacheError
from eval.dataset import Gold, Labelled, Split
from eval.figures import latency, latency_json, quality_json
from eval.ranking import Ranked, gold_id
from eval.run import Cited, Outcome, Settings
from eval.scores import Fault, GoldFound, Measure, Share, ValueGiven, WantedFound
from index.retriever import Index
from index.types import Mode

FORMAT = 1
"""Changes with the layout of the files."""
ANSWERS = "answers.jsonl"
SETTINGS = "settings.json"
TIMINGS = "timings.json"
PACKAGES = (
    "attache",
    "numpy",
    "scipy",
    "faiss-cpu",
    "rank-bm25",
    "tokenizers",
    "safetensors",
    "opencc",
    "ir-measures",
    "pytrec-eval-terrier",
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a run was made of, by digests: runs of one basis can be compared question by question.

    A digest is that of a SHA-256 in hexadecimal digits.
    """

    questions_sha256: str
    """Of the question file."""
    corpus_sha256: str
    """Of the names and digests of the report files, and of the spans of all chunks."""
    encoder_id: str
    reports: int
    chunks: int


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run read from its folder."""

    name: str
    settings: Settings
    basis: Basis
    outcomes: tuple[Outcome, ...]


def basis_of(index: Index, questions: Path) -> Basis:
    """Describe what a run over an index is made of."""
    corpus = sha256()
    for report in index.reports:
        corpus.update(f"{report.source}\t{report.sha256}\n".encode())
    for chunk in index.chunks:
        corpus.update(f"{chunk.id}\n".encode())
    return Basis(
        questions_sha256=sha256(questions.read_bytes()).hexdigest(),
        corpus_sha256=corpus.hexdigest(),
        encoder_id=index.encoder.id,
        reports=len(index.reports),
        chunks=len(index.chunks),
    )


def save(folder: Path, outcomes: Sequence[Outcome], settings: Settings, basis: Basis) -> None:
    """Write a run into a folder; ``AttacheError`` where it holds something else already."""
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / SETTINGS).is_file())
    ):
        raise AttacheError(
            f"{folder} is there already and is no run; expected a new folder, or that of a run, "
            "which is then overwritten"
        )
    files = {
        "run.trec": "".join(_run_lines(outcomes, settings.mode)),
        "qrels.trec": "".join(_qrels_lines(outcomes)),
        "chunks.trec": "".join(_chunk_lines(outcomes, settings.mode)),
        ANSWERS: "".join(f"{json.dumps(_outcome_json(o), ensure_ascii=False)}\n" for o in outcomes),
        "figures.json": _pretty(quality_json(outcomes, basis.reports)),
        SETTINGS: _pretty(_settings_json(settings, basis)),
        "environment.json": _pretty(_environment()),
        TIMINGS: _pretty(
            {
                "latency_ms": latency_json(latency(outcomes)),
                "took_ms": {outcome.question.id: round(outcome.took_ms, 1) for outcome in outcomes},
            }
        ),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise AttacheError(
            f"cannot write the run into {folder} ({error.strerror}); "
            "expected a folder that may be written; name another with --save"
        ) from error


def load(folder: Path) -> KeptRun:
    """Read a run from its folder; ``AttacheError`` when it is none or is damaged."""
    if not (folder / SETTINGS).is_file():
        raise AttacheError(
            f"no run in {folder}: found no {SETTINGS}; "
            "expected a folder that 'attache eval run --save DIR' wrote"
        )
    try:
        kept = json.loads((folder / SETTINGS).read_bytes())
        if kept["format"] != FORMAT:
            raise AttacheError(
                f"the run in {folder} has format {kept['format']!r}; expected {FORMAT}; "
                "make it again with: attache eval run --save DIR"
            )
        took = json.loads((folder / TIMINGS).read_bytes())["took_ms"]
        lines = (folder / ANSWERS).read_text(encoding="utf-8").split("\n")
        outcomes = [_read_outcome(json.loads(line), took) for line in lines if line]
        settings = kept["settings"]
        return KeptRun(
            folder.resolve().name,
            Settings(
                Mode(settings["mode"]),
                settings["k"],
                settings["depth"],
                Split(settings["split"]) if settings["split"] else None,
            ),
            Basis(**kept["basis"]),
            tuple(outcomes),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AttacheError(
            f"the run in {folder} is damaged ({type(error).__name__}: {error}); "
            "make it again with: attache eval run --save DIR"
        ) from error


def _run_lines(outcomes: Iterable[Outcome], mode: Mode) -> Iterable[str]:
    for outcome in outcomes:
        count = len(outcome.ranked)
        for rank, entry in enumerate(outcome.ranked, start=1):
            yield _trec(outcome.question.id, entry.id, rank, count, mode)


def _chunk_lines(outcomes: Iterable[Outcome], mode: Mode) -> Iterable[str]:
    for outcome in outcomes:
        for rank, chunk in enumerate(outcome.chunks, start=1):
            yield _trec(outcome.question.id, chunk, rank, len(outcome.chunks), mode)


def _trec(question: str, entry: str, rank: int, count: int, mode: Mode) -> str:
    """Write a line of a TREC run; the score only says the order, so that no tool meets a tie."""
    return f"{question} Q0 {entry} {rank} {count - rank + 1} attache-{mode.value}\n"


def _qrels_lines(outcomes: Iterable[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        for at in range(len(outcome.golds)):
            yield f"{outcome.question.id} 0 {gold_id(at)} 1\n"


def _settings_json(settings: Settings, basis: Basis) -> Json:
    return {
        "format": FORMAT,
        "settings": {
            "mode": settings.mode.value,
            "k": settings.k,
            "depth": settings.depth,
            "split": settings.split.value if settings.split else None,
        },
        "basis": {
            "questions_sha256": basis.questions_sha256,
            "corpus_sha256": basis.corpus_sha256,
            "encoder_id": basis.encoder_id,
            "reports": basis.reports,
            "chunks": basis.chunks,
        },
    }


def _environment() -> Json:
    return {
        "packages": {name: _version(name) for name in PACKAGES},
        "python": platform.python_version(),
        "machine": {
            "system": platform.system(),
            "release": platform.release(),
            "architecture": platform.machine(),
            "cores": os.cpu_count(),
        },
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _outcome_json(outcome: Outcome) -> Json:
    question = outcome.question
    return {
        "id": question.id,
        "lang": question.lang,
        "type": question.type,
        "question": question.text,
        "answerable": question.answerable,
        "after": question.after,
        "split": question.split.value if question.split else None,
        "query": outcome.query,
        "faults": [fault.value for fault in outcome.faults],
        "golds": [
            {"report": g.source, "quote": g.quote, "rank": g.rank, "cited": g.cited}
            for g in outcome.golds
        ],
        "wanted": [{"writings": list(w.writings), "given": w.given} for w in outcome.wanted],
        "given": [{"text": v.text, "wanted": v.wanted} for v in outcome.values],
        "near_gold": outcome.near_gold,
        "cited": [
            {
                "source": c.source,
                "section_path": list(c.section_path),
                "quote": c.quote,
                "on_gold": c.on_gold,
            }
            for c in outcome.citations
        ],
        "scores": _scores_json(outcome.scores),
        "by_mode": {mode.value: _scores_json(s) for mode, s in outcome.by_mode.items()},
        "ranked": [[entry.id, entry.gold, entry.chunk_rank] for entry in outcome.ranked],
        "chunks": list(outcome.chunks),
        "confidence": outcome.confidence,
        "answer": outcome.answer,
    }


def _scores_json(scores: Mapping[Measure, Share]) -> Json:
    return {measure.value: [share.part, share.whole] for measure, share in scores.items()}


def _read_outcome(kept: Json, took: Mapping[str, float]) -> Outcome:
    return Outcome(
        question=Labelled(
            id=kept["id"],
            lang=kept["lang"],
            type=kept["type"],
            text=kept["question"],
            golds=tuple(Gold(gold["report"], gold["quote"]) for gold in kept["golds"]),
            answers=tuple(tuple(wanted["writings"]) for wanted in kept["wanted"]),
            answerable=kept["answerable"],
            after=kept["after"],
            split=Split(kept["split"]) if kept["split"] else None,
        ),
        query=kept["query"],
        abstained=kept["answer"]["abstained"],
        reason=kept["answer"]["reason"],
        confidence=kept["confidence"],
        values=tuple(ValueGiven(value["text"], value["wanted"]) for value in kept["given"]),
        citations=tuple(
            Cited(c["source"], tuple(c["section_path"]), c["quote"], c["on_gold"])
            for c in kept["cited"]
        ),
        near_gold=kept["near_gold"],
        golds=tuple(
            GoldFound(g["report"], g["quote"], g["rank"], g["cited"]) for g in kept["golds"]
        ),
        wanted=tuple(WantedFound(tuple(w["writings"]), w["given"]) for w in kept["wanted"]),
        scores=_read_scores(kept["scores"]),
        by_mode={Mode(mode): _read_scores(scores) for mode, scores in kept["by_mode"].items()},
        faults=tuple(Fault(fault) for fault in kept["faults"]),
        ranked=tuple(Ranked(*entry) for entry in kept["ranked"]),
        chunks=tuple(kept["chunks"]),
        answer=kept["answer"],
        took_ms=took[kept["id"]],
    )


def _read_scores(kept: Mapping[str, Sequence[float]]) -> Mapping[Measure, Share]:
    return {Measure(name): Share(*share) for name, share in kept.items()}


def _pretty(value: Json) -> str:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n"
