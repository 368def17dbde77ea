import json
from dataclasses import replace
from pathlib import Path

import ir_measures
import pytest

from corpus.errors import AttacheError
from eval.dataset import locate, read_questions
from eval.figures import figures
from eval.run import Outcome, Settings, run
from eval.runs import Basis, basis_of, load, save
from eval.scores import Measure
from index.retriever import Index


@pytest.fixture
def kept(tmp_path: Path, outcomes: tuple[Outcome, ...], basis: Basis) -> Path:
    folder = tmp_path / "run"
    save(folder, outcomes, Settings(), basis)
    return folder


def test_kept_run_reads_back_as_it_was(
    kept: Path, outcomes: tuple[Outcome, ...], basis: Basis
) -> None:
    read = load(kept)
    assert (read.name, read.settings, read.basis) == ("run", Settings(), basis)
    again = [replace(one, took_ms=0.0) for one in read.outcomes]
    assert again == [replace(one, took_ms=0.0) for one in outcomes]


def test_ir_measures_gives_the_figures_from_the_files(
    kept: Path, outcomes: tuple[Outcome, ...]
) -> None:
    qrels = list(ir_measures.read_trec_qrels(str(kept / "qrels.trec")))
    ranking = list(ir_measures.read_trec_run(str(kept / "run.trec")))
    theirs = ir_measures.calc_aggregate(
        [ir_measures.nDCG @ 10, ir_measures.R @ 5, ir_measures.RR @ 10], qrels, ranking
    )
    ours = figures(outcomes).measures
    for measure, figure in theirs.items():
        assert ours[Measure(str(measure))] == pytest.approx(figure)


def test_same_settings_and_index_give_the_same_files(
    few: Path, samples: Index, tmp_path: Path
) -> None:
    questions = locate(read_questions(few), samples.reports)
    for name in ("one", "two"):
        outcomes = list(run(questions, samples, Settings()))
        save(tmp_path / name, outcomes, Settings(), basis_of(samples, few))
    for file in (tmp_path / "one").iterdir():
        if file.name != "timings.json":
            assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_settings_name_corpus_encoder_and_packages(kept: Path, samples: Index) -> None:
    settings = json.loads((kept / "settings.json").read_text(encoding="utf-8"))
    assert settings["basis"]["encoder_id"] == samples.encoder.id
    assert settings["basis"]["reports"] == len(samples.reports)
    assert settings["settings"] == {"mode": "hybrid", "k": 8, "depth": 50, "split": None}
    environment = json.loads((kept / "environment.json").read_text(encoding="utf-8"))
    assert environment["packages"]["ir-measures"]
    assert environment["machine"]["cores"]


def test_folder_that_holds_something_else_is_left_alone(
    tmp_path: Path, outcomes: tuple[Outcome, ...], basis: Basis
) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(AttacheError, match="is no run"):
        save(tmp_path, outcomes, Settings(), basis)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("answers.jsonl", "{}", "is damaged"),
        ("answers.jsonl", "{", "is damaged"),
        ("settings.json", '{"format": 0}', "has format 0; expected 1"),
        ("settings.json", "[]", "is damaged"),
        ("timings.json", "{}", "is damaged"),
    ],
)
def test_damaged_run_is_told(kept: Path, file: str, content: str, told: str) -> None:
    (kept / file).write_text(content, encoding="utf-8")
    with pytest.raises(AttacheError) as error:
        load(kept)
    assert told in str(error.value)
    assert str(kept) in str(error.value)


def test_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(AttacheError, match="no run in"):
        load(tmp_path)
