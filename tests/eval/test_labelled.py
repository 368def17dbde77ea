import json
from pathlib import Path
from threading import Thread

import pytest

from assistant.assistant import Assistant
from assistant.types import Answer
from corpus.errors import AttacheError
from eval.dataset import QUESTIONS, locate, question_line, read_questions
from eval.labelled import keep, own_questions
from index.retriever import Index

QUOTE = "俄羅斯、越南及巴布亞紐幾內亞審核 ABTC 申請案時常有整批次延宕"


@pytest.fixture(scope="module")
def answer(samples: Index) -> Answer:
    return Assistant(samples).ask("哪些經濟體審核 ABTC 有延宕情形？")


def test_lines_are_written_as_they_are_read() -> None:
    questions = read_questions(QUESTIONS)
    assert "".join(map(question_line, questions)) == QUESTIONS.read_text(encoding="utf-8")


def test_expected_passage_becomes_a_question_of_the_users_set(
    samples: Index, answer: Answer, tmp_path: Path
) -> None:
    spaced = f"「{QUOTE[:9]}\n  {QUOTE[9:]}」 [1]"
    told = keep(tmp_path, "ann", samples, answer, spaced)
    assert "共 1 題" in told
    (question,) = read_questions(own_questions(tmp_path, "ann"))
    assert (question.text, question.lang, question.type) == (
        answer.question.text,
        "zh",
        answer.question.kind.value,
    )
    assert [gold.source for gold in question.golds] == ["2022-bmg-som3-boca.md"]
    assert "".join(question.golds[0].quote.split()) == "".join(QUOTE.split())
    assert locate([question], samples.reports).missing == ()
    line = own_questions(tmp_path, "ann").read_text(encoding="utf-8")
    bundled = QUESTIONS.read_text(encoding="utf-8").splitlines()[0]
    assert list(json.loads(line)) == list(json.loads(bundled))


def test_sets_of_two_users_are_apart(samples: Index, answer: Answer, tmp_path: Path) -> None:
    keep(tmp_path, "ann", samples, answer, QUOTE)
    assert own_questions(tmp_path, "ann").is_file()
    names: list[str | None] = ["bob", "Ann", "../ann", "ann/..", "安", "", None, "x" * 300]
    files = [own_questions(tmp_path, name) for name in names]
    assert not any(file.exists() for file in files)
    assert all(file.parent == tmp_path / "labelled" for file in files)
    assert own_questions(tmp_path, None).name == "local.jsonl"


def test_same_question_again_gains_a_gold_or_nothing(
    samples: Index, answer: Answer, tmp_path: Path
) -> None:
    keep(tmp_path, None, samples, answer, QUOTE)
    assert "已在您的題組中" in keep(tmp_path, None, samples, answer, QUOTE)
    keep(tmp_path, None, samples, answer, "俄羅斯、越南與巴布亞紐幾內亞等國之 ABTC 卡審核速度遲緩")
    (question,) = read_questions(own_questions(tmp_path, None))
    assert len(question.golds) == 2


def test_passage_that_is_nowhere_is_refused_with_the_nearest(
    samples: Index, answer: Answer, tmp_path: Path
) -> None:
    wrong = QUOTE.replace("越南", "泰國")
    told = keep(tmp_path, None, samples, answer, wrong)
    assert "未存入" in told
    assert "2022-bmg-som3-boca.md" in told
    assert "越南" in told
    english = Assistant(samples).ask("Which economies delay ABTC approvals?")
    told = keep(tmp_path, None, samples, english, "Jupiter has ninety-five moons")
    assert told.startswith("The reports")
    assert not own_questions(tmp_path, None).exists()


@pytest.mark.parametrize(
    ("expected", "told"),
    [("", "至少 6 個字"), (" 「越 南」", "至少 6 個字"), ("字" * 2001, "最多 2000 個字")],
)
def test_passage_of_no_use_is_refused(
    samples: Index, answer: Answer, tmp_path: Path, expected: str, told: str
) -> None:
    assert told in keep(tmp_path, None, samples, answer, expected)


def test_follow_up_stays_one_where_the_question_before_is_in_the_set(
    samples: Index, answer: Answer, tmp_path: Path
) -> None:
    follow_up = Assistant(samples).ask("那日本呢？", previous=answer)
    assert follow_up.question.follows == answer.question.text
    keep(tmp_path, "alone", samples, follow_up, QUOTE)
    (alone,) = read_questions(own_questions(tmp_path, "alone"))
    assert (alone.after, alone.text) == (None, f"{answer.question.text} 那日本呢？")
    keep(tmp_path, "both", samples, answer, QUOTE)
    keep(tmp_path, "both", samples, follow_up, QUOTE)
    first, second = read_questions(own_questions(tmp_path, "both"))
    assert (second.after, second.text) == (first.id, "那日本呢？")


def test_simplified_question_is_marked_as_in_the_bundled_set(
    samples: Index, tmp_path: Path
) -> None:
    simplified = Assistant(samples).ask("哪些经济体审核旅行卡有延误？")
    keep(tmp_path, None, samples, simplified, QUOTE)
    assert read_questions(own_questions(tmp_path, None))[0].lang == "zh-Hans"


def test_many_at_once_are_all_kept(samples: Index, tmp_path: Path) -> None:
    asker = Assistant(samples)
    answers = [asker.ask(f"第 {number} 項議題是什麼？") for number in range(1, 7)]
    threads = [Thread(target=keep, args=(tmp_path, None, samples, each, QUOTE)) for each in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = read_questions(own_questions(tmp_path, None))
    assert {question.text for question in kept} == {each.question.text for each in answers}
    assert len({question.id for question in kept}) == 6


def test_set_that_cannot_be_written_stays_and_is_told(
    samples: Index, answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, None, samples, answer, QUOTE)
    before = own_questions(tmp_path, None).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("eval.labelled.os.fsync", full)
    other = Assistant(samples).ask("誰當選主席？")
    with pytest.raises(AttacheError, match="No space left"):
        keep(tmp_path, None, samples, other, QUOTE)
    assert own_questions(tmp_path, None).read_bytes() == before
