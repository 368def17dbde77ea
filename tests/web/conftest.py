"""Servers on reports of the tests' own, and pages of them in a real browser."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from assistant.assistant import Assistant
from assistant.samples import STATE
from assistant.web.auth import set_password
from eval.dataset import QUESTIONS
from eval.labelled import keep
from index.retriever import open_index
from index.update import update

# A loaded machine is slower than the five seconds that are waited otherwise.
expect.set_options(timeout=30_000)

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "reports"

QUOTED_ON_PAGE = (
    "智利代表宣布將於西元2024年啟用無紙化貨櫃申報系統，"
    "並邀請各會員體海關派員赴瓦爾帕萊索港觀摩測試作業。"
)
HOSTILE = """---
title: 惡意 <script>window.ran=1</script> <img src=x onerror="window.ran=2"> 報告
agency: 外交部<b id="ran">測試</b>
report_date: 2023-05-08
---

# 一、<img src=x onerror="window.ran=3"> 蜂蜜關稅 {{value}} ${window.ran=4}

代表說明蜂蜜關稅調降方案 <script>window.ran=5</script> <img src=x onerror="window.ran=6"> \
[點此](javascript:window.ran=7) {{constructor.constructor('window.ran=8')()}} \
<a href="javascript:window.ran=9">按我</a> <gradio-app src="x"></gradio-app> 將於 2025 年實施。

與會者同意 <svg onload="window.ran=10"> 繼續討論蜂蜜檢驗標準 $$x$$ ' " ` &lt;b&gt;。
"""

HOSTILE_TOPIC = """---
title: 惡意報告<img src=x onerror=window.ran=11>
event: 2021-05-01
---

# 壹、會議過程

一、量子旅行證件<img src=x onerror=window.ran=12>：日本對量子旅行證件\
<img src=x onerror=window.ran=13> [點此](javascript:window.ran=14) {{value}} ${window.ran=15} \
<gradio-app src="x"></gradio-app> 表示支持。
"""
QUOTE = "俄羅斯、越南及巴布亞紐幾內亞審核 ABTC 申請案時常有整批次延宕"
OWN_QUESTION = "審核旅行卡拖得最久的是哪幾個經濟體？"
HOSTILE_QUESTION = '<img src="https://example.org/x.png" onerror="window.ran=17">'
PEOPLE = ("ann", "bob", "cy")


def password_of(name: str) -> str:
    return f"{name} has a password"


@pytest.fixture(scope="session")
def pdf(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of three pages; the quote stands on the second, over two lines."""
    filler = [
        f"<p>第{n}點，與會代表就海關能力建構交換意見，並同意於下次會議繼續討論相關議題與時程安排。</p>"
        for n in range(1, 9)
    ]
    page = browser.new_page()
    page.set_content(
        "<meta charset=utf-8><style>body{font-family:'Noto Sans CJK TC',sans-serif}"
        "h2{break-before:page}</style><h1>參加海關程序會議報告</h1>"
        "<p>服務機關：財政部關務署</p><p>出國期間：112年2月20日至112年2月24日</p>"
        "<p>報告日期：112年5月8日</p>"
        f"<h2>壹、會議過程</h2>{''.join(filler[:4])}<p>{QUOTED_ON_PAGE}</p>{''.join(filler[4:])}"
        f"<h2>貳、心得與建議</h2>{filler[0]}"
    )
    path = tmp_path_factory.mktemp("pdf") / "chile.pdf"
    page.pdf(path=str(path), format="A4")
    page.close()
    return path


