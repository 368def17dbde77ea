"""What a name stands for: the other names that the reports give it where they define it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.values.candidate import Candidate
from index.glossary import Entry, mine
from index.text import fold


def find_definitions(text: str, question: str) -> tuple[Candidate, ...]:
    """Give the names that a text defines a name of the question by."""
    asked = fold(question)
    found = []
    for entry in mine(text):
        if any(_stands_in(form, asked) for form in entry.forms):
            found += [
                Candidate(fold(form), entry.start, entry.end, form, form)
                for form in _others(entry, asked)
            ]
    return tuple(found)


def _others(entry: Entry, asked: str) -> Sequence[str]:
    return [form for form in entry.forms if not _stands_in(form, asked)]


def _stands_in(form: str, asked: str) -> bool:
    folded = fold(form)
    at = asked.find(folded)
    if at < 0:
        return False
    # An acronym is a word of its own: PCS does not stand in PCSX.
    around = asked[max(0, at - 1) : at] + asked[at + len(folded) : at + len(folded) + 1]
    return not (folded.isascii() and any(c.isascii() and c.isalnum() for c in around))
