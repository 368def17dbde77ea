"""Names that reports define in passing: 商務人士移動小組(Business Mobility Group, BMG).

Both bracket styles and both orders are read: the definition may stand inside the brackets or before
them, in Chinese, in English, as an acronym. Every entry keeps the span that it was read from.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.text import fold, is_han

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_BRACKETS = re.compile(r"[(（]\s*([^()（）\n]{2,120})\s*[)）]")
_SEPARATOR = re.compile(r"\s*[,，;；、/／]\s*")
_CALLED = re.compile(r"^(?:以下|下)?(?:均)?(?:簡稱|稱|即|英文[為:：]?|hereafter|the)\s*[為:：]?\s*")
_MARKS = "「」『』“”\"'‘’《》〈〉 "
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9&-]{1,9}")
_ENGLISH = re.compile(r"[A-Z][A-Za-z'’&-]+(?:\s+[A-Za-z][A-Za-z'’&-]*){1,9}")
_CHINESE = re.compile(rf"[{_HAN}]{{3,24}}")
_QUOTED_BEFORE = re.compile(r"[「『“\"]([^「」『』“”\"\n]{2,40})[」』”\"]\s*$")
_ENGLISH_BEFORE = re.compile(r"[A-Za-z][A-Za-z'’&-]*(?:\s+[A-Za-z][A-Za-z'’&-]*){1,9}\s*$")
_ACRONYM_BEFORE = re.compile(rf"(?<![A-Za-z0-9-]){_ACRONYM.pattern}\s*$")
_CHINESE_BEFORE = re.compile(rf"[{_HAN}]{{2,24}}\s*$")
_LEADS = re.compile(
    "^(?:以及|及|與|和|並|也|或|為|由|係|即|如|例如|包括|之|的|於|在|對|向|至|赴|其|該|該國|我國|本次|各|"
    "出席|參加|參與|召開|舉行|提供|提交|說明|介紹|推動|建立|設立|設置|建置|實施|加入|結合|起草|草擬|表示|"
    "類似|應用|徵收|應注意|協助|另|先|可|依循|遵循|下之|項下之|(?<=\\d)[年次期天屆]|[年次期天屆](?=[^度]))+"
)
_SAID_OF = re.compile("^.{0,10}(?:(?<![行作])為|係|綜括)")
"""What is said to be the name that follows: 主要成果為亞太自由貿易區."""
_LINK_WORD = re.compile("of|the|and|for|on|in|to|a|an|with|by|from|at", re.IGNORECASE)
_LOOK_BACK = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """Names of one thing, as defined in one place, ``text[start:end]``."""

    forms: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Names that mean the same thing, the acronym first where there is one."""

    forms: tuple[str, ...]


def mine(text: str) -> tuple[Entry, ...]:
    """Read the definitions in a text, in order."""
    return tuple(_entries(text))


def merged(entries: Iterable[Entry]) -> tuple[Synonyms, ...]:
    """Join the entries that share an acronym, or an English name, ordered by their first form.

    A Chinese form that things with different names share (工作小組) names none of them, and one
    that ends like a shorter form of the same thing (結合商務人士移動小組) begins before its name.
    """
    groups: dict[str, dict[str, str]] = {}
    for entry in entries:
        named = {fold(form): form for form in entry.forms}
        keys = [key for key in named if not is_han(key[0])][:1]
        for key in keys:
            groups.setdefault(key, {}).update(
                {name: form for name, form in named.items() if name not in groups[key]}
            )
    groups = _joined(groups)
    claims = Counter(name for group in groups.values() for name in group)
    found = []
    for group in groups.values():
        forms = [form for name, form in group.items() if not is_han(name[0]) or claims[name] == 1]
        kept = [form for form in forms if not any(_ends_with(form, other) for other in forms)]
        if len(kept) > 1:
            found.append(Synonyms(tuple(sorted(kept, key=_acronyms_first))))
    return tuple(sorted(found, key=lambda synonyms: synonyms.forms))


