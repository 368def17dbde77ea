from pathlib import Path

import gradio as gr
import pytest

from assistant.assistant import Assistant
from assistant.samples import REPORTS
from assistant.types import Language
from assistant.web.site import Site
from eval import tab
from eval.dataset import read_questions
from eval.labelled import own_questions
from eval.tab import evaluation_tab, feedback
from index.retriever import Index
from index.update import update

QUOTE = "俄羅斯、越南及巴布亞紐幾內亞審核 ABTC 申請案時常有整批次延宕"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index")
    update([REPORTS], made)
    return made


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Site:
    return Site(folder, tmp_path / "state")


@pytest.mark.parametrize(
    ("language", "told"),
    [(Language.ZH, "請執行：pip install"), (Language.EN, "run: pip install")],
)
def test_without_its_packages_the_tab_says_what_to_install(
    site: Site, language: Language, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tab, "find_spec", lambda name: None if name == "matplotlib" else name)
    with gr.Blocks() as page:
        evaluation_tab(site, language)
    (block,) = [each for each in page.blocks.values() if isinstance(each, gr.HTML)]
    assert told in str(block.value)
    assert page.fns == {}, "nothing that could be run"


def test_building_the_page_shows_no_set_of_anybody(site: Site, samples: Index) -> None:
    answer = Assistant(samples).ask("哪些經濟體審核 ABTC 有延宕情形？")
    assert "1" in feedback(site)(answer, QUOTE)
    assert len(read_questions(own_questions(site.state, None))) == 1
    with gr.Blocks() as page:
        evaluation_tab(site, Language.ZH)
    assert "base64" not in str(page.get_config_file())


def test_set_that_cannot_be_read_is_told_to_who_gives_feedback(site: Site, samples: Index) -> None:
    file = own_questions(site.state, None)
    file.parent.mkdir(parents=True)
    file.write_text("{", encoding="utf-8")
    answer = Assistant(samples).ask("哪些經濟體審核 ABTC 有延宕情形？")
    assert "line 1" in feedback(site)(answer, QUOTE)
    assert file.read_text(encoding="utf-8") == "{", "what is there is not written over"


def test_both_languages_name_every_choice(site: Site) -> None:
    with gr.Blocks() as page:
        evaluation_tab(site, Language.EN)
    labels = [str(getattr(each, "label", "") or "") for each in page.blocks.values()]
    choices = [
        name for each in page.blocks.values() for name, _ in getattr(each, "choices", None) or ()
    ]
    assert len(choices) == 8
    assert not [text for text in (*labels, *choices) if any("一" <= c <= "鿿" for c in text)]
