"""Reading in a process apart, so that no file can take the program down with it.

Parsers of binary formats are large and not ours: a file may crash them, make them allocate without
end or never return. One child process reads such files one after the other, with a limit on its
memory and on the time for each; when it dies, that file is reported and the next gets a new child.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from corpus.errors import AttacheError
from corpus.readers.source import Source

MEMORY_VARIABLE = "ATTACHE_READER_MEMORY"
"""Environment variable that tells the child how many bytes of memory it may take."""
HEADER = struct.Struct(">IQ")
"""Before each message: the length of its JSON part, and of the bytes that follow that."""

_ROOT = Path(__file__).parents[2]
_FILES_A_CHILD = 500
"""After so many files a fresh child is started, whatever the parsers may have leaked."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    seconds: float = 60.0
    memory: int = 2 << 30


class Apart:
    """A child process that reads files, started when first needed; threads may share it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._lock = threading.Lock()

    def read(self, form: str, content: bytes, name: str) -> Source:
        """Lines of a file of the format (pdf, docx, odt, html); AttacheError when it has none."""
        answer, _ = self._ask({"form": form, "name": name}, content, name)
        return Source(
            lines=tuple(map(str, answer["lines"])),
            page_starts=tuple(map(int, answer["page_starts"])),
            continued=frozenset(map(int, answer["continued"])),
            unread_pages=frozenset(map(int, answer["unread_pages"])),
        )

    def picture(self, content: bytes, name: str, page: int) -> bytes:
        """A page of a PDF file, numbered from 1, as a grey picture."""
        return self._ask({"form": "picture", "name": name, "page": page}, content, name)[1]

    def drawn(
        self, content: bytes, name: str, page: int
    ) -> tuple[dict[str, list[str | int]], bytes]:
        """A page of a PDF file as ``pdf_page.draw`` gives it: its characters, and a PNG."""
        return self._ask({"form": "drawn", "name": name, "page": page}, content, name)

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    # The answer is JSON, not pickle: a child that a hostile file has taken over can at worst give
    # a wrong text. Its values are made into lines and numbers above, whatever they are.
    def _ask(
        self, request: dict[str, str | int], content: bytes, name: str
    ) -> tuple[dict[str, list[str | int]], bytes]:
        with self._lock:
            if self._files >= _FILES_A_CHILD:
                self._end()
            try:
                child = self._started()
            except OSError as error:
                raise AttacheError(
                    f"{name}: the process that reads this format cannot be started "
                    f"({error.strerror}), expected a working Python; check memory and permissions"
                ) from None
            self._files += 1
            expired = threading.Event()

            def kill() -> None:
                expired.set()
                child.kill()

            timer = threading.Timer(self._limits.seconds, kill)
            timer.start()
            try:
                if child.stdin is None or child.stdout is None:
                    raise EOFError
                send(child.stdin, request, content)
                answer, body = receive(child.stdout)
            except (OSError, EOFError, ValueError):
                status = self._end()
                raise AttacheError(self._reason(name, expired.is_set(), status)) from None
            finally:
                timer.cancel()
        if "error" in answer:
            raise AttacheError(str(answer["error"]))
        return answer, body

    def _reason(self, name: str, expired: bool, status: int) -> str:
        if expired:
            return (
                f"{name}: reading it took longer than {self._limits.seconds:.0f} seconds, expected "
                "a file of a few hundred pages; split it, or export it again"
            )
        return (
            f"{name}: the program that reads this format crashed on it (status {status}), expected "
            "a sound file; open it in the program that wrote it and save it again"
        )

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        # -P: the folder that the user stands in may hold a docx.py of its own
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "corpus.readers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, MEMORY_VARIABLE: str(self._limits.memory)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return self._child

    def _end(self) -> int:
        """End the child; its exit status."""
        child, self._child, self._files = self._child, None, 0
        if child is None:
            return 0
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            return child.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()


@cache
def reading_child() -> Apart:
    """The child process that the whole program shares."""
    shared = Apart()
    atexit.register(shared.close)
    return shared


def send(pipe: IO[bytes], message: object, body: bytes = b"") -> None:
    """Write one message."""
    # ASCII carries lone surrogates as well, which a file may hold
    text = json.dumps(message, ensure_ascii=True).encode("ascii")
    pipe.write(HEADER.pack(len(text), len(body)))
    pipe.write(text)
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, list[str | int]], bytes]:
    """Read one message; EOFError when the other side is gone."""
    text_length, body_length = HEADER.unpack(_exactly(pipe, HEADER.size))
    message = json.loads(_exactly(pipe, text_length))
    if not isinstance(message, dict):
        raise ValueError("the message is no JSON object")
    return message, _exactly(pipe, body_length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data
