"""Marks of Markdown and HTML that converters leave in a report's text, taken off line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(
    r"</?(?:b|i|u|p|ul|ol|li|em|strong|s|span|div|sub|sup|font|center|small|mark)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>&])")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_RULE = re.compile(r"\s*(?:(?:-\s?){3,}|(?:_\s?){3,}|(?:\*\s?){3,}|={3,})\s*$")
_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_ENTITY = re.compile(r"&(nbsp|amp|lt|gt|quot);")
_ENTITIES = {"nbsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9*])\*(?=[^\s*])([^*]*[^\s*])\*(?![A-Za-z0-9*])")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line without its marks, and what they said of it."""

    text: str
    """Tabs part the cells when it is a row of a table."""
    hashes: int = 0
    """Level of a Markdown heading, 1 to 6; 0 for other lines."""
    hard_break: bool = False


def strip_marks(lines: list[str]) -> list[list[MarkedLine]]:
    """For each line the lines it stands for: none for a rule, several when it holds ``<br>``."""
    stripped: list[list[MarkedLine]] = []
    for block in _blocks(lines):
        text = "\n".join(block)
        if "*" in text:
            text = _strip_emphasis(text)
        stripped.extend(_strip_line(line) for line in text.split("\n"))
    return stripped


def _blocks(lines: list[str]) -> list[list[str]]:
    """Runs of lines without a blank one, and the blank ones: emphasis never spans a blank line."""
    blocks: list[list[str]] = []
    for line in lines:
        blank = not line.strip()
        if blank or not blocks or not blocks[-1][-1].strip():
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _strip_emphasis(text: str) -> str:
    if text.count("**") > 1:
        pieces = text.split("**")
        # an odd mark out is no emphasis: it stays
        last = "**" + pieces.pop() if len(pieces) % 2 == 0 else ""
        text = "".join(pieces) + last
    return _EMPHASIS.sub(r"\1", text)


def _strip_line(line: str) -> list[MarkedLine]:
    if _RULE.match(line) or ("|" in line and _TABLE_RULE.match(line)):
        return []
    line = _INVISIBLE.sub("", line)
    is_row = "\t" in line.strip() or ("\t" in line and line.strip() != "" and line.startswith("\t"))
    bare = line.strip()
    if len(bare) > 2 and bare[0] == bare[-1] == "|":
        line, is_row = "\t".join(cell.strip() for cell in bare[1:-1].split("|")), True
    elif line.rstrip(" ").endswith("\t"):
        is_row = True
    if "<" in line:
        line = _BREAK.sub(" " if is_row else "\n", line)
        line = _TAG.sub("", line)
    if "&" in line:
        line = _ENTITY.sub(lambda match: _ENTITIES[match[1]], line)
    hashes = 0
    heading = _HEADING.match(line)
    if heading is not None and not is_row:
        hashes, line = len(heading[1]), line[heading.end() :].rstrip().rstrip("#").rstrip()
    if "\\" in line:
        line = _ESCAPE.sub(r"\1", line)
    hard = line.endswith("  ")
    return [MarkedLine(part, hashes, hard) for part in line.split("\n")]
