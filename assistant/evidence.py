"""Passages to evidence: which quotes answer the question, and how likely each of them does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Any, ClassVar, Protocol

from assistant.promised import asks_for_all, promised
from assistant.quotes import Quote, quotes
from assistant.signals import SignalReader, Signals
from assistant.types import Question
from assistant.weights import SENTENCE, Weights
from index.retriever import Index
from index.types import Hit, Mode

# Passages that are read for an answer: enough that every report with evidence is among them.
DEPTH = 22
# And passages that are read for saying the same as the best quote.
DEPTH_ALIKE = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote of a passage, ``report.text[start:end] == text``, and how likely it answers."""

    hit: Hit
    start: int
    end: int
    text: str
    signals: Signals
    likely: float
    """In [0, 1]."""

    @property
    def ref(self) -> str:
        """Name the span, as a citation of it does."""
        return f"{self.hit.chunk.report_id}:{self.start}-{self.end}"


def find_evidence(index: Index, question: Question) -> list[Evidence]:
    """Judge the quotes of the best passages, likeliest first.

    The best quote is then a query itself: another report may tell of the same matter in other
    words than the question's, but with the same names.
    """
    if asks_for_all(question):
        return _listed(index, question)
    filters = question.filters
    hits = index.search(question.query, Mode.HYBRID, DEPTH, filters)
    found = _quotes(index, hits)
    if not found:
        return []
    reader = SignalReader(index, question, hits)
    best = _judged(reader, found, None)[0]
    known = {hit.chunk.id for hit in hits}
    alike = index.search(best.text, Mode.HYBRID, DEPTH_ALIKE, filters)
    added = _quotes(index, [hit for hit in alike if hit.chunk.id not in known])
    return _judged(reader, [*found, *added], best.text)


def _listed(index: Index, question: Question) -> list[Evidence]:
    """Give what was promised, as it is listed, with the signals that any quote has."""
    found = promised(index, question)
    if not found:
        return []
    listed = [quote for quote, _ in found]
    read = SignalReader(index, question, [quote.hit for quote in listed]).read(listed, None)
    return [
        Evidence(q.hit, q.start, q.end, q.text, signals, likely)
        for (q, likely), signals in zip(found, read, strict=True)
    ]


def passages(evidence: Sequence[Evidence]) -> tuple[Hit, ...]:
    """Give the passages of the evidence, each as good as its best quote, best first."""
    best: dict[str, Hit] = {}
    for each in evidence:
        best.setdefault(each.hit.chunk.id, each.hit)
    return tuple(best.values())


def _quotes(index: Index, hits: Sequence[Hit]) -> list[Quote]:
    return [quote for hit in hits for quote in quotes(index.report(hit.chunk.report_id), hit)]


def _judged(reader: SignalReader, found: Sequence[Quote], anchor: str | None) -> list[Evidence]:
    """Give every quote its signals, and from them how likely it answers; likeliest first."""
    evidence = [
        Evidence(q.hit, q.start, q.end, q.text, signals, probability(SENTENCE, signals))
        for q, signals in zip(found, reader.read(found, anchor), strict=True)
    ]
    return sorted(evidence, key=lambda e: (-e.likely, e.hit.chunk.id, e.start))


class _IsDataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


def probability(weights: Weights, signals: _IsDataclass) -> float:
    """Logistic function of the weighted signals."""
    values = (float(getattr(signals, field)) for field in signals.__dataclass_fields__)
    total = weights.bias + sum(w * v for w, v in zip(weights.signals, values, strict=True))
    return 1 / (1 + exp(-total))
