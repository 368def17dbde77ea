"""The assistant: a question in, an answer with citations out, or that the reports do not say."""

from __future__ import annotations

import time
from collections.abc import Sequence

from assistant.evidence import THRESHOLD, Evidence, choose, confidence, find_evidence
from assistant.question import understand
from assistant.render import label
from assistant.types import Answer, Citation, Coverage, Question, Statement
from index.retriever import Index, passes
from index.types import Filters


class Assistant:
    """Answers questions from the reports of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def ask(self, text: str, filters: Filters | None = None, k: int = 8) -> Answer:
        """Answer with at most k citations; abstain where the reports do not tell."""
        started = time.perf_counter()
        question = understand(text, filters)
        evidence = find_evidence(self.index, question)
        sureness = confidence(evidence)
        chosen = choose(evidence, k) if sureness >= THRESHOLD else []
        citations = tuple(self._cite(n, e) for n, e in enumerate(chosen, start=1))
        nearest = self._cite(1, evidence[0]) if evidence and not chosen else None
        return Answer(
            question=question,
            statements=tuple(Statement(c.quote, (c.n,)) for c in citations),
            values=(),
            citations=citations,
            coverage=Coverage(
                reports_searched=sum(passes(r, question.filters) for r in self.index.reports),
                reports_with_evidence=len({c.report_id for c in citations}),
            ),
            confidence=sureness,
            abstained=not citations,
            reason=None if citations else _reason(question, evidence),
            nearest=nearest,
            took_ms=(time.perf_counter() - started) * 1000,
        )

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
            score=evidence.score,
        )


def _reason(question: Question, evidence: Sequence[Evidence]) -> str:
    """Say why there is no answer, in the language of the question."""
    name = "not_told" if evidence else "nothing_matches"
    return label(name, question.language)
