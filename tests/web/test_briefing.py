"""The briefing tab in a real browser: choose, read, change, keep, take away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.web.conftest import nothing_ran

HOSTILE = "<img src=x onerror=window.ran=1>"


@dataclass
class Visit:
    """A page with what it asked for and complained of."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def prepare(self, topics: str) -> None:
        self.page.fill("#brief-topics textarea", topics)
        self.page.click("#brief-prepare")
        self.page.wait_for_selector("#brief-draft .block", timeout=60_000)
        self.page.wait_for_function(
            "document.querySelector('#brief-status').innerText.trim() !== ''"
        )

    def reload(self) -> None:
        self.page.reload()
        self.page.get_by_role("tab").nth(1).click()
        self.errors.clear()  # Gradio complains of the stream that it cuts off itself

    def block(self, text: str) -> Locator:
        return self.page.locator("#brief-draft .block").filter(has_text=text).first

    def download(self, suffix: str) -> bytes:
        with self.page.expect_download(timeout=60_000) as waiting:
            self.page.click(f"#brief-make-{suffix}")
        assert waiting.value.suggested_filename == f"briefing.{suffix}"
        return Path(waiting.value.path()).read_bytes()


def visited(browser: Browser, address: str) -> Iterator[Visit]:
    context: BrowserContext = browser.new_context(
        viewport={"width": 1400, "height": 1000}, accept_downloads=True
    )
    page = context.new_page()
    made = Visit(page)
    local = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:")
    page.on("request", lambda r: None if local.match(r.url) else made.outside.append(r.url))
    page.on("console", lambda m: made.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: made.errors.append(str(error)))
    page.goto(address)
    page.get_by_role("tab").nth(1).click()
    page.wait_for_selector("#brief-topics textarea")
    yield made
    assert made.outside == []
    assert made.errors == []
    context.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    yield from visited(browser, f"{address}/zh/")


@pytest.fixture
def english_visit(browser: Browser, address: str) -> Iterator[Visit]:
    yield from visited(browser, f"{address}/en/")


def test_topics_of_a_meeting_are_proposed_and_ticked(visit: Visit) -> None:
    visit.page.fill("#brief-meeting input, #brief-meeting textarea", "BMG, SOM 3 2023")
    visit.page.click("#brief-propose")
    topic = visit.page.locator("#brief-proposed label").filter(has_text="修改 BMG 組織章程")
    topic.click()
    box = visit.page.locator("#brief-topics textarea")
    visit.page.wait_for_function("document.querySelector('#brief-topics textarea').value !== ''")
    assert box.input_value() == "修改 BMG 組織章程"
    topic.click()
    visit.page.wait_for_function("document.querySelector('#brief-topics textarea').value === ''")


def test_draft_is_changed_survives_a_reload_and_is_taken_away(visit: Visit) -> None:
    visit.prepare("ABTC 審核延宕\n虛擬卡")
    draft = visit.page.locator("#brief-draft")
    assert "(二)各經濟體立場" in draft.inner_text()
    blocks = draft.locator(".block")
    before = blocks.count()

    # The second topic goes up, before the first.
    visit.block("二、虛擬卡").locator("button[data-act=up]").first.click()
    visit.page.wait_for_function(
        "document.querySelector('#brief-draft').innerText.includes('一、虛擬卡')"
    )
    assert "二、ABTC 審核延宕" in draft.inner_text()

    # The people are left out, with their heading.
    visit.block("曾接觸人員").locator("button[data-act=drop]").first.click()
    visit.page.wait_for_function(
        "!document.querySelector('#brief-draft').innerText.includes('曾接觸人員')"
    )
    assert blocks.count() == before - 2

    # A quote is reworded; its citation stays, and it is a quote no more.
    item = visit.block("日本對發行虛擬卡仍持疑慮")
    text = item.locator("[contenteditable]").first
    marks = item.locator("a.cite").count()
    assert marks == 1
    text.click()
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.type("日本的疑慮須先處理。" + HOSTILE)
    visit.page.click("#brief-day input, #brief-day textarea")
    visit.page.wait_for_function(
        "document.querySelector('#brief-draft').innerText.includes('（經人工修改）')"
    )
    changed = visit.block("日本的疑慮須先處理")
    assert changed.locator("a.cite").count() == 1
    assert HOSTILE in changed.inner_text()
    nothing_ran(visit.page)

    visit.reload()
    visit.page.wait_for_selector("#brief-draft .block")
    assert blocks.count() == before - 2
    assert "日本的疑慮須先處理" in draft.inner_text()

    markdown = visit.download("md").decode()
    assert "### 一、虛擬卡" in markdown
    assert "曾接觸人員" not in markdown
    assert "日本的疑慮須先處理" in markdown
    assert visit.download("odt")[:2] == b"PK"
    assert visit.download("docx")[:2] == b"PK"
    assert visit.download("pdf")[:5] == b"%PDF-"
    assert b"<!DOCTYPE html>" in visit.download("html")

    visit.page.click("#brief-discard")
    visit.page.wait_for_function("!document.querySelector('#brief-draft .block')")
    visit.reload()
    visit.page.wait_for_selector("#brief-draft .empty")


