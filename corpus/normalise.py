"""Raw lines to the normalised text, the one string that every offset points into.

Only white space and layout marks change; wording never does. Lines cut by a converter are joined
again, page numbers between them dropped, Markdown marks taken off; each line of the normalised text
is then a paragraph, a heading, a row of a table or a line that stands by itself.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.front_matter import cover_of
from corpus.headings import caption_shape, caption_words, known_heading
from corpus.markdown import strip_marks
from corpus.numbering import is_time_alone, mark_at
from corpus.readers.source import Source
from corpus.script import glue, is_ideograph, spaces_latin, width
from corpus.types import Page

_WHITE = re.compile(r"[^\S\n]+")
_BULLET = re.compile(r"(?:[-*+](?=\s)|[•●○■◆◦▪‧·](?=\s|[㐀-鿿A-Za-z]))\s*")
_PAGE_NUMBER = re.compile(
    r"\d{1,3}|[-–—－]\s?\d{1,4}\s?[-–—－]|第\s?\d{1,4}\s?頁(?:[，,／/ ]?\s?[共/]\s?\d{1,4}\s?頁?)?"
    r"|(?i:page)\s\d{1,4}(?:\s(?:of|/)\s\d{1,4})?|\d{1,4}\s?/\s?\d{1,4}"
)
_NUMBERED_TAB = re.compile(r"^(\S{1,8})\t+(?=[^\t\d][^\t]*$)")
_LABEL = re.compile(r"[^\s，。：:、；]{1,6}(?:[\s/][^\s，。：:；]{1,6}){0,3}\s?[：:]")
_YEAR_GLOSS = re.compile(r"[（(]\d{4}[)）]")
_FUNCTION_WORD = re.compile(
    r"(?:^|[\s(])(?:the|a|an|of|and|or|to|in|on|for|with|by|from|at|as|their|its)$", re.IGNORECASE
)
_LABEL_WORD = re.compile(
    r"出國人員|服務機關|姓\s?名|職\s?稱|派赴國家|出國[期地人類]|會議期間|報告日期|聯絡人|關鍵詞|主辦機關|頁數"
)

_CLOSERS = frozenset("。，、；：！？）」』》〉】”’),.;:!?%")
_OPEN_TAILS = frozenset("、，,（(「『《〈【“‘／/")
_TERMINAL = frozenset("。！？!?；;：:….")
_CAP = 88
"""Columns beyond which a line counts as filled: A4 holds about 42 Chinese characters."""
_FILLED = 0.72
_PAGE_BREAK = 2
"""Blank lines that a converter leaves where a page ends."""
_TIMES_OVER = 3
"""Pages that a line is printed over before it counts as their running head."""
_FARTHEST = 6
"""Blank lines (a page break, a picture) over which a sentence may still go on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the normalised text."""

    start: int
    end: int
    hashes: int
    """Level of the Markdown heading it was, 0 for none."""
    gap: int
    """Blank lines before it in the source."""
    table: bool


@dataclass(frozen=True, slots=True)
class Normalised:
    """The normalised text, its lines, its pages, and how many lines front matter gave."""

    text: str
    lines: tuple[Line, ...]
    pages: tuple[Page, ...]
    cover_lines: int


@dataclass(slots=True)
class _Raw:
    """A line of the source, cleaned."""

    text: str
    hashes: int
    hard: bool
    table: bool
    bullet: bool
    indent: int
    gap: int
    page: int
    led: bool
    """Preceded by white space, or followed by it on the line before: a space was printed."""
    continued: bool = False
    """Known by its reader to go on with the paragraph of the line before."""


@dataclass(slots=True)
class _Paragraph:
    """A line of the normalised text as it grows."""

    raw: _Raw
    marked: bool
    known: bool
    parts: list[str] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)
    """Length at which a further page begins, and its number."""
    length: int = 0
    last: str = ""
    last_hard: bool = False
    depth: int = 0
    """Round brackets that are open."""
    quoted: int = 0
    """Quotation marks that are open."""
    has_stop: bool = False
    lines: int = 0

    def add(self, raw: _Raw, joint: str) -> None:
        self.parts += [joint, raw.text]
        self.length += len(joint)
        if raw.page != self.raw.page:
            self.breaks.append((self.length, raw.page))
        self.length += len(raw.text)
        self.last, self.last_hard = raw.text, raw.hard
        opened = sum(raw.text.count(c) for c in "（(")
        self.depth = max(0, self.depth + opened - sum(raw.text.count(c) for c in "）)"))
        quoted = sum(raw.text.count(c) for c in "「『") - sum(raw.text.count(c) for c in "」』")
        self.quoted = max(0, self.quoted + quoted)
        self.has_stop = self.has_stop or "。" in raw.text
        self.lines += 1


def normalise(source: Source) -> Normalised:
    """Heal the lines of a source; linear in its length."""
    cover, taken = cover_of(source.lines)
    raws = _single_spaced(_clean(source, cover, taken))
    filled = _FILLED * _usual_width(raws)
    spaced = spaces_latin("\n".join(raw.text for raw in raws))
    paragraphs: list[_Paragraph] = []
    in_cover = True
    for number, raw in enumerate(raws):
        marked = not raw.table and mark_at(raw.text) is not None
        after = _Paragraph(raw, marked, not raw.table and known_heading(raw.text))
        is_filled = width(raw.text) >= filled and any(c in raw.text for c in "，。")
        if after.known or marked or raw.bullet or is_filled:
            in_cover = False
        before = paragraphs[-1] if paragraphs and number > len(cover) else None
        if before is not None and _goes_on(before, after, filled, in_cover):
            joint = " " if raw.led and not _wide_joint(before.last, raw.text) else ""
            before.add(raw, joint or glue(before.last, raw.text, spaced=spaced))
        else:
            after.add(raw, "")
            paragraphs.append(after)
    return _compose(paragraphs, source, len(cover))


def _wide_joint(before: str, after: str) -> bool:
    return is_ideograph(before[-1]) and is_ideograph(after[0])


def _clean(source: Source, cover: tuple[str, ...], taken: int) -> list[_Raw]:
    raws = [_Raw(line, 0, True, False, False, 0, 0, 1, False) for line in cover]
    starts = set(source.page_starts)
    page = sum(start < taken for start in source.page_starts) if taken else 0
    gap, led = 1, False
    stripped = strip_marks(list(source.lines[taken:]))
    for number, (printed, parts) in enumerate(
        zip(source.lines[taken:], stripped, strict=True), start=taken
    ):
        if number in starts:
            page += 1
        if not printed.strip() or not parts:
            gap += "|" not in printed  # the rule below a table's head is no gap
            continue
        for part in parts:
            raw = _raw_line(part.text, part.hashes, part.hard_break, max(page, 1))
            if raw is None:
                gap += not part.text.strip()
                continue
            raw.gap, raw.led = gap, led or raw.indent > 0
            raw.continued = number in source.continued and part is parts[0]
            raws.append(raw)
            gap, led = 0, part.text[-1:].isspace()
    _drop_page_numbers(raws, source)
    _drop_running_heads(raws)
    return raws


def _raw_line(text: str, hashes: int, hard: bool, page: int) -> _Raw | None:
    indent = len(text) - len(text.lstrip(" \u3000"))
    bare = text.strip(" \u3000\xa0")
    bare = _NUMBERED_TAB.sub(
        lambda match: f"{match[1]} " if mark_at(f"{match[1]} ") is not None else match[0], bare
    )
    if "\t" in bare:
        cells = [_WHITE.sub(" ", cell).strip() for cell in bare.split("\t")]
        row = "\t".join(cells).rstrip("\t")
        return _Raw(row, 0, hard, True, False, 0, 0, page, False) if row.strip() else None
    bare = _WHITE.sub(" ", bare).strip()
    bullet = _BULLET.match(bare)
    if bullet is not None:
        behind = bare[bullet.end() :]
        if not behind:
            return None
        is_mark = mark_at(behind) is not None
        bare = behind if is_mark else f"{bullet[0].rstrip()} {behind}"
    if not bare:
        return None
    return _Raw(bare, hashes, hard, False, bullet is not None, indent, 0, page, False)


def _drop_page_numbers(raws: list[_Raw], source: Source) -> None:
    """Take out lines that hold a page number; the blank lines around it count as one gap."""
    kept: list[_Raw] = []
    gap = 0
    dropped = False
    for number, raw in enumerate(raws):
        following = raws[number + 1] if number + 1 < len(raws) else None
        alone = raw.gap > 0 and (following is None or following.gap > 0)
        turns = following is None or following.page != raw.page
        turned = number > 0 and raws[number - 1].page != raw.page
        if (
            number > 0
            and (alone or turns or turned)
            and not raw.table
            and not raw.hashes
            and _PAGE_NUMBER.fullmatch(raw.text)
        ):
            gap += raw.gap
            dropped = True
            continue
        if dropped:
            raw.gap += gap
            gap, dropped = 0, False
        kept.append(raw)
    raws[:] = kept


def _drop_running_heads(raws: list[_Raw]) -> None:
    """Take out the head that a report prints over its pages, all but the first time.

    A line is one when it stands at the top of three pages or more: where a page of the source
    begins, or behind the blank lines that a converter leaves for a page break.
    """
    heads: list[str | None] = []
    firsts: list[bool] = []
    for number, raw in enumerate(raws):
        before = raws[number - 1] if number else None
        is_first = before is None or raw.page != before.page or raw.gap >= _PAGE_BREAK
        is_second = not is_first and raw.gap == 0 and heads[-1] is not None
        heads.append(raw.text if (is_first or is_second) and _may_be_head(raw) else None)
        firsts.append(is_first)
    counts = Counter(head for head in heads if head is not None)
    seen: set[str] = set()
    kept: list[_Raw] = []
    gap = 0
    is_dropped = False
    for raw, head, is_first in zip(raws, heads, firsts, strict=True):
        if head is not None and counts[head] >= _TIMES_OVER:
            if head in seen and (is_first or is_dropped):
                gap, is_dropped = gap + raw.gap, True
                continue
            seen.add(head)
        if is_dropped:
            raw.gap, gap, is_dropped = raw.gap + gap, 0, False
        kept.append(raw)
    raws[:] = kept


def _may_be_head(raw: _Raw) -> bool:
    """Whether the line could be printed over every page: short, and nothing else by its form."""
    text = raw.text
    return not (
        raw.table
        or raw.hashes
        or raw.bullet
        or width(text) > _CAP
        or text[-1] in "。；：:"
        or known_heading(text)
        or caption_words(text)
        or mark_at(text) is not None
    )


def _single_spaced(raws: list[_Raw]) -> list[_Raw]:
    """Take the blank line after every line away, where the file is set so throughout."""
    plain = [(raw, after) for raw, after in itertools.pairwise(raws) if not raw.table]
    if len(plain) < 4:
        return raws
    single = sum(after.gap == 1 for _, after in plain)
    cut = sum(
        after.gap == 1
        and raw.text[-1] not in _TERMINAL
        and 50 <= width(raw.text) <= 1.3 * _CAP
        and not after.bullet
        and mark_at(after.text) is None
        for raw, after in plain
    )
    if single < 0.6 * len(plain) or cut < 0.35 * len(plain):
        return raws
    for raw in raws:
        raw.gap = max(0, raw.gap - 1)
    return raws


def _usual_width(raws: Sequence[_Raw]) -> float:
    """Columns of a filled line: what nine in ten lines stay below, at most ``_CAP``."""
    widths = sorted(min(width(raw.text), _CAP) for raw in raws if not raw.table)
    return max(widths[len(widths) * 9 // 10], 60) if widths else _CAP


def _goes_on(before: _Paragraph, after: _Paragraph, filled: float, in_cover: bool) -> bool:
    """Whether ``after`` continues the sentence that ``before`` ends in the middle of."""
    raw = after.raw
    if before.raw.table or raw.table or raw.gap > _FARTHEST:
        return False
    if raw.continued:
        return True
    if is_time_alone(before.last):
        return after.marked and before.lines == 1
    opens = after.marked or after.known or raw.hashes or raw.bullet or _LABEL_WORD.match(raw.text)
    if opens or before.known:
        return False
    if _is_cut(before, raw):
        return True
    is_apart = in_cover or caption_words(before.last)
    return not is_apart and _runs_on(before, raw, width(before.last) >= filled)


def _is_cut(before: _Paragraph, raw: _Raw) -> bool:
    """Whether the cut shows by itself: open punctuation or brackets, a word that needs another."""
    tail, text = before.last[-1], raw.text
    return (
        text[0] in _CLOSERS
        or tail in _OPEN_TAILS
        or (before.depth > 0 and any(c in text for c in "）)"))
        or (before.quoted > 0 and tail != "。" and raw.gap < 2 and any(c in text for c in "」』"))
        or (tail == "年" and _YEAR_GLOSS.match(text) is not None)
        or (raw.gap < 2 and _FUNCTION_WORD.search(before.last[-12:]) is not None)
    )


def _runs_on(before: _Paragraph, raw: _Raw, full: bool) -> bool:
    """Whether running text is cut by the end of a line or a page."""
    tail, text = before.last[-1], raw.text
    if tail in _TERMINAL:
        # a wrapped Latin paragraph goes on behind a full stop at a filled line's end
        return raw.gap == 0 and tail in ".?!" and full and text[0].isascii() and not raw.indent
    if raw.gap == 0:
        return _wraps(before, raw, full)
    if not (before.has_stop or full) or not _is_running(raw):
        return False
    # one filled line without any stop may be a heading: it needs a sign of running text
    return before.has_stop or ("，" in before.last and tail not in "）)」』") or not before.marked


def _is_running(raw: _Raw) -> bool:
    """Whether the line is running text, and no caption behind the gap of a picture."""
    if caption_words(raw.text) or not any(c in raw.text for c in "，。；"):
        return False
    return raw.gap <= 2 or not caption_shape(raw.text)


def _wraps(before: _Paragraph, raw: _Raw, full: bool) -> bool:
    """Whether a line right below an unfinished one belongs to it."""
    text, tail = raw.text, before.last[-1]
    if before.raw.hashes:
        return False
    return (
        (full and not (before.last_hard and raw.hard))
        or (before.has_stop and "。" in text)
        or (text[0] in "（(" and not _LABEL.match(text[1:]))
        or (before.raw.bullet and raw.indent >= before.raw.indent + 2)
        or (tail.isascii() and tail.isalpha() and text[0].isascii() and text[0].islower())
        or (
            text[-1] == "。"
            and not before.marked
            and not before.last_hard
            and not _LABEL.match(before.last)
            and width(text) <= 2 * width(before.last)
        )
    )


def _compose(paragraphs: list[_Paragraph], source: Source, cover_lines: int) -> Normalised:
    pieces: list[str] = []
    lines: list[Line] = []
    first_offset: dict[int, int] = {}
    offset = 0
    for paragraph in paragraphs:
        raw = paragraph.raw
        if pieces:
            separator = "\n\n" if raw.gap else "\n"
            pieces.append(separator)
            offset += len(separator)
        for length, page in ((0, raw.page), *paragraph.breaks):
            first_offset.setdefault(page, offset + length)
        pieces += paragraph.parts
        lines.append(Line(offset, offset + paragraph.length, raw.hashes, raw.gap, raw.table))
        offset += paragraph.length
    return Normalised(
        "".join(pieces),
        tuple(lines),
        _pages(first_offset, source, offset),
        cover_lines,
    )


def _pages(first_offset: dict[int, int], source: Source, length: int) -> tuple[Page, ...]:
    """Spans of the pages: they tile the text; a page without text has an empty span."""
    count = len(source.page_starts)
    starts = [length] * (count + 1)
    for number in range(count, 0, -1):
        starts[number - 1] = first_offset.get(number, starts[number])
    if count:
        starts[0] = 0
    return tuple(
        Page(
            number,
            starts[number - 1],
            starts[number],
            ocr=number in source.ocr_pages,
            unread=number in source.unread_pages,
        )
        for number in range(1, count + 1)
    )
