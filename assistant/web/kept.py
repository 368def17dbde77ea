"""What a browser keeps of its user: past conversations and the filters that are set.

Nothing of it stays on the server: it comes with each event and goes back with the answer, so that
no one sees another's, and a page that is open goes on after the server was started anew.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.types import Answer
from assistant.web.plain_json import from_json, to_json
from index.types import Filters

MOST_TURNS = 60
"""Kept in all conversations together, at some ten kilobytes each; the oldest go first."""
STORAGE_KEY = "attache_kept"
# Gradio encrypts what it keeps and tells the page the key: this hides nothing, it names the form.
STORAGE_SECRET = "attache-kept-1"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was asked, and what came of it."""

    question: str
    filters: Filters
    """Those that were set beside it."""
    stated: bool = True
    """Whether filters that the question states itself are heeded."""
    leaning: bool = True
    """Whether it may lean on the question before it."""
    answer: Answer | None = None
    """None while it is being answered, and when that was stopped or failed."""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that follow each other."""

    id: str
    turns: tuple[Turn, ...]

    @property
    def name(self) -> str:
        """Its first question."""
        return self.turns[0].question


@dataclass(frozen=True, slots=True)
class Kept:
    """All that one browser keeps."""

    conversations: tuple[Conversation, ...] = ()
    """Each with at least one turn; the one that was last asked in comes first."""
    open: str | None = None
    """Id of the conversation that is shown; None for a new one."""
    filters: Filters = field(default_factory=Filters)
    """Those that the next question is asked with."""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns of the conversation that is shown."""
        return next((each.turns for each in self.conversations if each.id == self.open), ())

    def with_turn(self, turn: Turn, at: int | None = None) -> Kept:
        """Put a turn into the conversation that is shown: at its end, or in another's place."""
        turns = self.turns
        at = len(turns) if at is None else at
        name = self.open if turns and self.open else secrets.token_hex(6)
        shown = Conversation(name, (*turns[:at], turn, *turns[at + 1 :]))
        others = tuple(each for each in self.conversations if each.id != name)
        return replace(self, conversations=_bounded((shown, *others)), open=name)

    def without(self, conversation: str) -> Kept:
        """Forget a conversation."""
        left = tuple(each for each in self.conversations if each.id != conversation)
        shown = None if self.open == conversation else self.open
        return replace(self, conversations=left, open=shown)

    def showing(self, conversation: str | None) -> Kept:
        """Show a conversation, or a new one."""
        known = any(each.id == conversation for each in self.conversations)
        return replace(self, open=conversation if known else None)


def kept_json(kept: Kept) -> dict[str, Any]:
    """Write it for the browser."""
    written: dict[str, Any] = to_json(kept)
    return written


def read_kept(value: object) -> Kept:
    """Read what the browser sent; nothing where it cannot be read."""
    try:
        kept = from_json(Kept, value)
    except (ValueError, TypeError):
        return Kept()
    sound = tuple(each for each in kept.conversations if each.turns)
    return replace(kept, conversations=_bounded(sound)).showing(kept.open)


def _bounded(conversations: tuple[Conversation, ...]) -> tuple[Conversation, ...]:
    """Keep the first conversation, and of the others as many as may be kept."""
    turns, bounded = 0, []
    for at, conversation in enumerate(conversations):
        turns += len(conversation.turns)
        if at and turns > MOST_TURNS:
            break
        bounded.append(conversation)
    return tuple(bounded)
