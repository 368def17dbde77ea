"""What every reader gives: lines, and where pages begin."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Lines of a file as they stand in it, before anything is healed."""

    lines: tuple[str, ...]
    page_starts: tuple[int, ...] = ()
    """For each page, the position of its first line; empty where the format has no pages."""
    continued: frozenset[int] = frozenset()
    """Positions of lines known to go on with the paragraph of the line before them."""
    ocr_pages: frozenset[int] = frozenset()
    """Numbers, from 1, of pages whose text a program read from a picture: it may be wrong."""
    unread_pages: frozenset[int] = frozenset()
    """Numbers of pages that hold a picture of text which nothing could read."""
