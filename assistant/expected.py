"""What a sentence holds of the kind of thing that a question asks for."""

from __future__ import annotations

import re

from assistant.types import Kind
from corpus.dates import find_dates
from corpus.gazetteer import economies_in

# The reports are written from this economy's side, and name it in most sentences.
_OWN = "TW"
_NUMBER = re.compile(
    r"\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千萬億兩]+(?=[成個張件次人項國名位場週])"
)
_NAME = re.compile(r"[A-Z][a-z]+(?:[ .-]+[A-Z][a-z]+)+")
_OFFICE = re.compile(
    r"(?:主席|大使|參贊|秘書|召集人|書記|[司局處部署組隊股科]長|主任|專員|專家|分析師)"
)


def values_in(kind: Kind, text: str) -> frozenset[str]:
    """Give the values of a kind that a text names, in a form that compares across sentences."""
    match kind:
        case Kind.ECONOMIES:
            return frozenset(m.code for m in economies_in(text)) - {_OWN}
        case Kind.WHEN:
            return frozenset(f"{m.first}/{m.last}" for m in find_dates(text))
        case Kind.NUMBER:
            return frozenset(found.replace(",", "") for found in _NUMBER.findall(text))
        case Kind.PERSON:
            return frozenset([*_NAME.findall(text), *_OFFICE.findall(text)])
        case Kind.OTHER:
            return frozenset()
