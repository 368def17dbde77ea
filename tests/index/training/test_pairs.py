"""Reading the parallel data."""

import lzma

import pytest

from index.training.pairs import Pair, read_pairs


def test_pairs_are_read_in_file_order(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("law\t核准\tapproval\ncedict\t海關\tcustoms\n", encoding="utf-8")
    assert read_pairs(path) == [Pair("law", "核准", "approval"), Pair("cedict", "海關", "customs")]


def test_a_packed_file_reads_like_a_plain_one(tmp_path):
    path = tmp_path / "pairs.tsv.xz"
    path.write_bytes(lzma.compress("law\t核准\tapproval\n".encode()))
    assert read_pairs(path) == [Pair("law", "核准", "approval")]


@pytest.mark.parametrize("line", ["law\t核准", "law\t\tapproval", "law\ta\tb\tc"])
def test_a_faulty_line_is_named(tmp_path, line):
    path = tmp_path / "pairs.tsv"
    path.write_text(f"law\t核准\tapproval\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_pairs(path)
