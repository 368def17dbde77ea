"""What a question says of each value that it asks for, beside its kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.asking import Asking, askings, number_of
from assistant.types import Kind, Question
from assistant.values.asked import Asked
from assistant.values.read import candidates
from index.text import to_traditional

# A question of who may be answered by a person, an economy or a body.
_READ_AS = {
    Kind.ECONOMIES: (Kind.ECONOMIES,),
    Kind.ORGANISATIONS: (Kind.ORGANISATIONS,),
    Kind.PERSON: (Kind.PERSON, Kind.ECONOMIES, Kind.ORGANISATIONS),
    Kind.WHEN: (Kind.WHEN,),
    Kind.NUMBER: (Kind.NUMBER,),
    Kind.WHERE: (Kind.WHERE,),
    Kind.YES_NO: (Kind.YES_NO,),
    Kind.DEFINITION: (Kind.DEFINITION,),
}
_ONE_PERSON = re.compile(
    r"位|名字|姓名|官員|專家|同仁|\bwhich\b|\bname\b|\bwho (?:is|was) (?:the )?(?:chair|convenor|head)",
    re.IGNORECASE,
)
# What economies do, and persons hardly: then who does it is an economy before it is a person.
_OF_ECONOMIES = re.compile(
    r"主辦|合辦|聯手|附議|提名|倡議|反對|支持|贊成|挺|自願|自告奮勇|譴責|缺席|協作|互不|響應|加入|試用|使用|開放|表態|接辦|輪到"
    r"|\bhost|\bsecond(?:ed|s)\b|\bnominat|\bpropos|\bsponsor|\bvolunteer|\boppos|\bobject|\bsupport"
    r"|\bback(?:ed|s)\b|\bcondemn|\bcritici|\bteam(?:ing|ed) up|\bturn(?:ed)? up|\bin the room\b"
    r"|\bphysically\b|\bmissing\b|\babsent|\bpilot|\bjoin",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"各(?:自|[^種項國個界位方]|是|有)|分別|前後|\beach\b|\brespectively\b|\bbefore and after\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"[兩三四五幾]位|\bwho(?: else)? (?:are|were)\b|\b(?:people|delegates|officers|officials|speakers)\b",
    re.IGNORECASE,
)
# Who were the two guests, where were the three meetings held: as many persons, as many places.
_COUNTED = re.compile(
    r"\b(?:who|where|when)\b[^,?]{0,40} (?:the|our) (?P<en>two|three|four|five|six)\b|(?P<zh>[兩三四五六])位",
    re.IGNORECASE,
)
# Of which some were given already: the other one, who else.
_OTHERS = re.compile(
    r"另(?:外)?[一兩的]|另外|其[他它餘]|還有|\bthe other\b|\bothers\b|\belse\b", re.IGNORECASE
)
# What parts a question into two: each asks for a value of its own.
_PARTS = re.compile(r"[，,、；;？?]|\band\b", re.IGNORECASE)
_VALUES = frozenset(
    {
        Kind.ECONOMIES,
        Kind.ORGANISATIONS,
        Kind.PERSON,
        Kind.WHEN,
        Kind.NUMBER,
        Kind.WHERE,
    }
)
_YEARS = re.compile(r"(?:19|20)\d\d")
# English questions say the Australian side, the American proposal.
_ADJECTIVES = (
    ("AU", "Australian"), ("CA", "Canadian"), ("CL", "Chilean"), ("CN", "Chinese(?! Taipei)"),
    ("ID", "Indonesian"), ("JP", "Japanese"), ("KR", "Korean"), ("MY", "Malaysian"),
    ("MX", "Mexican"), ("PE", "Peruvian"), ("PH", "Philippine|Filipino"), ("RU", "Russians?"),
    ("SG", "Singaporean"), ("TW", "Taiwanese"), ("TH", "Thais?"), ("US", "Americans?"),
    ("VN", "Vietnamese"),
    # Capitals that stand for who governs there, but not where something is.
    *((code, rf"(?<!\b(?:in|at|to) )(?:{capital})(?! (?:meeting|session|conference|workshop))")
      for code, capital in (("JP", "Tokyo"), ("US", "Washington"), ("RU", "Moscow"),
                            ("AU", "Canberra"), ("NZ", "Wellington"), ("CA", "Ottawa"))),
)  # fmt: skip


@lru_cache(maxsize=64)
def read_question(question: Question) -> Asked:
    """Read what a question says of the value that it asks for, first where of several."""
    return read_parts(question)[0]


@lru_cache(maxsize=64)
def read_parts(question: Question) -> tuple[Asked, ...]:
    """Read what a question says of each value that it asks for: how many ships, and which ports.

    A question that asks for one has one part.
    """
    text = to_traditional(unicodedata.normalize("NFKC", question.text)).strip()
    before = to_traditional(question.follows or "")
    kinds = _READ_AS.get(question.kind, ())
    if question.kind not in _VALUES:
        return (_part(question, text, before, text, kinds, ()),)
    # "And in 2022?" asks for what the last question asked for, each part of it.
    asking = text if askings(text) or not before else before
    asked = askings(asking)
    cuts = _cuts(asking, asked)
    parts = []
    for start, end in zip((0, *cuts), (*cuts, len(asking)), strict=True):
        within = [a for a in asked if start <= a.start < end]
        kind = within[0].kind if within and cuts else question.kind
        part = asking[start:end]
        if asking is before:
            part = f"{part} {text}" if cuts else text
        parts.append(
            _part(question, text, before, part, _kinds(kind, part), within, whole=not cuts)
        )
    return tuple(parts)


def _cuts(text: str, asked: Sequence[Asking]) -> list[int]:
    """Give where the parts of a question begin, behind the first."""
    cuts = []
    for last, asking in pairwise(asked):
        marks = list(_PARTS.finditer(text, last.end, asking.start))
        if marks and asking.kind in _VALUES:
            cuts.append(marks[-1].end())
    return cuts


def _kinds(kind: Kind, part: str) -> tuple[Kind, ...]:
    if kind is Kind.PERSON and _ONE_PERSON.search(part):
        return (Kind.PERSON,)
    if kind is Kind.PERSON and _OF_ECONOMIES.search(part):
        return (Kind.ECONOMIES, Kind.PERSON, Kind.ORGANISATIONS)
    return _READ_AS[kind]


def _part(
    question: Question,
    text: str,
    before: str,
    part: str,
    kinds: tuple[Kind, ...],
    asked: Sequence[Asking],
    *,
    whole: bool = True,
) -> Asked:
    both = f"{text}\n{before}"
    named = {c.key for c in candidates(Kind.ECONOMIES, both)}
    named |= {code for code, adjective in _ADJECTIVES if re.search(rf"\b{adjective}\b", both)}
    for kind in (Kind.ORGANISATIONS, Kind.PERSON, Kind.WHERE, Kind.NUMBER):
        if kind in kinds:
            named |= {c.key for c in candidates(kind, both)}
    if _OTHERS.search(text):
        named |= {c.key for kind in kinds for v in question.answered for c in candidates(kind, v)}
    years = tuple(sorted(map(int, set(_YEARS.findall(text if before else part)))))
    if whole and len(years) < 2:
        years = ()
    plural = any(a.several for a in asked) or _PLURAL.search(part) is not None
    many = plural or kinds[:1] in ((Kind.ECONOMIES,), (Kind.ORGANISATIONS,))
    several = _SEVERAL.search(part) is not None and not years
    # What is asked now stands in the query before what was asked last.
    query = question.query if question.follows is None and whole else part
    return Asked(
        text,
        part,
        query,
        kinds,
        several,
        many,
        plural,
        _count(part, asked),
        years,
        frozenset(named),
    )


def _count(part: str, asked: Sequence[Asking]) -> int | None:
    """Give how many values a part of a question asks for: 哪三個, from 幾天 to 幾天."""
    stated = next((a.count for a in asked if a.count), None)
    # A meeting of which day is asked may last for two.
    if stated == 1 and (_SEVERAL.search(part) or asked[0].kind is Kind.WHEN):
        return None
    if stated is not None:
        return stated
    match = _COUNTED.search(part)
    if match is not None:
        return number_of(match["en"] or match["zh"])
    apart = [b for a, b in pairwise(asked) if b.kind is a.kind and b.start > a.end]
    return len(apart) + 1 if apart else None
