"""A question to what is searched: its language, its words without the asking, its filters."""

from __future__ import annotations

import re
import unicodedata

from assistant.types import Kind, Language, Question
from index.text import to_traditional
from index.types import Filters

_HAN = re.compile(r"[\u3400-\u9fff]")

# Words that ask, and carry nothing of what is asked for. They are rare in reports, so that a
# retriever would take them for the rarest and so the weightiest words of the question.
_ASKING_ZH = re.compile(
    r"請問|請說明|為什麼|為甚麼|為何|什麼時候|甚麼時候|何時|何地|哪裡|哪些|哪幾|哪個|哪一|哪|"
    r"是什麼|是甚麼|什麼|甚麼|有沒有|是不是|是否|有無|如何|怎麼|怎樣|多少|幾個|幾次|誰|"
    r"嗎|呢|吧|[?？!！。]"
)
_ASKING_EN = frozenset(
    """
    a an the of to in on at by for from with and or is are was were be been being do does did
    has have had can could should would will shall may might must which what who whom whose when
    where why how many much there this that these those it its their any some about please tell me
    us you we he she they i say says said
    """.split()  # noqa: SIM905 - a list of words reads better as text
)

_KINDS = (
    (
        Kind.ECONOMIES,
        r"[哪那](些|幾個|個|一個|幾)?(會員)?(經濟體|國家|會員體?|國)"
        r"|\b(which|what) (member )?(econom(y|ies)|countr(y|ies)|members?)\b",
    ),
    (
        Kind.WHEN,
        r"何時|[什甚]麼時候|[哪那]一?[年月天日]|幾[年月]"
        r"|\bwhen\b|\b(what|which) (date|year|day)\b",
    ),
    (Kind.NUMBER, r"多少|幾(?!乎)|\bhow (many|much)\b|\bwhat (share|percentage|number)\b"),
    (Kind.PERSON, r"誰|[哪那](一)?位|何人|\bwho(m|se)?\b"),
)


def detect_language(text: str) -> Language:
    """Chinese where the text holds any Han character, else English."""
    return Language.ZH if _HAN.search(text) else Language.EN


def understand(text: str, filters: Filters | None = None) -> Question:
    """Make a Question of what the user wrote.

    ``filters`` are those that the user set beside the question.
    """
    language = detect_language(text)
    plain = to_traditional(unicodedata.normalize("NFKC", text)).strip()
    asked = _ASKING_ZH.sub(" ", plain)
    words = [w for w in asked.split() if w.strip(".,;:\"'()").lower() not in _ASKING_EN]
    query = " ".join(words)
    kind = next((k for k, asked in _KINDS if re.search(asked, plain, re.IGNORECASE)), Kind.OTHER)
    return Question(text, language, kind, query or plain, filters or Filters())
