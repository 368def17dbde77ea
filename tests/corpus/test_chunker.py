from __future__ import annotations

from pathlib import Path

import pytest

from corpus.chunker import chunk_report
from corpus.errors import AttacheError
from corpus.read import read_report
from corpus.types import Chunk, Report


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def reading(text: str) -> tuple[Report, tuple[Chunk, ...]]:
        path = tmp_path / "report.md"
        path.write_text(text, encoding="utf-8")
        report = read_report(path)
        return report, chunk_report(report)

    return reading


def sentence(length: int) -> str:
    return "字" * (length - 1) + "。"


def test_a_heading_stays_with_the_text_that_follows(read) -> None:  # type: ignore[no-untyped-def]
    _, chunks = read(f"參、紀要\n\n一、甲\n\n{sentence(300)}\n\n二、乙\n\n{sentence(300)}")
    assert [c.text.split("\n")[0] for c in chunks] == ["參、紀要", "二、乙"]


def test_a_long_part_is_split_at_sentence_ends(read) -> None:  # type: ignore[no-untyped-def]
    _, chunks = read("前言\n\n" + sentence(150) * 6)
    assert len(chunks) > 1
    assert all(c.text.endswith("。") and len(c.text) <= 600 for c in chunks)


def test_a_sentence_without_end_is_split_all_the_same(read) -> None:  # type: ignore[no-untyped-def]
    _, chunks = read("前言\n\n" + "字" * 3000)
    assert max(len(c.text) for c in chunks) <= 600


@pytest.mark.parametrize("target", [50, 100, 800])
def test_pieces_keep_to_the_size_that_is_asked_for(read, target: int) -> None:  # type: ignore[no-untyped-def]
    report, _ = read("前言\n\n" + sentence(40) * 60 + "\n\n" + "字" * 3000)
    chunks = chunk_report(report, target)
    assert max(len(c.text) for c in chunks) <= target * 3 // 2
    covered = "".join(c.text for c in chunks)
    assert covered.count("字") == report.text.count("字"), "all of the text, once"
    assert all(report.text[c.start : c.end] == c.text for c in chunks)


def test_a_size_that_is_none_is_refused(read) -> None:  # type: ignore[no-untyped-def]
    report, _ = read("前言")
    with pytest.raises(AttacheError, match="expected 50 or more"):
        chunk_report(report, 49)


def test_short_neighbours_join_under_their_parent(read) -> None:  # type: ignore[no-untyped-def]
    body = "\n".join(f"({n}) {sentence(100)}" for n in "一二三四五")
    report, chunks = read(f"壹、{sentence(200)}\n{body}")
    joined = [c for c in chunks if c.text.count("(") > 1]
    assert joined
    assert all(report.sections[c.section].number == "壹" for c in joined)


def test_sections_of_another_branch_are_never_joined(read) -> None:  # type: ignore[no-untyped-def]
    report, chunks = read(
        f"壹、甲\n\n{sentence(50)}\n\n貳、乙\n\n{sentence(380)}\n\n參、丙\n\n完。"
    )
    for chunk in chunks:
        assert report.sections[chunk.section].start <= chunk.start
        assert chunk.end <= report.sections[chunk.section].end


def test_an_opinion_is_not_joined_to_proceedings(read) -> None:  # type: ignore[no-untyped-def]
    report, chunks = read("會議過程\n\n甲。\n\n心得\n\n乙。")
    assert [report.sections[c.section].role for c in chunks] == ["proceedings", "opinion"]


def test_tables_are_split_between_rows(read) -> None:  # type: ignore[no-untyped-def]
    rows = [f"0{n}:00\t{'題' * 120}\t主席" for n in range(1, 9)]
    _, chunks = read("議程\n\n" + "\n".join(rows))
    assert [line for c in chunks for line in c.text.split("\n") if "\t" in line] == rows


def test_the_cover_is_a_chunk_and_the_contents_are_none(read) -> None:  # type: ignore[no-untyped-def]
    _, chunks = read(
        "出國報告\n服務機關：甲局\n\n目次\n壹、前言\t1\n貳、結論\t2\n\n壹、前言\n甲。\n\n貳、結論\n乙。"
    )
    assert chunks[0].text.startswith("出國報告")
    assert not [c for c in chunks if "目次" in c.text]


def test_pages_are_those_of_the_chunks_first_character(read) -> None:  # type: ignore[no-untyped-def]
    _, chunks = read(f"壹、甲\n{sentence(300)}\n\f貳、乙\n{sentence(300)}")
    assert [c.page for c in chunks] == [1, 2]


def test_a_bare_heading_goes_with_its_child(read) -> None:  # type: ignore[no-untyped-def]
    report, chunks = read(
        f"壹、會議紀要\n\n(一) 開場\n\n{sentence(390)}\n\n"
        f"(二) 重點概要\n\n1、決議\n\n{sentence(390)}\n\n2、後續辦理事項\n\n{sentence(390)}"
    )
    found = [c for c in chunks if c.text.startswith("(二) 重點概要")]
    assert len(found) == 1
    assert "1、決議" in found[0].text
    assert report.sections[found[0].section].role == "decisions"
