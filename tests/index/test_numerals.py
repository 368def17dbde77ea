import pytest

from index.text import terms


@pytest.mark.parametrize(
    ("zh", "en", "shared"),
    [
        ("8 月 21 日舉行", "held on 21 August", {"@8", "@8-21"}),
        ("8月21日", "August 21st", {"@8", "@8-21"}),
        ("111年8月", "August 2022", {"@8", "2022"}),
        ("9 月 3 日", "Sept. 3", {"@9", "@9-3"}),
        ("第八次會議", "the eighth meeting", {"#8"}),
        ("第 12 屆", "12th", {"#12"}),
        ("五項優先", "five priorities", {"5"}),
        ("十二個經濟體", "twelve economies", {"12"}),
    ],
)
def test_what_is_written_otherwise_meets_across_languages(
    zh: str, en: str, shared: set[str]
) -> None:
    assert shared <= set(terms(zh)) & set(terms(en))


@pytest.mark.parametrize(
    "text",
    ["it may be", "march on", "3個月", "第", "一個", "之一項", "數十個", "第一", "二〇二二年"],
)
def test_what_is_no_day_gives_none(text: str) -> None:
    assert not [term for term in terms(text) if term.startswith("@")]


def test_a_written_number_is_read_in_full() -> None:
    assert "21" in terms("二十一個經濟體")
    assert "1" not in terms("二十一個經濟體")
