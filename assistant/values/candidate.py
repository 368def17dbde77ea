"""What every reader of values gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """``text[start:end]`` names a value; two that name the same one have the same key."""

    key: str
    start: int
    end: int
    zh: str
    en: str
    """How the value is written in an answer, in either language."""
