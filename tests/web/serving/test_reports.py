"""The Reports tab in a real browser: add, be refused, remove, take back, read again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.library import Outcome, State
from assistant.types import Language
from assistant.web.refusals import refusal
from assistant.web.reports import OUTCOMES, STATES

HOSTILE = """---
title: 惡意 <script>window.ran=1</script><img src=x onerror="window.ran=2"> ${window.ran=3}
agency: 外交部<b id="ran">測試</b>
event: 2024-01-02
---

# 一、過程

秘魯代表說明 <script>window.ran=4</script> 立場，<img src=x onerror="window.ran=5"> 並將研議。
"""


@pytest.fixture(scope="module")
def started(serving) -> Iterator[object]:
    with serving() as server:
        yield server


@pytest.fixture
def page(browser: Browser, started) -> Iterator[Page]:
    context = browser.new_context(locale="zh-TW", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    local = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:")
    page.on("request", lambda r: None if local.match(r.url) else complaints.append(r.url))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{started.url}/zh/")
    page.get_by_role("tab", name="報告").click()
    yield page
    assert complaints == []
    context.close()


def row(page: Page, text: str):
    return page.locator("#reports-list tbody tr").filter(has_text=text)


def upload(page: Page, *paths: Path) -> None:
    page.set_input_files("#reports-add input[type=file]", [str(path) for path in paths])


def test_list_tells_date_agency_sections_and_state(page: Page) -> None:
    shown = row(page, "參加蜂蜜貿易會議報告")
    expect(shown).to_contain_text("2023-05-08")
    expect(shown).to_contain_text("112年5月8日")
    expect(shown).to_contain_text("農業部")
    expect(shown).to_contain_text("可查詢")
    titles = page.locator("#reports-list tbody th").all_inner_texts()
    order = [next(at for at, t in enumerate(titles) if w in t) for w in ("蜂蜜", "旅行卡", "貨櫃")]
    assert order == sorted(order), "the latest first"


def test_good_and_bad_files_are_told_apart_in_words(page: Page, tmp_path: Path) -> None:
    good, bad, odd = (tmp_path / name for name in ("秘魯.md", "壞.pdf", "song.mp3"))
    good.write_text("# 一、過程\n\n秘魯代表說明礦產合作的進展。\n", encoding="utf-8")
    bad.write_text("no", encoding="utf-8")
    odd.write_bytes(b"\xff\xfb")
    upload(page, good, bad)
    status = page.locator("#reports-status")
    expect(status).to_contain_text("秘魯.md　已新增")
    expect(status).to_contain_text("壞.pdf　未新增：這不是 PDF 檔")
    expect(row(page, "秘魯.md")).to_have_count(1)
    page.get_by_role("tab", name="提問").click()
    page.fill("#question textarea", "秘魯代表說明什麼？")
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat")).to_contain_text("礦產合作")


def test_removal_is_confirmed_and_can_be_undone(page: Page) -> None:
    removing = row(page, "商務旅行卡會議報告").locator("[data-act=remove]")
    removing.click()
    expect(page.locator("#reports-confirm")).to_contain_text("商務旅行卡會議報告")
    page.click("#reports-cancel")
    expect(page.locator("#reports-confirm")).to_be_hidden()
    expect(row(page, "商務旅行卡會議報告")).to_have_count(1)
    removing.click()
    page.click("#reports-sure")
    expect(row(page, "商務旅行卡會議報告")).to_have_count(0)
    expect(page.locator("#reports-status")).to_contain_text("已移除《商務旅行卡會議報告》")
    page.click("#reports-undo")
    expect(row(page, "商務旅行卡會議報告")).to_have_count(1)
    expect(page.locator("#reports-undo")).to_be_hidden()


def test_open_conversation_keeps_the_citations_of_a_removed_report(page: Page) -> None:
    page.get_by_role("tab", name="提問").click()
    page.fill("#question textarea", "誰支持蜂蜜關稅調降方案？")
    page.press("#question textarea", "Enter")
    cited = page.locator("#chat a.cite").first
    expect(cited).to_be_visible()
    page.get_by_role("tab", name="報告").click()
    row(page, "參加蜂蜜貿易會議報告").locator("[data-act=remove]").click()
    page.click("#reports-sure")
    expect(row(page, "參加蜂蜜貿易會議報告")).to_have_count(0)
    page.get_by_role("tab", name="提問").click()
    cited.click()
    expect(page.locator("#source mark").first).to_contain_text("蜂蜜")
    expect(page.locator("#source .note")).to_contain_text("這份報告已移除或更新")
    page.get_by_role("tab", name="報告").click()
    page.click("#reports-undo")
    expect(row(page, "參加蜂蜜貿易會議報告")).to_have_count(1)


def test_reading_again_tells_what_it_found(page: Page) -> None:
    row(page, "無紙化貨櫃").locator("[data-act=read]").click()
    expect(page.locator("#reports-status")).to_contain_text("內容沒有變更")


def test_content_of_reports_is_shown_and_never_run(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "hostile.md"
    path.write_text(HOSTILE, encoding="utf-8")
    upload(page, path)
    shown = row(page, "hostile.md")
    expect(shown).to_contain_text("<script>window.ran=1</script>")
    expect(shown).to_contain_text("${window.ran=3}")
    shown.locator("[data-act=remove]").click()
    expect(page.locator("#reports-confirm")).to_contain_text("<img src=x")
    page.click("#reports-sure")
    expect(page.locator("#reports-status")).to_contain_text("<script>window.ran=1</script>")
    assert page.evaluate("window.ran") is None
    assert page.locator("#reports #ran").count() == 0


def test_tab_works_in_english_and_on_a_narrow_screen(browser: Browser, started) -> None:
    context = browser.new_context(locale="en-US", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{started.url}/en/")
    page.get_by_role("tab", name="Reports").click()
    expect(row(page, "無紙化貨櫃")).to_contain_text("Read again")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    own = page.locator("#reports").inner_text()
    for words in ("可查詢", "移除", "重新讀取", "份報告"):
        assert words not in own
    context.close()


def test_every_outcome_and_state_has_words() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert set(STATES) == set(State)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("found a file of type .mp3, expected one of .md, .pdf; convert it", "不支援 .mp3 檔"),
        ("found a file of 300 MB, expected at most 64 MB; split it", "檔案有 300 MB，上限為 64 MB"),
        ("found an empty file, expected a report's text; remove or refill it", "檔案是空的"),
        ("found a password-protected archive, expected one without", "密碼"),
        ("found binary data (NUL bytes), expected text", "不是文字檔"),
        ("something that nobody foresaw", "無法完成（something that nobody foresaw）。"),
    ],
)
def test_refusals_are_told_in_the_pages_language(reason: str, words: str) -> None:
    assert words in refusal(reason, Language.ZH)
    assert refusal(reason, Language.EN)[1:] == reason[1:]


def test_counts_on_the_ask_tab_follow_the_reports(page: Page) -> None:
    page.get_by_role("tab", name="提問").click()
    expect(page.locator(".welcome")).to_contain_text("收錄")
    before = page.locator(".welcome .hint").inner_text()
    group = page.locator("input[name=group][value=SCCP]")
    expect(group).to_have_count(1)
    page.get_by_role("tab", name="報告").click()
    row(page, "參加蜂蜜貿易會議報告").locator("[data-act=remove]").click()
    page.click("#reports-sure")
    expect(row(page, "參加蜂蜜貿易會議報告")).to_have_count(0)
    page.get_by_role("tab", name="提問").click()
    expect(group).to_have_count(0)
    expect(page.locator(".welcome .hint")).not_to_have_text(before)
    page.get_by_role("tab", name="報告").click()
    page.click("#reports-undo")
    expect(row(page, "參加蜂蜜貿易會議報告")).to_have_count(1)
