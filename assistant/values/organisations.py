"""Organisations: those of the gazetteer, companies by their Latin names, others by how they end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.values.candidate import Candidate
from corpus.gazetteer import bodies, bodies_in

_HAN = "\u4e00-\u9fff"
_ENDS = (
    "委員會|理事會|聯合會|協進會|研究設計會|基金會|協會|學會|公會|商會|論壇|集團|公司|銀行|秘書處|代表處|辦事處|大使館|研究所|研究院|行政院|"
    "辦公室|合作組|工作小組|任務小組|指導小組|支援小組|服務業小組|移動小組|次委會|次級委員會|資料中心|研究中心|鎖定中心|培訓中心|中心|聯盟|"
    "組織|大學|警察局|管理局|邊境服務局|保衛局|署|部|局|海關|機關|"
    # Short names of bodies that end in nothing but 會.
    "原能會|核安會|國發會|國科會|陸委會|農委會|海委會|僑委會|客委會|原民會|金管會|公平會|工程會|通傳會"
)
# Parts of a body, which follow its name: 外交部領事事務局, 衛生福利部國際合作組.
_PARTS = "組(?![成織])|處|司|科|隊|分署|分局|研究設計會"
# Words that lead up to a name, and are no part of one.
_LEADS = re.compile(
    "邀請|邀集|會同|洽請|委由|委託|包括|包含|例如|計有|以及|來自|隸屬|單位|機關|機構|業者|公部門|私部門|其中|其他|各國|我國|本國|我方|方案|"
    "該國|所屬|[下簡]稱|本屆|本次|報告|屬|提交|通過|代表|參加|出席|加入|成立|設立|設置|建立|提供|協助|支持|感謝|擔任|同為|說明|介紹|表示|指出|詢問|查詢|建請|提請|"
    "進駐|共同|組成|同(?=公司)|透過|結合|獲得|我(?=國|方)|[係由與及暨在於是請將至的之該各並則赴以從給獲已也均還等]|(?<![總])經(?!濟|貿|社|建)|和(?!平)|"
    "[為對](?!外)|向(?!量)|如(?!何)|\\d+ ?個?|[一二三四五六七八九十兩多幾]+[個項]"
)
_END = re.compile(rf"(?:{_ENDS}|{_PARTS})(?![長門份屬落員])")
_RUN = re.compile(rf"(?:(?<![A-Za-z])[A-Z][A-Za-z&.-]+ )?[{_HAN}]+")
_LONGEST_PART = 9
_LONGEST = 22
_SHORTEST = 3
_GENERIC = re.compile(
    r"^(?:政府|國際|相關|主管|主政|私人|民間|有關|公營|民營|企業|跨|全體|會員|經濟體|國內|國外|內|外|全|總|分|本|貴|當地|兩|雙|航空|運輸|物流|業者)*"
    r"(?:部|署|局|組織|公司|中心|海關|委員會|論壇|協會|聯盟|大學|集團|辦公室|銀行|工作小組)$|會部$|內部$|全部$|局部$|總部$|外部$|幹部$|中部$|南部$|北部$|東部$|西部$"
    r"|經濟體海關$|單一窗口$|方案$|計畫$|研討會$|會議$"
)
_BRACKET = re.compile(r"\s?[（(]\s?(?P<inside>[^（）()\n]{2,110}?)\s?[)）]")
_LATIN_NAME = re.compile(
    r"(?<![A-Za-z])[A-Z][\w&.’'-]*(?: (?:of|and|for|the|on|[A-Z&][\w&.’'-]*)){0,9}"
)
_LATIN_BODY = re.compile(
    r"\b(?:Foundation|Group|Committee|Council|Organi[sz]ation|Association|Department|Ministry|Agency|Office"
    r"|Unit|Secretariat|Bureau|Company|Corporation|Co|Ltd|Inc|Institute|University|Center|Centre|Commission"
    r"|Bank|Forum|Alliance|Authority|Customs|Logistics|InfoLogistics|Manufacturing|Airlines?|Administration)\b\.?"
)
_COMPANY_BEHIND = re.compile(
    r"\s?(?![\u4e00-\u9fff]{0,3}[該本其各報])[\u4e00-\u9fff]{0,4}(?:公司|集團|銀行|協會|機構|組織)"
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{2,9}(?![A-Za-z0-9])")
_LIST_MARK = re.compile(r"\s?、")
# 魚類監管機關、衛生監管機關: named by their task, where one stands beside another.
_BY_TASK_BEHIND = re.compile(r"(?:[、及與和]|以及)[\u4e00-\u9fff]{2,8}機關")
_BY_TASK_BEFORE = re.compile(r"機關(?:[、及與和]|以及)$")
_IN_LIST = re.compile(r"[、及與和]\s?$")
# Names of meetings, papers and programmes are not names of who does something.
_NO_BODY = frozenset(
    [
        "APEC",
        "SOM",
        "SOM1",
        "SOM2",
        "SOM3",
        "COVID",
        "COVID-19",
        "ABTC",
        "STAR",
        "MRT",
        "AMM",
        "AELM",
        "FotC",
        "ACBD",
        "TFA",
        "FTA",
        "FTAs",
        "RTA",
        "MRA",
        "API",
        "PNR",
        "KPI",
        "VAT",
        "PCR",
    ]
)
_NO_LATIN = re.compile(
    r"^(?:Mr|Ms|Mrs|Dr|Prof|Deputy|Director|Minister|Chair|Head)\b|\b(?:Teams|Webex|Zoom|Card|Day|Item|Session|Meeting|Workshop|Plan|Programme?|Project"
    r"|Terms|Guide|Guidelines|Roadmap|Agreement|Initiative|System|App|APP|Services?|Framework|Report|Hotel|Room|Dialog|Dialogue|Strategy|Declaration|Statement|Conference|Summit)\b"
)


# Words of a question that tell the sort of body, and how the names of that sort look.
_SORTS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(named))
    for asked, named in (
        (
            r"公司|業者|廠商|企業|航商|\bcompan|\bfirms?\b|\bbusinesses",
            r"公司|集團|銀行|^(?!.*(?:Organi[sz]|Nations|Committee|Economy|Customs|Dialog|Program))"
            r"[A-Z][A-Za-z]+(?: [A-Z]|$)",
        ),
        (
            r"國際組織|\binternational (?:\w+ )?(?:bod|organi)",
            r"組織|協會|理事會|論壇|聯合國|世界|國際|Organi[sz]ation|World|United",
        ),
        (r"聯合國|united nations|\bUN\b", r"聯合國|United Nations|UN"),
        (
            r"機關|部會|單位|政府部門|\bministr|\bagenc|\boffices?\b|\bauthorit",
            r"[部署局院處室組隊所會]$|海關$|機關$|[部署局院處室組隊所會]（",
        ),
        (r"小組|\bgroups?\b", r"小組|Group|WG\b"),
        (r"委員會|\bcommittees?\b", r"委員會|Committee"),
    )
)


def suits_sort(question: str, candidate: Candidate) -> float:
    """Tell from -1 to 1 whether a body is of the sort that a question names: companies, offices."""
    for asked, named in _SORTS:
        if asked.search(question):
            return 1.0 if named.search(candidate.zh) or named.search(candidate.en) else -1.0
    return 0.0


def find_organisations(text: str) -> tuple[Candidate, ...]:
    """Give the organisations that a text names, in reading order.

    A name and what the brackets behind it give are one value.
    """
    found: list[Candidate] = []
    for candidate in (*_known(text), *_chinese(text), *_latin(text)):
        if not any(candidate.start < c.end and c.start < candidate.end for c in found):
            found.append(candidate)
    order = sorted(found, key=lambda candidate: candidate.start)
    # APEC 秘書處 CTI is one body, not two.
    return tuple(
        c
        for at, c in enumerate(order)
        if not (at and text[order[at - 1].end : c.start] == " " and c.key.isupper())
    )


def _known(text: str) -> Iterator[Candidate]:
    names = {body.acronym: body for body in bodies()}
    for mention in bodies_in(text):
        body = names[mention.acronym]
        if body.acronym in _NO_BODY:
            continue
        zh = f"{body.zh}（{body.acronym}）" if body.zh else f"{body.en}（{body.acronym}）"
        en = f"{body.en} ({body.acronym})" if body.en else f"{body.zh} ({body.acronym})"
        end, _ = _with_bracket(text, mention.end)
        yield Candidate(body.acronym, mention.start, end, zh, en)


def _chinese(text: str) -> Iterator[Candidate]:
    for run in _RUN.finditer(text):
        for start, close in _names(run[0]):
            name = run[0][start:close]
            if _GENERIC.search(name) or len(name) > _LONGEST:
                continue
            if name.endswith("機關") and not _by_task(
                text, run.start() + start, run.start() + close
            ):
                continue
            end, inside = _with_bracket(text, run.start() + close)
            shown = f"{name}（{inside}）" if inside else name
            yield Candidate(_key(name, inside), run.start() + start, end, shown, shown)


def _by_task(text: str, start: int, end: int) -> bool:
    """Tell whether a name of an office by its task stands in a list of such."""
    return bool(_BY_TASK_BEHIND.match(text, end) or _BY_TASK_BEFORE.search(text[:start]))


def _names(run: str) -> Iterator[tuple[int, int]]:
    """Give where names stand in a run of characters: a body, and the parts of it behind it."""
    start, close = -1, 0
    for match in _END.finditer(run):
        part = run[close : match.start()]
        leads = list(_LEADS.finditer(part))
        begin = close + (leads[-1].end() if leads else 0)
        follows = start >= 0 and not leads and match.end() - close <= _LONGEST_PART
        if not follows:
            if start >= 0:
                yield start, close
            is_part = re.fullmatch(_PARTS, match[0]) is not None
            bare = match.start() == begin and len(match[0]) < _SHORTEST
            start = -1 if is_part or bare else begin
        close = match.end()
    if start >= 0:
        yield start, close


def _latin(text: str) -> Iterator[Candidate]:
    for match in _LATIN_NAME.finditer(text):
        name = re.sub(r"(?: (?:of|and|for|the|on))+$", "", match[0])
        end = match.start() + len(name)
        if len(name) < 2 or name in _NO_BODY or _NO_LATIN.search(name):
            continue
        company = _COMPANY_BEHIND.match(text, end)
        listed = _LIST_MARK.match(text, end) or _IN_LIST.search(text[: match.start()])
        if not (company or listed or _LATIN_BODY.search(name) or _ACRONYM.fullmatch(name)):
            continue
        if company and len(name) > 2:
            name, end = f"{name}{company[0]}", company.end()
        end, inside = _with_bracket(text, end)
        shown = f"{name}（{inside}）" if inside else name
        yield Candidate(_key(name, inside), match.start(), end, shown, shown)


def _with_bracket(text: str, end: int) -> tuple[int, str | None]:
    """Give where a name ends with the brackets behind it, and what they say where it is a name."""
    match = _BRACKET.match(text, end)
    if match is None or not re.match(r"[A-Z]|The ", match["inside"]):
        return end, None
    return match.end(), match["inside"]


def _key(name: str, inside: str | None) -> str:
    acronym = re.search(r"(?:^|[,，、 ])(?P<a>[A-Z][A-Z0-9&-]{1,9})$", inside) if inside else None
    return acronym["a"] if acronym else name.casefold()
