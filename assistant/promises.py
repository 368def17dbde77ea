"""What our side promised, was asked to do, or is advised to do: told by how a sentence says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from assistant.values.read import OWN
from corpus.sentences import sentences
from corpus.speakers import Speakers
from corpus.types import Report, Role, Section

_SHORTEST = 8
_LIST_NAME = 14
"""Characters of a heading that names the list (後續辦理事項) and is no part of its item."""


class Promise(StrEnum):
    """What kind of thing is to be done."""

    FOLLOW_UP = "follow-up"
    """A report lists it as what is to be done."""
    UNDERTAKING = "undertaking"
    """Our side said in the meeting that it will do it, or asked another to."""
    RECOMMENDATION = "recommendation"
    """The author advises it."""


ADVICE = re.compile(
    r"(?:允|實|仍|亦|似)?宜(?!蘭|居|人)|建議|應(?:可|該|當|儘|持續|繼續|積極|加強|及早|予|考)|值得我|有必要|俾利"
    r"|將(?:持續|繼續|續|賡續)|(?i:should|recommend|suggest that we|we will|it is advisable)"
)
_BY_OTHERS = re.compile(
    r"(?:泰國|美國|澳[洲方]|中[國方]|日本|[A-Z]{3,}|會議|主席)[^，。]{0,12}(?:建議|期望)"
)
_UNDERTAKEN = re.compile(
    r"我方(?:(?:復|回應|表示|答|並)[以稱]?，?)?[^，。；]{0,4}將(?!於)|我方[^，。；]{0,6}(?:樂意|承諾|願意)"
    r"|(?<![申邀])請[^，。；、]{0,8}(?:方|主席|秘書處)(?=[^，。；]{2})"
)
"""What our side says in a meeting that it will do, or asks another to do."""
_ASKED_OF_US = re.compile(r"(?<![申邀])請我(?:方|國)?(?=[^，。；方國]{2})")
_TOLD = frozenset({Role.PROCEEDINGS, Role.DECISIONS})


def _promise_in(section: Section, text: str, *, ours: bool) -> Promise | None:
    """Tell what kind of promise a sentence is that stands in no list; None where it is none.

    ``ours`` tells whether our side speaks in it.
    """
    asked = _ASKED_OF_US.search(text) is not None
    if section.role in _TOLD and (asked or (ours and _UNDERTAKEN.search(text))):
        return Promise.UNDERTAKING
    if section.role is Role.OPINION and ADVICE.search(text) and not _BY_OTHERS.search(text):
        return Promise.RECOMMENDATION
    return None


def undertaking_at(text: str) -> int:
    """Give where a sentence that undertakes something says so; 0 where no words of it are known."""
    found = _ASKED_OF_US.search(text) or _UNDERTAKEN.search(text)
    return found.start() if found else 0


def promises_of(report: Report, speakers: Speakers) -> Iterator[tuple[Promise, tuple[int, int]]]:
    """The items of the lists of follow-ups, in reading order with what stands around them.

    Of the proceedings, the sentences in which our side undertakes or asks for something, or is
    asked; of the opinions, those that advise.
    """
    for number, section in enumerate(report.sections):
        if section.role is Role.FOLLOW_UP:
            if not _has_children(report, number):
                yield from ((Promise.FOLLOW_UP, span) for span in _list(report, section))
            continue
        for span in sentences(report.text, section.start, section.own_end):
            text = report.text[span.start : span.end]
            if len(text) <= _SHORTEST or _is_heading(section, text):
                continue
            speaking = speakers.of_sentence(span.start, span.end)
            promise = _promise_in(section, text, ours=any(s.code == OWN for s in speaking))
            if promise is not None:
                yield promise, (span.start, span.end)


def _list(report: Report, section: Section) -> Iterator[tuple[int, int]]:
    """The items of a section without sections below it: its lines, or all of it behind its number.

    A heading on a line of its own announces them; where the section is one line it is the item,
    behind the words that only name the list (後續辦理事項：).
    """
    text = report.text
    lines = []
    at = section.start
    for line in text[section.start : section.own_end].splitlines(keepends=True):
        if line.strip():
            lines.append((at, at + len(line.rstrip())))
        at += len(line)
    for start, end in lines:
        spans = sentences(text, start, end)
        if not spans:
            continue
        begin, finish = spans[0].start, spans[-1].end
        if _is_heading(section, text[begin:finish]):
            continue
        if 0 < len(section.heading) <= _LIST_NAME and text.startswith(section.heading, begin):
            begin += len(section.heading)
            begin += len(text[begin:finish]) - len(text[begin:finish].lstrip("：: "))
        if finish - begin > _SHORTEST:
            yield begin, finish


def _is_heading(section: Section, text: str) -> bool:
    return 0 < len(section.heading) <= _LIST_NAME and text.rstrip("：: ").endswith(
        section.heading.rstrip("：: ")
    )


def _has_children(report: Report, number: int) -> bool:
    sections = report.sections
    return number + 1 < len(sections) and sections[number + 1].parent == number
