"""What every state of the page owes its readers: languages, widths, contrast, plain text."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.web.conftest import Visit, Visitor, check_accessibility, nothing_ran, password_of

DELAY = "哪些經濟體審核 ABTC 有延宕情形？"
CHILE = "智利何時啟用無紙化貨櫃申報系統？"


def test_language_is_switched_and_the_conversation_stays(visit: Visit) -> None:
    page = visit.page
    visit.ask(DELAY)
    with visit.leaving():
        page.get_by_role("link", name="English").click()
        page.wait_for_url("**/en/")
    page.wait_for_selector(".answer")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".asked").all_inner_texts() == [DELAY]
    assert page.get_by_role("tab", name="Ask").count() == 1
    assert page.get_by_role("button", name="Copy", exact=True).count() == 1
    with visit.leaving():
        page.goto(visit.address)
        page.wait_for_url("**/en/")


def test_language_is_first_that_of_the_browser(visit: Visit) -> None:
    visit.page.context.clear_cookies()
    with visit.leaving():
        visit.page.goto(visit.address)
        visit.page.wait_for_url("**/zh/")
    assert visit.page.evaluate("document.documentElement.lang") == "zh-TW"


def test_dark_or_light_as_the_system_until_the_user_says(visitor: Visitor) -> None:
    visit = visitor(scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = visit.page.evaluate(background)
    visit.page.get_by_role("button", name="切換深色或淺色").click()
    expect(visit.page.locator("body")).not_to_have_class("dark")
    assert visit.page.evaluate(background) != dark
    visit.reload()
    expect(visit.page.locator("body")).not_to_have_class("dark")


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_no_width_needs_sideways_scrolling(visitor: Visitor, width: int) -> None:
    visit = visitor(width=width)
    wide = "document.documentElement.scrollWidth"
    assert visit.page.evaluate(wide) <= width
    visit.ask(DELAY).locator(".statements a.cite").first.click()
    assert visit.page.evaluate(wide) <= width
    visit.quoted()
    assert visit.page.evaluate(wide) <= width
    mark = visit.page.locator("#source .section mark").first.bounding_box()
    assert mark is not None
    assert mark["x"] >= 0
    assert mark["x"] + mark["width"] <= width
    assert 0 <= mark["y"] <= 900


def test_narrow_page_has_history_and_filters_in_a_drawer(visitor: Visitor) -> None:
    visit = visitor(width=390)
    box = visit.page.locator("input[name=group][value=BMG]")
    expect(box).to_be_hidden()
    visit.page.get_by_role("button", name="紀錄與篩選").click()
    box.check()
    expect(visit.page.locator("#chips .chip")).to_have_count(1)
    visit.page.keyboard.press("Escape")
    expect(box).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "scheme", "width"),
    [("/zh/", "light", 1280), ("/en/", "dark", 1280), ("/zh/", "dark", 390)],
)
def test_accessibility_check_finds_nothing(
    visitor: Visitor, path: str, scheme: str, width: int
) -> None:
    visit = visitor(path, width=width, scheme=scheme)
    page = visit.page
    check_accessibility(page)
    visit.ask("2022 年的報告中，哪些經濟體審核 ABTC 有延宕情形？")
    answer = visit.ask(CHILE)
    check_accessibility(page)
    answer.locator(".statements a.cite").first.click()
    visit.quoted()
    page.locator(".why summary").click()
    check_accessibility(page)
    page.locator("#source .toggle a").nth(1).click()
    page.wait_for_selector(".sheet img")
    check_accessibility(page)
    page.keyboard.press("Escape")
    for tab in page.get_by_role("tab").all():
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        check_accessibility(page)


@pytest.mark.parametrize(
    ("path", "scheme", "width"),
    [("/zh/", "light", 1280), ("/en/", "dark", 1280), ("/zh/", "dark", 390)],
)
def test_accessibility_check_finds_nothing_in_what_the_other_tabs_make(
    visitor: Visitor, few: Path, path: str, scheme: str, width: int
) -> None:
    visit = visitor(path, width=width, scheme=scheme)
    page = visit.page
    briefing, reports, evaluation = page.get_by_role("tab").all()[1:4]
    briefing.click()
    page.fill("#brief-topics textarea", "ABTC 審核延宕")
    page.click("#brief-prepare")
    page.locator("#brief-draft .block").first.wait_for(timeout=60_000)
    page.locator("#brief-status [role=status]").wait_for()
    page.locator("#brief-draft .block").nth(3).hover()
    check_accessibility(page)
    reports.click()
    page.locator("#reports-list tbody tr").first.wait_for()
    page.locator("#reports-list [data-act=remove]").first.click()
    page.locator("#reports-confirm").wait_for()
    check_accessibility(page)
    page.click("#reports-cancel")
    evaluation.click()
    page.click("#evaluation-set input")
    page.get_by_role("option").last.click()
    page.set_input_files("#evaluation-file input[type=file]", few)
    page.locator("#evaluation-file", has_text=few.stem).wait_for()
    page.click("#evaluation-run")
    page.locator("tr.question summary").first.click(timeout=60_000)
    expect(page.locator("#evaluation-run")).to_be_enabled()
    check_accessibility(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_check_finds_nothing_on_the_way_in_and_out(
    browser: Browser, guarded: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(locale="zh-TW", color_scheme=scheme)
    page = context.new_page()
    page.goto(guarded)
    check_accessibility(page)
    page.fill("#name", "ann")
    page.fill("#password", "not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("帳號或密碼不正確。")
    check_accessibility(page)
    page.fill("#name", "ann")
    page.fill("#password", password_of("ann"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".welcome")
    page.get_by_role("link", name="登出").click()
    expect(page.get_by_role("button", name="登出")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="登出").click()
    page.wait_for_url("**/login")
    page.goto(f"{guarded}/zh/")
    expect(page.locator("#password")).to_be_visible()
    context.close()


def test_nothing_of_a_report_or_a_question_is_run(visit: Visit) -> None:
    page = visit.page
    answer = visit.ask(
        '蜂蜜關稅調降 <img src=x onerror="window.ran=20"> {{value}} ${window.ran=21}'
    )
    assert '<img src=x onerror="window.ran=20">' in page.locator(".asked").inner_text()
    said = answer.inner_text()
    assert "<script>window.ran=5</script>" in said
    assert "[點此](javascript:window.ran=7)" in said
    assert "{{constructor.constructor('window.ran=8')()}}" in said
    assert "<script>window.ran=1</script>" in answer.locator(".report").first.inner_text()
    answer.locator(".statements a.cite").first.hover()
    assert "<gradio-app src" in page.locator(".card:not([hidden])").inner_text()
    answer.locator(".statements a.cite").first.click()
    visit.quoted()
    source = page.locator("#source").inner_text()
    assert "${window.ran=4}" in source
    assert '<svg onload="window.ran=10">' in source
    assert "外交部<b" in source
    page.locator("details[data-facet=report] summary").evaluate("e => e.click()")
    visit.reload()
    foreign = (
        "#desk :is(script, img[onerror], svg[onload], gradio-app, a[href^='javascript'], #ran)"
    )
    assert page.locator(foreign).count() == 0
    nothing_ran(page)
