"""PDF files with a text layer, through PDFium; and pictures of pages for those without.

PDFium gives characters in the order they were drawn, which for word processors is the order of
reading, cell by cell in tables. Lines are read from it with their places, and ``page_layout``
makes paragraphs and rows of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.errors import AttacheError
from corpus.readers.page_layout import lay_out
from corpus.readers.page_types import BOLD, PageContent, Piece
from corpus.readers.ruled_tables import Grid, Stroke, find_grids
from corpus.readers.source import Source
from corpus.script import spaces_latin

_KIND = "a PDF file"
_MOST_PAGES = 3000
_FEWEST_CHARACTERS = 12
"""Below this a page with a picture on it is a scan, which may bear a printed page number."""
_LEAST_PICTURE = 0.25
"""Share of the page that pictures cover on a scan."""
_MANY_PATHS = 300
"""Drawn lines that a page without text has when its letters are drawn as outlines."""
_MOST_GARBAGE = 0.3
_MOST_OBJECTS = 20_000
"""Drawn things on a page that are looked at in search of ruled tables."""
_DOTS_AN_INCH = 300
_MOST_PIXELS = 24_000_000
_WIDE_GAP = 0.55
"""Least space, in ems, that may part two cells; what is less is a space between words."""
_NARROW_GAP = 0.45
"""Ems below which a gap between Chinese and Latin may be the program's doing, not the author's."""
_MAYBE = "\x01"
"""Stands for a space that PDFium saw in such a gap."""
_BETWEEN_SCRIPTS = re.compile(r"(?<=[⺀-鿿豈-﫿！-｠]) (?=\S)|(?<=\S) (?=[⺀-鿿豈-﫿！-｠])")
_CITING = re.compile(r"(?<=[㐀-鿿）」』》。，、；])\d{1,3}(?!\d)")
"""A number right behind Chinese, which may be that of a footnote."""
_RAISED = 0.75
"""Size of a footnote's number, in sizes of the text, at most."""
_BOLD_WEIGHT = 600
_HYPHEN = "\ufffe"
"""PDFium's sign for a hyphen that breaks a word; the next line follows it without a break."""
_NOTE_DIGITS = str.maketrans("0123456789", "".join(chr(0xE100 + digit) for digit in range(10)))
_NOTE = re.compile(r"[\ue100-\ue109]+")
_NO_PAGES = re.compile(rb"/Count\s*0\b")
_PAGES = re.compile(rb"/Count\s*[1-9]|/ObjStm")
_GARBAGE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for first, last in ((0x2E80, 0x2FD5), (0xF900, 0xFAD9), (0xFB00, 0xFB06))
    for code in range(first, last + 1)
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
} | {0x2EA0: "民", 0x2ED1: "長", 0x2EC4: "西", 0x2EE9: "黃", 0x2F00: "一", 0xAD: "-"}
"""Radicals, compatibility forms and ligatures that fonts give for the character itself."""
_RADICALS_SEEN = re.compile(f"[{''.join(map(chr, _RADICALS))}]")


def read(content: bytes, name: str) -> Source:
    """Lines of the text layer, page by page.

    A page that is a picture of text is named in ``unread_pages``. AttacheError when the file is
    protected, broken or empty.
    """
    document = open_document(content, name)
    try:
        pages: list[PageContent] = []
        unread: set[int] = set()
        for position in range(len(document)):
            page = _page(document, position)
            pages.append(page or PageContent())
            if page is None:
                unread.add(position + 1)
    finally:
        document.close()
    source = lay_out(_settled(pages))
    if not unread and not any(line.strip() for line in source.lines):
        raise AttacheError(
            f"{name}: found {len(pages)} pages without text or pictures, expected a report; "
            "export it again from the program that wrote it"
        )
    return Source(
        source.lines, source.page_starts, source.continued, unread_pages=frozenset(unread)
    )


