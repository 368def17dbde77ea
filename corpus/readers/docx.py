"""Word files (.docx): paragraphs, tables and notes in order, with the numbers that Word prints."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.errors import AttacheError
from corpus.readers import archive
from corpus.readers.layout import HARD_BREAK, PAGE_BREAK, Layout, untabbed
from corpus.readers.source import Source

_KIND = "a Word file (.docx)"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_MOST_SPANNED = 63
"""Columns that Word allows a table."""
_BASED_ON_AT_MOST = 20


def read(content: bytes, name: str) -> Source:
    """Lines of a Word file.

    It has pages only if Word wrote down where they ended when it last showed the file: other
    programs do not, and page numbers are not guessed. AttacheError when the file is broken,
    protected or harmful.
    """
    archive.check(content, name, _KIND, "[Content_Types].xml")
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(content))
        return _Reading(document).source()
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise AttacheError(
            f"{name}: found an archive that holds no sound Word document "
            f"({type(error).__name__}), expected {_KIND}; open it in Word and save it again"
        ) from None
    except (etree.XMLSyntaxError, RecursionError):
        raise AttacheError(
            f"{name}: found XML that is broken or nested too deep, expected {_KIND}; "
            "open it in Word and save it again"
        ) from None


@dataclass(frozen=True, slots=True)
class _Style:
    heading: int
    number_id: str | None
    depth: int | None


class _Reading:
    """One document as it is read."""

    def __init__(self, document: Any) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        from corpus.readers.docx_numbering import Numbering

        self._w = {
            tag: qn(f"w:{tag}")
            for tag in (  # noqa: SIM905 - a line a name reads worse
                "p tbl tr tc sdt sdtContent ins moveTo smartTag customXml pPr rPr tcPr trPr numPr "
                "numId ilvl pStyle outlineLvl basedOn name style styleId val type r t tab br cr "
                "noBreakHyphen sym lastRenderedPageBreak footnoteReference endnoteReference del "
                "moveFrom instrText ruby rubyBase txbxContent vanish id gridSpan vMerge gridBefore "
                "hyperlink fldSimple drawing pict object footnote endnote"
            ).split()
        }
        self._choice = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
        self._math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
        part = document.part
        self._body = document.element.body
        self._styles_root = document.styles.element
        numbering = _related(part, RELATIONSHIP_TYPE.NUMBERING)
        self._numbering = Numbering(numbering, self._styles_root)
        self._notes = {
            "footnoteReference": self._notes_in(_related(part, RELATIONSHIP_TYPE.FOOTNOTES)),
            "endnoteReference": self._notes_in(_related(part, RELATIONSHIP_TYPE.ENDNOTES)),
        }
        self._style_elements = {
            element.get(self._w["styleId"], ""): element
            for element in self._styles_root.iterchildren(self._w["style"])
        }
        self._styles: dict[str, _Style] = {}
        self._layout = Layout()
        self._note_count = 0
        self._cited: list[tuple[int, Any]] = []
        self._boxes: list[Any] = []
        self._last_list: str | None = None

    def source(self) -> Source:
        rendered = next(self._body.iter(self._w["lastRenderedPageBreak"]), None) is not None
        self._blocks(self._body)
        return self._layout.source(paged=rendered)

    # -- blocks --------------------------------------------------------------------------------

    def _blocks(self, parent: Any) -> None:
        for element in self._block_elements(parent):
            if element.tag == self._w["p"]:
                self._paragraph(element)
            else:
                self._table(element)
            self._pending()

    def _block_elements(self, parent: Any) -> Iterator[Any]:
        w = self._w
        wrappers = {w["sdt"], w["sdtContent"], w["ins"], w["moveTo"], w["customXml"], w["smartTag"]}
        for element in parent.iterchildren():
            if element.tag in {w["p"], w["tbl"]}:
                yield element
            elif element.tag in wrappers:
                yield from self._block_elements(element)

    def _pending(self) -> None:
        """Text boxes and notes follow the paragraph or table that they hang on."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box)
        cited, self._cited = self._cited, []
        for number, note in cited:
            text = " ".join(filter(None, map(self._text, note.iterchildren(self._w["p"]))))
            self._layout.paragraph(f"[{number}] {untabbed(text)}")

    def _paragraph(self, element: Any) -> None:
        number_id, printed = self._number(element)
        text = self._text(element)
        close = number_id is not None and number_id == self._last_list
        self._last_list = number_id
        if text.strip():
            pages = len(text) - len(text.lstrip(PAGE_BREAK))
            text = PAGE_BREAK * pages + printed + untabbed(text[pages:])
        self._layout.paragraph(text, heading=self._heading(element), close=close)

    def _table(self, table: Any) -> None:
        self._last_list = None
        rows = [self._cells(row) for row in self._rows(table)]
        if all(len(cells) == 1 for cells in rows):
            for (cell,) in rows:  # a box around text, not a table
                if cell is not None:
                    self._blocks(cell)
            return
        for cells in rows:
            self._layout.row(["" if cell is None else self._cell_text(cell) for cell in cells])

    def _rows(self, table: Any) -> Iterator[Any]:
        w = self._w
        for element in table.iterchildren():
            if element.tag == w["tr"]:
                properties = element.find(w["trPr"])
                if properties is None or properties.find(w["del"]) is None:
                    yield element
            elif element.tag in {w["sdt"], w["sdtContent"], w["ins"], w["customXml"]}:
                yield from self._rows(element)

    def _cells(self, row: Any) -> list[Any]:
        """The cells of a row; None for each column that a merged cell goes on in."""
        w = self._w
        properties = row.find(w["trPr"])
        skipped = properties.find(w["gridBefore"]) if properties is not None else None
        cells: list[Any] = [None] * (0 if skipped is None else self._span(skipped))
        for cell in self._cell_elements(row):
            properties = cell.find(w["tcPr"])
            merged = properties.find(w["vMerge"]) if properties is not None else None
            span = properties.find(w["gridSpan"]) if properties is not None else None
            goes_on = merged is not None and merged.get(w["val"], "continue") == "continue"
            cells.append(None if goes_on else cell)
            cells += [None] * (self._span(span) - 1 if span is not None else 0)
        return cells

    def _cell_elements(self, row: Any) -> Iterator[Any]:
        w = self._w
        for element in row.iterchildren():
            if element.tag == w["tc"]:
                yield element
            elif element.tag in {w["sdt"], w["sdtContent"], w["customXml"]}:
                yield from self._cell_elements(element)

    def _span(self, element: Any) -> int:
        printed = element.get(self._w["val"], "")
        return min(int(printed), _MOST_SPANNED) if printed.isdecimal() else 1

    def _cell_text(self, cell: Any) -> str:
        pieces: list[str] = []
        for element in self._block_elements(cell):
            if element.tag == self._w["p"]:
                text = self._text(element)
                _, printed = self._number(element)
                pieces.append(f"{printed}{text}" if text.strip() else "")
            else:
                for row in self._rows(element):
                    pieces += [self._cell_text(c) for c in self._cells(row) if c is not None]
        return " ".join(piece for piece in pieces if piece.strip())

    # -- styles and numbers --------------------------------------------------------------------

    def _heading(self, paragraph: Any) -> int:
        w = self._w
        properties = paragraph.find(w["pPr"])
        if properties is None:
            return 0
        own = properties.find(w["outlineLvl"])
        if own is not None:
            return _outline_level(own.get(w["val"], ""))
        return self._style_of(properties).heading

    def _number(self, paragraph: Any) -> tuple[str | None, str]:
        """The list that the paragraph is in, and what Word prints before it."""
        w = self._w
        properties = paragraph.find(w["pPr"])
        if properties is None:
            return None, ""
        style = self._style_of(properties)
        number_id, depth = style.number_id, style.depth
        own = properties.find(w["numPr"])
        if own is not None:
            own_id, own_depth = own.find(w["numId"]), own.find(w["ilvl"])
            if own_id is not None:
                number_id = own_id.get(w["val"], "0")
            if own_depth is not None and own_depth.get(w["val"], "").isdecimal():
                depth = int(own_depth.get(w["val"]))
        if number_id is None or number_id == "0":
            return None, ""
        return number_id, self._numbering.printed(number_id, depth or 0)

    def _style_of(self, properties: Any) -> _Style:
        name = properties.find(self._w["pStyle"])
        return self._style("" if name is None else name.get(self._w["val"], ""))

    def _style(self, style_id: str) -> _Style:
        """What the style, or one that it is based on, says of headings and numbers."""
        if style_id in self._styles:
            return self._styles[style_id]
        w = self._w
        heading: int | None = None
        number_id: str | None = None
        depth: int | None = None
        current, seen = style_id, 0
        while (
            element := self._style_elements.get(current)
        ) is not None and seen < _BASED_ON_AT_MOST:
            seen += 1
            if heading is None:
                level = element.find(f"{w['pPr']}/{w['outlineLvl']}")
                named = (
                    _HEADING.fullmatch(element.find(w["name"]).get(w["val"], ""))
                    if (element.find(w["name"]) is not None)
                    else None
                )
                if level is not None:
                    heading = _outline_level(level.get(w["val"], ""))
                elif named is not None:
                    heading = int(named[1])
            if number_id is None:
                found = element.find(f"{w['pPr']}/{w['numPr']}/{w['numId']}")
                if found is not None:
                    number_id = found.get(w["val"], "0")
                    depth = self._numbering.depth_of_style(number_id or "0", current)
                    own = element.find(f"{w['pPr']}/{w['numPr']}/{w['ilvl']}")
                    if depth is None and own is not None and own.get(w["val"], "").isdecimal():
                        depth = int(own.get(w["val"]))
            base = element.find(w["basedOn"])
            current = "" if base is None else base.get(w["val"], "")
        self._styles[style_id] = _Style(heading or 0, number_id, depth)
        return self._styles[style_id]

    # -- runs ----------------------------------------------------------------------------------

    def _text(self, paragraph: Any) -> str:
        pieces: list[str] = []
        self._collect(paragraph, pieces)
        return "".join(pieces)

    def _collect(self, parent: Any, pieces: list[str]) -> None:  # noqa: PLR0912 - one tag a branch
        w = self._w
        for element in parent.iterchildren():
            tag = element.tag
            if tag in {w["t"], self._math}:
                pieces.append(element.text or "")
            elif tag == w["tab"]:
                pieces.append("\t")
            elif tag in {w["br"], w["cr"]}:
                # where a page was ended by hand, Word notes the end of the page as well
                if element.get(w["type"], "textWrapping") == "textWrapping":
                    pieces.append(HARD_BREAK)
            elif tag == w["noBreakHyphen"]:
                pieces.append("-")
            elif tag == w["lastRenderedPageBreak"]:
                pieces.append(PAGE_BREAK)
            elif tag in {w["footnoteReference"], w["endnoteReference"]}:
                self._cite(element, pieces)
            elif tag == w["ruby"]:
                base = element.find(w["rubyBase"])
                if base is not None:
                    self._collect(base, pieces)
            elif tag == w["txbxContent"]:
                self._boxes.append(element)
            elif tag == f"{self._choice}AlternateContent":
                first = next(element.iterchildren(), None)  # the others say the same again
                if first is not None:
                    self._collect(first, pieces)
            elif tag == w["r"]:
                properties = element.find(w["rPr"])
                if properties is None or properties.find(w["vanish"]) is None:
                    self._collect(element, pieces)
            elif tag not in {w["pPr"], w["rPr"], w["del"], w["moveFrom"], w["instrText"]} and (
                isinstance(tag, str)
            ):
                self._collect(element, pieces)

    def _cite(self, reference: Any, pieces: list[str]) -> None:
        kind = (
            "footnoteReference"
            if reference.tag == self._w["footnoteReference"]
            else ("endnoteReference")
        )
        note = self._notes[kind].get(reference.get(self._w["id"], ""))
        if note is not None:
            self._note_count += 1
            self._cited.append((self._note_count, note))
            pieces.append(f"[{self._note_count}]")

    def _notes_in(self, root: Any) -> dict[str, Any]:
        if root is None:
            return {}
        return {
            note.get(self._w["id"], ""): note
            for tag in ("footnote", "endnote")
            for note in root.iterchildren(self._w[tag])
            if note.get(self._w["type"], "normal") == "normal"
        }


def _related(part: Any, kind: str) -> Any:
    """Root element of the part so related; None when the document has none."""
    from docx.oxml import parse_xml

    try:
        related = part.part_related_by(kind)
    except (KeyError, ValueError):
        return None
    element = getattr(related, "element", None)
    return parse_xml(related.blob) if element is None else element


def _outline_level(printed: str) -> int:
    """Level 1 to 9 of a heading; Word counts from 0, and 9 is body text."""
    return int(printed) + 1 if printed.isdecimal() and int(printed) < 9 else 0
