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
    -8.418,
    (
        0.133,
        1.898,
        -0.100,
        1.664,
        0.783,
        2.632,
        0.140,
        1.173,
        0.277,
        -1.507,
        0.237,
        0.543,
        -0.874,
        2.114,
        -0.170,
        0.384,
        -0.779,
        0.434,
        -0.355,
        -1.187,
        0.331,
        -0.033,
        0.556,
        0.389,
        -0.981,
        -0.470,
        -0.027,
        -1.156,
        -0.507,
    ),
)
ANSWER = Weights(
    -2.977,
    (2.182, 0.741, 1.198, 1.200, 0.713, -0.778, -1.119, 0.017, -1.189),
)
THRESHOLD = 0.313
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