def picture(content: bytes, name: str, page: int) -> bytes:
    """The page, numbered from 1, as a grey picture in PGM form, fit for reading by OCR."""
    import pypdfium2

    document = open_document(content, name)
    try:
        drawn = document[page - 1]
        width, height = drawn.get_size()
        scale = _DOTS_AN_INCH / 72
        scale = min(scale, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = drawn.render(scale=scale, grayscale=True)
        rows = memoryview(bytes(bitmap.buffer))
        lines = (rows[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height))
        return b"".join((f"P5 {bitmap.width} {bitmap.height} 255\n".encode(), *lines))
    except pypdfium2.PdfiumError:
        raise AttacheError(
            f"{name}: page {page} cannot be drawn, expected a sound page; export the file again"
        ) from None
    finally:
        document.close()


def _settled(pages: list[PageContent]) -> list[PageContent]:
    """Pages with doubtful spaces kept, if the author sets spaces elsewhere, or dropped."""
    text = "\n".join(piece.text for page in pages for piece in page.pieces)
    if _MAYBE not in text:
        return pages
    typed = len(_BETWEEN_SCRIPTS.findall(text))
    space = " " if typed >= text.count(_MAYBE) and spaces_latin(text) else ""
    return [
        PageContent(
            tuple(replace(piece, text=piece.text.replace(_MAYBE, space)) for piece in page.pieces),
            page.grids,
        )
        for page in pages
    ]


def open_document(content: bytes, name: str) -> Any:
    """Open a file with PDFium; AttacheError when it is protected, broken, empty or endless."""
    import pypdfium2
    from pypdfium2 import raw

    if b"%PDF-" not in content[:1024]:
        raise AttacheError(
            f"{name}: found no PDF heading at its start, expected {_KIND}; "
            "give the file its true suffix"
        )
    with contextlib.suppress(pypdfium2.PdfiumError):
        # PDFium tells the error before last where it sets none: this sets a known one
        pypdfium2.PdfDocument(b"%PDF-1.7")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise AttacheError(
                f"{name}: found a PDF file that opens with a password only, expected one without; "
                "save it without the password"
            ) from None
        if _NO_PAGES.search(content) and not _PAGES.search(content):
            raise AttacheError(
                f"{name}: found a PDF file of 0 pages, expected a report; export it again"
            ) from None
        raise AttacheError(
            f"{name}: found a damaged or cut-off PDF file, expected a whole one; get the file again"
        ) from None
    count = len(document)
    if 0 < count <= _MOST_PAGES:
        return document
    document.close()
    raise AttacheError(
        f"{name}: found a PDF file of {count} pages, expected 1 to {_MOST_PAGES}; "
        + ("export it again" if count == 0 else "split it")
    )


def _page(document: Any, position: int) -> PageContent | None:
    """The text on a page and the tables ruled on it; None when it is a picture of text instead."""
    import pypdfium2

    try:
        page = document[position]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None  # a page that is damaged by itself does not cost the others
    text = _text(text_page)
    shown = "".join(text.split())
    garbage = len(_GARBAGE.findall(shown))
    if garbage > _MOST_GARBAGE * len(shown):
        return None
    if len(shown) - garbage < _FEWEST_CHARACTERS and _is_picture(page):
        return None
    if not shown:
        return PageContent()
    grids = find_grids(_strokes(page))
    return PageContent(tuple(_pieces(text_page, text, grids)), grids)


def _strokes(page: Any) -> Iterator[Stroke]:
    """Boxes of the straight lines that are drawn; a rectangle that is stroked gives four."""
    from pypdfium2 import raw

    bounds = [ctypes.c_float() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for position in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = raw.FPDFPage_GetObject(page, position)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(drawn, *bounds):
            continue
        line = Stroke(*(bound.value for bound in bounds))
        if line.is_horizontal or line.is_vertical:
            yield line
        elif raw.FPDFPath_GetDrawMode(drawn, fill, stroke) and stroke.value:
            left, bottom, right, top = line.left, line.bottom, line.right, line.top
            yield from (Stroke(left, bottom, left, top), Stroke(right, bottom, right, top))
            yield from (Stroke(left, bottom, right, bottom), Stroke(left, top, right, top))


def _text(text_page: Any) -> str:
    """One character of text for each of PDFium's, so that positions agree."""
    from pypdfium2 import raw

    count = text_page.count_chars()
    text = str(text_page.get_text_range())
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(text_page, position) for position in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)


def _is_picture(page: Any) -> bool:
    from pypdfium2 import raw

    width, height = page.get_size()
    covered, paths = 0.0, 0
    for drawn in page.get_objects(max_depth=3):
        if drawn.type == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
    return covered > _LEAST_PICTURE * width * height or paths > _MANY_PATHS


def _pieces(text_page: Any, text: str, grids: tuple[Grid, ...]) -> list[Piece]:
    """Runs of characters on one line without a wide gap, in the order they were drawn."""
    box = _Boxes(text_page)
    pieces: list[Piece] = []
    start = 0
    for line in text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n"):
        if line.strip():
            _split(line, start, box, grids, pieces)
        start += len(line) + 1
    return pieces


def _split(
    line: str, start: int, box: _Boxes, grids: tuple[Grid, ...], pieces: list[Piece]
) -> None:
    first = len(line) - len(line.lstrip())
    last = len(line.rstrip()) - 1
    generated = [
        match.start()
        for match in _BETWEEN_SCRIPTS.finditer(line, first, last + 1)
        if box.is_generated(start + match.start())
    ]
    size, baseline = box.size(start + first), box.baseline(start + first)
    for match in _CITING.finditer(line, first, last + 1):
        if box.size(start + match.start()) < _RAISED * size:
            number = match[0].translate(_NOTE_DIGITS)
            line = f"{line[: match.start()]}{number}{line[match.end() :]}"
    begun = first
    left = box.sides(start + first)[0]
    gap = 0.0
    position = first
    while (position := line.find(" ", position, last)) >= 0:
        after = position + 1
        while line[after] == " ":
            after += 1
        ended, resumed = box.sides(start + position - 1)[1], box.sides(start + after)[0]
        ruled = any(grid.parts(ended, resumed, baseline) for grid in grids)
        if not ruled and position in generated and resumed - ended < _NARROW_GAP * size:
            line = f"{line[:position]}{_MAYBE}{line[position + 1 :]}"
        elif ruled or resumed - ended > _WIDE_GAP * size:
            pieces.append(Piece(_clean(line[begun:position]), left, ended, baseline, size, gap))
            gap = resumed - ended
            begun, left = after, resumed
            size, baseline = box.size(start + after), box.baseline(start + after)
        position = after
    spaced = last + 1 < len(line)
    right = box.sides(start + last)[1]
    text = _clean(line[begun : last + 1])
    foot = box.baseline(start + last) if _HYPHEN in line else None
    ink = box.ink(start + begun)
    ink = ink if ink == box.ink(start + last) else -1
    pieces.append(Piece(text, left, right, baseline, size, gap, spaced, ink, foot))


def _clean(text: str) -> str:
    if _RADICALS_SEEN.search(text):
        text = text.translate(_RADICALS)
    if _NOTE.search(text):
        text = _NOTE.sub(lambda note: f"[{''.join(str(ord(c) - 0xE100) for c in note[0])}]", text)
    return text.replace(_HYPHEN, "-")


class _Boxes:
    """Where the characters of a page stand."""

    def __init__(self, text_page: Any) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = text_page
        self._values = [ctypes.c_double() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def sides(self, position: int) -> tuple[float, float]:
        """Left and right edge, in points."""
        self._raw.FPDFText_GetCharBox(self._page, position, *self._values)
        return self._values[0].value, self._values[1].value

    def baseline(self, position: int) -> float:
        """Height of the line that the character stands on, in points above the page's foot."""
        x, y = self._values[:2]
        self._raw.FPDFText_GetCharOrigin(self._page, position, x, y)
        return y.value

    def ink(self, position: int) -> int:
        """Colour and weight of the character."""
        self._raw.FPDFText_GetFillColor(self._page, position, *self._colour)
        red, green, blue, _ = (value.value for value in self._colour)
        bold = self._raw.FPDFText_GetFontWeight(self._page, position) >= _BOLD_WEIGHT
        return (BOLD if bold else 0) | red << 16 | green << 8 | blue

    def is_generated(self, position: int) -> bool:
        """Whether PDFium put the character there, because of a gap."""
        return bool(self._raw.FPDFText_IsGenerated(self._page, position) == 1)

    def size(self, position: int) -> float:
        """Size of the font in points."""
        size = float(self._raw.FPDFText_GetFontSize(self._page, position))
        if size > 1.5:
            return size
        # the size may be in the text matrix instead: the glyph's height tells
        self._raw.FPDFText_GetCharBox(self._page, position, *self._values)
        return max(self._values[3].value - self._values[2].value, 4.0) * 1.1
