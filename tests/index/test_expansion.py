import pytest

from index.encoder import BundledEncoder
from index.expansion import Translation, Translator, translator_for


@pytest.fixture(scope="module")
def translator(encoder: BundledEncoder) -> Translator:
    found = translator_for(encoder)
    assert found is not None
    return found


def test_a_query_is_split_into_chinese_tokens_and_other_words(translator: Translator) -> None:
    words = translator.words("海關延誤 Customs abcd 2022")
    assert [word.surface for word in words[:4]] == ["海關", "延誤", "Customs", "abcd"]
    assert words[0].terms == ("海", "關", "海關")
    assert words[2].terms == ("custom",)
    assert len(words[3].tokens) == 4


def test_a_word_tells_what_it_is_called_in_the_other_language(translator: Translator) -> None:
    (word,) = translator.words("delays")
    # .4 against the .5 of a word that stands for itself; 'delay' is the same language
    assert [(t.word, t.terms) for t in translator.translations(word)] == [("延誤", ("延誤",))]
    assert translator.translations(word)[0].nearness == pytest.approx(0.8, abs=0.02)


def test_translations_are_nearest_first(translator: Translator) -> None:
    (word,) = translator.words("延誤")
    found = translator.translations(word)
    assert [t.word for t in found] == ["delay", "delays"]
    assert all(isinstance(t, Translation) for t in found)


def test_unknown_characters_are_no_words(translator: Translator) -> None:
    assert translator.words("龘") == ()
    assert translator.tokens("龘") == ()
