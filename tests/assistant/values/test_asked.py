"""What a question says of the value that it asks for."""

from assistant.question import understand
from assistant.types import Kind
from assistant.values.asked import read_question
from assistant.values.clauses import clauses_of
from assistant.values.dates import find_days


def test_deadline_is_the_date_up_to_which_something_holds() -> None:
    text = "澳洲預定 2021 年 1 月起改用，費用承擔至 2022 年 7 月止"
    begin, end = find_days(text, None)
    asked = read_question(understand("費用到什麼時候由澳洲承擔？"))
    assert asked.suits(Kind.WHEN, text, end) > asked.suits(Kind.WHEN, text, begin)
    since = read_question(understand("Since when has it been in use?"))
    assert since.suits(Kind.WHEN, text, begin) > since.suits(Kind.WHEN, text, end)


def test_who_is_asked_with_an_office_is_a_person_alone() -> None:
    assert read_question(understand("哪一位官員致詞？")).kinds == (Kind.PERSON,)
    assert Kind.ECONOMIES in read_question(understand("誰表示支持？")).kinds


def test_economy_that_the_question_names_by_its_adjective_does_not_answer_it() -> None:
    assert "AU" in read_question(understand("Who led the Australian side?")).named


def test_brackets_and_colons_end_no_clause_but_sentences_are_counted() -> None:
    text = "與談者 3 人：甲、乙（丙，丁），會談順利。重點如下"
    clauses = clauses_of(text)
    assert [text[c.start : c.end] for c in clauses] == [
        "與談者 3 人：甲、乙（丙，丁）",
        "會談順利",
        "重點如下",
    ]
    assert [c.sentence for c in clauses] == [0, 0, 1]
