"""Answers over real indexes: the bundled samples, and the originals where they are at hand."""

from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.render import answer_json
from assistant.types import Answer
from corpus.types import Role
from index.types import Filters

QUESTIONS = (
    "哪些經濟體審核 ABTC 有延宕情形？",
    "Which economies delay ABTC approvals?",
    "誰當選反恐工作小組下屆主席？",
    "甲案有誰支持？",
    "日本对虚拟卡有什么疑虑？",
    "How many cards have been issued since 2002?",
    "海關性別主流化計畫何時開始？",
    "What did the customs officers suggest on the green economy?",
)


def assert_exact(assistant: Assistant, answer: Answer) -> None:
    for citation in answer.citations:
        report = assistant.index.report(citation.report_id)
        assert report.text[citation.start : citation.end] == citation.quote
        assert citation.quote in citation.passage
        assert citation.section_path == report.sections[report.section_at(citation.start)].path
    numbers = {citation.n for citation in answer.citations}
    assert all(set(s.citations) <= numbers and s.citations for s in answer.statements)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_statement_is_cited_byte_exact(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.statements
    assert_exact(assistant, answer)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_of_the_originals_is_byte_exact(
    real_assistant: Assistant, question: str
) -> None:
    assert_exact(real_assistant, real_assistant.ask(question))


def test_the_three_originals_that_tell_of_delays_are_cited(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("哪些經濟體審核 ABTC 有延宕情形？")
    naming = {
        c.source
        for c in answer.citations
        if all(name in c.quote for name in ("俄羅斯", "巴布亞紐幾內亞", "越南"))
    }
    assert naming == {
        "000_93533641bd1a8cb2.txt",
        "001_c3700d923a831084.txt",
        "002_d7b0c3396fc9121c.txt",
    }


def test_english_question_finds_the_chinese_passage_first(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("Which economies delay ABTC approvals?")
    assert any("俄羅斯" in c.quote and "越南" in c.quote for c in answer.citations[:3])


def test_simplified_question_finds_what_the_traditional_one_finds(assistant: Assistant) -> None:
    simplified = assistant.ask("哪些经济体审核 ABTC 有延宕情形？")
    traditional = assistant.ask("哪些經濟體審核 ABTC 有延宕情形？")
    assert [c.ref for c in simplified.citations] == [c.ref for c in traditional.citations]


@pytest.mark.parametrize("question", ["木星有幾顆衛星？", "How do I bake sourdough bread?"])
def test_it_abstains_where_the_reports_do_not_tell(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.reason
    assert not answer.citations
    assert not answer.statements
    assert answer.coverage.reports_searched == 5
    assert answer.coverage.reports_with_evidence == 0


def test_k_limits_the_citations(assistant: Assistant) -> None:
    question = "哪些經濟體審核 ABTC 有延宕情形？"
    assert len(assistant.ask(question, k=8).citations) > 2
    assert len(assistant.ask(question, k=2).citations) == 2


def test_filter_by_year_leaves_other_reports_out(assistant: Assistant) -> None:
    filters = Filters(since=date(2020, 1, 1), until=date(2020, 12, 31))
    answer = assistant.ask("哪些經濟體審核 ABTC 卡速度緩慢？", filters)
    assert {c.source for c in answer.citations} == {"2020-bmg-som1-boca.md"}
    assert answer.coverage.reports_searched == 1


def test_filter_by_role_leaves_other_sections_out(assistant: Assistant) -> None:
    answer = assistant.ask("ABTC 虛擬卡", Filters(roles=(Role.OPINION,)))
    assert answer.citations
    assert {c.role for c in answer.citations} == {Role.OPINION}


def test_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    first, second = (answer_json(assistant.ask("甲案有誰支持？")) for _ in range(2))
    first.pop("took_ms")
    second.pop("took_ms")
    assert first == second


def test_who_is_answered_by_the_economy_that_stands_by_the_office(assistant: Assistant) -> None:
    answer = assistant.ask("誰當選反恐工作小組下屆主席？")
    assert [value.text for value in answer.values] == ["菲律賓"]
