"""How long a user waits for the first words: ``python benchmarks/start.py [RUNS]``.

Runs each command as a process of its own and prints the median and the range, in seconds.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

COMMANDS = (
    ("attache --help", ["--help"]),
    ("attache ask, sample reports, cold process", ["ask", "哪些經濟體審核 ABTC 有延宕情形？"]),
)


def main() -> None:
    """Time the commands; the first run, which may build the sample index, is not counted."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for name, arguments in COMMANDS:
        seconds = [_run(arguments) for _ in range(runs + 1)][1:]
        print(
            f"{name}: median {statistics.median(seconds):.2f} s "
            f"(of {runs}: {min(seconds):.2f} to {max(seconds):.2f})"
        )


def _run(arguments: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], stdout=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
