from math import log
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import AttacheError
from index.encoder import BundledEncoder
from index.expansion import Translator, translator_for
from index.translation import OWN_TEXT, TABLE, Asked, TokenIndex, TranslationTable, translated_score

from .conftest import FREQUENCY

# the query's token 0 stands in one of ten words and counts double; it may translate the passage's
# token 1 (.8) or 2 (.2)
ASKED = Asked(
    tokens=(0,),
    weight=2.0,
    frequency=0.1,
    sources=np.array([1, 2]),
    probabilities=np.array([0.8, 0.2], dtype=np.float32),
    nearness=np.array([1.0, 0.4], dtype=np.float32),
)
NO_SOURCES = np.zeros(0, dtype=np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32)
ITSELF_ALONE = Asked((3,), 1.0, 0.4, *NO_SOURCES)
PASSAGES = ([1, 3, 3, 3], [0, 3], [1, 2], [3], [])


def index_of(passages: tuple[list[int], ...]) -> TokenIndex:
    return TokenIndex.build([np.array(tokens, dtype=np.int32) for tokens in passages], 4)


@pytest.fixture(scope="module")
def translator(encoder: BundledEncoder) -> Translator:
    found = translator_for(encoder)
    assert found is not None
    return found


def test_scores_worked_by_hand() -> None:
    index = index_of(PASSAGES)
    found = index.translated([ASKED])
    # the token is as likely as: .8 of a quarter; .5 of a half; .8 and .2 of halves
    likely = (0.8 / 4, 0.5 / 2, 0.8 / 2 + 0.2 / 2)
    # in any text: .1 at large, and the mean of the five passages
    background = 0.1 + OWN_TEXT * sum(likely) / 5
    assert index.backgrounds([ASKED]) == pytest.approx([background], rel=1e-3)
    expected = [2 * log(1 + 2 * p / background) for p in likely]
    assert found.scores == pytest.approx([*expected, 0, 0], rel=1e-3)


def test_the_share_in_the_other_language_worked_by_hand() -> None:
    # in translation .2 + .4 + .1, as itself .25; token 3, of half the weight, only as itself
    index = index_of(PASSAGES)
    assert index.translated([ASKED]).across == pytest.approx(0.7 / 0.95, rel=1e-3)
    assert index.translated([ITSELF_ALONE]).across == 0
    both = index.translated([ASKED, ITSELF_ALONE]).across
    assert both == pytest.approx(2 / 3 * 0.7 / 0.95, rel=1e-3)
    assert index.translated([]).across == 0


def test_frequent_and_rare_tokens_are_added_alike() -> None:
    index = index_of(tuple([[1, 3]] + [[3]] * 99))
    rare = index.translated([ASKED]).scores
    assert rare[0] == pytest.approx(2 * log(1 + 2 * 0.4 / (0.1 + OWN_TEXT * 0.4 / 100)), rel=1e-3)
    assert not rare[1:].any()
    frequent = index.translated([ITSELF_ALONE]).scores
    background = 0.4 + OWN_TEXT * (0.25 + 99 * 0.5) / 100
    assert frequent[1] == pytest.approx(log(1 + 2 * 0.5 / background), rel=1e-3)


def test_a_text_scores_as_the_passage_does(tmp_path: Path) -> None:
    index_of(PASSAGES).save(tmp_path)
    opened = TokenIndex.open(tmp_path, len(PASSAGES))
    both = [ASKED, ITSELF_ALONE]
    backgrounds = opened.backgrounds(both)
    one_by_one = [translated_score(both, backgrounds, tokens) for tokens in PASSAGES]
    assert opened.translated(both).scores == pytest.approx(one_by_one, rel=1e-3)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index_of(()).save(tmp_path)
    assert len(TokenIndex.open(tmp_path, 0).translated([ASKED]).scores) == 0


def test_a_level_holds_a_probability_and_the_highest_bit_of_its_token() -> None:
    table = TranslationTable(
        starts=np.array([0, 0, 2]),
        tokens=np.array([7, 7], dtype=np.uint16),
        levels=np.array([32, 128 + 64], dtype=np.uint8),
        frequencies=np.array([0.5, 0.5], dtype=np.float32),
    )
    tokens, probabilities = table.sources(1)
    assert tokens.tolist() == [7, 65536 + 7]
    assert probabilities == pytest.approx([np.exp(-1), np.exp(-2)])
    assert table.sources(0)[0].tolist() == []


def test_the_sources_are_those_of_the_table_and_the_near_tokens_of_the_other_language(
    translator: Translator, encoder: BundledEncoder
) -> None:
    number = encoder.tokenizer.token_to_id
    present = np.array(sorted(number(word) for word in ("海關", "延誤", "customs", "delay")))
    model = translator.model(present)
    (asked,) = model.ask([number("customs")])
    assert asked.sources.tolist()[:2] == [number("海關"), number("海關")]
    cosine = asked.nearness[1]
    assert cosine > 0.9
    assert asked.probabilities[:2] == pytest.approx([0.4, 0.1 * (cosine - 0.15) ** 2], abs=0.01)
    assert number("delay") not in asked.sources


def test_each_token_is_asked_once(translator: Translator) -> None:
    model = translator.model(np.arange(3))
    assert [asked.tokens for asked in model.ask([5, 9, 5])] == [(5,), (9,)]
    assert model.ask([]) == ()


def test_inflections_stand_for_one_another(translator: Translator, encoder: BundledEncoder) -> None:
    number = encoder.tokenizer.token_to_id
    (asked,) = translator.model(np.arange(3)).ask([number("delays")])
    assert asked.tokens == (number("delays"), number("delay"))
    assert asked.frequency == pytest.approx(2 * FREQUENCY)
    # each of the two comes from 延誤 with .4
    found = dict.fromkeys(asked.sources.tolist(), 0.0)
    for source, probability in zip(asked.sources, asked.probabilities, strict=True):
        found[int(source)] += float(probability)
    assert found[number("延誤")] == pytest.approx(0.8, abs=0.02)


def test_a_damaged_table_is_one_line_that_names_it(tmp_path: Path, model: Path) -> None:
    assert TranslationTable.load(tmp_path) is None
    content = next(model.rglob(TABLE)).read_bytes()
    (tmp_path / TABLE).write_bytes(content[: len(content) // 2])
    with pytest.raises(AttacheError, match=TABLE):
        TranslationTable.load(tmp_path)
