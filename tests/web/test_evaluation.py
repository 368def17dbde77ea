"""The Evaluation tab in a real browser: run, stop, figures and questions, one's own set."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from assistant.assistant import Assistant
from assistant.samples import REPORTS
from eval.dataset import QUESTIONS, Labelled, read_questions
from eval.labelled import keep, own_questions
from index.retriever import open_index
from index.update import update

ROOT = Path(__file__).parents[2]
QUOTE = "俄羅斯、越南及巴布亞紐幾內亞審核 ABTC 申請案時常有整批次延宕"
OWN = "審核旅行卡拖得最久的是哪幾個經濟體？"
HOSTILE = '<img src="https://example.org/x.png" onerror="alert(1)">'
# The page with this tab, whose users need a name and no secret.
SERVER = """
import sys
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.types import Language
from assistant.web.document import OurDocument
from assistant.web.page import build_page, looks
from assistant.web.site import Site
from eval.tab import TAB, feedback

folder, state, port, users = sys.argv[1:]
site = Site(Path(folder), Path(state))
auth = [(user, user) for user in users.split(",") if user] or None
served = FastAPI(openapi_url=None)
for language in Language:
    page = build_page(site, language, [TAB], feedback(site))
    gr.mount_gradio_app(served, page, f"/{language.value}", auth=auth, **looks())
served.add_middleware(OurDocument)
uvicorn.run(served, port=int(port), log_level="warning")
"""

Serve = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index")
    update([REPORTS], made)
    return made


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A state folder in which ann has labelled a question, and the user without a name none."""
    made = tmp_path_factory.mktemp("state")
    index = open_index(folder)
    keep(made, "ann", index, Assistant(index).ask(OWN), QUOTE)
    return made


