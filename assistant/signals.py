"""What tells whether a quote answers a question: the signals that ``weights`` weighs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from types import MappingProxyType

from assistant.names import lacking_around, question_names, year_of, years_in
from assistant.quotes import Quote
from assistant.similarity import containment, signature
from assistant.types import Kind, Question
from assistant.values.candidate import Candidate
from assistant.values.clauses import anchors, clause_breaks, listed_with, nearness
from assistant.values.parts import read_question
from assistant.values.read import ALL, OWN, VALUED, candidates, values_in
from assistant.values.words import word_weight
from corpus.gazetteer import economies_in
from corpus.metadata import report_year
from corpus.types import Report, Role, Section
from index.engine import TextScore
from index.retriever import Index
from index.text import HAN_RUN, to_traditional
from index.types import Hit

# Sections that name what is discussed without saying what was said.
_POOR_ROLES = frozenset({Role.AGENDA, Role.CAPTION, Role.ANNEX, Role.COVER, Role.CONTENTS})
_WANTED_ROLES = {
    Kind.FOLLOW_UP: Role.FOLLOW_UP,
    Kind.OPINION: Role.OPINION,
    Kind.DECISION: Role.DECISIONS,
}
_ASKS_OPINION = re.compile(
    r"心得|建議|作者|撰寫|看法|認為|感想|覺得|評價"
    r"|\bopinions?\b|\bauthors?\b|\brecommend|\bsuggest|\bviews?\b|\bthinks?\b|\bsees?\b",
    re.IGNORECASE,
)
OURS = re.compile(r"我[方國]|本[署局]|\bour side\b|\bwe\b|\bus\b|\bour\b", re.IGNORECASE)
# Words by which a sentence gives a reason, tells a decision, and so on.
_CUES: Mapping[Kind, re.Pattern[str]] = MappingProxyType(
    {
        Kind.WHY: re.compile(
            r"因|由於|原因|鑒於|鑑於|爰|以致|導致|致使|故|考量|為避免|以免|理由|because|due to|reason"
        ),
        Kind.DECISION: re.compile(
            r"決議|決定|通過|採認|同意|共識|裁示|核定|結論|認可|endors|agreed|adopt"
        ),
        Kind.OPINION: re.compile(r"建議|宜|應|期|盼|值得|認為|有助|可望|recommend"),
        Kind.FOLLOW_UP: re.compile(r"後續|將|俟|預定|待|請|規劃|賡續|持續|續|擬"),
        Kind.DEFINITION: re.compile(r"係|是指|即|指|為.{0,12}[之的]|旨在|稱|[（(]"),
    }
)
_LITTLE_CHINESE = 0.25
# What a value counts that may answer who, and is no person.
_SECOND = 0.4
# What one counts that is of another sort than is asked for: a share, where how many is.
_UNSUITED = 0.5


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether a quote answers; each about 0 to 1. ``weights`` has one for each."""

    score: float
    """Its score, as passages are scored, over the best quote's."""
    passage: float
    """Its passage's score over the best passage's."""
    passage_coverage: float
    """Share of the question's idf mass that its passage holds, with the section path."""
    passage_coverage_best: float
    """The same, over the best passage's."""
    coverage: float
    """Share of the question's idf mass that it holds, with its heading."""
    coverage_best: float
    """The same, over the best quote's."""
    lacks_terms: float
    """Share of the question's words of the field that it lacks, with its heading."""
    cosine: float
    """Cosine similarity to the question."""
    cosine_best: float
    """The same, over the best quote's."""
    gives_value: float
    """1 when it names a value of the kind that is asked for, and not one of the question's."""
    lacks_value: float
    """1 when a value is asked for and it names none."""
    value_nearness: float
    """How near such a value stands to the words of the question."""
    value_suits: float
    """How the value of it that suits best is of the sort asked for: -1 to 1."""
    lists_values: float
    """1 when several values are asked for, and it enumerates some."""
    right_count: float
    """1 when it names, or enumerates, just as many as are asked for."""
    too_few: float
    """1 when it names fewer than are asked for."""
    length: float
    """Logarithm of its length in characters, over 10."""
    has_cue: float
    """1 when it has a word by which answers of this kind are told: because, agreed, …"""
    may_have_cue: float
    """1 when there are such words for the kind."""
    says_same: float
    """Share of what it holds of the best quote's words."""
    same_values: float
    """How far it names the best quote's values, and only those."""
    speaks: float
    """1 when it reports a statement of an economy that the question names."""
    other_speaks: float
    """1 when it reports statements, and none of the economies that the question names."""
    right_year: float
    """1 when the question names a year, and the quote or its report is of one."""
    wrong_year: float
    """1 when the question names a year, and neither is."""
    lacks_names: float
    """Share of the question's names and numbers that stand neither around it nor on the cover."""
    in_latin: float
    """1 when it is hardly Chinese."""
    poor_role: float
    wanted_role: float
    opinion: float
    """1 when an opinion is asked for, and it stands in the author's."""
    no_opinion: float
    """1 when an opinion is asked for, and it stands elsewhere."""
    agenda: float
    annex: float
    cover: float
    summary: float


