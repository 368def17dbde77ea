"""Every format of one document: opened by others, the same bytes, nothing run, nothing lost."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pypdfium2
import pytest

from assistant.assistant import Assistant
from assistant.briefing.compose import compose
from assistant.briefing.prepare import Request, prepare
from assistant.export import FORMATS, check_place, export, save
from assistant.export.document import (
    Cite,
    Contents,
    Document,
    Heading,
    Mark,
    Note,
    PageBreak,
    Paragraph,
    SourceList,
    Style,
    Table,
    Text,
    heading_number,
)
from assistant.types import Language
from corpus.errors import AttacheError
from tests.conftest import unavailable

HOSTILE = "<script>alert(1)</script> & [x](javascript:1) | *a* _b_"


@pytest.fixture(scope="session")
def briefing(assistant: Assistant) -> Document:
    return compose(prepare(assistant, Request(("ABTC 審核延宕", "BMG 組織章程修正", "虛擬卡"))))


@pytest.fixture
def small() -> Document:
    """A document of every kind of block, with one note that is used twice."""
    quote = (Text("「"), Text(HOSTILE, Mark.QUOTE), Text("」"), Cite("aaaaaaaaaaaa:0-9"))
    return Document(
        "小標題",
        Language.ZH,
        date(2022, 11, 14),
        (
            Paragraph((Text("小標題"),), Style.TITLE),
            Contents("目次"),
            PageBreak(),
            Heading(1, "第一部"),
            Heading(2, "第一節"),
            Paragraph(quote, Style.ITEM),
            Paragraph((Text("說明", Mark.OWN),), Style.NOTE),
            Table(
                ("欄一", "欄二"),
                tuple(((Text(f"列 {n}", Mark.STRONG),), quote) for n in range(1, 60)),
                (1, 3),
            ),
            Heading(1, "出處"),
            SourceList(),
        ),
        (Note("aaaaaaaaaaaa:0-9", "報告；一、", "報告", HOSTILE),),
    )


@pytest.mark.parametrize("suffix", FORMATS)
def test_same_document_gives_the_same_bytes(small: Document, suffix: str) -> None:
    assert export(small, suffix) == export(small, suffix)


@pytest.mark.parametrize("suffix", [".odt", ".docx"])
def test_characters_that_xml_may_not_hold_are_left_out(small: Document, suffix: str) -> None:
    note = replace(small.notes[0], quote="a\ufffeb", place="c\x0bd", short="e\ud800f")
    odd = replace(small, blocks=(*small.blocks, Heading(1, "g\uffffh")), notes=(note,))
    with ZipFile(BytesIO(export(odd, suffix))) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "xml" in name]
    assert any("ab" in part and "gh" in part for part in parts)


def test_unknown_format_is_told() -> None:
    with pytest.raises(AttacheError, match=r"expected one of \.odt, \.docx"):
        export(Document("", Language.EN, date(2022, 1, 1), ()), ".rtf")


def test_file_that_cannot_be_written_is_told(small: Document, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(AttacheError, match="choose another --out"):
        save(small, tmp_path / "file" / "brief.md")


@pytest.mark.parametrize(
    ("counts", "zh", "en"),
    [((1,), "壹、", "1 "), ((12,), "拾貳、", "12 "), ((2, 10), "十、", "2.10 "),
     ((2, 1, 3), "(三)", "2.1.3 "), ((1, 21), "二十一、", "1.21 ")],
)  # fmt: skip
def test_heading_is_numbered(counts: tuple[int, ...], zh: str, en: str) -> None:
    assert heading_number(counts, Language.ZH) == zh
    assert heading_number(counts, Language.EN) == en


def test_html_runs_nothing_of_a_report(small: Document) -> None:
    html = export(small, ".html").decode()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "http" not in html.replace("http-equiv", "")
    assert "href='#source-1'" in html
    assert "id='source-1'" in html


def test_markdown_takes_nothing_of_a_report_for_its_marks(small: Document) -> None:
    text = export(small, ".md").decode()
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "\\[x\\](javascript:1)" in text
    assert "[\\[1\\]](#source-1)" in text
    assert '<a id="source-1"></a>' in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 3 for row in rows)


def test_odt_is_a_package_of_fixed_times_with_its_type_first(small: Document) -> None:
    with ZipFile(BytesIO(export(small, ".odt"))) as archive:
        parts = archive.infolist()
        assert parts[0].filename == "mimetype"
        assert parts[0].compress_type == ZIP_STORED
        assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}
        content = archive.read("content.xml").decode()
        meta = archive.read("meta.xml").decode()
    assert content.count("<text:note ") == 1
    assert content.count("<text:note-ref ") == 59
    assert "table:table-header-rows" in content
    assert re.findall(r'<text:h [^>]*outline-level="(\d)"', content) == ["1", "2", "1"]
    assert "2022-11-14T00:00:00" in meta


def test_contents_lead_to_the_headings_in_html_and_markdown(small: Document) -> None:
    html, text = export(small, ".html").decode(), export(small, ".md").decode()
    for number, heading in enumerate(("壹、第一部", "一、第一節", "貳、出處"), start=1):
        assert f"<a href='#section-{number}'>{heading}</a>" in html
        assert f"id='section-{number}'>{heading}</h" in html
        assert f"[{heading}](#section-{number})" in text
        assert f'<a id="section-{number}"></a>' in text


def test_contents_are_filled_in_odt_and_word(small: Document) -> None:
    with ZipFile(BytesIO(export(small, ".odt"))) as archive:
        odt = archive.read("content.xml").decode()
    listed = odt[odt.index("<text:table-of-content ") : odt.index("</text:table-of-content>")]
    with ZipFile(BytesIO(export(small, ".docx"))) as archive:
        word = archive.read("word/document.xml").decode()
    assert 'TOC \\o "1-2"' in word
    for number, heading in enumerate(("壹、第一部", "一、第一節", "貳、出處"), start=1):
        assert heading in listed
        assert f'text:ref-name="section-{number}"' in listed
        assert f'<text:bookmark-start text:name="section-{number}"' in odt
        assert f'<w:hyperlink w:anchor="_Toc{number}"' in word
        assert f'w:name="_Toc{number}"' in word


def test_contents_of_a_pdf_have_the_pages(small: Document) -> None:
    try:
        pdf = pypdfium2.PdfDocument(export(small, ".pdf"))
    except AttacheError as error:
        unavailable(str(error))
    cover = pdf[0].get_textpage().get_text_range()
    lines = [re.sub(r"[ .]+", " ", line).strip() for line in cover.splitlines()]
    assert "壹、第一部 2" in lines
    assert f"貳、出處 {len(pdf)}" in lines


def test_only_what_markdown_would_take_for_a_list_is_marked() -> None:
    runs = tuple((Text(text),) for text in ("2022-08", "2.1 題", "- 題", "3) 題"))
    document = Document("", Language.EN, date(2022, 1, 1), tuple(map(Paragraph, runs)))
    assert export(document, ".md").decode().split("\n\n") == [
        "2022-08", "2\\.1 題", "\\- 題", "3\\) 題\n",
    ]  # fmt: skip


def test_place_that_nothing_can_be_written_to_is_told_before_any_work(tmp_path: Path) -> None:
    check_place(tmp_path / "new" / "brief.odt")
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file" / "brief.md", tmp_path):
        with pytest.raises(AttacheError, match=r"cannot write"):
            check_place(place)


def test_odt_has_styles_and_the_fonts_of_the_government(small: Document) -> None:
    with ZipFile(BytesIO(export(small, ".odt"))) as archive:
        styles = archive.read("styles.xml").decode()
    assert "標楷體" in styles
    assert "Noto Serif" in styles
    assert 'fo:page-width="21cm"' in styles
    assert 'style:name="Heading_20_1"' in styles


def test_word_has_real_footnotes_heads_and_outline(small: Document) -> None:
    with ZipFile(BytesIO(export(small, ".docx"))) as archive:
        body = archive.read("word/document.xml").decode()
        notes = archive.read("word/footnotes.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    assert body.count("w:footnoteReference ") == 1
    assert body.count("NOTEREF _RefNote1") == 59
    assert notes.count("<w:footnoteRef/>") == 1
    assert "<w:tblHeader/>" in body
    assert 'w:eastAsia="標楷體"' in styles
    assert body.count('w:val="Heading1"') == 2


def test_pdf_holds_its_font_and_says_what_the_document_says(small: Document) -> None:
    try:
        content = export(small, ".pdf")
    except AttacheError as error:
        unavailable(str(error))
    pdf = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "壹、第一部" in text
    assert "alert(1)" in text
    heads = [page.get_textpage().get_text_range().count("欄二") for page in pdf]
    assert heads[1:-1] == [1] * (len(pdf) - 2), "the heads stand on every page of the table"
    assert [entry.get_title() for entry in pdf.get_toc()] == [
        "壹、第一部",
        "一、第一節",
        "貳、出處",
    ]
    assert b"/FontFile2" in content


def test_pdf_draws_what_it_says(small: Document) -> None:
    """Fonts of some kinds are named in a file and drawn by no reader: look at the picture."""
    try:
        content = export(small, ".pdf")
    except AttacheError as error:
        unavailable(str(error))
    picture = pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("L")
    dark = sum(picture.histogram()[:128])
    assert dark > 200, "three large characters are black"


def test_missing_font_is_told_in_a_line(small: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.export import fonts

    fonts.faces.cache_clear()
    monkeypatch.setattr(fonts, "_FOLDERS", ())
    monkeypatch.delenv(fonts.ENVIRONMENT, raising=False)
    with pytest.raises(AttacheError, match=r"fonts-noto-cjk.*\.odt"):
        export(small, ".pdf")
    fonts.faces.cache_clear()


@pytest.mark.parametrize("suffix", [".odt", ".docx"])
def test_office_suite_opens_it_and_keeps_every_footnote(
    briefing: Document, tmp_path: Path, suffix: str
) -> None:
    pdf = _converted(briefing, tmp_path, suffix)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    text = "".join(pages)
    flat = re.sub(r"\s+", "", text)
    assert "壹、摘要" in flat
    assert "陸、引用出處" in flat
    assert "Error" not in text
    footnotes = sum(flat.count(re.sub(r"\s+", "", note.short)[:14]) > 0 for note in briefing.used())
    assert footnotes == len(briefing.used())
    assert 15 < len(pages) < 45


@pytest.mark.parametrize("suffix", [".odt", ".docx"])
def test_summary_takes_one_page(briefing: Document, tmp_path: Path, suffix: str) -> None:
    pdf = _converted(briefing, tmp_path, suffix)
    pages = [re.sub(r"\s+", "", p.get_textpage().get_text_range()) for p in pdf]
    assert "會前準備資料" in pages[0]
    assert "壹、摘要" in pages[1]
    assert "貳、各議題" in pages[2]


def _converted(document: Document, folder: Path, suffix: str) -> pypdfium2.PdfDocument:
    soffice = shutil.which("soffice")
    if soffice is None:
        unavailable("LibreOffice")
    source = folder / f"brief{suffix}"
    save(document, source)
    subprocess.run(
        [str(soffice), "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return pypdfium2.PdfDocument(folder / "brief.pdf")
