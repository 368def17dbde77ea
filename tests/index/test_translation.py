from math import log
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import AttacheError
from index.translation import TABLE, TokenIndex, TranslationTable, translated_score

# four tokens; the query's token 0 may come from the passage's token 1 (.8) or 2 (.2): levels are
# the negative logarithm in steps of 1 / 32
TABLE_OF_FOUR = TranslationTable(
    starts=np.array([0, 2, 2, 2, 2]),
    tokens=np.array([1, 2]),
    levels=np.array([7, 52], dtype=np.uint8),
    frequencies=np.array([0.1, 0.2, 0.3, 0.4]),
)
PASSAGES = ([1, 3, 3, 3], [0, 3], [1, 2], [3], [])


def index_of(passages: tuple[list[int], ...]) -> TokenIndex:
    return TokenIndex.build([np.array(tokens, dtype=np.int32) for tokens in passages], 4)


def test_scores_worked_by_hand() -> None:
    found = index_of(PASSAGES).translated([0], TABLE_OF_FOUR)
    # evidence 3 over a frequency of .1, times: .8 of a quarter; .5 of a half; .8 and .2 of halves
    expected = [log(1 + 30 * p) for p in (0.8 / 4, 0.5 / 2, 0.8 / 2 + 0.2 / 2)]
    assert found.scores == pytest.approx([*expected, 0, 0], rel=0.01)


def test_the_share_in_the_other_language_worked_by_hand() -> None:
    # in translation .2 + .4 + .1, as itself .25
    assert index_of(PASSAGES).translated([0], TABLE_OF_FOUR).across == pytest.approx(
        0.7 / 0.95, rel=0.01
    )
    assert index_of(PASSAGES).translated([3], TABLE_OF_FOUR).across == 0
    assert index_of(PASSAGES).translated([], TABLE_OF_FOUR).across == 0


def test_a_token_that_is_asked_twice_counts_once() -> None:
    once = index_of(PASSAGES).translated([0, 3], TABLE_OF_FOUR)
    twice = index_of(PASSAGES).translated([0, 3, 0], TABLE_OF_FOUR)
    assert (once.scores == twice.scores).all()


def test_frequent_and_rare_tokens_are_added_alike() -> None:
    many = index_of(tuple([[1, 3]] + [[3]] * 99))
    few = many.translated([0], TABLE_OF_FOUR).scores
    assert few[0] == pytest.approx(log(1 + 30 * 0.4), rel=0.01)
    assert not few[1:].any()
    all_of_them = many.translated([3], TABLE_OF_FOUR).scores
    assert all_of_them[1] == pytest.approx(log(1 + 3 / 0.4 * 0.5), rel=0.01)


def test_a_text_scores_as_the_passage_does(tmp_path: Path) -> None:
    index_of(PASSAGES).save(tmp_path)
    scores = TokenIndex.open(tmp_path, len(PASSAGES)).translated([0, 3], TABLE_OF_FOUR).scores
    one_by_one = [translated_score([0, 3], tokens, TABLE_OF_FOUR) for tokens in PASSAGES]
    assert scores == pytest.approx(one_by_one, rel=0.01)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index_of(()).save(tmp_path)
    assert len(TokenIndex.open(tmp_path, 0).translated([0], TABLE_OF_FOUR).scores) == 0


def test_a_damaged_table_is_one_line_that_names_it(tmp_path: Path, model: Path) -> None:
    assert TranslationTable.load(tmp_path) is None
    content = (model / TABLE).read_bytes()
    (tmp_path / TABLE).write_bytes(content[: len(content) // 2])
    with pytest.raises(AttacheError, match=TABLE):
        TranslationTable.load(tmp_path)
