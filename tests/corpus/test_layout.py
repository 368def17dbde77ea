"""Paragraphs, rows and page breaks as lines of a source."""

from corpus.readers.layout import Layout, untabbed


def test_a_page_that_ends_within_a_paragraph_cuts_its_line_which_goes_on() -> None:
    layout = Layout()
    layout.paragraph("甲方表示\f同意。")
    assert layout.source(paged=True).lines == ("甲方表示", "同意。")
    assert layout.source(paged=True).page_starts == (0, 1)
    assert layout.source(paged=True).continued == {1}
    assert layout.source(paged=False).page_starts == ()


def test_a_paragraph_that_begins_a_page_does_not_go_on_with_the_one_before() -> None:
    layout = Layout()
    layout.paragraph("- 甲")
    layout.paragraph("\f- 乙", close=True)
    source = layout.source(paged=True)
    assert source.lines == ("- 甲", "- 乙")
    assert source.page_starts == (0, 1)
    assert not source.continued


def test_an_empty_paragraph_is_a_blank_line_and_keeps_its_page_break() -> None:
    layout = Layout()
    layout.paragraph("甲")
    layout.paragraph("\f")
    layout.paragraph("乙")
    source = layout.source(paged=True)
    assert source.lines == ("甲", "", "乙")
    assert source.page_starts == (0, 2)


def test_a_paragraph_too_long_for_a_heading_is_none() -> None:
    layout = Layout()
    layout.paragraph("壹、目的", heading=1)
    layout.paragraph("文" * 200, heading=1)
    assert layout.source(paged=False).lines == ("# 壹、目的", "", "文" * 200)


def test_a_row_of_one_filled_cell_is_still_a_row() -> None:
    layout = Layout()
    layout.row(["第一天", "", ""])
    layout.row(["", "", ""])
    assert layout.source(paged=False).lines == ("第一天\t",)


def test_tabs_stay_where_they_part_cells_or_lead_to_a_page_number() -> None:
    assert untabbed("\t縮排") == "縮排"
    assert untabbed("姓名：\t王") == "姓名： 王"
    assert untabbed("壹、目的\t\t12") == "壹、目的\t\t12"
    assert untabbed("時間\t議題\t主席") == "時間\t議題\t主席"
