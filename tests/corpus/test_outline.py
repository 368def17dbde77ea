from __future__ import annotations

from corpus.headings import heading_of
from corpus.normalise import normalise
from corpus.outline import outline
from corpus.readers.source import Source
from corpus.types import Section


def sections(text: str) -> tuple[Section, ...]:
    return outline(normalise(Source(tuple(text.strip().split("\n")))))


def shape(text: str) -> list[str]:
    return [f"{'  ' * (s.level - 1)}{s.number}|{s.heading}|{s.role}" for s in sections(text)[1:]]


def test_marks_nest_in_the_order_in_which_this_report_uses_them() -> None:
    assert shape("一、經過\n壹、上午\n(一) 開幕\n1. 致詞\n(二) 閉幕\n貳、下午\n二、建議事項") == [
        "一|經過|proceedings",
        "  壹|上午|proceedings",
        "    (一)|開幕|proceedings",
        "      1|致詞|proceedings",
        "    (二)|閉幕|proceedings",
        "  貳|下午|proceedings",
        "二|建議事項|opinion",
    ]


def test_a_restart_stands_under_its_heading_without_number() -> None:
    assert shape("會議過程\n壹、甲會議\n貳、乙會議\n心得與建議\n壹、甲建議\n貳、乙建議") == [
        "|會議過程|proceedings",
        "  壹|甲會議|proceedings",
        "  貳|乙會議|proceedings",
        "|心得與建議|opinion",
        "  壹|甲建議|opinion",
        "  貳|乙建議|opinion",
    ]


def test_numbers_may_jump_repeat_and_start_again() -> None:
    assert [
        s.number for s in sections("一、甲\n三、乙\n(一) 丙\n(一) 丁\n(四) 戊\n(四) 己\n五、庚")
    ] == [
        "",
        "一",
        "三",
        "(一)",
        "(一)",
        "(四)",
        "(四)",
        "五",
    ]


def test_a_number_that_follows_none_is_no_section() -> None:
    assert shape("一、甲\n\n完。\n\n7. 乙\n\n二、丙") == ["一|甲|proceedings", "二|丙|proceedings"]


def test_markdown_levels_bow_to_the_numbers() -> None:
    assert shape("## 壹、甲\n#### 一、乙\n## 二、丙\n### 貳、丁") == [
        "壹|甲|proceedings",
        "  一|乙|proceedings",
        "  二|丙|proceedings",
        "貳|丁|proceedings",
    ]


def test_markdown_levels_count_where_nothing_is_numbered() -> None:
    assert shape("# 甲\n## 乙\n## 丙\n# 丁") == [
        "|甲|proceedings",
        "  |乙|proceedings",
        "  |丙|proceedings",
        "|丁|proceedings",
    ]


def test_a_paragraph_with_a_number_has_no_heading() -> None:
    first, second = sections("一、本次會議圓滿完成，各方均表滿意。\n二、心得：各方發言踴躍。")[1:]
    assert (first.number, first.heading, first.path) == ("一", "", ("一",))
    assert (second.heading, second.path, second.role) == ("心得", ("二、心得",), "opinion")


def test_paths_read_as_printed() -> None:
    deepest = sections("參、會議紀要：\n(三)重點概要\n1、決議項目")[-1]
    assert deepest.path == ("參、會議紀要", "(三) 重點概要", "1、決議項目")


def test_the_contents_are_one_section_and_their_lines_are_none() -> None:
    text = "目 次\n壹、前言.....1\n貳、經過\t2\n附件：名單\n\n壹、前言\n內容。\n貳、經過\n內容。"
    assert shape(text) == ["|目 次|contents", "壹|前言|purpose", "貳|經過|proceedings"]


def test_text_behind_the_contents_is_no_part_of_them() -> None:
    found = sections("目錄\n壹、甲.....1\n貳、乙.....2\n\n\n無標題之內容。")
    assert [s.role for s in found] == ["proceedings", "contents", "proceedings"]


