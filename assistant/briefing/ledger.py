"""What the reports say is to be done, by whom, and what became of it: the ledger of a briefing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.briefing.clauses import clauses
from assistant.briefing.later import later_on
from assistant.briefing.types import Action, Quote, State, quote_of, source_of
from assistant.promises import ADVICE, Promise, promises_of, undertaking_at
from assistant.similarity import likeness, signature
from corpus.sentences import sentences
from corpus.speakers import Speakers
from corpus.types import Report
from index.retriever import Index, passes
from index.types import Filters

LONGEST = 150
"""Characters of an item that are shown in the ledger; the list of sources has it in full."""
_RANKS = {state: rank for rank, state in enumerate(State)}
"""Of the states, in the order of the ledger."""

_ACTION = re.compile(
    r"將|爰|建議|請|宜|持續|賡續|繼續|配合|核校|評估|研議|協助|提供|促請|關注|密注|(?i:will|shall|should)"
)
OFFICE = re.compile(
    r"(?:行政院)?(?:外交部|內政部|財政部|經濟部|交通部|法務部|國防部|教育部|勞動部|農業部|文化部|環境部"
    r"|數位發展部|數發部|衛生福利部|衛福部|國家發展委員會|國發會|金融監督管理委員會|金管會|海洋委員會|海委會"
    r"|大陸委員會|陸委會|(?:行政院)?原子能委員會|原能會|核能安全委員會|核安會|國家科學及技術委員會|國科會"
    r"|僑務委員會|僑委會|公平交易委員會|公平會)(?:(?:(?![及與和])[\u4e00-\u9fff]){1,8}?(?:署|局|司|組(?!司)|處|所|辦公室))?"
    r"|行政院[\u4e00-\u9fff]{2,8}?辦公室|移民署|警政署|關務署|海巡署|疾管署|疾病管制署|調查局|觀光局|觀光署"
    r"|國際貿易[局署]|領事事務局|領務局|運輸研究所|民航局|航港局|國組司|職[局署]|本[局署部](?!分)"
    r"|APEC\s?秘書處|(?i:ministry of [a-z ,]+|bureau of [a-z ]+|[a-z]+ customs administration)"
)


def actions_in(
    index: Index,
    filters: Filters,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Action, ...]:
    """Everything to be done of the reports that pass: open ones first, oldest first.

    Only reports that pass the filters are searched for what takes an item up. ``progress`` is
    called with the number of items done and their total.
    """
    reports = [report for report in index.reports if passes(report, filters)]
    items = [
        (report, kind, quote)
        for report in sorted(reports, key=lambda r: source_of(r).order)
        for kind, quote in _distinct(report, index.speakers(report.id))
    ]
    actions = []
    for done, (report, kind, quote) in enumerate(items, start=1):
        later = later_on(index, report, quote.start, quote.end, reports)
        shown, offices = _shown(report.text, quote, kind), _offices(quote.text)
        actions.append(Action(kind, quote, shown, offices, later.state, later.quote))
        progress(done, len(items))
    return tuple(
        sorted(
            actions,
            key=lambda a: (_RANKS[a.state], *a.quote.source.order, a.quote.start),
        )
    )


def _distinct(report: Report, speakers: Speakers) -> Iterator[tuple[Promise, Quote]]:
    """The items of a report; an undertaking that it tells of again is left out."""
    undertaken: list[Quote] = []
    for kind, span in promises_of(report, speakers):
        quote = quote_of(report, *span)
        if kind is Promise.UNDERTAKING:
            if any(is_repeated(quote, known) for known in undertaken):
                continue
            undertaken.append(quote)
        yield kind, quote


def _shown(text: str, quote: Quote, kind: Promise) -> str:
    """The part that names what is to be done.

    Of a long item, how its last such sentence ends; of an undertaking, from its clause on.
    """
    if len(quote.text) <= LONGEST:
        return quote.text
    if kind is Promise.UNDERTAKING:
        at = quote.start + undertaking_at(quote.text)
        parts = [part for part in clauses(text, quote.start, quote.end) if part.end > at]
        ends = [part.end for part in parts if part.end - parts[0].start <= LONGEST]
        return text[parts[0].start : ends[-1] if ends else parts[0].end]
    wanted = ADVICE if kind is Promise.RECOMMENDATION else _ACTION
    spans = sentences(text, quote.start, quote.end)
    chosen = next((s for s in reversed(spans) if wanted.search(text, s.start, s.end)), spans[0])
    parts = list(clauses(text, chosen.start, chosen.end))
    starts = [part.start for part in parts if chosen.end - part.start <= LONGEST]
    return text[starts[0] if starts else parts[-1].start : chosen.end]


def _offices(text: str) -> tuple[str, ...]:
    """The offices that an item names; one that is part of another's name is left out."""
    names = dict.fromkeys(match[0].strip() for match in OFFICE.finditer(text))
    return tuple(n for n in names if not any(n != other and n in other for other in names))


def is_repeated(one: Quote, other: Quote) -> bool:
    """Whether two quotes say the same, as reports of one meeting do."""
    return likeness(signature(one.text), signature(other.text)) >= 0.8
