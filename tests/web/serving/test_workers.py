"""Questions that are asked at once are answered at once, by more processes than one."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.render import answer_json
from assistant.types import Answer
from assistant.web.site import Site
from assistant.web.workers import Asked, Workers
from index.retriever import open_index
from index.types import Filters
from index.update import update

TEXTS = {
    "honey.md": "# 壹、會議過程\n\n智利代表支持蜂蜜關稅調降方案。\n",
    "cards.md": "# 壹、會議過程\n\n俄羅斯審核商務旅行卡時常延宕。\n",
}
QUESTION = Asked("誰支持蜂蜜關稅調降方案？", Filters())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, text in TEXTS.items():
        (reports / name).write_text(text, encoding="utf-8")
    update([reports], tmp_path / "index")
    return tmp_path / "index"


class Slow:
    """An assistant that is still busy with somebody's question."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.done = threading.Event()

    def ask(self, *_: object) -> None:
        self.asked.set()
        self.done.wait(60)


def beside(workers: Workers, work):
    """Do something while this process is answering somebody else."""
    slow = Slow()
    with ThreadPoolExecutor(1) as thread:
        busy = thread.submit(workers.ask, QUESTION, slow)
        assert slow.asked.wait(10)
        try:
            deadline = time.monotonic() + 90
            while not workers.is_ready():
                assert time.monotonic() < deadline, "no worker came up"
                time.sleep(0.1)
            return work()
        finally:
            slow.done.set()
            busy.result()


class NotHere:
    def ask(self, *_: object) -> None:
        raise AssertionError("this process answered, though it was busy")


def plain(answer: Answer) -> dict:
    return {**answer_json(answer), "took_ms": None}


def test_who_asks_meanwhile_has_the_same_answer_from_another_process(folder: Path) -> None:
    workers = Workers(folder, 1)
    own = Assistant(open_index(folder))
    answer = beside(workers, lambda: workers.ask(QUESTION, NotHere()))
    assert plain(answer) == plain(QUESTION.of(own))
    follow_up = Asked("那日本呢？", Filters(), 3, answer, True)
    again = beside(workers, lambda: workers.ask(follow_up, NotHere()))
    assert plain(again) == plain(follow_up.of(own))
    workers.close()


def test_worker_sees_reports_that_came_later(folder: Path) -> None:
    workers = Workers(folder, 1)
    beside(workers, lambda: workers.ask(QUESTION, NotHere()))
    later = folder.parent / "reports" / "later.md"
    later.write_text("# 一、過程\n\n秘魯代表說明礦產合作。\n", encoding="utf-8")
    update([later.parent], folder)
    asked = Asked("礦產合作", Filters())
    answer = beside(workers, lambda: workers.ask(asked, NotHere()))
    cited = answer.citations[0] if answer.citations else answer.nearest
    assert cited.source == "later.md"
    workers.close()


def test_worker_that_dies_costs_no_answer(folder: Path) -> None:
    workers = Workers(folder, 1)
    own = Assistant(open_index(folder))

    def killed() -> Answer:
        workers.ask(QUESTION, NotHere())
        (pid,) = workers._pool._processes
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        return workers.ask(QUESTION, own)

    assert plain(beside(workers, killed)) == plain(QUESTION.of(own))
    beside(workers, lambda: workers.ask(QUESTION, NotHere()))
    workers.close()


def test_nobody_waits_for_a_worker_to_come_up(folder: Path) -> None:
    site = Site(folder, folder / "state", workers=Workers(folder, 1))
    started = time.perf_counter()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: site.ask(QUESTION.text), range(4)))
    assert len({answer.confidence for answer in answers}) == 1
    assert time.perf_counter() - started < 30
    site.close()


def test_closed_workers_leave_the_answering_to_this_process(folder: Path) -> None:
    workers = Workers(folder, 1)
    workers.close()
    assert workers.is_ready() is False
