"""One HTML file without scripts or outside parts: marks are links to the list of sources."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.export.document import (
    Block,
    Cite,
    Contents,
    Document,
    Heading,
    Mark,
    Paragraph,
    Runs,
    SourceList,
    Style,
    Table,
    Text,
)
from assistant.types import Language

_CSS = """
body{font-family:"Noto Serif TC","Noto Serif CJK TC","標楷體","BiauKai",serif;line-height:1.7;
max-width:52rem;margin:2rem auto;padding:0 1.2rem;color:#1c2430}
h1{font-size:1.9rem;line-height:1.35;margin:3rem 0 .5rem}h2{border-bottom:2px solid #1f3a5f;
color:#1f3a5f;padding-bottom:.2rem;margin-top:2.6rem}h3{color:#1f3a5f}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.92rem;line-height:1.5}
th,td{border:1px solid #b8c2cf;padding:.4rem .55rem;vertical-align:top;text-align:left}
th{background:#e8eef5}blockquote{margin:.6rem 0;padding:.1rem 1rem;border-left:3px solid #8aa4c2}
.own,.note{color:#5b6573;font-style:italic}.subtitle{font-size:1.15rem;color:#1f3a5f}
a.cite{text-decoration:none;font-size:.75em;vertical-align:super;line-height:0}
.fact{margin:.15rem 0}ol.sources{padding-left:2.4rem}ol.sources li{margin:.7rem 0}
.caption{font-weight:600}nav.contents ul{list-style:none;padding:0}nav.contents a{color:#1f3a5f}
nav.contents .level-2{margin-left:1.6rem}.scroll{overflow-x:auto}
@media print{body{max-width:none;margin:0}h2{break-after:avoid}thead{display:table-header-group}}
"""

_LISTED = (Style.ITEM, Style.REPORT)


def write(document: Document) -> bytes:
    """Write a document as a UTF-8 page of its own."""
    language = "zh-Hant-TW" if document.language is Language.ZH else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n"
        f"{body(document)}\n</body>\n</html>\n"
    ).encode()


def body(document: Document) -> str:
    """The blocks of a document as HTML, all text escaped."""
    numbers = document.numbers()
    return "\n".join(_parts(document, document.numbered(), numbers))


def block_html(block: Block, numbers: dict[str, int], links: str = "source-") -> str:
    """One block as HTML. Marks lead to ``#<links><number>``, or to ``#<key>`` where it is empty."""
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Paragraph):
        inner = runs_html(block.runs, numbers, links)
        if block.style is Style.TITLE:
            return f"<h1>{inner}</h1>"
        tag = {Style.ITEM: "li", Style.REPORT: "li", Style.QUOTE: "blockquote"}.get(
            block.style, "p"
        )
        return f"<{tag} class='{block.style.value}'>{inner}</{tag}>"
    if isinstance(block, Table):
        heads = "".join(f"<th>{escape(head)}</th>" for head in block.heads)
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{runs_html(cell, numbers, links)}</td>" for cell in row)
            + "</tr>"
            for row in block.rows
        )
        return (
            f"<div class='scroll'><table><thead><tr>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )
    return ""


def runs_html(runs: Runs, numbers: dict[str, int], links: str = "source-") -> str:
    """Runs as HTML, all text escaped."""
    parts = []
    for run in runs:
        if isinstance(run, Cite):
            target = f"{links}{numbers[run.key]}" if links else run.key
            mark = f"<a class='cite' href='#{escape(target)}'>[{numbers[run.key]}]</a>"
            parts.append(mark)
        else:
            parts.append(_marked(run))
    return "".join(parts)


def _parts(document: Document, blocks: tuple[Block, ...], numbers: dict[str, int]) -> Iterator[str]:
    in_list = False
    headings = 0
    for block in blocks:
        is_item = isinstance(block, Paragraph) and block.style in _LISTED
        if is_item != in_list:
            yield "<ul>" if is_item else "</ul>"
            in_list = is_item
        if isinstance(block, SourceList):
            yield _sources(document)
        elif isinstance(block, Contents):
            yield contents_html(block, document)
        elif isinstance(block, Heading):
            headings += 1
            yield block_html(block, numbers).replace(">", f" id='section-{headings}'>", 1)
        else:
            yield block_html(block, numbers)
    if in_list:
        yield "</ul>"


def contents_html(block: Contents, document: Document) -> str:
    """The list of contents, each entry a link to ``#section-<number of the heading>``."""
    entries = "".join(
        f"<li class='level-{entry.level}'><a href='#section-{entry.number}'>"
        f"{escape(entry.text)}</a></li>"
        for entry in document.contents()
    )
    return (
        f"<nav class='contents'><p class='caption'>{escape(block.text)}</p><ul>{entries}</ul></nav>"
    )


def _sources(document: Document) -> str:
    rows = "".join(
        f"<li id='source-{n}'>{escape(note.place)}<blockquote>{_lines(note.quote)}</blockquote></li>"
        for n, note in enumerate(document.used(), start=1)
    )
    return f"<ol class='sources'>{rows}</ol>"


def _marked(run: Text) -> str:
    text = _lines(run.text)
    if run.mark is Mark.STRONG:
        return f"<strong>{text}</strong>"
    if run.mark is Mark.OWN:
        return f"<span class='own'>{text}</span>"
    if run.mark is Mark.QUOTE:
        return f"<span class='quote'>{text}</span>"
    return text


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
