"""The five real reports, read: outlines and metadata worked out by hand from the files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from corpus.chunker import chunk_report
from corpus.read import read_report
from corpus.sentences import sentences
from corpus.types import Report, Role

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
EXPECTED = Path(__file__).parent / "expected"

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")

NAMES = ("000", "001", "002", "003", "004")


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {path.name[:3]: read_report(path) for path in sorted(REPORTS.glob("*.txt"))}


@pytest.fixture(params=NAMES)
def report(request: pytest.FixtureRequest, reports: dict[str, Report]) -> Report:
    return reports[request.param]


def expected_outline(name: str) -> list[tuple[int, str, str, str]]:
    """Level, number, heading and role; a role that is not written is the parent's."""
    rows: list[tuple[int, str, str, str]] = []
    above = ["proceedings"]
    for line in (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        printed, _, rest = line.partition("|")
        number = printed.strip()
        # an unnumbered line has one blank more before its bar
        indent = len(printed) - len(printed.lstrip()) if number else len(printed) - 1
        level = indent // 2 + 1
        heading, _, role = rest.partition("@")
        del above[level:]
        above.append(role.strip() or above[level - 1])
        rows.append((level, number, heading.strip(), above[level]))
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_the_outline_is_the_one_that_a_reader_sees(name: str, reports: dict[str, Report]) -> None:
    found = [(s.level, s.number, s.heading, s.role.value) for s in reports[name].sections[1:]]
    assert found == expected_outline(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_section_stands_under_the_nearest_line_above_that_is_less_indented(
    name: str, reports: dict[str, Report]
) -> None:
    sections = reports[name].sections
    stack = [0]
    for number, section in enumerate(sections[1:], start=1):
        del stack[section.level :]
        assert section.parent == stack[-1]
        stack.append(number)


def test_own_parts_in_order_are_the_text(report: Report) -> None:
    assert "".join(report.text[s.start : s.own_end] for s in report.sections) == report.text


def test_a_section_spans_what_is_below_it(report: Report) -> None:
    for section in report.sections[1:]:
        assert section.parent is not None
        parent = report.sections[section.parent]
        assert parent.own_end <= section.start < section.own_end <= section.end <= parent.end


def test_numbers_and_headings_are_printed_where_their_section_begins(report: Report) -> None:
    for section in report.sections[1:]:
        own = re.sub(r"\s+", "", report.text[section.start : section.own_end])
        number, heading = (re.sub(r"\s+", "", s) for s in (section.number, section.heading))
        if section.role is Role.CAPTION:
            assert heading in own  # a caption is named by the line of it that says what it shows
            continue
        # a time may stand before the mark: 0910 – 0950 2. GLOBAL
        time = r"(?:\d{4}[–-]\d{4})?" if section.role is Role.AGENDA else ""
        mark = rf"{re.escape(number)}[、.：:)]?" if number else ""
        assert re.match(rf"{time}{mark}{re.escape(heading)}", own), own[:40]


def test_chunks_are_verbatim_and_within_their_section(report: Report) -> None:
    for chunk in chunk_report(report):
        section = report.sections[chunk.section]
        assert report.text[chunk.start : chunk.end] == chunk.text == chunk.text.strip() != ""
        assert chunk.start < chunk.end <= section.end
        for number in report.ancestors(chunk.section):
            above = report.sections[number]
            if above.start <= chunk.start:
                break
            # only bare headings of another role may stand before the section
            parent = report.sections[above.parent or 0]
            assert parent.role is not above.role
            assert parent.own_end == above.start
            printed = report.text[parent.start : parent.own_end].strip()
            assert len(printed) <= len(parent.number + parent.heading) + 4
        assert chunk.id == f"{report.id}:{chunk.start}-{chunk.end}"
        assert len(chunk.text) <= 800


def test_chunks_cover_all_but_the_contents_once(report: Report) -> None:
    covered = [0] * len(report.text)
    for chunk in chunk_report(report):
        for offset in range(chunk.start, chunk.end):
            covered[offset] += 1
    contents = {
        offset
        for section in report.sections
        if section.role is Role.CONTENTS
        for offset in range(section.start, section.end)
    }
    for offset, char in enumerate(report.text):
        if not char.isspace():
            assert covered[offset] == (offset not in contents), offset


def test_no_page_number_line_and_no_markdown_mark_is_left(report: Report) -> None:
    lines = report.text.split("\n")
    assert not [line for line in lines if line.strip().isdigit()]
    assert not [line for line in lines if line.startswith("#") or "**" in line or "<" in line]


def test_sentences_are_never_cut_by_a_line_end_of_the_converter(report: Report) -> None:
    """A line that ends in the middle of a sentence is a heading, a row, an entry or a caption."""
    for line in report.text.split("\n"):
        if len(line) > 60 and "。" in line and "\t" not in line:
            assert line[-1] in "。：；）」)" or line.endswith(
                ("掌握議題最新趨勢", "構相關能力", "表示同意", "便捷化等")
            ), line[-20:]


def test_sentences_lie_in_the_text(report: Report) -> None:
    for span in sentences(report.text):
        quoted = report.text[span.start : span.end]
        assert quoted == quoted.strip() != ""
        assert "\n" not in quoted


@dataclass(frozen=True)
class Expected:
    title: str | None
    agencies: tuple[str, ...]
    authors: tuple[str, ...]
    places: tuple[str, ...]
    event_start: date | None
    event_end: date | None
    report_date: date | None
    groups: tuple[str, ...]
    meeting: str


METADATA = {
    "000": Expected(
        "2022 年亞太經濟合作(APEC)第 3 次資深官員會議(SOM 3)期間"
        "「商務人士移動小組」(BMG)會議及「安全旅運任務小組」(SPTF)專案會議",
        ("外交部領事事務局", "內政部移民署"),
        ("蕭一等秘書回部辦事輔鼓", "柯書記佩廷", "傅隊長水添"),
        ("泰國",),
        date(2022, 8, 20),
        date(2022, 8, 24),
        date(2022, 9, 28),
        ("BMG", "SPTF"),
        "SOM 3, 2022",
    ),
    "001": Expected(
        "2020 APEC SOM I 商務人士移動小組(BMG)系列相關會議 "
        "2020 APEC SOM I Business Mobility Group (BMG) Series Meetings",
        ("外交部領事事務局",),
        ("陳秘書回部志勳",),
        ("馬來西亞",),
        date(2020, 2, 3),
        date(2020, 2, 5),
        date(2020, 3, 5),
        ("BMG",),
        "SOM 1, 2020",
    ),
    # it has no cover: its summary says when and where the meeting was, and nothing says the rest
    "002": Expected(
        None,
        (),
        (),
        ("泰國清邁",),
        date(2022, 8, 20),
        date(2022, 8, 24),
        None,
        ("BMG", "SPTF"),
        "SOM 3, 2022",
    ),
    "003": Expected(
        "出席亞太經濟合作組織(APEC)會議 2014 年第三次資深官員會議(SOM 3)"
        "反恐工作小組會議(CTWG)暨第 9 次貿易安全(STAR)會議",
        ("行政院國土安全辦公室", "交通部", "財政部關務署", "外交部"),
        ("任芝菁", "張漢昌", "李婉萍", "曾雅苓", "曾日新", "廖莉莉"),
        ("中國大陸·北京市",),
        date(2014, 8, 6),
        date(2014, 8, 9),
        date(2014, 8, 27),
        ("CTWG", "STAR"),
        "SOM 3, 2014",
    ),
    "004": Expected(
        "出席 2022 年亞太經濟合作(APEC)海關與企業對話(ACBD)及"
        "關務程序次級委員會(SCCP)第 2 次會議報告",
        ("財政部關務署",),
        ("劉副組長麗霞", "楊股長士宗", "柯辦事員佩君"),
        ("泰國", "泰國清邁"),
        date(2022, 8, 22),
        date(2022, 8, 26),
        date(2022, 11, 14),
        ("ACBD", "SCCP"),
        "SOM 3, 2022",
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_metadata_is_what_the_cover_says(name: str, reports: dict[str, Report]) -> None:
    metadata = reports[name].metadata
    assert METADATA[name] == Expected(
        metadata.title and metadata.title.value,
        tuple(fact.value for fact in metadata.agencies),
        tuple(fact.value for fact in metadata.authors),
        tuple(fact.value for fact in metadata.places),
        metadata.event_start and metadata.event_start.value,
        metadata.event_end and metadata.event_end.value,
        metadata.report_date and metadata.report_date.value,
        tuple(fact.value for fact in metadata.groups),
        metadata.meeting.value if metadata.meeting else "",
    )


@pytest.mark.parametrize("name", NAMES)
def test_metadata_points_to_where_it_was_read(name: str, reports: dict[str, Report]) -> None:
    text, metadata = reports[name].text, reports[name].metadata
    for fact in (*metadata.agencies, *metadata.authors, *metadata.places):
        assert text[fact.start : fact.end] == fact.value
    if metadata.title is not None:
        printed = re.sub(r"\s+", "", text[metadata.title.start : metadata.title.end])
        assert printed == re.sub(r"\s+", "", metadata.title.value)
    printed_days = {
        "002": ("8 月 20 日至 24 日", None),
        "000": ("111 年 8 月 20 日至 24 日", "111 年 9 月 28 日"),
        "001": ("109 年 2 月 3 日至 2 月 5 日", "109 年 3 月 5 日"),
        "003": ("103.08.06-103.08.09", "103.08.27"),
        "004": ("111 年 8 月 22 日至 8 月 26 日", "111 年 11 月 14 日"),
    }
    if name in printed_days:
        found = tuple(
            fact and text[fact.start : fact.end]
            for fact in (metadata.event_start, metadata.report_date)
        )
        assert found == printed_days[name]
    printed_rounds = {
        "000": "2022 年亞太經濟合作(APEC)\n第 3 次資深官員會議(SOM 3)",
        "001": "2020 APEC SOM I",
        "002": "2022 年亞太經濟合作(APEC)第 3 次資深官員系列會議（SOM 3）",
        "003": "2014 年第三次資深官員會議(SOM 3)",
        "004": "2022)年 8 月 APEC 第 3 次資深官員會議",
    }
    meeting = metadata.meeting
    assert meeting is not None
    assert text[meeting.start : meeting.end] == printed_rounds[name]


def test_five_reports_are_read_and_chunked_in_under_a_second() -> None:
    start = perf_counter()
    for path in REPORTS.glob("*.txt"):
        chunk_report(read_report(path))
    assert perf_counter() - start < 1
