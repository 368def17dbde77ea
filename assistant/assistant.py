"""The assistant: a question in, an answer with citations out, or that the reports do not say."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.choice import choose
from assistant.conversation import wants_more
from assistant.evidence import Evidence, find_evidence, passages
from assistant.grouping import grouped
from assistant.missing import reason
from assistant.question import NO_FILTERS, understand
from assistant.render import label, title_label
from assistant.sureness import confidence
from assistant.types import Answer, Citation, Coverage, Question, Statement, Value
from assistant.values.extract import FoundValue, extract
from assistant.weights import THRESHOLD
from corpus.types import Report
from index.retriever import Index, passes
from index.types import Filters


class Assistant:
    """Answers questions from the reports of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def ask(
        self,
        text: str,
        filters: Filters = NO_FILTERS,
        k: int = 8,
        previous: Answer | None = None,
        stated: bool = True,
    ) -> Answer:
        """Answer with at most k citations; abstain where the reports do not tell.

        ``previous`` is the last answer of a conversation, for questions that lean on it.
        Without ``stated`` the filters that the question states in words are not heeded.
        """
        started = time.perf_counter()
        last = previous.question if previous is not None else None
        question = understand(text, filters, last, self.index.reports if stated else ())
        if previous is not None and question.follows is not None:
            question = replace(
                question,
                answered=tuple(value.text for value in previous.values),
                shown=_shown(previous),
                more=wants_more(text),
            )
        evidence = find_evidence(self.index, question)
        values = [] if question.more else extract(self.index, question, evidence)
        sureness = confidence(self.index, question, evidence, values)
        told = sureness >= THRESHOLD
        chosen = choose(self.index, question, evidence, values, k) if told else []
        groups = grouped(chosen)
        numbers = {id(e): n for n, e in enumerate((e for g in groups for e in g), start=1)}
        citations = tuple(self._cite(numbers[id(e)], e) for group in groups for e in group)
        searched = [r for r in self.index.reports if passes(r, question.filters)]
        return Answer(
            question=question,
            statements=tuple(
                Statement(citations[numbers[id(g[0])] - 1].quote, tuple(numbers[id(e)] for e in g))
                for g in groups
            ),
            values=_cited(values, numbers) if told else (),
            citations=citations,
            coverage=Coverage(
                reports_searched=len(searched),
                reports_with_evidence=len({c.report_id for c in citations}),
                years_without=_years_without(searched),
            ),
            confidence=sureness,
            abstained=not citations,
            reason=None if citations else self._reason(question, evidence),
            nearest=self._cite(1, evidence[0]) if evidence and not chosen else None,
            passages=passages(evidence),
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _reason(self, question: Question, evidence: Sequence[Evidence]) -> str:
        if question.more:
            return label("no_more", question.language)
        return reason(self.index, question, evidence, self._excluded(question))

    def _excluded(self, question: Question) -> tuple[str, ...]:
        """Name the reports that would answer a question if it had no filters."""
        if question.filters == NO_FILTERS:
            return ()
        free = replace(question, filters=NO_FILTERS, stated=NO_FILTERS)
        evidence = find_evidence(self.index, free)
        values = extract(self.index, free, evidence)
        if confidence(self.index, free, evidence, values) < THRESHOLD:
            return ()
        found = choose(self.index, free, evidence, values, k=3)
        reports = [self.index.report(e.hit.chunk.report_id) for e in found]
        return tuple(
            dict.fromkeys(
                title_label(
                    report.metadata.title.value if report.metadata.title else None,
                    report.source,
                    question.language,
                )
                for report in reports
                if not passes(report, question.filters)
            )
        )

    def _speaker(self, report: Report, evidence: Evidence) -> str | None:
        speakers = self.index.speakers(report.id).of_sentence(evidence.start, evidence.end)
        return speakers[0].code if speakers else None

    def _cite(self, n: int, evidence: Evidence) -> Citation:
        chunk = evidence.hit.chunk
        report = self.index.report(chunk.report_id)
        section = report.sections[report.section_at(evidence.start)]
        meta = report.metadata
        return Citation(
            n=n,
            report_id=report.id,
            source=report.source,
            title=meta.title.value if meta.title else None,
            agencies=tuple(f.value for f in meta.agencies),
            event_start=meta.event_start.value if meta.event_start else None,
            report_date=meta.report_date.value if meta.report_date else None,
            section_path=section.path,
            role=section.role,
            page=report.page_at(evidence.start),
            start=evidence.start,
            end=evidence.end,
            quote=report.text[evidence.start : evidence.end],
            passage=chunk.text,
            ocr=report.is_ocr(evidence.start),
            speaker=self._speaker(report, evidence),
            score=evidence.likely,
        )


def _shown(previous: Answer) -> frozenset[str]:
    """Give the quotes that a conversation has shown of its last question."""
    before = previous.question.shown if previous.question.more else frozenset()
    return before | {citation.ref for citation in previous.citations}


def _cited(values: Sequence[FoundValue], numbers: dict[int, int]) -> tuple[Value, ...]:
    """Give the values with the numbers of their citations; one without any is left out."""
    cited = []
    for value in values:
        marks = sorted({numbers[id(e)] for e in value.evidence if id(e) in numbers})
        if marks:
            cited.append(Value(value.text, value.kind.value, tuple(marks), value.differs))
    return tuple(cited)


def _years_without(reports: Sequence[Report]) -> tuple[int, ...]:
    days = [r.metadata.event_start or r.metadata.report_date for r in reports]
    years = {day.value.year for day in days if day}
    return tuple(sorted(set(range(min(years), max(years))) - years)) if years else ()
