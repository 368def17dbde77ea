import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import AttacheError
from eval.dataset import (
    QUESTIONS,
    Gold,
    Labelled,
    Span,
    Split,
    locate,
    of_split,
    read_questions,
    require_golds,
)
from index.retriever import Index

LINE: dict[str, Any] = {
    "id": "a",
    "lang": "zh",
    "type": "when",
    "question": "何時？",
    "golds": [{"report": "one.md", "quote": "八月二十日"}],
    "answers": ["8月20日|20 August", "2022"],
    "answerable": True,
    "after": None,
}
MISSING = object()


def written(folder: Path, *lines: object) -> Path:
    file = folder / "questions.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def test_line_is_read_into_a_labelled_question(tmp_path: Path) -> None:
    follow_up = {**LINE, "id": "b", "after": "a", "split": "tune"}
    first, second = read_questions(written(tmp_path, LINE, "", follow_up))
    assert first == Labelled(
        id="a",
        lang="zh",
        type="when",
        text="何時？",
        golds=(Gold("one.md", "八月二十日"),),
        answers=(("8月20日", "20 August"), ("2022",)),
        answerable=True,
        after=None,
        split=None,
    )
    assert (second.after, second.split) == ("a", Split.TUNE)


def test_line_separators_inside_a_text_do_not_end_the_line(tmp_path: Path) -> None:
    line = json.dumps({**LINE, "question": "one\u2028two"}, ensure_ascii=False)
    assert read_questions(written(tmp_path, line))[0].text == "one\u2028two"


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"id": MISSING}, "id", "no such field"),
        ({"id": 7}, "id", "found 7; expected text"),
        ({"id": "a b"}, "id", "without white space"),
        ({"lang": ""}, "lang", "not empty"),
        ({"type": None}, "type", "found null"),
        ({"question": "  "}, "question", "not empty"),
        ({"golds": MISSING}, "golds", "expected a list"),
        ({"golds": "x"}, "golds", "expected a list"),
        ({"golds": ["x"]}, "golds[0]", "expected an object"),
        ({"golds": [{"quote": "x"}]}, "golds[0].report", "no such field (there are: quote)"),
        ({"golds": [{"report": "x", "quote": ""}]}, "golds[0].quote", "not empty"),
        ({"golds": []}, "golds", "at least one, as the question is answerable"),
        ({"question": "half \ud800"}, "question", "expected text"),
        ({"answers": ["half \ud800"]}, "answers[0]", "separated by |"),
        ({"golds": [{"report": "x", "quote": "\udc00"}]}, "golds[0].quote", "expected text"),
        ({"split": ["tune"]}, "split", "tune or held-out"),
        ({"after": 3}, "after", "found 3"),
        ({"answers": {}}, "answers", "expected a list"),
        ({"answers": [3]}, "answers[0]", "separated by |"),
        ({"answers": ["x", "y|"]}, "answers[1]", "separated by |"),
        ({"answerable": "yes"}, "answerable", "expected true or false"),
        ({"answerable": False}, "golds", "though answerable is false"),
        ({"answerable": False, "golds": []}, "answers", "though answerable is false"),
        ({"after": "z"}, "after", "found 'z', which no question has"),
        ({"after": "b"}, "after", "leads back to itself"),
        ({"split": "test"}, "split", "tune or held-out"),
    ],
)
def test_malformed_line_is_told_with_its_number_and_field(
    tmp_path: Path, change: dict[str, Any], field: str, told: str
) -> None:
    changed = {key: value for key, value in {**LINE, **change}.items() if value is not MISSING}
    file = written(tmp_path, {**LINE, "id": "first"}, "", changed)
    with pytest.raises(AttacheError) as error:
        read_questions(file)
    assert f'{file}, line 3, field "{field}"' in str(error.value)
    assert told in str(error.value) or change == {"after": "b"}
    assert "expected" in str(error.value)


def test_circle_of_follow_ups_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, {**LINE, "after": "b"}, {**LINE, "id": "b", "after": "a"})
    with pytest.raises(AttacheError, match="leads back to itself"):
        read_questions(file)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["{"], "line 1: found '{', which is not JSON"),
        (["[1]"], "line 1: found [1]; expected a JSON object"),
        (["[" * 100_000], "which is not JSON"),
        (['{"id": ' + "9" * 5000 + "}"], "which is not JSON"),
        ([LINE, LINE], "line 2, field \"id\": found 'a', which line 1 has too"),
        ([""], "holds no question"),
    ],
)
def test_malformed_file_is_told(tmp_path: Path, lines: list[object], told: str) -> None:
    with pytest.raises(AttacheError) as error:
        read_questions(written(tmp_path, *lines))
    assert told in str(error.value)


def test_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(AttacheError, match="expected a UTF-8 file"):
        read_questions(file)
    with pytest.raises(AttacheError, match="No such file"):
        read_questions(tmp_path / "none.jsonl")


def question(*golds: Gold) -> Labelled:
    return Labelled("a", "zh", "when", "?", golds, (), True, None, None)


def test_gold_is_found_wherever_it_stands_white_space_ignored(samples: Index) -> None:
    report = replace(samples.reports[0], id="r", source="in/one.md", text="甲 乙\n丙。丁\n甲乙　丙")
    asked = question(Gold("one.md", "甲乙 丙"), Gold("in/one.md", "丁"))
    located = locate([asked], [report])
    first, second = located.places["a"]
    assert first.spans == (Span("r", 0, 5), Span("r", 8, 12))
    assert [report.text[s.start : s.end] for s in first.spans] == ["甲 乙\n丙", "甲乙　丙"]
    assert second.spans == (Span("r", 6, 7),)
    require_golds(located)


def test_missing_golds_are_listed(samples: Index) -> None:
    report = replace(samples.reports[0], source="one.md", text="甲乙丙")
    located = locate([question(Gold("one.md", "丁"), Gold("two.md", "甲"))], [report])
    assert [place.spans for place in located.places["a"]] == [(), ()]
    with pytest.raises(AttacheError) as error:
        require_golds(located)
    told = str(error.value)
    assert "2 of 2 golds" in told
    assert "a: not in one.md: 「丁」" in told
    assert "a: no report two.md: 「甲」" in told
    assert "--allow-missing-golds" in told


def test_spans_overlap_when_they_share_a_character() -> None:
    span = Span("r", 3, 6)
    assert span.overlaps(Span("r", 5, 9))
    assert span.overlaps(Span("r", 0, 4))
    assert not span.overlaps(Span("r", 6, 9))
    assert not span.overlaps(Span("r", 0, 3))
    assert not span.overlaps(Span("s", 3, 6))


def test_split_that_no_question_has_is_told() -> None:
    tuned = replace(question(Gold("x", "y")), split=Split.TUNE)
    assert of_split([tuned], Split.TUNE) == (tuned,)
    assert of_split([tuned], None) == (tuned,)
    with pytest.raises(AttacheError, match="held-out"):
        of_split([tuned], Split.HELD_OUT)


def test_sample_questions_are_as_many_and_as_mixed_as_promised(samples: Index) -> None:
    asked = read_questions(QUESTIONS)
    require_golds(locate(asked, samples.reports))
    assert len(asked) >= 150
    assert sum(q.lang == "zh" for q in asked) * 2 >= len(asked)
    assert sum(not q.answerable for q in asked) >= 30
    assert sum(q.after is not None for q in asked) >= 15