def test_a_cover_is_told_by_its_labels() -> None:
    cover = sections("出國報告\n甲會議\n服務機關：甲局\n\n前言\n內容。")[1]
    assert (cover.role, cover.heading, cover.path) == ("cover", "", ("封面",))
    assert sections("甲會議\n\n前言\n內容。")[1].role == "purpose"


def test_rows_of_an_agenda_open_sections_by_item() -> None:
    text = "附件：\n\nSECOND WORKING GROUP MEETING\n\nTIME\tSUBJECT\n\tItem 1: Welcome"
    assert shape(f"{text}\n09:00\t1.1 Remarks\n\tItem 2: Agenda\n\n會後合影\n") == [
        "|附件|annex",
        "  |SECOND WORKING GROUP MEETING|agenda",
        "    Item 1|Welcome|agenda",
        "    Item 2|Agenda|agenda",
        "  |會後合影|caption",
    ]


def test_decimals_stand_under_their_number() -> None:
    assert shape("1. Opening\n1.1 Welcome\n1.2 Remarks\n2. Reports\n2.1 Australia") == [
        "1|Opening|proceedings",
        "  1.1|Welcome|proceedings",
        "  1.2|Remarks|proceedings",
        "2|Reports|proceedings",
        "  2.1|Australia|proceedings",
    ]


def test_roles_are_inherited_unless_a_heading_says_otherwise() -> None:
    assert shape("參、會議紀要\n一、主要決議\n(一) 甲案\n二、會後執行事項\n(一) 乙案") == [
        "參|會議紀要|proceedings",
        "  一|主要決議|decisions",
        "    (一)|甲案|decisions",
        "  二|會後執行事項|follow-up",
        "    (一)|乙案|follow-up",
    ]
    assert shape("心得與建議\n一、掌握計畫要點")[1] == "  一|掌握計畫要點|opinion"


def test_a_caption_within_the_body_is_a_section() -> None:
    text = "一、致詞\n主席致詞。\n\n\n\n我國代表於會場\n\n二、討論"
    assert shape(text) == [
        "一|致詞|proceedings",
        "  |我國代表於會場|caption",
        "二|討論|proceedings",
    ]


def test_a_letter_list_and_a_roman_list_are_told_apart() -> None:
    assert [s.level for s in sections("a) x\nb) x\ni) y\nii) y\nc) x")[1:]] == [1, 1, 2, 2, 1]


def test_colons_in_brackets_end_no_heading() -> None:
    assert heading_of("甲系統(前身：乙系統)之現況，已大致完成。") == ""
    assert heading_of("日期：本年8月23日") == "日期：本年8月23日"
    assert heading_of("主要事項如下：") == ""


def test_chapters_stand_beside_a_summary_not_below_it() -> None:
    assert shape("摘要\n\n本文。\n\n壹、前言\n甲。\n\n貳、會議過程\n乙。") == [
        "|摘要|summary",
        "壹|前言|purpose",
        "貳|會議過程|proceedings",
    ]


def test_headings_in_simplified_characters_are_read() -> None:
    assert shape(
        "摘要\n本文。\n\n壹、前言\n甲。\n\n贰、会议过程\n乙。\n\n参、心得与建议\n丙。\n\n后续办理事项\n丁。"
    ) == [
        "|摘要|summary",
        "壹|前言|purpose",
        "贰|会议过程|proceedings",
        "参|心得与建议|opinion",
        "|后续办理事项|follow-up",
    ]


def test_an_english_report_without_numbers_has_its_headings() -> None:
    text = "\n\n".join(
        ["Background", "A.", "Meeting Proceedings", "B.", "Key Outcomes", "C.", "Next Steps", "D."]
    )
    assert shape(text) == [
        "|Background|purpose",
        "|Meeting Proceedings|proceedings",
        "|Key Outcomes|decisions",
        "|Next Steps|follow-up",
    ]
