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
    -8.703,
    (
        0.508,
        2.398,
        -0.393,
        1.861,
        0.717,
        3.318,
        0.072,
        1.376,
        0.007,
        -2.308,
        0.324,
        0.705,
        -0.969,
        -0.193,
        0.800,
        0.400,
        -1.137,
        0.561,
        -0.463,
        -1.084,
        0.313,
        -0.206,
        0.732,
        0.664,
        -1.247,
        -0.287,
        -0.024,
        -0.903,
        -0.712,
    ),
)
ANSWER = Weights(
    -2.560,
    (2.107, 0.517, 1.354, 0.815, 0.510, -0.737, 0.699, -1.150, -0.236, -1.202),
)
THRESHOLD = 0.291
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
