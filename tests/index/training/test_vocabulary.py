"""What becomes one token."""

import pytest

from index.training.pairs import Pair
from index.training.vocabulary import UNKNOWN, VocabularyRecipe, build_tokenizer, empty_tokenizer

PAIRS = [
    Pair("cedict", "海關", "customs"),
    Pair("cedict", "委員會", "committee"),
    Pair("law", "海關得設委員會。", "Customs may set up a committee."),
    Pair("law", "臺灣海關委員會於2022年設立。", "The customs committee of Taiwan, 2022."),
]


@pytest.fixture(scope="module")
def tokenizer():
    return build_tokenizer(PAIRS, VocabularyRecipe(), {"委員會": 50, "海關": 50, "設立": 20})


def runs(text):
    blank = empty_tokenizer()
    return [
        run for run, _ in blank.pre_tokenizer.pre_tokenize_str(blank.normalizer.normalize_str(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＰＥＣ會議", ["apec", "會議"]),
        ("臺灣", ["台灣"]),
        ("Café’s 1,308", ["cafe", "1308"]),
        ("2022年8月", ["2022", "年", "8", "月"]),
        ("。、 ", []),
    ],
)
def test_text_is_folded_and_split_by_script(text, expected):
    assert runs(text) == expected


def test_words_of_the_dictionary_stay_whole(tokenizer):
    assert tokenizer.encode("海關委員會").tokens == ["海關", "委員會"]


def test_words_seen_twice_stay_whole_and_others_fall_into_pieces(tokenizer):
    assert tokenizer.encode("committee").tokens == ["committee"]
    assert len(tokenizer.encode("taiwan").tokens) > 1


def test_a_year_is_one_token_in_both_languages(tokenizer):
    assert "2022" in tokenizer.encode("於2022年").tokens
    assert "2022" in tokenizer.encode("in 2022").tokens


def test_a_character_never_seen_is_unknown(tokenizer):
    assert tokenizer.encode("龘").tokens == [UNKNOWN] or tokenizer.encode("龘").ids == [0]
