"""More than one question at once: processes that answer beside this one.

An answer is computed by Python, of which one thread runs at a time. Whoever asks alone is answered in
this process; who asks meanwhile, in another. None is started before it is needed.
"""

from __future__ import annotations

import logging
import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from assistant.types import Answer
from index.types import Filters

if TYPE_CHECKING:
    from assistant.assistant import Assistant

MOST = 3
_LOGGER = logging.getLogger("attache.workers")


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``Assistant.ask`` takes."""

    text: str
    filters: Filters
    k: int = 8
    previous: Answer | None = None
    stated: bool = True

    def of(self, assistant: Assistant) -> Answer:
        """Ask an assistant."""
        return assistant.ask(self.text, self.filters, self.k, self.previous, self.stated)


class Workers:
    """Processes over one index folder, each of which opens what is live there."""

    def __init__(self, folder: Path, count: int | None = None) -> None:
        """``count`` is how many there may be; without it, one less than there are cores."""
        self._folder = folder
        self._count = min(MOST, (os.cpu_count() or 1) - 1) if count is None else count
        self._here = Lock()
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._started: Future[int] | None = None

    def ask(self, asked: Asked, assistant: Assistant) -> Answer:
        """Answer here when nobody else is being answered here, or else in another process."""
        if self._here.acquire(blocking=False):
            try:
                return asked.of(assistant)
            finally:
                self._here.release()
        pool = self._ready()
        if pool is not None:
            try:
                return pool.submit(_answer, asked).result()
            except (BrokenProcessPool, RuntimeError) as error:
                _LOGGER.warning("a worker ended (%s); it is started anew", error)
                self._drop(pool)
        return asked.of(assistant)

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            pool, self._pool, self._count = self._pool, None, 0
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def is_ready(self) -> bool:
        """Tell whether another process has come up; the first question beside another starts it."""
        return self._ready() is not None

    def _ready(self) -> ProcessPoolExecutor | None:
        """Give the processes once the first is there; nobody waits until then."""
        with self._lock:
            if self._count < 1:
                return None
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self._count,
                    mp_context=get_context("spawn"),
                    initializer=_open,
                    initargs=(self._folder,),
                )
                self._started = self._pool.submit(os.getpid)
            done = self._started is not None and self._started.done()
            return self._pool if done else None

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False, cancel_futures=True)


_opened: list[_Live] = []
"""In a worker: the index that it answers from."""


class _Live:
    """The assistant over what is live in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._live: Path | None = None
        self._assistant: Assistant | None = None

    def assistant(self) -> Assistant:
        """Give it, opened anew when another generation has gone live."""
        from assistant.assistant import Assistant
        from index.retriever import open_index
        from index.store import live

        now = live(self._folder).folder
        if self._assistant is None or now != self._live:
            self._assistant, self._live = Assistant(open_index(self._folder)), now
        return self._assistant


def _open(folder: Path) -> None:
    """Begin a worker's life; it ends with that of the process that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    parent = parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(0)

        Thread(target=follow, daemon=True).start()
    live = _Live(folder)
    live.assistant()
    _opened.append(live)


def _answer(asked: Asked) -> Answer:
    return asked.of(_opened[0].assistant())
