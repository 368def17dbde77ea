import pytest

from assistant.question import detect_language, understand
from assistant.types import Kind, Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("哪些經濟體審核 ABTC 有延宕情形？", Language.ZH),
        ("哪些经济体延宕？", Language.ZH),
        ("Which economies delay ABTC approvals?", Language.EN),
        ("ABTC?", Language.EN),
    ],
)
def test_language_is_chinese_where_a_han_character_stands(text: str, language: Language) -> None:
    assert detect_language(text) is language


def test_query_leaves_out_the_words_that_ask() -> None:
    assert understand("請問哪些經濟體審核 ABTC 有延宕情形？").query == "經濟體審核 ABTC 有延宕情形"
    assert (
        understand("Which economies delay ABTC approvals?").query
        == "economies delay ABTC approvals"
    )


def test_question_of_asking_words_alone_is_searched_as_it_is() -> None:
    assert understand("why?").query == "why?"


def test_simplified_question_is_searched_in_traditional_characters() -> None:
    assert understand("虚拟卡为什么还没有推行").query == "虛擬卡 還沒有推行"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("哪些國家反對？", Kind.ECONOMIES),
        ("Which member economies object?", Kind.ECONOMIES),
        ("報告何時提交？", Kind.WHEN),
        ("When is the report due?", Kind.WHEN),
        ("發了多少張卡？", Kind.NUMBER),
        ("How many cards were issued?", Kind.NUMBER),
        ("主席是誰？", Kind.PERSON),
        ("Who chairs the group?", Kind.PERSON),
        ("虛擬卡的好處是什麼？", Kind.OTHER),
    ],
)
def test_kind_is_read_from_the_words_that_ask(text: str, kind: Kind) -> None:
    assert understand(text).kind is kind
