from __future__ import annotations

import pytest

from corpus.types import Metadata, Page, Report, Role, Section


def section(number: str, parent: int | None, start: int, own_end: int, end: int) -> Section:
    level = 0 if parent is None else 1
    return Section(number, "", level, parent, Role.PROCEEDINGS, (), start, own_end, end)


REPORT = Report(
    "0" * 12,
    "x.txt",
    "0" * 64,
    "zh",
    Metadata(),
    "0123456789",
    (section("", None, 0, 0, 10), section("一", 0, 0, 4, 4), section("二", 0, 4, 10, 10)),
    (Page(1, 0, 3), Page(2, 3, 3), Page(3, 3, 8), Page(4, 8, 8)),
)


def test_the_deepest_section_holds_an_offset() -> None:
    assert [REPORT.section_at(offset) for offset in (0, 3, 4, 9)] == [1, 1, 2, 2]


@pytest.mark.parametrize("offset", [-1, 10])
def test_an_offset_outside_of_the_text_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match="offset"):
        REPORT.section_at(offset)


def test_a_page_without_text_holds_nothing() -> None:
    assert [REPORT.page_at(offset) for offset in (0, 2, 3, 7, 8, -1)] == [1, 1, 3, 3, None, None]
