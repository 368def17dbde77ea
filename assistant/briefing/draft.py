"""A document as its user changes it: items moved, left out, reworded. Its citations stay."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.briefing.labels import words
from assistant.export.document import (
    Block,
    Cite,
    Document,
    Heading,
    Mark,
    Paragraph,
    Run,
    Runs,
    Table,
    Text,
    printable,
)
from corpus.errors import AttacheError

_MARK = re.compile(r"\[(\d{1,4})\]")


def moved(document: Document, at: int, step: int, row: int | None = None) -> Document:
    """Move a block, or a row of a table, one place up (-1) or down (1).

    A heading takes what stands below it along, and passes its whole neighbour of the same level.
    What has no neighbour on that side stays where it is.
    """
    blocks = list(document.blocks)
    block = _block(document, at)
    if row is not None:
        rows = list(_rows(block, row))
        other = row + step
        if 0 <= other < len(rows):
            rows[row], rows[other] = rows[other], rows[row]
        return _with(document, at, replace(_table(block), rows=tuple(rows)))
    start, end = _extent(document, at)
    if step > 0:
        if end >= len(blocks) or not _are_neighbours(block, blocks[end]):
            return document
        _, after = _extent(document, end)
        changed = [*blocks[:start], *blocks[end:after], *blocks[start:end], *blocks[after:]]
    else:
        before = _before(document, at)
        if before is None:
            return document
        changed = [*blocks[:before], *blocks[start:end], *blocks[before:start], *blocks[end:]]
    return replace(document, blocks=tuple(changed))


def dropped(document: Document, at: int, row: int | None = None) -> Document:
    """Leave a block out, or a row of a table; a heading goes with all that stands below it."""
    block = _block(document, at)
    if row is not None:
        rows = _rows(block, row)
        kept = rows[:row] + rows[row + 1 :]
        if kept:
            return _with(document, at, replace(_table(block), rows=kept))
    start, end = _extent(document, at)
    return replace(document, blocks=document.blocks[:start] + document.blocks[end:])


def reworded(
    document: Document, at: int, text: str, row: int | None = None, cell: int = 0
) -> Document:
    """Give a heading, a paragraph or a cell other words.

    ``[n]`` in the text is the mark of note n. A mark that the new words leave out is put back at
    their end: what states a fact keeps its citation. Words of a report that were changed are no
    quote any more, and are marked as changed by hand.
    """
    block, text = _block(document, at), printable(text)
    if isinstance(block, Heading):
        return _with(document, at, replace(block, text=" ".join(text.split()) or block.text))
    if isinstance(block, Paragraph):
        return _with(document, at, replace(block, runs=_reworded(document, block.runs, text)))
    rows = list(_rows(block, row if row is not None else -1))
    cells = list(rows[row or 0])
    if not 0 <= cell < len(cells):
        raise AttacheError(f"the draft has no cell {cell} there; load the page anew")
    cells[cell] = _reworded(document, cells[cell], text)
    rows[row or 0] = tuple(cells)
    return _with(document, at, replace(_table(block), rows=tuple(rows)))


def shown(runs: Runs, numbers: dict[str, int]) -> str:
    """Runs as the text that is edited: a citation is ``[n]``."""
    return "".join(f"[{numbers[run.key]}]" if isinstance(run, Cite) else run.text for run in runs)


def _reworded(document: Document, old: Runs, text: str) -> Runs:
    numbers = document.numbers()
    if _flat(shown(old, numbers)) == _flat(text):
        return old
    keys = {number: key for key, number in numbers.items()}
    left = [run for run in old if isinstance(run, Text) and run.mark is not Mark.PLAIN]
    edited = words("edited", document.language)
    runs: list[Run] = []
    at = 0
    for mark in _MARK.finditer(text):
        key = keys.get(int(mark[1]))
        if key is not None:
            runs += _marked(text[at : mark.start()], left)
            runs.append(Cite(key))
            at = mark.end()
    runs += _marked(text[at:], left)
    cited = {run.key for run in runs if isinstance(run, Cite)}
    lost = [run for run in old if isinstance(run, Cite) and run.key not in cited]
    runs += dict.fromkeys(lost)
    if any(run.mark is Mark.QUOTE for run in left) and edited not in text:
        runs.append(Text(edited, Mark.OWN))
    return tuple(runs)


def _marked(text: str, left: list[Text]) -> list[Run]:
    """Text as runs: those of the old ones that still stand in it keep their marks, in order."""
    runs: list[Run] = []
    while left and (place := text.find(left[0].text)) >= 0 and left[0].text:
        run = left.pop(0)
        if place:
            runs.append(Text(text[:place]))
        runs.append(run)
        text = text[place + len(run.text) :]
    if text:
        runs.append(Text(text))
    return runs


def _flat(text: str) -> str:
    return " ".join(text.split())


def _block(document: Document, at: int) -> Block:
    if not 0 <= at < len(document.blocks):
        raise AttacheError(f"the draft has no block {at}; load the page anew")
    return document.blocks[at]


def _table(block: Block) -> Table:
    if not isinstance(block, Table):
        raise AttacheError("the draft has no table there; load the page anew")
    return block


def _rows(block: Block, row: int) -> tuple[tuple[Runs, ...], ...]:
    rows = _table(block).rows
    if not 0 <= row < len(rows):
        raise AttacheError(f"the draft has no row {row} there; load the page anew")
    return rows


def _with(document: Document, at: int, block: Block) -> Document:
    blocks = document.blocks
    return replace(document, blocks=(*blocks[:at], block, *blocks[at + 1 :]))


def _extent(document: Document, at: int) -> tuple[int, int]:
    """The block, or the heading with all up to the next one that is not below it."""
    block = document.blocks[at]
    end = at + 1
    if isinstance(block, Heading):
        while end < len(document.blocks):
            other = document.blocks[end]
            if isinstance(other, Heading) and other.level <= block.level:
                break
            end += 1
    return at, end


def _are_neighbours(block: Block, other: Block) -> bool:
    """Whether two blocks may change places: headings of one level, or two that are none."""
    if isinstance(block, Heading) or isinstance(other, Heading):
        both = isinstance(block, Heading) and isinstance(other, Heading)
        return both and getattr(block, "level", 0) == getattr(other, "level", 0)
    return True


def _before(document: Document, at: int) -> int | None:
    """Where the neighbour above begins; None when there is none."""
    block = document.blocks[at]
    if not isinstance(block, Heading):
        found = at - 1
        return found if found >= 0 and not isinstance(document.blocks[found], Heading) else None
    for found in range(at - 1, -1, -1):
        other = document.blocks[found]
        if isinstance(other, Heading) and other.level <= block.level:
            return found if other.level == block.level else None
    return None
