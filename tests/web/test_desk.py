"""What the events of the Ask tab do, without a browser."""

from itertools import pairwise
from pathlib import Path

import gradio as gr
import pytest

from assistant.samples import REPORTS
from assistant.types import Answer, Language
from assistant.web.ask import Desk
from assistant.web.escape import plain
from assistant.web.kept import Kept, kept_json, read_kept
from assistant.web.place import Place, read_place
from assistant.web.site import Site
from assistant.web.viewer import MOST_CHARACTERS, shown_span
from corpus.errors import AttacheError
from corpus.read import read_report
from index.update import remove_reports, update

DELAY = "2022 年的報告中，哪些經濟體審核 ABTC 有延宕情形？"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("site")
    update([REPORTS], folder / "index")
    return Site(folder / "index", folder / "state")


def _event(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def _asked(desk: Desk, *questions: str) -> Kept:
    kept = Kept()
    for question in questions:
        *_, last = desk.asked(question, kept_json(kept))
        kept = read_kept(last[4])
    return kept


def test_question_is_shown_before_its_answer(site: Site) -> None:
    desk = Desk(site, Language.ZH, None)
    waiting, done = desk.asked(DELAY, kept_json(Kept()))
    assert "pending" in waiting[0]
    assert waiting[-1] == "", "the box is emptied"
    assert read_kept(waiting[4]).turns[0].answer is None
    assert "pending" not in done[0]
    assert read_kept(done[4]).turns[0].answer is not None
    stopped = desk.stopped(waiting[4])
    assert "已停止" in stopped[0]


def test_blank_question_is_not_asked(site: Site) -> None:
    (shown,) = Desk(site, Language.EN, None).asked("  ", kept_json(Kept()))
    assert read_kept(shown[4]) == Kept()


def test_question_too_long_is_told_in_words(site: Site) -> None:
    kept = _asked(Desk(site, Language.EN, None), "多" * 3000)
    assert "2000" in (kept.turns[0].error or "")


def test_only_the_filter_that_is_taken_off_goes(site: Site) -> None:
    desk = Desk(site, Language.ZH, None)
    kept = _asked(desk, "2022 年的報告中，海關的報告提到單一窗口有哪些回應？")
    answer = kept.turns[0].answer
    assert answer is not None
    assert answer.question.stated.agencies == ("關務署",)
    assert answer.question.stated.since is not None
    event = _event(act="unstate", turn="0", field="agencies", value="關務署")
    *_, last = desk.acted(kept_json(kept), event)
    turn = read_kept(last[4]).turns[0]
    assert turn.answer is not None
    assert turn.answer.question.filters.agencies == ()
    assert turn.answer.question.filters.since is not None, "the year stays"


def test_disliked_answer_goes_to_who_labels_questions(site: Site) -> None:
    told: list[tuple[Answer, str]] = []

    def label(answer: Answer, expected: str) -> str:
        told.append((answer, expected))
        return "謝謝 <b>"

    desk = Desk(site, Language.ZH, label)
    kept = _asked(desk, DELAY)
    event = _event(act="feedback", turn="0", expected=" 第三節 ")
    (shown,) = desk.acted(kept_json(kept), event)
    assert told == [(kept.turns[0].answer, "第三節")]
    assert shown[5] == plain("謝謝 <b>")
    (empty,) = desk.acted(kept_json(kept), _event(act="feedback", turn="0", expected=" "))
    assert len(told) == 1
    assert "請先填寫" in empty[5]
    assert "data-act='wrong'" in shown[0]
    assert "data-act='wrong'" not in Desk(site, Language.ZH, None).stopped(kept_json(kept))[0]


def test_label_that_cannot_be_kept_is_told(site: Site) -> None:
    def refuse(answer: Answer, expected: str) -> str:
        raise AttacheError("disk is full")

    desk = Desk(site, Language.EN, refuse)
    kept = kept_json(_asked(desk, DELAY))
    (shown,) = desk.acted(kept, _event(act="feedback", turn="0", expected="x"))
    assert shown[5] == "Disk is full"


@pytest.mark.parametrize(
    "data", [{}, {"act": "fly"}, {"act": "retry", "turn": "99"}, {"act": "open", "id": "no"}]
)
def test_event_that_makes_no_sense_changes_nothing(site: Site, data: dict[str, str]) -> None:
    desk = Desk(site, Language.EN, None)
    (shown,) = desk.acted(kept_json(Kept()), _event(**data))
    assert read_kept(shown[4]) == Kept()


def test_citation_of_a_removed_report_shows_what_was_quoted(tmp_path: Path) -> None:
    update([REPORTS], tmp_path / "index")
    site = Site(tmp_path / "index", tmp_path / "state")
    desk = Desk(site, Language.EN, None)
    kept = _asked(desk, DELAY)
    answer = kept.turns[0].answer
    assert answer is not None
    cited = answer.citations[0]
    event = _event(place=cited.ref, turn="0")
    assert "was removed or replaced" not in desk.source(kept_json(kept), event)
    remove_reports([cited.report_id], tmp_path / "index")
    older = desk.source(kept_json(kept), event)
    assert "is no longer searched" in older
    assert "class='outline'" in older, "it was open, and is there as a whole"
    desk = Desk(Site(tmp_path / "index", tmp_path / "state"), Language.EN, None)
    shown = desk.source(kept_json(kept), event)
    assert "this is the passage as it was quoted" in shown
    assert f"<mark>{plain(cited.quote)}</mark>" in shown
    assert "no such report" in desk.source(kept_json(Kept()), event)
    assert cited.quote[:20] in desk.stopped(kept_json(kept))[0], "the conversation keeps it"


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("#0123456789ab:5-9", Place("0123456789ab", 5, 9)),
        ("0123456789ab:5-9/page", Place("0123456789ab", 5, 9, as_page=True)),
        ("0123456789ab:5-9/page=12", Place("0123456789ab", 5, 9, True, 12)),
        ("0123456789ab:5", None),
        ("../../etc/passwd", None),
        ("0123456789AB:5-9", None),
        ("0123456789ab:5-9 ", None),
        ("", None),
    ],
)
def test_place_is_read_from_a_link(link: str, place: Place | None) -> None:
    assert read_place(link) == place
    if place is not None:
        assert str(place) == link.removeprefix("#")


