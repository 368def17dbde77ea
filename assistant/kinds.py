"""What a question wants to know, read from the words that ask."""

from __future__ import annotations

import re

from assistant.types import Kind

# In order: the first that matches decides.
_ASKED = (
    (
        Kind.WHY,
        r"為[什甚]麼|(?<!論)為何(?![？?]?$)|何以|原因|緣故|\bwhy\b|\bwhat kept\b|\breasons?\b|\bhow come\b",
    ),
    (
        Kind.COMPARISON,
        r"比較|不同(?!意)|差別|差異|差在|相比|區別|\bdiffer|\bcompar|\bversus\b",
    ),
    (
        Kind.OTHER,
        r"^how (?!many|much|long|soon|often)|如何|怎麼(?!決定)|怎樣(?!的)|[什甚]麼方式",
    ),
    (
        Kind.ECONOMIES,
        r"哪(些|[幾一二三四五]?個)?(會員)?(經濟體|國家|會員體?|國(?!際))|哪些國家?(?!際)|"
        r"會員體?[有是]誰|經濟體[有是]誰"
        r"|\b(which|what) (\w+ )?(member )?(econom(y|ies)|countr(y|ies)|members?)\b",
    ),
    (
        Kind.ORGANISATIONS,
        r"哪(些|家|[幾一二三四五]?個|[幾一二三四五]家)?(國際)?(組織|機關|機構|單位|公司|業者|廠商|企業|部會|團體|委員會|小組)"
        r"|由哪些|\b(which|what|whose) (\w+ )?(bod(y|ies)|organi[sz]ations?|compan(y|ies)|agenc(y|ies)|groups?|"
        r"committees?|ministr(y|ies)|firms?)\b|\bwho will \w+ \w+ work with\b",
    ),
    (
        Kind.WHERE,
        r"哪(裡|裏|兒|個?(城市|場地|地方|地點|飯店|港口|會場))|何地|何處|在哪|地點"
        r"|\bwhere\b|\b(which|what) (city|cities|town|venue|place|hotel|port)\b",
    ),
    (
        Kind.WHEN,
        r"何時|[什甚]麼時候|哪一?[年月天日]|幾[年月](?!來|內)|多久|期限|自何|何年|何月|何日"
        r"|\bwhen\b|\b(what|which) (date|year|day|month)\b|\bsince when\b|\bhow (long|soon)\b|\bby when\b",
    ),
    (
        Kind.NUMBER,
        r"多少|幾(?!乎)|比例|比率|百分之|\bhow (many|much|often)\b"
        r"|\bwhat (share|percentage|number|proportion|amount)\b",
    ),
    (
        Kind.PERSON,
        r"誰|哪(一)?位|何人|\bwho(m|se)?\b|\bwhich (\w+ )?(delegates?|persons?|officials?|people)\b",
    ),
    (
        Kind.DEFINITION,
        r"^[^的]{1,14}是[什甚]麼(樣的?)?(意思|組織|計畫|東西|機制|制度|系統)?[？?。 ]*$|^[^的]{1,14}是[什甚]麼[，,？?]|"
        r"[什甚]麼是|是怎樣的|"
        r"意思|指的?是|代表[什甚]麼|全[名稱]|縮寫"
        r"|\bstands? for\b|\bmeant by\b|\bmeans?\b|\bdefinition\b"
        r"|^what(’s|'s| is| are)( the| an?)? [\w\s/-]{2,40}\??$|^what is the [\w\s]+ that\b",
    ),
    (
        Kind.YES_NO,
        r"嗎[？?。 ]*$|有沒有|有無|是否|是不是|同不同意|要不要|能不能|可不可以|會不會"
        r"|^(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b",
    ),
    (
        Kind.FOLLOW_UP,
        r"後續|待辦|接下來|追蹤|承諾|回來(之)?後|要做(哪些|什麼)|打算|\bfollow[- ]?up|\bpromise|\bnext steps?\b"
        r"|\bto do\b|\bwant(s|ed)? done\b",
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
_PATTERNS = tuple((kind, re.compile(asked, re.IGNORECASE)) for kind, asked in _ASKED)


def kind_of(question: str) -> Kind:
    """Give the kind of a question, in Traditional Chinese or English."""
    return next((kind for kind, asked in _PATTERNS if asked.search(question)), Kind.OTHER)
