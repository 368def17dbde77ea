"""What every tab of the page works on: the live index, and the folder of what users keep."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from threading import Lock

from assistant.assistant import Assistant
from assistant.library import Library
from assistant.question import NO_FILTERS
from assistant.types import Answer
from assistant.web.workers import Asked, Workers
from index.retriever import Index, open_index
from index.store import live
from index.types import Encoder, Filters

_OLDER = 8


class Site:
    """One index folder, opened anew when another generation of it goes live."""

    def __init__(
        self,
        folder: Path,
        state: Path,
        encoder: Encoder | None = None,
        workers: Workers | None = None,
    ) -> None:
        """With ``workers``, questions that are asked at once are answered at once."""
        self.folder = folder
        self.state = state
        """Folder of uploads, drafts and labelled questions; made when first written to."""
        self.library = Library(folder, state)
        """Adds, removes and reads again the reports of the index."""
        self._encoder = encoder
        self._workers = workers
        self._lock = Lock()
        self._live = live(folder).folder
        self._assistant = Assistant(open_index(folder, encoder))
        self._older: deque[Index] = deque(maxlen=_OLDER)

    @property
    def assistant(self) -> Assistant:
        """The assistant over the live generation; who holds an older one may go on with it."""
        now = live(self.folder).folder
        if now != self._live:
            with self._lock:
                if now != self._live:
                    before = self._assistant.index
                    self._assistant = Assistant(open_index(self.folder, self._encoder))
                    self._live = now
                    if _ids(before) - _ids(self._assistant.index):
                        self._older.append(before)
        return self._assistant

    def ask(
        self,
        text: str,
        filters: Filters = NO_FILTERS,
        k: int = 8,
        previous: Answer | None = None,
        stated: bool = True,
    ) -> Answer:
        """Answer as the assistant does, however many others ask."""
        asked = Asked(text, filters, k, previous, stated)
        if self._workers is None:
            return asked.of(self.assistant)
        return self._workers.ask(asked, self.assistant)

    def close(self) -> None:
        """End what answers beside this process."""
        if self._workers is not None:
            self._workers.close()

    def index_of(self, report_id: str) -> tuple[Index, bool]:
        """Give the index that holds a report, so that citations in open conversations stay.

        That is the live one, or for a report that was removed or replaced the one that held it;
        with it whether it is the live one.
        """
        opened = self.assistant.index
        candidates = (opened, *reversed(self._older))
        found = next((each for each in candidates if report_id in _ids(each)), opened)
        return found, found is opened

    @property
    def generation(self) -> int:
        """The number of the generation that is open."""
        return int(self._live.name)


def _ids(opened: Index) -> frozenset[str]:
    return frozenset(report.id for report in opened.reports)
