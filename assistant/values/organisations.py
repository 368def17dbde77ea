"""Organisations: those of the gazetteer, companies by their Latin names, others by how they end."""

from __future__ import annotations

import re

from assistant.values.candidate import Candidate
from corpus.gazetteer import bodies, bodies_in

_ENDS = "署|部|局|委員會|理事會|協會|論壇|集團|公司|秘書處|研究所|辦公室|國際合作組|中心|基金會|聯盟|組織|大學"
_CHINESE = re.compile(
    rf"(?:^|(?<=[、，；。：「（(及與和由 ]))(?:及|與|和|以及|邀請|包括|例如|由)?([\u4e00-\u9fff]{{2,14}}(?:{_ENDS}))"
)
_LATIN = re.compile(r"(?:[A-Z][A-Za-z&.-]*)(?: [A-Z][A-Za-z&.-]*){0,5}")
_ACRONYM = re.compile(r"[（(]([A-Z][A-Za-z0-9&-]{1,9})[）)]")
# Names of meetings, papers and programmes are not names of who does something.
_NO_BODY = frozenset(["APEC", "SOM", "SOM3", "COVID", "COVID-", "Item", "ABTC", "Mr", "Ms", "Dr"])


def find_organisations(text: str) -> tuple[Candidate, ...]:
    """Give the organisations that a text names, longest names first taken."""
    found: list[Candidate] = []
    names = {body.acronym: body for body in bodies()}
    for mention in bodies_in(text):
        body = names[mention.acronym]
        if body.acronym not in _NO_BODY:
            zh = f"{body.zh}（{body.acronym}）" if body.zh else body.acronym
            en = f"{body.en} ({body.acronym})" if body.en else body.acronym
            found.append(Candidate(body.acronym, mention.start, mention.end, zh, en))
    found += [
        Candidate(m[1], m.start(1), m.end(1), m[1], m[1])
        for m in _CHINESE.finditer(text)
        if not _overlaps(found, m.start(1), m.end(1))
    ]
    for match in _LATIN.finditer(text):
        name = match[0]
        if len(name) < 3 or name in _NO_BODY or _overlaps(found, match.start(), match.end()):
            continue
        behind = _ACRONYM.match(text, match.end())
        printed = f"{name} ({behind[1]})" if behind else name
        end = behind.end() if behind else match.end()
        found.append(Candidate(name.casefold(), match.start(), end, printed, printed))
    return tuple(sorted(found, key=lambda candidate: candidate.start))


def _overlaps(found: list[Candidate], start: int, end: int) -> bool:
    return any(start < c.end and c.start < end for c in found)
