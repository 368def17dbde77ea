"""The words of a question that ask for values: which, who, how many, and the noun behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.types import Kind

# Nouns by the kind of value that is asked for, as they stand behind 哪些 or before 是哪些.
_HEADS_ZH = MappingProxyType(
    {
        Kind.ECONOMIES: (
            "經濟體|會員體|成員體|會員國?|成員國?|主辦國|國家|國(?![際內外產土防民境籍營])|代表團|"
            "方(?![面案式法向便針])"
        ),
        Kind.ORGANISATIONS: (
            "組織|機關|機構|單位|公司|業者|廠商|企業|部會|部門|團體|委員會|小組|協會|航商|銀行|大學|工會|公會|論壇"
        ),
        Kind.PERSON: (
            "位|人(?![工次權道才流潮類體])|名(?![詞稱單額])|代表|官員|專家|同仁|長官|講者|講員|講師|學者|主持人|"
            "主席|召集人|大使|參贊|領事|秘書|[司局處署部組股科課隊]長|主任|經理|執行長|總裁|教授|分析師|顧問"
        ),
        Kind.WHERE: (
            "城市|城|地方|地點|地區|飯店|旅館|港口|港(?![務貿澳區])|口岸|機場|會場|場地|場所|角落|海域|水域|網站|"
            "網頁|省份?|州|洲|島|大樓|會議室|宴會廳|縣市|景點"
        ),
        Kind.WHEN: "年|月|天|日(?!本)|號|季|週|星期|時候|時段|時期|期間",
    }
)
_HEADS_EN = MappingProxyType(
    {
        Kind.ECONOMIES: (
            "econom(?:y|ies)|countr(?:y|ies)|members?|governments?|nations?|delegations?|sides?"
        ),
        Kind.ORGANISATIONS: (
            "bod(?:y|ies)|organi[sz]ations?|compan(?:y|ies)|agenc(?:y|ies)|groups?|(?:sub-?)?committees?|"
            "ministr(?:y|ies)|firms?|airlines?|operators?|business(?:es)?|offices?|institut(?:ion|e)s?|"
            "associations?|departments?|units?|carriers?|authorit(?:y|ies)|outfits?|bureaus?|"
            "taskforces?|enterprises?|banks?|universit(?:y|ies)|for(?:um|a)"
        ),
        Kind.PERSON: (
            "delegates?|persons?|officials?|people|officers?|experts?|speakers?|ambassadors?|directors?|"
            "chair(?:man|men|woman|person)?s?|ministers?|representatives?|managers?|colleagues?|"
            "diplomats?|analysts?|researchers?|secretar(?:y|ies)|professors?|counsell?ors?|heads?|"
            "chiefs?|commissioners?|conven[eo]rs?|coordinators?|moderators?|panell?ists?|presidents?|"
            "deput(?:y|ies)|envoys?|attach[eé]s?|consuls?|spokes(?:man|woman|person)|specialists?"
        ),
        Kind.WHERE: (
            "cit(?:y|ies)|towns?|venues?|places?|hotels?|(?:air)?ports?|websites?|sites?|locations?|"
            "seas?|waters|rooms?|halls?|resorts?|buildings?|regions?|provinces?|islands?|zones?"
        ),
        Kind.WHEN: "dates?|years?|days?|months?|deadlines?|periods?|weeks?|quarters?",
        Kind.NUMBER: (
            "shares?|percentages?|numbers?|proportions?|portions?|amounts?|totals?|rates?|fractions?|"
            "figures?|sums?|costs?|budgets?|prices?|fees?|thresholds?|size|length|ratios?"
        ),
    }
)
_NUMERALS_ZH = "一二三四五六七八九十"
_NUMERALS_EN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMERAL_EN = rf"(?:{'|'.join(_NUMERALS_EN[1:])}|\d{{1,2}})"


def _one_of(heads: Mapping[Kind, str]) -> re.Pattern[str]:
    """Match any of the nouns, in a group named after its kind."""
    groups = "|".join(f"(?P<{kind.name}>{nouns})" for kind, nouns in heads.items())
    return re.compile(groups, re.IGNORECASE)


_HEAD_ZH = _one_of(_HEADS_ZH)
_HEAD_EN = _one_of(_HEADS_EN)
_WHICH_ZH = re.compile(
    rf"哪(?P<count>些|幾|[兩{_NUMERALS_ZH}]|\d+)?(?:個|家|座|處|間|大|所)?(?P<behind>[^，。？?！、；：]{{0,14}})"
)
# What describes a noun before it holds no verb, unless it ends with 的.
_DESCRIBES = re.compile(
    r"(?:[^有是在]{1,6}的)?[^的有是在來做說派想用把要得可被跟與和請種項類份件]{0,5}"
)
_BEFORE_IS = re.compile(r"(?P<noun>[\u4e00-\u9fff]{1,6})[，,]?(?:分別)?(?:[是有為指]|包括|包含)$")
_WORDS_EN = r"(?P<words>(?: [\w’'-]+){0,6})"
_WHICH_EN = re.compile(
    rf"\b(?:which|what)(?: of (?:the|our|those|these))?{_WORDS_EN}", re.IGNORECASE
)
_NAME_THEM = re.compile(
    rf"^(?:please )?(?:name|list|give(?: me)?|tell me)(?: (?:all|the|a|full|complete|list|names?|of)\b)*{_WORDS_EN}",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    rf"\bwhat(?:’s|'s| is| was| are| were| will be) the(?P<name> names? of(?: the)?)?{_WORDS_EN}",
    re.IGNORECASE,
)
_HOW_MANY_ZH = re.compile(
    r"(?:多少|幾)(?:個|家|座|處|間|大|所)?(?P<behind>[^，,。？?！、；：]{1,14})"
)
_HOW_MANY_EN = re.compile(rf"\bhow many{_WORDS_EN}", re.IGNORECASE)
# So many words may describe an English noun.
_DESCRIBED = 4
_NO_NOUN = frozenset(
    """
    the a an do does did is was are were has have had will would can could should may kind kinds
    sort sorts of in on at to for from by with that who which what and or
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
# Which five volunteered, which have: of the members, where no noun tells.
_OF_MEMBERS = re.compile(rf" (?:{_NUMERAL_EN}|are|were|have|do)\b", re.IGNORECASE)
# What is the … tells a kind by itself where the value is no name, which is rather defined.
_OF_NO_NAME = frozenset({Kind.NUMBER, Kind.WHEN, Kind.WHERE})

