"""Answers scored by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.types import Answer, Citation, Value
from corpus.types import Report
from eval.dataset import Gold, Labelled, Place, Span
from eval.scores import (
    Fault,
    Measure,
    Share,
    answer_scores,
    faults,
    golds_found,
    is_exact,
    pooled,
    values_found,
    values_given,
)
from index.retriever import Index

TEXT = "俄羅斯、越南審核延宕。日本則否。我方表達關切。會議於臺北舉行。"


@pytest.fixture(scope="module")
def some_answer(samples: Index) -> Answer:
    answer = Assistant(samples).ask("哪些經濟體審核 ABTC 有延宕情形？")
    assert answer.citations
    return answer


class Case:
    """Answers made by hand, in the shape of a real one."""

    def __init__(self, samples: Index, real: Answer) -> None:
        self.report: Report = replace(samples.reports[0], id="r", source="r.md", text=TEXT)
        self._real = real

    def cite(self, quote: str) -> Citation:
        start = TEXT.index(quote)
        return replace(
            self._real.citations[0],
            report_id="r",
            start=start,
            end=start + len(quote),
            quote=quote,
            passage=TEXT,
        )

    def place(self, quote: str) -> Place:
        start = TEXT.index(quote)
        return Place(Gold("r.md", quote), (Span("r", start, start + len(quote)),))

    def answer(
        self, quotes: Sequence[str] = (), values: Sequence[str] = (), nearest: str | None = None
    ) -> Answer:
        return replace(
            self._real,
            citations=tuple(map(self.cite, quotes)),
            values=tuple(Value(text, "economies", (1,)) for text in values),
            nearest=self.cite(nearest) if nearest else None,
            abstained=not quotes,
        )

    def scores(
        self, question: Labelled, places: Sequence[Place], answer: Answer
    ) -> dict[Measure, Share]:
        return dict(answer_scores(question, places, answer, {"r": self.report}))


@pytest.fixture
def case(samples: Index, some_answer: Answer) -> Case:
    return Case(samples, some_answer)


def asked(*answers: tuple[str, ...], answerable: bool = True) -> Labelled:
    return Labelled("a", "zh", "economies", "?", (), answers, answerable, None, None)


def test_answer_is_scored_as_by_hand(case: Case) -> None:
    question = asked(("俄羅斯", "Russia"), ("越南", "Viet Nam"), ("智利", "Chile"))
    places = [case.place("俄羅斯、越南"), case.place("表達關切")]
    answer = case.answer(
        ["俄羅斯、越南審核延宕。", "日本則否。"], ["Russia", "越南", "日本", "泰國"]
    )
    scores = case.scores(question, places, answer)
    assert scores[Measure.VALUE_RECALL] == Share(pytest.approx(2 / 3), 1)
    assert scores[Measure.VALUE_PRECISION] == Share(2, 4)
    assert scores[Measure.CITATION_RECALL] == Share(0.5, 1)
    assert scores[Measure.CITATION_PRECISION] == Share(1, 2)
    assert scores[Measure.ANSWERABLE_REFUSED] == Share(0, 1)
    assert scores[Measure.ABSTENTION_RECALL].whole == 0
    assert scores[Measure.ABSTENTION_PRECISION].whole == 0
    assert scores[Measure.QUOTES_EXACT] == Share(2, 2)


def test_refused_answerable_question_scores_zero_and_counts(case: Case) -> None:
    question, places = asked(("俄羅斯",)), [case.place("俄羅斯")]
    scores = case.scores(question, places, case.answer(nearest="日本則否。"))
    assert scores[Measure.VALUE_RECALL] == Share(0, 1)
    assert scores[Measure.CITATION_RECALL] == Share(0, 1)
    assert scores[Measure.CITATION_PRECISION].whole == 0
    assert scores[Measure.ANSWERABLE_REFUSED] == Share(1, 1)
    assert scores[Measure.ABSTENTION_PRECISION] == Share(0, 1)
    assert scores[Measure.QUOTES_EXACT] == Share(1, 1), "the nearest place is a quote too"


def test_rightly_refused_question_counts_for_abstention_alone(case: Case) -> None:
    scores = case.scores(asked(answerable=False), [], case.answer())
    counted = {measure for measure, share in scores.items() if share.whole}
    assert counted == {Measure.ABSTENTION_RECALL, Measure.ABSTENTION_PRECISION}
    assert scores[Measure.ABSTENTION_RECALL] == Share(1, 1)


def test_false_answer_counts_against_abstention_not_against_citations(case: Case) -> None:
    scores = case.scores(asked(answerable=False), [], case.answer(["日本則否。"], ["日本"]))
    assert scores[Measure.ABSTENTION_RECALL] == Share(0, 1)
    assert scores[Measure.CITATION_PRECISION].whole == 0
    assert scores[Measure.VALUE_PRECISION].whole == 0


def test_question_without_wanted_values_does_not_count_for_values(case: Case) -> None:
    scores = case.scores(asked(), [case.place("俄羅斯")], case.answer(["日本則否。"], ["日本"]))
    assert scores[Measure.VALUE_RECALL].whole == 0
    assert scores[Measure.VALUE_PRECISION].whole == 0


def test_altered_quote_or_passage_is_not_exact(case: Case) -> None:
    good = case.cite("日本則否。")
    assert is_exact(good, TEXT)
    assert not is_exact(replace(good, quote="日本則否,"), TEXT)
    assert not is_exact(replace(good, start=good.start + 1), TEXT)
    assert not is_exact(replace(good, passage=TEXT.replace("，", ",") + "。"), TEXT)
    assert not is_exact(replace(good, passage="會議於臺北舉行。"), TEXT), "it stands elsewhere"
    assert not is_exact(replace(good, start=-5, end=0, quote=""), TEXT)


@pytest.mark.parametrize(
    ("quotes", "values", "ranks", "expected"),
    [
        (["俄羅斯、越南"], ["俄羅斯"], {0: 1}, ()),
        (["俄羅斯、越南"], ["俄羅斯"], {0: 5}, ()),
        (["俄羅斯、越南"], ["俄羅斯"], {0: 6}, (Fault.FOUND_LOW,)),
        (["日本則否。"], ["俄羅斯"], {}, (Fault.NOT_FOUND,)),
        (["日本則否。"], ["俄羅斯"], {0: 1}, (Fault.NOT_CITED,)),
        (["俄羅斯、越南"], [], {0: 1}, (Fault.VALUE_MISSED,)),
        (["俄羅斯、越南"], ["俄羅斯", "日本"], {0: 1}, (Fault.VALUE_WRONG,)),
        ([], [], {0: 1}, (Fault.REFUSED,)),
        ([], [], {}, (Fault.NOT_FOUND, Fault.REFUSED)),
    ],
)
def test_what_went_wrong_is_named(
    case: Case,
    quotes: list[str],
    values: list[str],
    ranks: dict[int, int],
    expected: tuple[Fault, ...],
) -> None:
    question, answer = asked(("俄羅斯",)), case.answer(quotes, values)
    golds = golds_found([case.place("俄羅斯")], answer, ranks)
    wanted, given = values_found(question, answer), values_given(question, answer)
    assert faults(question, answer, golds, wanted, given) == expected


def test_answer_to_what_the_reports_do_not_say_is_a_false_one(case: Case) -> None:
    question = asked(answerable=False)
    assert faults(question, case.answer(["日本則否。"]), (), (), ()) == (Fault.FALSE_ANSWER,)
    assert faults(question, case.answer(), (), (), ()) == ()


def test_pooling_divides_sums() -> None:
    assert pooled([Share(1, 2), Share(0, 8), Share(0, 0)]) == 0.1
    assert pooled([Share(0, 0)]) is None
    assert pooled([]) is None
