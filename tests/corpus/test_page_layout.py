"""Pieces of text on a page as lines and rows: by their places, and by the rules around them."""

from __future__ import annotations

import pytest

from corpus.readers.page_layout import PageContent, Piece, lay_out
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
