"""What every tab of the page works on: the live index, and the folder of what users keep."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from assistant.assistant import Assistant
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
