from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import AttacheError
from corpus.read import discover, read_report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("前言\r\n\r\n內容。", encoding=encoding)
    assert read_report(path).text == "前言\n\n內容。"


def test_a_report_is_named_by_its_content(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.md"
    first.write_text("前言", encoding="utf-8")
    second.write_text("前言", encoding="utf-8")
    assert read_report(first).id == read_report(second).id == read_report(first).sha256[:12]
    assert read_report(first, "x/a.txt").source == "x/a.txt"


def test_the_language_is_what_most_of_the_text_is_in(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Officials met in Lima to discuss customs.", encoding="utf-8")
    assert read_report(path).language == "en"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \n\n ", "white space"),
        ("a.txt", b"PK\x03\x04\x00\x00", "NUL bytes"),
        ("a.txt", b"\xff\xd8\xff\xe0 picture", "no encoding we know"),
        ("a.txt", b"\x01\x02\x03\x04\x05", "control characters"),
        ("a.xyz", b"text", "type .xyz"),
    ],
)
def test_what_cannot_be_read_says_so_in_one_line(
    tmp_path: Path, name: str, content: bytes, found: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AttacheError, match=found) as raised:
        read_report(path)
    message = str(raised.value)
    assert "expected" in message
    assert name in message
    assert "\n" not in message


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AttacheError, match="nothing there"):
        discover([tmp_path / "gone"])
    with pytest.raises(AttacheError, match="nothing there"):
        read_report(tmp_path / "gone.txt")


def test_a_folder_without_report_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(AttacheError, match="no report in the folder"):
        discover([tmp_path])


def test_a_folder_is_read_through_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/.hidden.md", ".git/c.md", "d.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert [file.source for file in discover([tmp_path])] == ["a/z.md", "b.txt"]


def test_a_file_named_itself_goes_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.txt"
    path.parent.mkdir()
    path.write_text("x", encoding="utf-8")
    assert [file.source for file in discover([path, tmp_path])] == ["a.txt"]
    (tmp_path / "x.png").write_bytes(b"x")
    with pytest.raises(AttacheError, match=r"type \.png"):
        discover([tmp_path / "x.png"])


def test_files_of_one_name_in_two_folders_keep_apart(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(folder, encoding="utf-8")
    found = discover([tmp_path / "x", tmp_path / "y"])
    assert [file.source for file in found] == ["a.txt", "y/a.txt"]


def test_a_link_out_of_the_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "in" / "a.txt").write_text("y", encoding="utf-8")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert [file.source for file in discover([tmp_path / "in"])] == ["a.txt"]
