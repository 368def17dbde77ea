"""A draft that is changed: order, words, and the citations that stay."""

from datetime import date

import pytest

from assistant.briefing.draft import dropped, moved, reworded
from assistant.export.document import (
    Cite,
    Document,
    Heading,
    Mark,
    Note,
    Paragraph,
    Style,
    Table,
    Text,
    plain,
)
from assistant.types import Language
from corpus.errors import AttacheError

NOTES = (Note("r:0-2", "報告", "報告", "原文"), Note("r:5-8", "報告", "報告", "另一段"))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


@pytest.fixture
def document() -> Document:
    quoted = (Text("「"), Text("原文", Mark.QUOTE), Text("」"), Cite("r:0-2"))
    return Document(
        "題",
        Language.ZH,
        date(2022, 11, 14),
        (
            Heading(1, "甲"),
            Heading(2, "甲一"),
            paragraph("a"),
            paragraph("b"),
            Heading(2, "甲二"),
            Paragraph(quoted, Style.ITEM),
            Heading(1, "乙"),
            Table(("欄",), (((Text("一"), Cite("r:5-8")),), ((Text("二"),),)), (1,)),
        ),
        NOTES,
    )


def order(document: Document) -> str:
    return " ".join(
        block.text if isinstance(block, Heading) else plain(block.runs)
        for block in document.blocks
        if isinstance(block, Heading | Paragraph)
    )


@pytest.mark.parametrize(
    ("at", "step", "expected"),
    [
        (3, -1, "甲 甲一 b a 甲二 「原文」 乙"),
        (2, 1, "甲 甲一 b a 甲二 「原文」 乙"),
        (2, -1, "甲 甲一 a b 甲二 「原文」 乙"),
        (3, 1, "甲 甲一 a b 甲二 「原文」 乙"),
        (4, -1, "甲 甲二 「原文」 甲一 a b 乙"),
        (1, 1, "甲 甲二 「原文」 甲一 a b 乙"),
        (6, -1, "乙 甲 甲一 a b 甲二 「原文」"),
        (0, -1, "甲 甲一 a b 甲二 「原文」 乙"),
        (4, 1, "甲 甲一 a b 甲二 「原文」 乙"),
    ],
)
def test_heading_moves_with_all_below_it(
    document: Document, at: int, step: int, expected: str
) -> None:
    assert order(moved(document, at, step)) == expected


def test_row_moves_within_its_table(document: Document) -> None:
    table = moved(document, 7, 1, row=0).blocks[7]
    assert isinstance(table, Table)
    assert [plain(row[0]) for row in table.rows] == ["二", "一"]


def test_dropped_heading_takes_its_section_along(document: Document) -> None:
    assert order(dropped(document, 1)) == "甲 甲二 「原文」 乙"


def test_note_of_what_is_dropped_is_listed_no_more(document: Document) -> None:
    assert [n.key for n in document.used()] == ["r:0-2", "r:5-8"]
    assert [n.key for n in dropped(document, 7, row=0).used()] == ["r:0-2"]


def test_last_row_takes_the_table_along(document: Document) -> None:
    once = dropped(document, 7, row=0)
    assert len(dropped(once, 7, row=0).blocks) == 7


def test_words_are_changed_around_a_citation(document: Document) -> None:
    runs = reworded(document, 5, "據載「原文」[1]。").blocks[5].runs
    assert runs == (
        Text("據載「"),
        Text("原文", Mark.QUOTE),
        Text("」"),
        Cite("r:0-2"),
        Text("。"),
    )


def test_citation_that_the_new_words_leave_out_is_put_back(document: Document) -> None:
    runs = reworded(document, 5, "「原文」").blocks[5].runs
    assert runs[-1] == Cite("r:0-2")


def test_changed_quote_is_no_quote_any_more(document: Document) -> None:
    runs = reworded(document, 5, "「改過的文」[1]").blocks[5].runs
    assert Text("（經人工修改）", Mark.OWN) in runs
    assert not any(isinstance(run, Text) and run.mark is Mark.QUOTE for run in runs)
    assert Cite("r:0-2") in runs


def test_number_that_is_no_note_stays_text(document: Document) -> None:
    runs = reworded(document, 2, "見 [99]").blocks[2].runs
    assert runs == (Text("見 [99]"),)


def test_cell_and_heading_are_reworded(document: Document) -> None:
    table = reworded(document, 7, "壹 [2]", row=0).blocks[7]
    assert isinstance(table, Table)
    assert table.rows[0][0] == (Text("壹 "), Cite("r:5-8"))
    assert reworded(document, 0, " 新題 ").blocks[0] == Heading(1, "新題")


def test_what_is_not_there_is_told(document: Document) -> None:
    for call in (
        lambda: dropped(document, 99),
        lambda: dropped(document, 7, row=9),
        lambda: moved(document, 2, 1, row=0),
        lambda: reworded(document, 7, "x", row=0, cell=3),
    ):
        with pytest.raises(AttacheError, match="load the page anew"):
            call()