@pytest.fixture(scope="module")
def serve(folder: Path, state: Path) -> Iterator[Serve]:
    started: dict[str, tuple[subprocess.Popen[bytes], str]] = {}

    def address(language: str = "zh", users: str = "") -> str:
        if users not in started:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            server = subprocess.Popen(
                [sys.executable, "-c", SERVER, folder, state, str(port), users],
                cwd=ROOT,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "GRADIO_ANALYTICS_ENABLED": "False",
                    "HF_HUB_OFFLINE": "1",
                },
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            url = f"http://127.0.0.1:{port}"
            started[users] = (server, url)
            _wait_for(f"{url}/zh/", server)
        return f"{started[users][1]}/{language}/"

    yield address
    for server, _ in started.values():
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the server ended with status {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not answer within 90 s")


@dataclass
class Visit:
    """A page with what it asked for and complained of."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def choose(self, words: str) -> None:
        self.page.click("#evaluation-set input")
        self.page.get_by_role("option", name=words).click()

    def run(self) -> None:
        self.page.click("#evaluation-run")

    def says(self, words: str, seconds: int = 90) -> None:
        status = self.page.locator("#evaluation-status .status").first
        status.filter(has_text=words).wait_for(timeout=seconds * 1000)

    def upload(self, file: Path) -> None:
        self.choose("上傳的題組")
        self.page.set_input_files("#evaluation-file input[type=file]", file)
        self.page.locator("#evaluation-file", has_text=file.stem).wait_for()


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, serve: Serve) -> Iterator[Open]:
    contexts = []

    def opened(
        language: str = "zh",
        users: str = "",
        user: str = "",
        width: int = 1280,
        dark: bool = False,
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        made = Visit(page)
        local = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:")
        page.on("request", lambda r: None if local.match(r.url) else made.outside.append(r.url))
        page.on("console", lambda m: made.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        page.on("dialog", lambda dialog: made.errors.append(dialog.message))
        page.goto(serve(language, users))
        if user:
            password = page.locator("input[type=password]")
            password.fill(user)
            page.locator(":is(input, textarea):not([type=password])").first.fill(user)
            password.press("Enter")
        page.get_by_role("tab", name="評測" if language == "zh" else "Evaluation").click()
        page.wait_for_selector("#evaluation-run")
        made.errors.clear()  # of the page that asked for a name
        return made

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of four of the sample questions, one of them with a hostile text."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()[:4]
    hostile = json.loads(lines[3])
    hostile["question"] = f"{HOSTILE} {hostile['question']}"
    file = tmp_path_factory.mktemp("questions") / "few.jsonl"
    file.write_text("\n".join([*lines[:3], json.dumps(hostile)]), encoding="utf-8")
    return file


def asked(file: Path) -> tuple[Labelled, ...]:
    return read_questions(file)


def test_uploaded_set_is_run_and_shown(visit: Open, few: Path) -> None:
    opened = visit()
    page = opened.page
    opened.upload(few)
    opened.run()
    opened.says("完成：4 題")
    assert page.locator("#evaluation-status progress").get_attribute("value") == "4"
    assert page.locator("#evaluation-results figure svg").count() == 6
    assert "nDCG@10" in page.locator("#evaluation-results .figures").inner_text()
    rows = page.locator("#evaluation-results tr.question:visible")
    assert rows.count() == 4
    assert HOSTILE in rows.nth(3).locator("summary").inner_text()
    assert page.locator("#evaluation-results img").count() == 0
    page.select_option("#evaluation-results select[name=lang]", "en")
    english = sum(question.lang == "en" for question in asked(few))
    assert rows.count() == english
    assert page.locator("#evaluation-results output").inner_text() == f"{english} / 4"
    assert opened.outside == []
    assert opened.errors == []


def test_question_opens_in_the_chat_beside_the_run(visit: Open, few: Path) -> None:
    opened = visit()
    opened.upload(few)
    opened.run()
    opened.says("完成：4 題")
    row = opened.page.locator("tr.question").first
    row.locator("summary").click()
    assert row.locator("li").count() > 1
    with opened.page.context.expect_page() as chat:
        row.locator("a.open").click()
    text = asked(few)[0].text
    turn = chat.value.locator("#chat .turn", has_text=text)
    turn.locator(".answer").wait_for()
    assert chat.value.evaluate("location.origin") == opened.page.evaluate("location.origin")
    assert opened.page.locator("tr.question").count() == 4, "the run stays where it was"


def test_run_shows_its_progress_and_stops_at_the_next_question(visit: Open) -> None:
    opened = visit()
    page = opened.page
    assert page.locator("#evaluation-stop").is_disabled()
    opened.choose("隨附題組：全部")
    opened.run()
    page.wait_for_function("document.querySelector('#evaluation-status progress')?.value >= 3")
    assert page.locator("#evaluation-run").is_disabled()
    told = page.locator("#evaluation-status .status").inner_text()
    assert re.search(r"已問 \d+／\d{3} 題", told)
    page.click("#evaluation-stop")
    opened.says("已停止")
    page.locator("#evaluation-results tr.question").first.wait_for()
    done = int(page.locator("#evaluation-status progress").evaluate("bar => bar.value"))
    assert 3 <= done < 250
    assert page.locator("#evaluation-results tr.question").count() == done
    assert page.locator("#evaluation-results figure svg").count() == 6
    page.wait_for_selector("#evaluation-run:enabled")
    assert opened.errors == []
    opened.run()
    page.wait_for_function("document.querySelector('#evaluation-status progress')?.value >= 1")
    page.click("#evaluation-stop")
    opened.says("已停止")


def test_run_that_waits_is_stopped_and_begins_when_another_user_leaves(visit: Open) -> None:
    first, second, third = visit(), visit(), visit()
    for each in (first, second, third):
        each.choose("隨附題組：全部")
    first.run()
    begun = "document.querySelector('#evaluation-status progress')?.value >= 1"
    first.page.wait_for_function(begun)
    second.run()
    second.says("等候開始")
    third.run()
    third.says("等候開始")
    assert "queue" not in third.page.locator("#evaluation-status").inner_text()
    third.page.click("#evaluation-stop")
    first.page.context.close()
    second.page.wait_for_function(begun, timeout=30_000)
    second.page.click("#evaluation-stop")
    second.says("已停止")
    third.says("已停止：以下是已問的 0／")


def test_file_that_is_none_is_told_by_its_line_and_without_our_folders(
    visit: Open, few: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(f'{few.read_text(encoding="utf-8")}\n{{"id": "x"}}', encoding="utf-8")
    opened = visit()
    opened.choose("上傳的題組")
    opened.run()
    opened.says("請先上傳")
    opened.upload(bad)
    opened.run()
    opened.says("無法評測：bad.jsonl 第 5 行")
    assert opened.page.locator("#evaluation-results tr.question").count() == 0


def test_golds_that_are_nowhere_stop_the_run_unless_allowed(
    visit: Open, few: Path, tmp_path: Path
) -> None:
    question = json.loads(few.read_text(encoding="utf-8").splitlines()[0])
    question["golds"] = [{"report": question["golds"][0]["report"], "quote": HOSTILE}]
    file = tmp_path / "moved.jsonl"
    file.write_text(json.dumps(question), encoding="utf-8")
    opened = visit()
    opened.upload(file)
    opened.run()
    opened.says("1 個正解不在目前的報告中")
    assert HOSTILE in opened.page.locator("#evaluation-status").inner_text()
    opened.page.locator("#evaluation-allow input").check()
    opened.run()
    opened.says("完成：1 題")
    assert "未找到" in opened.page.locator("tr.question").inner_text()
    assert opened.outside == []


def test_own_set_is_run_and_downloaded_by_its_user_alone(
    visit: Open, state: Path, tmp_path: Path
) -> None:
    ann, bob = (visit(users="ann,bob", user=name) for name in ("ann", "bob"))
    with ann.page.expect_download() as download:
        ann.page.click("#evaluation-own a.download")
    download.value.save_as(tmp_path / "own.jsonl")
    assert (tmp_path / "own.jsonl").read_bytes() == own_questions(state, "ann").read_bytes()
    ann.choose("我的題組")
    ann.run()
    ann.says("完成：1 題")
    assert ann.page.locator("tr.question summary").inner_text() == OWN
    bob.choose("我的題組")
    bob.run()
    bob.says("您的題組還沒有題目")
    assert bob.page.locator("#evaluation-own a").count() == 0
    assert OWN not in bob.page.content()
    assert OWN in ann.page.content()


def test_wrong_answer_in_the_chat_becomes_a_question_of_ones_own_set(
    visit: Open, state: Path
) -> None:
    opened = visit(users="ann,cy", user="cy")
    page = opened.page
    page.get_by_role("tab", name="提問").click()
    page.fill("#question textarea", "誰當選反恐工作小組下屆主席？")
    page.press("#question textarea", "Enter")
    page.locator("#chat .turn .answer").wait_for()
    for expected, told in (("木星有九十五顆衛星環繞", "未存入"), (QUOTE, "共 1 題")):
        page.click("#chat [data-act=wrong][aria-expanded]")
        page.fill("#chat form.feedback textarea", expected)
        page.locator("#chat form.feedback button").first.click()
        page.locator("#status", has_text=told).wait_for()
    (question,) = read_questions(own_questions(state, "cy"))
    assert question.text == "誰當選反恐工作小組下屆主席？"
    assert "".join(question.golds[0].quote.split()) == "".join(QUOTE.split())
    assert not own_questions(state, None).exists()
    page.get_by_role("tab", name="評測").click()
    opened.choose("我的題組")
    page.locator("#evaluation-own a", has_text="1 題").wait_for()
    assert opened.errors == []


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_page_never_scrolls_sideways(visit: Open, few: Path, width: int) -> None:
    opened = visit(width=width)
    opened.upload(few)
    opened.run()
    opened.says("完成：4 題")
    opened.page.locator("tr.question summary").first.click()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_english_page_is_english_throughout(visit: Open, few: Path) -> None:
    opened = visit("en")
    opened.choose("An uploaded set")
    opened.page.set_input_files("#evaluation-file input[type=file]", few)
    opened.page.locator("#evaluation-file", has_text=few.stem).wait_for()
    opened.run()
    opened.says("Done: 4 questions")
    for part in (".figures", ".charts", ".filters", ".questions thead"):
        told = opened.page.locator(f"#evaluation-results {part}").first.inner_text()
        assert not re.search("[一-鿿]", told), told


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_ground(visit: Open, few: Path, dark: bool) -> None:
    opened = visit(dark=dark)
    opened.upload(few)
    opened.run()
    opened.says("完成：4 題")
    weak = opened.page.evaluate(WEAK)
    assert weak == []


def test_keyboard_alone_runs_a_set(visit: Open) -> None:
    opened = visit()
    page = opened.page
    page.focus("#evaluation-set input")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('[id^=evaluation]')?.id"))
        if reached[-1] == "evaluation-run":
            break
    assert "evaluation-allow" in reached
    assert reached[-1] == "evaluation-run"
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#evaluation-status progress')?.value >= 1")
    page.locator("#evaluation-stop").press("Enter")
    opened.says("已停止")


WEAK = """() => {
  const light = (color) => {
    const [r, g, b, a] = color.match(/[\\d.]+/g).map(Number);
    const part = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return [0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b), a ?? 1];
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [value, alpha] = light(getComputedStyle(at).backgroundColor);
      if (alpha > 0.99) return value;
    }
    return 1;
  };
  const weak = [];
  const parts = "th, td, figcaption, summary, .en, .kind, .open, .fault, .good, .status, label, h2";
  for (const element of document.querySelectorAll(parts)) {
    if (!element.closest("[id^=evaluation]") || !element.innerText?.trim()) continue;
    const [ink] = light(getComputedStyle(element).color), paper = ground(element);
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) weak.push([element.className, element.innerText.slice(0, 30), ratio]);
  }
  return weak;
}"""
