"""Broken and hostile files: each is refused in one line, and takes nothing else down with it."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from corpus.errors import AttacheError
from corpus.read import discover, left_out, read_report
from corpus.readers.apart import Apart, Limits
from corpus.types import Page
from tests.corpus.conftest import document_xml, pdf_file, text_pdf, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path) -> str:
    """The one line that the file is refused with."""
    with pytest.raises(AttacheError) as raised:
        read_report(path)
    message = str(raised.value)
    assert "\n" not in message
    assert message.startswith(f"{path}: ")
    assert "expected" in message
    assert ";" in message
    return message


# -- PDF -------------------------------------------------------------------------------------------


def test_a_pdf_with_text_is_read_with_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(text_pdf("Officials met in Lima to discuss it.", "The chair closed the day."))
    report = read_report(path)
    assert report.text == "Officials met in Lima to discuss it.\nThe chair closed the day."
    assert report.pages == (Page(1, 0, 37), Page(2, 37, 62))


def test_an_encrypted_pdf_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    encryption = (
        b"/Root 1 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
        b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">>>"
    )
    path.write_bytes(
        pdf_file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"], encryption)
    )
    assert "password" in refusal(path)


def test_a_pdf_without_pages_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf_file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
    )
    assert "0 pages" in refusal(path)


def test_a_truncated_pdf_is_refused_or_what_is_left_is_read(tmp_path: Path) -> None:
    whole = text_pdf("Officials met in Lima to discuss it.", "The chair closed the day.")
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[:60])
    assert "damaged or cut-off" in refusal(path)


def test_a_pdf_of_blank_pages_says_that_it_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(text_pdf("", ""))
    assert "2 pages without text" in refusal(path)


def test_a_stream_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    bomb = zlib.compress(zlib.compress(b"0 0 m " * (200 << 20 // 6), 9), 9)
    stream = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream"
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf_file(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                stream % (len(bomb), bomb),
            ]
        )
    )
    refusal(path)


# -- archives --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_a_zip_bomb_in_the_dress_of_a_report_is_not_unpacked(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bomb{suffix}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (40 << 20))
        archive.writestr("content.xml", b" " * (40 << 20))
    assert "unpacks from" in refusal(path)


def test_a_zip_bomb_of_many_parts_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10_001):
            archive.writestr(f"word/media/{number}", b"")
    assert "10,001 parts" in refusal(path)


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    content = bytearray(word_file(document=document_xml(" " * (4 << 20))))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entry = archive.getinfo("word/document.xml")
    size = entry.file_size.to_bytes(4, "little")
    path = tmp_path / "a.docx"
    path.write_bytes(bytes(content).replace(size, (100).to_bytes(4, "little")))
    refusal(path)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_xml_entities_are_refused_in_word_files(tmp_path: Path, declaration: str) -> None:
    body = "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(document=document_xml(body, declaration)))
    assert "entity declarations" in refusal(path)


def test_xml_entities_are_refused_in_opendocument_files(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    bomb = '<!DOCTYPE x [<!ENTITY a "lol">]><office/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f'<?xml version="1.0"?>{bomb}'.encode("utf-16"))
    assert "entity declarations" in refusal(path)


@pytest.mark.parametrize("depth", [300, 10_000])
def test_xml_nested_too_deep_is_refused(tmp_path: Path, depth: int) -> None:
    body = "<w:sdt><w:sdtContent>" * depth + "</w:sdtContent></w:sdt>" * depth
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(document=document_xml(body)))
    assert "nested too deep" in refusal(path)


def test_deep_nesting_is_refused_in_opendocument_files(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    space = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{space}:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry '
            'm:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{space}:office:1.0" xmlns:t="{space}:text:1.0">'
            f"<o:body><o:text>{'<t:section>' * 20_000}{'</t:section>' * 20_000}</o:text></o:body>"
            "</o:document-content>",
        )
    refusal(path)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.docx", OLE + bytes(600), "password-protected or pre-2007"),
        ("a.docx", b"", "empty file"),
        ("a.docx", b"PK\x03\x04 and no more", "cut-off archive"),
        ("a.odt", b"%PDF-1.7", "cut-off archive"),
        ("a.pdf", b"PK\x03\x04", "no PDF heading"),
        ("a.html", bytes(range(256)) * 4, "binary data"),
        ("a.md", b"\x07" * 40, "control characters"),
    ],
)
def test_a_file_that_is_not_what_its_suffix_says_is_named_so(
    tmp_path: Path, name: str, content: bytes, found: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert found in refusal(path)


def test_an_archive_of_another_kind_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(word_file())
    assert "without content.xml" in refusal(path)


def test_a_word_file_without_text_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file())
    assert "found no text" in refusal(path)


def test_a_part_named_with_dots_is_not_written_anywhere(tmp_path: Path) -> None:
    content = io.BytesIO(word_file(document=document_xml("<w:p><w:r><w:t>前言</w:t></w:r></w:p>")))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("../../../evil.txt", b"x")
    path = tmp_path / "deep" / "er" / "a.docx"
    path.parent.mkdir(parents=True)
    path.write_bytes(content.getvalue())
    assert read_report(path).text == "前言"
    assert {p.name for p in tmp_path.rglob("*")} == {"deep", "er", "a.docx"}


# -- text ------------------------------------------------------------------------------------------


def test_a_text_file_of_200_megabytes_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)  # a sparse file: nothing is written
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    assert "200 MB" in refusal(path)


def test_lone_surrogates_and_control_characters_do_not_reach_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    sentence = "我方於會議中說明\x07\x1b立場。"
    path.write_bytes(sentence.encode() + b"\xed\xa0\x80" + "主席致詞。".encode())
    text = read_report(path).text
    assert text.startswith("我方於會議中說明立場。")
    text.encode("utf-8")  # fails on a lone surrogate
    path.write_bytes("我方說明。".encode("utf-16-le").join((b"\xff\xfe", b"\x00\xd8")))
    read_report(path).text.encode("utf-8")


def test_a_name_with_dots_goes_by_the_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.txt").write_text("前言", encoding="utf-8")
    (found,) = discover([tmp_path / "in" / ".." / "a.txt"])
    assert found.source == "a.txt"
    assert ".." not in found.source


def test_links_out_of_the_folder_are_left_out_with_the_reason(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "a.txt").write_text("前言", encoding="utf-8")
    (outside / "b.txt").write_text("前言", encoding="utf-8")
    (inside / "out.txt").symlink_to(outside / "b.txt")
    (inside / "gone.txt").symlink_to(outside / "gone.txt")
    (inside / "self.txt").symlink_to(inside / "self.txt")
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "old.doc").write_bytes(b"x")
    assert len(discover([inside])) == 1
    reasons = {left.source: left.reason for left in left_out([inside])}
    assert "link out of the folder" in reasons.pop("out.txt")
    assert "link out of the folder" in reasons.pop("gone.txt")
    assert "link out of the folder" in reasons.pop("self.txt")
    assert "link to a folder" in reasons.pop("folder")
    assert "type .doc are not read" in reasons.pop("old.doc")
    assert not reasons


def test_an_unreadable_file_is_named_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("前言", encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "Permission denied" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are Unix's")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    assert "device or pipe" in refusal(path)


# -- the process apart -----------------------------------------------------------------------------


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder in which a module ``trap`` can be put for the child to run as a reader."""
    package = tmp_path / "traps"
    package.mkdir()
    # the child finds readers by name below corpus.readers: "..." climbs out of it for the test
    monkeypatch.setenv("PYTHONPATH", str(package))
    return package


