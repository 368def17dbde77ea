from __future__ import annotations

from corpus.sentences import sentences


def quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def test_chinese_sentences_keep_their_closing_marks() -> None:
    assert quoted("甲方說：「同意。」乙方未表示意見。（謹註：已更正。）") == [
        "甲方說：「同意。」",
        "乙方未表示意見。",
        "（謹註：已更正。）",
    ]


def test_abbreviations_end_no_sentence() -> None:
    assert quoted("Mr. Lee met the U.S. team. No. 3 was agreed.") == [
        "Mr. Lee met the U.S. team.",
        "No. 3 was agreed.",
    ]


def test_latin_stops_in_brackets_end_no_sentence() -> None:
    assert quoted("主題「開放(Open. Connect. Balance.)」已採認。") == [
        "主題「開放(Open. Connect. Balance.)」已採認。"
    ]


def test_marks_and_bullets_are_no_part_of_a_sentence() -> None:
    assert quoted("(一) 甲案通過。\n- 乙案未通過。\n3、其他") == [
        "甲案通過。",
        "乙案未通過。",
        "其他",
    ]


def test_rows_are_units() -> None:
    assert quoted("09:00\t致詞。簡報。\t主席\n\t討論") == ["09:00\t致詞。簡報。\t主席", "討論"]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "前言\n甲。乙。\n結論"
    assert [text[s.start : s.end] for s in sentences(text, 5, 7)] == ["乙。"]
