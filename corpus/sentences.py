"""Sentence spans with exact offsets: what is quoted of a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numbering import mark_at

_STOP = re.compile(r"[。！？!?]+|\.+(?=[\s\"'”’)\]）」』]|$)|[；;](?=\s|$)")
_CLOSERS = "」』”’\"')）]〉》"
_OPEN, _CLOSE = "（([", "）)]"
_BULLET = re.compile(r"[-•●○■◆◦▪·*]\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Prof|No|Nos|St|Jr|Sr|Inc|Ltd|Co|Corp|vs|cf|al|approx|Fig|Dept|Gen|Gov"
    r"|hrs|mins|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b(?:[A-Za-z]\.)*[A-Za-z]|\be\.g|\bi\.e)$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]``."""

    start: int
    end: int


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Sentences of ``text[start:end]``, none blank; a line and a row of a table end one too.

    A numbering mark or bullet at the head of a line is no part of the sentence behind it.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    position = start
    while position < end:
        newline = text.find("\n", position, end)
        line_end = end if newline < 0 else newline
        _split_line(text, position, line_end, spans)
        position = line_end + 1
    return tuple(spans)


def _split_line(text: str, start: int, end: int, spans: list[Span]) -> None:
    at_line_start = start == 0 or text[start - 1] == "\n"
    line = text[start:end]
    if "\t" in line:
        _add(text, start, end, spans)
        return
    begin = start
    if at_line_start:
        bullet = _BULLET.match(line)
        begin += bullet.end() if bullet is not None else 0
        mark = mark_at(text[begin : min(end, begin + 60)])
        if mark is not None and begin + mark.end < end:
            begin += mark.end
    depth, counted = 0, begin
    for stop in _STOP.finditer(text, begin, end):
        if stop.start() < begin:
            continue
        depth = max(0, depth + _depth_change(text, counted, stop.start()))
        counted = stop.start()
        if stop[0][0] in ".!?;；" and not _ends_sentence(text, begin, stop, end, depth):
            continue
        finish = stop.end()
        while finish < end and text[finish] in _CLOSERS:
            finish += 1
        _add(text, begin, finish, spans)
        begin = counted = finish
        depth = 0
    _add(text, begin, end, spans)


def _depth_change(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return sum(part.count(c) for c in _OPEN) - sum(part.count(c) for c in _CLOSE)


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int, depth: int) -> bool:
    """Whether a Latin stop ends a sentence: not within brackets, nor behind an abbreviation."""
    if depth:
        return False
    behind = text[stop.end() : min(end, stop.end() + 4)].lstrip(_CLOSERS + " ")
    if stop[0][0] in ";；":
        return True
    if behind[:1].islower():
        return False
    if stop[0] != ".":
        return True
    return _ABBREVIATION.search(text[max(begin, stop.start() - 12) : stop.start()]) is None


def _add(text: str, start: int, end: int, spans: list[Span]) -> None:
    part = text[start:end]
    lead = len(part) - len(part.lstrip())
    tail = len(part) - len(part.rstrip())
    if lead < len(part) and any(c.isalnum() for c in part):
        spans.append(Span(start + lead, end - tail))
