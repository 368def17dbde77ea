"""One note for a quote and for what stands inside it."""

from assistant.briefing.compose import compose
from assistant.briefing.types import Briefing
from assistant.export.document import Cite, Paragraph, Style, plain


def test_no_note_stands_inside_another_of_its_length(digests: Briefing) -> None:
    spans = []
    for note in compose(digests).used():
        report, span = note.key.split(":")
        start, end = map(int, span.split("-"))
        spans.append((report, start, end))
    for report, start, end in spans:
        around = [
            other
            for other in spans
            if other != (report, start, end)
            and other[0] == report
            and other[1] <= start
            and end <= other[2]
            and other[2] - other[1] <= 500
        ]
        assert around == []


def test_note_of_a_paragraph_holds_what_is_quoted(digests: Briefing) -> None:
    document = compose(digests)
    quotes = {note.key: note.quote for note in document.used()}
    told = 0
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.style is Style.ITEM and "「" in plain(block.runs):
            (key,) = (run.key for run in block.runs if isinstance(run, Cite))
            words = plain(block.runs).split("「", 1)[1].split("…")[0].rsplit("」", 1)[0]
            assert words in " ".join(quotes[key].split())
            told += 1
    assert told > 15
