"""Many users at once: how long answers take over loopback, through the real server.

    python benchmarks/load.py [--users 20] [--seconds 60] [--pause 0]

Starts ``app.py`` on the sample reports in a process of its own and lets so many users ask, each over
a connection of his own, one question after the other with the given pause between, Chinese and
English in turn, no question twice before all were asked. An answer's time runs from sending the
question to having the whole answer. Prints requests, errors, percentiles, and the server's health.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "eval" / "questions.jsonl"


class User(threading.Thread):
    """Asks one question after the other until the time is over."""

    def __init__(self, port: int, questions: list[str], until: float, pause: float) -> None:
        super().__init__(daemon=True)
        self._port, self._questions, self._until, self._pause = port, questions, until, pause
        self.seconds: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        """Ask, and note how long each answer took."""
        at = 0
        while time.monotonic() < self._until:
            question = self._questions[at % len(self._questions)]
            at += 1
            started = time.perf_counter()
            try:
                answer = ask(self._port, question)
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.errors.append(f"{type(error).__name__}: {error}")
                continue
            self.seconds.append(time.perf_counter() - started)
            if answer["question"] != question or answer["abstained"] == bool(answer["citations"]):
                self.errors.append(f"the answer to {question!r} is not one")
            time.sleep(self._pause)


def ask(port: int, question: str) -> dict:  # type: ignore[type-arg]
    """Call the endpoint ask as gradio_client does: join the queue, then wait for the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = json.dumps({"question": question})
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/api/gradio_api/call/v2/ask", body, headers)
        joined = connection.getresponse()
        told = joined.read()
        if joined.status != 200:
            raise ValueError(f"status {joined.status}: {told[:200]!r}")
        event = json.loads(told)["event_id"]
        connection.request("GET", f"/api/gradio_api/call/v2/ask/{event}")
        stream = connection.getresponse()
        for part in stream.read().decode().split("\n\n"):
            kind, _, data = part.partition("\n")
            if kind == "event: complete":
                answer: dict = json.loads(data.removeprefix("data: "))[0]  # type: ignore[type-arg]
                return answer
            if kind == "event: error":
                raise ValueError(data)
        raise ValueError("the stream ended without an answer")
    finally:
        connection.close()


def health(port: int) -> str:
    """Ask the server how it is, and how long it takes to say so."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/health")
    told = connection.getresponse().read().decode()
    return f"{told} in {(time.perf_counter() - started) * 1000:.0f} ms"


def processor_seconds(server: int) -> float:
    """Sum the processor time of the server and what it has started; 0 where /proc is missing."""
    spent: dict[int, float] = {}
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        pid = int(stat.parent.name)
        parents[pid] = int(fields[1])
        spent[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return sum(seconds for pid, seconds in spent.items() if server in (pid, parents[pid]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument(
        "--pause", type=float, default=0, help="seconds between answer and question"
    )
    chosen = parser.parse_args()
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    by_language = [[r["question"] for r in rows if r["lang"] == lang] for lang in ("zh", "en")]
    mixed = [q for pair in zip(*by_language, strict=False) for q in pair]
    # It logs a line per question to its standard error, which is not what is measured.
    server = subprocess.Popen(
        [sys.executable, "app.py", "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        greeting = server.stdout.readline() if server.stdout else ""
        found = re.search(r":(\d+)", greeting.partition("//")[2])
        if found is None:
            sys.exit(f"the server said {greeting!r}, expected where it listens")
        port = int(found[1])
        ask(port, mixed[0])
        before = processor_seconds(server.pid)
        until = time.monotonic() + chosen.seconds
        share = len(mixed) // chosen.users
        users = [
            User(port, mixed[n * share :] + mixed[: n * share], until, chosen.pause)
            for n in range(chosen.users)
        ]
        for user in users:
            user.start()
        time.sleep(chosen.seconds / 2)
        during = health(port)
        for user in users:
            user.join()
        times = sorted(seconds for user in users for seconds in user.seconds)
        errors = [error for user in users for error in user.errors]
        print(f"{chosen.users} users, {chosen.seconds:.0f} s, pause {chosen.pause:g} s")
        print(f"{len(times)} answers, {len(times) / chosen.seconds:.1f} a second")
        print(f"{len(errors)} errors {errors[:3] or ''}")
        for name, share_below in (("p50", 0.5), ("p95", 0.95)):
            print(f"{name} {times[min(int(len(times) * share_below), len(times) - 1)]:.3f} s")
        print(f"max {times[-1]:.3f} s")
        spent = processor_seconds(server.pid) - before
        print(f"{spent / max(1, len(times)) * 1000:.0f} ms of processor time an answer")
        print(f"health under load: {during}; after: {health(port)}")
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
