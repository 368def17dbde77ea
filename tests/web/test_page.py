"""The page in a real browser, as a newcomer meets it: on the sample reports, with no network."""

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
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def address(cache: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"app.py ended with status {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("app.py did not answer within 90 s")


@dataclass
class Visit:
    """A page with what it asked for and complained of."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        answers = self.page.locator(".answer").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.page.wait_for_function(f"document.querySelectorAll('.answer').length > {answers}")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(locale="zh-TW", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    made = Visit(page)
    local = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:")
    page.on("request", lambda r: None if local.match(r.url) else made.outside.append(r.url))
    page.on("console", lambda m: made.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: made.errors.append(str(error)))
    page.goto(address)
    page.wait_for_selector("#question textarea")
    yield made
    context.close()


@pytest.mark.parametrize(
    "question", ["哪些經濟體審核 ABTC 有延宕情形？", "Which economies delay ABTC approvals?"]
)
def test_question_is_answered_and_its_citation_opens_highlighted(
    visit: Visit, question: str
) -> None:
    visit.ask(question)
    answer = visit.page.locator(".answer").last
    quotes = answer.locator(".statements li")
    naming = (
        quotes.filter(has_text="俄羅斯").filter(has_text="巴布亞紐幾內亞").filter(has_text="越南")
    )
    assert naming.count() >= 1
    naming.first.locator("a.cite").first.click()
    visit.page.wait_for_selector("#source mark")
    quoted = "".join(visit.page.locator("#source mark").all_inner_texts())
    assert "俄羅斯" in quoted
    assert _squeeze(quoted) in _squeeze(naming.first.inner_text())
    shown = visit.page.locator("#source").inner_text()
    assert "BMG" in shown, "the report's title"
    assert "外交部領事事務局" in shown or "2022-08-20" in shown
    assert visit.page.locator("#source .path").inner_text()
    assert visit.outside == []
    assert visit.errors == []


def test_highlight_is_in_view(visit: Visit) -> None:
    visit.ask("誰當選反恐工作小組下屆主席？")
    visit.page.locator(".answer a.cite").first.click()
    visit.page.wait_for_selector("#source mark")
    visit.page.wait_for_timeout(300)
    mark = visit.page.locator("#source mark").first.bounding_box()
    section = visit.page.locator("#source .section").bounding_box()
    assert mark is not None
    assert section is not None
    assert section["y"] <= mark["y"] <= section["y"] + section["height"]


def test_starter_question_is_answered(visit: Visit) -> None:
    visit.page.get_by_text("Which economies delay ABTC approvals?").first.click()
    visit.page.wait_for_selector(".answer .statements")


def test_what_the_reports_do_not_say_is_said(visit: Visit) -> None:
    visit.ask("木星有幾顆衛星？")
    assert visit.page.locator(".answer .abstained").count() == 1
    assert visit.page.locator(".answer .statements").count() == 0


def test_narrow_screen_has_no_sideways_scrolling(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.ask("哪些經濟體審核 ABTC 有延宕情形？")
    visit.page.locator(".answer a.cite").first.click()
    visit.page.wait_for_selector("#source mark")
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)
