"""How a briefing names things in its language: days, reports, economies, options, places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.briefing.labels import words
from assistant.briefing.types import Quote, Source
from assistant.render import one_line, path_label, roc
from assistant.types import Language
from corpus.gazetteer import economy_named

LABEL = 26
"""Characters of a heading in a footnote."""


class Wording:
    """The words of one language; what is quoted keeps its own."""

    def __init__(self, language: Language, sources: Sequence[Source] = ()) -> None:
        """``sources`` are the reports of the briefing, in the order that numbers them."""
        self._language = language
        self._numbers = {source.report_id: n for n, source in enumerate(sources, start=1)}
        self._is_zh = is_zh = language is Language.ZH
        self.comma, self.semicolon, self.colon = ("、", "；", "：") if is_zh else (", ", "; ", ": ")
        self.opened, self.closed = ("「", "」") if is_zh else ("“", "”")

    def __call__(self, name: str, **values: object) -> str:
        """Give the words for ``name``."""
        return words(name, self._language, **values)

    def listed(self, parts: Iterable[str]) -> str:
        """Join the members of a list."""
        return self.comma.join(parts)

    def economy(self, code: str) -> str:
        """Name an economy by its code."""
        economy = economy_named(code)
        if economy is None:
            return code
        return economy.zh if self._is_zh else economy.en

    def option(self, option: str) -> str:
        """Name an option of a proposal; in English with what it is called in our own words."""
        letter = "ABCDE"["甲乙丙丁戊".index(option[0])] if option[0] in "甲乙丙丁戊" else ""
        return option if self._is_zh or not letter else f"Option {letter} ({option})"

    def sureness(self, name: str) -> str:
        """Say how sure a position is, behind its quote."""
        return f"〔{self(name)}〕" if self._is_zh else f" ({self(name)})"

    def day(self, day: date | None) -> str:
        """Write a day in both calendars."""
        if day is None:
            return self("undated")
        if self._is_zh:
            return f"{roc(day)}（{day.isoformat()}）"
        return f"{day.isoformat()} (ROC {day.year - 1911})"

    def two_days(self, day: date | None) -> str:
        """Write a day in both calendars, each on a line."""
        if day is None:
            return self("undated")
        if self._is_zh:
            return f"{roc(day)}\n{day.isoformat()}"
        return f"{day.isoformat()}\nROC {day.year - 1911}"

    def month(self, day: date | None) -> str:
        """Write the year and month of a day."""
        return self("undated") if day is None else f"{day.year}-{day.month:02}"

    def name(self, source: Source) -> str:
        """Name a report in few words: groups and agency, else its title."""
        groups = self.listed(source.groups[:2])
        agency = source.agencies[0] if source.agencies else ""
        return " ".join(filter(None, (groups, agency))) or one_line(source.title or source.file)

    def column(self, source: Source) -> str:
        """Name a report at the head of a column, its day on a line of its own."""
        day = source.day.isoformat() if source.day else self("undated")
        return f"{self.name(source)}\n{day}"

    def on_a_line(self, source: Source) -> str:
        """The same on one line."""
        return self.column(source).replace("\n", " ")

    def number(self, source: Source) -> str:
        """Name a report by its number in the list on the cover."""
        return self("report_n", n=self._numbers[source.report_id])

    def report(self, source: Source) -> str:
        """Name a report in full: its number, title, agencies, day."""
        title = one_line(source.title or self("untitled", file=source.file))
        parts = [title, self.listed(source.agencies), self.day(source.day)]
        return self.number(source) + self.colon + self.semicolon.join(filter(None, parts))

    def place(self, quote: Quote) -> str:
        """Say where a quote stands: report, agency, date, section path, page."""
        source = quote.source
        parts = [
            self.comma.join((self.number(source), self.on_a_line(source))),
            path_label(quote.section_path),
            self("page", n=quote.page) if quote.page is not None else "",
        ]
        return self.semicolon.join(filter(None, parts))

    def footnote(self, quote: Quote) -> str:
        """Say it in few words: groups, agency and day stand for the title."""
        path = [
            label if len(label) <= LABEL else f"{label[:LABEL]}…" for label in quote.section_path
        ]
        parts = [
            self.on_a_line(quote.source),
            path_label(tuple(path[-2:])),
            self("page", n=quote.page) if quote.page is not None else "",
        ]
        return self.semicolon.join(filter(None, parts))
