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
    -8.623,
    (0.911, 1.555, 0.848, 1.425, 3.298, -0.261, 0.685, 1.282, 0.614, 0.025, -0.361, 1.214, 0.548),
)
ANSWER = Weights(
    -1.009,
    (1.166, 0.567, -0.116, 1.372, 0.958, -1.120, -1.924, -0.687, -0.637),
)
THRESHOLD = 0.282
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
