"""The briefing tab in a real browser: choose, read, change, keep, take away."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from assistant.samples import REPORTS
from index.update import update

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=window.ran=1>"

# The page's shell is not needed to look at the tab: a page of nothing else.
_SERVER = """
import sys
from pathlib import Path
import gradio as gr
from assistant.types import Language
from assistant.web.briefing import briefing_tab
from assistant.web.site import Site
site = Site(Path(sys.argv[2]), Path(sys.argv[2]) / "state")
with gr.Blocks(analytics_enabled=False) as page, gr.Tabs(), gr.Tab("tab"):
    briefing_tab(site, Language(sys.argv[3]))
page.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True, footer_links=[])
"""


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The digests, and a report that would run something in the reader's browser if it could."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "hostile.md").write_text(
        f"---\ntitle: 惡意報告{HOSTILE}\nevent_start: 2021-05-01\ngroups: BMG\n---\n\n"
        f"# 壹、會議過程\n\n一、量子旅行證件{HOSTILE}：日本對量子旅行證件{HOSTILE}表示支持。\n",
        encoding="utf-8",
    )
    index = tmp_path_factory.mktemp("index")
    update([REPORTS, folder], index)
    return index


def served(index: Path, language: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(port), str(index), language],
        cwd=ROOT,
        env={**os.environ, "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 90
        while True:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server did not answer (status {server.poll()})")
            try:
                urllib.request.urlopen(url, timeout=2).close()
                break
            except OSError:
                time.sleep(0.3)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def chinese(index_folder: Path) -> Iterator[str]:
    yield from served(index_folder, "zh")


@pytest.fixture(scope="module")
def english(index_folder: Path) -> Iterator[str]:
    yield from served(index_folder, "en")


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
    page.wait_for_selector("#brief-topics textarea")
    yield made
    assert made.outside == []
    assert made.errors == []
    context.close()


@pytest.fixture
def visit(browser: Browser, chinese: str) -> Iterator[Visit]:
    yield from visited(browser, chinese)


@pytest.fixture
def english_visit(browser: Browser, english: str) -> Iterator[Visit]:
    yield from visited(browser, english)


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
    assert visit.page.evaluate("window.ran") is None

    visit.page.reload()
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
    visit.page.reload()
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
    assert HOSTILE in visit.page.locator("#brief-draft").inner_text()
    assert visit.page.locator("#brief-draft img").count() == 0
    assert visit.page.evaluate("window.ran") is None


def test_what_is_wrong_is_told_beside_the_draft(visit: Visit) -> None:
    visit.page.click("#brief-prepare")
    visit.page.wait_for_selector("#brief-status [role=alert]")
    assert "no topic is given" in visit.page.inner_text("#brief-status")


def test_english_tab_is_english_all_over(english_visit: Visit) -> None:
    english_visit.prepare("ABTC approval delays")
    text = english_visit.page.locator("#brief-draft").inner_text()
    assert "Positions by economy" in text
    assert "Papua New Guinea" in text
    tab = english_visit.page.locator("body").inner_text()
    labels = tab.replace(text, "").replace("中文", "")
    assert not re.search(r"[\u4e00-\u9fff]", labels), labels