def _joined(groups: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Put an English name's group into that of its acronym when just one acronym has that name."""
    acronyms_of: defaultdict[str, set[str]] = defaultdict(set)
    for key, group in groups.items():
        for name in group:
            if name != key and not is_han(name[0]):
                acronyms_of[name].add(key)
    for name, acronyms in acronyms_of.items():
        if len(acronyms) == 1 and name in groups:
            into = groups[next(iter(acronyms))]
            for other, form in groups.pop(name).items():
                into.setdefault(other, form)
    return groups


def _ends_with(form: str, other: str) -> bool:
    return is_han(form[0]) and form != other and form.endswith(other)


def _entries(text: str) -> Iterator[Entry]:
    for brackets in _BRACKETS.finditer(text):
        parts = [_bare(part) for part in _SEPARATOR.split(brackets[1])]
        inside = [part for part in parts if part and _is_name(part)]
        if not inside or len(inside) < len([part for part in parts if part]):
            continue
        head = _head(text, brackets.start(), inside)
        forms = tuple(dict.fromkeys([*([head] if head else []), *inside]))
        if len(forms) > 1 and len(set(map(_kind, forms))) == len(forms):
            start = text.rfind(forms[0], max(0, brackets.start() - _LOOK_BACK), brackets.end())
            yield Entry(tuple(sorted(forms, key=_acronyms_first)), start, brackets.end())


def _bare(part: str) -> str:
    return _CALLED.sub("", part.strip(_MARKS)).strip(_MARKS)


def _is_name(part: str) -> bool:
    return any(shape.fullmatch(part) for shape in (_ACRONYM, _ENGLISH, _CHINESE))


def _kind(form: str) -> str:
    if is_han(form[0]):
        return "chinese"
    return "acronym" if _ACRONYM.fullmatch(form) else "english"


def _acronyms_first(form: str) -> tuple[int, str]:
    return (("acronym", "english", "chinese").index(_kind(form)), form)


def _head(text: str, end: int, inside: list[str]) -> str | None:
    """Find the name that stands just before the brackets."""
    before = text[max(0, end - _LOOK_BACK) : end]
    if quoted := _QUOTED_BEFORE.search(before):
        name = quoted[1].strip()
        return name if _is_name(name) else None
    if found := _CHINESE_BEFORE.search(before):
        return _chinese_head(text, found[0].strip(), inside)
    acronym = next((form for form in inside if _kind(form) == "acronym"), None)
    if acronym is not None and (found := _ENGLISH_BEFORE.search(before)):
        return _spelled_out(found[0].split(), acronym)
    if acronym is None and (found := _ACRONYM_BEFORE.search(before)):
        name = found[0].strip()
        spelled = [form for form in inside if _kind(form) == "english"]
        if not spelled or any(_spelled_out(form.split(), name) for form in spelled):
            return name
    return None


def _spelled_out(words: list[str], acronym: str) -> str | None:
    """Give the shortest run of last words whose initials, link words aside, are the acronym."""
    wanted = re.sub(r"[^a-z]", "", acronym.lower())
    for start in range(len(words) - 1, -1, -1):
        run = words[start:]
        pieces = [piece for word in run for piece in word.split("-") if piece]
        everything = "".join(piece[0].lower() for piece in pieces)
        weighty = "".join(piece[0].lower() for piece in pieces if not _LINK_WORD.fullmatch(piece))
        if len(run) > 1 and wanted in (everything, weighty):
            return " ".join(run)
    return None


def _chinese_head(text: str, run: str, inside: list[str]) -> str | None:
    """Find where the name begins in the Chinese before the brackets.

    A name of so many English words, or letters of an acronym, has so many characters. Among the
    beginnings that this allows, the one that most different characters precede in the whole text is
    where words are put together anew, which is where the name begins; the longest if several are.
    """
    words = max(
        sum(not _LINK_WORD.fullmatch(word) for word in form.split())
        if _kind(form) == "english"
        else sum(map(str.isalpha, form))
        for form in inside
    )
    shortest, longest = max(3, round(1.25 * words)), min(len(run), 4 * words)
    best, variety = None, 0
    for length in range(longest, shortest - 1, -1):
        name = run[-length:]
        before = _different_before(text, name)
        if before > variety:
            best, variety = name, before
    bare = _LEADS.sub("", _SAID_OF.sub("", best)) if best is not None else ""
    return bare if len(bare) >= max(3, words) else best


def _different_before(text: str, name: str) -> int:
    """Count the different characters that precede a name; each mark counts as a beginning."""
    preceding: defaultdict[str, int] = defaultdict(int)
    at = text.find(name)
    while at >= 0:
        before = text[at - 1] if at else "\n"
        preceding[before if is_han(before) else "\n"] += 1
        at = text.find(name, at + 1)
    return len(preceding) + (1 if "\n" in preceding else 0)
