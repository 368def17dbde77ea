"""A question set against an index: every question asked, ranked and scored, one after the other."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.assistant import Assistant
from assistant.render import answer_json
from assistant.types import Answer
from eval.dataset import Labelled, QuestionSet, Span, Split
from eval.ranking import Chunked, Ranked, condense, rank_scores
from eval.scores import (
    Fault,
    GoldFound,
    Measure,
    Share,
    ValueGiven,
    WantedFound,
    answer_scores,
    faults,
    golds_found,
    on_gold,
    span_of,
    values_found,
    values_given,
)
from index.retriever import Index
from index.types import Mode

DEPTH = 50
"""Chunks of a ranking that are judged: enough that ten are left when repetitions are dropped."""

Scores = Mapping[Measure, Share]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run can be told; with the index and the questions it decides every figure."""

    mode: Mode = Mode.HYBRID
    """Whose ranking is judged. Answers are always made by the assistant's own way."""
    k: int = 8
    """Citations at most."""
    depth: int = DEPTH
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as the page shows it."""

    source: str
    section_path: tuple[str, ...]
    quote: str
    on_gold: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    question: Labelled
    query: str
    """What was searched: the question as understood."""
    abstained: bool
    reason: str | None
    confidence: float
    values: tuple[ValueGiven, ...]
    citations: tuple[Cited, ...]
    """What the answer quotes; for a refusal the nearest place, if there is one."""
    near_gold: bool
    """Whether the first citation, or the nearest place of a refusal, touches a gold."""
    golds: tuple[GoldFound, ...]
    wanted: tuple[WantedFound, ...]
    scores: Scores
    """Ranking measures of the settings' mode, and all answer measures."""
    by_mode: Mapping[Mode, Scores]
    """Ranking measures of each mode."""
    faults: tuple[Fault, ...]
    ranked: tuple[Ranked, ...]
    """The judged ranking of the settings' mode."""
    chunks: tuple[str, ...]
    """Ids of the chunks of that ranking, as they were found."""
    answer: Mapping[str, Any]
    """As ``attache ask --json`` gives it, without its timing."""
    took_ms: float


def run(questions: QuestionSet, index: Index, settings: Settings) -> Iterator[Outcome]:
    """Ask every question of the settings' split; one outcome at a time, so that it can be stopped.

    Questions that others follow are asked first, and once, also when they are of the other split.
    """
    runner = _Runner(questions, index, settings)
    for question in questions.questions:
        if settings.split is None or question.split is settings.split:
            yield runner.outcome(question)


def ask(assistant: Assistant, question: Labelled, k: int, before: Answer | None) -> Answer:
    """Ask a question in the conversation of the one before it.

    The only place that knows how a conversation is carried on.
    """
    return assistant.ask(question.text, k=k, previous=before)


class _Runner:
    def __init__(self, questions: QuestionSet, index: Index, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._assistant = Assistant(index)
        self._places = questions.places
        self._reports = {report.id: report for report in index.reports}
        self._questions = {question.id: question for question in questions.questions}
        self._followed = {question.after for question in questions.questions}
        self._answers: dict[str, tuple[Answer, float]] = {}
        if questions.questions:
            # What is loaded late is loaded now, and not in the time of the first question.
            ask(self._assistant, questions.questions[0], settings.k, None)

    def outcome(self, question: Labelled) -> Outcome:
        answer, took_ms = self._answer(question)
        places = self._places[question.id]
        chunks = {mode: self._search(answer, mode) for mode in Mode}
        ranked = {mode: condense(found, places) for mode, found in chunks.items()}
        by_mode = {mode: rank_scores(found, len(places)) for mode, found in ranked.items()}
        mode = self._settings.mode
        first = {each.gold: each.chunk_rank for each in ranked[mode] if each.gold is not None}
        golds = golds_found(places, answer, first)
        wanted, given = values_found(question, answer), values_given(question, answer)
        shown = answer.citations or ((answer.nearest,) if answer.nearest else ())
        return Outcome(
            question=question,
            query=answer.question.query,
            abstained=answer.abstained,
            reason=answer.reason,
            confidence=answer.confidence,
            values=given,
            citations=tuple(
                Cited(c.source, c.section_path, c.quote, on_gold(span_of(c), places)) for c in shown
            ),
            near_gold=bool(shown) and on_gold(span_of(shown[0]), places),
            golds=golds,
            wanted=wanted,
            scores={**by_mode[mode], **answer_scores(question, places, answer, self._reports)},
            by_mode=by_mode,
            faults=faults(question, answer, golds, wanted, given),
            ranked=ranked[mode],
            chunks=tuple(chunk.id for chunk in chunks[mode]),
            answer=_without_timing(answer),
            took_ms=took_ms,
        )

    def _answer(self, question: Labelled) -> tuple[Answer, float]:
        if question.id in self._answers:
            return self._answers[question.id]
        before = self._questions[question.after] if question.after is not None else None
        previous = self._answer(before)[0] if before is not None else None
        started = time.perf_counter()
        answer = ask(self._assistant, question, self._settings.k, previous)
        answered = answer, (time.perf_counter() - started) * 1000
        if question.id in self._followed:
            self._answers[question.id] = answered
        return answered

    def _search(self, answer: Answer, mode: Mode) -> Sequence[Chunked]:
        asked = answer.question
        hits = self._index.search(asked.query, mode, self._settings.depth, asked.filters)
        if mode is Mode.HYBRID:
            # The assistant reads the best of them and puts those first that answer.
            read = {hit.chunk.id for hit in answer.passages}
            hits = (*answer.passages, *(hit for hit in hits if hit.chunk.id not in read))
        return [
            Chunked(hit.chunk.id, Span(hit.chunk.report_id, hit.chunk.start, hit.chunk.end))
            for hit in hits
        ]


def _without_timing(answer: Answer) -> Mapping[str, Any]:
    """Shape an answer as JSON has it, through JSON, so that a run kept and read again is equal."""
    shaped: dict[str, Any] = json.loads(json.dumps(answer_json(answer)))
    shaped.pop("took_ms", None)
    return shaped
