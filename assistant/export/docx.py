"""Word: A4, named styles, real footnotes, which python-docx has no interface for."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor

from assistant.export.document import (
    LISTED,
    Cite,
    Contents,
    Document,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Runs,
    SourceList,
    Style,
    Table,
    Text,
    lines_of,
    printable,
    without_gaps,
)
from assistant.export.package import fixed

ASIAN, LATIN = "標楷體", "Times New Roman"
BLUE, GREY = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x5B, 0x65, 0x73)
LINE, SHADE = "9FB0C3", "E8EEF5"
_WIDTH_CM = 16.0
_BOOKMARKS = 10_000
"""Numbers of the headings' bookmarks are above this; those of the footnotes below."""

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_PARAGRAPHS = {
    Style.TITLE: "Title",
    Style.SUBTITLE: "Subtitle",
    Style.FACT: "Fact",
    Style.REPORT: "Report",
    Style.BODY: "Body Text",
    Style.ITEM: "List Bullet",
    Style.QUOTE: "Quote",
    Style.NOTE: "Own note",
    Style.CAPTION: "Caption",
}
_MARKS = {Mark.STRONG: "Strong", Mark.QUOTE: "Quote words", Mark.OWN: "Own words"}


def write(document: Document) -> bytes:
    """Write a document as .docx."""
    return fixed(_Docx(document).written())


