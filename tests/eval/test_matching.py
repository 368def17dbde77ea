import pytest

from eval.matching import is_given, occurs


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("Russia", "RUSSIA"),
        ("The United States", "the United\n States of America"),
        ("附件 24", "附件24"),
        ("36576", "36,576 張"),
        ("36,576", "36576"),
        ("臺灣", "台灣"),
        ("5%", "５％"),
        ("3 minutes", "3 minutes each"),
        ("ABTC", "ABTC卡"),
        ("8月20日", "2022 年 8 月 20 日"),
    ],
)
def test_value_is_recognised_however_it_is_written(wanted: str, text: str) -> None:
    assert occurs(wanted, text)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("US", "Russia"),
        ("24", "2024"),
        ("3", "3.5"),
        ("5", "3.5"),
        ("576", "36,576"),
        ("Oman", "woman"),
        ("Viet Nam", "Vietnam"),
        ("越南", ""),
    ],
)
def test_part_of_a_word_or_a_number_is_no_value(wanted: str, text: str) -> None:
    assert not occurs(wanted, text)


def test_any_writing_in_any_value_will_do() -> None:
    assert is_given(("Viet Nam", "越南"), ["俄羅斯", "越南"])
    assert not is_given(("Viet Nam", "越南"), ["俄羅斯"])
    assert not is_given(("Viet Nam", "越南"), [])