@dataclass(frozen=True, slots=True)
class _Found:
    """Whether a quote gives a value that may answer, and how near the question's words it stands."""

    value: float
    """1, or less for one that is less likely to answer."""
    nearness: float
    suits: float
    """How the best of them is of the sort that is asked for, from -1 to 1."""
    listed: frozenset[int]
    """How many different values stand in each enumeration."""
    distinct: int
    """How many different values there are."""


_NOTHING = _Found(0.0, 0.0, 0.0, frozenset(), 0)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A quote read on its own: what depends on the other quotes is not known yet."""

    signals: Signals
    score: TextScore
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Best:
    """The best of all quotes."""

    score: float
    coverage: float
    cosine: float
    passage_coverage: float


class SignalReader:
    """Reads the signals of the quotes of one question."""

    def __init__(self, index: Index, question: Question, hits: Sequence[Hit]) -> None:
        self._index = index
        self._question = question
        self._hits = {hit.chunk.id: hit for hit in hits}
        self._best_hit = max(hits[0].score, 1e-6) if hits else 1e-6
        self._matcher = index.matcher(question.query)
        asked = to_traditional(question.text)
        context = f"{asked}\n{to_traditional(question.follows or '')}"
        self._economies = {m.code for m in economies_in(context)}
        if OURS.search(asked):
            self._economies.add(OWN)
        self._years = years_in(asked)
        self._names = question_names(question)
        self._opinion = bool(_ASKS_OPINION.search(asked))
        self._value = read_question(question)
        self._passages: dict[str, float] = {}
        self._lacks: dict[tuple[str, int], float] = {}
        self._readings: dict[tuple[str, int, int], _Reading] = {}

    def read(self, quotes: Sequence[Quote], anchor: str | None) -> list[Signals]:
        """Read the signals of each quote, in order.

        Without an anchor, the text of the quote that answers best so far, none says the same as
        another.
        """
        self._read_new(quotes)
        read = [self._readings[_key(quote)] for quote in quotes]
        best = _Best(
            max(1e-6, *(reading.score.score for reading in read)),
            max(1e-6, *(reading.score.coverage for reading in read)),
            max(1e-6, *(reading.score.dense for reading in read)),
            max(1e-6, *(reading.signals.passage_coverage for reading in read)),
        )
        terms = signature(anchor) if anchor else frozenset()
        values = values_in(self._question.kind, anchor) if anchor else frozenset()
        return [
            replace(
                reading.signals,
                score=max(reading.score.score / best.score, -1.0),
                coverage_best=reading.score.coverage / best.coverage,
                cosine_best=reading.score.dense / best.cosine,
                passage_coverage_best=reading.signals.passage_coverage / best.passage_coverage,
                says_same=0.0
                if quote.text == anchor
                else containment(terms, signature(quote.text)),
                same_values=0.0 if quote.text == anchor else _overlap(values, reading.values),
            )
            for quote, reading in zip(quotes, read, strict=True)
        ]

    def _read_new(self, quotes: Sequence[Quote]) -> None:
        new = [quote for quote in quotes if _key(quote) not in self._readings]
        contexts = [self._context(quote) for quote in new]
        scores = self._index.score_texts(self._question.query, contexts)
        for quote, score in zip(new, scores, strict=True):
            self._readings[_key(quote)] = self._reading(quote, score)

    def _reading(self, quote: Quote, score: TextScore) -> _Reading:
        """Read what does not depend on the other quotes."""
        kind = self._question.kind
        report = self._report(quote)
        section = report.sections[quote.section]
        hit = self._hits.get(quote.hit.chunk.id)
        found = self._found(quote, report)
        said_by = self._index.speakers(report.id).of_sentence(quote.start, quote.end)
        speakers = {speaker.code for speaker in said_by}
        cue = _CUES.get(kind)
        of_years = bool(self._years) and self._is_of_years(quote, report)
        signals = Signals(
            score=0.0,
            passage=max(hit.score / self._best_hit, -1.0) if hit else 0.0,
            passage_coverage=self._passage_coverage(quote),
            passage_coverage_best=0.0,
            coverage=score.coverage,
            coverage_best=0.0,
            lacks_terms=self._lacks_terms(quote),
            cosine=score.dense,
            cosine_best=0.0,
            gives_value=found.value,
            lacks_value=1 - found.value if kind in VALUED else 0.0,
            value_nearness=found.nearness,
            value_suits=found.suits,
            lists_values=float(self._value.many and any(map(self._is_list, found.listed))),
            right_count=float(self._value.count in (*found.listed, found.distinct)),
            too_few=float(found.distinct < (self._value.count or 0)),
            length=log(len(quote.text)) / 10,
            has_cue=float(cue is not None and bool(cue.search(quote.text))),
            may_have_cue=float(cue is not None),
            says_same=0.0,
            same_values=0.0,
            speaks=float(bool(self._economies & speakers)),
            other_speaks=float(
                bool(self._economies and speakers and not self._economies & speakers)
            ),
            right_year=float(of_years),
            wrong_year=float(bool(self._years) and not of_years),
            lacks_names=self._lacking(quote, report, section),
            in_latin=float(_chinese_share(quote.text) < _LITTLE_CHINESE),
            poor_role=float(section.role in _POOR_ROLES),
            wanted_role=float(section.role is _WANTED_ROLES.get(kind)),
            opinion=float(self._opinion and section.role is Role.OPINION),
            no_opinion=float(self._opinion and section.role is not Role.OPINION),
            agenda=float(section.role is Role.AGENDA),
            annex=float(section.role is Role.ANNEX),
            cover=float(section.role is Role.COVER),
            summary=float(section.role is Role.SUMMARY),
        )
        return _Reading(signals, score, values_in(kind, quote.text))

    def _report(self, quote: Quote) -> Report:
        return self._index.report(quote.hit.chunk.report_id)

    def _context(self, quote: Quote) -> str:
        report = self._report(quote)
        title = report.metadata.title.value if report.metadata.title else ""
        return "\n".join((title, *report.sections[quote.section].path, quote.text))

    def _passage_coverage(self, quote: Quote) -> float:
        chunk = quote.hit.chunk
        if chunk.id not in self._passages:
            path = self._report(quote).sections[chunk.section].path
            bag = self._index.bag("\n".join((*path, chunk.text)))
            self._passages[chunk.id] = self._matcher.coverage(bag)
        return self._passages[chunk.id]

    def _lacks_terms(self, quote: Quote) -> float:
        return self._matcher.terms_lacking(self._index.bag(self._context(quote)))

    def _found(self, quote: Quote, report: Report) -> _Found:
        """Look for values that may answer; who may also be an economy or a body, less likely."""
        text, year = quote.text, report_year(report)
        for at, kind in enumerate(k for k in self._value.kinds if k in VALUED):
            every = candidates(kind, text, year)
            found = [each for each in every if not self._value.names(kind, each)]
            if found:
                worth = _SECOND**at
                suits = max(self._value.suits(kind, text, each) for each in found)
                worth *= _UNSUITED if suits < 0 else 1.0
                return _Found(
                    worth,
                    worth * self._nearness(found, text),
                    suits,
                    frozenset(self._listed(each, every, text) for each in found),
                    len({each.key for each in found}),
                )
        return _NOTHING

    def _is_list(self, values: int) -> bool:
        """Tell whether so many values together may answer: all members do not."""
        return values > 1 and (values < ALL or self._value.asks_members)

    def _listed(self, candidate: Candidate, every: Sequence[Candidate], text: str) -> int:
        """Count the different values of the enumeration that a value stands in."""
        return len({c.key for c in listed_with(candidate, every, text)} - self._value.named)

    def _nearness(self, found: Sequence[Candidate], text: str) -> float:
        words = [(m.found, word_weight(m)) for m in self._matcher.explain(self._index.bag(text))]
        places, breaks = anchors(text, words), clause_breaks(text)
        return max(nearness(candidate, places, breaks) for candidate in found)

    def _is_of_years(self, quote: Quote, report: Report) -> bool:
        return year_of(report) in self._years or bool(self._years & years_in(quote.text))

    def _lacking(self, quote: Quote, report: Report, section: Section) -> float:
        if not self._names:
            return 0.0
        place = (quote.hit.chunk.id, quote.section)
        if place not in self._lacks:
            around = "\n".join((*section.path, quote.hit.chunk.text))
            missing = lacking_around(self._names, report, around)
            self._lacks[place] = len(missing) / len(self._names)
        return self._lacks[place]


def _key(quote: Quote) -> tuple[str, int, int]:
    return (quote.hit.chunk.report_id, quote.start, quote.end)


def _chinese_share(text: str) -> float:
    return sum(map(len, HAN_RUN.findall(text))) / max(1, len(text))


def _overlap(wanted: frozenset[str], found: frozenset[str]) -> float:
    """Give the share of the wanted values that were found, times that of the found ones wanted."""
    shared = len(wanted & found)
    return shared / len(wanted) * shared / len(found) if shared else 0.0
