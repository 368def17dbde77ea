"""A topic to every sentence of the reports that is about it, further than an answer looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.briefing.clauses import mentions_in, titles_in
from corpus.sentences import Span, sentences
from corpus.types import Report, Role
from index.retriever import Index
from index.types import Filters, Hit, Mode

DEPTH = 60
"""Passages that are read for a topic."""
NEAR = 0.33
"""A sentence whose score is this share of the nearest one's is about the topic …"""
COVERS = 0.75
"""… if it holds this share of what the one that holds most of the topic's words does."""
LEAST = 0.45
"""Share of a topic's words that the nearest sentence must hold, or no report tells of it."""
SAME_ECONOMIES = 0.75
"""Share of the economies named that two sentences must have in common to tell of one matter."""
RELATED = 0.35
"""Share of the topic's words that such a sentence must hold besides."""
OWN_TITLE = 0.5
"""Share of the topic's words, of what the best sentence holds, in the title of a proposal on it."""
_INHERITED = 0.6
"""What a sentence keeps of the nearness of the one that opens its paragraph."""

_SILENT = frozenset(
    {Role.COVER, Role.CONTENTS, Role.PURPOSE, Role.AGENDA, Role.ANNEX, Role.CAPTION}
)
"""Roles of sections that tell of no matter."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about a topic: ``report.text[start:end]``."""

    report: Report
    start: int
    end: int
    role: Role
    relevance: float
    """How near it is to the topic, over the nearest one, in [0, 1]."""
    others: tuple[Span, ...] = ()
    """Titles of proposals in it that are of other matters, by their place in the report."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.report.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Candidate:
    report: Report
    span: Span
    line: int
    """Where its paragraph begins: sentences of one paragraph share it."""
    role: Role
    context: str


def find(index: Index, query: str, filters: Filters) -> tuple[Finding, ...]:
    """Give the sentences about a topic, in the order of the reports and of their texts."""
    hits = index.search(query, Mode.HYBRID, DEPTH, filters)
    candidates = list(_candidates(index, hits))
    if not candidates:
        return ()
    scores = index.score_texts(query, [c.context for c in candidates])
    best = max(score.score for score in scores)
    covered = max(score.coverage for score in scores)
    if best <= 0 or covered < LEAST:
        return ()
    matcher = index.matcher(query)

    def is_other(candidate: _Candidate, title: Span) -> bool:
        held = matcher.coverage(index.bag(candidate.report.text[title.start : title.end]))
        return held < OWN_TITLE * covered

    titles = [titles_in(c.report.text, c.span.start, c.span.end) for c in candidates]
    others = [
        tuple(title for title in named if is_other(candidate, title))
        for candidate, named in zip(candidates, titles, strict=True)
    ]
    nearness = [
        score.score / best
        if score.score >= NEAR * best
        and score.coverage >= COVERS * covered
        and not (named and len(aside) == len(named))
        else 0.0
        for score, named, aside in zip(scores, titles, others, strict=True)
    ]
    opened: dict[tuple[str, int], float] = {}
    for candidate, near in zip(candidates, nearness, strict=True):
        opened.setdefault((candidate.report.id, candidate.line), near)
    found = [
        Finding(
            c.report,
            c.span.start,
            c.span.end,
            c.role,
            max(near, _INHERITED * opened[(c.report.id, c.line)]),
            aside,
        )
        for c, near, aside in zip(candidates, nearness, others, strict=True)
    ]
    about = [finding for finding in found if finding.relevance > 0]
    listed = [lists for lists in map(_economies, about) if lists]
    for finding, score in zip(found, scores, strict=True):
        if finding.relevance == 0 and score.coverage >= RELATED:
            alike = max((_shared(_economies(finding), lists) for lists in listed), default=0.0)
            if alike >= SAME_ECONOMIES:
                about.append(replace(finding, relevance=NEAR * alike))
    return tuple(sorted(about, key=lambda f: (f.report.source, f.start)))


def is_silent(role: Role) -> bool:
    """Whether sections of a role tell of no matter: covers, agendas, annexes and the like."""
    return role in _SILENT


def _candidates(index: Index, hits: Iterable[Hit]) -> Iterable[_Candidate]:
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        report = index.report(hit.chunk.report_id)
        for start, end in _paragraphs(report, hit.chunk.start, hit.chunk.end):
            if (report.id, start) in seen:
                continue
            seen.add((report.id, start))
            section = report.sections[report.section_at(start)]
            if section.role in _SILENT or "\t" in report.text[start:end]:
                continue
            for span in sentences(report.text, start, end):
                text = report.text[span.start : span.end]
                if section.heading and text.rstrip("：: ").endswith(section.heading.rstrip("：: ")):
                    continue
                context = f"{section.heading}\n{text}" if section.heading else text
                yield _Candidate(report, span, start, section.role, context)


def _paragraphs(report: Report, start: int, end: int) -> Sequence[tuple[int, int]]:
    """The lines that a chunk touches, whole, but none beyond the section that it begins in."""
    text = report.text
    found = []
    at = text.rfind("\n", 0, start) + 1
    while at < end:
        newline = text.find("\n", at)
        line_end = len(text) if newline < 0 else newline
        if text[at:line_end].strip():
            found.append((at, line_end))
        at = line_end + 1
    return found


def _economies(finding: Finding) -> frozenset[str]:
    """The economies that a sentence names, when they are several and not all of a meeting."""
    codes = frozenset(mention.code for mention in mentions_in(finding.text))
    return codes if 3 <= len(codes) <= 8 else frozenset()


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
