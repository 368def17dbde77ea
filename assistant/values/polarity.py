"""Yes or no: whether the clause that answers denies what the question asks."""

from __future__ import annotations

import re

from assistant.values.candidate import Candidate

_DENIES = re.compile(
    r"並?未(?!來)|尚未|不(?!僅|只|但|同|斷|過|論|定期|可避免)|無(?!論|人倉|紙|縫|人機)|沒有|沒|缺席|暫不|否決|拒絕|不再"
)
_YES = Candidate("yes", 0, 0, "是", "yes")
_NO = Candidate("no", 0, 0, "否", "no")


def find_polarity(clause: str) -> tuple[Candidate, ...]:
    """Give yes or no for a clause that answers a question of that kind."""
    return (_NO if _DENIES.search(clause) else _YES,)
