"""Random outlines and bytes: nothing crashes, offsets are exact, the body is covered once."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.chunker import chunk_report
from corpus.dates import find_dates
from corpus.errors import AttacheError
from corpus.gazetteer import economies_in
from corpus.metadata import read_metadata
from corpus.normalise import normalise
from corpus.outline import outline
from corpus.readers import plain
from corpus.readers.source import Source
from corpus.sentences import sentences
from corpus.types import Metadata, Report, Role

MARKS = (
    *(
        "壹、",
        "貳、",
        "參、",
        "一、",
        "二、",
        "三、",
        "(一)",
        "（二）",
        "(三) ",
        "1.",
        "2、",
        "3. ",
    ),
    *("(1)", "(2) ", "A. ", "B. ", "a) ", "i) ", "ii) ", "議題一：", "場次2：", "附件1 "),
    *("Item 1: ", "Item 2: ", "1.1 ", "2.1 ", "# ", "## ", "### ", "- ", "• ", "- 1、"),
    *("", "", "", "  ", "09:00\t", "| ", "目次", "附件：", "摘要"),
)
TEXTS = (
    *(
        "會議紀要",
        "心得與建議",
        "本次會議圓滿完成，各方均表滿意。",
        "我方表示",
        "字" * 130,
        "甲。" * 90,
    ),
    *("Welcome Remarks", "BUSINESS MOBILITY GROUP MEETING", "全體合影", "前言.....5", "前言\t5"),
    *("5", "- 5 -", "111 年 8 月 20 日至 24 日", "服務機關：甲局、", "(The", "**粗體**"),
    *("<b>x</b><br>y", "", "---", "title: x"),
)
ENDS = ("\n", "\n\n", "\n\n\n\n", "\f")

lines = st.lists(
    st.tuples(st.sampled_from(MARKS), st.sampled_from(TEXTS), st.sampled_from(ENDS)), max_size=40
).map(lambda parts: "".join(mark + text + end for mark, text, end in parts))


def checked(source: Source) -> None:
    document = normalise(source)
    text, found = document.text, outline(document)
    assert "".join(text[s.start : s.own_end] for s in found) == text
    for section in found[1:]:
        assert section.parent is not None
        parent = found[section.parent]
        assert section.level == parent.level + 1
        assert parent.start <= section.start < section.own_end <= section.end <= parent.end
    for before, after in zip(document.pages, document.pages[1:], strict=False):
        assert before.end == after.start
    metadata = read_metadata(document, found)
    for fact in (*metadata.agencies, *metadata.authors, *metadata.places):
        assert text[fact.start : fact.end] == fact.value
    report = Report("0" * 12, "x.txt", "0" * 64, "zh", metadata, text, found, document.pages)
    covered = bytearray(len(text))
    for chunk in chunk_report(report):
        section = found[chunk.section]
        assert text[chunk.start : chunk.end] == chunk.text == chunk.text.strip() != ""
        assert chunk.start <= chunk.end <= section.end
        for number in report.ancestors(chunk.section):
            if found[number].start <= chunk.start:
                break
            above = found[found[number].parent or 0]
            assert above.own_end == found[number].start
            assert above.role is not found[number].role
        assert not any(covered[chunk.start : chunk.end])
        covered[chunk.start : chunk.end] = b"\1" * len(chunk.text)
    for section in found:
        own = range(section.start, section.own_end)
        wanted = section.role is not Role.CONTENTS
        assert all(bool(covered[i]) == wanted for i in own if not text[i].isspace())
    for span in sentences(text):
        assert 0 <= span.start < span.end <= len(text)
    for mention in find_dates(text, year=2022):
        assert mention.first <= mention.last
    economies_in(text)


@settings(max_examples=300, deadline=None)
@given(lines)
def test_random_outlines_keep_the_contract(text: str) -> None:
    if text.strip():
        checked(plain.read(text.encode(), "x.txt"))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_random_text_keeps_the_contract(text: str) -> None:
    try:
        source = plain.read(text.encode("utf-8", "replace"), "x.txt")
    except AttacheError:
        return
    checked(source)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        source = plain.read(content, "x.txt")
    except AttacheError:
        return
    checked(source)


@settings(max_examples=100, deadline=None)
@given(lines, st.integers(0, 2000))
def test_random_truncations_keep_the_contract(text: str, length: int) -> None:
    cut = text.encode()[:length].decode("utf-8", "ignore")
    if cut.strip():
        checked(plain.read(cut.encode(), "x.txt"))


HOSTILE = {
    "one line": "字" * 10**6,
    "open brackets": "(" * 10**6,
    "open quotes": "「字\n" * 10**4,
    "stars": "*a " * 10**5,
    "blanks": " " * 10**6 + "x",
    "blank heading": "# " + " " * 10**6 + "b",
    "tabs": "\t" * 10**6 + "x",
    "dots": "目次\n" + "." * 10**6,
    "tags": "<b " * 10**5,
    "rules": "- " * 10**5,
    "table rules": "|-" * 10**5,
    "digits": "1" * 10**6,
    "headings": "# a\n" * 10**4,
    "speakers": "澳方表示、" * 10**4,
    "chairs": "主席為澳洲召集人(" * 10**4,
    "verbs": f"會議過程\n澳方{'表示之' * 10**5}。",
    "rows": "時間\t議題\n" * 10**4,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_in_time(name: str) -> None:
    start = perf_counter()
    document = normalise(plain.read(HOSTILE[name].encode(), "x.txt"))
    found = outline(document)
    report = Report(
        "0" * 12, "x.txt", "0" * 64, "zh", Metadata(), document.text, found, document.pages
    )
    chunk_report(report)
    assert perf_counter() - start < 5
