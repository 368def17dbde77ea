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
    -8.795,
    (0.494, 2.400, -0.407, 1.954, 0.683, 3.355, 0.064, 1.365, 0.049, -2.300, 0.312, 0.717, -0.941, -0.249, 0.793, 0.410, -1.111, 0.568, -0.460, -1.075, 0.169, -0.149, 0.737, 0.669, -1.225, -0.248, -0.025, -0.931, -0.698),
)
ANSWER = Weights(
    -2.550,
    (1.903, 0.676, 1.504, 0.763, 0.650, -0.836, 0.695, -0.855, 0.034, -1.036, -1.519, -0.911, -1.087, -0.926),
)
THRESHOLD = 0.298
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
