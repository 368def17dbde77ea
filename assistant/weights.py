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
    -8.336,
    (
        0.164,
        1.848,
        -0.044,
        1.619,
        0.709,
        2.558,
        0.175,
        1.067,
        0.215,
        -1.509,
        0.234,
        0.341,
        -0.901,
        2.234,
        -0.092,
        0.462,
        -0.761,
        0.542,
        -0.358,
        -1.065,
        0.200,
        -0.025,
        0.768,
        0.611,
        -1.004,
        -0.433,
        -0.029,
        -1.195,
        -0.478,
    ),
)
ANSWER = Weights(
    -3.009,
    (2.231, 0.744, 1.187, 1.274, 0.629, -0.822, -1.091, 0.009, -1.211),
)
THRESHOLD = 0.312
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
