"""How sure it is that the reports answer a question at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.types import Question
from assistant.values.extract import FoundValue
from index.retriever import Index

THRESHOLD = 0.1
"""Below this confidence the assistant abstains."""


def confidence(
    index: Index, question: Question, evidence: Sequence[Evidence], values: Sequence[FoundValue]
) -> float:
    """Estimate in [0, 1] whether the best evidence answers the question."""
    return evidence[0].likely if evidence else 0.0
