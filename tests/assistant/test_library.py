"""The reports of an index as a user manages them."""

import json
import threading
from pathlib import Path

import pytest

from assistant import samples
from assistant.library import Entry, Library, Outcome, State, Upload, left_out, uploaded
from assistant.web.site import Site
from corpus.errors import AttacheError
from index.retriever import open_index
from index.update import update

TEXTS = {
    "honey.md": "# 壹、會議過程\n\n智利代表支持蜂蜜關稅調降方案。\n",
    "cards.md": "# 壹、會議過程\n\n俄羅斯審核商務旅行卡時常延宕。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two reports."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, text in TEXTS.items():
        (reports / name).write_text(text, encoding="utf-8")
    update([reports], tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def library(folder: Path) -> Library:
    return Library(folder, folder / "state")


def sent(tmp_path: Path, name: str, content: str | bytes) -> Upload:
    """A file as an upload leaves it."""
    path = tmp_path / "sent" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Upload(path, name)


def entries(library: Library, folder: Path) -> dict[str, Entry]:
    return {each.report.source: each for each in library.entries(open_index(folder))}


def report_id(library: Library, folder: Path, source: str) -> str:
    return entries(library, folder)[source].report.id


def test_upload_is_found_under_its_name_and_stored_under_ours(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    upload = sent(tmp_path, "貨櫃 <b>報告.md", "# 一、過程\n\n新加坡介紹貨櫃申報系統。\n")
    (taken,) = library.add([upload])
    assert taken.outcome is Outcome.ADDED
    entry = entries(library, folder)["貨櫃 <b>報告.md"]
    assert entry.uploaded
    assert entry.state is State.INDEXED
    assert entry.chunks == 1
    (kept,) = uploaded(folder / "state")
    assert kept.name == f"{entry.report.id}.md"
    hits = open_index(folder).search("貨櫃申報系統")
    assert hits[0].chunk.report_id == entry.report.id


def test_each_file_of_several_has_its_own_outcome(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    read: list[int] = []
    uploads = [
        sent(tmp_path, "good.md", "# 一、過程\n\n秘魯代表發言。\n"),
        sent(tmp_path, "song.mp3", b"\xff\xfb"),
        sent(tmp_path, "no.pdf", b"this is no PDF"),
        sent(tmp_path, "again.md", TEXTS["honey.md"]),
        sent(tmp_path, "empty.txt", b""),
        sent(tmp_path, "twice.md", "# 一、過程\n\n秘魯代表發言。\n"),
    ]
    taken = library.add(uploads, read.append)
    assert [each.name for each in taken] == [
        "good.md", "song.mp3", "no.pdf", "again.md", "empty.txt", "twice.md",
    ]  # fmt: skip
    assert [each.outcome for each in taken] == [
        Outcome.ADDED,
        Outcome.REFUSED,
        Outcome.REFUSED,
        Outcome.KNOWN,
        Outcome.REFUSED,
        Outcome.KNOWN,
    ]
    assert "file of type .mp3" in taken[1].reason
    assert "no PDF heading" in taken[2].reason
    assert taken[3].reason == "honey.md"
    assert "empty file" in taken[4].reason
    assert taken[5].reason == "good.md"
    assert sorted(read) == [0, 2, 4]
    assert all(str(tmp_path) not in each.reason for each in taken), "no place on the server"
    assert sorted(entries(library, folder)) == ["cards.md", "good.md", "honey.md"]
    assert len(list((folder / "state" / "uploads").iterdir())) == 2, "the report and the names"


def test_files_that_cannot_be_read_leave_the_index_as_it_was(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    before = (folder / "CURRENT").read_text()
    bad = [sent(tmp_path, "a.pdf", b"no"), sent(tmp_path, "b.docx", b"PK no")]
    assert [each.outcome for each in library.add(bad)] == [Outcome.REFUSED] * 2
    assert (folder / "CURRENT").read_text() == before


def test_content_decides_and_not_the_suffix(library: Library, tmp_path: Path) -> None:
    (taken,) = library.add([sent(tmp_path, "page.md", b"%PDF-1.7\n\x00\x01\x02\x03")])
    assert taken.outcome is Outcome.REFUSED
    assert "binary data" in taken.reason


def test_two_files_of_one_name_can_be_told_apart(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (taken,) = library.add([sent(tmp_path, "honey.md", "# 一、過程\n\n另一份蜂蜜報告。\n")])
    assert taken.name == "honey (2).md"
    assert "honey (2).md" in entries(library, folder)


def test_large_upload_is_refused(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.library.LARGEST_UPLOAD", 1 << 20)
    (taken,) = library.add([sent(tmp_path, "large.md", b"x" * (2 << 20))])
    assert taken.outcome is Outcome.REFUSED
    assert "found a file of 2 MB, expected at most 1 MB" in taken.reason


def test_removed_report_comes_back(library: Library, folder: Path, tmp_path: Path) -> None:
    library.add([sent(tmp_path, "peru.md", "# 一、過程\n\n秘魯代表發言。\n")])
    for source in ("honey.md", "peru.md"):
        chosen = report_id(library, folder, source)
        assert library.remove(chosen).source == source
        assert source not in entries(library, folder)
        assert library.restore(chosen).source == source
        entry = entries(library, folder)[source]
        assert entry.report.id == chosen
        assert entry.state is State.INDEXED


def test_last_report_stays(library: Library, folder: Path) -> None:
    library.remove(report_id(library, folder, "honey.md"))
    with pytest.raises(AttacheError, match="left without a report"):
        library.remove(report_id(library, folder, "cards.md"))


def test_report_that_is_not_there_cannot_be_removed_or_restored(library: Library) -> None:
    for change in (library.remove, library.restore, library.read_again):
        with pytest.raises(AttacheError, match="no report 0123"):
            change("0123")


def test_what_was_removed_is_gone_for_good_after_the_end(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.add([sent(tmp_path, "peru.md", "# 一、過程\n\n秘魯代表發言。\n")])
    chosen = report_id(library, folder, "peru.md")
    library.remove(chosen)
    assert list((folder / "state" / "removed").iterdir())
    later = Library(folder, folder / "state")
    assert not (folder / "state" / "removed").exists()
    with pytest.raises(AttacheError, match="no report"):
        later.restore(chosen)


def test_changed_and_missing_files_are_told_and_read_again(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    honey, cards = tmp_path / "reports" / "honey.md", tmp_path / "reports" / "cards.md"
    chosen = report_id(library, folder, "honey.md")
    assert library.read_again(chosen).outcome is Outcome.UNCHANGED
    honey.write_text("# 壹、會議過程\n\n智利代表改變立場。\n", encoding="utf-8")
    lost = report_id(library, folder, "cards.md")
    cards.unlink()
    states = {name: entry.state for name, entry in entries(library, folder).items()}
    assert states == {"honey.md": State.CHANGED, "cards.md": State.MISSING}
    assert library.read_again(chosen).outcome is Outcome.REFRESHED
    assert "改變立場" in entries(library, folder)["honey.md"].report.text
    assert library.read_again(lost).outcome is Outcome.REFUSED
    assert lost in {entry.report.id for entry in entries(library, folder).values()}


def test_open_conversations_keep_reading_a_removed_report(folder: Path) -> None:
    site = Site(folder, folder / "state")
    answer = site.assistant.ask("誰支持蜂蜜關稅調降方案？")
    citation = answer.citations[0] if answer.citations else answer.nearest
    assert citation is not None
    site.library.remove(citation.report_id)
    assert citation.report_id not in {r.id for r in site.assistant.index.reports}
    older, is_live = site.index_of(citation.report_id)
    assert not is_live
    report = older.report(citation.report_id)
    assert report.text[citation.start : citation.end] == citation.quote
    with pytest.raises(AttacheError):
        site.index_of("0123")[0].report("0123")


def test_others_go_on_asking_while_reports_are_added(folder: Path, tmp_path: Path) -> None:
    site = Site(folder, folder / "state")
    uploads = [
        sent(tmp_path, f"{n}.md", f"# 一、過程\n\n第 {n} 號提案由秘魯代表說明。\n")
        for n in range(6)
    ]
    faults: list[Exception] = []
    adding = [
        threading.Thread(target=_tried, args=(faults, site.library.add, [u])) for u in uploads
    ]
    for thread in adding:
        thread.start()
    asked = 0
    while any(thread.is_alive() for thread in adding):
        assert site.assistant.index.search("蜂蜜關稅調降方案")[0].rank == 1
        asked += 1
    assert faults == []
    assert asked
    assert len(site.assistant.index.reports) == 8


def _tried(faults: list[Exception], work, *arguments) -> None:
    try:
        work(*arguments)
    except Exception as error:
        faults.append(error)


def test_damaged_list_of_names_costs_names_only(library: Library, folder: Path) -> None:
    state = folder / "state"
    (state / "uploads").mkdir(parents=True)
    for content in ("{", '{"../../../etc/passwd": "x"}', "[]"):
        (state / "uploads" / "names.json").write_text(content)
        assert uploaded(state) == {}
    (state / "left-out.json").write_text("no")
    assert left_out(state) == frozenset()


@pytest.fixture
def sample_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def test_samples_keep_uploads_and_removals_over_the_next_start(sample_cache: Path) -> None:
    folder = samples.index_path(None)
    library = Library(folder, folder / samples.STATE)
    library.add([sent(sample_cache, "peru.md", "# 一、過程\n\n秘魯代表發言。\n")])
    gone = entries(library, folder)
    chosen = next(name for name in gone if name.startswith("2014"))
    library.remove(gone[chosen].report.id)
    assert samples.index_path(None) == folder
    now = entries(library, folder)
    assert "peru.md" in now
    assert chosen not in now
    assert len(now) == 5
    library.restore(gone[chosen].report.id)
    samples.index_path(None)
    assert chosen in entries(library, folder)


def test_samples_that_are_made_anew_have_the_uploads_again(sample_cache: Path) -> None:
    folder = samples.index_path(None)
    library = Library(folder, folder / samples.STATE)
    library.add([sent(sample_cache, "peru.md", "# 一、過程\n\n秘魯代表發言。\n")])
    (folder / "CURRENT").unlink()
    samples.index_path(None)
    assert "peru.md" in entries(library, folder)
    generation = folder / "generations" / (folder / "CURRENT").read_text().strip()
    manifest = json.loads((generation / "manifest.json").read_text())
    manifest["format"] = 99
    (generation / "manifest.json").write_text(json.dumps(manifest))
    samples.index_path(None)
    assert "peru.md" in entries(library, folder)
