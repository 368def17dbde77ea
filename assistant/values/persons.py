"""Persons, with the office that the text gives them."""

from __future__ import annotations

import re

from assistant.values.candidate import Candidate
from corpus.gazetteer import economies_in

_OFFICES = (
    "副司長|司長|副局長|局長|副處長|處長|副署長|署長|副部長|部長|副組長|組長|副主委|主委|股長|科長|課長|副隊長|隊長|"
    "專門委員|參贊官|參贊|副領事|領事|大使|公使|一等秘書|二等秘書|三等秘書|副秘書長|秘書長|秘書|書記|專員|辦事員|稽核|"
    "技正|技士|科員|關務員|分析師|研究員|副教授|教授|執行長|董事長|副總裁|總裁|副總經理|總經理|經理|副主席|主席|副召集人|召集人|"
    "副主任|主任|專家|檢察官|警官|律師|博士|顧問|代表|官員|主持人|先生|女士"
)
# Of one surname and such an office the name may follow: 劉副組長麗霞.
_SURNAMES = (
    "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許韓馮鄧曹彭曾蕭田董袁潘于蔣蔡余杜葉程蘇魏呂丁任"
    "沈姚盧姜崔鍾譚陸汪范金石廖賈夏韋付方白鄒孟熊秦邱江尹薛閻段雷侯龍史陶黎賀顧毛郝龔邵萬錢嚴覃武戴莫孔"
    "向湯柯傅顏戰游詹施連溫賴洪簡莊阮童歐翁"
)
_HAN = "\u4e00-\u9fff"
_SIDES = "我澳美日俄韓中泰印馬紐加越菲星港雙各對主汶該"
_TAKES = "擔出接新現上連兼歷升就調委聘續轉選原前首歷"
_TITLE = r"(?:Mr|Ms|Mrs|Miss|Dr|Prof|Amb)\b\.? ?"
_WORD = r"[A-Z][A-Za-z’'-]*[a-z][A-Za-z’'-]*|[A-Z]{2,}"
_LATIN = re.compile(
    rf"(?P<title>{_TITLE})?(?P<name>(?:{_WORD})(?: (?:[A-Z]\.|{_WORD}|van|Van|von|de|del|bin|binti|al|la)){{0,3}})"
)
# What stands before or behind a Latin name that is a person's.
_CUE_BEFORE = re.compile(rf"(?:{_OFFICES}|秘書處|人員)\s*(?:[（(][^（）()]{{0,60}}[)）])?\s*$")
_CUE_BEHIND = re.compile(rf"\s*(?:{_OFFICES}|[（(][^（）()]{{0,24}}?(?:{_OFFICES})\s*[)）,，])")
_JOINED = re.compile(r"^\s?(?:[（(][^（）()]{0,40}[)）])?\s?(?:、|及|與|和|以及|,|，以及|或)\s?$")
_OFFICE_BEHIND = re.compile(
    rf"\s*(?:[（(][^（）()]{{0,24}}?(?=(?:{_OFFICES})\s*[)）,，]))?(?P<office>(?:{_OFFICES}))"
)
_OFFICE_BEFORE = re.compile(rf"(?P<office>[{_HAN}]{{0,24}}?(?:{_OFFICES}))\s*$")
_LEAD = re.compile(
    r".*(?:由|係|為|是|請|及|與|和|向|對|的|之|兼|在|於|邀|時|參加|出席|拜會|會見|陪同|感謝|介紹|現任)"
    r"(?=[\u4e00-\u9fff]{3})"
)
_OF_BODIES = re.compile(
    r"\b(?:Group|Committee|Department|Ministry|Program(?:me)?|Business|Working|Economics?|Cooperation|"
    r"Asia|Pacific|Task|Taskforce|Force|Foundation|Services?|Cards?|Policy|Support|Unit|Office|Council|"
    r"Meetings?|Plan|Travel|Organi[sz]ation|Association|Management|Logistics|Cent(?:er|re)|Trade|Green|"
    r"Systems?|Agreements?|Initiatives?|Guides?|Best|Region|Secretariat|Projects?|Training|Agency|Security|"
    r"Open|Shared|Growth|Controls?|Customs|International|Resort|Border|Mobile|App|Teams|Hotel|Workshop|"
    r"Report|Framework|Terms|Chair|Container|Passport|Checking|Air|Transport(?:ation)?|Health|World|"
    r"Digital|Road|Guidelines|Vision|Goals|Leaders|Ministers|Economy|Economies|University|Institute|"
    r"Company|Corporation|Limited|Ltd|Inc|Airlines?|Street|Room|Session|Agenda|Item|Day|Data|Action)\b"
)
_NO_GIVEN = "[屆此本次該之的及與和等在為由於向對並也兼至任代表團員會議國方說於將已應]"
# 傅隊長詢問 says what he did, 劉副組長麗霞 who she is.
_DOES = (
    "詢問|表示|說明|指出|報告|致詞|致辭|建議|參加|出席|主持|強調|回應|提出|介紹|發言|感謝|率團|代表|協助|陪同|負責|擔任|全程|應邀|"
    "前往|隨後|帶隊|亦表|另表|答復|回答|簡報|分享|提醒|認為|希望|期盼|率領|進行|一行|以及|等人|等三|等二|行前|會前|會後|因|亦|並|另|則|將|已|於|原|曾"
)
_CHINESE = re.compile(
    rf"(?P<sur>[{_SURNAMES}])(?P<between>{_OFFICES})(?!{_DOES})(?P<given>(?:(?!{_NO_GIVEN})[{_HAN}]){{2}})"
    rf"|(?P<full>[{_SURNAMES}](?:(?!{_NO_GIVEN})[{_HAN}]){{1,2}})(?P<office>{_OFFICES})"
    rf"|(?P<only>(?<![{_HAN}])[{_SURNAMES}]|(?<=[署局部處司會組院室隊])[{_SURNAMES}])(?P<rank>{_OFFICES})"
    rf"|(?P<lead>{_OFFICES})[ \u3000\t]?(?P<behind>[{_SURNAMES}](?:(?!{_NO_GIVEN})[{_HAN}]){{2}})"
    r"(?=[，。、；（(）)與及和等\s]|$)"
    rf"|(?<![{_HAN}])(?P<bare>[{_SURNAMES}][{_HAN}]{{2}})(?=[，,]?(?:現任|擔任|任)[{_HAN}]{{2,20}}?(?P<held>{_OFFICES}))"
)


