"""Which values of a kind a sentence names, to compare sentences by them."""

from __future__ import annotations

from assistant.types import Kind
from assistant.values.dates import find_days
from assistant.values.economies import find_economies
from assistant.values.numbers import find_numbers
from assistant.values.organisations import find_organisations
from assistant.values.persons import find_persons
from assistant.values.places import find_places

# The reports are written from this economy's side, and name it in most sentences.
_OWN = "TW"


def values_in(kind: Kind, text: str) -> frozenset[str]:
    """Give the keys of the values of a kind that a text names."""
    match kind:
        case Kind.ECONOMIES:
            return frozenset(c.key for c in find_economies(text)) - {_OWN}
        case Kind.ORGANISATIONS:
            return frozenset(c.key for c in find_organisations(text))
        case Kind.WHEN:
            return frozenset(c.key for c in find_days(text, None))
        case Kind.NUMBER:
            return frozenset(c.key for c in find_numbers(text))
        case Kind.PERSON:
            return frozenset(c.key for c in find_persons(text))
        case Kind.WHERE:
            return frozenset(c.key for c in find_places(text))
        case _:
            return frozenset()