def trapped(folder: Path, code: str, limits: Limits) -> str:
    """The refusal of a file whose parser is this code, and a sound file read right after it."""
    (folder / "sitecustomize.py").write_text(
        "import sys, types\n"
        "trap = types.ModuleType('corpus.readers.trap')\n"
        f"def read(content, name):\n    {code}\n"
        "trap.read = read\n"
        "sys.modules['corpus.readers.trap'] = trap\n",
        encoding="utf-8",
    )
    reader = Apart(limits)
    try:
        with pytest.raises(AttacheError) as raised:
            reader.read("trap", b"x", "bad.pdf")
        after = reader.read("pdf", text_pdf("Officials met in Lima to discuss it."), "good.pdf")
        assert after.lines == ("Officials met in Lima to discuss it.",)
    finally:
        reader.close()
    return str(raised.value)


def test_a_parser_that_crashes_costs_its_file_only(child: Path) -> None:
    message = trapped(child, "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Limits())
    assert message.startswith("bad.pdf: the program that reads this format crashed")


def test_a_parser_that_never_ends_is_stopped(child: Path) -> None:
    message = trapped(child, "import time; time.sleep(60)", Limits(seconds=2))
    assert message.startswith("bad.pdf: reading it took longer than 2 seconds")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="memory is limited on Unix only")
def test_a_parser_that_takes_all_memory_is_stopped(child: Path) -> None:
    message = trapped(child, "x = bytearray(4 << 30)", Limits(memory=1 << 30))
    assert "more memory than we allow" in message


def test_a_parser_that_raises_is_named_with_its_file(child: Path) -> None:
    assert "(ZeroDivisionError)" in trapped(child, "1 / 0", Limits())


def test_what_a_parser_prints_does_not_get_among_the_answers(child: Path) -> None:
    assert "(ZeroDivisionError)" in trapped(child, "print('x' * 9999); 1 / 0", Limits())


def test_the_child_does_not_take_modules_from_the_folder_the_user_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docx.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    reader = Apart()
    content = word_file(document=document_xml("<w:p><w:r><w:t>前言</w:t></w:r></w:p>"))
    try:
        assert reader.read("docx", content, "a.docx").lines == ("前言",)
    finally:
        reader.close()


def test_one_child_reads_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    popen = subprocess.Popen
    monkeypatch.setattr("subprocess.Popen", lambda *a, **k: started.append(a) or popen(*a, **k))
    reader = Apart()
    content = text_pdf("Officials met in Lima to discuss it.")
    try:
        for number in range(20):
            reader.read("pdf", content, f"{number}.pdf")
    finally:
        reader.close()
    assert len(started) == 1


def test_one_bad_file_of_a_hundred_costs_the_other_99_nothing(tmp_path: Path) -> None:
    for number in range(99):
        path = tmp_path / f"{number:02}.html"
        path.write_text(f"<h1>壹、目的</h1><p>出席第 {number} 次會議。</p>", encoding="utf-8")
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04")
    refused, read = [], []
    for file in discover([tmp_path]):
        try:
            read.append(read_report(file.path, file.source).source)
        except AttacheError as error:
            refused.append(str(error))
    assert len(read) == 99
    assert len(refused) == 1
    assert "bad.docx: found a damaged or cut-off archive" in refused[0]
