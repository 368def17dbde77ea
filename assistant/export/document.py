"""A document as every format writes it: headings, paragraphs, quotes, tables, and their notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from assistant.types import Language
from corpus.errors import AttacheError

LISTED = 2
"""Level of the deepest headings in a list of contents."""


class Mark(StrEnum):
    """How a run of text is set apart."""

    PLAIN = "plain"
    STRONG = "strong"
    QUOTE = "quote"
    """Words of a report, exactly as they stand there."""
    OWN = "own"
    """Words of Attaché itself, which no report states."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text."""

    text: str
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True, slots=True)
class Cite:
    """A mark that points to the note with this key."""

    key: str


Run: TypeAlias = Text | Cite
Runs: TypeAlias = tuple[Run, ...]


class Style(StrEnum):
    """What a paragraph is for."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    FACT = "fact"
    """A line of the cover."""
    REPORT = "report"
    """A report that the cover lists."""
    BODY = "body"
    ITEM = "item"
    """A member of a list."""
    QUOTE = "quote"
    NOTE = "note"
    """A remark of Attaché's own."""
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that are set as one paragraph."""

    runs: Runs
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3. Its number is not stored: it follows from where it stands."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below one row of heads, which is repeated on every page."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[int, ...]
    """Relative widths of the columns."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class SourceList:
    """Where the notes that the document uses are listed in full."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the headings of level 1 and 2 are listed, each with a link to its place."""

    text: str
    """What stands above the list; it is no heading itself."""


Block: TypeAlias = Heading | Paragraph | Table | PageBreak | SourceList | Contents


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the list of contents has it."""

    level: int
    text: str
    """With its number."""
    number: int
    """Of the heading among all headings, from 1: it names the place that the entry leads to."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a mark points to: where a quote stands, and the quote in full."""

    key: str
    """``<report id>:<start>-<end>``, the span that is quoted."""
    place: str
    """Report, agency, date, section path, page."""
    short: str
    """The same as a footnote has it, which stands on every page."""
    quote: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document; its notes are numbered in the order in which the blocks first use them."""

    title: str
    language: Language
    day: date
    """Stands for the time of writing in what the formats record, so that a file repeats."""
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = field(default=())

    def numbers(self) -> dict[str, int]:
        """Number of each note that is used, from 1, in the order of first use."""
        found: dict[str, int] = {}
        for run in (run for block in self.blocks for run in runs_of(block)):
            if isinstance(run, Cite):
                found.setdefault(run.key, len(found) + 1)
        return found

    def used(self) -> tuple[Note, ...]:
        """The notes that are used, by number; AttacheError for a mark that points to none."""
        known = {note.key: note for note in self.notes}
        missing = [key for key in self.numbers() if key not in known]
        if missing:
            raise AttacheError(
                f"the document cites {missing[0]}, which is none of its {len(known)} notes; "
                "make the briefing anew"
            )
        return tuple(known[key] for key in self.numbers())

    def contents(self) -> tuple[Entry, ...]:
        """The headings that a list of contents has, in order."""
        headings = [block for block in self.numbered() if isinstance(block, Heading)]
        return tuple(
            Entry(heading.level, heading.text, number)
            for number, heading in enumerate(headings, start=1)
            if heading.level <= LISTED
        )

    def numbered(self) -> tuple[Block, ...]:
        """The blocks, each heading with its number: 壹、一、(一) or 1, 1.1, 1.1.1."""
        counts = [0, 0, 0]
        blocks: list[Block] = []
        for block in self.blocks:
            if isinstance(block, Heading):
                level = block.level
                counts[level - 1] += 1
                counts[level:] = [0] * (3 - level)
                number = heading_number(tuple(counts[:level]), self.language)
                blocks.append(replace(block, text=number + block.text))
            else:
                blocks.append(block)
        return tuple(blocks)


def runs_of(block: Block) -> Iterator[Run]:
    """All runs of a block, in reading order."""
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell


def lines_of(runs: Runs) -> tuple[Runs, ...]:
    """The paragraphs of a cell: a run that is one new line parts them."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        if isinstance(run, Text) and run.text == "\n":
            parts.append([])
        else:
            parts[-1].append(run)
    return tuple(tuple(part) for part in parts)


