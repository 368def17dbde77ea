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
    -8.0, (0.18, 2.27, 1.15, 2.15, 2.59, -0.64, 0.42, 1.12, 1.24, 0.6, -0.3, 1.06, -0.37)
)
