import pytest

from index.glossary import Synonyms
from index.lexical import LexicalIndex
from index.synonyms import NAME_WEIGHT, SynonymTable, name_idf, named_score
from index.text import terms

BMG = Synonyms(("BMG", "Business Mobility Group", "商務人士移動小組"))
WHO = Synonyms(("WHO", "世界衛生組織"))
TABLE = SynonymTable([BMG, WHO])
PASSAGES = (
    "BMG 會議",
    "商務人士移動小組會議",
    "the Business Mobility Group met",
    "移動通訊",
    "衛生",
)


@pytest.mark.parametrize(
    "query", ["BMG 主席", "bmg 主席", "business mobility group 主席", "商務人士移動小組 主席"]
)
def test_a_name_is_found_in_all_its_forms(query: str) -> None:
    split = TABLE.split(query)
    assert [name.forms for name in split.named] == [BMG.forms]
    assert split.rest.split() == ["主席"]
    assert split.canonical == "商務人士移動小組 主席"


@pytest.mark.parametrize("query", ["who chairs", "Who chairs", "BMGX", "移動小組"])
def test_other_words_are_no_names(query: str) -> None:
    split = TABLE.split(query)
    assert split.named == ()
    assert split.canonical == query


def test_capitals_make_a_common_word_a_name() -> None:
    assert [name.forms for name in TABLE.split("WHO 的倡議").named] == [WHO.forms]


def test_a_passage_scores_the_same_whichever_form_is_asked_for() -> None:
    lexical = LexicalIndex([terms(passage) for passage in PASSAGES])
    scores = [named_score(lexical, TABLE.split(form).named[0]) for form in BMG.forms]
    assert (scores[0] == scores[1]).all()
    assert (scores[0] == scores[2]).all()
    assert (scores[0] > 0).tolist() == [True, True, True, False, False]
    assert name_idf(lexical, TABLE.split("BMG").named[0]) == NAME_WEIGHT * lexical.idf_at(3)
