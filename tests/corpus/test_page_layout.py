"""Pieces of text on a page as lines and rows: by their places, and by the rules around them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.readers.page_layout import lay_out
from corpus.readers.page_types import BOLD, PageContent, Piece
from corpus.readers.ruled_tables import Stroke, find_grids

SIZE = 10.0
LEADING = 14.0


def piece(text: str, left: float, line: float, *, gap: float = 0.0, size: float = SIZE) -> Piece:
    """A piece whose characters are all one size wide, on a line counted from the top."""
    return Piece(text, left, left + len(text) * size, 800 - line * LEADING, size, gap)


def lines(*pieces: Piece) -> list[str]:
    return [line for line in lay_out([PageContent(pieces)]).lines if line]


def test_lines_of_a_paragraph_go_on_where_the_next_word_had_no_room() -> None:
    source = lay_out(
        [
            PageContent(
                (
                    piece("　　亞太經濟合作會議", 50, 0),
                    piece("為我國正式參與之組織", 50, 1),
                    piece("。", 50, 2),
                    piece("我方積極參與", 70, 3),
                )
            )
        ]
    )
    assert source.lines == ("　　亞太經濟合作會議", "為我國正式參與之組織", "。", "我方積極參與")
    assert source.continued == {1, 2}


def test_space_above_a_line_is_a_blank_line() -> None:
    source = lay_out([PageContent((piece("甲", 50, 0), piece("乙", 50, 1), piece("丙", 50, 3)))])
    assert source.lines == ("甲", "乙", "", "丙")


def test_a_row_is_found_where_the_order_of_drawing_goes_up_again() -> None:
    assert lines(
        piece("時間", 50, 0),
        piece("議題", 120, 0, gap=50),
        piece("主持", 250, 0, gap=110),
        piece("九時", 50, 1),
        piece("開幕致詞及議程", 120, 1, gap=50),
        piece("採認", 120, 2),
        piece("主席", 250, 1),
    ) == ["時間\t議題\t主持", "九時\t開幕致詞及議程採認\t主席"]


def test_a_first_cell_of_several_lines_belongs_to_its_row() -> None:
    assert lines(
        piece("時間", 50, 0),
        piece("議題", 150, 0, gap=80),
        piece("九時至", 50, 1),
        piece("十時", 50, 2),
        piece("開幕", 150, 1),
    ) == ["時間\t議題", "九時至十時\t開幕"]


def test_an_empty_cell_keeps_its_column() -> None:
    assert lines(
        piece("時間", 50, 0),
        piece("議題", 150, 0, gap=80),
        piece("主持", 250, 0, gap=80),
        piece("九時", 50, 1),
        piece("主席", 250, 1, gap=180),
    ) == ["時間\t議題\t主持", "九時\t\t主席"]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([piece("一、", 50, 0), piece("目的", 90, 0, gap=20)], ["一、目的"]),
        ([piece("1.", 50, 0), piece("目的", 90, 0, gap=20)], ["1. 目的"]),
        ([piece("\uf0b7", 50, 0), piece("目的", 90, 0, gap=20)], ["- 目的"]),
        ([piece("服務機關：", 50, 0), piece("甲局", 150, 0, gap=50)], ["服務機關： 甲局"]),
    ],
)
def test_numbers_bullets_and_labels_are_no_cells(pieces: list[Piece], expected: list[str]) -> None:
    assert lines(*pieces) == expected


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    left = [piece("亞太經濟合作會議", 50, number) for number in range(5)]
    right = [piece("商務人士移動小組", 200, number) for number in range(5)]
    source = lay_out([PageContent((*left, *right))])
    assert [line for line in source.lines if line] == [p.text for p in (*left, *right)]
    assert len(source.continued) == 8  # all lines but the first of each column


def test_larger_type_is_a_heading_of_one_line_or_two() -> None:
    body = [piece("我方於會議中說明立場並請各方支持", 50, 5 + number) for number in range(4)]
    source = lay_out(
        [
            PageContent(
                (
                    piece("出席亞太經濟合", 50, 0, size=20),
                    piece("作會議", 50, 2, size=20),
                    piece("背景", 50, 4, size=14),
                    *body,
                )
            )
        ]
    )
    assert [line for line in source.lines if line][:3] == [
        "# 出席亞太經濟合",
        "作會議",
        "## 背景",
    ]
    assert 1 in source.continued


def test_a_row_cut_by_the_page_end_is_whole_and_heads_printed_again_are_dropped() -> None:
    heads = (piece("時間", 50, 0), piece("議題", 150, 0, gap=80))
    first = (*heads, piece("九時", 50, 1), piece("開幕致詞", 150, 1, gap=80))
    second = (
        *heads,
        piece("及議程採認", 150, 1),
        piece("十時", 50, 2.5),
        piece("茶敘", 150, 2.5, gap=80),
    )
    source = lay_out([PageContent(first), PageContent(second)])
    assert [line for line in source.lines if line] == [
        "時間\t議題",
        "九時\t開幕致詞及議程採認",
        "十時\t茶敘",
    ]


# -- rules -----------------------------------------------------------------------------------------


def ruled(xs: list[float], ys: list[float]) -> list[Stroke]:
    """A full grid of rules."""
    across = [Stroke(xs[0], y, xs[-1], y + 1) for y in ys]
    down = [Stroke(x, ys[-1], x + 1, ys[0]) for x in xs]
    return [*across, *down]


def test_cells_are_told_by_the_rules_around_them() -> None:
    (grid,) = find_grids(ruled([50, 150, 250], [700, 650, 600]))
    assert grid.cell_at(60, 690) == (0, 0)
    assert grid.cell_at(200, 610) == (1, 1)
    assert grid.cell_at(300, 610) is None
    assert grid.parts(140, 160, 690)
    assert not grid.parts(60, 140, 690)


def test_a_merged_cell_is_its_first_one() -> None:
    rules = ruled([50, 150, 250], [700, 650, 600])
    rules.remove(Stroke(50, 650, 250, 651))
    rules.append(Stroke(150, 650, 250, 651))  # no rule between the first column's two rows
    (grid,) = find_grids(rules)
    assert grid.cell_at(60, 620) == (0, 0)
    assert grid.cell_at(200, 620) == (1, 1)


def test_a_frame_and_an_underline_are_no_tables() -> None:
    assert find_grids(ruled([50, 250], [700, 600])) == ()
    assert find_grids([Stroke(50, 700, 250, 701)]) == ()


def test_two_tables_of_a_page_are_two() -> None:
    grids = find_grids(
        [*ruled([50, 150, 250], [700, 650]), *ruled([50, 100, 250], [500, 450, 400])]
    )
    assert [len(grid.rows) for grid in grids] == [2, 3]


def test_a_ruled_cell_in_the_middle_of_its_height_stands_in_its_row() -> None:
    grids = find_grids(ruled([50, 120, 250], [806, 770, 730]))
    source = lay_out(
        [
            PageContent(
                (
                    piece("九時", 55, 1),
                    piece("開幕致詞", 125, 0.5),
                    piece("及議程", 125, 1.5),
                    piece("十時", 55, 3.5),
                    piece("茶敘", 125, 3.5),
                ),
                grids,
            )
        ]
    )
    assert source.lines == ("九時\t開幕致詞及議程", "十時\t茶敘")


def test_running_heads_go_but_for_the_first_and_page_numbers_go_everywhere() -> None:
    body = [f"第{number}頁有一句話說到一半就" for number in "一二三四"]
    pages = [
        PageContent(
            (
                piece("出席會議報告", 50, 0),
                piece(text, 50, 3),
                piece("斷了。" if number == 3 else "亞太經濟合作會議的會員", 50, 4),
                piece(f"{number + 1}", 100, 50),
            )
        )
        for number, text in enumerate(body)
    ]
    printed = [line for line in lay_out(pages).lines if line]
    assert printed.count("出席會議報告") == 1
    assert not {"1", "2", "3", "4"} & set(printed)
    assert all(text in printed for text in body)


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    pages = [
        PageContent((piece("我方積極參與各項會議", 50, 40), piece("並與其他經濟體交換意", 50, 41))),
        PageContent((piece("見，以維護我國權益。", 50, 0), piece("會後各方合影留念道別", 50, 1))),
    ]
    source = lay_out(pages)
    assert source.page_starts == (0, 2)
    assert 2 in source.continued


def test_lines_that_every_page_begins_with_stay_when_they_are_set_as_text() -> None:
    pages = [
        PageContent(tuple(piece("同樣的句子每頁都有。", 50, line) for line in range(5)))
        for _ in range(4)
    ]
    assert len([line for line in lay_out(pages).lines if line]) == 20


def test_a_word_that_a_hyphen_takes_to_the_next_line_does_not_end_its_cell() -> None:
    broken = Piece("Asia-Pacific", 150, 250, 800 - LEADING, SIZE, 80, foot=800 - 2 * LEADING)
    assert lines(
        piece("時間", 50, 0),
        piece("議題", 150, 0, gap=80),
        piece("九時", 50, 1),
        broken,
        piece("會議", 150, 3),
    ) == ["時間\t議題", "九時\tAsia-Pacific會議"]


def test_bold_or_coloured_lines_are_headings_below_those_in_larger_type() -> None:
    body = [piece("我方於會議中說明立場並請各方支持", 50, 6 + number) for number in range(9)]
    printed = lines(
        piece("會議過程", 50, 0, size=16),
        replace(piece("雙邊會談", 50, 2), ink=BOLD),
        replace(piece("請注意本段以粗體印出。", 50, 4), ink=BOLD),
        *body,
    )
    assert printed[:3] == ["# 會議過程", "## 雙邊會談", "請注意本段以粗體印出。"]


def test_bold_letters_mean_nothing_where_much_of_the_text_is_bold() -> None:
    body = [
        replace(piece("我方於會議中說明立場", 50, line), ink=BOLD * (line % 2)) for line in range(8)
    ]
    assert not any(line.startswith("#") for line in lines(*body))


def test_a_bold_paragraph_of_several_lines_is_no_heading() -> None:
    bold = [
        replace(piece("我方於會議中說明立場並請各方支", 50, 0), ink=BOLD),
        replace(piece("持此一提案。", 50, 1), ink=BOLD),
    ]
    body = [piece("我方於會議中說明立場並請各方支", 50, 3 + number) for number in range(9)]
    assert lines(*bold, *body)[0] == "我方於會議中說明立場並請各方支"
