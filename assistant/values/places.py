"""Places: what stands where a sentence says that something is or is held; cities; economies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.values.candidate import Candidate
from assistant.values.countries import find_cities
from assistant.values.economies import find_economies
from index.text import has_han

_NAME = r"(?P<place>[A-Za-z\u4e00-\u9fff][^，。；、（()）「」：:\n\t]{1,18}?)"
_GLOSS = r"\s?(?:[(（][^)）]{1,60}[)）]\s?)?"
_AT = re.compile(
    rf"(?:在|於|假|赴|至|位於|地點(?:為|在|是|改為|：)|會場(?:為|在|設於)|前往|設於|設在|移至|刊[登載]於|公布於|上傳至|發布於)\s*{_NAME}{_GLOSS}"
    r"(?=舉行|召開|舉辦|辦理|合辦|設[置立有]|建置|出席|參加|進行|詳查|檢查|查驗|網站|，|。|；|、|及|與|和(?!平)|$|的)"
)
# What is held there, or how the name ends, tells that a name is a place's.
_HELD = re.compile(
    r"\s?(?:[(（][^)）]{1,60}[)）]\s?)?(?:舉行|召開|舉辦|辦理|合辦|設[置立有]|建置|詳查|檢查|查驗|網站)"
)
_ENDS = re.compile(
    r"(?:[館廳室店港區站場樓廠園市省州島縣鎮村路街灣海池畔]|中心|口岸|專區|平[台臺]|官網|辦公室|[A-Za-z0-9])$"
)
_VISITED = re.compile(r"(?:參訪|參觀|造訪|訪視)[^「，。]{0,8}「(?P<place>[^」]{2,40})」")
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


# Words of a question that tell the sort of place, and how the names of that sort look.
_SORTS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(named, re.IGNORECASE))
    for asked, named in (
        (r"飯店|旅館|酒店|\bhotel", r"飯店|酒店|旅館|hotel|resort"),
        (r"港口?|碼頭|\bports?\b", r"港|碼頭|\bport\b"),
        (r"機場|\bairport", r"機場|航空站|airport"),
        (r"網站|網頁|\bwebsite|\bonline\b|\bpublish", r"網|web|site"),
        (r"海域|水域|\bseas?\b|\bwaters\b", r"海|灣|島|sea|gulf|waters"),
        (r"會議室|\brooms?\b|\bhalls?\b", r"室|廳|樓|room|hall"),
    )
)
_CITY_ASKED = re.compile(
    r"城市|哪[一二兩三四幾]?[個座]?城|\b(?:city|cities|towns?)\b", re.IGNORECASE
)
_IN = re.compile(r"(?:[在於赴至到往自從駐]|位於|、|及|與|\b(?:in|at|to|from))\s?$")
_SITE_ASKED = re.compile(
    r"地方|地點|場[地所]|會場|角落|\b(?:venues?|places?|sites?|location)\b", re.IGNORECASE
)


def suits_place(question: str, text: str, candidate: Candidate) -> float:
    """Tell from -1 to 1 whether a place is of the sort that a question names: cities, hotels."""
    name = f"{candidate.zh} {candidate.en}"
    for asked, named in _SORTS:
        if asked.search(question):
            return 1.0 if named.search(name) else -0.5
    if _CITY_ASKED.search(question):
        return 1.0 if any(c.key == candidate.key for c in find_cities(name)) else -1.0
    if not any(c.key == candidate.key for c in find_economies(name)):
        return 0.0
    # An economy is a place where something is in it, else rather who acts.
    inside = _IN.search(text, 0, candidate.start) or text[candidate.end : candidate.end + 1] == "境"
    return -0.5 if _SITE_ASKED.search(question) or not inside else 0.0


def is_asked_about(candidate: Candidate, question: str) -> bool:
    """Tell whether a question asks where a centre is, or where in it, and so is not answered by it.

    Which centre it is may be asked all the same.
    """
    kind = candidate.zh[-2:]
    if not has_han(kind) or kind not in question:
        return False
    return re.search(rf"哪[^，。？?]{{0,8}}{re.escape(kind)}", question) is None


def find_places(text: str) -> tuple[Candidate, ...]:
    """Give the places that a text names, in reading order, the more exact ones kept."""
    found: list[Candidate] = []
    for candidate in (*_sites(text), *_cities(text), *find_economies(text)):
        if not any(candidate.start < c.end and c.start < candidate.end for c in found):
            found.append(candidate)
    return tuple(sorted(found, key=lambda candidate: candidate.start))


def _cities(text: str) -> Iterator[Candidate]:
    """Give the cities, each with the economy that stands just before it: 泰國清邁."""
    economies = {economy.end: economy for economy in find_economies(text)}
    for city in find_cities(text):
        economy = economies.get(city.start)
        if economy is None or not has_han(city.zh):
            yield city
        else:
            yield replace(city, start=economy.start, zh=text[economy.start : city.end])


def _sites(text: str) -> Iterator[Candidate]:
    for pattern in (_VISITED, _VENUE, _AT, _LATIN_SITE, _AREA):
        for match in pattern.finditer(text):
            group = "place" if "place" in pattern.groupindex else 0
            start, end = match.start(group), match.end(group)
            lead = _LEAD.match(text, start, end)
            if lead is not None and lead.end() < end - 1:
                start = lead.end()
            name = text[start:end].strip()
            known = [*find_economies(name), *find_cities(name)]
            # 泰國清邁 is a city with its economy, which the gazetteer names better.
            rest = len(name) - sum(c.end - c.start for c in known)
            if len(name) < 2 or _NO_PLACE.search(name) or (known and rest <= 2):
                continue
            if pattern is _AT and not (_HELD.match(text, end) or _ENDS.search(name)):
                continue
            yield Candidate(name, start, end, name, name)
