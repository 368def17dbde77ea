"""The sample reports indexed, and the whole sample question set run over them, once."""

from pathlib import Path

import pytest

from assistant.samples import REPORTS
from eval.dataset import QUESTIONS, QuestionSet, locate, read_questions
from eval.run import Outcome, Settings, run
from eval.runs import Basis, basis_of
from index.retriever import Index, open_index
from index.update import update


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("samples")
    update([REPORTS], folder)
    return open_index(folder)


@pytest.fixture(scope="session")
def sample_questions(samples: Index) -> QuestionSet:
    return locate(read_questions(QUESTIONS), samples.reports)


@pytest.fixture(scope="session")
def outcomes(samples: Index, sample_questions: QuestionSet) -> tuple[Outcome, ...]:
    return tuple(run(sample_questions, samples, Settings()))


@pytest.fixture(scope="session")
def basis(samples: Index) -> Basis:
    return basis_of(samples, QUESTIONS)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of some of the sample questions: two that follow each other, one without an answer."""
    wanted = ('"q001"', '"q002"', '"q003"', '"answerable": false')
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    chosen = [next(line for line in lines if mark in line) for mark in wanted]
    file = tmp_path_factory.mktemp("questions") / "few.jsonl"
    file.write_text("\n".join(chosen), encoding="utf-8")
    return file
