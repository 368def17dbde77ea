from pathlib import Path

from eval.dataset import QuestionSet, Split, locate, read_questions
from eval.figures import figures
from eval.run import Outcome, Settings, run
from eval.scores import Measure
from index.retriever import Index
from index.types import Mode


def test_whole_sample_set_is_asked_in_order(
    outcomes: tuple[Outcome, ...], sample_questions: QuestionSet
) -> None:
    assert [outcome.question for outcome in outcomes] == list(sample_questions.questions)


def test_every_quote_of_the_sample_set_is_exact(outcomes: tuple[Outcome, ...]) -> None:
    summed = figures(outcomes)
    assert summed.quotes_exact == summed.quotes > 0


def test_every_answerable_question_counts_for_the_ranking(outcomes: tuple[Outcome, ...]) -> None:
    counted = sum(outcome.scores[Measure.RECALL_5].whole for outcome in outcomes)
    assert counted == sum(outcome.question.answerable for outcome in outcomes)


def test_run_can_be_stopped_after_any_question(
    samples: Index, sample_questions: QuestionSet
) -> None:
    running = run(sample_questions, samples, Settings())
    first = next(running)
    running.close()
    assert first.question == sample_questions.questions[0]


def test_follow_up_is_asked_in_the_conversation(few: Path, samples: Index) -> None:
    questions = locate(read_questions(few), samples.reports)
    follow_up = next(o for o in run(questions, samples, Settings()) if o.question.after)
    alone = read_questions(few)[2]
    assert follow_up.question == alone
    understood = samples.search(follow_up.query)
    assert understood, "what was understood is what was searched"


def test_question_followed_from_the_other_split_is_asked_but_not_counted(
    few: Path, samples: Index, tmp_path: Path
) -> None:
    file = tmp_path / "split.jsonl"
    lines = few.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace('"held-out"', '"tune"')
    file.write_text("\n".join(lines), encoding="utf-8")
    questions = locate(read_questions(file), samples.reports)
    asked = [o.question.id for o in run(questions, samples, Settings(split=Split.HELD_OUT))]
    assert "q003" in asked
    assert "q002" not in asked


def test_mode_decides_the_ranking_and_not_the_answer(few: Path, samples: Index) -> None:
    questions = locate(read_questions(few), samples.reports)
    hybrid = next(run(questions, samples, Settings()))
    lexical = next(run(questions, samples, Settings(mode=Mode.LEXICAL)))
    assert hybrid.answer == lexical.answer
    assert hybrid.by_mode == lexical.by_mode
    assert lexical.scores[Measure.NDCG_10] == hybrid.by_mode[Mode.LEXICAL][Measure.NDCG_10]
    assert hybrid.chunks != lexical.chunks
