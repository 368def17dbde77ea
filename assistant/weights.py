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
    -8.688,
    (
        2.997,
        1.694,
        0.142,
        2.510,
        0.084,
        1.448,
        -0.307,
        -1.178,
        0.978,
        -0.154,
        -2.572,
        0.397,
        0.456,
        1.087,
        0.594,
        -1.319,
        -0.202,
        0.746,
        -1.066,
        0.327,
        0.933,
        0.639,
        -0.780,
        0.223,
        -0.804,
        -0.282,
        -0.201,
        0.011,
        1.355,
        0.976,
        -0.287,
        -0.283,
        -0.053,
        -1.645,
        -0.760,
    ),
)
ANSWER = Weights(
    -1.866,
    (
        2.345,
        0.515,
        1.311,
        -0.364,
        0.111,
        0.163,
        -1.347,
        0.475,
        -0.367,
        0.182,
        -1.220,
        -0.959,
        -1.187,
        -1.117,
        -0.477,
        -0.307,
        -0.691,
        -2.195,
        -0.633,
    ),
)
THRESHOLD = 0.293
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
