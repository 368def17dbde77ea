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
    -7.557,
    (0.193, 2.133, 0.826, 2.147, 2.644, -0.616, 0.146, 1.360, 1.067, -0.206, -0.137, 1.307, -0.283),
)
ANSWER = Weights(
    -0.710,
    (1.023, 0.487, 0.069, 0.712, 0.126, -0.315, -2.166),
)
THRESHOLD = 0.365
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
