"""The words of a question that ask for values."""

import pytest

from assistant.asking import Asking, askings, counted, number_of
from assistant.types import Kind


def test_every_word_that_asks_is_given_with_its_kind() -> None:
    asked = askings("在哪個城市、哪一年舉行，來了幾人？")
    assert [a.kind for a in asked] == [Kind.WHERE, Kind.WHEN, Kind.NUMBER]
    assert [a.kind for a in askings("How many ports, and in which city?")] == [
        Kind.NUMBER,
        Kind.WHERE,
    ]


@pytest.mark.parametrize(
    ("question", "several", "count"),
    [
        ("哪三位去了？", True, 3),
        ("哪一位去了？", False, 1),
        ("哪些公司去了？", True, None),
        ("哪個機關負責？", False, 1),
        ("Which two places did they see?", True, 2),
        ("Which agencies took part?", True, None),
        ("Which agency took part?", False, 1),
    ],
)
def test_words_that_ask_tell_how_many(question: str, several: bool, count: int | None) -> None:
    (asking,) = askings(question)
    assert (asking.several, asking.count) == (several, count)


def test_the_noun_before_is_asked_for_where_none_stands_behind() -> None:
    assert [a.kind for a in askings("派員的單位有哪些？")] == [Kind.ORGANISATIONS]
    assert askings("我方有哪些建議？") == ()


def test_what_is_counted_has_a_kind() -> None:
    assert counted("How many member economies replied?") is Kind.ECONOMIES
    assert counted("來了幾位專家？") is Kind.PERSON
    assert counted("發了幾張卡？") is None


def test_names_are_asked_for_by_telling_to_give_them() -> None:
    (asking,) = askings("Give me the names of the Austrian convenors.")
    assert (asking.kind, asking.several) == (Kind.PERSON, True)


def test_no_word_that_asks_is_found_in_a_statement() -> None:
    assert askings("這幾年各國都已開放邊境。") == ()
    assert askings("The WHO briefed the members.") == ()


def test_asking_stands_where_its_words_do() -> None:
    (asking,) = askings("費用是多少？")
    assert asking == Asking(3, 5, Kind.NUMBER)


def test_small_numbers_are_read_in_either_language() -> None:
    assert [number_of(word) for word in ("兩", "三", "Four", "12", "many")] == [2, 3, 4, 12, None]
