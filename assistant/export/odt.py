"""OpenDocument text, the government's format: A4, named styles, real footnotes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from odf import dc, meta, style, table, text
from odf.namespaces import STYLENS
from odf.opendocument import OpenDocumentText

from assistant.export.document import (
    LISTED,
    Cite,
    Contents,
    Document,
    Heading,
    Mark,
    Note,
    PageBreak,
    Paragraph,
    Runs,
    SourceList,
    Style,
    Table,
    lines_of,
    printable,
    without_gaps,
)
from assistant.export.package import canonical, fixed

ASIAN = "標楷體"
_FALLBACKS = (
    "'標楷體', 'DFKai-SB', 'BiauKai', 'TW-Kai', 'Noto Serif TC', 'Noto Serif CJK TC', serif"
)
LATIN = "Times New Roman"
INK, BLUE, GREY, LINE, SHADE = "#1c2430", "#1f3a5f", "#5b6573", "#9fb0c3", "#e8eef5"

_PARAGRAPHS = {
    Style.TITLE: "Title",
    Style.SUBTITLE: "Subtitle",
    Style.FACT: "Fact",
    Style.REPORT: "Report",
    Style.BODY: "Text_20_body",
    Style.QUOTE: "Quotations",
    Style.NOTE: "Own_20_note",
    Style.CAPTION: "Caption",
}
_MARKS = {Mark.STRONG: "Strong", Mark.QUOTE: "Quote_20_words", Mark.OWN: "Own_20_words"}
_WIDTH_CM = 16.0
"""Of the text: A4 less its margins."""


def write(document: Document) -> bytes:
    """Write a document as .odt."""
    # odfpy declares namespaces in the order of a set.
    return fixed(_Odt(document).written(), canonical)


class _Odt:
    """One document on its way to ODT."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbers = document.numbers()
        self._notes = {note.key: note for note in document.used()}
        self._placed: set[str] = set()
        self._tables = 0
        self._headings = 0
        self._breaks = False
        self._odt: Any = OpenDocumentText()

    def written(self) -> bytes:
        self._metadata()
        self._fonts()
        self._styles()
        self._page()
        place: Any = self._odt.text
        items: Any = None
        for block in self._document.numbered():
            if isinstance(block, Paragraph) and block.style is Style.ITEM:
                if items is None:
                    items = text.List(stylename="Items")
                    place.addElement(items)
                item = text.ListItem()
                item.addElement(self._paragraph(block.runs, "Item"))
                items.addElement(item)
                continue
            items = None
            if isinstance(block, Heading):
                name = f"Heading_20_{block.level}"
                heading = text.H(outlinelevel=block.level, stylename=self._broken(name))
                self._headings += 1
                place_of = f"section-{self._headings}"
                heading.addElement(text.BookmarkStart(name=place_of))
                _add_text(heading, block.text)
                heading.addElement(text.BookmarkEnd(name=place_of))
                place.addElement(heading)
            elif isinstance(block, Contents):
                place.addElement(self._contents(block))
            elif isinstance(block, Paragraph):
                place.addElement(
                    self._paragraph(block.runs, self._broken(_PARAGRAPHS[block.style]))
                )
            elif isinstance(block, Table):
                place.addElement(self._table(block))
                place.addElement(text.P(stylename="After_20_table"))
            elif isinstance(block, SourceList):
                for number, note in enumerate(self._document.used(), start=1):
                    self._source(place, number, note)
            elif isinstance(block, PageBreak):
                self._breaks = True
        written = BytesIO()
        self._odt.write(written)
        return written.getvalue()

    # -- what stands in the text -----------------------------------------------------------------

    def _paragraph(self, runs: Runs, name: str) -> Any:
        paragraph = text.P(stylename=name)
        for run in runs:
            if isinstance(run, Cite):
                self._cite(paragraph, run.key)
            elif run.mark is Mark.PLAIN:
                _add_text(paragraph, run.text)
            else:
                span = text.Span(stylename=_MARKS[run.mark])
                _add_text(span, run.text)
                paragraph.addElement(span)
        return paragraph

    def _cite(self, paragraph: Any, key: str) -> None:
        """A footnote where a source is first used; later, a reference to that footnote."""
        number = str(self._numbers[key])
        name = f"ftn{number}"
        if key in self._placed:
            span = text.Span(stylename="Footnote_20_anchor")
            span.addElement(
                text.NoteRef(
                    noteclass="footnote", referenceformat="text", refname=name, text=number
                )
            )
            paragraph.addElement(span)
            return
        self._placed.add(key)
        note = text.Note(noteclass="footnote", id=name)
        note.addElement(text.NoteCitation(text=number))
        body = text.NoteBody()
        told = text.P(stylename="Footnote")
        told.addElement(text.S(c="1"))
        _add_text(told, self._notes[key].short)
        body.addElement(told)
        note.addElement(body)
        paragraph.addElement(note)

    def _contents(self, block: Contents) -> Any:
        """A filled list; the office program puts the pages in when it lays the text out."""
        made = text.TableOfContent(name="Contents", protected="true")
        source = text.TableOfContentSource(outlinelevel=str(LISTED))
        title = text.IndexTitleTemplate(stylename="Contents_20_heading")
        title.addText(block.text)
        source.addElement(title)
        for level in range(1, LISTED + 1):
            template = text.TableOfContentEntryTemplate(
                outlinelevel=str(level), stylename=f"Contents_20_{level}"
            )
            template.addElement(text.IndexEntryLinkStart())
            template.addElement(text.IndexEntryText())
            template.addElement(text.IndexEntryTabStop(type="right", leaderchar="."))
            template.addElement(text.IndexEntryPageNumber())
            template.addElement(text.IndexEntryLinkEnd())
            source.addElement(template)
        made.addElement(source)
        body = text.IndexBody()
        head = text.IndexTitle(name="Contents_Head")
        head.addElement(text.P(stylename="Contents_20_heading", text=block.text))
        body.addElement(head)
        for entry in self._document.contents():
            line = text.P(stylename=f"Contents_20_{entry.level}")
            link = text.A(
                type="simple",
                href=f"#section-{entry.number}",
                stylename="Contents_20_link",
                visitedstylename="Contents_20_link",
            )
            _add_text(link, entry.text)
            link.addElement(text.Tab())
            link.addElement(
                text.BookmarkRef(referenceformat="page", refname=f"section-{entry.number}", text="")
            )
            line.addElement(link)
            body.addElement(line)
        made.addElement(body)
        return made

    def _table(self, block: Table) -> Any:
        self._tables += 1
        name = f"Table{self._tables}"
        made = table.Table(name=name, stylename="Grid")
        whole = sum(block.widths)
        for number, width in enumerate(block.widths):
            column = style.Style(name=f"{name}.{number}", family="table-column")
            column.addElement(
                style.TableColumnProperties(columnwidth=f"{_WIDTH_CM * width / whole:.3f}cm")
            )
            self._odt.automaticstyles.addElement(column)
            made.addElement(table.TableColumn(stylename=f"{name}.{number}"))
        heads = table.TableHeaderRows()
        row = table.TableRow(stylename="Whole_20_row")
        for head in block.heads:
            cell = table.TableCell(stylename="Head_20_cell", valuetype="string")
            paragraph = text.P(stylename="Table_20_Heading")
            _add_text(paragraph, head)
            cell.addElement(paragraph)
            row.addElement(cell)
        heads.addElement(row)
        made.addElement(heads)
        for cells in block.rows:
            row = table.TableRow(stylename="Row")
            for runs in cells:
                cell = table.TableCell(stylename="Cell", valuetype="string")
                for part in lines_of(runs):
                    cell.addElement(self._paragraph(part, "Table_20_Contents"))
                row.addElement(cell)
            made.addElement(row)
        return made

    def _source(self, place: Any, number: int, note: Note) -> None:
        head = text.P(stylename="Source")
        mark = text.Span(stylename="Strong")
        mark.addText(f"[{number}] ")
        head.addElement(mark)
        _add_text(head, note.place)
        place.addElement(head)
        quote = text.P(stylename="Quotations")
        _add_text(quote, without_gaps(note.quote))
        place.addElement(quote)

    def _broken(self, name: str) -> str:
        """The style that begins a page, where a break was asked for."""
        if not self._breaks:
            return name
        self._breaks = False
        broken = f"{name}_20_on_20_a_20_page"
        if not any(
            s.getAttrNS(STYLENS, "name") == broken for s in self._odt.automaticstyles.childNodes
        ):
            made = style.Style(name=broken, family="paragraph", parentstylename=name)
            made.addElement(style.ParagraphProperties(breakbefore="page"))
            self._odt.automaticstyles.addElement(made)
        return broken

    # -- styles ----------------------------------------------------------------------------------

    def _metadata(self) -> None:
        stamp = f"{self._document.day.isoformat()}T00:00:00"
        parts = self._odt.meta
        for element in list(parts.childNodes):
            parts.removeChild(element)
        parts.addElement(meta.Generator(text="Attaché"))
        parts.addElement(dc.Title(text=self._document.title))
        parts.addElement(meta.CreationDate(text=stamp))
        parts.addElement(dc.Date(text=stamp))

    def _fonts(self) -> None:
        faces = self._odt.fontfacedecls
        faces.addElement(style.FontFace(name=ASIAN, fontfamily=_FALLBACKS))
        faces.addElement(
            style.FontFace(name=LATIN, fontfamily="'Times New Roman', 'Liberation Serif', serif")
        )

    def _styles(self) -> None:
        default = style.DefaultStyle(family="paragraph")
        default.addElement(style.ParagraphProperties(punctuationwrap="hanging", linebreak="strict"))
        default.addElement(
            style.TextProperties(
                fontname=LATIN,
                fontnameasian=ASIAN,
                fontsize="12pt",
                fontsizeasian="12pt",
                language="en",
                country="US",
                languageasian="zh",
                countryasian="TW",
            )
        )
        self._odt.styles.addElement(default)
        self._named("Standard", {}, {}, parent=None)
        body = {"margintop": "0cm", "marginbottom": "0.2cm", "lineheight": "112%"}
        self._named("Text_20_body", body, {})
        title = {"margintop": "1.6cm", "marginbottom": "0.8cm", "textalign": "center"}
        self._named("Title", title, _letters(24, bold=True, colour=BLUE))
        self._named(
            "Subtitle", {"textalign": "center", "marginbottom": "0.25cm"}, _letters(15, colour=BLUE)
        )
        self._named("Fact", {"margintop": "0.5cm", "marginbottom": "0.15cm"}, {})
        self._named("Report", {"marginleft": "0.6cm", "marginbottom": "0.1cm"}, _letters(10.5))
        for level, size in ((1, 18), (2, 15), (3, 13)):
            space = {"margintop": f"{0.7 - 0.12 * level:.2f}cm", "marginbottom": "0.2cm",
                     "keepwithnext": "always"}  # fmt: skip
            self._named(
                f"Heading_20_{level}",
                space,
                _letters(size, bold=True, colour=BLUE),
                defaultoutlinelevel=str(level),
                nextstylename="Text_20_body",
            )
        self._named("Item", {"marginbottom": "0.1cm", "lineheight": "108%"}, {})
        self._named(
            "Quotations",
            {"marginleft": "0.8cm", "marginbottom": "0.1cm"},
            _letters(9.5),
        )
        self._named("Own_20_note", {"marginbottom": "0.2cm"}, _letters(10.5, colour=GREY, own=True))
        self._named(
            "Caption", {"margintop": "0.2cm", "keepwithnext": "always"}, _letters(12, bold=True)
        )
        self._named(
            "Contents_20_heading",
            {"margintop": "0.6cm", "marginbottom": "0.15cm", "keepwithnext": "always"},
            _letters(13, bold=True, colour=BLUE),
        )
        for level in range(1, LISTED + 1):
            self._entry(level)
        self._named("Source", {"margintop": "0.1cm", "keepwithnext": "always"}, _letters(9.5))
        self._named("Footnote", {"marginleft": "0cm"}, _letters(8))
        self._named("Table_20_Contents", {}, _letters(9.5))
        self._named(
            "Table_20_Heading", {"textalign": "start"}, _letters(9.5, bold=True, colour=BLUE)
        )
        self._named("After_20_table", {}, _letters(5))
        self._named("Header", {"textalign": "end"}, _letters(9, colour=GREY))
        self._named("Footer", {"textalign": "center"}, _letters(9, colour=GREY))
        for name, letters in (
            ("Strong", _weight()),
            ("Quote_20_words", {}),
            ("Contents_20_link", {"color": INK, "textunderlinestyle": "none"}),
            ("Own_20_words", {**_slant(), "color": GREY}),
            ("Footnote_20_anchor", {"textposition": "super 58%"}),
        ):
            made = style.Style(name=name, displayname=name.replace("_20_", " "), family="text")
            made.addElement(style.TextProperties(**letters))
            self._odt.styles.addElement(made)
        self._list()
        self._cells()
        self._odt.styles.addElement(
            text.NotesConfiguration(
                noteclass="footnote",
                citationstylename="Footnote_20_anchor",
                citationbodystylename="Footnote_20_anchor",
                defaultstylename="Footnote",
                numformat="1",
                startvalue="0",
                footnotesposition="page",
                startnumberingat="document",
            )
        )

    def _named(
        self,
        name: str,
        paragraph: dict[str, str],
        letters: dict[str, str],
        parent: str | None = "Standard",
        **attributes: str,
    ) -> None:
        if parent is not None:
            attributes["parentstylename"] = parent
        made = style.Style(
            name=name, displayname=name.replace("_20_", " "), family="paragraph", **attributes
        )
        made.setAttrNS(STYLENS, "class", "text")
        made.addElement(style.ParagraphProperties(**paragraph))
        made.addElement(style.TextProperties(**letters))
        self._odt.styles.addElement(made)

    def _entry(self, level: int) -> None:
        """The style of a line of contents: its page stands at the right edge, behind dots."""
        indent = 0.6 * (level - 1)
        made = style.Style(
            name=f"Contents_20_{level}",
            displayname=f"Contents {level}",
            family="paragraph",
            parentstylename="Standard",
        )
        properties = style.ParagraphProperties(marginleft=f"{indent}cm", marginbottom="0.06cm")
        stops = style.TabStops()
        stops.addElement(
            style.TabStop(
                position=f"{_WIDTH_CM - indent}cm",
                type="right",
                leaderstyle="dotted",
                leadertext=".",
            )
        )
        properties.addElement(stops)
        made.addElement(properties)
        made.addElement(style.TextProperties(**_letters(11)))
        self._odt.styles.addElement(made)

    def _list(self) -> None:
        items = text.ListStyle(name="Items")
        bullet = text.ListLevelStyleBullet(level="1", bulletchar="•")
        place = style.ListLevelProperties(listlevelpositionandspacemode="label-alignment")
        place.addElement(
            style.ListLevelLabelAlignment(
                labelfollowedby="listtab",
                listtabstopposition="0.6cm",
                textindent="-0.6cm",
                marginleft="0.6cm",
            )
        )
        bullet.addElement(place)
        items.addElement(bullet)
        self._odt.styles.addElement(items)

    def _cells(self) -> None:
        grid = style.Style(name="Grid", family="table")
        grid.addElement(
            style.TableProperties(width=f"{_WIDTH_CM}cm", align="margins", bordermodel="collapsing")
        )
        self._odt.automaticstyles.addElement(grid)
        for name, keep in (("Row", "auto"), ("Whole_20_row", "always")):
            row = style.Style(name=name, family="table-row")
            row.addElement(style.TableRowProperties(keeptogether=keep))
            self._odt.automaticstyles.addElement(row)
        for name, shade in (("Cell", "transparent"), ("Head_20_cell", SHADE)):
            cell = style.Style(name=name, family="table-cell")
            cell.addElement(
                style.TableCellProperties(
                    padding="0.09cm", border=f"0.5pt solid {LINE}", backgroundcolor=shade
                )
            )
            self._odt.automaticstyles.addElement(cell)

    def _page(self) -> None:
        layout = style.PageLayout(name="A4")
        layout.addElement(
            style.PageLayoutProperties(
                pagewidth="21cm",
                pageheight="29.7cm",
                printorientation="portrait",
                margintop="2cm",
                marginbottom="2cm",
                marginleft="2.5cm",
                marginright="2.5cm",
            )
        )
        for part in (style.HeaderStyle(), style.FooterStyle()):
            part.addElement(style.HeaderFooterProperties(minheight="0.8cm"))
            layout.addElement(part)
        self._odt.automaticstyles.addElement(layout)
        master = style.MasterPage(name="Standard", pagelayoutname="A4")
        header = style.Header()
        header.addElement(text.P(stylename="Header", text=self._document.title))
        master.addElement(header)
        footer = style.Footer()
        number = text.P(stylename="Footer")
        number.addElement(text.PageNumber(selectpage="current"))
        footer.addElement(number)
        master.addElement(footer)
        self._odt.masterstyles.addElement(master)


def _letters(
    size: float, bold: bool = False, colour: str | None = None, own: bool = False
) -> dict[str, str]:
    letters = {"fontsize": f"{size}pt", "fontsizeasian": f"{size}pt"}
    if bold:
        letters |= _weight()
    if own:
        letters |= _slant()
    if colour is not None:
        letters["color"] = colour
    return letters


def _weight() -> dict[str, str]:
    return {"fontweight": "bold", "fontweightasian": "bold"}


def _slant() -> dict[str, str]:
    return {"fontstyle": "italic", "fontstyleasian": "italic"}


def _add_text(element: Any, content: str) -> None:
    """Add text; a new line of it is a line break, two spaces stay two."""
    for number, line in enumerate(printable(content).split("\n")):
        if number:
            element.addElement(text.LineBreak())
        for at, part in enumerate(line.split("\t")):
            if at:
                element.addElement(text.Tab())
            element.addText(part)
