"""OpenDocument text (.odt): paragraphs, tables, lists and notes in reading order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

from corpus.errors import AttacheError
from corpus.readers import archive
from corpus.readers.layout import HARD_BREAK, PAGE_BREAK, Layout, untabbed
from corpus.readers.odt_numbering import ListStyles, Numbers
from corpus.readers.source import Source

_KIND = "an OpenDocument text (.odt)"
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_REPEATED = 63
_BASED_ON_AT_MOST = 20

_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_XML = "http://www.w3.org/XML/1998/namespace"

_SILENT = frozenset(
    (
        "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms",
        "annotation", "annotation-end", "number", "note-citation", "ruby-text", "title", "desc",
        "event-listeners", "script",
    )
)  # fmt: skip
"""Elements whose text is not printed in the body, or is printed by us."""


def read(content: bytes, name: str) -> Source:
    """Lines of an OpenDocument text.

    It has pages only if the program that saved it noted where they ended. AttacheError when the
    file is broken, protected or harmful.
    """
    archive.check(content, name, _KIND, "content.xml")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        manifest = "META-INF/manifest.xml"
        if manifest in packed.namelist() and b"encryption-data" in packed.read(manifest):
            raise AttacheError(
                f"{name}: found a password-protected file, expected {_KIND} without a password; "
                "save it without one"
            )
    from odf.opendocument import load

    try:
        return _Reading(load(io.BytesIO(content))).source()
    except (SAXException, RecursionError):
        raise AttacheError(
            f"{name}: found XML that is broken or nested too deep, expected {_KIND}; "
            "open it in LibreOffice and save it again"
        ) from None
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, StopIteration) as error:
        raise AttacheError(
            f"{name}: found an archive that holds no sound text document "
            f"({type(error).__name__}), expected {_KIND}; open it in LibreOffice and save it again"
        ) from None


class _Reading:
    """One document as it is read."""

    def __init__(self, document: Any) -> None:
        # odfpy leaves its attribute ``text`` empty when the XML is indented
        self._body = next(e for e in _elements(document.body) if e.qname == (_OFFICE, "text"))
        self._lists = ListStyles((document.automaticstyles, document.styles))
        self._outline = Numbers(self._lists.outline())
        self._paragraph_styles = {
            element.attributes.get((_STYLE, "name"), ""): element
            for root in (document.styles, document.automaticstyles)
            for element in _elements(root)
            if element.qname == (_STYLE, "style")
        }
        self._numbers: list[Numbers] = []
        self._by_style: dict[str, Numbers] = {}
        self._by_id: dict[str, Numbers] = {}
        self._layout = Layout()
        self._boxes: list[Any] = []
        self._cited: list[tuple[int, Any]] = []
        self._note_count = 0
        self._is_first = True
        self._soft = False

    def source(self) -> Source:
        self._blocks(self._body)
        return self._layout.source(paged=self._soft)

    # -- blocks --------------------------------------------------------------------------------

    def _blocks(self, parent: Any) -> None:
        for element in _elements(parent):
            self._block(element)

    def _block(self, element: Any) -> None:
        local = element.qname[1]
        if element.qname in {(_TEXT, "p"), (_TEXT, "h")}:
            number = self._outline_number(element) if local == "h" else ""
            self._paragraph(element, number, close=False)
        elif element.qname == (_TEXT, "list"):
            self._list(element, 0)
        elif element.qname == (_TABLE, "table"):
            self._table(element)
        elif local == "soft-page-break":
            self._soft = True
            self._layout.page_break()
        elif local not in _SILENT:
            self._blocks(element)

    def _paragraph(self, element: Any, number: str, *, close: bool) -> None:
        text = self._text(element)
        breaks = not self._is_first and self._begins_page(element)
        self._is_first = False
        if breaks:
            self._layout.page_break()
        if text.strip():
            pages = len(text) - len(text.lstrip(PAGE_BREAK))
            text = PAGE_BREAK * pages + number + untabbed(text[pages:])
        heading = _whole(element, (_TEXT, "outline-level"), 1) if element.qname[1] == "h" else 0
        self._layout.paragraph(text, heading=heading, close=close)
        self._pending()

    def _pending(self) -> None:
        """Text boxes and notes follow the paragraph that they hang on."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box)
        cited, self._cited = self._cited, []
        for number, note in cited:
            text = " ".join(filter(None, map(self._text, _paragraphs(note))))
            self._layout.paragraph(f"[{number}] {untabbed(text)}")

    def _outline_number(self, heading: Any) -> str:
        if heading.attributes.get((_TEXT, "is-list-header")) == "true":
            return ""
        return self._outline.printed(_whole(heading, (_TEXT, "outline-level"), 1) - 1)

    # -- lists ---------------------------------------------------------------------------------

    def _list(self, element: Any, depth: int) -> None:
        if depth == 0:
            self._numbers.append(self._numbers_of(element))
        is_first = depth == 0
        for item in _elements(element):
            local = item.qname[1]
            if local == "soft-page-break":
                self._block(item)
                continue
            waiting = local == "list-item"  # its first paragraph bears the number
            for child in _elements(item):
                if child.qname == (_TEXT, "list"):
                    self._list(child, depth + 1)
                    waiting = False
                elif child.qname in {(_TEXT, "p"), (_TEXT, "h")}:
                    start = item.attributes.get((_TEXT, "start-value"), "")
                    number = self._numbers[-1].printed(depth, start) if waiting else ""
                    self._paragraph(child, number, close=not is_first)
                    waiting = is_first = False
                else:
                    self._block(child)
        if depth == 0:
            self._numbers.pop()

    def _numbers_of(self, element: Any) -> Numbers:
        """The count that the list goes on with, or one of its own."""
        style = element.attributes.get((_TEXT, "style-name"), "")
        continued = element.attributes.get((_TEXT, "continue-list"), "")
        numbers = self._by_id.get(continued) if continued else None
        if numbers is None and element.attributes.get((_TEXT, "continue-numbering")) == "true":
            numbers = self._by_style.get(style)
        if numbers is None:
            numbers = Numbers(self._lists.levels(style))
        self._by_style[style] = numbers
        self._by_id[element.attributes.get((_XML, "id"), "")] = numbers
        return numbers

    # -- tables --------------------------------------------------------------------------------

    def _table(self, table: Any) -> None:
        rows = [(row, _cells(row)) for row in self._rows(table)]
        if all(len(cells) == 1 for row, cells in rows if row is not None):
            for row, cells in rows:  # a box around text, not a table
                self._page_before(row)
                for cell in cells:
                    if cell is not None:
                        self._blocks(cell)
            return
        for row, cells in rows:
            self._page_before(row)
            if row is not None:
                self._layout.row(["" if cell is None else self._cell_text(cell) for cell in cells])
        self._pending()

    def _page_before(self, row: Any) -> None:
        if row is None:
            self._soft = True
            self._layout.page_break()

    def _rows(self, table: Any) -> Iterator[Any]:
        """The rows; None where a page ends between two."""
        for element in _elements(table):
            if element.qname == (_TABLE, "table-row"):
                yield element
            elif element.qname[1] == "soft-page-break":
                yield None
            elif element.qname[1] in {"table-header-rows", "table-rows", "table-row-group"}:
                yield from self._rows(element)

    def _cell_text(self, cell: Any) -> str:
        texts = (self._text(paragraph).replace(PAGE_BREAK, "") for paragraph in _paragraphs(cell))
        return " ".join(text for text in texts if text.strip())

    # -- text ----------------------------------------------------------------------------------

    def _text(self, paragraph: Any) -> str:
        pieces: list[str] = []
        self._collect(paragraph, pieces)
        return "".join(pieces)

    def _collect(self, parent: Any, pieces: list[str]) -> None:
        for node in parent.childNodes:
            if not hasattr(node, "qname"):
                # white space of the XML is one space, and none at a line's start
                text = _WHITE.sub(" ", str(node.data))
                pieces.append(text.lstrip(" ") if "".join(pieces[-1:])[-1:] in {"", " "} else text)
                continue
            local = node.qname[1]
            if local == "s":
                pieces.append(" " * min(_whole(node, (_TEXT, "c"), 1), 200))
            elif local == "tab":
                pieces.append("\t")
            elif local == "line-break":
                pieces.append(HARD_BREAK)
            elif local == "soft-page-break":
                self._soft = True
                pieces.append(PAGE_BREAK)
            elif local == "note":
                self._note_count += 1
                self._cited.append((self._note_count, node))
                pieces.append(f"[{self._note_count}]")
            elif node.qname == (_TEXT, "p") or local in {"text-box", "custom-shape"}:
                self._boxes.append(node)
            elif local not in _SILENT:
                self._collect(node, pieces)

    def _begins_page(self, paragraph: Any) -> bool:
        name = paragraph.attributes.get((_TEXT, "style-name"), "")
        for _ in range(_BASED_ON_AT_MOST):
            style = self._paragraph_styles.get(name)
            if style is None:
                return False
            if style.attributes.get((_STYLE, "master-page-name")):
                return True
            for properties in _elements(style):
                before = properties.attributes.get((_FO, "break-before"))
                if before is not None:
                    return bool(before == "page")
            name = style.attributes.get((_STYLE, "parent-style-name"), "")
        return False


def _elements(parent: Any) -> list[Any]:
    return [node for node in parent.childNodes if hasattr(node, "qname")]


def _paragraphs(parent: Any) -> Iterator[Any]:
    """The paragraphs below the element, however deep in lists and tables."""
    for element in _elements(parent):
        if element.qname in {(_TEXT, "p"), (_TEXT, "h")}:
            yield element
        elif element.qname[1] not in _SILENT:
            yield from _paragraphs(element)


def _cells(row: Any) -> list[Any]:
    """The cells of a row; None where a merged cell goes on."""
    if row is None:
        return []
    cells: list[Any] = []
    for element in _elements(row):
        times = min(_whole(element, (_TABLE, "number-columns-repeated"), 1), _MOST_REPEATED)
        if element.qname == (_TABLE, "table-cell"):
            cells += [element] * times
        elif element.qname == (_TABLE, "covered-table-cell"):
            cells += [None] * times
    return cells


def _whole(element: Any, attribute: tuple[str, str], default: int) -> int:
    printed = str(element.attributes.get(attribute, ""))
    return int(printed) if printed.isdecimal() and len(printed) < 6 else default
