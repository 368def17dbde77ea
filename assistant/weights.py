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
    -7.554,
    (0.559, 1.203, 0.719, 2.361, 0.820, 0.169, 1.616, 1.149, 1.587, 0.530, -0.546, 1.674, 0.679),
)
ANSWER = Weights(
    -0.464,
    (0.481, 0.436, 0.211, 1.087, 0.423, -0.833, -2.371),
)
THRESHOLD = 0.309
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
