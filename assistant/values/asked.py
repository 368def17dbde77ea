"""What a question says of the value that it asks for, beside its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.types import Kind, Question
from assistant.values.candidate import Candidate
from assistant.values.numbers import asks_unit
from assistant.values.organisations import suits_sort
from assistant.values.read import candidates
from index.text import fold, to_traditional

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
_SEVERAL = re.compile(
    r"各(?:自|[^種項國個界位方]|是|有)|分別|前後|\beach\b|\brespectively\b|\bbefore and after\b"
    r"|\band (?:in )?(?:what|which|who|when|where|how)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"哪些|哪[兩三四五幾]|[兩三四五幾]位|\b(?:delegates|officers|officials|persons|people|experts|colleagues|speakers)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d")
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


# English questions say the Australian side, the American proposal.
_ADJECTIVES = (
    ("AU", "Australian"), ("CA", "Canadian"), ("CL", "Chilean"), ("CN", "Chinese(?! Taipei)"),
    ("ID", "Indonesian"), ("JP", "Japanese"), ("KR", "Korean"), ("MY", "Malaysian"),
    ("MX", "Mexican"), ("PE", "Peruvian"), ("PH", "Philippine|Filipino"), ("RU", "Russians?"),
    ("SG", "Singaporean"), ("TW", "Taiwanese"), ("TH", "Thais?"), ("US", "Americans?"),
    ("VN", "Vietnamese"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a value, read once."""

    text: str
    """In Traditional Chinese or English."""
    query: str
    """Its own words, without those that ask and those of the question that it leans on."""
    kinds: tuple[Kind, ...]
    """That may answer it, the likeliest first."""
    several: bool
    """Whether it asks for more than one value of the sentence: each, respectively, both."""
    many: bool
    """Whether it asks for all there are."""
    years: tuple[int, ...]
    """That it sets side by side; fewer than two where it does not."""
    named: frozenset[str]
    """Keys of the values that it names itself."""

    def suits(self, kind: Kind, text: str, candidate: Candidate) -> float:
        """Tell from -1 to 1 how a value in a text is of the sort that is asked for."""
        if kind is Kind.NUMBER:
            return asks_unit(self.text, candidate)
        if kind is Kind.WHEN:
            return self._suits_when(text, candidate)
        if kind is Kind.ORGANISATIONS:
            return suits_sort(self.text, candidate)
        return 0.0

    def _suits_when(self, text: str, candidate: Candidate) -> float:
        """A day rather than a year; what is behind 前 for a deadline, before 起 for a beginning."""
        parts = candidate.key.split("/")[-1].count("-")
        fit = 0.25 * parts
        if _DAY_ASKED.search(self.text):
            fit = 1.0 if parts == 2 else -1.0
        elif _YEAR_ASKED.search(self.text):
            fit = 0.0
        before, behind = text[: candidate.start], text[candidate.end : candidate.end + 30]
        until = _UNTIL.match(behind) or _UNTIL_BEFORE.search(before)
        since = _SINCE.match(behind) or _SINCE_BEFORE.search(before)
        if _UNTIL_ASKED.search(self.text):
            fit += 0.5 if until else -0.5 if since else 0.0
        elif _SINCE_ASKED.search(self.text):
            fit += 0.5 if since else -0.5 if until else 0.0
        return max(-1.0, min(fit, 1.0))

    def names(self, kind: Kind, candidate: Candidate) -> bool:
        """Tell whether the question itself names a value, which so does not answer it."""
        if candidate.key in self.named:
            return True
        if kind in (Kind.NUMBER, Kind.WHEN):
            return fold(candidate.zh) in fold(self.text)
        return kind is Kind.ORGANISATIONS and _told(candidate.en, self.text)


@lru_cache(maxsize=64)
def read_question(question: Question) -> Asked:
    """Read what a question says of the value that it asks for."""
    text = to_traditional(question.text)
    before = to_traditional(question.follows or "")
    kinds = _READ_AS.get(question.kind, ())
    if question.kind is Kind.PERSON and _ONE_PERSON.search(text):
        kinds = (Kind.PERSON,)
    several = bool(_SEVERAL.search(text))
    both = f"{text}\n{before}"
    named = {c.key for c in candidates(Kind.ECONOMIES, both)}
    named |= {code for code, adjective in _ADJECTIVES if re.search(rf"\b{adjective}\b", both)}
    for kind in (Kind.ORGANISATIONS, Kind.PERSON):
        if kind in kinds:
            named |= {c.key for c in candidates(kind, both)}
    if Kind.WHERE in kinds:
        named |= {c.key for c in candidates(Kind.WHERE, both)}
    many = question.kind in (Kind.ECONOMIES, Kind.ORGANISATIONS) or bool(_PLURAL.search(text))
    years = tuple(sorted(map(int, set(_YEARS.findall(text)))))
    # What is asked now stands in the query before what was asked last.
    own = question.query if question.follows is None else text
    return Asked(text, own, kinds, several, many, years, frozenset(named))


def _told(name: str, question: str) -> bool:
    """Tell whether an English question holds most of the words of a body's name."""
    words = [word for word in re.findall(r"[a-z]+", name.casefold()) if len(word) > 3]
    asked = set(re.findall(r"[a-z]+", question.casefold()))
    return len(words) > 1 and sum(word in asked for word in words) >= 0.66 * len(words)
