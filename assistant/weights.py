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
    -8.838,
    (0.496, 2.427, -0.407, 1.928, 0.679, 3.332, 0.062, 1.378, 0.046, -2.306, 0.316, 0.706, -0.958, 0.376, 0.743, 0.428, -1.123, 0.569, -0.468, -1.067, 0.195, -0.178, 0.734, 0.683, -1.216, -0.217, -0.024, -0.960, -0.705),
)
ANSWER = Weights(
    -2.463,
    (2.359, 0.454, 1.383, 0.796, 0.619, -0.815, -1.209, -0.175, -1.175),
)
THRESHOLD = 0.265
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
