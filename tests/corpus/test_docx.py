"""Word files: numbers that Word prints itself, tables, notes, pages."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.readers import docx as reader
from corpus.readers.docx import read

W = nsdecls("w")


def lines(document: Document) -> list[str]:
    return [line for line in read(saved(document), "x.docx").lines if line]


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_list(document: Document, identifier: int, levels: list[tuple[str, str]]) -> None:
    """Define a numbered list; a level is its format and its pattern."""
    numbering = document.part.numbering_part.element
    xml = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="{identifier}">{xml}</w:abstractNum>')
    first = next(i for i, e in enumerate(numbering) if e.tag.endswith("}num"))
    numbering.insert(first, abstract)
    numbering.append(
        parse_xml(
            f'<w:num {W} w:numId="{identifier}"><w:abstractNumId w:val="{identifier}"/></w:num>'
        )
    )


def add_numbered(document: Document, text: str, identifier: int, depth: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{identifier}"/></w:numPr>'
        )
    )


@pytest.fixture
def document() -> Document:
    return docx.Document()


@pytest.mark.parametrize(
    ("form", "pattern", "printed"),
    [
        ("taiwaneseCountingThousand", "%1、", ["一、甲", "二、乙"]),
        ("ideographLegalTraditional", "%1、", ["壹、甲", "貳、乙"]),
        ("ideographTraditional", "%1、", ["甲、甲", "乙、乙"]),
        ("taiwaneseCountingThousand", "(%1)", ["(一) 甲", "(二) 乙"]),
        ("decimal", "%1.", ["1. 甲", "2. 乙"]),
        ("lowerLetter", "%1)", ["a) 甲", "b) 乙"]),
        ("upperRoman", "%1.", ["I. 甲", "II. 乙"]),
        ("decimalEnclosedCircle", "%1", ["① 甲", "② 乙"]),
        ("bullet", "\uf0b7", ["- 甲", "- 乙"]),
        ("none", "", ["甲", "乙"]),
    ],
)
def test_a_number_that_word_prints_stands_before_its_paragraph(
    document: Document, form: str, pattern: str, printed: list[str]
) -> None:
    add_list(document, 77, [(form, pattern)])
    add_numbered(document, "甲", 77)
    add_numbered(document, "乙", 77)
    assert lines(document) == printed


def test_levels_count_by_themselves_and_begin_again_below_a_new_one(document: Document) -> None:
    add_list(
        document,
        77,
        [("ideographLegalTraditional", "%1、"), ("decimal", "%1.%2"), ("lowerLetter", "%3)")],
    )
    for depth in (0, 1, 1, 2, 0, 1):
        add_numbered(document, "文", 77, depth)
    # %1 shows the number of the level above in that level's own format, as Word does
    assert lines(document) == ["壹、文", "壹.1 文", "壹.2 文", "a) 文", "貳、文", "貳.1 文"]


def test_a_second_list_of_the_same_definition_starts_again_where_it_says_so(
    document: Document,
) -> None:
    add_list(document, 77, [("decimal", "%1.")])
    numbering = document.part.numbering_part.element
    numbering.append(
        parse_xml(
            f'<w:num {W} w:numId="78"><w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    for identifier in (77, 77, 78, 78):
        add_numbered(document, "文", identifier)
    assert lines(document) == ["1. 文", "2. 文", "1. 文", "2. 文"]


def test_a_number_may_come_with_the_style(document: Document) -> None:
    add_list(document, 77, [("taiwaneseCountingThousand", "%1、")])
    style = document.styles["Heading 1"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))
    document.add_heading("目的", 1)
    document.add_heading("過程", 1)
    assert lines(document) == ["# 一、目的", "# 二、過程"]


def test_headings_bear_their_level(document: Document) -> None:
    document.add_heading("心得", 2)
    document.add_paragraph("會議圓滿。")
    assert lines(document) == ["## 心得", "會議圓滿。"]


def test_tables_are_rows_with_tabs_and_merged_cells_once(document: Document) -> None:
    document.add_paragraph("議程如下：")
    table = document.add_table(3, 3)
    printed = (("時間", "議題", "主持"), ("09:00", "開幕", "主席"), ("09:30", "", ""))
    for row, texts in zip(table.rows, printed, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 1).merge(table.cell(2, 2)).text = "茶敘\n合影"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "09:00"
    document.add_paragraph("會後")
    source = read(saved(document), "x.docx")
    assert source.lines == (
        "議程如下：",
        "",
        "時間\t議題\t主持",
        "09:00\t開幕\t主席",
        "\t茶敘 合影\t",
        "",
        "會後",
    )


def test_a_table_of_one_column_is_a_box_around_text(document: Document) -> None:
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "一、目的"
    assert lines(document) == ["一、目的"]


def test_a_tab_behind_a_label_or_number_is_a_space_and_stays_before_a_page_number(
    document: Document,
) -> None:
    for text in ("服務機關：\t外交部", "一、\t目的", "一、目的\t3", "\t縮排", "09:00\t開幕\t主席"):
        document.add_paragraph(text)
    assert lines(document) == [
        "服務機關： 外交部",
        "一、 目的",
        "一、目的\t3",
        "縮排",
        "09:00\t開幕\t主席",
    ]


def add_xml(document: Document, xml: str) -> None:
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>"))


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t></w:r>", "甲-乙"),
        ("<w:del><w:r><w:delText>刪</w:delText></w:r></w:del><w:r><w:t>留</w:t></w:r>", "留"),
        ("<w:ins><w:r><w:t>增</w:t></w:r></w:ins>", "增"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隱</w:t></w:r><w:r><w:t>現</w:t></w:r>", "現"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r>", "3"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>ㄅ</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>北</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "北",
        ),
    ],
)
def test_a_paragraph_reads_as_it_is_printed(document: Document, xml: str, text: str) -> None:
    add_xml(document, xml)
    assert lines(document) == [text]


def test_a_break_within_a_paragraph_is_a_line_that_was_meant_to_end(document: Document) -> None:
    add_xml(document, "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>")
    assert read(saved(document), "x.docx").lines == ("甲  ", "乙")


def test_a_text_box_is_read_once_behind_its_paragraph(document: Document) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
    add_xml(
        document,
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>文</w:t></w:r>",
    )
    assert lines(document) == ["文", "框"]


def test_pages_are_known_only_where_word_noted_them(document: Document) -> None:
    document.add_paragraph("甲")
    document.add_page_break()
    assert read(saved(document), "x.docx").page_starts == ()
    add_xml(
        document,
        "<w:r><w:t>第一頁的句子</w:t></w:r>"
        "<w:r><w:lastRenderedPageBreak/><w:t>在第二頁結束。</w:t></w:r>",
    )
    source = read(saved(document), "x.docx")
    assert source.lines[:2] == ("第一頁的句子", "在第二頁結束。")
    assert source.page_starts == (0, 1)
    assert source.continued == {1}


def test_footnotes_follow_the_paragraph_that_cites_them(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = parse_xml(
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"/>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>見附件。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    related: Callable[[object, str], object] = reader._related
    monkeypatch.setattr(
        reader,
        "_related",
        lambda part, kind: notes if kind.endswith("/footnotes") else related(part, kind),
    )
    add_xml(document, '<w:r><w:t>甲</w:t><w:footnoteReference w:id="1"/><w:t>。</w:t></w:r>')
    assert lines(document) == ["甲[1]。", "[1] 見附件。"]
