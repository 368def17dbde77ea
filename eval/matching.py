"""Whether a value that an answer gives is one that was wanted: the same words, however written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from eval.dataset import Wanted
from index.text import fold

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SPACE = re.compile(r"(?<![a-z])\s+|\s+(?![a-z])")
"""White space that does not part two English words."""


def plain(text: str) -> str:
    """Bring a value to one form: NFKC, lower case, 臺 as 台, 36,576 as 36576, no idle spaces.

    A space stays only where it parts two English words.
    """
    bare = _THOUSANDS.sub("", fold(text)).strip()
    return _SPACE.sub("", re.sub(r"\s+", " ", bare))


def occurs(wanted: str, text: str) -> bool:
    """Tell whether a wanted value stands in a text, as a whole word or a whole number.

    ``US`` does not stand in ``Russia``, nor ``24`` in ``2024`` or ``3`` in ``3.5``.
    """
    bare = plain(wanted)
    if not bare:
        return False
    pattern = f"{_edge_before(bare[0])}{re.escape(bare)}{_edge_after(bare[-1])}"
    return re.search(pattern, plain(text)) is not None


def is_given(wanted: Wanted, texts: Iterable[str]) -> bool:
    """Tell whether any writing of a wanted value stands in any of the texts."""
    listed = list(texts)
    return any(occurs(writing, text) for writing in wanted for text in listed)


def _edge_before(first: str) -> str:
    if first.isdigit():
        return r"(?<!\d)(?<!\d\.)"
    return r"(?<![a-z])" if first.isascii() and first.isalpha() else ""


def _edge_after(last: str) -> str:
    if last.isdigit():
        return r"(?!\d)(?!\.\d)"
    return r"(?![a-z])" if last.isascii() and last.isalpha() else ""
