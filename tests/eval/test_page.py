"""The page in a real browser, which it asks for nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from eval.dataset import Gold
from eval.page import page, write_page
from eval.run import Outcome, Settings
from eval.runs import Basis
from eval.scores import Fault, GoldFound

HOSTILE = '<script>alert("x")</script><img src="https://example.org/x.png">'


@dataclass
class Visit:
    """A page with what it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def shown(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """The sample outcomes, the first of them with hostile texts and a fault."""
    first = outcomes[0]
    hostile = replace(
        first,
        question=replace(
            first.question, text=HOSTILE, type="$x_{$ 類", golds=(Gold(HOSTILE, HOSTILE),)
        ),
        query=HOSTILE,
        golds=(GoldFound(HOSTILE, HOSTILE, None, False),),
        faults=(Fault.NOT_FOUND,),
    )
    return (hostile, *outcomes[1:])


@pytest.fixture(params=[1280, 390])
def visit(
    request: pytest.FixtureRequest,
    browser: Browser,
    tmp_path: Path,
    shown: tuple[Outcome, ...],
    basis: Basis,
) -> Iterator[Visit]:
    file = tmp_path / "page.html"
    write_page(file, shown, Settings(), basis)
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    made = Visit(context.new_page())
    made.page.on("request", lambda asked: made.requests.append(asked.url))
    made.page.on("console", lambda message: made.errors.append(message.text))
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    made.page.on("dialog", lambda dialog: made.errors.append(dialog.message))
    made.page.goto(file.as_uri())
    yield made
    context.close()


def test_page_asks_for_nothing_and_complains_of_nothing(visit: Visit) -> None:
    for details in visit.page.locator("details").all()[:3]:
        details.locator("summary").click()
    assert [url.rpartition("/")[2] for url in visit.requests] == ["page.html"]
    assert visit.errors == []
    assert visit.page.locator("figure svg").count() == 6
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= visit.page.viewport_size["width"]  # type: ignore[index]


def test_hostile_text_is_shown_as_text(visit: Visit) -> None:
    first = visit.page.locator("tr.question").first
    assert HOSTILE in first.locator("summary").inner_text()
    assert visit.page.locator("tr.question script, tr.question img").count() == 0


def test_filters_choose_questions(visit: Visit, shown: tuple[Outcome, ...]) -> None:
    rows, count = (
        visit.page.locator("tr.question:visible"),
        visit.page.locator("form.filters output"),
    )
    assert rows.count() == len(shown)
    visit.page.select_option("select[name=lang]", "en")
    english = [outcome for outcome in shown if outcome.question.lang == "en"]
    assert rows.count() == len(english)
    assert count.inner_text() == f"{len(english)} / {len(shown)}"
    visit.page.select_option("select[name=fault]", "any")
    assert rows.count() == sum(bool(outcome.faults) for outcome in english)
    visit.page.select_option("select[name=lang]", "")
    visit.page.select_option("select[name=fault]", "not found")
    assert rows.count() == sum(Fault.NOT_FOUND in outcome.faults for outcome in shown)
    visit.page.fill("input[name=text]", "ALERT")
    assert rows.count() == 1


def test_question_opens_with_its_answer_and_its_golds(
    visit: Visit, shown: tuple[Outcome, ...]
) -> None:
    wanted = next(o for o in shown[1:] if o.golds and o.citations)
    row = visit.page.locator("tr.question", has_text=wanted.question.text).first
    row.locator("summary").click()
    told = re.sub(r"\s+", "", row.inner_text())
    assert re.sub(r"\s+", "", wanted.golds[0].quote) in told
    assert re.sub(r"\s+", "", wanted.citations[0].quote) in told
    assert "正解golds" in told


def test_same_run_gives_the_same_page(outcomes: tuple[Outcome, ...], basis: Basis) -> None:
    assert page(outcomes[:30], Settings(), basis) == page(outcomes[:30], Settings(), basis)


def test_page_names_no_other_place(outcomes: tuple[Outcome, ...], basis: Basis) -> None:
    text = page(outcomes[:1], Settings(), basis)
    named = set(re.findall(r"""(?:src|href|action)=["']([^"']*)["']""", text))
    assert all(name.startswith("#") for name in named), named
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_page_of_a_run_stopped_before_its_first_question_is_a_page(basis: Basis) -> None:
    assert "</html>" in page((), Settings(), basis)
