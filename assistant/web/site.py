"""What every tab of the page works on: the live index, and the folder of what users keep."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.assistant import Assistant
from assistant.library import Library
from corpus.errors import AttacheError
from corpus.types import Report
from index.retriever import open_index
from index.store import live
from index.types import Encoder


class Site:
    """One index folder, opened anew when another generation of it goes live."""

    def __init__(self, folder: Path, state: Path, encoder: Encoder | None = None) -> None:
        self.folder = folder
        self.state = state
        """Folder of uploads, drafts and labelled questions; made when first written to."""
        self._encoder = encoder
        self._lock = Lock()
        self._live = live(folder).folder
        self._assistant = Assistant(open_index(folder, encoder))

    @property
    def assistant(self) -> Assistant:
        """The assistant over the live generation; who holds an older one may go on with it."""
        now = live(self.folder).folder
        if now != self._live:
            with self._lock:
                if now != self._live:
                    self._assistant = Assistant(open_index(self.folder, self._encoder))
                    self._live = now
        return self._assistant

    def report(self, report_id: str) -> Report:
        """Give a report, also one that was removed meanwhile; AttacheError when there is none."""
        removed = self.library.removed(report_id)
        try:
            return self.assistant.index.report(report_id)
        except AttacheError:
            if removed is None:
                raise
            return removed

    @property
    def generation(self) -> int:
        """The number of the generation that is open."""
        return int(self._live.name)

    @cached_property
    def library(self) -> Library:
        """Adds, removes and reads again the reports of the index."""
        return Library(self.folder, self.state)
