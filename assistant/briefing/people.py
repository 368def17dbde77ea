"""Whom our side met: persons that the reports name, with the office that stands beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.briefing.clauses import mentions_in
from assistant.briefing.ledger import OFFICE
from assistant.briefing.types import Person, quote_of, source_of
from assistant.values.persons import find_persons
from corpus.gazetteer import economy_named
from corpus.sentences import sentences
from corpus.types import Report, Role

_ROLES = frozenset({Role.PROCEEDINGS, Role.DECISIONS, Role.OPINION, Role.CAPTION, Role.SUMMARY})
_LATIN = re.compile(r"[A-Za-z]")
_TITLE = re.compile(r"(?:Mr|Ms|Mrs|Dr|Prof)\.?\s*$")
_OFFICE_WORD = (
    r"(?:司長|局長|處長|署長|部長|組長|主任|科長|大使|公使|參贊|一等秘書|秘書|書記|專員|研究員|執行長|總經理|經理"
    r"|專家|主席|召集人|代表|官員|主持人|總裁|會長|部次長|次長)"
)
_BEFORE = re.compile(
    rf"((?:[\u4e00-\u9fffA-Z]|[（(][^（）()]{{1,60}}[)）]){{0,40}}{_OFFICE_WORD})\s?$"
)
_BEHIND = re.compile(rf"^\s?[（(]?((?:[\u4e00-\u9fff]){{0,8}}{_OFFICE_WORD})")
_ALIEN_HEAD = re.compile(
    r"^(?:.*?(?:我方代表|會見|邀請|參加|出席|感謝|現任|由|與|及|和|為|之|於|向|在|即))?其?(?=.)"
)
_JOINED = re.compile(r"\s?(?:、|及|與|和|以及)[^，。；]{0,16}")
"""What may stand between two persons of one office."""
_OURS = re.compile(r"我(?:方|國)|本署|本局|職局")
_OFFICE_SHOWN = re.compile(r"（[^（）]*）$")
_REACH = 40
_LONGEST = 160


def people_in(reports: Iterable[Report]) -> tuple[Person, ...]:
    """The persons of other economies and bodies, by the report's date and place in it, each once.

    Our own people are left out: authors, and whoever stands beside an office of ours.
    """
    found: dict[str, Person] = {}
    for report in sorted(reports, key=lambda r: source_of(r).order):
        authors = " ".join(fact.value for fact in report.metadata.authors)
        for section in report.sections:
            if section.role not in _ROLES:
                continue
            for span in sentences(report.text, section.start, section.own_end):
                text = report.text[span.start : span.end]
                if "\t" in text:
                    continue
                last: tuple[int, str, str] | None = None
                for candidate in find_persons(text):
                    printed = _OFFICE_SHOWN.sub("", candidate.zh)
                    name = _TITLE.sub("", printed).strip()
                    before = text[max(0, candidate.start - _REACH) : candidate.start]
                    if not _LATIN.search(name) and (
                        _is_ours(before, name, authors) or not _is_abroad(before)
                    ):
                        continue
                    office = _office(text, candidate.start, candidate.end)
                    economy = _economy(office, before)
                    if (
                        not office
                        and last is not None
                        and _JOINED.fullmatch(text, last[0], candidate.start)
                    ):
                        _, office, economy = last
                    if not office:
                        continue
                    last = (candidate.end, office, economy)
                    start, end = _span(text, candidate.start, candidate.end)
                    person = Person(
                        name,
                        office,
                        economy,
                        quote_of(report, span.start + start, span.start + end),
                    )
                    key = next((k for k in found if candidate.key.startswith(k)), candidate.key)
                    known = found.get(key)
                    if known is None or (len(office) > len(known.office) and not known.economy):
                        found[key] = person
    return tuple(
        sorted(found.values(), key=lambda p: (*p.quote.source.order, p.quote.start, p.name))
    )


def _is_ours(before: str, name: str, authors: str) -> bool:
    clause = re.split(r"[，。；]", before)[-1]
    return (
        OFFICE.search(clause) is not None
        or _OURS.search(clause) is not None
        or any(
            len(part) > 1 and part in authors for part in (name, name[:1] + name[-2:], name[-2:])
        )
    )


def _is_abroad(before: str) -> bool:
    return any(mention.code != "TW" for mention in mentions_in(before))


def _office(text: str, start: int, end: int) -> str:
    before = _BEFORE.search(_TITLE.sub("", text[max(0, start - 70) : start]))
    if before is not None:
        return _ALIEN_HEAD.sub("", before[1]) or before[1]
    behind = _BEHIND.match(text[end : end + 24])
    return behind[1] if behind is not None else ""


def _economy(office: str, before: str) -> str:
    """Code of the economy that the office, or the words before it, name last."""
    posted = office.split("駐", maxsplit=1)[0]
    for words in (posted, re.split(r"[。；]", before)[-1]):
        codes = [mention.code for mention in mentions_in(words) if mention.code != "TW"]
        if codes and economy_named(codes[-1]) is not None:
            return codes[-1]
    return ""


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or of a long one the part around the name, between marks."""
    if len(text) <= _LONGEST:
        return 0, len(text)
    left = max(text.rfind(mark, 0, start) for mark in "，。；：、")
    stops = [at for mark in "，。；" if (at := text.find(mark, end)) >= 0]
    return left + 1, min(stops, default=len(text))
