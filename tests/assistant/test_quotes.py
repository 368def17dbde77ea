"""Passages to quotes, over a report made for it."""

import pytest

from assistant.quotes import LONGEST_QUOTE, Quote, quotes
from corpus.types import Report
from index.retriever import Index, open_index
from index.types import Hit
from index.update import update

LONG = "甲" * 200
TEXT = f"""壹、會議情形

一、名單
出席者如下：
- 日本
- 韓國

二、討論
第一句。第二句。
{LONG}。{LONG}。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("quotes")
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    update([folder / "report.txt"], folder / "index")
    return open_index(folder / "index")


def every(index: Index) -> list[tuple[Report, Quote]]:
    report = index.reports[0]
    hits = (Hit(chunk, 1, 1.0, None, None) for chunk in index.chunks)
    return [(report, quote) for hit in hits for quote in quotes(report, hit)]


def test_a_quote_is_the_span_that_it_names(index: Index) -> None:
    assert every(index)
    assert all(report.text[q.start : q.end] == q.text for report, q in every(index))


def test_a_heading_is_no_quote(index: Index) -> None:
    assert not any(q.text.strip() in ("名單", "討論", "會議情形") for _, q in every(index))


def test_a_list_stays_with_what_announces_it(index: Index) -> None:
    assert any("如下" in q.text and "韓國" in q.text for _, q in every(index))


def test_short_sentences_are_read_together_and_long_ones_apart(index: Index) -> None:
    texts = [q.text for _, q in every(index)]
    assert any("第一句。第二句。" in text for text in texts)
    assert all(len(text) <= LONGEST_QUOTE for text in texts)
