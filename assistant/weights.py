"""Weights of the logistic regressions that judge evidence and answers.

Made by ``python -m eval.calibrate`` on the tuning part of ``eval/questions.jsonl``, whose figures
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
    -8.684,
    (
        3.002,
        1.692,
        0.143,
        2.508,
        0.084,
        1.444,
        -0.308,
        -1.180,
        0.976,
        -0.154,
        -2.572,
        0.397,
        0.456,
        1.091,
        0.593,
        -1.320,
        -0.200,
        0.746,
        -1.066,
        0.328,
        0.935,
        0.639,
        -0.780,
        0.223,
        -0.806,
        -0.284,
        -0.202,
        0.011,
        1.356,
        0.976,
        -0.287,
        -0.282,
        -0.053,
        -1.645,
        -0.761,
    ),
)
ANSWER = Weights(
    -1.866,
    (
        2.345,
        0.514,
        1.311,
        -0.364,
        0.111,
        0.164,
        -1.347,
        0.475,
        -0.366,
        0.182,
        -1.220,
        -0.958,
        -1.187,
        -1.115,
        -0.478,
        -0.308,
        -0.691,
        -2.195,
        -0.633,
    ),
)
THRESHOLD = 0.293
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