def find_persons(text: str) -> tuple[Candidate, ...]:
    """Give the persons that a text names, in reading order."""
    found = [*_latin(text), *_chinese(text)]
    return tuple(sorted(found, key=lambda candidate: candidate.start))


def _latin(text: str) -> list[Candidate]:
    found: list[Candidate] = []
    for match in _LATIN.finditer(text):
        name = match["name"]
        words = name.split()
        if _OF_BODIES.search(name) or (len(words) == 1 and not match["title"]):
            continue
        before, behind = text[max(0, match.start() - 30) : match.start()], text[match.end() :]
        joined = bool(found) and bool(_JOINED.match(text[found[-1].end : match.start()]))
        cued = (
            match["title"]
            or joined
            or _CUE_BEFORE.search(before)
            or _CUE_BEHIND.match(behind)
            or _of_economy(before)
        )
        if not cued or (not match["title"] and all(word.isupper() for word in words)):
            continue
        printed = match[0].strip()
        office = _office(before, behind, joined=joined)
        shown = f"{printed}（{office}）" if office else printed
        held = _OFFICE_BEHIND.match(text, match.end())
        end = held.end() if held else match.end()
        found.append(Candidate(name.casefold(), match.start(), end, shown, shown))
    return found


def _of_economy(before: str) -> bool:
    """Tell whether an economy stands just before, as 澳洲 before a name."""
    bare = before.rstrip()
    return any(mention.end == len(bare) for mention in economies_in(bare))


def _office(before: str, behind: str, *, joined: bool) -> str | None:
    if match := _OFFICE_BEHIND.match(behind):
        return match["office"]
    if joined:
        return None
    run = re.search(rf"[{_HAN}]+\s*$", before)
    if run and (match := _OFFICE_BEFORE.search(run[0])):
        return _LEAD.sub("", match["office"])
    return None


def _chinese(text: str) -> list[Candidate]:
    found = []
    for match in _CHINESE.finditer(text):
        if match["sur"]:
            name, office = match["sur"] + match["given"], match["between"]
        elif match["full"]:
            name, office = match["full"], match["office"]
        elif match["only"]:
            name, office = match["only"], match["rank"]
        elif match["bare"]:
            name, office = match["bare"], match["held"]
        else:
            name, office = match["behind"], match["lead"]
        # 澳方代表 is no person of the name 方, 擔任下屆主席 none of the name 任.
        joins = {"方": _SIDES, "任": _TAKES}.get(name[0], "")
        if joins and text[max(0, match.start() - 1) : match.start()] in tuple(joins):
            continue
        printed = f"{name}{office}"
        found.append(Candidate(name, match.start(), match.end(), printed, printed))
    # 王分析師 is the 王崇道 that the text names in full.
    full = {c.key[0] for c in found if len(c.key) > 1}
    return [c for c in found if len(c.key) > 1 or c.key not in full]
