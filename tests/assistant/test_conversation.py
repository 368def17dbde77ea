import pytest

from assistant.conversation import leans, wants_more
from assistant.question import understand
from assistant.types import Kind


@pytest.mark.parametrize(
    "text",
    [
        "那2020年呢？",
        "印尼呢？",
        "為什麼？",
        "and Japan?",
        "When is it due?",
        "它何時提交？",
        "why?",
        "後來還有誰反對？",
        "是哪三個？",
        "Which ones?",
    ],
)
def test_question_that_needs_the_last_one_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "哪些經濟體審核 ABTC 有延宕情形？",
        "Which economies delay ABTC approvals?",
        "哪三個港口加入了計畫？",
        "Is there a plan for the virtual card?",
    ],
)
def test_question_that_stands_alone_does_not_lean(text: str) -> None:
    assert not leans(text)


def test_follow_up_keeps_what_it_does_not_replace() -> None:
    first = understand("日本為什麼對虛擬卡有疑慮？")
    second = understand("那紐西蘭呢？", previous=first)
    assert "紐西蘭" in second.query
    assert "虛擬卡" in second.query
    assert "日本" not in second.query
    assert second.kind is Kind.WHY
    assert second.follows == first.text


def test_follow_up_with_its_own_kind_keeps_the_matter() -> None:
    first = understand("Which economy leads the paperless trade guide?")
    second = understand("When is it due?", previous=first)
    assert second.kind is Kind.WHEN
    assert "paperless" in second.query


def test_new_question_leaves_the_last_one_behind() -> None:
    first = understand("日本為什麼對虛擬卡有疑慮？")
    second = understand("誰當選反恐工作小組下屆主席？", previous=first)
    assert second.follows is None
    assert "虛擬卡" not in second.query


def test_more_is_the_same_question() -> None:
    first = understand("Which economies delay ABTC approvals?")
    assert wants_more("show more")
    assert understand("show more", previous=first).query == first.query


def test_which_ones_asks_for_what_was_counted() -> None:
    first = understand("How many members sent a reply?")
    assert understand("Which ones?", previous=first).kind is Kind.ECONOMIES
