"""What was promised, and whether a later report comes back to it."""

from assistant.assistant import Assistant
from assistant.briefing.ledger import actions_in
from assistant.briefing.types import State
from assistant.promises import Promise
from index.types import Filters


def test_later_report_takes_an_item_up(small: Assistant) -> None:
    actions = actions_in(small.index, Filters())
    taken = [action for action in actions if action.state is State.TAKEN_UP]
    assert [a.quote.text for a in taken] == ["請財政部關務署於明年提出電子封條試辦計畫之評估報告。"]
    later = taken[0].later
    assert later is not None
    assert later.source.day is not None
    assert later.source.day.year == 2021
    assert "評估報告" in later.text
    assert taken[0].offices == ("財政部關務署",)


def test_items_that_nothing_comes_back_to_stay_open_and_first(small: Assistant) -> None:
    actions = actions_in(small.index, Filters())
    assert [(a.kind, a.state) for a in actions] == [
        (Promise.FOLLOW_UP, State.OPEN),
        (Promise.RECOMMENDATION, State.OPEN),
        (Promise.FOLLOW_UP, State.TAKEN_UP),
    ]
    assert [a.later is None for a in actions] == [True, True, False]


def test_report_outside_the_filters_takes_nothing_up(small: Assistant) -> None:
    earlier = next(r.id for r in small.index.reports if r.source == "2020-sccp.md")
    actions = actions_in(small.index, Filters(reports=(earlier,)))
    assert len(actions) == 3
    assert all(action.later is None for action in actions)
    assert {action.state for action in actions} == {State.LATEST}
