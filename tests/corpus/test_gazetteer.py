from __future__ import annotations

import pytest

from corpus.gazetteer import bodies_in, economies, economies_in, economy_named, place_named


def codes(text: str) -> list[str]:
    return [mention.code for mention in economies_in(text)]


def test_there_are_21_economies() -> None:
    assert len({economy.code for economy in economies()}) == 21


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("巴紐", "PG"),
        ("巴布亚新几内亚", "PG"),
        ("papua new guinea", "PG"),
        ("俄羅斯", "RU"),
        ("俄罗斯", "RU"),
        ("韓方", "KR"),
        ("我國", "TW"),
        ("Chinese Taipei", "TW"),
        ("Vietnam", "VN"),
        ("nzl", "NZ"),
        ("星", "SG"),
        ("祕魯", "PE"),
    ],
)
def test_an_economy_goes_by_many_names(name: str, code: str) -> None:
    economy = economy_named(name)
    assert economy is not None
    assert economy.code == code


def test_an_unknown_name_is_none() -> None:
    assert economy_named("Atlantis") is None


def test_the_longest_name_wins() -> None:
    text = "巴布亞紐幾內亞、紐西蘭及中國香港"
    assert [text[m.start : m.end] for m in economies_in(text)] == [
        "巴布亞紐幾內亞",
        "紐西蘭",
        "中國香港",
    ]


def test_sides_are_economies_and_words_that_look_alike_are_not() -> None:
    assert codes("澳方表示，我方與美方同意") == ["AU", "TW", "US"]
    assert codes("參加方式、其中方案、近日方便、增加方面") == []


def test_single_characters_count_in_lists_and_pairs_only() -> None:
    assert codes("如美、澳、紐、韓、日、星等國") == ["US", "AU", "NZ", "KR", "JP", "SG"]
    assert codes("臺澳雙邊會議") == ["TW", "AU"]
    assert codes("日期、美術、中文、馬匹") == []


def test_english_names_are_whole_words() -> None:
    assert codes("Russia and Viet Nam told us; the US agreed") == ["RU", "VN", "US"]
    assert codes("Indochina, Perugia, bonus") == []


def test_groups_and_partners_are_found() -> None:
    text = "商務人士移動小組(BMG)邀請 IATA 於 BMG3 簡報"
    assert [m.acronym for m in bodies_in(text)] == ["BMG", "BMG", "IATA", "BMG"]
    assert "IATA" not in [m.acronym for m in bodies_in(text, groups_only=True)]


@pytest.mark.parametrize(
    ("printed", "economy", "city"),
    [
        ("泰國", "TH", None),
        ("泰國清邁", "TH", "清邁"),
        ("中國大陸·北京市", "CN", "北京市"),
        ("泰國(清邁)", "TH", "清邁"),
        ("馬來西亞吉隆坡", "MY", "吉隆坡"),
        ("Chiang Mai, Thailand", "TH", "Chiang Mai"),
        ("日內瓦", None, "日內瓦"),
    ],
)
def test_a_place_is_an_economy_and_a_city(
    printed: str, economy: str | None, city: str | None
) -> None:
    place = place_named(printed)
    assert (place.printed, place.economy, place.city) == (printed, economy, city)
