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
    -8.357,
    (
        0.357,
        2.346,
        -0.416,
        1.950,
        0.571,
        3.284,
        -0.461,
        0.121,
        1.310,
        -0.010,
        -2.684,
        0.360,
        0.722,
        -0.986,
        -0.391,
        0.698,
        0.473,
        -1.033,
        0.493,
        -0.445,
        -1.196,
        0.195,
        -0.082,
        0.764,
        0.720,
        -1.199,
        -0.274,
        -0.039,
        -0.890,
        -0.699,
    ),
)
ANSWER = Weights(
    -2.462,
    (
        1.946,
        0.620,
        1.571,
        -0.428,
        0.786,
        0.718,
        -0.883,
        0.642,
        -0.966,
        0.149,
        -1.050,
        -1.577,
        -0.951,
        -1.139,
        -0.846,
    ),
)
THRESHOLD = 0.271
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
