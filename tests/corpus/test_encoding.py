"""Which encoding a text file is in, told from short texts as well as long ones."""

import pytest

from corpus.errors import AttacheError
from corpus.readers.encoding import decode

TRADITIONAL = (
    "出國報告",
    "服務機關：外交部",
    "ABTC 虛擬卡",
    "心得與建議",
    "參、會議紀要",
    "(一) 與談公私部門",
    "巴布亞紐幾內亞",
    "111年8月20日",
    "壹、前言",
    "目次",
)
SIMPLIFIED = ("出国报告", "服务机关：外交部", "会议纪要", "亚太经合组织", "目录", "我们", "越南")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp950", "gb18030"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_text_reads_back_from_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", SIMPLIFIED)
def test_simplified_text_reads_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x.txt") == text


@pytest.mark.parametrize("text", ["香港嘅海關", "我哋嘅報告", "入境事務處咗"])
def test_characters_of_hong_kong_read_as_big5_hkscs(text: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        text.encode("cp950")
    assert decode(text.encode("big5hkscs"), "x.txt") == text


def test_utf16_without_mark_is_told_by_its_latin_and_common_characters() -> None:
    text = "APEC 第 3 次資深官員會議(SOM 3)期間\n參加會議\n"
    assert decode(text.encode("utf-16-le"), "x.txt") == text


def test_western_quotation_marks_of_windows_are_kept() -> None:
    text = "The Chair’s report – “fine”, he said at the café in Chiang Mai."
    assert decode(text.encode("cp1252"), "x.txt") == text


def test_utf8_cut_within_its_last_character_loses_only_that() -> None:
    assert decode("參加會議".encode()[:-1], "x.txt") == "參加會"


def test_one_bad_byte_in_sound_text_does_not_lose_the_text() -> None:
    content = "我方於會議中報告。".encode() + b"\xff" + "主席致詞。".encode()
    assert decode(content, "x.txt") == "我方於會議中報告。\ufffd主席致詞。"


def test_declared_encoding_is_believed_when_the_bytes_fit() -> None:
    assert decode("目录".encode("gb18030"), "x.html", "gb2312") == "目录"
    assert decode("出國".encode("cp950"), "x.html", "no-such-encoding") == "出國"


@pytest.mark.parametrize(
    "content", [bytes(range(128, 256)), b"\x81\xfe\xfd" * 50, b"\0\1\2\3" * 40]
)
def test_bytes_that_are_no_text_are_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(AttacheError, match=r"x\.txt: found .*, expected .*; ") as error:
        decode(content, "x.txt")
    assert "\n" not in str(error.value)
