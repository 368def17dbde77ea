"""Who speaks: labelled sentences of the real reports and the samples, and the rules one by one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.chunker import chunk_report
from corpus.read import read_report
from corpus.sentences import sentences
from corpus.speakers import Speaker, Speakers, speaker_of
from corpus.types import Report

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
SAMPLES = Path(str(files("corpus"))) / "reports"
LABELS = Path(__file__).parent / "expected" / "speakers.txt"


@dataclass(frozen=True)
class Label:
    report: str
    path: tuple[str, ...]
    opening: str
    code: str


def labels() -> list[Label]:
    found = []
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            report, path, opening, code = (part.strip() for part in line.split(" | "))
            found.append(Label(report, tuple(path.split("/")), opening, code))
    return found


def labelled_span(report: Report, label: Label) -> tuple[int, int]:
    """The sentence that the label means: the first that opens so in a section of that path."""
    for number, section in enumerate(report.sections):
        path = [report.sections[i] for i in report.ancestors(number)][len(label.path) - 1 :: -1]
        if len(path) != len(label.path) or not all(
            (s.number or s.heading).startswith(part) and (s.number == part or not s.number)
            for s, part in zip(path, label.path, strict=True)
        ):
            continue
        for span in sentences(report.text, section.start, section.own_end):
            if report.text.startswith(label.opening, span.start):
                return span.start, span.end
    raise AssertionError(f"no sentence for {label}")


def test_speakers_are_found_as_a_reader_names_them() -> None:
    reports = {p.name: read_report(p) for p in (*REPORTS.glob("*.txt"), *SAMPLES.glob("*.md"))}
    speakers = {name: Speakers(report) for name, report in reports.items()}
    given = right = wanted = 0
    wrong = []
    for label in labels():
        name = next((n for n in sorted(reports) if n.startswith(label.report)), None)
        if name is None:
            continue  # the real reports are not here
        found = speakers[name].of_sentence(*labelled_span(reports[name], label))
        code = found[0].code if found else "-"
        given += code != "-"
        wanted += label.code != "-"
        right += code == label.code != "-"
        if code != label.code:
            wrong.append((label, code))
    print(f"{wanted} spoken, precision {right / given:.3f}, recall {right / wanted:.3f}")
    assert right / given >= 0.95, wrong
    assert right / wanted >= 0.85, wrong


@pytest.fixture
def codes(tmp_path: Path):  # type: ignore[no-untyped-def]
    def reading(*lines: str) -> list[tuple[str, ...]]:
        """Codes of each sentence behind the heading."""
        path = tmp_path / "report.md"
        path.write_text("會議過程\n\n" + "\n".join(lines), encoding="utf-8")
        report = read_report(path)
        speakers = Speakers(report)
        return [speakers.codes(s.start, s.end) for s in sentences(report.text)][1:]

    return reading


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("澳方表示將續辦。", "AU"),
        ("我方向澳方反映審核緩慢。", "TW"),
        ("我國簡報單一窗口。", "TW"),
        ("俄羅斯 Mr. Ivan Petrov 專家分享該國經驗。", "RU"),
        ("日本持續就虛擬卡提出疑慮。", "JP"),
        ("APEC 秘書處詳細說明流程。", "APEC Secretariat"),
        ("APEC 政策支援小組(PSU)簡報研究報告。", "PSU"),
        ("關於本案，紐方建議續議。", "NZ"),
        ("2023 年 APEC 會議主辦方美國說明規劃。", "US"),
        ("另由印尼報告辦理情形。", "ID"),
        ("主席要求各會員體提出意見。", "chair"),
        ("澳方：將於明年續辦。", "AU"),
    ],
)
def test_the_subject_of_a_verb_of_saying_speaks(codes, sentence: str, code: str) -> None:  # type: ignore[no-untyped-def]
    assert codes(sentence) == [(code,)]


@pytest.mark.parametrize(
    "sentence",
    [
        "本次會議於泰國清邁舉行。",
        "我方團隊應邀參加泰國歡迎酒會。",
        "紐西蘭所提建議之內容已列入附件。",
        "各會員體均表示支持。",
        "會議由澳洲及日本代表出席。",
    ],
)
def test_nobody_speaks_where_nothing_is_said(codes, sentence: str) -> None:  # type: ignore[no-untyped-def]
    assert codes(sentence) == [()]


def test_a_sentence_without_subject_goes_on_with_the_speaker(codes) -> None:  # type: ignore[no-untyped-def]
    assert codes("紐西蘭說明計畫。該國將彙整意見。並請各國配合。") == [("NZ",)] * 3


def test_another_paragraph_has_its_own_speaker(codes) -> None:  # type: ignore[no-untyped-def]
    assert codes("紐西蘭說明計畫。", "", "會議順利結束。") == [("NZ",), ()]


def test_a_list_behind_a_colon_is_its_speakers(codes) -> None:  # type: ignore[no-untyped-def]
    assert codes("美國介紹作為，包括：", "- 預先申報規則。", "- 非侵入式查驗。") == [("US",)] * 3


def test_all_who_speak_in_a_sentence_are_kept_in_order(codes) -> None:  # type: ignore[no-untyped-def]
    assert codes("日本、新加坡及韓國分享心得；我方答復感謝。") == [("JP", "SG", "KR", "TW")]


def test_the_chair_is_from_where_the_report_says(codes) -> None:  # type: ignore[no-untyped-def]
    assert codes("由泰國外交部司長擔任主席。主席表示續議。")[1] == ("TH",)


def test_a_speaker_is_named_by_a_span_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("會議過程\n\n澳方表示同意。該方將續辦。", encoding="utf-8")
    report = read_report(path)
    start = report.text.index("該方")
    found = speaker_of(report, start, len(report.text))
    assert isinstance(found, Speaker)
    assert report.text[found.start : found.end] == "澳方"


def test_a_chunk_keeps_its_speakers(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("會議過程\n\n澳方表示同意。我方感謝澳方。", encoding="utf-8")
    assert [chunk.speakers for chunk in chunk_report(read_report(path))] == [("AU", "TW")]
