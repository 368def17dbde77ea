"""What our side promised, where a question asks for that and for no matter in particular.

What did we promise in 2020? Its words stand in no promise, so that no search would find them: the
promises of the reports that it means are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.names import year_of, years_in
from assistant.promises import Promise, promises_of
from assistant.quotes import Quote
from assistant.signals import OURS
from assistant.types import Kind, Question
from assistant.values.read import OWN
from corpus.gazetteer import bodies_in, body_named, economies_in
from corpus.types import Report
from index.numerals import numerals
from index.query import light_words
from index.retriever import Index, passes
from index.text import HAN_RUN, fold, to_traditional
from index.types import Hit

LIKELY = {Promise.FOLLOW_UP: 0.9, Promise.UNDERTAKING: 0.85}
"""How likely a promise answers, by its kind; advice is none."""
MOST = 40
"""Promises that are read, beside those that were shown: the answer cites fewer."""
_ASKING_ZH = re.compile(
    "承諾|答應|允諾|應允|後續|待辦|追蹤|接下來|要做|要辦|辦理|處理|執行|事項|事情|工作|項目|會後|會議|開會|報告"
    "|回來|之後|以後|當時|上次|這次|那次|打算|我們|我方|我國|什麼|甚麼|哪些|列出|所有|全部|清單|有沒有|需要|期間"
    "|[我在了的有是那要做些年月日次第和與及對於裡中還都曾已該請呢嗎吧幾]"
)
_ASKING_EN = frozenset(
    """
    promise promised promises commit committed commits commitment commitments pledge pledged undertake
    undertook undertaken undertakings follow follow-up follow-ups followup next step steps action actions
    january february march april june july august september october november december
    item items list meeting meetings report reports taiwan agree agreed
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
# Whose promises are not ours, which were not made, and those of a time that no report states.
_OF_OTHERS = re.compile(
    r"對方|他方|[他她它]們?|貴[方國]|你們?|您|(?:沒有?|未曾?|不)(?:承諾|答應|允諾)|去年|上一?[次屆回]|前次"
    r"|\b(?:they|them|their|he|she|other|others|else|everyone|you|your|i|me|not|never|kept|last|previous)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"待辦|後續|我[方國們]|\bfollow-?ups?\b|\bnext steps?\b|\baction items?\b|\btaiwan\b",
    re.IGNORECASE,
)
# What a list of follow-ups leaves to others: 各主辦國依計畫進度持續執行.
_BY_OTHERS = re.compile(
    r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]\s?)?"
    r"(?:各(?:主辦|會員|經濟體|國)|APEC ?秘書處|秘書處|主席|召集[人方])"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z-]+")
# A subject stands within so many characters, behind the number of its item.
_SUBJECT = 6
_TOPICAL = 2
"""So many Chinese characters that none of these words holds name a matter."""


def asks_for_all(question: Question) -> bool:
    """Tell whether a question asks what was promised, and names no matter beside."""
    if question.kind is not Kind.FOLLOW_UP:
        return False
    text = to_traditional(f"{question.text}\n{question.follows or ''}")
    for mention in reversed(bodies_in(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    if _OF_OTHERS.search(text) or not (OURS.search(text) or _LISTS.search(text)):
        return False
    text = _ASKING_ZH.sub(" ", OURS.sub(" ", text))
    known = light_words() | _ASKING_EN
    words = [word for word in _WORD.findall(text) if word.casefold() not in known]
    return not words and all(len(run) < _TOPICAL for run in HAN_RUN.findall(text))


def promised(index: Index, question: Question) -> list[tuple[Quote, float]]:
    """Give the promises of the reports that a question means, and how likely each answers.

    The latest report comes first; in it what it lists for later, before what was said in passing.
    Reports are read until there is enough to show.
    """
    meant = (r for r in index.reports if passes(r, question.filters) and _is_meant(r, question))
    found: list[tuple[Quote, float]] = []
    for report in sorted(meant, key=lambda r: (-(year_of(r) or 0), r.id)):
        of_report = _promises(index, report)
        found += sorted(of_report, key=lambda each: (-each[1], each[0].start))
        if len(found) >= MOST + len(question.shown):
            break
    return found


def _is_meant(report: Report, question: Question) -> bool:
    """Tell whether a report is of the years, months and groups that a question names, if any."""
    asked, before = to_traditional(question.text), to_traditional(question.follows or "")
    years = years_in(asked) or years_in(before)
    groups = _groups(asked) or _groups(before)
    of_report = {fact.value for fact in report.metadata.groups}
    months = _months(asked) or _months(before)
    begins = report.metadata.event_start
    return (
        (not years or year_of(report) in years)
        and (not groups or bool(groups & of_report))
        and (not months or (begins is not None and begins.value.month in months))
    )


def _months(text: str) -> set[int]:
    """Give the months that a text names, in either language."""
    return {int(term[1:]) for term in numerals(fold(text)) if re.fullmatch(r"@\d+", term)}


def _groups(text: str) -> set[str]:
    named = (body_named(text[m.start : m.end]) for m in bodies_in(text, groups_only=True))
    return {body.acronym for body in named if body is not None}


def _promises(index: Index, report: Report) -> Iterator[tuple[Quote, float]]:
    chunks = index.chunks_of(report.id)
    for kind, (start, end) in promises_of(report, index.speakers(report.id)):
        if kind not in LIKELY or _left_to_others(kind, report.text[start:end]):
            continue
        chunk = next((c for c in chunks if c.start <= start < c.end), None)
        if chunk is not None:
            hit, section = Hit(chunk, 1, 1.0, None, None), report.section_at(start)
            last = min(end, chunk.end)
            yield Quote(hit, start, last, report.text[start:last], section), LIKELY[kind]


def _left_to_others(kind: Promise, text: str) -> bool:
    """Tell whether an item of a list says what others do: its subject is not our side."""
    first = next(iter(economies_in(text)), None)
    begins = first is not None and first.start < _SUBJECT and first.code != OWN
    others = begins or _BY_OTHERS.match(text.lstrip()) is not None
    return kind is Promise.FOLLOW_UP and others and not OURS.search(text)
