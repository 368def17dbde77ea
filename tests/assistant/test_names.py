import pytest

from assistant.names import lacking, question_names, years_in
from assistant.question import understand


def test_names_of_a_question_are_economies_acronyms_and_numbers() -> None:
    names = question_names(understand("日本在 2022 年 SCCP 第 2 次會議說了什麼？"))
    assert names == ("日本", "2022", "SCCP", "2")


def test_an_economy_is_there_by_any_of_its_names() -> None:
    assert lacking(("日本", "ABTC"), "Japan doubts the abtc") == ()
    assert lacking(("日本", "ABTC"), "韓國") == ("日本", "ABTC")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("民國 111 年", {2022}),
        ("2020 and 2022", {2020, 2022}),
        ("109年與2022年", {2020, 2022}),
        ("36,576 件", set()),
    ],
)
def test_years_of_either_calendar_are_gregorian(text: str, years: set[int]) -> None:
    assert years_in(text) == years
