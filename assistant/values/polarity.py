"""Yes or no: whether the clause that answers denies what the question asks."""

from __future__ import annotations

import re

from assistant.values.candidate import Candidate

_DENIES = re.compile(
    r"未(?![來央成]|雨)|尚待|有待|不(?!僅|只|但|同(?!意)|斷|過|論|定期|可避免|少|久|僅|乏|限|遺餘力|妨)|無(?!論|人|紙|縫|接觸|障礙|形|疑)|沒|缺席|缺乏|"
    r"否(?:決|認|定)|拒絕|婉拒|暫緩|擱置|取消|撤回|非(?=強制|必要|正式會員|主要|義務|屬|為)|仍須|須待|俟|再行?研議|研議是否|難以|反對"
)
# What nobody raised: it denies a question of objections, and grants one of agreement.
_NO_OBJECTION = re.compile(r"(?:無|沒有|未有|未[表提]示?)(?:任何)?(?:異議|反對|意見|疑慮)|不反對")
_ASKS_OBJECTION = re.compile(
    r"異議|反對|疑慮|意見|回應|發言|阻|顧慮|\b(?:object|oppos|reservation|concern|respon|comment)",
    re.IGNORECASE,
)
# A question that denies turns the answer round: 是不是還沒 …
_ASKS_DENIAL = re.compile(
    r"(?<!有)沒(?!有[^，]{0,20}[？?]?$)[^，]{0,12}嗎|尚未|還沒|不會[^，]{0,8}嗎|未能|\bnot\b|n't\b|\brefuse|\breject|\bfail",
    re.IGNORECASE,
)
# Who came in person is denied of whom a screen showed.
_ASKS_PRESENCE = re.compile(
    r"到場|親自|現場|實體|\bin person\b|\bon site\b|\bphysically\b", re.IGNORECASE
)
_AT_A_DISTANCE = re.compile(r"視訊|線上|遠端|\bvirtual|\bonline\b", re.IGNORECASE)
_YES = Candidate("yes", 0, 0, "是", "yes")
_NO = Candidate("no", 0, 0, "否", "no")


def find_polarity(clause: str, question: str = "", sentence: str = "") -> tuple[Candidate, ...]:
    """Give yes or no for a clause, of a sentence, that answers a question of that kind."""
    objection = bool(_ASKS_OBJECTION.search(question))
    bare = clause if objection else _NO_OBJECTION.sub("", clause)
    denies = _DENIES.search(bare) is not None or (
        objection and _NO_OBJECTION.search(sentence) is not None
    )
    if _ASKS_PRESENCE.search(question) and _AT_A_DISTANCE.search(clause):
        denies = True
    if objection and re.search(r"反對|拒絕", clause) and not _NO_OBJECTION.search(clause):
        denies = False
    if _ASKS_DENIAL.search(question):
        denies = not denies
    return (_NO if denies else _YES,)
