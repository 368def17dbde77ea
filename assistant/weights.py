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
    -8.687,
    (
        2.998,
        1.693,
        0.143,
        2.509,
        0.086,
        1.445,
        -0.307,
        -1.182,
        0.979,
        -0.154,
        -2.570,
        0.397,
        0.459,
        1.086,
        0.594,
        -1.320,
        -0.199,
        0.746,
        -1.066,
        0.326,
        0.933,
        0.640,
        -0.779,
        0.224,
        -0.804,
        -0.283,
        -0.202,
        0.011,
        1.356,
        0.976,
        -0.287,
        -0.283,
        -0.053,
        -1.645,
        -0.760,
    ),
)
ANSWER = Weights(
    -1.875,
    (
        2.337,
        0.527,
        1.318,
        -0.371,
        0.109,
        0.167,
        -1.334,
        0.476,
        -0.369,
        0.185,
        -1.220,
        -0.958,
        -1.189,
        -1.118,
        -0.478,
        -0.307,
        -0.692,
        -2.191,
        -0.634,
    ),
)
THRESHOLD = 0.292
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
