import numpy as np
import pytest

from index.encoder import BundledEncoder
from index.expansion import Translator, translations, translator_for
from index.translation import TranslationModel


@pytest.fixture(scope="module")
def translator(encoder: BundledEncoder) -> Translator:
    found = translator_for(encoder)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def meanings(translator: Translator) -> TranslationModel:
    return translator.model(np.arange(len(translator.table)))


def test_a_query_is_split_into_chinese_tokens_and_other_words(translator: Translator) -> None:
    words = translator.words("海關延誤 Customs abcd")
    assert [word.surface for word in words] == ["海關", "延誤", "Customs", "abcd"]
    assert words[0].terms == ("海", "關", "海關")
    assert words[2].terms == ("custom",)
    assert len(words[3].tokens) == 4


def test_a_word_tells_what_it_is_called_in_the_other_language(
    translator: Translator, meanings: TranslationModel
) -> None:
    (word,) = translator.words("delays")
    best = translations(word, meanings)[0]
    assert (best.word, best.terms) == ("延誤", ("延誤",))
    assert 0.8 < best.nearness <= 1
    assert "delay" not in [each.word for each in translations(word, meanings)]


def test_translations_are_nearest_first(translator: Translator, meanings: TranslationModel) -> None:
    (word,) = translator.words("延誤")
    found = translations(word, meanings)
    assert {each.word for each in found[:2]} == {"delay", "delays"}
    assert [each.nearness for each in found] == sorted(
        (each.nearness for each in found), reverse=True
    )


def test_a_word_in_pieces_has_no_translations(
    translator: Translator, meanings: TranslationModel
) -> None:
    (word,) = translator.words("abcd")
    assert translations(word, meanings) == ()


def test_unknown_characters_are_no_words(translator: Translator) -> None:
    assert translator.words("龘") == ()
    assert translator.tokens("龘") == ()


def test_an_encoder_without_a_table_has_no_translator(
    encoder: BundledEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.expansion.TranslationTable.load", lambda folder: None)
    assert translator_for(encoder) is None
