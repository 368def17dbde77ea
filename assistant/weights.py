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
    -8.547,
    (0.533, 1.674, 1.102, 1.496, 3.325, -0.245, 0.724, 1.139, 0.631, 0.415, -0.222, 1.254, 0.390),
)
ANSWER = Weights(
    -2.725,
    (1.575, 1.362, 1.041, 1.843, 1.569, -0.854, -2.101, 0.257, -0.502),
)
THRESHOLD = 0.378
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
