from pathlib import Path

import numpy as np
import pytest

from index.encoder import BundledEncoder
from index.engine import Engine
from index.glossary import Synonyms
from index.types import Leg, Mode, Vectors

TEXTS = (
    "海關延誤核准旅行",
    "貨櫃會議",
    "飯店旅行",
    "the meeting at the hotel",
    "Russia and customs containers",
    "會議會議飯店",
    "abc 移動小組",
)


@pytest.fixture(scope="module")
def engine(encoder: BundledEncoder) -> Engine:
    return Engine.build(TEXTS, encoder, synonyms=[Synonyms(("ABC", "移動小組"))])


def rows(engine: Engine, query: str, mode: Mode, **options: object) -> list[int]:
    return [hit.row for hit in engine.search(query, mode, 10, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_finds_the_passage_that_says_it(engine: Engine, mode: Mode) -> None:
    assert rows(engine, "海關延誤核准", mode)[0] == 0


@pytest.mark.parametrize("query", ["customs delays approval", "delay of travel approval"])
def test_a_passage_in_the_other_language_is_found(engine: Engine, query: str) -> None:
    assert rows(engine, query, Mode.HYBRID)[0] == 0


def test_simplified_questions_find_traditional_passages(engine: Engine) -> None:
    assert rows(engine, "海关延误", Mode.LEXICAL) == rows(engine, "海關延誤", Mode.LEXICAL) == [0]


def test_the_lexical_mode_finds_nothing_where_no_term_is(engine: Engine) -> None:
    assert rows(engine, "zzz", Mode.LEXICAL) == []


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("query", ["", " ", "？"])
def test_an_empty_query_finds_nothing(engine: Engine, mode: Mode, query: str) -> None:
    assert rows(engine, query, mode) == []


def test_hits_carry_the_rank_and_score_of_each_retriever(engine: Engine) -> None:
    lexical = engine.search("海關延誤", Mode.LEXICAL)
    dense = engine.search("海關延誤", Mode.DENSE)
    best = engine.search("海關延誤", Mode.HYBRID)[0]
    assert best.row == 0
    assert best.lexical == Leg(1, lexical[0].score)
    assert best.dense is not None
    assert best.dense.rank == 1
    assert best.dense.score == pytest.approx(dense[0].score)
    assert lexical[0].dense is None
    assert dense[0].lexical is None


@pytest.mark.parametrize("mode", Mode)
def test_only_allowed_rows_are_found(engine: Engine, mode: Mode) -> None:
    allowed = np.array([False, True, True, False, False, False, False])
    assert set(rows(engine, "旅行會議", mode, allowed=allowed)) <= {1, 2}
    assert rows(engine, "旅行會議", mode, allowed=np.zeros(7, dtype=np.bool_)) == []


def test_equal_passages_stay_two_hits_ordered_by_row(encoder: BundledEncoder) -> None:
    twins = Engine.build(["海關延誤", "飯店", "海關延誤", "會議", "貨櫃", "旅行"], encoder)
    for mode in Mode:
        assert rows(twins, "海關延誤", mode)[:2] == [0, 2]


def test_a_prior_moves_passages(engine: Engine) -> None:
    prior = np.zeros(len(TEXTS))
    prior[0] = -50
    assert rows(engine, "海關延誤", Mode.HYBRID, prior=prior)[0] != 0


def test_a_stored_engine_finds_the_same(
    engine: Engine, encoder: BundledEncoder, tmp_path: Path
) -> None:
    engine.save(tmp_path)
    opened = Engine.open(tmp_path, encoder, [Synonyms(("ABC", "移動小組"))])
    for query in ("海關延誤", "customs approval", "ABC"):
        assert opened.search(query) == engine.search(query)


def test_all_names_of_a_thing_find_the_same_passages(engine: Engine) -> None:
    assert engine.search("ABC") == engine.search("移動小組") == engine.search("abc")


def test_texts_are_scored_as_passages_are(engine: Engine) -> None:
    scores = engine.score("海關延誤", ["海關延誤", "海關", "飯店", ""])
    order = sorted(range(4), key=lambda at: -scores[at].score)
    assert order[:2] == [0, 1]
    assert scores[0].coverage == pytest.approx(1)
    assert 0.2 < scores[1].coverage < 0.8
    assert scores[2].coverage == scores[3].coverage == 0
    assert scores[0].dense == pytest.approx(1, abs=1e-5)
    assert engine.score("海關", []) == ()


def test_the_score_of_an_indexed_text_is_that_of_its_hit(engine: Engine) -> None:
    for query in ("海關延誤", "customs approval"):
        hit = engine.search(query)[0]
        (score,) = engine.score(query, [TEXTS[hit.row]])
        assert score.score == pytest.approx(hit.score, rel=0.02)


def test_translations_count_towards_coverage_by_their_nearness(engine: Engine) -> None:
    (translated,) = engine.score("travel", ["旅行"])
    assert 0.5 < translated.coverage < 1


def test_a_word_of_the_field_counts_towards_coverage_in_full(engine: Engine) -> None:
    (called,) = engine.score("customs", ["海關"])
    assert called.coverage == 1


def test_a_passage_tells_which_words_and_translations_matched(engine: Engine) -> None:
    found = {(match.word, match.found) for match in engine.explain("customs delay hotel", TEXTS[0])}
    assert {("customs", "海關"), ("delay", "延誤")} <= found
    assert not [word for word, _ in found if word == "hotel"]


def test_known_vectors_are_not_encoded_again(encoder: BundledEncoder) -> None:
    class Counting:
        id, dim = encoder.id, encoder.dim
        encoded = 0

        def encode_queries(self, texts: list[str]) -> Vectors:
            return encoder.encode_queries(texts)

        def encode_passages(self, texts: list[str]) -> Vectors:
            self.encoded += len(texts)
            return encoder.encode_passages(texts)

    counting = Counting()
    known = {1: encoder.encode_passages([TEXTS[1]])[0]}
    built = Engine.build(TEXTS, counting, known=known)
    assert counting.encoded == len(TEXTS) - 1
    assert rows(built, "貨櫃會議", Mode.DENSE)[0] == 1


def test_an_empty_engine_finds_nothing(encoder: BundledEncoder) -> None:
    assert Engine.build([], encoder).search("海關") == ()


def test_an_encoder_without_translations_searches_without_them(
    encoder: BundledEncoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("index.engine.translator_for", lambda encoder: None)
    plain = Engine.build(TEXTS, encoder)
    plain.save(tmp_path)
    opened = Engine.open(tmp_path, encoder)
    assert opened.search("海關延誤")[0].row == 0
    (score,) = opened.score("海關延誤", ["海關延誤"])
    assert score.coverage == 1
    assert {match.found for match in opened.explain("海關", TEXTS[0])} == {"海", "關", "海關"}
