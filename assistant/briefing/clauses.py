"""Sentences cut into clauses, and the economies that a clause is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.gazetteer import Mention, economies_in
from corpus.sentences import Span

LONGEST = 110
"""Characters of a quote in a table; a longer clause is quoted whole."""

_REACH = 10
"""Characters between who proposes and the title of the proposal."""

_STOPS = "，；。！？!?\n\t"
_ENGLISH_STOPS = re.compile(r"[,;.:](?=\s|$)")
_OPEN, _CLOSE = "（([「『《“", "）)]」』》”"
_OURS = re.compile(r"我(?:國|方|(?=[與和及、]))|本[國署局]|職局")
_LEAD = re.compile(
    r"(?:(?:其[他餘]|各|多個)?(?:會員體|經濟體|國家)[（(]|另外?|此外|惟|嗣|其[中後次]|最後|首先|隨後|接著|之後|並|且|而|又|再|至於|同時|因此|然而?|目前|現"
    r"|本年|但|主席表示|另據|除|(?i:and|but|while|whereas|however|also|the|both))*[,，\s]*"
)
_JOIN = re.compile(
    r"\s?(?:地區|[（(][^（）()]{0,60}[)）])?\s?(?:[、,/]|及|與|和|暨|以及|(?i:,? and\b))?"
    r"\s?(?:(?i:the) )?"
)
_TAIL = re.compile(
    r"(?:地區)?\s?(?:等)?(?:[0-9一二三四五六七八九十]+)?(?:個?會員體|個?經濟體|國|方)?[。.]?\s*$"
)
_NO_SUBJECT = re.compile(r"\s?(?:之|的|所|籍|境內|製|版|對造|政府之|['’]s\b)")
_CHOOSING = re.compile(
    r"傾向|支持|選擇|贊成|反對|主張|同意|附議|屬意|偏好|表態"
    r"|(?i:support|favou?r|prefer|oppos|choos|chose|back)"
)
_OPTION = re.compile(
    r"[甲乙丙丁戊]案|(?:方案|選項|備案)\s?\S|第[一二三四五]案|(?i:option|alternative)\s\S"
)
_TITLE = re.compile(
    r"「([^」\n]{3,60})」(?=(?:[（(][^（）()]*[)）])?(?:[等兩二三]?個?案|提案|倡議))"
    r"|(?:(?<=倡議|提案|提議|提出|提報))「([^」\n]{3,60})」"
)
"""A proposal by its title."""
_ABSENT = re.compile(r"未(?:與會|出席|派員|參加|到場)|缺席|(?i:absent|did not attend)")
_OTHERS = re.compile(
    r"(?:至於)?(?:其[餘他]|各會員|各經濟體|全體|多國|大會|主席|會議|(?i:other|the chair|the rest))"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[start:end]`` of a report, its mark at the end left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """An economy that a sentence names, and how."""

    code: str
    clause: int
    """Position of the clause in the sentence."""
    is_subject: bool
    """Whether the clause tells what the economy does or chooses; not, what others say of it."""


def clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """Cut ``text[start:end]`` at the marks outside of brackets and quotation marks.

    A colon ends no clause: what stands before it (甲案：) says what stands behind it.
    """
    found: list[Clause] = []
    depth, begin = 0, start
    for at in range(start, end):
        character = text[at]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and (
            character in _STOPS
            or (character in ";" and _ENGLISH_STOPS.match(text, at, end) is not None)
        ):
            _add(found, text, begin, at)
            begin = at + 1
    _add(found, text, begin, end)
    return tuple(found)


def named(text: str, parts: Sequence[Clause]) -> tuple[Named, ...]:
    """The economies that the clauses of a sentence name, in reading order, each once a clause."""
    found: list[Named] = []
    for number, clause in enumerate(parts):
        mentions = mentions_in(text[clause.start : clause.end])
        subjects = _subjects(text[clause.start : clause.end], mentions)
        seen: set[str] = set()
        for at, mention in enumerate(mentions):
            if mention.code not in seen:
                seen.add(mention.code)
                found.append(Named(mention.code, number, at in subjects))
    return tuple(found)


def mentions_in(text: str) -> tuple[Mention, ...]:
    """Where a text names economies, our own side among them by 我國, 我方, 本署."""
    found = list(economies_in(text))
    taken = {at for mention in found for at in range(mention.start, mention.end)}
    found += [
        Mention("TW", m.start(), m.end()) for m in _OURS.finditer(text) if m.start() not in taken
    ]
    return tuple(sorted(found, key=lambda mention: mention.start))


def titles_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The titles of proposals in ``text[start:end]``, without their marks, in order."""
    found = _TITLE.finditer(text, start, end)
    return tuple(Span(*m.span(1 if m[1] is not None else 2)) for m in found)


