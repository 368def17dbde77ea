"""What the reports say is to be done, who is to do it, and whether a later report comes back to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.briefing.clauses import clauses
from assistant.briefing.findings import is_silent
from assistant.briefing.types import Action, Promise, Quote, quote_of, source_of
from assistant.similarity import likeness, signature
from corpus.sentences import sentences
from corpus.types import Report, Role, Section
from index.retriever import Index, passes
from index.types import Filters, Mode

LONGEST = 150
"""Characters of an item that are shown in the ledger; the list of sources has it in full."""
TAKEN_UP = 0.3
"""A later passage that reaches this share of what the item scores against itself takes it up …"""
COVERED = 0.5
"""… if it holds this share of the item's words."""
_DEPTH = 12
_SHORTEST = 8
_LIST_NAME = 14
"""Characters of a heading that names the list (後續辦理事項) and is no part of its item."""

_ADVICE = re.compile(
    r"(?:允|實|仍|亦|似)?宜(?!蘭|居|人)|建議|應(?:可|該|當|儘|持續|繼續|積極|加強|及早|予|考)|值得我|有必要|俾利"
    r"|將(?:持續|繼續|續|賡續)|(?i:should|recommend|suggest that we|we will|it is advisable)"
)
_BY_OTHERS = re.compile(
    r"(?:泰國|美國|澳[洲方]|中[國方]|日本|[A-Z]{3,}|會議|主席)[^，。]{0,12}(?:建議|期望)"
)
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
    """Every follow-up and recommendation of the reports that pass: open ones first, oldest first.

    Only reports that pass the filters are searched for what takes an item up. ``progress`` is
    called with the number of items done and their total.
    """
    reports = [report for report in index.reports if passes(report, filters)]
    items = [
        (report, kind, span)
        for report in sorted(reports, key=lambda r: source_of(r).order)
        for kind, span in _items(report)
    ]
    actions = []
    for done, (report, kind, span) in enumerate(items, start=1):
        quote = quote_of(report, *span)
        actions.append(
            Action(
                kind,
                quote,
                _shown(report.text, quote, kind),
                _offices(quote.text),
                _taken_up(index, report, quote, reports),
            )
        )
        progress(done, len(items))
    return tuple(
        sorted(
            actions,
            key=lambda a: (a.taken_up is not None, *a.quote.source.order, a.quote.start),
        )
    )


def _items(report: Report) -> Iterator[tuple[Promise, tuple[int, int]]]:
    """The items of the lists of follow-ups; of the opinions, the sentences that advise."""
    for number, section in enumerate(report.sections):
        if section.role is Role.FOLLOW_UP:
            if not _has_children(report, number):
                yield from ((Promise.FOLLOW_UP, span) for span in _list(report, section))
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
    """The part that names what is to be done: of a long item, how its last such sentence ends."""
    if len(quote.text) <= LONGEST:
        return quote.text
    wanted = _ADVICE if kind is Promise.RECOMMENDATION else _ACTION
    spans = sentences(text, quote.start, quote.end)
    chosen = next((s for s in reversed(spans) if wanted.search(text, s.start, s.end)), spans[0])
    parts = clauses(text, chosen.start, chosen.end)
    starts = [part.start for part in parts if chosen.end - part.start <= LONGEST]
    return text[starts[0] if starts else parts[-1].start : chosen.end]


def _offices(text: str) -> tuple[str, ...]:
    """The offices that an item names; one that is part of another's name is left out."""
    names = dict.fromkeys(match[0].strip() for match in OFFICE.finditer(text))
    return tuple(n for n in names if not any(n != other and n in other for other in names))


def _taken_up(
    index: Index, report: Report, quote: Quote, reports: Sequence[Report]
) -> Quote | None:
    """The passage of a later report that comes back to an item; None where none comes near enough.

    Later is a report whose event begins when this one's is over.
    """
    source = source_of(report)
    over = source.event_end or source.day
    later = tuple(
        r.id
        for r in reports
        if over is not None and (d := source_of(r).day) is not None and d > over
    )
    if not later:
        return None
    hits = index.search(quote.text, Mode.HYBRID, _DEPTH, Filters(reports=later))
    found: list[tuple[Report, int, int]] = []
    for hit in hits:
        other = index.report(hit.chunk.report_id)
        for span in sentences(other.text, hit.chunk.start, hit.chunk.end):
            role = other.sections[other.section_at(span.start)].role
            if not is_silent(role) and "\t" not in other.text[span.start : span.end]:
                found.append((other, span.start, span.end))
    if not found:
        return None
    texts = [quote.text, *(other.text[start:end] for other, start, end in found)]
    scores = index.score_texts(quote.text, texts)
    own = scores[0].score
    nearest = max(range(len(found)), key=lambda at: scores[at + 1].score)
    score = scores[nearest + 1]
    if own <= 0 or score.score < TAKEN_UP * own or score.coverage < COVERED:
        return None
    return quote_of(*found[nearest])


def is_repeated(one: Quote, other: Quote) -> bool:
    """Whether two quotes say the same, as reports of one meeting do."""
    return likeness(signature(one.text), signature(other.text)) >= 0.8
