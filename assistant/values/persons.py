"""Persons, with the office that the text gives them."""

from __future__ import annotations

import re

from assistant.values.candidate import Candidate

_OFFICES = (
    "副司長|司長|副局長|局長|副處長|處長|副署長|署長|副部長|部長|副組長|組長|股長|科長|隊長|專門委員|"
    "參贊官|參贊|大使|公使|一等秘書|二等秘書|三等秘書|秘書|書記|專員|辦事員|分析師|研究員|主任|副主任|"
    "執行長|總經理|經理|專家|主席|召集人|代表|官員|主持人|先生|女士"
)
_SURNAMES = (
    "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許韓馮鄧曹彭曾蕭田董袁潘于蔣蔡余杜葉程蘇魏呂丁任"
    "沈姚盧姜崔鍾譚陸汪范金石廖賈夏韋付方白鄒孟熊秦邱江尹薛閻段雷侯龍史陶黎賀顧毛郝龔邵萬錢嚴覃武戴莫孔"
    "向湯柯傅顏戰游詹施連溫賴洪簡莊阮童歐翁"
)
_TITLED = re.compile(r"^(?:Mr|Ms|Mrs|Dr|Prof)\.? ?")
_LATIN = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr|Prof)\.? ?)?[A-Z][a-z’'-]+(?: (?:[A-Z]\.|[A-Z][a-zA-Z’'-]+|van|de|bin)){1,3}"
)
_LATIN_CUE = re.compile(rf"(?:{_OFFICES}|秘書處|人員|及|與|和|、|由|[(（：:])\s*$")
_LATIN_OFFICE = re.compile(rf"^\s*(?:{_OFFICES}|[(（][^)）]{{0,12}}[)）])")
_OF_BODIES = re.compile(
    r"\b(?:Group|Committee|Department|Ministry|Program(?:me)?|Business|Working|Economic|Cooperation|"
    r"Asia|Pacific|Task|Taskforce|Force|Foundation|Service|Card|Policy|Support|Unit|Office|Council|"
    r"Meeting|Plan|Travel|Organi[sz]ation|Association|Management|Logistics|Center|Centre|Trade|Green|"
    r"System|Agreement|Initiative|Guide|Best|Region|Secretariat|Project|Training|Agency|Security|"
    r"Open|Shared|Growth|Control|Customs|International|Resort|Celadon|Border|Mobile|App|Teams)\b"
)
_NO_GIVEN = "[之的及與和等在為由於向對並也兼至任代表團員會議國方]"
_CHINESE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<a>[{_SURNAMES}](?:{_OFFICES})(?P<given>(?:(?!{_NO_GIVEN})[\u4e00-\u9fff]){{2}}))"
    rf"|(?P<b>[{_SURNAMES}](?:(?!{_NO_GIVEN})[\u4e00-\u9fff]){{1,2}})(?P<office>{_OFFICES})"
)


def find_persons(text: str) -> tuple[Candidate, ...]:
    """Give the persons that a text names, in reading order."""
    found = [*_latin(text), *_chinese(text)]
    return tuple(sorted(found, key=lambda candidate: candidate.start))


def _latin(text: str) -> list[Candidate]:
    found = []
    for match in _LATIN.finditer(text):
        name = _TITLED.sub("", match[0], count=1)
        before, behind = text[max(0, match.start() - 12) : match.start()], text[match.end() :]
        cued = _TITLED.match(match[0]) or _LATIN_CUE.search(before) or _LATIN_OFFICE.match(behind)
        if " " not in name or not cued or _OF_BODIES.search(name):
            continue
        found.append(Candidate(name.casefold(), match.start(), match.end(), match[0], match[0]))
    return found


def _chinese(text: str) -> list[Candidate]:
    found = []
    for match in _CHINESE.finditer(text):
        key = match["a"][0] + match["given"] if match["a"] else match["b"]
        found.append(Candidate(key, match.start(), match.end(), match[0], match[0]))
    return found
