"""Bundled digests through real programs and back: one report, whatever format it comes in."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from corpus.chunker import chunk_report
from corpus.errors import AttacheError
from corpus.front_matter import cover_of
from corpus.read import read_report
from corpus.readers import ocr
from corpus.types import Report
from index.retriever import open_index
from index.update import update
from tests.conftest import unavailable

FOLDER = Path(__file__).parents[2] / "corpus" / "reports"
DIGESTS = sorted(path.stem for path in FOLDER.glob("*.md"))
NUMBERED = ("2022-bmg-som3-nia", "2022-sccp2-customs")
"""Digests whose headings all have a number or words that are known: plain text shows them too."""
SAME_CHUNKS = ("2020-bmg-som1-boca", "2022-bmg-som3-boca", "2022-bmg-som3-nia")
"""Digests without a chunk near the size limit, which counts blank lines: paper has fewer."""
MARKDOWN = "markdown-yaml_metadata_block-auto_identifiers-smart"

_SPACE = re.compile(r"\s+")


def outline(report: Report, *, spaced: bool = True) -> list[tuple[str, str, int, str]]:
    """Number, heading, level and role of each section; without spaces if not ``spaced``."""
    return [
        (
            section.number if spaced else _SPACE.sub("", section.number),
            section.heading if spaced else _SPACE.sub("", section.heading),
            section.level,
            section.role,
        )
        for section in report.sections
    ]


def chunk_texts(report: Report) -> list[str]:
    return [_SPACE.sub(" ", chunk.text) for chunk in chunk_report(report)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The digests as reports are printed, in every format that pandoc and LibreOffice write."""
    try:
        import pypandoc
    except ImportError:
        unavailable("pypandoc_binary")
    made = tmp_path_factory.mktemp("made")
    for stem in DIGESTS:
        lines = tuple((FOLDER / f"{stem}.md").read_text(encoding="utf-8").split("\n"))
        cover, taken = cover_of(lines)
        text = "\n\n".join([*cover, "\n".join(lines[taken:])])
        (made / f"{stem}.md").write_text(text, encoding="utf-8")
        for suffix in ("docx", "odt", "html", "txt"):
            pypandoc.convert_text(
                text,
                {"txt": "plain"}.get(suffix, suffix),
                format=MARKDOWN,
                outputfile=str(made / f"{stem}.{suffix}"),
                extra_args=["--wrap=none"],
            )
    return made


@pytest.fixture(scope="module")
def office(folder: Path) -> Callable[[str, str], Path]:
    """Convert the files of one suffix to another by LibreOffice; the folder they are put in."""
    program = shutil.which("soffice")
    if program is None:
        unavailable("LibreOffice (soffice)")
    done: dict[tuple[str, str], Path] = {}

    def convert(suffix: str, to: str) -> Path:
        if (suffix, to) not in done:
            out = folder / f"{suffix}-to-{to}"
            subprocess.run(
                [
                    str(program),
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    to,
                    "--outdir",
                    str(out),
                    *map(str, sorted(folder.glob(f"*.{suffix}"))),
                ],
                check=True,
                capture_output=True,
                timeout=180,
            )
            done[suffix, to] = out
        return done[suffix, to]

    return convert


def assert_same(path: Path, original: Report) -> None:
    report = read_report(path)
    assert outline(report) == outline(original)
    assert chunk_texts(report) == chunk_texts(original)


@pytest.mark.parametrize("suffix", ["docx", "odt", "html"])
@pytest.mark.parametrize("stem", DIGESTS)
def test_a_report_reads_the_same_from_the_files_of_pandoc(
    folder: Path, stem: str, suffix: str
) -> None:
    if (stem, suffix) == ("2022-sccp2-customs", "html"):
        pytest.skip("HTML has no lists numbered (1), (2): pandoc writes 1., 2. there")
    assert_same(folder / f"{stem}.{suffix}", read_report(folder / f"{stem}.md"))


@pytest.mark.parametrize("stem", NUMBERED)
def test_a_report_reads_the_same_from_plain_text(folder: Path, stem: str) -> None:
    assert_same(folder / f"{stem}.txt", read_report(folder / f"{stem}.md"))


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_a_report_reads_the_same_from_other_encodings(
    folder: Path, tmp_path: Path, encoding: str
) -> None:
    original = folder / f"{DIGESTS[0]}.md"
    path = tmp_path / "a.txt"
    path.write_bytes(original.read_text(encoding="utf-8").encode(encoding))
    assert_same(path, read_report(original))


@pytest.mark.parametrize(("suffix", "to"), [("docx", "odt"), ("odt", "docx")])
@pytest.mark.parametrize("stem", DIGESTS)
def test_a_report_reads_the_same_from_the_files_of_libreoffice(
    folder: Path, office: Callable[[str, str], Path], stem: str, suffix: str, to: str
) -> None:
    assert_same(office(suffix, to) / f"{stem}.{to}", read_report(folder / f"{stem}.md"))


