"""One page of a PDF file as a picture, with the place of every character on it.

It is drawn in a process apart, as files are read: see ``apart``.
"""

from __future__ import annotations

import atexit
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from corpus.errors import AttacheError
from corpus.readers.apart import Apart, Limits

_PIXELS_WIDE = 1240
"""Of a picture: sharp at the widths a page is read at, and some hundred kilobytes."""
_MOST_PIXELS = 6_000_000
_MOST_CHARACTERS = 20_000
"""On one page whose places are told; a page of text has some two thousand."""
_LEAST_RUN = 4
"""Characters in a row that must agree, where a quote is not on the page as it stands."""
_LIMITS = Limits(seconds=15.0, memory=1 << 30)
_SAME_LINE = 0.5
"""Share of its height by which a character may be off the line and yet belong to it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the picture, in pixels from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a PNG picture, and what is printed where on it."""

    png: bytes
    width: int
    height: int
    characters: str
    """One for each of the ``boxes``; empty on a page that is itself a picture."""
    boxes: tuple[Box, ...]

    def places(self, quote: str) -> tuple[Box, ...]:
        """Boxes, one a line, around a quote of the report's text; none where it is not found.

        The text of a report has other white space and other forms of some characters than the
        page, so both are compared without. Where they still differ (a footnote between, another
        order), the pieces that agree are marked.
        """
        printed = [(sign, at) for at, raw in enumerate(self.characters) for sign in _signs(raw)]
        text = "".join(sign for sign, _ in printed)
        wanted = "".join(_signs(quote))
        if not wanted:
            return ()
        found = text.find(wanted)
        if found >= 0:
            spans = [(found, found + len(wanted))]
        else:
            matcher = SequenceMatcher(None, text, wanted, autojunk=False)
            spans = [
                (block.a, block.a + block.size)
                for block in matcher.get_matching_blocks()
                if block.size >= min(_LEAST_RUN, len(wanted))
            ]
        marked = dict.fromkeys(at for start, end in spans for _, at in printed[start:end])
        return _lines([self.boxes[at] for at in marked])


def page_picture(content: bytes, name: str, page: int) -> PagePicture:
    """Draw a page, numbered from 1; AttacheError when there is none or it cannot be drawn."""
    answer, png = _drawing_child().drawn(content, name, page)
    width, height, *sides = (int(number) for number in answer["numbers"])
    boxes = tuple(Box(*sides[at : at + 4]) for at in range(0, len(sides) - 3, 4))
    characters = "".join(str(sign)[:1] for sign in answer["characters"])
    if len(characters) != len(boxes):
        raise AttacheError(
            f"{name}: found {len(boxes)} places for {len(characters)} characters of page {page}, "
            "expected one each; open the file in another program"
        )
    return PagePicture(png, max(width, 1), max(height, 1), characters, boxes)


def draw(content: bytes, name: str, page: int) -> tuple[dict[str, list[str] | list[int]], bytes]:
    """Draw a page within the process apart: its characters, its numbers, and the PNG.

    The numbers are the picture's width and height, then four a character: left, top, right, bottom.
    """
    import pypdfium2

    from corpus.readers.pdf import open_document

    document = open_document(content, name)
    try:
        if not 1 <= page <= len(document):
            raise AttacheError(
                f"{name}: found {len(document)} pages, expected a page {page}; "
                "index the file again if it has changed"
            )
        sheet = document[page - 1]
        points_wide, points_high = sheet.get_size()
        scale = _PIXELS_WIDE / max(points_wide, 1)
        scale = min(scale, (_MOST_PIXELS / max(points_wide * points_high, 1)) ** 0.5)
        bitmap = sheet.render(scale=scale, rev_byteorder=True)
        channels = bitmap.n_channels
        rows = memoryview(bytes(bitmap.buffer))
        lines = [rows[y * bitmap.stride :][: bitmap.width * channels] for y in range(bitmap.height)]
        png = _png(lines, bitmap.width, bitmap.height, channels)
        characters, sides = _characters(sheet, scale, bitmap.height)
        return {"characters": characters, "numbers": [bitmap.width, bitmap.height, *sides]}, png
    except pypdfium2.PdfiumError:
        raise AttacheError(
            f"{name}: page {page} cannot be drawn, expected a sound page; export the file again"
        ) from None
    finally:
        document.close()


def _characters(sheet: object, scale: float, height: int) -> tuple[list[str], list[int]]:
    """The characters of a page and their sides in pixels."""
    from pypdfium2 import raw

    text_page = sheet.get_textpage()  # type: ignore[attr-defined]
    characters: list[str] = []
    sides: list[int] = []
    for at in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text_page, at)
        if not 32 < code < 0x110000 or 0xD800 <= code < 0xE000:
            continue
        left, bottom, right, top = text_page.get_charbox(at)
        characters.append(chr(code))
        sides += [
            round(left * scale),
            round(height - top * scale),
            round(right * scale),
            round(height - bottom * scale),
        ]
    return characters, sides


def _png(lines: list[memoryview], width: int, height: int, channels: int) -> bytes:
    """A PNG of rows of grey, RGB or RGBA bytes."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + bytes(line) for line in lines), 6)
    parts = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def _signs(text: str) -> str:
    """Text without white space, its characters in one form."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _lines(boxes: list[Box]) -> tuple[Box, ...]:
    """Draw boxes of characters that follow each other on a line into one."""
    drawn: list[Box] = []
    for box in boxes:
        if drawn and _follows(drawn[-1], box):
            last = drawn[-1]
            drawn[-1] = Box(
                min(last.left, box.left),
                min(last.top, box.top),
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
        else:
            drawn.append(box)
    return tuple(drawn)


def _follows(line: Box, box: Box) -> bool:
    height = max(line.bottom - line.top, 1)
    return (
        abs((line.top + line.bottom) - (box.top + box.bottom)) / 2 < _SAME_LINE * height
        and -height < box.left - line.right < 2 * height
    )


@cache
def _drawing_child() -> Apart:
    """A child of its own: a reader of the page does not wait for files that are being indexed."""
    child = Apart(_LIMITS)
    atexit.register(child.close)
    return child
