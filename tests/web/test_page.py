"""The Ask tab in a real browser, as a newcomer meets it, with no network."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Visit, Visitor, squeeze

DELAY = "哪些經濟體審核 ABTC 有延宕情形？"


@pytest.mark.parametrize(
    ("path", "question"), [("/zh/", DELAY), ("/en/", "Which economies delay ABTC approvals?")]
)
def test_question_is_answered_and_its_citation_opens_highlighted(
    visitor: Visitor, path: str, question: str
) -> None:
    visit = visitor(path)
    quotes = visit.ask(question).locator(".statements li")
    naming = (
        quotes.filter(has_text="俄羅斯").filter(has_text="巴布亞紐幾內亞").filter(has_text="越南")
    )
    assert naming.count() >= 1
    naming.first.locator("a.cite").first.click()
    quoted = visit.quoted()
    assert "俄羅斯" in quoted
    assert quoted in squeeze(naming.first.inner_text())
    shown = visit.page.locator("#source").inner_text()
    assert "BMG" in shown, "the report's title"
    assert "111年" in shown
    assert "2022-08-20" in shown
    assert visit.page.locator("#source .path").inner_text()
    mark = visit.page.locator("#source .section mark").first.bounding_box()
    reading = visit.page.locator("#source .reading").bounding_box()
    assert mark is not None
    assert reading is not None
    assert reading["y"] <= mark["y"] <= reading["y"] + reading["height"], "scrolled to the quote"


def test_values_come_before_statements(visit: Visit) -> None:
    answer = visit.ask(DELAY)
    values = answer.locator(".values").bounding_box()
    statements = answer.locator(".statements").bounding_box()
    assert values is not None
    assert statements is not None
    assert values["y"] < statements["y"]
    assert "越南" in answer.locator(".values").inner_text()


def test_citation_shows_its_passage_while_it_is_pointed_at(visit: Visit) -> None:
    link = visit.ask(DELAY).locator(".statements a.cite").first
    card = visit.page.locator(f"#{link.get_attribute('data-card')}")
    expect(card).to_be_hidden()
    link.hover()
    expect(card).to_be_visible()
    assert "俄羅斯" in card.locator("mark").inner_text()
    assert "111年" in card.inner_text(), "the date in both calendars"
    visit.page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_starter_question_is_answered(visit: Visit) -> None:
    visit.page.get_by_text("Which economies delay ABTC approvals?").first.click()
    visit.page.wait_for_selector(".answer .statements")


def test_what_the_reports_do_not_say_is_said(visit: Visit) -> None:
    answer = visit.ask("木星有幾顆衛星？")
    assert answer.locator(".abstained").count() == 1
    assert answer.locator(".statements").count() == 0


def test_follow_up_leans_on_the_last_question_also_after_a_reload(visit: Visit) -> None:
    visit.ask(DELAY)
    visit.reload()
    visit.page.wait_for_selector(".answer .statements")
    assert visit.page.locator(".asked").all_inner_texts() == [DELAY]
    answer = visit.ask("那越南呢？")
    leaning = answer.locator(".chip").filter(has_text=DELAY)
    assert leaning.count() == 1
    leaning.click()
    expect(visit.page.locator(".turn").last.locator(".chip")).to_have_count(0)
    assert visit.page.locator(".asked").all_inner_texts() == [DELAY, "那越南呢？"]


def test_what_the_question_implied_is_a_chip_that_can_be_taken_off(visit: Visit) -> None:
    answer = visit.ask("2022 年的報告中，哪些經濟體審核 ABTC 有延宕情形？")
    assert "查閱 3 份報告" in answer.locator(".coverage").inner_text()
    answer.locator(".understood .chip").filter(has_text="2022").click()
    expect(visit.page.locator(".coverage")).to_contain_text("查閱 8 份報告")
    expect(visit.page.locator(".understood")).to_have_count(0)


def test_past_conversations_are_listed_opened_and_deleted(visit: Visit) -> None:
    listed = visit.page.locator(".open-conversation")
    visit.ask(DELAY)
    visit.page.get_by_role("button", name="新對話").click()
    visit.page.wait_for_selector(".welcome")
    visit.ask("誰當選反恐工作小組下屆主席？")
    expect(listed).to_have_text(["誰當選反恐工作小組下屆主席？", DELAY])
    listed.nth(1).click()
    expect(visit.page.locator(".asked")).to_have_text([DELAY])
    visit.page.locator(".delete").first.click()
    expect(listed).to_have_text([DELAY])
    visit.page.locator(".delete").first.click()
    visit.page.wait_for_selector(".welcome")
    visit.reload()
    visit.page.wait_for_selector(".welcome")
    expect(listed).to_have_count(0)


def test_answer_is_copied_with_its_citations(visit: Visit) -> None:
    visit.ask(DELAY)
    visit.page.get_by_role("button", name="複製", exact=True).click()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(DELAY)
    assert "俄羅斯" in copied
    assert re.search(r"^\[1\] 20\d\d .*會議", copied, re.MULTILINE)
    assert "<" not in copied


def test_shared_link_asks_its_question_with_its_filters(visitor: Visitor) -> None:
    visit = visitor()
    visit.page.locator("input[name=group][value=BMG]").check()
    visit.page.wait_for_selector("#chips .chip")
    visit.page.select_option("select[name=since]", "2022")
    expect(visit.page.locator("#chips .chip")).to_have_count(2)
    visit.ask(DELAY)
    visit.page.get_by_role("button", name="分享連結").click()
    link = visit.page.evaluate("navigator.clipboard.readText()")
    assert f"q={quote('哪些')}" in link
    assert "since=2022" in link
    assert "group=BMG" in link
    other = visitor(link.removeprefix(visit.address))
    other.page.wait_for_selector(".answer .statements")
    assert other.page.locator(".asked").all_inner_texts() == [DELAY]
    assert other.page.locator("#chips .chip").count() == 2
    assert "查閱 2 份報告" in other.page.locator(".coverage").inner_text()
    other.reload()
    other.page.wait_for_selector(".answer")
    assert other.page.locator(".asked").count() == 1, "a reload does not ask again"


def test_filters_count_under_each_other_and_are_cleared(visit: Visit) -> None:
    page = visit.page
    customs = page.locator("label:has(input[name=group][value=SCCP]) .count")
    assert customs.inner_text().startswith("1 · ")
    page.locator("input[name=group][value=BMG]").check()
    chip = page.locator("#chips .chip")
    expect(chip).to_have_text("BMG×")
    page.locator("details[data-facet=report] summary").click()
    expect(page.locator("input[name=report]")).to_have_count(3)
    visit.ask("海關的單一窗口有哪些回應？")
    assert "查閱 3 份報告" in page.locator(".coverage").inner_text()
    assert page.locator(".asked-with").inner_text() == "篩選：BMG"
    chip.click()
    expect(chip).to_have_count(0)
    assert not page.locator("input[name=group][value=BMG]").is_checked()
    page.locator("input[name=economy][value=TH]").check()
    expect(chip).to_have_text("泰國×")
    page.get_by_role("button", name="清除全部篩選").click()
    expect(chip).to_have_count(0)
    assert not page.locator("input[name=economy][value=TH]").is_checked()


def test_retry_answers_in_place(visit: Visit) -> None:
    visit.ask(DELAY)
    visit.page.evaluate("document.querySelector('.answer').id = 'before'")
    visit.page.get_by_role("button", name="重新回答").click()
    expect(visit.page.locator(".answer:not(#before)")).to_have_count(1)
    expect(visit.page.locator(".asked")).to_have_text([DELAY])


def test_more_is_shown_at_a_click_until_there_is_no_more(visit: Visit) -> None:
    asked = "關港貿單一窗口的簡報獲得哪些回應？"
    first = set(visit.ask(asked).locator(".statements .said").all_inner_texts())
    visit.page.get_by_role("button", name="更多", exact=True).click()
    expect(visit.page.locator(".asked")).to_have_text([asked, "更多"])
    more = visit.page.locator(".turn").last
    expect(more.locator(".statements")).to_be_visible()
    assert more.locator(".chip").filter(has_text=asked).count() == 1
    assert not first & set(more.locator(".said").all_inner_texts())
    assert visit.page.get_by_role("button", name="更多", exact=True).count() == 1, "of the last"


@pytest.mark.parametrize("words", ["重新開始", "start over"])
def test_start_over_leaves_the_conversation_behind(visit: Visit, words: str) -> None:
    visit.ask(DELAY)
    visit.page.fill("#question textarea", words)
    visit.page.press("#question textarea", "Enter")
    visit.page.wait_for_selector(".welcome")
    expect(visit.page.locator("#question textarea")).to_have_value("")
    expect(visit.page.locator(".open-conversation")).to_have_text([DELAY])
    answer = visit.ask("那越南呢？")
    assert answer.locator(".understood").count() == 0, "nothing to lean on"


def test_two_browsers_do_not_see_each_other(visitor: Visitor) -> None:
    first, second = visitor(), visitor()
    first.ask(DELAY)
    second.reload()
    second.page.wait_for_selector(".welcome")
    assert second.page.locator(".open-conversation").count() == 0
