"""What a question wants to know, read from the words that ask."""

from __future__ import annotations

import re

from assistant.types import Kind

# What 哪些 or "which" stands before tells what is asked for.
_ECONOMIES_ZH = "經濟體|國家|國(?!際)|會員體?(?!國)|成員體?(?!國)|會員國|成員國"
_BODIES_ZH = (
    "(?:國際|政府|私人|民間|主管|執法|工作|觀光|關務|產業|相關|外部|聯合國|民營)*"
    "(?:組織|機關|機構|單位|公司|業者|廠商|企業|部會|部門|團體|委員會|小組|協會|航商|銀行|大學|工會|公會)"
)
_PLACES_ZH = (
    "裡|裏|兒|城市|城|地方|地點|飯店|旅館|港口?|口岸|機場|會場|場地|場所|角落|海域|水域|"
    "網站|網頁|省份?|州|洲|大樓|會議室"
)
_DAYS_ZH = "年|月|天|日|季|週|星期|時段|時期|期間"
_COUNT_ZH = "(?:些|幾|[一二兩三四五六七八九十]+|\\d+)?(?:個|家|座|處|間|大)?"
# Between "which" and its noun stand words that describe it, no verb.
_NO_VERB = r"(?!(?:of|the|do|does|did|is|was|are|were|has|have|had|will|would|kind|sort)\b)"
_WHICH_EN = rf"\b(?:which|what|whose)(?: {_NO_VERB}[\w’'-]+){{0,3}}? "
_ECONOMIES_EN = (
    r"(?:econom(?:y|ies)|countr(?:y|ies)|members?(?! of)|governments?|(?<!united )nations?)"
)
_BODIES_EN = (
    r"(?:bod(?:y|ies)|organi[sz]ations?|compan(?:y|ies)|agenc(?:y|ies)|groups?|committees?|ministr(?:y|ies)"
    r"|firms?|airlines?|operators?|business(?:es)?|offices?|institutions?|associations?|departments?|units?|carriers?|authorit(?:y|ies))"
)
_PLACES_EN = (
    r"(?:city|cities|towns?|venues?|places?|hotels?|(?:air)?ports?|websites?|site|locations?"
    r"|sea|waters|rooms?)"
)
_DAYS_EN = r"(?:dates?|years?|days?|months?|deadlines?|period)"
_PERSONS_EN = (
    r"(?:delegates?|persons?|officials?|people|officers?|experts?|speakers?|ambassadors?|directors?|chair"
    r"(?:man|woman|person)?s?|ministers?|representatives?|managers?|colleagues?|diplomats?|analysts?|researchers?|secretar(?:y|ies)|professors?)"
)

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
        Kind.YES_NO,
        r"嗎[？?。 ]*$|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"
        r"|(?P<verb>[\u4e00-\u9fff])[不沒](?P=verb)|了沒有?[？?。 ]*$",
    ),
    (
        Kind.OTHER,
        r"^how (?!many|much|long|soon|often|far|big|large|high)|如何|怎麼(?!決定)|怎樣(?!的)|[什甚]麼方式",
    ),
    (
        Kind.WHEN,
        rf"何時|[什甚]麼時[候間]|哪{_COUNT_ZH}(?:{_DAYS_ZH})|幾[月號日]|(?:民國|西元)幾年|幾年幾月|(?<!有效)期限(?!幾|多)"
        rf"|截止|自何|何年|何月|何日|^(?:and |but |so )?when\b"
        r"|(?:,| (?:since|by|until|from|to)) when\b|^(?:since|by|until|from) when\b"
        rf"|{_WHICH_EN}{_DAYS_EN}\b|\bhow soon\b|\bwhat (?:is|was) the deadline\b",
    ),
    (
        Kind.ECONOMIES,
        rf"哪{_COUNT_ZH}(?:會員)?(?:{_ECONOMIES_ZH})|(?:會員體?|經濟體|國家?)[有是]誰"
        rf"|{_WHICH_EN}{_ECONOMIES_EN}\b",
    ),
    (
        Kind.PERSON,
        rf"哪{_COUNT_ZH}(?:位|人|名|代表|官員|專家|同仁)|[幾三兩二四]位(?:是誰)?[？?]|[什甚]麼名字|名字是|姓名"
        rf"|{_WHICH_EN}{_PERSONS_EN}\b|\bwhat (?:is|was) the name of the {_PERSONS_EN}",
    ),
    (
        Kind.ORGANISATIONS,
        rf"哪{_COUNT_ZH}[^，。？?有是在人]{{0,4}}?{_BODIES_ZH}|由哪些(?!人)"
        rf"|{_WHICH_EN}{_BODIES_EN}\b|\bwho will \w+ \w+ work with\b",
    ),
    (
        Kind.WHERE,
        rf"哪{_COUNT_ZH}[^，。？?有是]{{0,4}}?(?:{_PLACES_ZH})|何地|何處|在哪|地點|\bwhere\b|{_WHICH_EN}{_PLACES_EN}\b",
    ),
    (
        Kind.NUMBER,
        r"多少|幾(?!乎)|多[久長大高]|比例|比率|百分之|\bhow (?:many|much|often|long|far|big|large|high)\b"
        r"|\bwhat (?:share|percentage|number|proportion|amount|total|rate|fraction|figure)\b",
    ),
    (
        Kind.PERSON,
        r"誰|何人|\bwho(?:m|se)?\b",
    ),
    (
        Kind.DEFINITION,
        r"^[^的]{1,14}是[什甚]麼(?:樣的?)?(?:意思|組織|計畫|東西|機制|制度|系統)?[？?。 ]*$"
        r"|^[^的]{1,14}是[什甚]麼[，,？?]"
        r"|[A-Za-z0-9] ?(?:是|指)[什甚]麼(?:意思|組織|計畫|東西|機制|制度|系統)?[？?。 ]*$|"
        r"[什甚]麼是|[什甚]麼叫|是怎樣的|"
        r"意思|指的?是|代表[什甚]麼|全[名稱]|縮寫|簡稱"
        r"|\bstands? for\b|\bshort for\b|\bmeant by\b|\bmeans?\b|\bdefinition\b"
        r"|^what(?:’s|'s| is| are)(?: the| an?)? [\w\s/-]{2,40}\??$|^what is the [\w\s]+ that\b",
    ),
    (
        Kind.YES_NO,
        r"是否|有無|要不要",
    ),
    (
        Kind.FOLLOW_UP,
        r"後續|待辦|接下來|追蹤|承諾|回來(?:之)?後|要做(?:哪些|什麼)|打算|\bfollow[- ]?up|\bpromise|\bnext steps?\b"
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
_PATTERNS = tuple((kind, re.compile(asked, re.IGNORECASE)) for kind, asked in _ASKED)


def kind_of(question: str) -> Kind:
    """Give the kind of a question, in Traditional Chinese or English."""
    return next((kind for kind, asked in _PATTERNS if asked.search(question)), Kind.OTHER)
