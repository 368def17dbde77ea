"""Rows of tables under their heads: on small tables, the real agendas and the samples' ones."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from corpus.chunker import chunk_report
from corpus.read import read_report
from corpus.tables import Tables, row_cells
from corpus.types import Chunk, Report

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
SAMPLES = Path(str(files("corpus"))) / "reports"


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def reading(text: str) -> Report:
        path = tmp_path / "report.md"
        path.write_text(text, encoding="utf-8")
        return read_report(path)

    return reading


def real(name: str) -> Report:
    found = next(iter(REPORTS.glob(f"{name}*.txt")), None)
    if found is None:
        pytest.skip("the real reports are not here")
    return read_report(found)


def cells(report: Report, words: str) -> dict[str, str]:
    """Cells by head of the row that prints the words; its times must be in the text as well."""
    found = row_cells(report, report.text.index(words))
    assert all(report.text[c.start : c.end] == c.text for c in found)
    return {cell.head: cell.text for cell in found}


def chunk_with(report: Report, words: str) -> Chunk:
    return next(chunk for chunk in chunk_report(report) if words in chunk.text)


TABLE = """議程

8 月 21 日（星期日）

| 時間 | 議題 | 主持 |
| --- | --- | --- |
| 09:00-09:10 | 1.1 致詞 | 召集人 |
| 09:10-09:40 | 1.2 簡報 | 秘書處 |
| | 1.3 問答 | 各經濟體 |
"""


def test_a_cell_goes_with_the_head_of_its_column(read) -> None:  # type: ignore[no-untyped-def]
    report = read(TABLE)
    assert cells(report, "1.2") == {"時間": "09:10-09:40", "議題": "1.2 簡報", "主持": "秘書處"}


def test_a_time_holds_for_the_rows_below_that_leave_it_out(read) -> None:  # type: ignore[no-untyped-def]
    report = read(TABLE)
    assert cells(report, "1.3") == {"時間": "09:10-09:40", "議題": "1.3 問答", "主持": "各經濟體"}


def test_heads_hold_over_a_page_break_and_a_repeated_head_begins_anew(read) -> None:  # type: ignore[no-untyped-def]
    report = read(
        "議程\n\n時間\t議題\t主持\n09:00-09:10\t甲題\t甲君\n\n\n\n09:10-09:20\t乙題\t乙君\n\n\n"
        "時間\t講者\t議題\n09:20-09:30\t丙君\t丙題\n"
    )
    assert cells(report, "乙題") == {"時間": "09:10-09:20", "議題": "乙題", "主持": "乙君"}
    assert cells(report, "丙題") == {"時間": "09:20-09:30", "講者": "丙君", "議題": "丙題"}


def test_heads_do_not_hold_in_another_branch_or_behind_running_text(read) -> None:  # type: ignore[no-untyped-def]
    report = read(
        "壹、議程\n\n時間\t議題\n09:00-09:10\t甲題\n\n貳、名單\n\n王一\t甲局\n李二\t乙局\n\n"
        "參、附表\n\n時間\t議題\n09:00-09:10\t丙題\n\n"
        "以上各項議題均於會中充分討論，並經各會員體一致同意，將於下次會議繼續辦理，特此說明。\n\n陳三\t丁局\n"
    )
    assert {c.head for c in row_cells(report, report.text.index("李二"))} == {""}
    assert {c.head for c in row_cells(report, report.text.index("陳三"))} == {""}


def test_a_table_of_figures_has_its_first_row_for_heads(read) -> None:  # type: ignore[no-untyped-def]
    report = read("統計\n\n會員體\t案數\t說明\n澳洲\t12\t甲\n日本\t7\t乙\n韓國\t9\t丙\n")
    assert cells(report, "日本") == {"會員體": "日本", "案數": "7", "說明": "乙"}


def test_outside_of_rows_there_are_no_cells(read) -> None:  # type: ignore[no-untyped-def]
    report = read(TABLE)
    assert row_cells(report, 0) == ()


def test_a_chunk_of_rows_is_indexed_with_heads_and_day(read) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(f"| 1{n}:00-1{n}:30 | {n}.1 {'題' * 90} | 主持{n} |\n" for n in range(9))
    report = read(TABLE + rows)
    last = chunk_report(report)[-1]
    assert "主持 8" not in last.context
    assert last.context.split("\n") == ["8 月 21 日（星期日）", "時間 議題 主持"]


def test_text_has_no_context(read) -> None:  # type: ignore[no-untyped-def]
    assert {c.context for c in chunk_report(read("壹、前言\n\n本文。\n\n貳、過程\n\n內容。"))} == {
        ""
    }


# -- the real agendas ------------------------------------------------------------------------


def test_who_leads_item_3_3_of_the_bmg_agenda_and_when() -> None:
    found = cells(real("000"), "3.3 APEC PSU")
    assert found["LEAD"] == "APEC PSU Senior Researcher Emmanuel San Andres"
    assert found["TIMING"] == "09:40-09:50"
    assert found["SUBJECT"].startswith("3.3")


@pytest.mark.parametrize(
    ("words", "time", "lead"),
    [
        ("2.1 Adoption", "09:10-09:15", "Convenor"),
        ("4.1 ABTC System User", "11:00-11:15", "Office of Convenor"),  # over a page break
        ("5.2 Reports", "11:45-12:30", "Economies in alphabetical order"),  # time in the row above
        ("6.4 Concept", "15:15-15:30", "Australia"),
        ("7.4 Digital", "09:10-10:00", "IATA Ms Youn Kim (Virtual)"),  # below the second heads
        ("8.2 Implementing", "11:30-12:00", "Indonesia (Presenter TBA)"),
        ("10.4 Meeting", "16:45-17:00", "APEC Secretariat"),
    ],
)
def test_rows_of_the_bmg_agenda(words: str, time: str, lead: str) -> None:
    found = row_cells((report := real("000")), report.text.index(words))
    assert [found[0].text, found[-1].head, found[-1].text] == [time, "LEAD", lead]


def test_a_chunk_of_the_bmg_agenda_has_heads_and_day() -> None:
    chunk = chunk_with(real("000"), "3.3 APEC PSU")
    assert chunk.context.split("\n") == ["Sunday, 21 August 2022", "TIMING SUBJECT LEAD"]
    later = chunk_with(real("000"), "8.2 Implementing")
    assert later.context.split("\n") == ["DAY 2 Monday, 22 August 2022", "TIME SUBJECT LEAD"]


def test_a_part_of_the_sptf_agenda_has_the_time_of_its_item() -> None:
    assert chunk_with(real("000"), "3.3 Peru").context == "0950 – 1015"


def test_who_speaks_of_what_in_the_star_agenda() -> None:
    report = real("003")
    assert cells(report, "Mr. Michael Willent (專家)\t") == {
        "時間": "8/6 13:30- 15:30",
        "講者(職稱)": "Mr. Michael Willent (專家)",
        "講者任職單位": "澳洲",
        "講題": "旅客資訊系統 Passenger Information System",
    }
    # a row that leaves out its time without a cell for it
    assert cells(report, "Mr. Michael Lim")["講者任職單位"] == "國際航空電訊集團(SITA)"
    assert cells(report, "Mr. Michael Lim")["時間"] == "8/7 09:00- 11:00"


def test_rows_behind_a_page_break_stand_under_their_topic() -> None:
    report = real("003")
    rows = {report.text[r.start : r.end].strip()[:12]: r for r in Tables(report).rows}
    continued = rows["Mr. Leonid N"]
    assert continued.item is not None
    assert report.text[slice(*continued.item)] == "議題三：確保 APEC 區域貨櫃運輸安全(續)"
    assert "議題二" in chunk_with(report, "戰儉(副主任)").context


def test_the_days_of_the_trip() -> None:
    assert cells(real("003"), "8/8 (五)")["工作行程"].endswith("反恐工作小組會議(CTWG)")


# -- the samples' pipe tables ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("2022-bmg-som3-boca.md", "6.4 概念文件", ("15:15–15:30", "澳洲 (Australia)")),
        ("2022-bmg-som3-boca.md", "3.3 秘魯經驗分享", ("09:50–10:15（7 分鐘）", "秘魯 (Peru)")),
    ],
)
def test_rows_of_the_samples(source: str, words: str, expected: tuple[str, str]) -> None:
    found = cells(read_report(SAMPLES / source), words)
    assert (found["時間"], found["主持/主講"]) == expected
    assert words in found["議題"]


def test_every_row_of_the_samples_but_the_heads_has_heads() -> None:
    for path in SAMPLES.glob("*.md"):
        report = read_report(path)
        bare = [r for r in Tables(report).rows if not r.heads]
        texts = {report.text[r.start : r.end].split("\t")[0] for r in bare}
        assert texts <= {"時間"}, path
