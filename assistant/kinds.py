"""What a question wants to know, read from the words that ask."""

from __future__ import annotations

import re

from assistant.asking import askings
from assistant.types import Kind

# What a question is, whatever else it asks; the first that matches decides.
_BEFORE_VALUES = (
    (
        Kind.WHY,
        r"為[什甚]麼|(?<!論)為何(?![？?]?$)|何以|原因|緣故|\bwhy\b|\bwhat kept\b|\breasons?\b|\bhow come\b",
    ),
    (
        Kind.COMPARISON,
        r"比較|不同(?!意)|差別|差異|差在|相比|區別|\bdiffer|\bcompar|\bversus\b",
    ),
    (
        Kind.YES_NO,
        r"嗎[？?。 ]*$|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"
        r"|(?P<verb>[\u4e00-\u9fff])[不沒](?P=verb)|了沒有?[？?。 ]*$",
    ),
    (
        Kind.OTHER,
        r"^how (?!many|much|long|soon|often|far|big|large|high)|如何|怎麼(?!決定)|怎樣(?!的)|[什甚]麼方式",
    ),
)
# And what it is where no word asks for a value.
_AFTER_VALUES = (
    (Kind.WHEN, r"(?<!有效)期限(?!幾|多)|截止"),
    (
        Kind.PERSON,
        r"[三兩二四]位[？?]|姓名"
        r"|(?:[人位員長他她]|秘書|主席|代表|大使|參贊|經理|教授|專家)[^，。？?]{0,4}[什甚]麼名字",
    ),
    (Kind.WHERE, r"地點"),
    (Kind.NUMBER, r"比例|比率"),
    (
        Kind.DEFINITION,
        r"^[^的]{1,14}是[什甚]麼(?:樣的?)?(?:意思|組織|計畫|東西|機制|制度|系統)?[？?。 ]*$"
        r"|^[^的]{1,14}是[什甚]麼[，,？?]"
        r"|[A-Za-z0-9] ?(?:是|指)[什甚]麼(?:意思|組織|計畫|東西|機制|制度|系統)?[？?。 ]*$|"
        r"[什甚]麼是|[什甚]麼叫|是怎樣的|[什甚]麼名字|"
        r"意思|指的?是|代表[什甚]麼|全[名稱]|縮寫|簡稱"
        r"|\bstands? for\b|\bshort for\b|\bmeant by\b|\bmeans?\b|\bdefinition\b"
        r"|^what(?:’s|'s| is| are)(?: the| an?)? [\w\s/-]{2,40}\??$|^what is the [\w\s]+ that\b",
    ),
    (Kind.YES_NO, r"是否|有無|要不要"),
    (
        Kind.FOLLOW_UP,
        r"後續|待辦|接下來|追蹤|承諾|答應|允諾|回來(?:之)?後|要做(?:哪些|什麼)|打算"
        r"|\bfollow[- ]?up|\bpromise|\bnext steps?\b|\bcommit(?:ted|ments?)?\b|\bpledged?\b|\bundert(?:ake|aken|ook)\b"
        r"|\bto do\b|\bwant(?:s|ed)? done\b",
    ),
    (
        Kind.OPINION,
        r"心得|建議|作者|看法|認為|感想|覺得|評價|\bopinion|\bauthors?\b|\brecommend|\bsuggest|\bviews?\b|\bthink\b",
    ),
    (
        Kind.DECISION,
        r"決議|決定|結論|通過|過關|裁示|\bdecid|\bdecision|\bconclu|\boutcome|\bsettle|\bagreed?\b",
    ),
)


def kind_of(question: str) -> Kind:
    """Give the kind of a question, in Traditional Chinese or English."""
    first = _first(_BEFORE_VALUES, question)
    if first is not None:
        return first
    asked = askings(question)
    return asked[0].kind if asked else _first(_AFTER_VALUES, question) or Kind.OTHER


def _first(table: tuple[tuple[Kind, str], ...], question: str) -> Kind | None:
    return next((kind for kind, asked in table if re.search(asked, question, re.IGNORECASE)), None)