def told_of_others(
    text: str, start: int, end: int, parts: Sequence[Clause], others: Sequence[Span]
) -> frozenset[str]:
    """Codes of the economies that ``text[start:end]`` names without telling of them in its matter.

    They are named as absent, or as those who propose something else: ``others`` are such titles.
    """
    mentions = mentions_in(text[start:end])
    told: set[str] = set()
    aside: set[str] = set()
    for at, mention in enumerate(mentions):
        first, behind = start + mention.start, start + mention.end
        following = start + mentions[at + 1].start if at + 1 < len(mentions) else end
        proposes = any(behind <= title.start <= min(following, behind + _REACH) for title in others)
        is_absent = any(
            part.start <= first < part.end and _ABSENT.search(text, part.start, part.end)
            for part in parts
        )
        (aside if proposes or is_absent else told).add(mention.code)
    return frozenset(aside - told)


def is_choice(text: str, clause: Clause) -> bool:
    """Whether a clause tells what somebody chooses, supports or opposes."""
    return _CHOOSING.search(text, clause.start, clause.end) is not None


def quote_span(
    text: str, parts: Sequence[Clause], first: int, others: frozenset[int], end: int
) -> tuple[int, int]:
    """Span from a clause on, as long as it may be and no clause of ``others`` begins.

    ``others`` are the clauses that are about somebody else; ``end`` is that of the sentence.
    """
    last = first
    while (
        last + 1 < len(parts)
        and last + 1 not in others
        and _OTHERS.match(text, parts[last + 1].start) is None
        and parts[last + 1].end - parts[first].start <= LONGEST
    ):
        last += 1
    finish = end if last == len(parts) - 1 else parts[last].end
    return parts[first].start, finish


def _subjects(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Positions of the mentions that head the clause, or that a word of choosing lists."""
    if not mentions:
        return frozenset()
    lead = _LEAD.match(text)
    begin = lead.end() if lead is not None else 0
    groups = _lists(text, mentions)
    found: set[int] = set()
    first = groups[0]
    head = mentions[first[0]].start
    behind = mentions[first[-1]].end
    colon = max(text.rfind("：", 0, head), text.rfind(":", 0, head))
    if (head <= begin or (colon >= 0 and not text[colon + 1 : head].strip())) and (
        _NO_SUBJECT.match(text, behind) is None
    ):
        found |= set(first)
    last = groups[-1]
    if _TAIL.match(text, mentions[last[-1]].end) and (
        _CHOOSING.search(text, 0, mentions[last[0]].start)
        or _OPTION.search(text, 0, mentions[last[0]].start)
    ):
        found |= set(last)
    return frozenset(found)


def _lists(text: str, mentions: Sequence[Mention]) -> list[list[int]]:
    """Group the mentions that stand in one enumeration."""
    groups = [[0]]
    for at in range(1, len(mentions)):
        before = mentions[at - 1]
        joined = _JOIN.fullmatch(text, before.end, mentions[at].start)
        is_joined = joined is not None and mentions[at].start > before.end
        if is_joined:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _add(found: list[Clause], text: str, start: int, end: int) -> None:
    part = text[start:end]
    lead, tail = len(part) - len(part.lstrip()), len(part) - len(part.rstrip())
    if lead < len(part):
        found.append(Clause(start + lead, end - tail))
