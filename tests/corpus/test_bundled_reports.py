"""The sample reports that come with the package read as printed reports do."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from corpus.chunker import chunk_report
from corpus.read import discover, read_report
from corpus.types import Role

FOLDER = Path(str(files("corpus"))) / "reports"


@pytest.mark.parametrize("source", sorted(path.name for path in FOLDER.glob("*.md")))
def test_a_bundled_report_has_what_a_citation_shows(source: str) -> None:
    report = read_report(FOLDER / source, source)
    metadata = report.metadata
    assert metadata.title is not None
    assert metadata.places
    assert metadata.groups
    assert metadata.event_start is not None
    assert metadata.event_end is not None
    assert metadata.event_start.value <= metadata.event_end.value
    roles = {section.role for section in report.sections}
    assert {Role.COVER, Role.PURPOSE, Role.PROCEEDINGS} <= roles
    assert len(chunk_report(report)) > 10


def test_the_bundled_reports_are_found() -> None:
    assert len(discover([FOLDER])) == len(list(FOLDER.glob("*.md"))) > 0
