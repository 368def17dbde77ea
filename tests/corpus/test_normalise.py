from __future__ import annotations

import pytest

from corpus.normalise import normalise
from corpus.readers.source import Source


def healed(*lines: str) -> list[str]:
    return normalise(Source(lines)).text.split("\n")


def test_a_sentence_cut_in_chinese_is_joined_without_a_space() -> None:
    assert healed("前言", "", "代表團於會場提出三項建議。主辦方歡迎這些建", "", "議並將研議。") == [
        "前言",
        "",
        "代表團於會場提出三項建議。主辦方歡迎這些建議並將研議。",
    ]


def test_a_cut_between_latin_words_gets_a_space() -> None:
    assert healed("一、協會(The", "", "Air Association)代表。") == [
        "一、協會(The Air Association)代表。"
    ]


def test_a_line_that_ends_in_a_comma_or_an_open_bracket_goes_on() -> None:
    assert healed("服務機關：甲局、", "乙署") == ["服務機關：甲局、乙署"]
    assert healed("甲方表示，", "", "將再研議。") == ["甲方表示，將再研議。"]
    assert healed("與主席合照(8 月 6", "", "日)") == ["與主席合照(8 月 6 日)"]


def test_a_page_number_within_a_sentence_is_dropped() -> None:
    text = "代表團說明現況。各方認為此一作法有助於加速整體"
    assert healed("前言", text, "", "- 5 -", "", "流程，值得參考。", "", "第 6 頁", "", "完。") == [
        "前言",
        f"{text}流程，值得參考。",
        "",
        "完。",
    ]


def test_a_number_within_a_table_is_no_page_number() -> None:
    assert healed("項目\t數量", "卡片\t5") == ["項目\t數量", "卡片\t5"]


def test_double_spacing_is_taken_away() -> None:
    first = "代表團本次參加會議，主要就下列各項議題與各會員體交換意見，並於會後拜會主辦單"
    second = "位，了解其籌備情形，同時邀請其代表於明年來訪，雙方並同意就人員培訓事項保持聯"
    lines = [first, "", second, "", "繫。", "", f"  {first}", "", second, "", "繫。", ""]
    assert healed(*lines) == [f"{first}{second}繫。"] * 2


def test_headings_are_not_joined_to_the_text_below_them() -> None:
    lines = ["一、掌握國際趨勢，持續精進作業", "", "本次會議各方發言踴躍。"]
    assert healed(*lines) == lines


def test_markdown_and_html_marks_go() -> None:
    assert healed("## **壹、前言**", "*本次*會議 <u>圓滿</u>。<br>完\\*") == [
        "壹、前言",
        "本次會議 圓滿。",
        "完*",
    ]


def test_stars_that_mark_nothing_stay() -> None:
    assert healed("尺寸 5*3*2 公分") == ["尺寸 5*3*2 公分"]


def test_emphasis_may_span_lines() -> None:
    assert healed("**Asia", "Pacific**") == ["Asia", "Pacific"]


def test_a_bullet_before_a_number_goes_and_others_stay() -> None:
    assert healed("- 1、甲案。", "- (二) 乙案。", "- 丙案。") == [
        "1、甲案。",
        "(二) 乙案。",
        "- 丙案。",
    ]


def test_an_indented_line_goes_on_with_its_bullet() -> None:
    assert healed("- 美方建議每二年提交一次報告，各方對此表示", "  支持") == [
        "- 美方建議每二年提交一次報告，各方對此表示支持"
    ]


def test_tables_become_rows_with_tabs() -> None:
    assert healed("| 時間 | 講題 |", "| --- | --- |", "| 09:00 | 開幕 |") == [
        "時間\t講題",
        "09:00\t開幕",
    ]
    assert healed("09:00\t<b>開幕</b><br>致詞\t") == ["09:00\t開幕 致詞"]


def test_a_time_alone_joins_the_agenda_mark_below_it() -> None:
    assert healed("1100 - 1225", "", "5. THE FUTURE") == ["1100 - 1225 5. THE FUTURE"]


def test_blank_lines_collapse_to_one() -> None:
    assert healed("甲。", "", "", "", "乙。") == ["甲。", "", "乙。"]


def test_front_matter_becomes_a_cover() -> None:
    lines = ("---", "title: 會議報告", "agency: 甲局、乙署", "event_start: 2022-08-20")
    document = normalise(Source((*lines, "event_end: 2022-08-24", "---", "", "# 前言", "內容。")))
    assert document.cover_lines == 3
    assert document.text.split("\n") == [
        "出國報告標題：會議報告",
        "服務機關：甲局、乙署",
        "出國期間：2022-08-20 至 2022-08-24",
        "",
        "前言",
        "內容。",
    ]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert normalise(Source(("---", "某一段。", "---", "完。"))).cover_lines == 0


@pytest.mark.parametrize("caption", ["與甲方雙邊會談合影", "全體人員合照"])
def test_a_caption_is_not_joined_to_the_text_above(caption: str) -> None:
    lines = ("前言", "各方發言踴躍。我方將持續掌握議題最新趨勢", "", "", "", caption)
    assert healed(*lines)[-1] == caption


def test_pages_tile_the_text_and_a_sentence_may_cross_them() -> None:
    document = normalise(Source(("甲方表示，", "將再研議。", "完。"), (0, 1)))
    assert document.text == "甲方表示，將再研議。\n完。"
    assert [(p.number, p.start, p.end) for p in document.pages] == [(1, 0, 5), (2, 5, 13)]


def test_a_reader_may_know_that_a_line_goes_on() -> None:
    document = normalise(Source(("一、甲", "乙"), continued=frozenset({1})))
    assert document.text == "一、甲乙"


HEAD = ("Asia-Pacific", "Economic Cooperation")


def test_a_running_head_is_kept_once() -> None:
    page = ["", "", *HEAD, ""]
    lines = healed(
        "議程", *page, "甲題由主席說明", *page, "乙題由主席說明", *page, "丙題由主席說明"
    )
    assert [line for line in lines if line] == [
        "議程",
        *HEAD,
        "甲題由主席說明",
        "乙題由主席說明",
        "丙題由主席說明",
    ]


def test_a_sentence_goes_on_over_a_running_head() -> None:
    head, cut = "出席會議報告", "代表團說明現況。各方認為此一作法有助於加速整體"
    lines = (head, "前言", head, cut, head, "流程，值得參考。")
    document = normalise(Source(lines, page_starts=(0, 2, 4)))
    assert document.text.split("\n") == [head, "前言", f"{cut}流程，值得參考。"]
    assert [page.number for page in document.pages] == [1, 2, 3]


def test_a_line_repeated_within_pages_or_only_twice_stays() -> None:
    assert healed("前言", "同上", "甲", "同上", "乙", "同上").count("同上") == 3
    assert healed("前言", "", "", "續頁", "", "甲", "", "", "續頁", "", "乙").count("續頁") == 2
