"""Numbers with their unit; dates, ordinals and the numbers in names are none."""

from __future__ import annotations

import re

from assistant.values.candidate import Candidate
from corpus.dates import find_dates

_DIGITS = r"\d[\d,]*(?:\.\d+)?(?:\s?[%％成])?"
_CHINESE = r"[兩二三四五六七八九十百千]+"
_UNIT = (
    r"(?:萬|億|多|餘|\s)*(?:個|位|名|件|張|份|次|項|場|座|條|家|艘|組|套|國|人|天|日|週|個月|年|小時|分鐘|"
    r"歲|倍|成|輛|噸|美元|元|點|屆|大|種|類|(?:會員體|經濟體|港口|機場|鐵路|政府部門|流程))"
)
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.,/:：-])(?<![A-Za-z]\s)(?P<number>{_DIGITS})(?![\d.:：/]|-\d)(?P<unit>{_UNIT}\S{{0,2}}?)?"
    rf"|(?P<spelt>{_CHINESE})(?P<spelt_unit>個|位|名|份|次|項|場|家|國|人|張|大)"
)
_ORDINAL = re.compile(r"(?:第|議題|場次|附件|附錄|優先事項|Item)\s*$")
# 8 月 20 日 without a year is a date all the same; 3 個月 is none.
_OF_DATE = re.compile(r"\s*(?:月|日(?!本)|號)")
_UNIT_ASKED = re.compile(r"(?:多少|幾)\s*([個位名件張份次項場座條家艘組國人天年成%])")


def find_numbers(text: str) -> tuple[Candidate, ...]:
    """Give the counts and shares that a text states, with what they count."""
    dated = {at for m in find_dates(text) for at in range(m.start, m.end)}
    found = []
    for match in _NUMBER.finditer(text):
        if match.start() in dated or _ORDINAL.search(text[: match.start()]):
            continue
        if match["number"] and _OF_DATE.match(text, match.end("number")):
            continue
        printed = match[0].strip()
        key = (match["number"] or match["spelt"]).replace(",", "").replace(" ", "")
        found.append(Candidate(key, match.start(), match.end(), printed, printed))
    return tuple(found)


def unit_asked(question: str) -> str | None:
    """Give the measure word that a question asks the number of: 張 in 幾張."""
    match = _UNIT_ASKED.search(question)
    return match[1] if match else None
