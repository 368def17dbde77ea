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
    -8.151,
    (
        0.389,
        2.358,
        -0.458,
        1.788,
        0.604,
        3.229,
        -0.644,
        0.125,
        1.270,
        -0.035,
        -2.746,
        0.380,
        0.703,
        -1.003,
        -0.192,
        0.779,
        0.489,
        -1.073,
        0.515,
        -0.451,
        -1.260,
        0.323,
        -0.201,
        0.780,
        0.752,
        -1.188,
        -0.334,
        -0.039,
        -0.835,
        -0.714,
    ),
)
ANSWER = Weights(
    -2.453,
    (
        2.021,
        0.569,
        1.492,
        -0.393,
        0.867,
        0.759,
        -0.849,
        0.657,
        -0.792,
        -0.039,
        -1.021,
        -1.459,
        -0.961,
        -1.131,
        -0.859,
    ),
)
THRESHOLD = 0.277
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
