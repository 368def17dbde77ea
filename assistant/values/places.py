"""Places: what stands where a sentence says that something is held, and economies."""

from __future__ import annotations

import re

from assistant.values.candidate import Candidate
from assistant.values.economies import find_economies

_HELD = re.compile(
    r"(?:在|於|假|赴|至|地點為|會場為|前往|地點[:：])\s*(?P<place>[^，。；、（）()「」\d]{2,14}?)"
    r"\s*(?:[(（][^)）]*[)）])?\s*(?=舉行|召開|舉辦|辦理|合辦|設置|建置|出席|參加|，|。|；|、|和|及|與|$)"
)
_AND = re.compile(r"(?<=[\u4e00-\u9fff])(?:和|及|與|、)(?=[\u4e00-\u9fff])")
_VENUE = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:飯店|中心|市|島|自由港區|省[\u4e00-\u9fff]{2,3}市)|Shangri-[Ll]a Hotel"
)
_CITIES = re.compile(
    "舊金山|北京|上海|深圳|寧波|青島|台北|臺北|清邁|曼谷|吉隆坡|克拉克|長灘島|宿霧|新加坡|華盛頓|霍爾果斯|"
    "利馬|釜山|首爾|東京|莫斯科|雅加達|雪梨|坎培拉|惠靈頓|香港|聖地牙哥"
)
_NO_PLACE = re.compile(
    r"出席|參加|與會|代表|人員|會議|議程|計畫|期間|[年月日]|架構|方式|視訊|議題|此|其|該|本次|場合|之前|以前|目前|報告|紀錄"
)


def find_places(text: str) -> tuple[Candidate, ...]:
    """Give the places that a text names, in reading order, the more exact ones kept."""
    found: list[Candidate] = []

    def add(start: int, end: int) -> None:
        name = text[start:end].strip()
        if (
            name
            and not _NO_PLACE.search(name)
            and not any(start < c.end and c.start < end for c in found)
        ):
            found.append(Candidate(name, start, end, name, name))

    for match in _HELD.finditer(text):
        at = match.start("place")
        for part in _AND.split(match["place"]):
            start = text.index(part, at)
            add(start, start + len(part))
            at = start + len(part)
    for pattern in (_VENUE, _CITIES):
        for match in pattern.finditer(text):
            add(match.start(), match.end())
    economies = [
        c
        for c in find_economies(text)
        if not any(c.start < other.end and other.start < c.end for other in found)
    ]
    return tuple(sorted([*found, *economies], key=lambda candidate: candidate.start))
