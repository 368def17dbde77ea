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
    -8.435,
    (
        2.970,
        1.661,
        0.259,
        2.336,
        0.054,
        1.528,
        -0.502,
        -1.134,
        0.850,
        -0.141,
        -2.561,
        0.422,
        0.450,
        1.046,
        0.543,
        -1.324,
        -0.245,
        0.711,
        -1.035,
        0.210,
        0.980,
        0.630,
        -0.782,
        0.256,
        -0.743,
        -0.268,
        -0.144,
        -0.008,
        1.503,
        0.642,
        -0.354,
        -0.237,
        -0.058,
        -1.686,
        -0.751,
    ),
)
ANSWER = Weights(
    -1.849,
    (
        2.328,
        0.525,
        1.300,
        -0.283,
        0.144,
        0.140,
        -1.515,
        0.447,
        -0.361,
        0.140,
        -1.092,
        -1.158,
        -1.176,
        -1.514,
        -0.411,
        -0.333,
        -0.677,
        -2.213,
        -0.565,
    ),
)
THRESHOLD = 0.287
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
