import json
from pathlib import Path

import pytest

from corpus.errors import AttacheError
from index import update as module
from index.retriever import open_index
from index.store import live
from index.types import Vectors
from index.update import Summary, remove_reports, update

from .conftest import write_static_model

NAMES = ("boca.md", "counter.md", "customs.md")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "index"


def run(reports: Path, out: Path, model: Path) -> Summary:
    return update([reports], out, str(model))


def test_a_first_run_adds_every_report(reports: Path, out: Path, model: Path) -> None:
    summary = run(reports, out, model)
    assert summary.added == NAMES
    assert (summary.reports, summary.rebuilt, summary.skipped) == (3, None, ())
    assert summary.chunks == len(open_index(out).chunks) > 3


def test_nothing_is_written_when_nothing_changed(reports: Path, out: Path, model: Path) -> None:
    before = run(reports, out, model)
    generation = live(out).folder
    summary = run(reports, out, model)
    assert summary.unchanged == NAMES
    assert (summary.added, summary.changed, summary.removed) == ((), (), ())
    assert (summary.reports, summary.chunks) == (before.reports, before.chunks)
    assert live(out).folder == generation


def test_only_what_changed_is_read_and_what_is_gone_is_dropped(
    reports: Path, out: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(reports, out, model)
    kept = {chunk.id: chunk for chunk in open_index(out).chunks}
    (reports / "counter.md").unlink()
    text = (reports / "boca.md").read_text(encoding="utf-8")
    (reports / "boca.md").write_text(text.replace("步行", "搭車"), encoding="utf-8")
    read = []

    def reading(path: Path, source: str | None = None) -> object:
        read.append(path.name)
        return real(path, source)

    real = module.read_report
    monkeypatch.setattr(module, "read_report", reading)
    summary = run(reports, out, model)
    assert read == ["boca.md"]
    assert summary.changed == ("boca.md",)
    assert summary.unchanged == ("customs.md",)
    assert summary.removed == ("counter.md",)
    opened = open_index(out)
    assert [report.source for report in opened.reports] == ["boca.md", "customs.md"]
    customs = opened.reports[1].id
    now = [chunk for chunk in opened.chunks if chunk.report_id == customs]
    assert now == [chunk for chunk in kept.values() if chunk.report_id == customs]
    assert opened.search("搭車")[0].chunk.report_id == opened.reports[0].id


def test_reports_from_other_folders_stay(reports: Path, out: Path, model: Path) -> None:
    run(reports, out, model)
    other = reports.parent / "other"
    other.mkdir()
    (other / "more.md").write_text("# 會議\n\n紐西蘭說明數位簽證。\n", encoding="utf-8")
    summary = update([other], out)
    assert summary.added == ("more.md",)
    assert summary.removed == ()
    assert summary.reports == 4


def test_one_bad_file_is_reported_and_the_others_indexed(
    reports: Path, out: Path, model: Path
) -> None:
    (reports / "empty.txt").write_text("")
    (reports / "picture.txt").write_bytes(bytes(range(256)) * 40)
    summary = run(reports, out, model)
    assert summary.added == NAMES
    assert {skipped.name for skipped in summary.skipped} == {"empty.txt", "picture.txt"}
    assert all(skipped.reason and "\n" not in skipped.reason for skipped in summary.skipped)


def test_a_file_that_turned_bad_keeps_the_report_read_before(
    reports: Path, out: Path, model: Path
) -> None:
    run(reports, out, model)
    (reports / "boca.md").write_text("")
    summary = run(reports, out, model)
    assert summary.reports == 3
    assert [skipped.name for skipped in summary.skipped] == ["boca.md"]
    assert "stays in the index" in summary.skipped[0].reason


def test_nothing_readable_is_an_error_and_the_index_stays(
    reports: Path, out: Path, model: Path
) -> None:
    run(reports, out, model)
    bad = reports.parent / "bad"
    bad.mkdir()
    for name in ("one.txt", "two.txt"):
        (bad / name).write_text("")
    with pytest.raises(AttacheError) as caught:
        update([bad], out)
    assert "\n" not in str(caught.value)
    assert len(open_index(out).reports) == 3


def test_a_missing_path_is_an_error(out: Path, model: Path) -> None:
    with pytest.raises(AttacheError):
        update([out / "nowhere"], out, str(model))
    assert not out.exists()


def test_two_files_with_the_same_content_are_one_report(
    reports: Path, out: Path, model: Path
) -> None:
    content = (reports / "boca.md").read_bytes()
    (reports / "copy.md").write_bytes(content)
    summary = run(reports, out, model)
    assert summary.reports == 3
    assert [(skipped.name, skipped.reason) for skipped in summary.skipped] == [
        ("copy.md", "same content as boca.md")
    ]


def test_a_renamed_file_is_the_same_report(reports: Path, out: Path, model: Path) -> None:
    run(reports, out, model)
    ids = {chunk.id for chunk in open_index(out).chunks}
    (reports / "boca.md").rename(reports / "boca-2022.md")
    summary = run(reports, out, model)
    assert summary.unchanged == ("boca-2022.md", "counter.md", "customs.md")
    assert summary.removed == ()
    opened = open_index(out)
    assert {chunk.id for chunk in opened.chunks} == ids
    assert "boca-2022.md" in [report.source for report in opened.reports]


def test_another_encoder_builds_everything_anew_and_says_so(
    reports: Path, out: Path, model: Path, tmp_path: Path
) -> None:
    before = run(reports, out, model)
    other = write_static_model(tmp_path / "other")
    summary = run(reports, out, other)
    assert summary.rebuilt is not None
    assert "tiny@" in summary.rebuilt
    assert summary.chunks == before.chunks
    assert live(out).manifest.contents.encoder_id.startswith("other@")


def test_without_a_name_an_index_keeps_its_encoder(reports: Path, out: Path, model: Path) -> None:
    run(reports, out, model)
    (reports / "counter.md").unlink()
    summary = update([reports], out)
    assert summary.rebuilt is None
    assert live(out).manifest.contents.encoder_name == str(model)


def test_another_size_of_chunks_builds_everything_anew_and_stays(
    reports: Path, out: Path, model: Path
) -> None:
    before = run(reports, out, model)
    summary = update([reports], out, chunk_target=50)
    assert summary.rebuilt == "its chunks aim at 400 characters, now at 50"
    assert summary.chunks > before.chunks
    assert open_index(out).chunk_target == 50
    (reports / "counter.md").unlink()
    assert update([reports], out).rebuilt is None
    report = open_index(out).reports[0]
    remove_reports([report.id], out)
    assert live(out).manifest.contents.chunk_target == 50


def test_an_index_that_does_not_tell_its_size_of_chunks_has_the_usual_ones(
    reports: Path, out: Path, model: Path
) -> None:
    run(reports, out, model)
    path = live(out).folder / "manifest.json"
    stored = json.loads(path.read_bytes())
    del stored["contents"]["chunk_target"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert open_index(out).chunk_target == 400
    assert run(reports, out, model).rebuilt is None


@pytest.mark.parametrize("name", ["vectors.faiss", "reports.jsonl", "rows.npy", "manifest.json"])
def test_a_damaged_index_is_built_anew(reports: Path, out: Path, model: Path, name: str) -> None:
    before = run(reports, out, model)
    path = live(out).folder / name
    path.write_bytes(path.read_bytes()[:-3])
    summary = run(reports, out, model)
    assert summary.rebuilt is not None
    assert name in summary.rebuilt
    assert (summary.reports, summary.chunks) == (before.reports, before.chunks)
    assert open_index(out).search("貨櫃掃描")


def test_vectors_of_unchanged_chunks_are_not_made_again_by_slow_encoders(
    reports: Path, out: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    static = module.load_encoder(str(model))
    encoded: list[str] = []

    class Slow:
        id, dim = "slow@1", static.dim

        def encode_queries(self, texts: list[str]) -> Vectors:
            return static.encode_queries(texts)

        def encode_passages(self, texts: list[str]) -> Vectors:
            encoded.extend(texts)
            return static.encode_passages(texts)

    monkeypatch.setattr(module, "load_encoder", lambda name: Slow())
    first = update([reports], out, "slow")
    assert len(encoded) == first.chunks
    encoded.clear()
    (reports / "new.md").write_text("# 會議\n\n紐西蘭說明數位簽證。\n", encoding="utf-8")
    second = update([reports], out, "slow")
    assert len(encoded) == second.chunks - first.chunks > 0


def test_progress_is_told(reports: Path, out: Path, model: Path) -> None:
    told: list[tuple[str, int, int]] = []
    update([reports], out, str(model), lambda *step: told.append(step))
    assert ("reading", 3, 3) in told
    stage, done, total = told[-1]
    assert stage == "encoding"
    assert done == total
