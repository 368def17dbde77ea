"""Countries and regions beyond the economies of APEC, and cities, that reports speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.values.candidate import Candidate
from corpus.places import CITIES, COUNTRIES


def find_countries(text: str) -> Iterator[Candidate]:
    """Give the countries beyond APEC that a text names."""
    yield from _named(text, COUNTRIES, "")


def find_cities(text: str) -> Iterator[Candidate]:
    """Give the cities that a text names."""
    yield from _named(text, CITIES, "市?")


_Pairs = tuple[tuple[str, str], ...]


def _named(text: str, pairs: _Pairs, behind: str) -> Iterator[Candidate]:
    names = _names(pairs)
    for match in _pattern(pairs, behind).finditer(text):
        name = match["zh"] or match["en"]
        zh, en = names[name]
        printed = match[0] if match["zh"] else zh
        yield Candidate(en, match.start(), match.end(), printed, en)


@cache
def _names(pairs: _Pairs) -> dict[str, tuple[str, str]]:
    """Chinese and English name, by either of them."""
    return {name: (zh, en) for zh, en in pairs for name in (zh, en)}


@cache
def _pattern(pairs: _Pairs, behind: str) -> re.Pattern[str]:
    names = sorted(_names(pairs), key=len, reverse=True)
    chinese = "|".join(name for name in names if not name[0].isascii())
    latin = "|".join(re.escape(name) for name in names if name[0].isascii())
    return re.compile(rf"(?P<zh>{chinese}){behind}|(?<![A-Za-z])(?P<en>{latin})(?![A-Za-z])")
