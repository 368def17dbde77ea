import pytest

from index.lexical import LexicalIndex
from index.lexicon import LEXICON, SAME_LANGUAGE, Lexicon, called_idf, called_scores, field_lexicon
from index.text import terms

LEXICON_OF_THREE = Lexicon(
    [
        "# a comment | 註解",
        "terms of reference | 組織章程 | 職權範圍",
        "terms | 條款",
        "delay | 延宕",
    ]
)
PASSAGES = ("修正組織章程", "職權範圍與條款", "審核延宕", "會議", "海關", "照片")


def found(query: str) -> list[list[str]]:
    return [[form.text for form in called.forms] for called in LEXICON_OF_THREE.find(query)]


def test_the_longest_phrase_of_a_query_wins() -> None:
    assert found("new Terms of Reference") == [["組織章程", "職權範圍"]]
    assert found("the terms") == [["條款"]]


def test_a_word_is_found_in_its_inflections_and_in_chinese() -> None:
    assert found("who delayed it") == [["延宕"]]
    assert found("組織章程") == [["terms of reference", "職權範圍"]]


def test_a_word_of_the_same_language_counts_less() -> None:
    (called,) = LEXICON_OF_THREE.find("組織章程")
    assert [form.weight for form in called.forms] == [1.0, SAME_LANGUAGE]


def test_a_comment_and_an_unknown_word_give_nothing() -> None:
    assert found("a comment on the weather") == []


def test_the_best_form_of_a_word_scores_a_passage() -> None:
    lexical = LexicalIndex(terms(text) for text in PASSAGES)
    called = LEXICON_OF_THREE.find("terms of reference")
    scores = called_scores(called, lexical)
    assert [at for at, score in enumerate(scores) if score > 0] == [0, 1]
    assert called_idf(called[0], lexical) > 0


def test_every_line_of_the_lexicon_has_several_names_for_a_thing_one_of_them_chinese() -> None:
    lines = [line for line in LEXICON.read_text(encoding="utf-8").splitlines() if line]
    entries = [line.split("|") for line in lines if not line.startswith("#")]
    assert len(entries) > 3000
    assert all(len(forms) > 1 and all(form.strip() for form in forms) for forms in entries)
    assert not [forms for forms in entries if all(form.isascii() for form in forms)]


@pytest.mark.parametrize(
    ("query", "called"),
    [("who objected", "反對"), ("审核延宕", "delay"), ("單一窗口", "single window")],
)
def test_the_lexicon_knows_words_of_the_field(query: str, called: str) -> None:
    from index.text import to_traditional

    forms = {f.text for each in field_lexicon().find(to_traditional(query)) for f in each.forms}
    assert called in forms