# Words that ask by themselves.
_BY_THEMSELVES = tuple(
    (kind, re.compile(asked, re.IGNORECASE))
    for kind, asked in (
        (
            Kind.WHEN,
            r"何時|[什甚]麼時[候間]|幾[月號日]|(?:民國|西元)幾年|自何|何年|何月|何日"
            r"|^(?:and |but |so )?when\b|(?:,| (?:since|by|until|from|to|and)) when\b"
            r"|^(?:since|by|until|from) when\b|\bhow soon\b",
        ),
        (Kind.ECONOMIES, r"(?:會員體?|經濟體|成員|國家?)[有是]誰|\bwhose\b"),
        (Kind.PERSON, r"誰|何人|\b(?-i:[Ww]hom?)\b"),
        (Kind.WHERE, r"何地|何處|哪[裡裏兒邊]|在哪(?=[？?]?$)|\bwhere\b"),
        (
            Kind.NUMBER,
            r"多少|(?<![這那近好頭十哪])(?<![前後](?=幾[次屆]))幾(?!乎|年來|[月號日])|多[久長大高]|百分之"
            r"|\bhow (?:many|much|often|long|far|big|large|high)\b|^(?:the )?total\b"
            r"|\bwhat (?:does|did|do|has|have|will) [^?]{1,60} cost\b",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Asking:
    """``question[start:end]`` asks for values of a kind."""

    start: int
    end: int
    kind: Kind
    several: bool = False
    """Whether it asks for more than one."""
    count: int | None = None
    """How many it asks for, where it tells."""


def askings(question: str) -> tuple[Asking, ...]:
    """Give what in a question asks for values, in reading order; none within another."""
    found = sorted(
        (*_which_zh(question), *_which_en(question), *_asking_alone(question)),
        key=lambda asking: (asking.start, -asking.end),
    )
    kept: list[Asking] = []
    for asking in found:
        if not kept or asking.start >= kept[-1].end:
            kept.append(asking)
    return tuple(kept)


def counted(question: str) -> Kind | None:
    """Give the kind of what is counted, where the number of it is asked for: 幾國, how many firms."""
    if match := _HOW_MANY_ZH.search(question):
        return _head_zh(match["behind"])
    match = _HOW_MANY_EN.search(question)
    return _head_en(match["words"].split())[0] if match else None


def number_of(word: str) -> int | None:
    """Read a small number in digits or words: 兩, three, 5."""
    if word.isdigit():
        return int(word)
    if word in _NUMERALS_ZH:
        return _NUMERALS_ZH.index(word) + 1
    lowered = word.lower()
    return (
        2 if word == "兩" else _NUMERALS_EN.index(lowered) + 1 if lowered in _NUMERALS_EN else None
    )


def _asking_alone(question: str) -> Iterator[Asking]:
    for kind, asked in _BY_THEMSELVES:
        for match in asked.finditer(question):
            yield Asking(match.start(), match.end(), kind)


def _which_zh(question: str) -> Iterator[Asking]:
    for match in _WHICH_ZH.finditer(question):
        kind = _head_zh(match["behind"])
        # 單位有哪些 asks for the noun before, 我方有哪些建議 for the one behind.
        alone = not match["behind"].strip("呢啊呀嗎 ")
        if kind is None and alone and (before := _BEFORE_IS.search(question[: match.start()])):
            kind = _last_zh(before["noun"])
        if kind is not None:
            # 哪個 asks for one, as 哪一個 does.
            count = number_of(match["count"] or "一")
            several = count != 1
            yield Asking(match.start(), match.start("behind") + 1, kind, several, count)


def _head_zh(behind: str) -> Kind | None:
    """Give the kind of the noun that stands behind 哪些, with what describes it."""
    described = _DESCRIBES.match(behind)
    reach = described.end() if described else 0
    head = next((m for m in _HEAD_ZH.finditer(behind) if m.start() <= reach), None)
    if head is None:
        return None
    # 執法機關官員 are officials; but a 會員代表 speaks for an economy.
    while _kind(head) is not Kind.ECONOMIES and (last := _HEAD_ZH.match(behind, head.end())):
        head = last
    further = _HEAD_ZH.match(behind, head.end())
    if further is not None and _kind(further) is Kind.ORGANISATIONS:
        return Kind.ORGANISATIONS
    return _kind(head)


def _last_zh(before: str) -> Kind | None:
    """Give the kind of the noun that a text ends with."""
    return next((_kind(m) for m in _HEAD_ZH.finditer(before) if m.end() == len(before)), None)


def _which_en(question: str) -> Iterator[Asking]:
    for pattern in (_WHICH_EN, _NAME_THEM, _WHAT_IS):
        for match in pattern.finditer(question):
            words = match["words"].split()
            count = number_of(words[0]) if words else None
            kind, plural = _head_en(words)
            if pattern is _WHICH_EN and kind is None and match[0].lower().startswith("which"):
                kind, plural = _unnamed(question, match), True
            if pattern is _WHAT_IS and not (kind in _OF_NO_NAME or count or match["name"]):
                continue
            if kind is not None:
                # Without the words, among which something else may ask.
                end = match.start("words") + 1
                several = plural or (count or 1) > 1
                yield Asking(match.start(), end, kind, several, count or (None if several else 1))


def _head_en(words: list[str]) -> tuple[Kind | None, bool]:
    """Give the kind of the noun that words open with, and whether it is a plural."""
    found, plural = None, False
    for at, word in enumerate(words):
        head = _HEAD_EN.fullmatch(word)
        if word in _NO_NOUN or (head is None and (found or at >= _DESCRIBED)):
            break
        if head is None:
            continue
        # Nations bodies are bodies; but the word behind economies in "economies head" is a verb.
        if plural and not _is_plural(word):
            break
        found, plural = _kind(head), _is_plural(word)
    return found, plural


def _unnamed(question: str, match: re.Match[str]) -> Kind | None:
    """Give the kind of what "which" asks for where no noun follows it."""
    before = [
        m for m in map(_HEAD_EN.fullmatch, re.findall(r"[\w’'-]+", question[: match.start()])) if m
    ]
    if before:
        return _kind(before[-1])
    return Kind.ECONOMIES if _OF_MEMBERS.match(match["words"]) else None


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and word != "business") or word in ("people", "fora", "chairmen")


def _kind(match: re.Match[str]) -> Kind:
    return Kind[match.lastgroup or ""]
