"""PDF files, with OCR for the pages that are pictures of text."""

from __future__ import annotations

from corpus.errors import AttacheError
from corpus.readers import ocr
from corpus.readers.apart import reading_child
from corpus.readers.source import Source

_MOST_PAGES = 400
"""Pages of one file that OCR reads, at some seconds each; the others stay unread."""


def read(content: bytes, name: str) -> Source:
    """Lines of a PDF file; pages read by OCR are named in the source, and so are unread ones.

    AttacheError when no page at all could be read.
    """
    source = reading_child().read("pdf", content, name)
    if not source.unread_pages:
        return source
    read_by_ocr: dict[int, tuple[str, ...]] = {}
    if ocr.program() is not None:
        for page in sorted(source.unread_pages)[:_MOST_PAGES]:
            lines = _recognise(content, name, page)
            if lines is not None:
                read_by_ocr[page] = lines
    merged = _merge(source, read_by_ocr)
    if not any(line.strip() for line in merged.lines):
        pages = printed_pages(source.unread_pages)
        remedy = "scan it again, sharper" if ocr.program() is not None else ocr.REMEDY
        raise AttacheError(
            f"{name}: found pictures without text ({pages}), expected text or a readable scan; "
            f"{remedy}"
        )
    return merged


def printed_pages(pages: frozenset[int]) -> str:
    """Page numbers with runs drawn together: pages 1-3, 7."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    printed = ", ".join("-".join(map(str, run)) for run in runs)
    return f"page{'s' if len(pages) > 1 else ''} {printed}"


def _recognise(content: bytes, name: str, page: int) -> tuple[str, ...] | None:
    try:
        picture = reading_child().picture(content, name, page)
    except AttacheError:
        return None  # one page that cannot be drawn stays unread
    return ocr.recognise(picture)


def _merge(source: Source, read_by_ocr: dict[int, tuple[str, ...]]) -> Source:
    """The source with the lines of the pages read by OCR in their places."""
    lines: list[str] = []
    starts: list[int] = []
    continued: set[int] = set()
    ends = (*source.page_starts[1:], len(source.lines))
    for number, (start, end) in enumerate(zip(source.page_starts, ends, strict=True), start=1):
        shift = len(lines) - start
        starts.append(len(lines))
        continued.update(line + shift for line in source.continued if start <= line < end)
        lines += read_by_ocr.get(number, source.lines[start:end])
    # a page without any text, a photograph, was read: there is nothing in it to mark
    marked = frozenset(page for page, read in read_by_ocr.items() if read)
    unread = source.unread_pages - read_by_ocr.keys()
    return Source(tuple(lines), tuple(starts), frozenset(continued), marked, unread)
