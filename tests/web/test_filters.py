from datetime import date
from pathlib import Path

import pytest

from assistant.types import Language
from assistant.web.filters import (
    chips,
    facets,
    joined,
    panel_html,
    query_of,
    read_query,
    share_query,
    without,
    years,
)
from corpus.types import Role
from index.retriever import Index, open_index
from index.types import Filters
from index.update import update

_REPORT = "---\ntitle: {title}\nagency: {agency}\nreport_date: {day}\ngroups: {group}\n---\n\n"
BMG_2020 = _REPORT.format(title="甲", agency="外交部", day="2020-03-01", group="BMG") + (
    "# 一、會議過程\n\n日本說明審核時程。\n\n# 二、心得與建議\n\n建議持續參加。\n"
)
BMG_2022 = _REPORT.format(title="乙", agency="移民署", day="2022-09-01", group="BMG") + (
    "# 一、會議過程\n\n日本與越南說明審核時程。\n"
)
SCCP_2022 = _REPORT.format(title="丙", agency="關務署", day="2022-10-01", group="SCCP") + (
    "# 一、會議過程\n\n泰國說明通關時程。\n"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("filters")
    for name, text in (("a.md", BMG_2020), ("b.md", BMG_2022), ("c.md", SCCP_2022)):
        (folder / name).write_text(text, encoding="utf-8")
    update([folder], folder / "index")
    return open_index(folder / "index")


def _reports_of(index: Index, field: str, filters: Filters) -> dict[str, int]:
    (facet,) = (each for each in facets(index, filters, Language.ZH) if each.field == field)
    return {choice.value: choice.reports for choice in facet.choices}


def test_every_value_is_counted(index: Index) -> None:
    assert _reports_of(index, "groups", Filters()) == {"BMG": 2, "SCCP": 1}
    assert _reports_of(index, "agencies", Filters()) == {"外交部": 1, "移民署": 1, "關務署": 1}
    assert _reports_of(index, "economies", Filters()) == {"JP": 2, "VN": 1, "TH": 1}
    assert _reports_of(index, "roles", Filters())["opinion"] == 1
    assert len(_reports_of(index, "reports", Filters())) == 3
    assert [(c.value, c.reports) for c in years(index, Filters())] == [("2020", 1), ("2022", 2)]


def test_counts_are_those_under_the_other_filters(index: Index) -> None:
    of_2022 = Filters(since=date(2022, 1, 1), until=date(2022, 12, 31))
    assert _reports_of(index, "groups", of_2022) == {"BMG": 1, "SCCP": 1}
    bmg = Filters(groups=("BMG",))
    assert _reports_of(index, "groups", bmg) == {"BMG": 2, "SCCP": 1}, "not under itself"
    assert _reports_of(index, "economies", bmg) == {"JP": 2, "VN": 1}
    assert [(c.value, c.reports) for c in years(index, bmg)] == [("2020", 1), ("2022", 1)]


def test_chosen_value_is_offered_even_where_nothing_is_left(index: Index) -> None:
    nothing = Filters(groups=("SCCP",), economies=("JP",))
    assert _reports_of(index, "groups", nothing) == {"BMG": 2, "SCCP": 0}
    assert "value='JP' checked" in panel_html(index, nothing, Language.EN)


def test_passages_add_up(index: Index) -> None:
    for facet in facets(index, Filters(), Language.EN):
        if facet.field == "reports":
            assert sum(choice.passages for choice in facet.choices) == len(index.chunks)


FULL = Filters(
    since=date(2020, 1, 1),
    until=date(2022, 8, 31),
    groups=("BMG", "SCCP"),
    agencies=("外交部 & 領務局",),
    economies=("JP",),
    roles=(Role.OPINION, Role.FOLLOW_UP),
    reports=("0123456789ab",),
)


def test_address_says_all_filters_and_is_read_back() -> None:
    query = share_query("誰？ a&b=c", FULL)
    assert read_query("?" + query) == ("誰？ a&b=c", FULL)
    assert ("since", "2020") in query_of(FULL)
    assert ("until", "2022-08") in query_of(FULL)


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("since=2022", Filters(since=date(2022, 1, 1))),
        ("until=2022", Filters(until=date(2022, 12, 31))),
        ("until=2024-02", Filters(until=date(2024, 2, 29))),
        ("until=2022-12", Filters(until=date(2022, 12, 31))),
        ("since=", Filters()),
        ("since=soon&until=2022-13&role=king&economy=Mars", Filters()),
        ("economy=Japan", Filters(economies=("JP",))),
        ("unknown=1", Filters()),
    ],
)
def test_what_an_address_says_is_read_and_what_makes_no_sense_left_out(
    query: str, filters: Filters
) -> None:
    assert read_query(query) == ("", filters)


def test_chips_name_each_filter_in_both_languages(index: Index) -> None:
    filters = Filters(
        since=date(2022, 1, 1),
        until=date(2022, 12, 31),
        economies=("JP",),
        roles=(Role.OPINION,),
        reports=(index.reports[0].id,),
    )
    assert [c.name for c in chips(filters, index, Language.ZH)] == [
        "2022",
        "日本",
        "心得與建議",
        "甲",
    ]
    assert [c.name for c in chips(filters, index, Language.EN)][1:3] == ["Japan", "opinion"]


def test_filter_is_taken_off_by_value_or_whole() -> None:
    assert without(FULL, "groups", "BMG").groups == ("SCCP",)
    assert without(FULL, "roles", "opinion").roles == (Role.FOLLOW_UP,)
    off = without(FULL, "years")
    assert (off.since, off.until) == (None, None)


def test_filters_are_joined_field_by_field() -> None:
    both = joined(Filters(groups=("BMG",)), Filters(since=date(2022, 1, 1)))
    assert both == Filters(since=date(2022, 1, 1), groups=("BMG",))


def test_panel_escapes_what_reports_say(tmp_path: Path) -> None:
    text = _REPORT.format(title="<b>", agency="<i>'\"", day="2020-03-01", group="BMG")
    (tmp_path / "x.md").write_text(text + "# 一、會議\n\n內容。\n", encoding="utf-8")
    update([tmp_path], tmp_path / "index")
    panel = panel_html(open_index(tmp_path / "index"), Filters(), Language.ZH)
    assert "<b>" not in panel
    assert "<i>" not in panel
