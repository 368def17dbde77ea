"""What programs call: JSON endpoints through Gradio's API."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.briefing.compose import compose
from assistant.briefing.prepare import Request, prepare
from assistant.export import export
from assistant.filters import read_filters
from assistant.question import detect_language
from assistant.render import answer_json, hits_json, report_json, section_json
from assistant.types import Language
from assistant.web.log import log_question
from assistant.web.site import Site
from corpus.errors import AttacheError
from corpus.types import Report
from index.types import Mode

MOST_CITATIONS, MOST_HITS, MOST_TOPICS = 100, 1000, 40
SECTION_CHARACTERS = 20_000
"""A longer section is read piece by piece, by its offsets."""


class Programs:
    """Answers programs with the shapes that DESIGN.md gives; ``AttacheError`` on what is wrong."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def ask(self, question: str, k: int, user: str | None, **filters: Any) -> dict[str, Any]:
        """Answer a question."""
        _require(question, "question")
        _within(k, "k", MOST_CITATIONS)
        answer = self._site.ask(question, read_filters(**filters), k)
        log_question(answer, user)
        return answer_json(answer)

    def search(self, query: str, mode: str, k: int, **filters: Any) -> dict[str, Any]:
        """Rank the passages for a query."""
        _require(query, "query")
        _within(k, "k", MOST_HITS)
        if mode not in tuple(Mode):
            raise AttacheError(f"mode is {mode!r}; expected one of {', '.join(Mode)}")
        searched = self._site.assistant.index
        started = time.perf_counter()
        hits = searched.search(query, Mode(mode), k, read_filters(**filters))
        took_ms = (time.perf_counter() - started) * 1000
        found = [(hit, searched.report(hit.chunk.report_id)) for hit in hits]
        return hits_json(query, Mode(mode), found, took_ms)

    def reports(self) -> dict[str, Any]:
        """Describe all reports."""
        listed = self._site.assistant.index
        counts = Counter(chunk.report_id for chunk in listed.chunks)
        return {"reports": [report_json(each, counts[each.id]) for each in listed.reports]}

    def brief(
        self, topics: list[str], language: str | None, title: str, **filters: Any
    ) -> dict[str, Any]:
        """Prepare a briefing on topics."""
        wanted = tuple(topic for topic in topics if topic.strip())
        if not 1 <= len(wanted) <= MOST_TOPICS:
            raise AttacheError(f"found {len(wanted)} topics; expected 1 to {MOST_TOPICS}")
        if language is not None and language not in tuple(Language):
            raise AttacheError(f"language is {language!r}; expected one of {', '.join(Language)}")
        chosen = Language(language) if language else detect_language(" ".join(wanted))
        request = Request(wanted, chosen, read_filters(**filters), title)
        briefing = prepare(self._site.assistant, request)
        document = compose(briefing)
        return {
            "title": document.title,
            "language": chosen.value,
            "date": document.day.isoformat(),
            "topics": [
                {"topic": topic.topic, "found": not topic.is_empty} for topic in briefing.topics
            ],
            "markdown": export(document, ".md").decode("utf-8"),
            "citations": [
                {"n": n, "ref": note.key, "place": note.place, "quote": note.quote}
                for n, note in enumerate(document.used(), start=1)
            ],
        }

    def section(
        self, report_id: str, path: list[str] | None, start: int | None, end: int | None
    ) -> dict[str, Any]:
        """Give the text of a section, named by its path or by offsets within it."""
        report = self._site.assistant.index.report(report_id)
        if path is not None:
            at = _section_of(report, path)
        elif start is not None:
            try:
                at = report.section_at(start)
            except ValueError as error:
                raise AttacheError(f"start: {error}") from error
        else:
            at = 0
        section = report.sections[at]
        first = section.start if start is None else max(start, section.start)
        last = section.end if end is None else min(end, section.end)
        if first >= last:
            raise AttacheError(
                f"found start {start} and end {end}; expected a span within the section, "
                f"{section.start} to {section.end}"
            )
        return section_json(report, at, first, min(last, first + SECTION_CHARACTERS))


def build_endpoints(site: Site) -> gr.Blocks:
    """Lay out the endpoints ask, search, reports and brief; no event of the page is among them."""
    programs = Programs(site)

    def ask(
        question: str,
        k: int = 8,
        since: str | None = None,
        until: str | None = None,
        group: list[str] | None = None,
        agency: list[str] | None = None,
        economy: list[str] | None = None,
        role: list[str] | None = None,
        report: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question with citations, or say that the reports do not tell.

        since and until are YEAR or YEAR-MM; report holds report ids; the rest as on the page.
        """
        filters = named_filters(since, until, group, agency, economy, role, report)
        with _told():
            return programs.ask(question, k, None, **filters)

    def search(
        query: str,
        mode: str = "hybrid",
        k: int = 10,
        since: str | None = None,
        until: str | None = None,
        group: list[str] | None = None,
        agency: list[str] | None = None,
        economy: list[str] | None = None,
        role: list[str] | None = None,
        report: list[str] | None = None,
    ) -> dict[str, Any]:
        """Rank the passages for a query; mode is hybrid, lexical or dense."""
        filters = named_filters(since, until, group, agency, economy, role, report)
        with _told():
            return programs.search(query, mode, k, **filters)

    def reports() -> dict[str, Any]:
        """List the reports."""
        return programs.reports()

    def brief(
        topics: list[str],
        language: str | None = None,
        title: str = "",
        since: str | None = None,
        until: str | None = None,
        group: list[str] | None = None,
        agency: list[str] | None = None,
        economy: list[str] | None = None,
        role: list[str] | None = None,
        report: list[str] | None = None,
    ) -> dict[str, Any]:
        """Prepare a briefing on topics, as Markdown with its citations; language is zh or en."""
        filters = named_filters(since, until, group, agency, economy, role, report)
        with _told():
            return programs.brief(topics, language, title, **filters)

    blocks: gr.Blocks
    with gr.Blocks(title="Attaché · API", analytics_enabled=False) as blocks:
        api(ask, api_name="ask", concurrency_id="questions")
        api(search, api_name="search", concurrency_id="questions")
        api(reports, api_name="reports", concurrency_id="reports")
        api(brief, api_name="brief", concurrency_limit=1)
    return blocks


def named_filters(
    since: str | None,
    until: str | None,
    group: list[str] | None,
    agency: list[str] | None,
    economy: list[str] | None,
    role: list[str] | None,
    report: list[str] | None,
) -> dict[str, Any]:
    """Gather the filters of an endpoint, by the names that ``read_filters`` has."""
    return {
        "since": since,
        "until": until,
        "group": group,
        "agency": agency,
        "economy": economy,
        "role": role,
        "report": report,
    }


class _told:  # noqa: N801 - a context manager, read like a function
    """Hand an error of ours to the caller in words; Gradio keeps all others to itself."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, AttacheError):
            raise gr.Error(str(error), print_exception=False) from error


def _require(text: str, what: str) -> None:
    if not text.strip():
        raise AttacheError(f"the {what} is empty; expected words to look for")


def _within(k: int, what: str, most: int) -> None:
    if not 1 <= k <= most:
        raise AttacheError(f"{what} is {k}; expected 1 to {most}")


def _section_of(report: Report, path: list[str]) -> int:
    wanted = tuple(path)
    for at, section in enumerate(report.sections):
        if section.path == wanted:
            return at
    known = "; ".join(" › ".join(s.path) for s in report.sections[1:9])
    raise AttacheError(
        f"no section {' › '.join(path)!r} in report {report.id}; expected one such as {known}"
    )
