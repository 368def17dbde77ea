"""What the reports say is to be done, by whom, and what became of it: the ledger of a briefing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.briefing.clauses import clauses
from assistant.briefing.later import later_on
from assistant.briefing.types import OWN, Action, Promise, Quote, State, quote_of, source_of
from assistant.similarity import likeness, signature
from corpus.sentences import sentences
from corpus.speakers import Speakers
from corpus.types import Report, Role, Section
from index.retriever import Index, passes
from index.types import Filters

LONGEST = 150
"""Characters of an item that are shown in the ledger; the list of sources has it in full."""
_SHORTEST = 8
_LIST_NAME = 14
"""Characters of a heading that names the list (後續辦理事項) and is no part of its item."""

_RANKS = {state: rank for rank, state in enumerate(State)}
"""Of the states, in the order of the ledger."""

_ADVICE = re.compile(
    r"(?:允|實|仍|亦|似)?宜(?!蘭|居|人)|建議|應(?:可|該|當|儘|持續|繼續|積極|加強|及早|予|考)|值得我|有必要|俾利"
    r"|將(?:持續|繼續|續|賡續)|(?i:should|recommend|suggest that we|we will|it is advisable)"
)
_BY_OTHERS = re.compile(
    r"(?:泰國|美國|澳[洲方]|中[國方]|日本|[A-Z]{3,}|會議|主席)[^，。]{0,12}(?:建議|期望)"
)
_UNDERTAKEN = re.compile(
    r"我方(?:(?:復|回應|表示|答|並)[以稱]?，?)?[^，。；]{0,4}將(?!於)|我方[^，。；]{0,6}(?:樂意|承諾|願意)"
    r"|(?<![申邀])請[^，。；、]{0,8}(?:方|主席|秘書處)(?=[^，。；]{2})"
)
"""What our side says in a meeting that it will do, or asks another to do."""
_ASKED_OF_US = re.compile(r"(?<![申邀])請我(?:方|國)?(?=[^，。；方國]{2})")
_UNDERTAKINGS = (_ASKED_OF_US, _UNDERTAKEN)
_TOLD = frozenset({Role.PROCEEDINGS, Role.DECISIONS})
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
    for kind, span in _items(report, speakers):
        quote = quote_of(report, *span)
        if kind is Promise.UNDERTAKING:
            if any(is_repeated(quote, known) for known in undertaken):
                continue
            undertaken.append(quote)
        yield kind, quote


def _items(report: Report, speakers: Speakers) -> Iterator[tuple[Promise, tuple[int, int]]]:
    """The items of the lists of follow-ups, in reading order with what stands around them.

    Of the proceedings, the sentences in which our side undertakes or asks for something, or is
    asked; of the opinions, those that advise.
    """
    for number, section in enumerate(report.sections):
        if section.role is Role.FOLLOW_UP:
            if not _has_children(report, number):
                yield from ((Promise.FOLLOW_UP, span) for span in _list(report, section))
        elif section.role in _TOLD:
            for span in sentences(report.text, section.start, section.own_end):
                text = report.text[span.start : span.end]
                speaking = speakers.of_sentence(span.start, span.end)
                if _ASKED_OF_US.search(text) or (
                    _UNDERTAKEN.search(text) and any(s.code == OWN for s in speaking)
                ):
                    yield Promise.UNDERTAKING, (span.start, span.end)
        elif section.role is Role.OPINION:
            for span in sentences(report.text, section.start, section.own_end):
                text = report.text[span.start : span.end]
                if (
                    len(text) > _SHORTEST
                    and _ADVICE.search(text)
                    and not _BY_OTHERS.search(text)
                    and not _is_heading(section, text)
                ):
                    yield Promise.RECOMMENDATION, (span.start, span.end)


def _list(report: Report, section: Section) -> Iterator[tuple[int, int]]:
    """The items of a section without sections below it: its lines, or all of it behind its number.

    A heading on a line of its own announces them; where the section is one line it is the item,
    behind the words that only name the list (後續辦理事項：).
    """
    text = report.text
    lines = []
    at = section.start
    for line in text[section.start : section.own_end].splitlines(keepends=True):
        if line.strip():
            lines.append((at, at + len(line.rstrip())))
        at += len(line)
    for start, end in lines:
        spans = sentences(text, start, end)
        if not spans:
            continue
        begin, finish = spans[0].start, spans[-1].end
        if _is_heading(section, text[begin:finish]):
            continue
        if 0 < len(section.heading) <= _LIST_NAME and text.startswith(section.heading, begin):
            begin += len(section.heading)
            begin += len(text[begin:finish]) - len(text[begin:finish].lstrip("：: "))
        if finish - begin > _SHORTEST:
            yield begin, finish


def _is_heading(section: Section, text: str) -> bool:
    return 0 < len(section.heading) <= _LIST_NAME and text.rstrip("：: ").endswith(
        section.heading.rstrip("：: ")
    )


def _has_children(report: Report, number: int) -> bool:
    sections = report.sections
    return number + 1 < len(sections) and sections[number + 1].parent == number


def _shown(text: str, quote: Quote, kind: Promise) -> str:
    """The part that names what is to be done.

    Of a long item, how its last such sentence ends; of an undertaking, from its clause on.
    """
    if len(quote.text) <= LONGEST:
        return quote.text
    if kind is Promise.UNDERTAKING:
        found = (pattern.search(text, quote.start, quote.end) for pattern in _UNDERTAKINGS)
        at = next(match.start() for match in found if match is not None)
        parts = [part for part in clauses(text, quote.start, quote.end) if part.end > at]
        ends = [part.end for part in parts if part.end - parts[0].start <= LONGEST]
        return text[parts[0].start : ends[-1] if ends else parts[0].end]
    wanted = _ADVICE if kind is Promise.RECOMMENDATION else _ACTION
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
