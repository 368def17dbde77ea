"""Arrays that many threads open at once."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.arrays import mapped


def test_many_threads_may_open_arrays_at_once(tmp_path: Path) -> None:
    for number in range(4):
        np.save(tmp_path / f"{number}.npy", np.full(3, number))
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            paths = [tmp_path / f"{n % 4}.npy" for n in range(2_000)]
            found = [int(array[0]) for array in threads.map(mapped, paths)]
    finally:
        sys.setswitchinterval(often)
    assert found == [n % 4 for n in range(2_000)]


def test_what_is_no_array_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.npy").write_bytes(b"no array")
    with pytest.raises(ValueError):  # noqa: PT011 - numpy's own message
        mapped(tmp_path / "no.npy")
