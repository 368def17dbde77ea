"""A question to what is searched: its language, its kind, its words without the asking, filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.conversation import joined, leans, wants_more
from assistant.kinds import kind_of
from assistant.stated import stated_filters
from assistant.types import Language, Question
from corpus.errors import AttacheError
from corpus.types import Report
from index.text import to_traditional
from index.types import Filters

_HAN = re.compile(r"[\u3400-\u9fff]")

# Words that ask, and carry nothing of what is asked for. They are rare in reports, so that a
# retriever would take them for the rarest and so the weightiest words of the question.
_ASKING_ZH = re.compile(
    r"請問|請說明|為什麼|為甚麼|(?<!論)為何|什麼時候|甚麼時候|何時|何地|哪裡|哪些|哪幾|哪個|哪一|哪|"
    r"是什麼|是甚麼|什麼|甚麼|有沒有|是不是|是否|有無|如何|怎麼|怎樣|多少|幾個|幾次|誰|"
    r"嗎|呢|吧|[?？!！。]"
)
_ASKING_EN = frozenset(
    """
    a an the of to in on at by for from with and or is are was were be been being do does did
    has have had can could should would will shall may might must which what who whom whose when
    where why how many much there this that these those it its their any some about please tell me
    us you we he she they i say says said our own according reports call called
    as into than such each every again also mean meant means kind sort exactly actually really very
    ever just not no so if then
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
LONGEST_QUESTION = 2_000
NO_FILTERS = Filters()


def detect_language(text: str) -> Language:
    """Chinese where the text holds any Han character, else English."""
    return Language.ZH if _HAN.search(text) else Language.EN


def understand(
    text: str,
    filters: Filters = NO_FILTERS,
    previous: Question | None = None,
    reports: Sequence[Report] = (),
) -> Question:
    """Make a Question of what the user wrote.

    ``filters`` are those that the user set beside the question; what the question states in words
    is added to them, where any of the ``reports`` passes. A question that leans on the
    ``previous`` one keeps of it what it does not replace.
    """
    # Bytes of a terminal that are no text come as lone surrogates, which no encoder takes.
    text = text.encode("utf-8", "replace").decode("utf-8")
    if len(text) > LONGEST_QUESTION:
        raise AttacheError(
            f"the question has {len(text)} characters; expected {LONGEST_QUESTION} at most; "
            "ask for one thing at a time"
        )
    language = detect_language(text)
    plain = to_traditional(unicodedata.normalize("NFKC", text)).strip()
    query, kind = _without_asking(plain), kind_of(plain)
    follows = None
    if previous is not None and wants_more(plain):
        return Question(
            text,
            previous.language,
            previous.kind,
            previous.query,
            previous.filters,
            previous.stated,
            _subject(previous),
        )
    effective = stated_filters(plain, filters, reports)
    if previous is not None and leans(plain):
        query, kind = joined(query, kind, previous)
        follows = _subject(previous)
        if effective == filters:
            effective = stated_filters(follows, filters, reports)
    stated = effective if effective != filters else NO_FILTERS
    return Question(text, language, kind, query or plain, effective, stated, follows)


def _subject(previous: Question) -> str:
    """Give the question that was asked last, which "show more" is none of."""
    if previous.follows and wants_more(to_traditional(previous.text)):
        return previous.follows
    return previous.text


def _without_asking(plain: str) -> str:
    asked = _ASKING_ZH.sub(" ", plain)
    words = (word.strip(".,;:\"'()?!") for word in asked.split())
    return " ".join(word for word in words if word and word.lower() not in _ASKING_EN)
