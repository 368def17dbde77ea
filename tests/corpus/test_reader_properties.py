"""Random bytes, cut-off and altered files: an error in one line, or a report with exact offsets."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.chunker import chunk_report
from corpus.errors import AttacheError
from corpus.read import read_report
from tests.corpus.conftest import document_xml, opendocument_file, text_pdf, word_file

PARAGRAPHS = (
    "壹、會議目的",
    "我方於會議中說明立場，澳方表示同意。",
    "一、雙邊會談",
    "Item 3: Updates",
)
TABLE = (
    "<w:tbl><w:tr><w:tc><w:p/></w:tc>"
    "<w:tc><w:p><w:r><w:t>開幕</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
WHOLE = {
    ".pdf": text_pdf("1. Officials met in Lima to discuss it.", "2. The chair closed the day."),
    ".docx": word_file(
        document=document_xml(
            "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in PARAGRAPHS) + TABLE
        )
    ),
    ".odt": opendocument_file("".join(f"<text:p>{text}</text:p>" for text in PARAGRAPHS)),
    ".html": "".join(f"<p>{text}" for text in PARAGRAPHS).encode("cp950"),
    ".txt": "\n\n".join(PARAGRAPHS).encode("cp950"),
}
SUFFIXES = sorted(WHOLE)
SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read_or_refuse(path: Path, content: bytes) -> None:
    """Read the content as a file of this name: what comes of it is a sound report or one line."""
    path.write_bytes(content)
    try:
        report = read_report(path)
    except AttacheError as error:
        message = str(error)
        assert message.startswith(f"{path}: ")
        assert "\n" not in message
        return
    chunks = chunk_report(report)
    assert all(report.text[chunk.start : chunk.end] == chunk.text for chunk in chunks)
    places = [place for section in report.sections for place in (section.start, section.own_end)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == len(report.text)
    assert [page.number for page in report.pages] == list(range(1, len(report.pages) + 1))
    report.text.encode("utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_whole_file_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(WHOLE[suffix])
    assert "Item 3: Updates" in read_report(path).text or suffix == ".pdf"


@pytest.mark.parametrize("suffix", SUFFIXES)
@SETTINGS
@given(content=st.binary(min_size=1, max_size=2000))
def test_random_bytes(tmp_path: Path, suffix: str, content: bytes) -> None:
    read_or_refuse(tmp_path / f"a{suffix}", content)


@pytest.mark.parametrize("suffix", SUFFIXES)
@SETTINGS
@given(share=st.floats(0.001, 1))
def test_files_cut_off_anywhere(tmp_path: Path, suffix: str, share: float) -> None:
    whole = WHOLE[suffix]
    read_or_refuse(tmp_path / f"a{suffix}", whole[: max(1, int(share * len(whole)))])


@pytest.mark.parametrize("suffix", SUFFIXES)
@SETTINGS
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6
    )
)
def test_files_altered_anywhere(
    tmp_path: Path, suffix: str, changes: list[tuple[float, bytes]]
) -> None:
    content = bytearray(WHOLE[suffix])
    for share, patch in changes:
        start = int(share * len(content))
        content[start : start + len(patch)] = patch
    read_or_refuse(tmp_path / f"a{suffix}", bytes(content))


@SETTINGS
@given(markup=st.text(alphabet="<>/ptdrolhiu=\"'& 1a甲一、()!-\n", max_size=300))
def test_random_markup(tmp_path: Path, markup: str) -> None:
    read_or_refuse(tmp_path / "a.html", f"<p>前言{markup}".encode())


@SETTINGS
@given(body=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_random_text_of_any_script(tmp_path: Path, body: str, encoding: str) -> None:
    read_or_refuse(tmp_path / "a.txt", body.encode(encoding) or b" ")


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
@SETTINGS
@given(
    changes=st.lists(
        st.tuples(
            st.floats(0, 0.999), st.sampled_from([b"<", b">", b"/", b'"', b"9", b"\xff", b"w"])
        ),
        min_size=1,
        max_size=5,
    )
)
def test_sound_archives_of_altered_markup(
    tmp_path: Path, suffix: str, changes: list[tuple[float, bytes]]
) -> None:
    part = {".docx": "word/document.xml", ".odt": "content.xml"}[suffix]
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE[suffix])) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = bytearray(old.read(entry))
            if entry.filename == part:
                for share, patch in changes:
                    at = int(share * len(content))
                    content[at : at + 1] = patch
            new.writestr(entry.filename, bytes(content))
    read_or_refuse(tmp_path / f"a{suffix}", made.getvalue())
