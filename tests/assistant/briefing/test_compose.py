"""The document that a briefing becomes: its parts, its languages, nothing without a citation."""

import re
from dataclasses import replace

import pytest

from assistant.briefing.compose import compose
from assistant.briefing.types import Briefing
from assistant.export.document import (
    Cite,
    Document,
    Heading,
    Mark,
    Paragraph,
    SourceList,
    Style,
    Table,
    Text,
    from_json,
    plain,
    runs_of,
    to_json,
)
from assistant.types import Language
from corpus.errors import AttacheError


@pytest.fixture
def document(digests: Briefing) -> Document:
    return compose(digests)


def headings(document: Document) -> list[str]:
    return [block.text for block in document.numbered() if isinstance(block, Heading)]


def test_headings_are_numbered_as_officials_do(document: Document) -> None:
    assert headings(document)[:8] == [
        "壹、摘要",
        "貳、各議題",
        "一、ABTC 審核延宕",
        "(一)重點",
        "(二)各經濟體立場",
        "(三)歷次討論",
        "(四)我方發言",
        "二、BMG 組織章程修正",
    ]
    assert [h for h in headings(document) if h[0] in "參肆伍陸"] == [
        "參、後續事項追蹤",
        "肆、曾接觸人員",
        "伍、名詞與縮寫",
        "陸、引用出處",
    ]


def test_english_document_has_no_chinese_of_its_own(digests: Briefing) -> None:
    document = compose(replace(digests, language=Language.EN, title="Meeting briefing"))
    assert headings(document)[:2] == ["1 Summary", "2 Topics"]
    assert "2.1.2 Positions by economy" in headings(document)
    own = [
        run.text
        for block in document.blocks
        for run in runs_of(block)
        if isinstance(run, Text) and run.mark is Mark.OWN
    ]
    own += [head for block in document.blocks if isinstance(block, Table) for head in block.heads]
    options = [text for text in own if "甲案" in text or "乙案" in text]
    assert options, "names of options are quoted beside our letter for them"
    own = [re.sub(r"\([甲乙]案\)", "", text) for text in own]
    reports = {agency for source in digests.sources for agency in source.agencies}
    for text in own:
        bare = text
        for agency in sorted(reports, key=len, reverse=True):
            bare = bare.replace(agency, "")
        assert not re.search(r"[\u4e00-\u9fff]", bare), text


def test_every_quote_stands_beside_its_citation(document: Document) -> None:
    quotes = 0
    for block in document.blocks:
        cells = [block.runs] if isinstance(block, Paragraph) else []
        if isinstance(block, Table):
            # Of a row about one person, term or action, one mark stands for the row.
            cells = [tuple(run for cell in row for run in cell) for row in block.rows]
        for runs in cells:
            if any(isinstance(run, Text) and run.mark is Mark.QUOTE for run in runs):
                quotes += 1
                assert any(isinstance(run, Cite) for run in runs), plain(runs)
    assert quotes > 60


def test_each_cell_of_the_matrix_has_its_own_citation(document: Document) -> None:
    matrices = [b for b in document.blocks if isinstance(b, Table) and b.heads[0] == "經濟體"]
    assert len(matrices) == 3
    for table in matrices:
        for row in table.rows:
            for cell in row[1:]:
                quoted = [r for r in cell if isinstance(r, Text) and r.mark is Mark.QUOTE]
                assert len(quoted) == sum(isinstance(r, Cite) for r in cell)


def test_paragraphs_without_citation_are_marked_as_our_own(document: Document) -> None:
    start = next(at for at, b in enumerate(document.blocks) if isinstance(b, Heading))
    for block in document.blocks[start:]:
        if not isinstance(block, Paragraph) or block.style is Style.CAPTION:
            continue
        if not any(isinstance(run, Cite) for run in block.runs):
            assert all(isinstance(r, Text) and r.mark is Mark.OWN for r in block.runs)


def test_notes_are_quoted_in_full_and_numbered_by_first_use(document: Document) -> None:
    assert list(document.numbers().values()) == list(range(1, len(document.used()) + 1))
    assert any(isinstance(block, SourceList) for block in document.blocks)
    for note in document.used():
        report, span = note.key.split(":")
        start, end = map(int, span.split("-"))
        assert len(report) == 12
        assert len(note.quote) == end - start
        assert note.place


def test_summary_stays_on_a_page(document: Document) -> None:
    blocks = document.blocks
    first = next(at for at, b in enumerate(blocks) if isinstance(b, Heading))
    last = next(at for at, b in enumerate(blocks) if isinstance(b, Heading) and at > first)
    told = sum(len(plain(b.runs)) for b in blocks[first:last] if isinstance(b, Paragraph))
    assert told < 900


def test_summary_tells_of_doubts(document: Document) -> None:
    blocks = document.blocks
    first = next(at for at, b in enumerate(blocks) if isinstance(b, Heading))
    last = next(at for at, b in enumerate(blocks) if isinstance(b, Heading) and at > first)
    told = " ".join(plain(b.runs) for b in blocks[first:last] if isinstance(b, Paragraph))
    assert "日本對發行虛擬卡仍持疑慮" in told


def test_document_is_stored_and_read_again(document: Document) -> None:
    assert from_json(to_json(document)) == document


@pytest.mark.parametrize("stored", [None, {}, {"title": "x"}, [1], {"blocks": [["Script", "x"]]}])
def test_draft_that_is_none_is_told(stored: object) -> None:
    with pytest.raises(AttacheError, match="the draft cannot be read"):
        from_json(stored)


def test_citation_without_a_note_is_told(document: Document) -> None:
    with pytest.raises(AttacheError, match="none of its 0 notes"):
        replace(document, notes=()).used()
