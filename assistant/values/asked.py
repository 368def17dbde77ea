"""A question for a value: of what kind and sort, how many, and what it names itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.types import Kind
from assistant.values.candidate import Candidate
from assistant.values.numbers import asks_unit
from assistant.values.organisations import suits_sort
from assistant.values.places import is_asked_about, suits_place
from index.text import fold

_DAY_ASKED = re.compile(
    r"哪{c}[天日]|幾[號日]|何日|\b(?:what|which|on what) (?:date|day)s?\b".replace(
        "{c}", "(?:一|兩|幾|三)?"
    )
)
_YEAR_ASKED = re.compile(r"哪一?年|何年|\b(?:what|which) year\b", re.IGNORECASE)
_UNTIL_ASKED = re.compile(
    r"期限|截止|到(?:什麼時候|何時|哪)|之前|以前要|最晚|何時要"
    r"|\b(?:by|until|up to|till) (?:when|what|which)\b|\bdue\b|\bdeadline\b",
    re.IGNORECASE,
)
_SINCE_ASKED = re.compile(
    r"[自從](?:何時|什麼時候|哪)|開始|以來|\bsince\b|\bfrom when\b|\bstart", re.IGNORECASE
)
_UNTIL = re.compile(
    r"\s?(?:（[^）]*）|\([^)]*\))?\s?(?:\d{1,2}[.:]\d\d[^，。]{0,10})?(?:之?前|以前|為?止|底前|截止)"
)
_UNTIL_BEFORE = re.compile(r"(?:至|到|迄|截至|期限[為至]?|於)\s?$")
_SINCE = re.compile(r"\s?(?:[年月]?[初底])?(?:起|以來|開始)")
_SINCE_BEFORE = re.compile(r"(?:自|從|自從)(?:民國)?\s?$")


_BELONGS = re.compile(
    r"(?:會員|成員)體?(?:共?有|是|為)哪|[有是]哪些(?:會員|成員)體?[？?。]?$|加入|屬於"
    r"|\bmembers? of\b|\bbelongs?\b|\bmembership\b",
    re.IGNORECASE,
)


# 由 3 年延長至 5 年: 3 years it was before.
_FORMER_BEFORE = re.compile(r"[由自從]\s?$")
_FORMER_BEHIND = re.compile(
    r"\s?(?:延長|改|增加?|降低?|縮短|提高|減少|調[高升降]|擴[大增]?|升|減)[為成至到]"
)
_FORMER_ASKED = re.compile(
    r"原[先來本]?|之前|以前|先前|起初|從(?:幾|多少)|前後|\bbefore\b|\boriginal|\bformer|\bused to\b|\bfrom\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a value, read once."""

    text: str
    """In Traditional Chinese or English."""
    part: str
    """Of the text, what asks for this value: all of it, where it asks for one alone."""
    query: str
    """The words of the part, without those of the question that it leans on."""
    kinds: tuple[Kind, ...]
    """That may answer it, the likeliest first."""
    several: bool
    """Whether it asks for more than one value of the sentence: each, respectively, both."""
    many: bool
    """Whether it asks for all there are."""
    plural: bool
    """Whether its words ask for more than one."""
    count: int | None
    """How many values it asks for, where it tells."""
    years: tuple[int, ...]
    """That it sets side by side, or of the part alone; none where it does neither."""
    named: frozenset[str]
    """Keys of the values that it names itself."""

    @property
    def asks_members(self) -> bool:
        """Whether it asks who belongs to something, not who did."""
        return _BELONGS.search(self.text) is not None

    def suits(self, kind: Kind, text: str, candidate: Candidate) -> float:
        """Tell from -1 to 1 how a value in a text is of the sort that is asked for."""
        if kind is Kind.NUMBER:
            former = _is_former(text, candidate) and not _FORMER_ASKED.search(self.part)
            return -1.0 if former else asks_unit(self.part, candidate)
        if kind is Kind.WHEN:
            return self._suits_when(text, candidate)
        if kind is Kind.ORGANISATIONS:
            return suits_sort(self.part, candidate)
        if kind is Kind.WHERE:
            return suits_place(self.part, text, candidate)
        return 0.0

    def _suits_when(self, text: str, candidate: Candidate) -> float:
        """A day rather than a year; what is behind 前 for a deadline, before 起 for a beginning."""
        parts = candidate.key.split("/")[-1].count("-")
        fit = 0.25 * parts
        if _DAY_ASKED.search(self.part):
            fit = 1.0 if parts == 2 else -1.0
        elif _YEAR_ASKED.search(self.part):
            fit = 0.0
        before, behind = text[: candidate.start], text[candidate.end : candidate.end + 30]
        until = _UNTIL.match(behind) or _UNTIL_BEFORE.search(before)
        since = _SINCE.match(behind) or _SINCE_BEFORE.search(before)
        if _UNTIL_ASKED.search(self.part):
            fit += 0.5 if until else -0.5 if since else 0.0
        elif _SINCE_ASKED.search(self.part):
            fit += 0.5 if since else -0.5 if until else 0.0
        return max(-1.0, min(fit, 1.0))

    def names(self, kind: Kind, candidate: Candidate) -> bool:
        """Tell whether the question itself names a value, which so does not answer it."""
        if candidate.key in self.named:
            return True
        if kind in (Kind.NUMBER, Kind.WHEN):
            return fold(candidate.zh) in fold(self.text)
        if kind is Kind.WHERE:
            return is_asked_about(candidate, self.text)
        return kind is Kind.ORGANISATIONS and _told(candidate.en, self.text)


def _told(name: str, question: str) -> bool:
    """Tell whether an English question holds most of the words of a body's name."""
    words = [word for word in re.findall(r"[a-z]+", name.casefold()) if len(word) > 3]
    asked = set(re.findall(r"[a-z]+", question.casefold()))
    return len(words) > 1 and sum(word in asked for word in words) >= 0.66 * len(words)


def _is_former(text: str, candidate: Candidate) -> bool:
    """Tell whether a number is what something was before it changed."""
    before, behind = text[: candidate.start], text[candidate.end : candidate.end + 8]
    return _FORMER_BEFORE.search(before) is not None and _FORMER_BEHIND.match(behind) is not None
