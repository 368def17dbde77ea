"""Plain text and Markdown, in any encoding that reports are found in."""

from __future__ import annotations

import re

from corpus.errors import AttacheError
from corpus.readers.encoding import decode
from corpus.readers.source import Source

_LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")


def read(content: bytes, name: str) -> Source:
    """Lines of a text file; a form feed begins a page."""
    text = decode(content, name)
    if not text.strip():
        raise AttacheError(
            f"{name}: found only white space, expected a report's text; refill or remove it"
        )
    pages = text.split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # the form feed that ends the last page begins no other
    lines: list[str] = []
    starts: list[int] = []
    for page in pages:
        starts.append(len(lines))
        lines.extend(_LINE_END.split(page))
    return Source(tuple(lines), tuple(starts) if len(pages) > 1 else ())
