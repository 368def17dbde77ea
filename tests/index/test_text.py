import pytest

from index.text import phrase_terms, query_terms, stem, terms, to_traditional


def test_chinese_gives_characters_and_pairs() -> None:
    assert terms("移民署") == ["移", "民", "署", "移民", "民署"]


def test_words_and_numbers_are_split_where_the_script_changes() -> None:
    assert terms("持ABTC卡36,576件") == ["持", "abtc", "卡", "36576", "件"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺灣", "台灣"),
        ("ＡＢＴＣ（卡）", "abtc(卡)"),
        ("計劃", "計畫"),
        ("台湾", "臺灣"),
        ("Việt Nam", "Viet Nam"),
        ("海关总署", "海關總署"),
        ("delays", "delayed"),
        ("economies", "economy"),
        ("the bank's", "the banks"),
    ],
)
def test_writings_of_the_same_give_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("111年", "2022"),
        ("本(111)年 8 月", "2022"),
        ("民國 98 年", "2009"),
        ("111.8.20", "2022"),
        ("２０２２年", "2022"),
    ],
)
def test_years_of_the_republic_are_found_by_the_gregorian_year(text: str, year: str) -> None:
    assert year in terms(text)


@pytest.mark.parametrize("text", ["20 年", "305 年前", "110年代", "3.5.1"])
def test_other_numbers_are_no_years(text: str) -> None:
    assert not [term for term in terms(text) if term.startswith(("19", "20")) and len(term) == 4]


def test_hyphenated_names_are_found_whole_and_in_parts() -> None:
    assert terms("v-ABTC") == ["v", "abtc", "v-abtc"]


def test_decimals_stay_whole() -> None:
    assert terms("3.5") == ["3.5"]


def test_only_a_text_with_simplified_characters_is_converted() -> None:
    assert to_traditional("后面的软件") == "後面的軟件"
    assert to_traditional("皇后與里長") == "皇后與里長"


def test_a_word_in_a_chinese_query_counts_as_much_as_a_chinese_word() -> None:
    assert query_terms("審核 ABTC") == ["審", "核", "審核", "abtc", "abtc", "abtc"]
    assert query_terms("ABTC approval") == terms("ABTC approval")


def test_a_phrase_is_held_by_its_pairs() -> None:
    assert phrase_terms("移民署") == ("移民", "民署")
    assert phrase_terms("署") == ("署",)
    assert phrase_terms("travel cards") == ("travel", "card")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cards", "card"),
        ("policies", "polici"),
        ("policy", "polici"),
        ("shipping", "ship"),
        ("glass", "glass"),
        ("boxes", "box"),
        ("approves", "approv"),
        ("red", "red"),
        ("sing", "sing"),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected
