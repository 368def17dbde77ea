"""Why nothing is answered, over the bundled samples."""

from assistant.assistant import Assistant
from index.types import Filters

DELAYS = "哪些經濟體審核 ABTC 有延宕情形？"


def test_a_word_that_no_report_holds_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("台灣的鐵路便當賣多少錢？")
    assert answer.abstained
    assert answer.reason is not None
    assert "「便當」" in answer.reason
    assert "鐵路" not in answer.reason


def test_reports_that_the_filters_exclude_are_named(assistant: Assistant) -> None:
    answer = assistant.ask(DELAYS, Filters(groups=("CTWG",)))
    assert answer.abstained
    assert answer.reason is not None
    assert "不設篩選條件時" in answer.reason
    assert "商務人士移動小組" in answer.reason


def test_filters_that_exclude_nothing_are_not_blamed(assistant: Assistant) -> None:
    answer = assistant.ask("紅燒牛肉麵怎麼煮？", Filters(groups=("CTWG",)))
    assert answer.abstained
    assert answer.reason is not None
    assert "篩選" not in answer.reason


def test_the_reason_is_in_the_language_of_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("How many strings has a violin?")
    assert answer.abstained
    assert answer.reason is not None
    assert answer.reason.startswith("The reports do not say.")
    assert "violin" in answer.reason


def test_an_answer_has_no_reason(assistant: Assistant) -> None:
    assert assistant.ask(DELAYS).reason is None
