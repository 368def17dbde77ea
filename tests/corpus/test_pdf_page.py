"""A page as a picture: drawn apart, with the places of its characters."""

import struct
from pathlib import Path

import pytest

from corpus.errors import AttacheError
from corpus.readers.pdf_page import Box, PagePicture, page_picture
from tests.corpus.conftest import text_pdf


def _picture(characters: str, boxes: list[Box]) -> PagePicture:
    return PagePicture(b"", 1000, 1000, characters, tuple(boxes))


def _row(text: str, top: int, left: int = 100) -> list[Box]:
    return [Box(left + 20 * n, top, left + 20 * n + 20, top + 20) for n in range(len(text))]


def test_page_is_drawn_and_its_words_are_found() -> None:
    picture = page_picture(text_pdf("Customs officers met in Chiang Mai"), "a.pdf", 1)
    assert picture.png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture.png[16:24]) == (picture.width, picture.height)
    (whole,) = picture.places("Customs officers met in Chiang Mai")
    (word,) = picture.places("officers")
    assert whole.left < word.left < word.right < whole.right
    assert 0 <= word.top < word.bottom <= picture.height
    assert picture.places("submarine") == ()


def test_quote_over_two_lines_gets_a_box_each() -> None:
    picture = _picture("甲乙丙丁", [*_row("甲乙", 100), *_row("丙丁", 140)])
    assert picture.places("乙 丙\n丁") == (Box(120, 100, 140, 120), Box(100, 140, 140, 160))


def test_other_forms_of_a_character_are_the_same() -> None:
    picture = _picture("ＡＢＴＣ卡", _row("ＡＢＴＣ卡", 100))
    assert picture.places("abtc 卡") == (Box(100, 100, 200, 120),)


def test_pieces_that_agree_are_marked_where_something_stands_between() -> None:
    printed = "一二三四五六註釋七八九十"
    picture = _picture(printed, _row(printed, 100))
    assert picture.places("一二三四五六七八九十") == (
        Box(100, 100, 220, 120),
        Box(260, 100, 340, 120),
    )


@pytest.mark.parametrize("page", [0, 2, 10_000])
def test_page_that_is_not_there_is_told(page: int) -> None:
    with pytest.raises(AttacheError, match="found 1 pages"):
        page_picture(text_pdf("text"), "a.pdf", page)


def test_file_that_is_no_pdf_is_told() -> None:
    with pytest.raises(AttacheError, match="no PDF heading"):
        page_picture(b"<html>", "a.pdf", 1)


def test_damaged_file_is_told_and_the_next_is_drawn() -> None:
    with pytest.raises(AttacheError):
        page_picture(text_pdf("text")[:200], "a.pdf", 1)
    assert page_picture(text_pdf("text"), "b.pdf", 1).width > 0


def test_wide_page_is_no_giant(tmp_path: Path) -> None:
    picture = page_picture(text_pdf("text"), "a.pdf", 1)
    assert picture.width * picture.height < 6_100_000