class _Docx:
    """One document on its way to Word."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbers = document.numbers()
        self._placed: set[str] = set()
        self._breaks = False
        self._headings = 0
        self._ids: dict[str, str] = {}
        self._docx: Any = docx.Document()

    def written(self) -> bytes:
        self._metadata()
        self._page()
        self._styles()
        self._footnotes()
        for block in self._document.numbered():
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Contents):
                self._contents(block)
            elif isinstance(block, Paragraph):
                self._fill(_PARAGRAPHS[block.style], block.runs)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, SourceList):
                for number, note in enumerate(self._document.used(), start=1):
                    self._fill("Source", (Text(f"[{number}] ", Mark.STRONG), Text(note.place)))
                    self._fill("Quote", (Text(without_gaps(note.quote)),))
            elif isinstance(block, PageBreak):
                self._breaks = True
        written = BytesIO()
        self._docx.save(written)
        return written.getvalue()

    # -- what stands in the text -----------------------------------------------------------------

    def _fill(self, style: str, runs: Runs) -> Any:
        paragraph = self._docx.add_paragraph()
        self._put(paragraph, style)
        if self._breaks:
            paragraph.paragraph_format.page_break_before = True
            self._breaks = False
        self._runs(paragraph, runs)
        return paragraph

    def _put(self, paragraph: Any, style: str) -> None:
        """Give a paragraph its style; python-docx would search all styles for each."""
        paragraph._p.style = self._id(style)

    def _put_run(self, run: Any, style: str) -> None:
        run._r.style = self._id(style)

    def _id(self, style: str) -> str:
        if style not in self._ids:
            self._ids[style] = self._docx.styles[style].style_id
        return self._ids[style]

    def _heading(self, block: Heading) -> None:
        """A heading, with a bookmark that the list of contents leads to."""
        self._headings += 1
        number = str(_BOOKMARKS + self._headings)
        paragraph = self._fill(f"Heading {block.level}", (Text(block.text),))
        start = {"w:id": number, "w:name": f"_Toc{self._headings}"}
        paragraph._p.insert(1, _element("w:bookmarkStart", start))
        paragraph._p.append(_element("w:bookmarkEnd", {"w:id": number}))

    def _contents(self, block: Contents) -> None:
        """A filled list in the field that Word lists contents by: renewed, it has the pages too."""
        self._fill("Contents heading", (Text(block.text),))
        entries = self._document.contents()
        for at, entry in enumerate(entries):
            paragraph = self._docx.add_paragraph()
            self._put(paragraph, f"toc {entry.level}")
            if at == 0:
                begin = _element("w:fldChar", {"w:fldCharType": "begin"})
                paragraph.add_run()._r.append(begin)
                code = _element("w:instrText", {"xml:space": "preserve"})
                code.text = f' TOC \\o "1-{LISTED}" \\h \\z \\u '
                paragraph.add_run()._r.append(code)
                self._field_mark(paragraph, "separate")
            link = _element("w:hyperlink", {"w:anchor": f"_Toc{entry.number}", "w:history": "1"})
            link.append(paragraph.add_run(printable(entry.text))._r)
            paragraph._p.append(link)
            if at == len(entries) - 1:
                self._field_mark(paragraph, "end")

    def _field_mark(self, paragraph: Any, kind: str) -> None:
        paragraph.add_run()._r.append(_element("w:fldChar", {"w:fldCharType": kind}))

    def _runs(self, paragraph: Any, runs: Runs) -> None:
        for run in runs:
            if isinstance(run, Cite):
                self._cite(paragraph, run.key)
                continue
            made = paragraph.add_run()
            if run.mark in _MARKS:
                self._put_run(made, _MARKS[run.mark])
            for number, line in enumerate(printable(run.text).split("\n")):
                if number:
                    made.add_break(WD_BREAK.LINE)
                made.add_text(line)

    def _cite(self, paragraph: Any, key: str) -> None:
        """A footnote where a source is first used; later, a reference to that footnote."""
        number = self._numbers[key]
        name = f"_RefNote{number}"
        if key not in self._placed:
            self._placed.add(key)
            start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
            paragraph._p.append(start)
            run = paragraph.add_run()
            self._put_run(run, "footnote reference")
            run._r.append(_element("w:footnoteReference", {"w:id": str(number)}))
            paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))
            return
        field = _element("w:fldSimple", {"w:instr": f" NOTEREF {name} \\f \\h "})
        run = paragraph.add_run(str(number))
        self._put_run(run, "footnote reference")
        field.append(run._r)
        paragraph._p.append(field)

    def _table(self, block: Table) -> None:
        table = self._docx.add_table(rows=1, cols=len(block.heads))
        table.style = "Grid of cells"
        table.autofit = False
        whole = sum(block.widths)
        widths = [Emu(int(Cm(_WIDTH_CM) * width / whole)) for width in block.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        head = table.rows[0]
        properties = head._tr.get_or_add_trPr()
        properties.append(_element("w:cantSplit", {}))
        properties.append(_element("w:tblHeader", {}))
        for cell, text, width in zip(head.cells, block.heads, widths, strict=True):
            cell.width = width
            cell._tc.get_or_add_tcPr().append(
                _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": SHADE})
            )
            cell.paragraphs[0].style = "Table Heading"
            self._runs(cell.paragraphs[0], (Text(text),))
        for cells in block.rows:
            row = table.add_row()
            for cell, runs, width in zip(row.cells, cells, widths, strict=True):
                cell.width = width
                for number, part in enumerate(lines_of(runs)):
                    paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                    self._put(paragraph, "Table Contents")
                    self._runs(paragraph, part)
        self._docx.add_paragraph(style="After table")

    # -- parts of the file -----------------------------------------------------------------------

    def _metadata(self) -> None:
        stamp = datetime.combine(self._document.day, datetime.min.time())
        properties = self._docx.core_properties
        properties.title = self._document.title
        properties.author = properties.last_modified_by = "Attaché"
        properties.created = properties.modified = stamp
        properties.comments = ""
        properties.revision = 1

    def _page(self) -> None:
        section = self._docx.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.3)
        head = section.header.paragraphs[0]
        head.text = self._document.title
        head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = _element("w:fldSimple", {"w:instr": " PAGE "})
        field.append(foot.add_run("1")._r)
        foot._p.append(field)

    def _styles(self) -> None:
        normal = self._style("Normal", size=12)
        normal.element.get_or_add_rPr().append(
            _element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-TW"})
        )
        self._style("Body Text", after=4, spacing=1.1)
        self._style("Title", size=24, bold=True, colour=BLUE, before=50, after=18, centred=True)
        self._style("Subtitle", size=15, colour=BLUE, after=6, centred=True)
        self._style("Fact", before=14, after=4)
        self._style("Report", size=10.5, after=3, indent=0.6)
        for level, size in ((1, 18), (2, 15), (3, 13)):
            self._style(
                f"Heading {level}", size=size, bold=True, colour=BLUE,
                before=22 - 4 * level, after=6, keep=True,
            )  # fmt: skip
        self._style("List Bullet", after=2, spacing=1.05)
        self._style("Quote", size=9.5, after=3, indent=0.8)
        self._style("Own note", size=10.5, colour=GREY, italic=True, after=5)
        self._style("Caption", size=12, bold=True, colour=BLUE, before=5, after=2, keep=True)
        self._style(
            "Contents heading", size=13, bold=True, colour=BLUE, before=16, after=4, keep=True
        )
        for level in range(1, LISTED + 1):
            entry = self._style(f"toc {level}", size=11, after=2, indent=0.6 * (level - 1))
            entry.paragraph_format.tab_stops.add_tab_stop(
                Cm(_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
        self._style("Source", size=9.5, before=3, keep=True)
        self._style("Table Contents", size=9.5)
        self._style("Table Heading", size=9.5, bold=True, colour=BLUE)
        self._style("After table", size=5)
        self._style("Header", size=9, colour=GREY)
        self._style("Footer", size=9, colour=GREY)
        self._style("footnote text", size=8)
        for name, bold, italic in (
            ("Strong", True, False),
            ("Quote words", False, False),
            ("Own words", False, True),
        ):
            made = self._character(name)
            made.font.bold, made.font.italic = bold or None, italic or None
            if italic:
                made.font.color.rgb = GREY
        self._character("footnote reference").font.superscript = True
        grid = self._docx.styles.add_style("Grid of cells", WD_STYLE_TYPE.TABLE)
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid.element.append(
            parse_xml(
                f"<w:tblPr {nsdecls('w')}><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>"
                '<w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
                '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
                "</w:tblCellMar></w:tblPr>"
            )
        )

    def _style(
        self,
        name: str,
        size: float | None = None,
        bold: bool = False,
        italic: bool = False,
        colour: RGBColor | None = None,
        before: float = 0,
        after: float = 0,
        spacing: float = 1.0,
        indent: float | None = None,
        centred: bool = False,
        keep: bool = False,
    ) -> Any:
        styles = self._docx.styles
        if name in styles:
            style = styles[name]
        else:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
        _fonts(style)
        style.font.bold, style.font.italic = bold, italic
        if size is not None:
            style.font.size = Pt(size)
        if colour is not None:
            style.font.color.rgb = colour
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), spacing
        form.keep_with_next = keep
        if indent is not None:
            form.left_indent = Cm(indent)
        if centred:
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER
        borders = style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)
        return style

    def _character(self, name: str) -> Any:
        styles = self._docx.styles
        return styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.CHARACTER)

    def _footnotes(self) -> None:
        """The part that the footnotes stand in, with the two separators that Word expects."""
        root = parse_xml(
            f"<w:footnotes {nsdecls('w')}>"
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
            "</w:r></w:p></w:footnote></w:footnotes>"
        )
        styles = self._docx.styles
        text, mark = styles["footnote text"].style_id, styles["footnote reference"].style_id
        for number, note in enumerate(self._document.used(), start=1):
            footnote = parse_xml(
                f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{text}"/>'
                f'</w:pPr><w:r><w:rPr><w:rStyle w:val="{mark}"/></w:rPr><w:footnoteRef/></w:r>'
                '<w:r><w:t xml:space="preserve"></w:t></w:r></w:p></w:footnote>'
            )
            footnote.findall(f".//{qn('w:t')}")[-1].text = f" {printable(note.short)}"
            root.append(footnote)
        from lxml import etree

        package = self._docx.part.package
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, content, package)
        self._docx.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _fonts(style: Any) -> None:
    """Give a style its fonts, for Chinese as for Latin letters, in place of the theme's."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", ASIAN)):
        fonts.set(qn(f"w:{name}"), font)


def _element(name: str, attributes: dict[str, str]) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
