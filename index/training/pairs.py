"""The parallel data: reading it, nothing else."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Pair:
    """A Chinese text and its English rendering, with the name of the source both came from."""

    source: str
    chinese: str
    english: str


def read_pairs(path: Path) -> list[Pair]:
    """Read ``source TAB Chinese TAB English`` lines, plain or ``.xz``, in file order.

    Raises ``ValueError`` naming the line when a line has not three filled fields.
    """
    with _open_text(path) as lines:
        return list(_parse(lines, path))


def _open_text(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _parse(lines: TextIO, path: Path) -> Iterator[Pair]:
    for number, line in enumerate(lines, start=1):
        fields = line.rstrip("\n").split("\t")
        if len(fields) != 3 or not all(field.strip() for field in fields):
            raise ValueError(
                f"{path}, line {number}: found {len(fields)} fields, some perhaps empty; "
                "expected source, Chinese and English between tabs"
            )
        yield Pair(*fields)
