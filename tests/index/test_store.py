"""A crash at any instant leaves the old generation or the new one, and damage is one line."""

import errno
import json
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import AttacheError
from index import store
from index.store import Contents, live, locked, publish, verify

CONTENTS = Contents(None, "tiny@1", 8, 1, 2, 1)


def writer(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "chunks.npy").write_text(text)
        (folder / "reports.jsonl").write_text(text * 2)

    return write


def write(home: Path, text: str) -> None:
    with locked(home):
        publish(home, CONTENTS, writer(text))


def read(home: Path) -> str:
    generation = live(home)
    verify(generation, None)
    return (generation.folder / "chunks.npy").read_text()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An index that has been written twice."""
    folder = tmp_path / "index"
    write(folder, "one")
    write(folder, "two")
    return folder


def test_the_last_written_generation_is_live_and_the_one_before_is_kept(home: Path) -> None:
    assert read(home) == "two"
    write(home, "three")
    assert read(home) == "three"
    kept = sorted((home / "generations").iterdir())
    assert [(folder / "chunks.npy").read_text() for folder in kept] == ["two", "three"]


CALLS = ("mkdir", "write", "fsync", "replace")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("number", range(9))
def test_a_crash_at_any_call_leaves_a_whole_generation(
    home: Path, call: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    count = 0

    def crashing(real: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*arguments: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count == number + 1:
                raise Crash
            return real(*arguments, **options)

        return wrapped

    with monkeypatch.context() as patch:
        if call == "mkdir":
            patch.setattr(Path, "mkdir", crashing(Path.mkdir))
        elif call == "write":
            patch.setattr(Path, "write_text", crashing(Path.write_text))
        else:
            patch.setattr(store.os, call, crashing(getattr(os, call)))
        try:
            write(home, "three")
        except Crash:
            assert read(home) in ("two", "three")
        else:
            assert read(home) == "three"
    write(home, "four")
    assert read(home) == "four"
    assert len(list((home / "generations").iterdir())) <= 2


@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_written_is_one_line_and_keeps_the_index(
    home: Path, call: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(store.os, call, failing)
        with pytest.raises(AttacheError) as caught:
            write(home, "three")
    assert str(home) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert read(home) == "two"


def test_a_file_in_the_place_of_the_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a folder")
    with pytest.raises(AttacheError, match="cannot write"):
        write(tmp_path / "index", "one")


def hold(home: Path, held: object, done: object) -> None:
    with locked(home):
        held.set()  # type: ignore[attr-defined]
        done.wait(20)  # type: ignore[attr-defined]


def test_a_second_writer_is_told_so(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=hold, args=(home, held, done))
    other.start()
    try:
        assert held.wait(20)
        with pytest.raises(AttacheError, match="another process"):
            write(home, "three")
    finally:
        done.set()
        other.join()
    write(home, "three")
    assert read(home) == "three"


@pytest.mark.parametrize("missing", ["folder", "CURRENT"])
def test_no_index_is_one_line_with_the_command_that_makes_one(home: Path, missing: str) -> None:
    if missing == "folder":
        home = home / "nowhere"
    else:
        (home / "CURRENT").unlink()
    with pytest.raises(AttacheError, match=f"no index in .*attache index PATH... --out {home}"):
        live(home)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["chunks.npy", "reports.jsonl"])
@pytest.mark.parametrize("harm", [cut, flip, Path.unlink])
def test_a_damaged_file_is_named_with_the_command_that_mends_it(
    home: Path, name: str, harm: Callable[[Path], None]
) -> None:
    harm(live(home).folder / name)
    with pytest.raises(AttacheError, match=rf"{name} is damaged.*attache index") as caught:
        verify(live(home))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', b"null"])
def test_a_damaged_manifest_is_one_line(home: Path, content: bytes) -> None:
    (live(home).folder / "manifest.json").write_bytes(content)
    with pytest.raises(AttacheError, match=r"manifest\.json is damaged") as caught:
        live(home)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "two", "99", "../1", "1 2"])
def test_a_damaged_pointer_is_one_line(home: Path, content: str) -> None:
    (home / "CURRENT").write_text(content)
    with pytest.raises(AttacheError, match=r"CURRENT is damaged.*attache index"):
        live(home)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [("format", 99, "format version 99; expected 1"), ("tokenizer", "0", "terms of version '0'")],
)
def test_another_version_is_told_with_both_numbers(
    home: Path, key: str, value: object, expected: str
) -> None:
    path = live(home).folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    with pytest.raises(AttacheError, match=expected):
        live(home)


def test_only_so_many_bytes_are_verified_small_files_first(home: Path) -> None:
    flip(live(home).folder / "reports.jsonl")
    verify(live(home), 3)
    with pytest.raises(AttacheError, match=r"reports\.jsonl"):
        verify(live(home), 9)
