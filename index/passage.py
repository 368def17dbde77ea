"""What is indexed for a chunk: more than what is shown of it."""

from __future__ import annotations

from corpus.types import Chunk, Report


def passage(report: Report, chunk: Chunk) -> str:
    """Give the report's title, the section path, column heads and the chunk's text, a line each."""
    title = report.metadata.title.value if report.metadata.title else ""
    path = " › ".join(report.sections[chunk.section].path)
    return "\n".join(part for part in (title, path, chunk.context, chunk.text) if part)
