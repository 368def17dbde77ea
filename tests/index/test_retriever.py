from datetime import date
from pathlib import Path

import pytest

from corpus.errors import AttacheError
from corpus.types import Role
from index.retriever import Index, gazetteer_synonyms, open_index
from index.store import live
from index.types import Filters, Mode
from index.update import update

from .conftest import write_static_model


@pytest.fixture(scope="module")
def opened(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    from .conftest import REPORTS

    folder = tmp_path_factory.mktemp("retriever")
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    update([folder / "reports"], folder / "index", str(model))
    return open_index(folder / "index")


def sources(opened: Index, query: str, **filters: object) -> set[str]:
    hits = opened.search(query, k=20, filters=Filters(**filters))  # type: ignore[arg-type]
    return {opened.report(hit.chunk.report_id).source for hit in hits}


ALL = {"boca.md", "customs.md", "counter.md"}


@pytest.mark.parametrize("mode", Mode)
def test_a_hit_is_a_span_of_its_report(opened: Index, mode: Mode) -> None:
    hits = opened.search("俄羅斯審核旅行卡延誤", mode)
    assert hits
    for rank, hit in enumerate(hits, start=1):
        chunk = hit.chunk
        assert hit.rank == rank
        assert opened.report(chunk.report_id).text[chunk.start : chunk.end] == chunk.text
        assert chunk.id == f"{chunk.report_id}:{chunk.start}-{chunk.end}"
    assert "延誤" in hits[0].chunk.text


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ALL),
        ({"since": date(2021, 1, 1)}, {"boca.md", "counter.md"}),
        ({"since": date(2022, 8, 24)}, {"boca.md"}),
        ({"until": date(2019, 3, 1)}, {"customs.md"}),
        ({"since": date(2021, 1, 1), "until": date(2021, 12, 31)}, {"counter.md"}),
        ({"groups": ("bmg",)}, {"boca.md"}),
        ({"groups": ("商務人士移動小組", "SCCP")}, {"boca.md", "customs.md"}),
        ({"agencies": ("關務署",)}, {"customs.md"}),
        ({"economies": ("Viet Nam",)}, {"customs.md"}),
        ({"economies": ("美國", "Japan")}, {"counter.md", "customs.md"}),
        ({"reports": ("no such report",)}, set()),
    ],
)
def test_filters(opened: Index, filters: dict[str, object], expected: set[str]) -> None:
    assert sources(opened, "會議說明分享審核介紹", **filters) == expected


def test_a_role_filter_leaves_only_that_role(opened: Index) -> None:
    hits = opened.search("會議審核參與", filters=Filters(roles=(Role.OPINION,)))
    assert hits
    for hit in hits:
        report = opened.report(hit.chunk.report_id)
        assert report.sections[hit.chunk.section].role is Role.OPINION


def test_an_unknown_economy_is_one_line(opened: Index) -> None:
    with pytest.raises(AttacheError, match="Atlantis"):
        opened.search("會議", filters=Filters(economies=("Atlantis",)))


def test_an_unknown_report_is_one_line(opened: Index) -> None:
    with pytest.raises(AttacheError, match="no report abc"):
        opened.report("abc")


def test_all_names_of_a_group_find_the_same_passages(opened: Index) -> None:
    queries = ("BMG", "business mobility group", "商務人士移動小組", "商务人士移动小组")
    found = [opened.search(query) for query in queries]
    assert found[0]
    assert all(hits == found[0] for hits in found)


def test_the_glossary_keeps_where_each_definition_stands(opened: Index) -> None:
    (stored,) = opened.glossary
    text = opened.report(stored.report_id).text
    entry = stored.entry
    assert entry.forms == ("BMG", "Business Mobility Group", "商務人士移動小組")
    assert text[entry.start : entry.end] == "商務人士移動小組(Business Mobility Group, BMG)"


def test_names_of_one_letter_are_no_synonyms() -> None:
    assert all(len(form) > 1 for group in gazetteer_synonyms() for form in group.forms)


def test_texts_are_scored_and_explained(opened: Index) -> None:
    best, other = opened.score_texts("俄羅斯延誤", ["俄羅斯常有延誤。", "代表團住宿於飯店。"])
    assert best.score > other.score
    assert best.coverage > 0.9
    assert other.coverage < 0.1
    assert {match.found for match in opened.explain("俄羅斯 delay", "俄羅斯常有延誤。")} >= {"延誤"}


def test_an_index_of_another_encoder_is_one_line(
    opened: Index, tmp_path: Path, model: Path, reports: Path
) -> None:
    own = write_static_model(tmp_path / "own")
    update([reports], tmp_path / "index", str(own))
    with pytest.raises(AttacheError, match=r"own@.*tiny@.*attache index") as caught:
        open_index(tmp_path / "index", opened.encoder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("size", [0, -7])
def test_every_damaged_file_is_one_line(
    tmp_path: Path, model: Path, reports: Path, size: int
) -> None:
    out = tmp_path / "index"
    update([reports], out, str(model))
    folder = live(out).folder
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        path.write_bytes(content[:size])
        with pytest.raises(AttacheError) as caught:
            open_index(out).search("會議")
        assert path.name in str(caught.value)
        assert "\n" not in str(caught.value)
        path.write_bytes(content)
    assert open_index(out).search("會議")


def test_damage_in_a_file_too_large_to_verify_is_still_one_line(
    tmp_path: Path, model: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "index"
    update([reports], out, str(model))
    path = live(out).folder / "chunks.npy"
    content = bytearray(path.read_bytes())
    content[128:] = b"\x7f" * (len(content) - 128)
    path.write_bytes(content)
    monkeypatch.setattr("index.retriever.verify", _verifying_only_when_asked_for_all())
    with pytest.raises(AttacheError, match=r"chunks\.npy is damaged"):
        open_index(out).search("會議", filters=Filters(groups=("BMG",)))


def _verifying_only_when_asked_for_all() -> object:
    from index.store import verify

    def verifying(generation: object, most: int | None = 0) -> None:
        if most is None:
            verify(generation, None)  # type: ignore[arg-type]

    return verifying


def test_a_reader_goes_on_with_the_generation_it_opened(
    tmp_path: Path, model: Path, reports: Path
) -> None:
    out = tmp_path / "index"
    update([reports], out, str(model))
    reader = open_index(out)
    before = reader.search("飯店")
    (reports / "boca.md").unlink()
    update([reports], out)
    (reports / "counter.md").unlink()
    update([reports], out)
    assert reader.search("飯店") == before
    assert len(open_index(out).reports) == 1


def test_chunks_of_a_report_are_given_in_reading_order(opened: Index) -> None:
    report = opened.reports[0]
    chunks = opened.chunks_of(report.id)
    assert chunks
    assert {chunk.report_id for chunk in chunks} == {report.id}
    assert [chunk.start for chunk in chunks] == sorted(chunk.start for chunk in chunks)
    assert opened.chunks_of("no such report") == ()