def test_citation_in_the_draft_leads_to_its_span(visit: Visit) -> None:
    visit.prepare("ABTC 審核延宕")
    link = visit.page.locator("#brief-draft .block a.cite").first.get_attribute("href")
    assert re.fullmatch(r"#[0-9a-f]{12}:\d+-\d+", link or "")


def test_row_of_the_ledger_is_dropped(visit: Visit) -> None:
    visit.prepare("虛擬卡")
    ledger = visit.page.locator("#brief-draft table").filter(has_text="類別與報告").first
    rows = ledger.locator("tbody tr")
    before = rows.count()
    first = rows.first.inner_text()
    rows.first.locator("button[data-act=drop]").click()
    visit.page.wait_for_function(
        "(n) => [...document.querySelectorAll('#brief-draft table')]"
        ".some((t) => t.querySelectorAll('tbody tr').length === n"
        " && t.innerText.includes('類別與報告'))",
        arg=before - 1,
    )
    assert rows.first.inner_text() != first


def test_text_of_a_report_is_shown_and_never_run(visit: Visit) -> None:
    visit.prepare("量子旅行證件")
    shown = visit.page.locator("#brief-draft").inner_text()
    for text in (
        "<img src=x onerror=window.ran=11>",
        "<img src=x onerror=window.ran=13>",
        "[點此](javascript:window.ran=14)",
        "{{value}}",
        "${window.ran=15}",
        '<gradio-app src="x">',
    ):
        assert text in shown
    foreign = "#brief-draft :is(img, script, gradio-app, a[href^='javascript'])"
    assert visit.page.locator(foreign).count() == 0
    nothing_ran(visit.page)


def test_what_is_wrong_is_told_beside_the_draft(visit: Visit) -> None:
    page = visit.page
    told = page.locator("#brief-status [role=alert]")
    page.click("#brief-prepare")
    expect(told).to_have_text("請至少填寫一個議題，例如「ABTC 審核延宕」。")
    page.fill("#brief-topics textarea", "虛擬卡")
    # Each message differs from the one before it, so that none is taken for the next one's.
    page.fill("#brief-day input, #brief-day textarea", "下週")
    page.click("#brief-propose")
    expect(told).to_have_text("「下週」不是日期；請填寫如 2023-08-20。")
    page.fill("#brief-day input, #brief-day textarea", "")
    page.click("#brief-propose")
    expect(told).to_contain_text("請填寫會議的小組與年份")
    page.fill("#brief-day input, #brief-day textarea", "下下週")
    page.click("#brief-prepare")
    expect(told).to_have_text("「下下週」不是日期；請填寫如 2023-08-20。")
    assert page.locator("#brief-make-odt").is_hidden(), "nothing to take away"


def test_english_tab_is_english_all_over(english_visit: Visit) -> None:
    english_visit.prepare("ABTC approval delays")
    text = english_visit.page.locator("#brief-draft").inner_text()
    assert "Positions by economy" in text
    assert "Papua New Guinea" in text
    tab = english_visit.page.locator("body").inner_text()
    labels = tab.replace(text, "").replace("中文", "")
    assert not re.search(r"[\u4e00-\u9fff]", labels), labels
