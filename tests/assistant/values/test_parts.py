"""What a question says of the value that it asks for."""

from dataclasses import replace

from assistant.question import understand
from assistant.types import Kind
from assistant.values.clauses import clauses_of
from assistant.values.dates import find_days
from assistant.values.parts import read_parts, read_question


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


def test_who_does_what_economies_do_is_an_economy_first() -> None:
    assert read_question(understand("Who volunteered to host?")).kinds[0] is Kind.ECONOMIES
    assert read_question(understand("Who gave the closing speech?")).kinds[0] is Kind.PERSON


def test_question_has_a_part_for_each_value_that_it_asks_for() -> None:
    cities, year = read_parts(understand("在哪兩個城市、哪一年舉行？"))
    assert (cities.kinds, cities.count) == ((Kind.WHERE,), 2)
    assert (year.kinds, year.part) == ((Kind.WHEN,), "哪一年舉行?")
    parts = read_parts(understand("How many ships, and how many crews took part?"))
    assert [part.kinds for part in parts] == [(Kind.NUMBER,), (Kind.NUMBER,)]
    assert len(read_parts(understand("哪些國家和哪裡的港口有關？"))) == 1


def test_question_tells_how_many_values_it_asks_for() -> None:
    assert read_question(understand("出面的是哪三位？")).count == 3
    assert read_question(understand("Who were the two guests?")).count == 2
    assert read_question(understand("費用從幾元降到幾元？")).count == 2
    assert read_question(understand("各在哪一天通過？")).count is None
    assert read_question(understand("Who spoke?")).count is None


def test_years_are_set_side_by_side_or_of_a_part() -> None:
    assert read_question(understand("2014 年和 2020 年各有幾國參加？")).years == (2014, 2020)
    assert read_question(understand("2014 年有幾國參加？")).years == ()
    first, second = read_parts(understand("Who led it in 2020, and who in 2022?"))
    assert (first.years, second.years) == ((2020,), (2022,))


def test_follow_up_that_asks_nothing_new_keeps_the_parts_of_the_last_question() -> None:
    first = understand("2014 年有幾國參加，來了幾位代表？")
    parts = read_parts(understand("那 2020 年呢？", previous=first))
    assert [part.kinds for part in parts] == [(Kind.NUMBER,), (Kind.NUMBER,)]
    assert {part.years for part in parts} == {(2020,)}


def test_the_other_one_is_none_of_the_last_answer() -> None:
    first = understand("哪些會員選甲案？")
    other = replace(understand("那選另一案的呢？", previous=first), answered=("日本", "智利"))
    assert read_question(other).named >= {"JP", "CL"}


def test_capital_names_its_economy_unless_something_is_there() -> None:
    assert "JP" in read_question(understand("Who joined Tokyo in the survey?")).named
    assert "JP" not in read_question(understand("Who met in Tokyo?")).named


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