@pytest.mark.parametrize("place", ["0-0", "999999999-999999999", "9-5"])
def test_place_outside_its_report_is_told_or_shown_never_a_fault(site: Site, place: str) -> None:
    report = site.assistant.index.reports[0]
    shown = Desk(site, Language.EN, None).source(None, _event(place=f"{report.id}:{place}"))
    assert "<article class='source'" in shown


def test_what_is_shown_walks_through_the_whole_report(tmp_path: Path) -> None:
    long = "".join(f"第{n}行，會議討論事項與後續安排。\n" for n in range(6000))
    (tmp_path / "long.md").write_text(f"# 一、過程\n\n{long}\n# 二、心得\n\n短。\n", "utf-8")
    report = read_report(tmp_path / "long.md", "long.md")
    at, seen = 0, []
    while report.text[at:].strip():
        first, last = shown_span(report, at, at)
        assert first <= at < last
        assert last - first < MOST_CHARACTERS + 100
        seen.append((first, last))
        at = last
    assert all(before[1] == after[0] for before, after in pairwise(seen))
    assert len(seen) > 3


def test_escape_leaves_no_sign_that_means_something() -> None:
    text = """<b a='x' c="y">&amp; `${1}` {{2}}</b>"""
    escaped = plain(text)
    assert not set("<>'\"`{}$") & set(escaped)
    import html

    assert html.unescape(escaped) == text


def test_value_of_which_reports_disagree_says_so(tmp_path: Path) -> None:
    for name, until in (("a", "2021 年底"), ("b", "2022 年 7 月底")):
        head = f"---\ntitle: {name}\nevent: 2022-08-20\n---\n\n# 一、會議過程\n\n"
        text = f"{head}我方自 2002 年至 {until}累計發卡 36,576 張。\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    others = "# 一、會議\n\n秘魯代表說明貨櫃申報。\n\n# 二、其他\n\n泰國說明海關綠色標章。\n"
    (tmp_path / "c.md").write_text(others, encoding="utf-8")
    update([tmp_path], tmp_path / "index")
    site = Site(tmp_path / "index", tmp_path / "state")
    *_, shown = Desk(site, Language.ZH, None).asked("我方累計發卡多少張？", kept_json(Kept()))
    assert "<strong>36,576 張</strong>" in shown[0]
    assert (
        "<p class='differs'>各報告說法不一：「2002年至2021年」、「2002年至2022年7月」</p>"
        in shown[0]
    )
