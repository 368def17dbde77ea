"""Sentences about a topic to the positions of the economies: who says, chooses, does what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from assistant.briefing.clauses import (
    LONGEST,
    Clause,
    clauses,
    is_choice,
    mentions_in,
    named,
    quote_span,
    told_of_others,
)
from assistant.briefing.findings import Finding
from assistant.briefing.types import OWN, Choice, Position, Quote, Sure, quote_of
from corpus.gazetteer import economies
from corpus.speakers import Speakers

SpeakersOf = Callable[[str], Speakers]
"""Gives the speakers of the report with an id."""

MOST = 2
"""Quotes in a cell of the matrix."""

_OPTION = re.compile(
    r"[甲乙丙丁戊]案|(?:方案|選項|備案)\s?[甲乙丙丁A-E一二三四五1-5](?![0-9A-Za-z])|第[一二三四五]案"
    r"|(?i:option|alternative)\s[A-E1-5](?![0-9A-Za-z])"
)
_STANCES = (
    ("oppose", re.compile(r"反對|異議|譴責|不同意|不支持|(?i:oppos|object|reject|condemn)")),
    (
        "doubt",
        re.compile(r"疑慮|質疑|存疑|保留(?:立場|意見)|(?i:doubt|reservation|concerned about)"),
    ),
    ("concern", re.compile(r"關切|憂慮|(?i:concern)")),
    ("support", re.compile(r"支持|贊[成同]|附議|同意|肯定|歡迎|(?i:support|agree|endors|welcom)")),
    (
        "propose",
        re.compile(
            r"(?:建議|提議|倡議|主張)(?!案|[之者國方])|提出(?!之)|要求(?!而)|(?<![申邀])請(?![柬帖])"
            r"|(?i:propos|suggest|recommend|urge)"
        ),
    ),
)
_QUOTED = re.compile(r"「[^」]*」|“[^”]*”")
_CODES = {economy.code: at for at, economy in enumerate(economies())}


def positions_in(findings: Sequence[Finding], speakers_of: SpeakersOf) -> tuple[Position, ...]:
    """The positions of the economies, by economy (our own first), report and nearness.

    A report gives an economy ``MOST`` positions at most; what it says itself stands before what
    others say of it, and what names an option before what names none.
    """
    cells: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for finding in findings:
        for position in _positions(finding, speakers_of(finding.report.id)):
            cells[(position.economy, finding.report.id)].append(position)
    kept = [position for cell in cells.values() for position in _best(cell)]
    return tuple(sorted(kept, key=_order))


def choices_in(findings: Sequence[Finding], speakers_of: SpeakersOf) -> tuple[Choice, ...]:
    """Who chose which option of a proposal, by the option's name; none where no clause says it."""
    chosen: defaultdict[str, dict[str, None]] = defaultdict(dict)
    quotes: defaultdict[str, dict[str, Quote]] = defaultdict(dict)
    for finding in findings:
        for position in _positions(finding, speakers_of(finding.report.id)):
            if position.sure is Sure.HIGH and len(position.options) == 1:
                option = position.options[0]
                chosen[option][position.economy] = None
                quotes[option].setdefault(position.quote.key, position.quote)
    return tuple(
        Choice(
            option,
            tuple(sorted(chosen[option], key=_rank)),
            tuple(quotes[option].values()),
        )
        for option in sorted(chosen, key=option_rank)
    )


def stance_of(text: str) -> str:
    """Name of the label for the stance that a text states; "" when no word tells.

    What stands in quotation marks is a name, 「支持措施」, and tells of no stance.
    """
    bare = _QUOTED.sub("", text)
    return next((name for name, word in _STANCES if word.search(bare)), "")


def options_in(text: str) -> tuple[str, ...]:
    """The options of a proposal that a text names, each once."""
    return tuple(dict.fromkeys(match[0] for match in _OPTION.finditer(text)))


