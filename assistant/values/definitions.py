"""What a name stands for: the other names that the reports give it where they define it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.values.candidate import Candidate
from index.glossary import Entry, mine
from index.text import fold, is_han

# What leads up to a name and is no part of it, where nothing but grammar tells.
_LEAD = re.compile(
    r".*(?:成立|設置|設立|建立|推動|詢問|辦理|參與|透過|運用|應用|使用|利用|簡報|介紹|說明|提出|實施|執行|啟動|呼籲|落實|加裝|裝設|安裝|徵收|提交|主辦|"
    r"由(?!貿)|[在於與及的之為是將以]|稱為|所謂|屬於)(?=.{3})"
)
_QUOTED = re.compile(r"[「『“](?P<name>[^」』”]{2,40})[」』”]?\s?$")
_BRACKETS = re.compile(r"[（(](?P<inside>[^（）()\n]{2,120})[）)]")
_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,24}\s?$|[\u4e00-\u9fff-]{3,24}\s?$")


def find_definitions(text: str, question: str) -> tuple[Candidate, ...]:
    """Give the names that a text defines a name of the question by."""
    # RMAS 是什麼？跟 PCS 有什麼關係？ asks first of RMAS.
    first = re.split(r"(?<=[？?])", question.strip())[0]
    asked = fold(first)
    found: dict[str, Candidate] = {}
    for entry in (*_of_brackets(text), *mine(text)):
        if not any(_stands_in(form, asked) for form in entry.forms):
            continue
        for form in _others(entry, asked):
            name = _bare(form)
            found.setdefault(fold(name), Candidate(fold(name), entry.start, entry.end, name, name))
    kept = [c for c in found.values() if not any(_longer(c, other) for other in found.values())]
    return tuple(kept)


def _of_brackets(text: str) -> Iterator[Entry]:
    """Read the brackets that mining for a glossary leaves out: those behind a quoted name."""
    for match in _BRACKETS.finditer(text):
        quoted = _QUOTED.search(text[: match.start()])
        if quoted is None:
            continue
        parts = [part.strip(" 「」") for part in re.split(r"[,，;；]", match["inside"])]
        if all(re.fullmatch(r"[A-Za-z][\w '’&/-]*", part) for part in parts):
            yield Entry((*parts, quoted["name"]), quoted.start("name"), match.end())


def _bare(form: str) -> str:
    return _LEAD.sub("", form) if is_han(form[0]) else form


def _longer(one: Candidate, other: Candidate) -> bool:
    """Tell whether one is but another with words before it."""
    return one is not other and is_han(one.zh[0]) and one.zh.endswith(other.zh)


def _others(entry: Entry, asked: str) -> Sequence[str]:
    return [form for form in entry.forms if not _stands_in(form, asked)]


def _stands_in(form: str, asked: str) -> bool:
    folded = fold(form)
    at = asked.find(folded)
    if at < 0:
        return False
    # An acronym is a word of its own: PCS does not stand in PCSX.
    around = asked[max(0, at - 1) : at] + asked[at + len(folded) : at + len(folded) + 1]
    return not (folded.isascii() and any(c.isascii() and c.isalnum() for c in around))
