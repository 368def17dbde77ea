"""The process apart: reads the files it is sent until its input ends."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import IO

from corpus.errors import AttacheError
from corpus.readers.apart import MEMORY_VARIABLE, receive, send

_MOST_LINES = 400_000
_MOST_CHARACTERS = 4_000_000


def main() -> None:
    """Answer requests on standard input; end with it."""
    _limit(int(os.environ.get(MEMORY_VARIABLE, "0")))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    requests = sys.stdin.buffer
    while True:
        try:
            request, content = receive(requests)
        except EOFError:
            return
        _answer(request, content, answers)


def _answer(request: dict[str, list[str | int]], content: bytes, answers: IO[bytes]) -> None:
    form, name = str(request["form"]), str(request["name"])
    try:
        if form == "picture":
            from corpus.readers import pdf

            send(answers, {}, pdf.picture(content, name, int(str(request["page"]))))
            return
        if form == "drawn":
            from corpus.readers import pdf_page

            send(answers, *pdf_page.draw(content, name, int(str(request["page"]))))
            return
        source = import_module(f"corpus.readers.{form}").read(content, name)
        characters = sum(len(line.strip()) for line in source.lines)
        if not characters and not source.unread_pages:
            raise AttacheError(
                f"{name}: found no text in it, expected a report; if it holds pictures of text, "
                "save it as PDF: pictures of whole pages are read there"
            )
        if len(source.lines) > _MOST_LINES or characters > _MOST_CHARACTERS:
            raise AttacheError(
                f"{name}: found {characters:,} characters of text, expected a report of at most "
                f"{_MOST_CHARACTERS:,}; split it"
            )
    except AttacheError as error:
        send(answers, {"error": str(error)})
        return
    except (MemoryError, RecursionError) as error:
        what = "more memory than we allow" if isinstance(error, MemoryError) else "endless nesting"
        send(
            answers,
            {
                "error": f"{name}: reading it takes {what}, expected a file of ordinary size; "
                "open it in the program that wrote it and save it again"
            },
        )
        return
    except Exception as error:  # a parser may raise anything: the file is named, the child lives
        send(
            answers,
            {
                "error": f"{name}: found something its parser does not expect "
                f"({type(error).__name__}), expected a sound file; open it in the program that "
                "wrote it and save it again"
            },
        )
        return
    send(
        answers,
        {
            "lines": source.lines,
            "page_starts": source.page_starts,
            "continued": sorted(source.continued),
            "unread_pages": sorted(source.unread_pages),
        },
    )


def _limit(memory: int) -> None:
    """Limit this process where the system can: memory, no core file, no writing of files."""
    try:
        import resource
    except ImportError:  # not on Windows: there the time alone is limited
        return
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
