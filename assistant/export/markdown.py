"""Markdown: marks are links to the list of sources."""

from __future__ import annotations

import re

from assistant.export.document import (
    Cite,
    Contents,
    Document,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Runs,
    SourceList,
    Style,
    Table,
    Text,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_AT_START = re.compile(r"^(\s*)(?=[-+=])|^(\s*\d+)(?=[.)])")
_PREFIX = {Style.TITLE: "# ", Style.QUOTE: "> "}
_LISTED = (Style.ITEM, Style.REPORT)


def write(document: Document) -> bytes:
    """Write a document as UTF-8 Markdown with tables."""
    numbers = document.numbers()
    parts: list[str] = []
    items: list[str] = []
    headings = 0
    for block in document.numbered():
        if isinstance(block, Paragraph) and block.style in _LISTED:
            items.append(f"- {_runs(block.runs, numbers)}")
            continue
        if items:
            parts.append("\n".join(items))
            items = []
        if isinstance(block, Heading):
            headings += 1
            parts.append(f'<a id="section-{headings}"></a>')
            parts.append(f"{'#' * (block.level + 1)} {_escaped(block.text)}")
        elif isinstance(block, Contents):
            parts.append(f"**{_escaped(block.text)}**")
            parts.append(_contents(document))
        elif isinstance(block, Paragraph):
            parts.append(_paragraph(block, numbers))
        elif isinstance(block, Table):
            parts.append(_table(block, numbers))
        elif isinstance(block, SourceList):
            parts += _sources(document)
        elif isinstance(block, PageBreak):
            parts.append("---")
    if items:
        parts.append("\n".join(items))
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _paragraph(block: Paragraph, numbers: dict[str, int]) -> str:
    text = _runs(block.runs, numbers)
    if block.style is Style.SUBTITLE:
        return f"**{text}**"
    return _PREFIX.get(block.style, "") + text


def _table(table: Table, numbers: dict[str, int]) -> str:
    lines = [
        f"| {' | '.join(map(_escaped, table.heads))} |",
        f"|{' --- |' * len(table.heads)}",
    ]
    lines += [f"| {' | '.join(_runs(cell, numbers) for cell in row)} |" for row in table.rows]
    return "\n".join(lines)


def _contents(document: Document) -> str:
    return "\n".join(
        f"{'  ' * (entry.level - 1)}- [{_escaped(entry.text)}](#section-{entry.number})"
        for entry in document.contents()
    )


def _sources(document: Document) -> list[str]:
    return [
        f'<a id="source-{n}"></a>**[{n}]** {_escaped(note.place)}\n\n> {_escaped(note.quote)}'
        for n, note in enumerate(document.used(), start=1)
    ]


def _runs(runs: Runs, numbers: dict[str, int]) -> str:
    return "".join(
        f"[\\[{numbers[run.key]}\\]](#source-{numbers[run.key]})"
        if isinstance(run, Cite)
        else _marked(run)
        for run in runs
    )


def _marked(run: Text) -> str:
    text = _escaped(run.text)
    around = {Mark.STRONG: "**", Mark.OWN: "*"}.get(run.mark, "")
    inner = text.strip()
    if not around or not inner:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{around}{inner}{around}{tail}"


def _escaped(text: str) -> str:
    flat = "<br>".join(
        _AT_START.sub(r"\1\2\\", _SPECIAL.sub(r"\\\1", line)) for line in text.split("\n")
    )
    return flat.replace("\t", " ")
