"""The summary: what sums a topic up, and how much of it a page holds."""

from dataclasses import replace

import pytest

from assistant.briefing.summary import MOST, room_for, strongest, surest
from assistant.briefing.types import Briefing
from assistant.similarity import likeness, signature


def test_strongest_statements_say_no_two_times_the_same(digests: Briefing) -> None:
    for topic in digests.topics:
        quotes = strongest(topic, 3)
        assert 2 <= len(quotes) <= 3
        for at, one in enumerate(quotes):
            for other in quotes[at + 1 :]:
                assert one.text not in other.text
                assert likeness(signature(one.text), signature(other.text)) < 0.6


def test_strongest_statements_reach_from_the_first_to_the_last_report(digests: Briefing) -> None:
    years = [quote.source.day.year for quote in strongest(digests.topics[0], 3)]
    assert years == sorted(years)
    assert {2020, 2022} == set(years)


@pytest.mark.parametrize("topics", range(1, 31))
def test_more_topics_have_less_room_each(topics: int) -> None:
    room, next_one = room_for(topics), room_for(topics + 1)
    assert next_one.quotes <= room.quotes
    assert min(topics, MOST) * room.quotes * room.characters <= 810


def test_page_has_the_topics_with_the_surest_answers_in_their_order(digests: Briefing) -> None:
    sure, unsure = (
        replace(digests.topics[0], confidence=0.9),
        replace(digests.topics[1], confidence=0.1),
    )
    assert surest((unsure, *(sure,) * MOST)) == (sure,) * MOST
    assert surest((unsure, sure)) == (unsure, sure)
