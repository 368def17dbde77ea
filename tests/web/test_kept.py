import json
from dataclasses import replace
from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.samples import REPORTS
from assistant.types import Answer
from assistant.web.kept import MOST_TURNS, Conversation, Kept, Turn, kept_json, read_kept
from assistant.web.plain_json import from_json, to_json
from corpus.types import Role
from index.retriever import open_index
from index.types import Filters
from index.update import update


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    out = tmp_path_factory.mktemp("index")
    update([REPORTS / "2022-bmg-som3-boca.md"], out)
    return Assistant(open_index(out)).ask("2022 年的報告中，哪些經濟體審核 ABTC 有延宕情形？")


def test_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert answer.citations
    assert answer.question.filters.since == date(2022, 1, 1)
    assert from_json(Answer, json.loads(json.dumps(to_json(answer)))) == answer


def test_answer_to_more_of_a_question_comes_back_as_it_was(answer: Answer) -> None:
    shown = frozenset(citation.ref for citation in answer.citations)
    more = replace(answer, question=replace(answer.question, shown=shown, more=True))
    assert from_json(Answer, json.loads(json.dumps(to_json(more)))) == more


@pytest.mark.parametrize(
    "damaged",
    [
        None,
        [],
        "text",
        {"conversations": 5},
        {"conversations": [{"id": "a"}]},
        {"conversations": [{"id": 1, "turns": []}]},
        {"filters": {"since": "yesterday"}},
        {"filters": {"roles": ["king"]}},
        {"open": ["a"]},
    ],
)
def test_what_cannot_be_read_is_nothing(damaged: object) -> None:
    assert read_kept(damaged) == Kept()


def test_kept_comes_back_with_answers_and_filters(answer: Answer) -> None:
    filters = Filters(until=date(2022, 12, 31), groups=("BMG",), roles=(Role.OPINION,))
    kept = Kept(filters=filters).with_turn(Turn("一", filters, answer=answer))
    kept = kept.with_turn(Turn("二", Filters(), stated=False, leaning=False, error="no"))
    assert read_kept(json.loads(json.dumps(kept_json(kept)))) == kept


def test_older_form_without_a_field_is_read() -> None:
    turn = {"question": "q", "filters": {}}
    kept = read_kept({"conversations": [{"id": "a", "turns": [turn]}], "open": "a"})
    assert kept.turns == (Turn("q", Filters()),)


def test_turn_goes_to_the_end_or_takes_anothers_place() -> None:
    first, second, third = (Turn(name, Filters()) for name in ("1", "2", "3"))
    kept = Kept().with_turn(first).with_turn(second)
    assert kept.turns == (first, second)
    assert kept.with_turn(third, 0).turns == (third, second)
    other = kept.showing(None).with_turn(third)
    assert [each.name for each in other.conversations] == ["3", "1"]
    assert other.showing(kept.open).with_turn(third).conversations[0].turns == (
        first,
        second,
        third,
    )


def test_deleted_conversation_is_no_longer_shown() -> None:
    kept = Kept().with_turn(Turn("1", Filters()))
    assert kept.open is not None
    assert kept.without(kept.open) == Kept()
    assert kept.without("another") == kept


def test_oldest_conversations_make_room() -> None:
    turn = Turn("q", Filters())
    long = tuple(Conversation(str(n), (turn,) * 20) for n in range(5))
    kept = read_kept(kept_json(Kept(long, open="4")))
    assert [each.id for each in kept.conversations] == ["0", "1", "2"]
    assert sum(len(each.turns) for each in kept.conversations) == MOST_TURNS
    assert kept.open is None
    endless = replace(kept, conversations=(Conversation("0", (turn,) * 100),), open="0")
    assert len(read_kept(kept_json(endless)).turns) == 100, "the one that goes on stays whole"