@pytest.mark.parametrize("stem", DIGESTS)
def test_a_report_has_the_same_outline_and_text_on_paper(
    folder: Path, office: Callable[[str, str], Path], stem: str
) -> None:
    original = read_report(folder / f"{stem}.md")
    report = read_report(office("docx", "pdf") / f"{stem}.pdf")
    # paper does not tell a space between Chinese and Latin from the gap that programs set there
    assert outline(report, spaced=False) == outline(original, spaced=False)
    assert _SPACE.sub("", report.text) == _SPACE.sub("", original.text)
    if stem in SAME_CHUNKS:
        printed, written = map(chunk_texts, (report, original))
        assert [_SPACE.sub("", text) for text in printed] == [
            _SPACE.sub("", text) for text in written
        ]
    assert [page.number for page in report.pages] == list(range(1, len(report.pages) + 1))
    assert all(chunk.page is not None for chunk in chunk_report(report))


def test_a_row_that_a_page_break_cuts_is_whole_on_paper(
    office: Callable[[str, str], Path],
) -> None:
    report = read_report(office("docx", "pdf") / "2022-bmg-som3-boca.pdf")
    row = next(line for line in report.text.split("\n") if line.startswith("09:40–09:50\t"))
    _, what, who = row.split("\t")
    assert what.endswith('Addressing Uncertainties at the Border")')
    assert who == "APEC PSU 資深研究員 (Senior Researcher) Emmanuel San Andres"


# -- scans -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def paper(office: Callable[[str, str], Path]) -> bytes:
    return (office("docx", "pdf") / "2020-bmg-som1-boca.pdf").read_bytes()


def scanned(paper: bytes, *pages: int, text_pages: tuple[int, ...] = ()) -> bytes:
    """A PDF file with these pages as pictures, behind the ones with their text."""
    import pypdfium2

    source, made = pypdfium2.PdfDocument(paper), pypdfium2.PdfDocument.new()
    if text_pages:
        made.import_pages(source, [page - 1 for page in text_pages])
    for page in pages:
        bitmap = source[page - 1].render(scale=300 / 72, grayscale=True)
        picture = pypdfium2.PdfImage.new(made)
        picture.set_bitmap(bitmap)
        width, height = source[page - 1].get_size()
        picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        new = made.new_page(width, height)
        new.insert_obj(picture)
        new.gen_content()
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_scanned_page_is_read_by_tesseract_and_marked(paper: bytes, tmp_path: Path) -> None:
    if ocr.program() is None:
        unavailable("Tesseract with chi_tra")
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(paper, 2, text_pages=(1,)))
    report = read_report(path)
    assert [(page.ocr, page.unread) for page in report.pages] == [(False, False), (True, False)]
    sentence = "我方此次出席之會議，就是貿易暨投資委員會(CTI)下之商務人士移動小組(BMG)。"
    found = report.text.index(sentence, report.pages[1].start)
    assert report.is_ocr(found)
    assert not report.is_ocr(0)
    assert report.page_at(found) == 2
    section = report.sections[report.section_at(found)]
    assert section.heading == "與會目的"


def test_a_question_about_a_scanned_page_is_answered_and_the_citation_says_so(
    paper: bytes, tmp_path: Path
) -> None:
    if ocr.program() is None:
        unavailable("Tesseract with chi_tra")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "scan.pdf").write_bytes(scanned(paper, 2, text_pages=(1,)))
    update([tmp_path / "reports"], tmp_path / "index")
    answer = Assistant(open_index(tmp_path / "index")).ask("商務人士移動小組隸屬哪個委員會？")
    (scan, *_) = (c for c in answer.citations if c.ocr)
    assert "貿易暨投資委員會" in scan.quote
    assert scan.page == 2


def test_scanned_pages_are_reported_with_the_package_where_nothing_reads_them(
    paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(paper, 2, 3, 5, text_pages=(1,)))
    report = read_report(path)
    assert report.unread_pages == (2, 3, 4)
    assert not any(page.ocr for page in report.pages)
    path.write_bytes(scanned(paper, 2, 3))
    with pytest.raises(AttacheError) as raised:
        read_report(path)
    message = str(raised.value)
    assert "(pages 1-2)" in message
    assert "apt install tesseract-ocr tesseract-ocr-chi-tra" in message


def test_a_page_that_tesseract_fails_on_stays_unread(
    paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> subprocess.CompletedProcess[bytes]:
        raise subprocess.TimeoutExpired("tesseract", 1)

    monkeypatch.setattr(ocr, "program", lambda: "/usr/bin/tesseract")
    monkeypatch.setattr("corpus.readers.ocr.subprocess.run", fail)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(paper, 2, text_pages=(1,)))
    assert read_report(path).unread_pages == (2,)