def _positions(finding: Finding, speakers: Speakers) -> Iterable[Position]:
    report, text = finding.report, finding.report.text
    parts = clauses(text, finding.start, finding.end)
    aside = told_of_others(text, finding.start, finding.end, parts, finding.others)
    mentioned = [mention for mention in named(text, parts) if mention.code not in aside]
    speaking = speakers.of_sentence(finding.start, finding.end)
    # A chair speaks for the meeting, not for the economy that he comes from.
    saying = {
        s.code: s
        for s in speaking
        if s.code in _CODES and any(m.code == s.code for m in mentions_in(text[s.start : s.end]))
    }
    about: defaultdict[str, set[int]] = defaultdict(set)
    for mention in mentioned:
        if mention.is_subject:
            about[mention.code].add(mention.clause)
    told: set[tuple[str, int]] = set()
    spoken = {
        code: _clause_at(parts, speaker.start)
        for code, speaker in saying.items()
        if finding.start <= speaker.start < finding.end
    }
    first_spoken = min(spoken.values(), default=len(parts))
    for code, numbers in about.items():
        # What a clause behind somebody's word tells of another is still that somebody's word.
        told |= {
            (code, number)
            for number in numbers
            if code not in saying and number > first_spoken and not is_choice(text, parts[number])
        }
    for code, number in told:
        about[code].discard(number)
    about = defaultdict(set, {code: numbers for code, numbers in about.items() if numbers})
    for code, number in spoken.items():
        about[code].add(number)
    for code in dict.fromkeys([*about, *saying, *(m.code for m in mentioned)]):
        if code in about:
            first = min(about[code])
            sure = Sure.HIGH
        elif code in saying:
            first, sure = 0, Sure.MEDIUM
        else:
            first, sure = min(m.clause for m in mentioned if m.code == code), Sure.LOW
        others = frozenset(
            number
            for other, numbers in about.items()
            if other != code
            for number in numbers
            if number not in about.get(code, ())
        )
        if not others and finding.end - finding.start <= LONGEST:
            span = (finding.start, finding.end)
        else:
            span = quote_span(text, parts, first, others, finding.end)
        shown = text[slice(*span)].strip()
        yield Position(
            code,
            quote_of(report, finding.start, finding.end),
            shown,
            _chosen(text, parts, first, span[1]) if sure is Sure.HIGH else (),
            ""
            if sure is Sure.LOW
            else stance_of(text[_own_words(text, parts[first], code) : span[1]]),
            sure,
            finding.relevance,
        )


def _own_words(text: str, clause: Clause, code: str) -> int:
    """Where in a clause the economy is named: what stands before tells of others.

    A list at the end of a clause of choosing, 反對者為我方, is told of by what stands before it.
    """
    mentions = mentions_in(text[clause.start : clause.end])
    at = next((m.start for m in mentions if m.code == code), 0)
    return clause.start if is_choice(text, clause) else clause.start + at


def _chosen(text: str, parts: Sequence[Clause], first: int, end: int) -> tuple[str, ...]:
    """The options that the clause names, or one behind it that is of choosing."""
    named_options: list[str] = []
    for number in range(first, len(parts)):
        clause = parts[number]
        if clause.end <= end and (number == first or is_choice(text, clause)):
            named_options += options_in(text[clause.start : clause.end])
    return tuple(dict.fromkeys(named_options))


def _clause_at(parts: Sequence[Clause], offset: int) -> int:
    starts = [part.start for part in parts]
    return max((at for at, start in enumerate(starts) if start <= offset), default=0)


def _best(cell: list[Position]) -> list[Position]:
    """The first of a cell, without what the same words prove twice."""
    surest = {Sure.HIGH: 0, Sure.MEDIUM: 1, Sure.LOW: 2}
    order = sorted(
        cell,
        key=lambda p: (not p.options, surest[p.sure], -p.relevance, p.quote.start),
    )
    kept: list[Position] = []
    for position in order:
        if position.sure is Sure.LOW and kept:
            break
        if all(position.shown != other.shown for other in kept):
            kept.append(position)
    return sorted(kept[:MOST], key=lambda p: p.quote.start)


def option_rank(option: str) -> tuple[int, str]:
    """甲 comes before 乙; A before B."""
    return ("甲乙丙丁戊".find(option[0]), option)


def _rank(code: str) -> tuple[bool, int]:
    return (code != OWN, _CODES[code])


def _order(position: Position) -> tuple[object, ...]:
    return (*_rank(position.economy), *position.quote.source.order, position.quote.start)
