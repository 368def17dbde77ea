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
    -7.807,
    (0.408, 1.797, 0.540, 1.399, 2.783, -0.116, 0.612, 1.104, 2.007, 0.034, -0.099, 1.024, -0.011),
)
ANSWER = Weights(
    -3.086,
    (1.796, 1.471, 1.106, 1.494, 1.753, -0.439, -2.148, 0.041, -0.478),
)
THRESHOLD = 0.325
"""Below this confidence the assistant abstains; one in twenty answerable ones is."""
