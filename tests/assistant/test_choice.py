"""What an answer cites, over the bundled samples."""

from itertools import combinations

import pytest

from assistant.assistant import Assistant
from assistant.types import Answer, Citation

DELAYS = "哪些經濟體審核 ABTC 有延宕情形？"


def overlap(one: Citation, other: Citation) -> bool:
    return one.report_id == other.report_id and one.start < other.end and other.start < one.end


def refs(answer: Answer) -> set[str]:
    return {citation.ref for citation in answer.citations}


@pytest.mark.parametrize(
    "question", [DELAYS, "What did Japan say of the virtual card?", "甲案有誰支持？"]
)
def test_no_quote_stands_within_another(assistant: Assistant, question: str) -> None:
    citations = assistant.ask(question).citations
    assert citations
    assert not any(overlap(a, b) for a, b in combinations(citations, 2))


def test_more_gives_what_was_not_shown_yet(assistant: Assistant) -> None:
    first = assistant.ask("虛擬卡的推行情形如何？", k=2)
    second = assistant.ask("更多", k=2, previous=first)
    third = assistant.ask("show more", k=2, previous=second)
    assert first.citations
    assert second.citations
    assert second.question.follows == first.question.text
    assert not refs(second) & refs(first)
    assert not refs(third) & (refs(first) | refs(second))


def test_when_there_is_no_more_it_is_said(assistant: Assistant) -> None:
    answer = assistant.ask(DELAYS, k=30)
    for _ in range(40):
        answer = assistant.ask("更多", k=30, previous=answer)
        if answer.abstained:
            break
    assert answer.reason == "沒有更多相關內容了。"


def test_each_year_of_a_comparison_is_cited(assistant: Assistant) -> None:
    answer = assistant.ask("2020 年和 2022 年我方對虛擬卡的態度有什麼不同？")
    years = {c.event_start.year for c in answer.citations if c.event_start}
    assert years == {2020, 2022}
