"""The words of headings: which lines are headings without a number, and what a section is for."""

from __future__ import annotations

import re

from corpus.script import is_chinese, is_ideograph, width
from corpus.types import Role

_SPACE = re.compile(r"\s+")
_TRADITIONAL = str.maketrans(
    "会过议纪与后续办项录结论决总缘经访参设围归虑观执内题场种动员说务处产实现见团",
    "會過議紀與後續辦項錄結論決總緣經訪參設圍歸慮觀執內題場種動員說務處產實現見團",
)
"""Heading words of reports in Simplified characters are read as these."""
_KNOWN = re.compile(
    r"(?:內容)?[摘提]要|.{2,20}出國報告提要|目[次錄]|前言|緣起|案由|致謝"
    r"|(?:會議|與會|出國|考察|參訪|出席|任務)?目的"
    r"|(?:會議|與會|出國|考察|參訪|出席)(?:過程|紀要|內容|情形|經過|行程|議程|任務)|過程|紀要|議程|行程"
    r"|(?:與會|參訪|會議|考察)?(?:心得|感想|觀察)(?:[及與暨和、](?:建議|心得)(?:事項)?)?"
    r"|(?:結論[及與暨和、])?建議(?:事項)?|結論|會議結論|決議(?:事項)?"
    r"|(?:後續|待辦|後續辦理|後續待辦)事項"
    r"|附[錄件表圖](?:[－—–:：-].{1,30})?|參考(?:資料|文獻)"
    r"|(?i:abstract|(?:executive)?summary|(?:tableof)?contents|introduction|background|(?:key)?outcomes"
    r"|(?:meeting|conference|workshop)?(?:agenda|proceedings|discussions?|outcomes|minutes|objectives?)"
    r"|(?:introductionand)?(?:background|purpose)|purposeofthe(?:visit|mission|trip|meeting)"
    r"|(?:conclusions?|observations?|decisions|findings)"
    r"(?:and(?:recommendations?|nextsteps|follow-?up))?"
    r"|recommendations?(?:andobservations)?|nextsteps|follow-?up(?:actions|items)?|actionitems"
    r"|annex(?:es)?|appendi(?:x|ces)|references)"
)
_CONTENTS = re.compile(r"目[次錄]|(?i:(?:tableof)?contents)")

_CAPTION_END = re.compile(
    r"(?:合影|合照|留影|團體照|照片|剪影)(?:\s*[（(][^（）()]{0,60}[)）])?[。.]?$"
)
_CAPTION_INSIDE = re.compile(
    r"[（(]?(?:左起|右起|由左至右|由右至左)|[（(][左右中][一二三四五六七八九]|[左右][一二三四]："
)

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.CONTENTS, r"^目[次錄]$|^(?i:(?:table of )?contents)$"),
        (Role.ANNEX, r"^附[錄件表圖]|^參考(?:資料|文獻)|(?i:^(?:annex|appendi|references))"),
        (Role.SUMMARY, r"摘要|提要|(?i:summary|abstract)"),
        (Role.FOLLOW_UP, r"後續|待辦|會後執行|追蹤|(?i:follow-?up|next steps|action items)"),
        (
            Role.OPINION,
            r"心得|建議$|建議事項|觀察|感想|檢討與|(?i:recommendation|observations|reflections)",
        ),
        (Role.PURPOSE, r"目的|案由|前言|緣起|任務$|(?i:purpose|objective|introduction|background)"),
        (
            Role.PROCEEDINGS,
            r"過程|紀要|情形|要點|重點|討論|內容|經過|(?i:proceedings|discussion)",
        ),
        (Role.AGENDA, r"議程(?!採認)|(?i:\bagenda\b)"),
        (Role.DECISIONS, r"決議|結論|(?<!議程)採認|(?i:decision|conclusion|outcomes)"),
    )
)

_SETTLED = frozenset(
    {
        Role.CONTENTS,
        Role.SUMMARY,
        Role.FOLLOW_UP,
        Role.OPINION,
        Role.AGENDA,
        Role.ANNEX,
        Role.CAPTION,
    }
)

