"""OpenDocument text: lists and headings numbered by styles, tables, notes, pages."""

import pytest

from corpus.readers.odt import read
from tests.corpus.conftest import opendocument_file


def lines(body: str, automatic: str = "", styles: str = "") -> list[str]:
    return [
        line for line in read(opendocument_file(body, automatic, styles), "x.odt").lines if line
    ]


def list_style(name: str, *levels: str) -> str:
    inside = "".join(
        f'<text:list-level-style-number text:level="{depth}" {level}/>'
        for depth, level in enumerate(levels, start=1)
    )
    return f'<text:list-style style:name="{name}">{inside}</text:list-style>'


def item(*children: str) -> str:
    return f"<text:list-item>{''.join(children)}</text:list-item>"


def p(text: str, style: str = "") -> str:
    attribute = f' text:style-name="{style}"' if style else ""
    return f"<text:p{attribute}>{text}</text:p>"


@pytest.mark.parametrize(
    ("level", "printed"),
    [
        ('style:num-format="一, 二, 三, ..." style:num-suffix="、"', ["一、甲", "二、乙"]),
        ('style:num-format="壹, 貳, 參, ..." style:num-suffix="、"', ["壹、甲", "貳、乙"]),
        ('style:num-format="甲, 乙, 丙, ..." style:num-suffix="、"', ["甲、甲", "乙、乙"]),
        (
            'style:num-format="一, 二, 三, ..." style:num-prefix="(" style:num-suffix=")"',
            ["(一) 甲", "(二) 乙"],
        ),
        ('style:num-format="1" style:num-suffix="."', ["1. 甲", "2. 乙"]),
        ('style:num-format="1" style:num-suffix="." text:start-value="4"', ["4. 甲", "5. 乙"]),
        ('style:num-format="i" style:num-suffix=")"', ["i) 甲", "ii) 乙"]),
        ('style:num-format=""', ["甲", "乙"]),
        ('style:num-format="1" loext:num-list-format="第%1%項、"', ["第1項、甲", "第2項、乙"]),
    ],
)
def test_a_number_of_the_list_style_stands_before_its_item(level: str, printed: list[str]) -> None:
    body = f'<text:list text:style-name="L">{item(p("甲"))}{item(p("乙"))}</text:list>'
    assert lines(body, list_style("L", level)) == printed


def test_a_bullet_is_a_hyphen_and_only_the_first_paragraph_of_an_item_has_one() -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="•"/></text:list-style>'
    )
    body = f'<text:list text:style-name="L">{item(p("甲"), p("續"))}</text:list>'
    assert lines(body, style) == ["- 甲", "續"]


def test_levels_show_as_many_numbers_as_the_style_says_and_start_again() -> None:
    style = list_style(
        "L",
        'style:num-format="1" style:num-suffix="."',
        'style:num-format="1" text:display-levels="2"',
    )
    inner = f"<text:list>{item(p('乙'))}{item(p('丙'))}</text:list>"
    second = f"<text:list>{item(p('戊'))}</text:list>"
    body = (
        f'<text:list text:style-name="L">{item(p("甲"), inner)}{item(p("丁"), second)}</text:list>'
    )
    assert lines(body, style) == ["1. 甲", "1.1 乙", "1.2 丙", "2. 丁", "2.1 戊"]


def test_a_list_goes_on_behind_a_paragraph_only_where_it_says_so() -> None:
    style = list_style("L", 'style:num-format="1" style:num-suffix="."')
    first = f'<text:list xml:id="a" text:style-name="L">{item(p("甲"))}</text:list>'
    anew = f'<text:list text:style-name="L">{item(p("乙"))}</text:list>'
    further = (
        f'<text:list text:style-name="L" text:continue-numbering="true">{item(p("丙"))}</text:list>'
    )
    named = f'<text:list text:style-name="L" text:continue-list="a">{item(p("丁"))}</text:list>'
    assert lines(first + p("文") + anew, style) == ["1. 甲", "文", "1. 乙"]
    assert lines(first + p("文") + further, style) == ["1. 甲", "文", "2. 丙"]
    assert lines(first + anew + named, style) == ["1. 甲", "1. 乙", "2. 丁"]


def test_headings_bear_their_level_and_the_number_of_the_outline() -> None:
    styles = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
        'style:num-format="壹, 貳, 參, ..." style:num-suffix="、"/>'
        '<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    )
    body = (
        '<text:h text:outline-level="1">目的</text:h><text:h text:outline-level="2">背景</text:h>'
        '<text:h text:outline-level="1">過程</text:h>'
    )
    assert lines(body, styles=styles) == ["# 壹、目的", "## 背景", "# 貳、過程"]


def test_tables_are_rows_with_tabs_and_merged_cells_once() -> None:
    def cell(*texts: str) -> str:
        return f"<table:table-cell>{''.join(map(p, texts))}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    body = (
        "<table:table><table:table-header-rows>"
        f"<table:table-row>{cell('時間')}{cell('議題')}{cell('主持')}</table:table-row>"
        "</table:table-header-rows>"
        f"<table:table-row>{cell('09:00')}{cell('開幕', '合影')}{covered}</table:table-row>"
        "</table:table>"
    )
    assert lines(body) == ["時間\t議題\t主持", "09:00\t開幕 合影\t"]


def test_pages_are_known_where_the_program_noted_them_and_begun_by_styles() -> None:
    broken = (
        '<style:style style:name="B" style:family="paragraph">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    source = read(opendocument_file(p("甲") + p("乙", "B"), broken), "x.odt")
    assert source.page_starts == ()
    body = p("首頁") + p("句子<text:soft-page-break/>續行。") + p("新頁", "B")
    source = read(opendocument_file(body, broken), "x.odt")
    assert source.lines == ("首頁", "", "句子", "續行。", "", "新頁")
    assert source.page_starts == (0, 3, 4)
    assert source.continued == {3}


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("甲<text:s text:c='2'/>乙", ["甲  乙"]),
        ("甲<text:line-break/>乙", ["甲  ", "乙"]),
        ("\n   甲\n   乙\n", ["甲 乙"]),
        ("甲<text:span>乙</text:span>", ["甲乙"]),
        (
            "<text:ruby><text:ruby-base>北</text:ruby-base><text:ruby-text>ㄅ</text:ruby-text>"
            "</text:ruby>",
            ["北"],
        ),
        (
            "甲<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>見附件。</text:p></text:note-body></text:note>。",
            ["甲[1]。", "[1] 見附件。"],
        ),
        (
            "文<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>",
            ["文", "框"],
        ),
        ("文<office:annotation><text:p>批註</text:p></office:annotation>", ["文"]),
    ],
)
def test_a_paragraph_reads_as_it_is_printed(xml: str, expected: list[str]) -> None:
    assert lines(p(xml)) == expected


def test_text_that_was_deleted_with_changes_tracked_is_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>刪</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    assert lines(body + p("留")) == ["留"]
