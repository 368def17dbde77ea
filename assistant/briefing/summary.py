"""The summary of a briefing: the strongest statements on each topic, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.briefing.types import Quote, TopicBrief
from assistant.similarity import likeness, signature

REPEATED = 0.6
"""Likeness of two quotes of which the summary, which is short, has but one."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a topic may take of the page."""

    quotes: int
    characters: int
    """Of a quote."""


_ROOMS = ((3, Room(3, 90)), (5, Room(2, 38)))
"""Room by the number of topics, at most."""
_LITTLE = Room(1, 42)
RUN_IN = 5
"""More topics than these stand on the line of their quote."""
MOST = 10
"""Topics that a page has room for."""


def room_for(topics: int) -> Room:
    """Give the room that each of so many topics has."""
    return next((room for most, room in _ROOMS if topics <= most), _LITTLE)


def surest(topics: Sequence[TopicBrief]) -> tuple[TopicBrief, ...]:
    """Give the topics that the page has room for, in their order: those with the surest answers."""
    ranked = sorted(range(len(topics)), key=lambda at: (-topics[at].confidence, at))
    return tuple(topics[at] for at in sorted(ranked[:MOST]))


def strongest(topic: TopicBrief, most: int) -> list[Quote]:
    """Give what sums a topic up, oldest first.

    The answer counts most, then doubts and objections, then how it was first raised and how it was
    said last, then the rest of the answer.
    """
    contested = [p.quote for p in topic.positions if p.stance in ("doubt", "oppose")]
    ends = [event.quotes[0] for event in (topic.timeline[:1] + topic.timeline[-1:]) if event.quotes]
    kept: list[Quote] = []
    for quote in [*topic.answer[:1], *contested, *ends, *topic.answer[1:]]:
        if len(kept) < most and not any(_is_said(quote, other) for other in kept):
            kept.append(quote)
    return sorted(kept, key=lambda quote: (*quote.source.order, quote.start))


def _is_said(quote: Quote, other: Quote) -> bool:
    return (
        quote.text in other.text
        or likeness(signature(quote.text), signature(other.text)) >= REPEATED
    )
