"""The Evaluation tab in a real browser: run, stop, figures and questions, one's own set."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from eval.dataset import Labelled, read_questions
from eval.labelled import own_questions
from tests.web.conftest import HOSTILE_QUESTION, OWN_QUESTION, QUOTE, nothing_ran, password_of


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
def visit(browser: Browser, address: str, guarded: str) -> Iterator[Open]:
    contexts = []

    def opened(
        language: str = "zh",
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
        page.goto(f"{guarded if user else address}/{language}/")
        if user:
            page.fill("#name", user)
            page.fill("#password", password_of(user))
            page.press("#password", "Enter")
        page.get_by_role("tab", name="評測" if language == "zh" else "Evaluation").click()
        for part in ("run:enabled", "allow input", "mode input:checked"):
            page.wait_for_selector(f"#evaluation-{part}")
        made.errors.clear()  # of the page that asked for a name
        return made

    yield opened
    for context in contexts:
        context.close()


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
    assert HOSTILE_QUESTION in rows.nth(3).locator("summary").inner_text()
    assert page.locator("#evaluation-results img").count() == 0
    nothing_ran(page)
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
    question["golds"] = [{"report": question["golds"][0]["report"], "quote": HOSTILE_QUESTION}]
    file = tmp_path / "moved.jsonl"
    file.write_text(json.dumps(question), encoding="utf-8")
    opened = visit()
    opened.upload(file)
    opened.run()
    opened.says("1 個正解不在目前的報告中")
    assert HOSTILE_QUESTION in opened.page.locator("#evaluation-status").inner_text()
    opened.page.locator("#evaluation-allow input").check()
    opened.run()
    opened.says("完成：1 題")
    assert "未找到" in opened.page.locator("tr.question").inner_text()
    assert opened.outside == []


def test_own_set_is_run_and_downloaded_by_its_user_alone(
    visit: Open, state: Path, tmp_path: Path
) -> None:
    ann, bob = (visit(user=name) for name in ("ann", "bob"))
    with ann.page.expect_download() as download:
        ann.page.click("#evaluation-own a.download")
    download.value.save_as(tmp_path / "own.jsonl")
    assert (tmp_path / "own.jsonl").read_bytes() == own_questions(state, "ann").read_bytes()
    ann.choose("我的題組")
    ann.run()
    ann.says("完成：1 題")
    assert ann.page.locator("tr.question summary").inner_text() == OWN_QUESTION
    bob.choose("我的題組")
    bob.run()
    bob.says("您的題組還沒有題目")
    assert bob.page.locator("#evaluation-own a").count() == 0
    assert OWN_QUESTION not in bob.page.content()
    assert OWN_QUESTION in ann.page.content()


def test_wrong_answer_in_the_chat_becomes_a_question_of_ones_own_set(
    visit: Open, state: Path
) -> None:
    opened = visit(user="cy")
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
