"""A page of a PDF as a picture, with the quote marked on it."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from assistant.render import title_label
from assistant.types import Language
from assistant.web.escape import plain
from assistant.web.place import Place
from assistant.web.words import (
    FILE_CHANGED,
    FILE_GONE,
    NEXT_PAGE,
    NOT_MARKED,
    NOT_ON_PAGE,
    PAGE_OF,
    PREVIOUS_PAGE,
)
from corpus.errors import AttacheError
from corpus.readers.pdf_page import PagePicture, page_picture
from corpus.types import Report
from index.retriever import Index

_PAGES_IN_MEMORY = 24


class PageMissingError(Exception):
    """Says in words why a page cannot be shown."""


def page_html(index: Index, report: Report, place: Place, language: Language) -> str:
    """Write the picture of a page; ``PageMissingError`` where the file or the page is not there.

    Only the file that the report was read from is ever opened, and only while it is the same.
    """
    own = report.page_at(place.start)
    number = place.page if place.page is not None else own
    if number is None or not 1 <= number <= len(report.pages):
        raise PageMissingError(f"{report.source}: 1 – {len(report.pages)}")
    picture = _picture(index.source_file(report.id), report, number, language)
    on_it = report.pages[number - 1]
    first, last = max(place.start, on_it.start), min(place.end, on_it.end)
    spots = picture.places(report.text[first:last]) if first < last else ()
    note = ""
    if place.start < place.end and not spots:
        words = NOT_MARKED if first < last else NOT_ON_PAGE
        note = f"<p class='note'>{plain(words.of(language))}</p>"
    marks = "".join(
        f"<span class='spot' style='left:{_share(box.left, picture.width)};"
        f"top:{_share(box.top, picture.height)};"
        f"width:{_share(box.right - box.left, picture.width)};"
        f"height:{_share(box.bottom - box.top, picture.height)}'></span>"
        for box in spots
    )
    title = title_label(
        report.metadata.title.value if report.metadata.title else None, report.source, language
    )
    told = plain(PAGE_OF.of(language, title=title, n=number))
    data = b64encode(picture.png).decode("ascii")
    return (
        f"{note}<figure class='page'><div class='sheet'><img alt='{told}' "
        f"width='{picture.width}' height='{picture.height}' src='data:image/png;base64,{data}'>"
        f"{marks}</div><figcaption>{number} / {len(report.pages)}</figcaption></figure>"
        f"<nav class='around'>{_step(place, number - 1, report, PREVIOUS_PAGE.of(language))}"
        f"{_step(place, number + 1, report, NEXT_PAGE.of(language))}</nav>"
    )


def _picture(path: Path, report: Report, number: int, language: Language) -> PagePicture:
    try:
        return _drawn(path, report.sha256, report.source, number)
    except OSError:
        raise PageMissingError(FILE_GONE.of(language, name=report.source)) from None
    except _OtherContentError:
        raise PageMissingError(FILE_CHANGED.of(language, name=report.source)) from None
    except AttacheError as error:
        raise PageMissingError(str(error)) from None


class _OtherContentError(Exception):
    """A file is not what it was when it was read."""


@lru_cache(maxsize=_PAGES_IN_MEMORY)
def _drawn(path: Path, digest: str, name: str, number: int) -> PagePicture:
    """Draw a page of the content that has a digest; pictures of it stay true, whatever follows."""
    content = path.read_bytes()
    if sha256(content).hexdigest() != digest:
        raise _OtherContentError
    return page_picture(content, name, number)


def _step(place: Place, number: int, report: Report, name: str) -> str:
    if not 1 <= number <= len(report.pages):
        return ""
    side = "previous" if number < (place.page or report.page_at(place.start) or 1) else "next"
    target = plain(str(place.on_page(number)))
    return f"<a class='goto step {side}' href='#{target}'>{plain(name)}<span>{number}</span></a>"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%"
