"""Places: what stands where a sentence says that something is or is held; cities; economies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.values.candidate import Candidate
from assistant.values.countries import find_cities
from assistant.values.economies import find_economies

_NAME = r"(?P<place>[A-Za-z\u4e00-\u9fff][^，。；、（()）「」：:\n\t]{1,18}?)"
_GLOSS = r"\s?(?:[(（][^)）]{1,60}[)）]\s?)?"
_AT = re.compile(
    rf"(?:在|於|假|赴|至|位於|地點(?:為|在|是|改為|：)|會場(?:為|在|設於)|前往|設於|設在|移至|刊[登載]於|公布於|上傳至|發布於)\s*{_NAME}{_GLOSS}"
    r"(?=舉行|召開|舉辦|辦理|合辦|設[置立有]|建置|出席|參加|進行|詳查|檢查|查驗|網站|，|。|；|、|及|與|和(?!平)|$|的)"
)
# A name of a site that ends as sites do.
_VENUE = re.compile(
    r"(?:[A-Z]{2,} )?[\u4e00-\u9fff]{2,12}?(?:飯店|酒店|會議中心|會展中心|中心|自由港區|自由貿易港|"
    r"航空站|機場|港區|碼頭|集散站|拆檢區|口岸|大樓|宴會廳|會議室|池畔|網站|海域|官網)"
    r"|(?:[A-Z][\w’'-]+ )+(?:Hotel|Resort|Cent(?:re|er)|Airport|Port|Ballroom|Hall|Pavilion)"
)
_LATIN_SITE = re.compile(
    r"(?<=[之的於在])\s?(?P<place>[A-Z][A-Za-z’'-]+(?: [A-Z][A-Za-z’'-]+){0,3})(?=[，。；、）)]|$)"
)
_AREA = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:海|灣|海峽|群島)(?=區域|海域|等|、|，|。|及|與)")
_LEAD = re.compile(
    r".*(?:在|於|至|為|赴|假|往|是|將|以(?!色)|和(?!平)|及|與|由(?!貿|港)|的|之|經(?!濟|貿)|該|則|介紹|強調|提醒|設立|建置|移至|載明|所載|設)(?=[\u4e00-\u9fffA-Z]{2})"
)
_NO_PLACE = re.compile(
    r"出席|參加|與會|代表|人員|會議(?!中心|室)|議程|計畫|期間|[年月日]|架構|方式|視訊|議題|^此|^其|^該|本次|場合|之前|以前|目前|報告|紀錄|"
    r"情形|過程|層面|方面|階段|基礎|法規|^[會前後上下中內外]+$|未來|現場|同意|研議|進一步|持續|各國|全球|國際$|區域$|經濟體|會員|措施|合作|^我|檢討|"
    r"組織|世界|原則|安全|旅行|推動|建立|促進|提升|強化|了解|瞭解|通知|提供|希望|如何|是否"
)


def find_places(text: str) -> tuple[Candidate, ...]:
    """Give the places that a text names, in reading order, the more exact ones kept."""
    found: list[Candidate] = []
    for candidate in (*_sites(text), *find_cities(text), *find_economies(text)):
        if not any(candidate.start < c.end and c.start < candidate.end for c in found):
            found.append(candidate)
    return tuple(sorted(found, key=lambda candidate: candidate.start))


def _sites(text: str) -> Iterator[Candidate]:
    for pattern in (_VENUE, _AT, _LATIN_SITE, _AREA):
        for match in pattern.finditer(text):
            group = "place" if "place" in pattern.groupindex else 0
            start, end = match.start(group), match.end(group)
            lead = _LEAD.match(text, start, end)
            if lead is not None and lead.end() < end - 1:
                start = lead.end()
            name = text[start:end].strip()
            bare = find_economies(name) or [*find_cities(name)]
            # 泰國清邁 is a city with its economy, which the gazetteer names better.
            if (
                len(name) < 2
                or _NO_PLACE.search(name)
                or any(len(c.zh) >= len(name) - 2 for c in bare)
            ):
                continue
            yield Candidate(name, start, end, name, name)
