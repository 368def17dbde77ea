"""Which values of a kind a text names: the one place that knows the readers of values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from assistant.types import Kind
from assistant.values.candidate import Candidate
from assistant.values.dates import find_days
from assistant.values.economies import find_economies
from assistant.values.numbers import find_numbers
from assistant.values.organisations import find_organisations
from assistant.values.persons import find_persons
from assistant.values.places import find_places

OWN = "TW"
"""The reports are written from this economy's side, and name it in most sentences."""

ALL = 20
"""So many economies together are the members of APEC, and answer nothing but who they are."""

_READERS: Mapping[Kind, Callable[[str], Sequence[Candidate]]] = MappingProxyType(
    {
        Kind.ECONOMIES: find_economies,
        Kind.ORGANISATIONS: find_organisations,
        Kind.PERSON: find_persons,
        Kind.NUMBER: find_numbers,
        Kind.WHERE: find_places,
    }
)
VALUED = frozenset({*_READERS, Kind.WHEN})
"""Kinds of question that a value answers."""


def candidates(kind: Kind, text: str, year: int | None = None) -> Sequence[Candidate]:
    """Give the values of a kind that a text names; ``year`` is that of dates without one."""
    if kind is Kind.WHEN:
        return find_days(text, year)
    reader = _READERS.get(kind)
    return reader(text) if reader else ()


@lru_cache(maxsize=20_000)
def values_in(kind: Kind, text: str) -> frozenset[str]:
    """Give the keys of the values of a kind that a text names, to compare texts by them."""
    return frozenset(candidate.key for candidate in candidates(kind, text)) - {OWN}
