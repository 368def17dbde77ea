"""Weights of the logistic regressions that judge evidence and answers.

Made by ``python -m eval.calibrate`` on the tuning half of ``eval/questions.jsonl``, whose figures
are therefore not those of unseen questions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """A bias, and a weight for each signal, in the order of its dataclass."""

    bias: float
    signals: tuple[float, ...]


SENTENCE = Weights(
    -8.148,
    (0.421, 2.381, -0.400, 1.773, 0.636, 3.226, -0.648, 0.123, 1.218, -0.034, -2.311, 0.362, 0.716, -1.000, -0.240, 0.772, 0.430, -1.113, 0.543, -0.429, -1.357, 0.309, -0.207, 0.770, 0.748, -1.213, -0.287, -0.027, -0.826, -0.732),
)
ANSWER = Weights(
    -2.466,
    (2.016, 0.689, 1.511, -0.517, 0.760, 0.732, -0.668, 0.610, -0.769, 0.077, -1.027, -1.537, -1.000, -1.153, -0.846),
)
THRESHOLD = 0.265
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
