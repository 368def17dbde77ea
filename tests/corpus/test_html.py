"""Web pages: headings, lists and tables, whatever the tags leave out."""

import pytest

from corpus.errors import AttacheError
from corpus.readers.html import read


def lines(markup: str) -> list[str]:
    return [line for line in read(markup.encode(), "x.html").lines if line]


def test_paragraphs_and_headings_are_parted_by_a_blank_line() -> None:
    source = read("<h2>壹、目的</h2><p>出席\n  會議。<p>會後<br>合影</p>".encode(), "x.html")
    assert source.lines == ("## 壹、目的", "", "出席 會議。", "", "會後  ", "合影")
    assert source.page_starts == ()


def test_scripts_styles_and_the_head_are_left_out_and_entities_are_read() -> None:
    assert lines(
        "<html><head><title>標題</title><style>p{}</style></head><body>"
        "<script>var a = '<p>x</p>'</script><p>甲&amp;乙&nbsp;&#x4E19;</p><!-- 註 --></body></html>"
    ) == ["甲&乙\xa0丙"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3><li>甲</li><li value=9>乙</li></ol>", ["3. 甲", "9. 乙"]),
        ("<ol type=a><li>甲</ol>", ["a. 甲"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ol style='list-style-type:none'><li>(一) 甲</ol>", ["(一) 甲"]),
        ("<ul><li>甲<ul><li>乙</ul><li>丙</ul>", ["- 甲", "- 乙", "- 丙"]),
    ],
)
def test_lists_are_numbered_as_the_browser_prints_them(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


def test_tables_are_rows_with_tabs_and_merged_cells_once() -> None:
    assert lines(
        "<table><tr><th>時間<th>議題<th>主持</tr>"
        "<tr><td rowspan=2>09:00<td><p>開幕</p><p>致詞</p><td>主席"
        "<tr><td colspan=2>茶敘</table>"
    ) == ["時間\t議題\t主持", "09:00\t開幕 致詞\t主席", "\t茶敘\t"]


def test_a_table_within_a_cell_is_text_of_the_cell() -> None:
    markup = "<table><tr><td>甲<td><table><tr><td>乙<td>丙</table></table>"
    assert [line.replace("  ", " ") for line in lines(markup)] == ["甲\t乙 丙"]


def test_a_table_of_one_column_is_a_box_around_text() -> None:
    assert lines("<table><tr><td>一、目的</table>") == ["一、目的"]


def test_the_encoding_is_what_the_page_declares_or_what_it_reads_as() -> None:
    page = '<meta charset="big5"><p>出國報告</p>'
    assert [x for x in read(page.encode("cp950"), "x.html").lines if x] == ["出國報告"]
    page = "<p>出國報告：會議紀要</p>"
    assert [x for x in read(page.encode("cp950"), "x.html").lines if x] == ["出國報告：會議紀要"]


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(AttacheError, match="web page without text"):
        read(b"<html><script>1</script></html>", "x.html")


def test_a_hundred_thousand_nested_tags_are_read() -> None:
    assert lines("<div>" * 100_000 + "甲") == ["甲"]
    assert lines("<ul><li>" * 20_000 + "甲") == ["- 甲"]
    assert lines("<table><tr><td>" * 20_000 + "甲")[0].strip() == "甲"
