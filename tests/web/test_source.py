"""The source beside the chat, in a real browser."""

from playwright.sync_api import expect

from tests.web.conftest import QUOTED_ON_PAGE, Visit, Visitor, squeeze

DELAY = "哪些經濟體審核 ABTC 有延宕情形？"
CHILE = "智利何時啟用無紙化貨櫃申報系統？"


def test_outline_marks_the_section_and_leads_to_others(visit: Visit) -> None:
    page = visit.page
    visit.ask(DELAY).locator(".statements a.cite").first.click()
    visit.quoted()
    here = page.locator(".outline [aria-current=location]")
    assert here.count() == 1
    assert here.inner_text().startswith(page.locator("#source .path").inner_text().split(" › ")[-1])
    other = page.locator(".outline a").nth(1)
    name = other.inner_text()
    other.click()
    expect(page.locator(".outline [aria-current=location]")).to_have_text(name)
    page.go_back()
    assert "俄羅斯" in visit.quoted(), "back to the citation"


def test_next_and_previous_section_walk_through_the_report(visit: Visit) -> None:
    page = visit.page
    visit.ask(DELAY).locator(".statements a.cite").first.click()
    visit.quoted()
    shown = page.locator("article.source")
    here = page.locator("#source .section").inner_text()
    place = str(shown.get_attribute("data-place"))
    page.locator(".around .next").click()
    expect(shown).not_to_have_attribute("data-place", place)
    following = page.locator("#source .section").inner_text()
    assert following[:40] not in here
    place = str(shown.get_attribute("data-place"))
    page.locator(".around .previous").click()
    expect(shown).not_to_have_attribute("data-place", place)
    assert page.locator("#source .section").inner_text() == here


def test_why_tells_words_ranks_role_and_date(visit: Visit) -> None:
    visit.ask("Which economies delay ABTC approvals?").locator("a.cite").first.click()
    visit.quoted()
    visit.page.locator(".why summary").click()
    why = visit.page.locator(".why").inner_text()
    assert "ABTC" in why
    assert "approvals → " in why, "a translation that matched"
    assert "字詞 第 " in why
    assert "語意 " in why
    assert "我方" in why
    assert "會議過程" in why
    assert "(111年" in why


def test_page_of_a_pdf_is_shown_with_the_quote_marked(visit: Visit) -> None:
    page = visit.page
    visit.ask(CHILE).locator(".statements a.cite").first.click()
    assert visit.quoted() in squeeze(QUOTED_ON_PAGE)
    page.get_by_role("link", name="頁面影像").click()
    page.wait_for_selector("#source .sheet img")
    assert page.locator(".sheet img").evaluate("image => image.naturalWidth") > 1000
    sheet = page.locator(".sheet").bounding_box()
    spots = [spot.bounding_box() for spot in page.locator(".sheet .spot").all()]
    assert sheet is not None
    assert len(spots) == 2, "one mark a line"
    for spot in spots:
        assert spot is not None
        assert sheet["x"] < spot["x"] < sheet["x"] + sheet["width"]
        assert sheet["y"] < spot["y"] < sheet["y"] + sheet["height"]
        assert spot["height"] < 30
    assert spots[0] is not None
    assert spots[0]["width"] > 10 * spots[0]["height"]
    assert page.locator(".page figcaption").inner_text() == "2 / 3"
    page.locator(".around .next").click()
    expect(page.locator(".page figcaption")).to_have_text("3 / 3")
    expect(page.locator("#source .note")).to_have_text("引文不在這一頁。")
    page.get_by_role("link", name="文字", exact=True).click()
    visit.quoted()


def test_link_to_a_citation_opens_it_in_another_browser(visitor: Visitor) -> None:
    visit = visitor()
    visit.ask(DELAY).locator(".statements a.cite").first.click()
    quoted = visit.quoted()
    place = visit.page.url.split("#")[1]
    other = visitor(f"/en/#{place}")
    assert other.quoted() == quoted
    assert other.page.locator(".why").count() == 0, "no question, nothing to explain"


def test_link_to_nowhere_says_so(visitor: Visitor) -> None:
    visit = visitor("/en/#0123456789ab:5-9")
    expect(visit.page.locator("#source .note")).to_contain_text("There is no such report")


def test_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.page
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "skip":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type(DELAY)
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer .statements")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.sources a.cite')"):
            break
    card = page.evaluate("document.activeElement.dataset.card")
    expect(page.locator(f"#{card}")).to_be_visible()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "the focus can be seen"
    page.keyboard.press("Enter")
    visit.quoted()
    assert page.evaluate("document.activeElement.closest('#source') !== null")
    page.keyboard.press("Escape")
    expect(page.locator("#source article")).to_have_count(0)
    assert page.evaluate("document.activeElement.className").startswith("cite")