_LONGEST_HEADING = 140
_LONGEST_LATIN_HEADING = 220
_LONGEST_LOOK = 500
_OPENING, _CLOSING = "（(「『《〈“‘[", "）)」』》〉”’]"
_SENTENCE_TAILS = ("如下", "如次", "包括", "包含", "如后", "如後", "列舉", "分述如下", "計有")
_LATIN_RUN_IN = re.compile(r"([A-Z][A-Za-z]*(?: [A-Za-z&-]+){0,4})\. (?=[A-Z])")
_ABBREVIATED = re.compile(r"(?:^|\s)(?:Mr|Ms|Mrs|Dr|Prof|No|St)$")


def known_heading(line: str) -> bool:
    """Whether the line is a heading word of reports standing alone: 摘要, 附錄－資料."""
    if len(line) > 48:
        return False
    bare = _SPACE.sub("", line).rstrip("：:").translate(_TRADITIONAL)
    return _KNOWN.fullmatch(bare) is not None


def contents_heading(line: str) -> bool:
    """Whether the line heads a table of contents."""
    bare = _SPACE.sub("", line).rstrip("：:").translate(_TRADITIONAL)
    return len(line) < 24 and _CONTENTS.fullmatch(bare) is not None


def capital_heading(line: str) -> bool:
    """Whether the line is a Latin title in capitals, three words or more."""
    if not 12 <= len(line) <= 120 or not line[0].isalpha() or len(line.split()) < 3:
        return False
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 12 and all(c.isascii() and c.isupper() for c in letters)


def caption_words(line: str) -> bool:
    """Whether the line says of itself that it stands under a photograph."""
    if len(line) <= 80 and "：" not in line and _CAPTION_END.search(line) is not None:
        return True
    return len(line) <= 160 and _CAPTION_INSIDE.search(line) is not None


def caption_shape(line: str) -> bool:
    """Whether the line could be a caption by its form: short, Chinese, and no sentence."""
    return (
        4 <= len(line) <= 60
        and sum(map(is_ideograph, line)) >= 2
        and line[-1] not in "。；：！？，、:;."
    )


def own_role(heading: str, parent: Role | None) -> Role | None:
    """The role that a heading states, or None when it takes its parent's.

    What stands below an opinion, an agenda, an annex and the like stays so: 「策略計畫要點」 as a
    heading under 心得與建議 is an opinion still.
    """
    if not heading or parent in _SETTLED:
        return None
    heading = heading.translate(_TRADITIONAL)
    return next((role for role, words in _ROLES if words.search(heading)), None)


def heading_of(rest: str, *, annex: bool = False) -> str:
    """The heading in what follows a mark: all of it, what a colon ends, or "" for running text.

    `心得：本次會議討論熱烈。` has the heading 心得; a sentence has none.
    """
    rest = rest.strip()
    if annex and "。" not in rest and len(rest) <= 300:
        return rest.rstrip("：: ")
    if len(rest) > _LONGEST_LOOK:
        rest = f"{rest[:_LONGEST_LOOK]}。"  # nothing so long is a heading: the start will do
    chinese = is_chinese(rest)
    bare = rest.rstrip("：: ")
    stop = _first_outside(rest, "。！？；")
    if stop is None and bare == rest and rest[-1:] in {".", "!", "?"} and not rest[:1].isdigit():
        stop = len(rest) - 1
    latin_run_in = None if chinese else _LATIN_RUN_IN.match(rest)
    if latin_run_in is not None and not _ABBREVIATED.search(latin_run_in[1]):
        return latin_run_in[1]
    if stop is None:
        longest = _LONGEST_HEADING if chinese else _LONGEST_LATIN_HEADING
        is_sentence = bare.endswith(_SENTENCE_TAILS)
        return bare if width(bare) <= longest and not is_sentence else ""
    colon = _first_outside(rest, "：" if chinese else "")
    if colon is None or colon > stop:
        return ""
    before = rest[:colon].strip()
    return before if 0 < width(before) <= 90 and "，" not in _outside(before) else ""


def _first_outside(text: str, wanted: str) -> int | None:
    """Position of the first of these characters outside brackets and quotation marks."""
    depth = 0
    for position, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and char in wanted:
            return position
    return None


def _outside(text: str) -> str:
    kept, depth = [], 0
    for char in text:
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(char)
    return "".join(kept)
