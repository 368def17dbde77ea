"""The notes of a document: one for each quote, and none for what a longer quote shows already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.briefing.types import Quote
from assistant.briefing.wording import Wording
from assistant.export.document import Block, Cite, Note, Paragraph, Runs, Table, runs_of

LONGEST = 500
"""Characters of a quote whose note serves the shorter ones inside it, too."""


class Notes:
    """Collects the quotes that a document cites."""

    def __init__(self, say: Wording) -> None:
        self._say = say
        self._quotes: dict[str, Quote] = {}

    def cite(self, quote: Quote) -> Cite:
        """Give the mark of a quote."""
        self._quotes.setdefault(quote.key, quote)
        return Cite(quote.key)

    def joined(self, blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
        """Let the marks of quotes inside a longer one point to that one's note."""
        longer = {key: self._longest_around(quote).key for key, quote in self._quotes.items()}
        changed = tuple(_marked(block, longer) for block in blocks)
        used = dict.fromkeys(r.key for b in changed for r in runs_of(b) if isinstance(r, Cite))
        return changed, tuple(self._note(self._quotes[key]) for key in used)

    def _longest_around(self, quote: Quote) -> Quote:
        around = [
            other
            for other in self._quotes.values()
            if other.source.report_id == quote.source.report_id
            and other.start <= quote.start
            and quote.end <= other.end
            and other.end - other.start <= LONGEST
        ]
        return max(around, key=lambda other: (other.end - other.start, other.key), default=quote)

    def _note(self, quote: Quote) -> Note:
        say = self._say
        return Note(quote.key, say.place(quote), say.footnote(quote), quote.text)


def _marked(block: Block, longer: dict[str, str]) -> Block:
    def marked(runs: Runs) -> Runs:
        return tuple(Cite(longer[r.key]) if isinstance(r, Cite) else r for r in runs)

    if isinstance(block, Paragraph):
        return replace(block, runs=marked(block.runs))
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(map(marked, row)) for row in block.rows))
    return block