_UNPRINTABLE = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Text without the characters that no XML file may hold: control marks, halves of a pair."""
    return _UNPRINTABLE.sub("", text)


def without_gaps(quote: str) -> str:
    """A quote without the empty lines between its paragraphs, for print."""
    return "\n".join(line for line in quote.splitlines() if line.strip())


def plain(runs: Runs) -> str:
    """The text of runs, without their marks."""
    return "".join(run.text for run in runs if isinstance(run, Text))


_FORMAL = "零壹貳參肆伍陸柒捌玖"
_COMMON = "〇一二三四五六七八九"


def heading_number(counts: tuple[int, ...], language: Language) -> str:
    """Number a heading by its place: (2, 1) is 一、 in Chinese, ``2.1`` and a space in English."""
    if language is Language.EN:
        return ".".join(map(str, counts)) + " "
    last = counts[-1]
    if len(counts) == 1:
        return f"{_han(last, _FORMAL, '拾')}、"
    return (
        f"{_han(last, _COMMON, '十')}、" if len(counts) == 2 else f"({_han(last, _COMMON, '十')})"
    )


def _han(number: int, digits: str, ten: str) -> str:
    """Write a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ten if tens == 1 else digits[tens] + ten
    return head + (digits[ones] if ones or not tens else "")


def to_json(document: Document) -> dict[str, Any]:
    """Shape a document for storing; ``from_json`` gives it back."""
    return {
        "title": document.title,
        "language": document.language.value,
        "day": document.day.isoformat(),
        "blocks": [_block_json(block) for block in document.blocks],
        "notes": [[note.key, note.place, note.short, note.quote] for note in document.notes],
    }


def from_json(stored: object) -> Document:
    """Read what ``to_json`` wrote; AttacheError on anything else."""
    try:
        data: Any = stored
        return Document(
            title=printable(str(data["title"])),
            language=Language(data["language"]),
            day=date.fromisoformat(data["day"]),
            blocks=tuple(_block(block) for block in data["blocks"]),
            notes=tuple(Note(*(printable(str(part)) for part in note)) for note in data["notes"]),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise AttacheError(
            f"the draft cannot be read ({type(error).__name__}: {error}); make the briefing anew"
        ) from error


def _block_json(block: Block) -> list[Any]:
    values = [getattr(block, f.name) for f in fields(block)]
    if isinstance(block, Paragraph):
        values = [_runs_json(block.runs), block.style.value]
    elif isinstance(block, Table):
        values[1] = [[_runs_json(cell) for cell in row] for row in block.rows]
    return [type(block).__name__, *values]


def _runs_json(runs: Runs) -> list[list[str]]:
    return [[run.text, run.mark.value] if isinstance(run, Text) else [run.key] for run in runs]


def _block(stored: list[Any]) -> Block:
    kind, *values = stored
    if kind == "Paragraph":
        return Paragraph(_runs(values[0]), Style(values[1]))
    if kind == "Heading":
        level = int(values[0])
        if not 1 <= level <= 3:
            raise ValueError(f"found a heading of level {level}, expected 1 to 3")
        return Heading(level, printable(str(values[1])))
    if kind == "Table":
        heads, rows, widths = values
        table = Table(
            tuple(printable(str(head)) for head in heads),
            tuple(tuple(_runs(cell) for cell in row) for row in rows),
            tuple(map(int, widths)),
        )
        if any(len(row) != len(table.heads) for row in (*table.rows, table.widths)):
            raise ValueError(f"found a table whose rows have not its {len(table.heads)} columns")
        return table
    if kind == "SourceList":
        return SourceList()
    if kind == "Contents":
        return Contents(printable(str(values[0])))
    if kind == "PageBreak":
        return PageBreak()
    raise ValueError(f"found a block {kind!r}")


def _runs(stored: list[list[str]]) -> Runs:
    return tuple(
        Text(printable(str(run[0])), Mark(run[1])) if len(run) == 2 else Cite(str(run[0]))
        for run in stored
    )
