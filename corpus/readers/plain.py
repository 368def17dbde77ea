"""Plain text and Markdown: UTF-8 with or without a byte order mark, UTF-16 with one."""

from __future__ import annotations

import codecs
import re

from corpus.errors import AttacheError
from corpus.readers.source import Source

_LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_ALLOWED_CONTROL = frozenset("\t\n\r\v\f\x1b\x85")


def read(content: bytes, name: str) -> Source:
    """Lines of a text file; a form feed begins a page."""
    text = _decode(content, name)
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


def _decode(content: bytes, name: str) -> str:
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in content:
        raise AttacheError(
            f"{name}: found binary data (NUL bytes), expected text; give the file its true suffix"
        )
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise AttacheError(
            f"{name}: found bytes that are no {encoding.removesuffix('-sig').upper()} "
            f"(at byte {error.start}), expected UTF-8 or UTF-16 text; save it as UTF-8"
        ) from None
    control = sum(c < " " and c not in _ALLOWED_CONTROL for c in text[:65536])
    if control * 20 > len(text[:65536]) or "\0" in text:
        raise AttacheError(
            f"{name}: found binary data (control characters), expected text; "
            "give the file its true suffix"
        )
    return text
