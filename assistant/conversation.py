"""Follow-ups: what a question that leans on the last one keeps of it."""

from __future__ import annotations

import re

from assistant.asking import counted
from assistant.types import Kind, Question
from corpus.gazetteer import economies_in

_LEANS = re.compile(
    r"^(那麼?|而|又|還有|另外|再|後來|接著)|^which (ones?|others?)\b"
    r"|^(是|有)?哪(些|[幾兩三四五]個?)[？?。 ]*$|呢[？?。 ]*$|^(為[什甚]麼|為何|何時|誰|在哪裡|多少)[？?。 ]*$"
    r"|(?<!其)[它他她]|其(?!他|它|中|餘|實)|^(這|該|此)|[這該此](個|項|件|次|份|場|案|點|計畫|報告|會議)"
    r"|上述|前者|後者|明年換"
    r"|^(and|but|so|what about|how about)\b"
    r"|^(then|why|when|where|who|how many|how much)\b.{0,14}$"
    r"|\b(it|its|they|their|them|he|his|him|she|her|those|these|the former|the latter)\b"
    r"|\bthat\b(?=\?|$| (?:is|was|one|report|meeting|case)\b)",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(is|are|was|were|will|would|does|do|did) there\b|\bthere (is|are|was|were)\b", re.IGNORECASE
)
_MORE = re.compile(r"^(show |tell )?(me )?more\b|^(更多|還有嗎|其他的?呢|再多一些)", re.IGNORECASE)
_ANEW = re.compile(
    r"(start|begin) (over|again|anew)|new (conversation|chat)|(重新開始|重頭開始|從頭(開始|來過?)|重來|新對話)(吧)?",
    re.IGNORECASE,
)
# What is left of "which ones?" without the words that ask.
_NOTHING = re.compile(r"(?:ones?|others?|是|有)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d|1[0-3]\d(?=\s?年)")


def leans(text: str) -> bool:
    """Tell whether a question makes sense only after the one before it."""
    return bool(_LEANS.search(_EXPLETIVE.sub(" ", text.strip())))


def wants_more(text: str) -> bool:
    """Tell whether the user asks for more of the last answer."""
    return bool(_MORE.match(text.strip()))


def starts_over(text: str) -> bool:
    """Tell whether the user wants all that was asked before to be left behind."""
    return bool(_ANEW.fullmatch(text.strip().rstrip("。.!！")))


def joined(query: str, kind: Kind, previous: Question) -> tuple[str, Kind]:
    """Give what a follow-up searches, and what it wants: its own words first, then the last's.

    An economy or a year that it names takes the place of the last question's.
    """
    kept = previous.query
    if economies_in(query):
        for mention in reversed(economies_in(kept)):
            kept = f"{kept[: mention.start]} {kept[mention.end :]}"
    if _YEAR.search(query):
        kept = _YEAR.sub(" ", kept)
    wanted = kind
    if kind is Kind.OTHER:
        # Which ones? are those that were counted.
        wanted = (counted(previous.text) if _NOTHING.fullmatch(query) else None) or previous.kind
    # What is asked now counts twice: the last question only tells what it is about.
    return " ".join(f"{query} {query} {kept}".split()), wanted
