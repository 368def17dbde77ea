"""A list of all members of APEC answers nothing but who they are."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.retriever import open_index
from index.update import update

REPORT = """# 壹、前言

APEC 燈塔論壇的會員體有澳洲、汶萊、加拿大、智利、中國大陸、香港、印尼、日本、韓國、馬來西亞、墨西哥、紐西蘭、\
巴布亞紐幾內亞、秘魯、菲律賓、俄羅斯、新加坡、中華台北、泰國、美國及越南。

# 貳、會議過程

燈塔論壇由智利及秘魯聯合籌辦。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("members")
    (folder / "forum.md").write_text(REPORT, encoding="utf-8")
    update([folder], Path(folder) / "index")
    return Assistant(open_index(folder / "index"))


def test_all_members_are_no_answer_to_who_did_something(assistant: Assistant) -> None:
    answer = assistant.ask("燈塔論壇是哪些經濟體籌辦的？")
    assert [value.text for value in answer.values] == ["智利", "秘魯"]


def test_all_members_are_the_answer_to_who_the_members_are(assistant: Assistant) -> None:
    answer = assistant.ask("Which economies are members of the lighthouse forum?")
    assert len(answer.values) == 21