@pytest.fixture(scope="session")
def held(pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the samples, the PDF and a report that would like to be run."""
    folder = tmp_path_factory.mktemp("held")
    reports = folder / "reports"
    shutil.copytree(SAMPLES, reports)
    shutil.copy(pdf, reports / "chile.pdf")
    (reports / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    (reports / "<img src=x onerror=window.ran=16>.md").write_text(HOSTILE_TOPIC, encoding="utf-8")
    update([reports], folder / "index")
    return folder / "index"


@pytest.fixture(scope="session")
def state(held: Path) -> Path:
    """Where the servers keep what users make; ann has labelled a question there."""
    index = open_index(held)
    keep(held / STATE, "ann", index, Assistant(index).ask(OWN_QUESTION), QUOTE)
    return held / STATE


@pytest.fixture(scope="session")
def address(held: Path) -> Iterator[str]:
    """Address of a server that nobody has to log in to."""
    with _serving("--index", str(held)) as url:
        yield url


@pytest.fixture(scope="session")
def guarded(held: Path, state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server on the same index that asks ``PEOPLE`` for their passwords."""
    users = tmp_path_factory.mktemp("users") / "users"
    for name in PEOPLE:
        set_password(users, name, password_of(name))
    with _serving("--index", str(held), "--auth", str(users)) as url:
        yield url


@contextmanager
def _serving(*options: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port), *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/health", server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"app.py ended with status {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("app.py did not answer within 120 s")


@dataclass
class Visit:
    """A page with what it asked for and complained of."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    going: bool = False

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Go elsewhere: Gradio complains of the stream that it cuts off itself in doing so."""
        self.going = True
        yield
        self.page.wait_for_selector(".welcome, .turn")
        self.going = False

    def reload(self) -> None:
        with self.leaving():
            self.page.reload()

    def heard(self, message: str) -> None:
        if not self.going:
            self.errors.append(message)

    def open(self, path: str = "/zh/") -> None:
        self.page.goto(self.address + path)
        self.page.wait_for_selector("#question textarea")
        self.page.wait_for_selector(".welcome, .turn")

    def ask(self, question: str) -> Locator:
        """Ask, and wait for the answer."""
        answers = self.page.locator(".answer").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.page.wait_for_function(f"document.querySelectorAll('.answer').length > {answers}")
        return self.page.locator(".answer").last

    def quoted(self) -> str:
        """Wait for the source, and give what is highlighted in it."""
        self.page.wait_for_selector("#source .section mark")
        return squeeze("".join(self.page.locator("#source .section mark").all_inner_texts()))


Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def people(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Two people with a browser each, which keeps the files of the page between the tests."""
    contexts = []
    for _ in range(2):
        context = browser.new_context(locale="zh-TW", reduced_motion="reduce")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
    yield contexts
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(people: list[BrowserContext], address: str) -> Iterator[Visitor]:
    """Let a person come who has never been here; a second one in the same test is another.

    After the test no page may have complained or looked outside.
    """
    visits: list[Visit] = []

    def come(
        path: str = "/zh/",
        width: int = 1280,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
    ) -> Visit:
        visit = Visit(people[len(visits)].new_page(), address)
        visits.append(visit)
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.emulate_media(color_scheme=scheme)
        local = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:")
        visit.page.on(
            "request", lambda r: None if local.match(r.url) else visit.outside.append(r.url)
        )
        visit.page.on("console", lambda m: visit.heard(m.text) if m.type == "error" else None)
        visit.page.on("pageerror", lambda error: visit.heard(str(error)))
        visit.open(path)
        return visit

    yield come
    for visit in visits:
        visit.going = True
        visit.page.evaluate("localStorage.clear()")
        visit.page.context.clear_cookies()
        visit.page.close()
        assert visit.outside == []
        assert visit.errors == []


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    return visitor()


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of four of the sample questions, one of them with a hostile text."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()[:4]
    hostile = json.loads(lines[3])
    hostile["question"] = f"{HOSTILE_QUESTION} {hostile['question']}"
    file = tmp_path_factory.mktemp("questions") / "few.jsonl"
    file.write_text("\n".join([*lines[:3], json.dumps(hostile)]), encoding="utf-8")
    return file


def check_accessibility(page: Page) -> None:
    """Let axe-core look at the page once nothing fades any more; it may find nothing serious."""
    page.evaluate(
        """Promise.allSettled(document.getAnimations()
            .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime))
            .map((each) => each.finished))"""
    )
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert found["passes"], "the check has run"
    severe = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert [(each["id"], [n["html"] for n in each["nodes"]][:3]) for each in severe] == []


def nothing_ran(page: Page) -> None:
    """Fail where a report's text was run; what a picture's error sets off has had its turn."""
    page.evaluate(
        "new Promise((done) => Object.assign(new Image(), { onerror: done, src: 'data:,' }))"
    )
    assert page.evaluate("window.ran") is None


def squeeze(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s+", "", text)
