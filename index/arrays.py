"""Stored arrays, mapped into memory by whichever thread."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

# numpy parses the head of a file with ast, and before Python 3.13 two threads that do so at once
# may upset each other's count of how deep they are ("AST constructor recursion depth mismatch").
_PARSING = Lock()


def mapped(path: Path) -> NDArray[Any]:
    """Map a ``.npy`` file into memory, to be read; ``OSError`` or ``ValueError`` when it is none."""
    with _PARSING:
        array: NDArray[Any] = np.load(path, mmap_mode="r")
    return array
