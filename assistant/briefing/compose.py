"""A briefing to a document: what stands where, in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.briefing.labels import words
from assistant.briefing.types import (
    Action,
    Briefing,
    Event,
    Position,
    Quote,
    Source,
    TopicBrief,
)
from assistant.export.document import (
    Block,
    Cite,
    Document,
    Heading,
    Mark,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    SourceList,
    Style,
    Table,
    Text,
)
from assistant.render import one_line, path_label, roc
from assistant.types import Language
from corpus.gazetteer import economy_named
from corpus.types import Role

COLUMNS = 3
"""Reports that a matrix has side by side on an A4 page; more make another one below."""
SHORT = 70
"""Characters of a quote in the summary, which has to stay on one page."""
LABEL = 26
"""Characters of a heading in a footnote."""


def compose(briefing: Briefing) -> Document:
    """Lay a briefing out: cover, summary, topics, ledger, people, terms, sources."""
    layout = _Layout(briefing)
    blocks = tuple(layout.blocks())
    return Document(
        briefing.title, briefing.language, briefing.day, blocks, tuple(layout.notes.values())
    )


class _Layout:
    """Lays one briefing out and keeps the notes of what it quotes."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self._language = briefing.language
        self.notes: dict[str, Note] = {}

    def blocks(self) -> Iterator[Block]:
        """All blocks, in order."""
        briefing = self._briefing
        yield from self._cover()
        yield PageBreak()
        yield from self._summary()
        yield PageBreak()
        yield Heading(1, self._words("topics"))
        for topic in briefing.topics:
            yield from self._topic(topic)
        yield Heading(1, self._words("ledger"))
        yield from self._ledger()
        if briefing.people:
            yield Heading(1, self._words("people"))
            yield self._people()
        if briefing.terms:
            yield Heading(1, self._words("terms"))
            yield self._terms()
        yield Heading(1, self._words("sources"))
        yield SourceList()

    # -- parts -----------------------------------------------------------------------------------

    def _cover(self) -> Iterator[Block]:
        briefing = self._briefing
        yield Paragraph((Text(briefing.title),), Style.TITLE)
        if briefing.meeting and briefing.meeting not in briefing.title:
            yield self._line("meeting", Style.SUBTITLE, meeting=briefing.meeting)
        for topic in briefing.topics:
            yield Paragraph((Text(topic.topic),), Style.SUBTITLE)
        yield self._line("date", Style.FACT, day=self._day(briefing.day))
        many = len(briefing.sources) != 1
        yield self._line(
            "prepared_from" if many else "prepared_from_one", Style.FACT, n=len(briefing.sources)
        )
        for source in briefing.sources:
            yield Paragraph((Text(self._report(source)),), Style.REPORT)
        yield self._note("made_by")

    def _summary(self) -> Iterator[Block]:
        briefing = self._briefing
        yield Heading(1, self._words("summary"))
        each = 2 if len(briefing.topics) <= 4 else 1
        for topic in briefing.topics:
            head: Run = Text(f"{topic.topic}{self._colon}", Mark.STRONG)
            if topic.is_empty:
                yield Paragraph((head, self._own("nothing", n=len(briefing.sources))), Style.BODY)
                continue
            yield Paragraph((head,), Style.CAPTION)
            for quote in _strongest(topic, each):
                yield Paragraph(self._quoted(quote, SHORT), Style.ITEM)
            yield from self._choices(topic)
        yield self._note(
            "open_count",
            n=len(briefing.actions),
            open=sum(action.taken_up is None for action in briefing.actions),
        )
        if briefing.years_without:
            years = self._comma.join(map(str, briefing.years_without))
            yield self._note("no_years", years=years)

    def _topic(self, topic: TopicBrief) -> Iterator[Block]:
        yield Heading(2, topic.topic)
        if topic.is_empty:
            yield self._note("nothing", n=len(self._briefing.sources))
            return
        yield Heading(3, self._words("answer"))
        for quote in topic.answer:
            yield Paragraph((*self._quoted(quote), *self._role(quote)), Style.ITEM)
        if topic.confidence:
            yield self._note("confidence", n=f"{topic.confidence:.0%}")
        if topic.positions:
            yield Heading(3, self._words("positions"))
            yield from self._choices(topic)
            yield from self._matrix(topic.positions)
            yield self._note("sure_note")
        if topic.timeline:
            yield Heading(3, self._words("timeline"))
            yield self._timeline(topic.timeline)
        if topic.own:
            yield Heading(3, self._words("own"))
            for quote in topic.own:
                yield Paragraph((*self._dated(quote), *self._quoted(quote)), Style.ITEM)
        if topic.views:
            yield Heading(3, self._words("views"))
            yield self._note("views_note")
            for quote in topic.views:
                yield Paragraph((*self._dated(quote), *self._quoted(quote)), Style.ITEM)

    def _choices(self, topic: TopicBrief) -> Iterator[Block]:
        for choice in topic.choices:
            names = self._comma.join(map(self._economy, choice.economies))
            yield Paragraph(
                (
                    Text(f"{self._option(choice.option)}{self._colon}", Mark.STRONG),
                    Text(names),
                    *map(self._cite, choice.quotes),
                ),
                Style.ITEM,
            )

    def _matrix(self, positions: Sequence[Position]) -> Iterator[Block]:
        """Economies by reports; several tables where the reports are too many for one."""
        sources = {p.quote.source.report_id: p.quote.source for p in positions}
        ordered = sorted(sources.values(), key=lambda source: source.order)
        for first in range(0, len(ordered), COLUMNS):
            shown = ordered[first : first + COLUMNS]
            ids = [source.report_id for source in shown]
            codes = dict.fromkeys(p.economy for p in positions if p.quote.source.report_id in ids)
            rows = tuple(
                (
                    (Text(self._economy(code), Mark.STRONG),),
                    *(
                        self._cell(
                            [
                                p
                                for p in positions
                                if p.economy == code and p.quote.source.report_id == report_id
                            ]
                        )
                        for report_id in ids
                    ),
                )
                for code in codes
            )
            yield Table(
                (self._words("economy"), *map(self._column, shown)),
                rows,
                (4, *(24 // len(shown) for _ in shown)),
            )

    def _cell(self, positions: Sequence[Position]) -> Runs:
        runs: list[Run] = []
        for position in positions:
            if runs:
                runs.append(Text("\n"))
            tags = [self._option(option) for option in position.options]
            tags += [self._words(position.stance)] if position.stance else []
            if tags:
                runs.append(Text(f"[{self._comma.join(tags)}] ", Mark.STRONG))
            runs += [Text(one_line(position.shown), Mark.QUOTE), self._cite(position.quote)]
            sure = self._words(position.sure.value)
            runs.append(Text(f"〔{sure}〕" if self._is_zh else f" ({sure})", Mark.OWN))
        return tuple(runs)

    def _timeline(self, events: Sequence[Event]) -> Table:
        rows = []
        for number, event in enumerate(events):
            runs: list[Run] = []
            for quote in event.quotes:
                if runs:
                    runs.append(Text("\n"))
                runs += self._quoted(quote)
            rows.append(
                (
                    (Text(self._two_days(event.source.day)),),
                    (Text(self._name(event.source)),),
                    tuple(runs),
                    self._changes(event, number, events),
                )
            )
        heads = tuple(map(self._words, ("when", "report", "said", "changed")))
        return Table(heads, tuple(rows), (5, 5, 14, 6))

    def _changes(self, event: Event, number: int, events: Sequence[Event]) -> Runs:
        """What the tool itself says of an event: its place in the row, and what is new in it."""
        days = [e.source.day for e in events]
        parts = []
        if len(set(days)) == 1:
            parts.append(self._words("only"))
        elif event.source.day == days[0]:
            parts.append(self._words("first"))
        elif event.source.day == days[-1]:
            parts.append(self._words("last"))
        if number and event.new_economies:
            names = self._comma.join(map(self._economy, event.new_economies))
            parts.append(self._words("new_economies", names=names))
        if event.new_options:
            names = self._comma.join(map(self._option, event.new_options))
            parts.append(self._words("new_options", names=names))
        return (Text("\n".join(parts), Mark.OWN),) if parts else ()

    def _ledger(self) -> Iterator[Block]:
        actions = self._briefing.actions
        if not actions:
            yield self._note("no_actions")
            return
        yield self._note("ledger_note")
        heads = tuple(map(self._words, ("item", "kind", "report", "office", "state")))
        yield Table(heads, tuple(map(self._action, actions)), (13, 4, 6, 5, 6))

    def _action(self, action: Action) -> tuple[Runs, ...]:
        quote, later = action.quote, action.taken_up
        shown = action.shown
        lead = "…" if not quote.text.startswith(shown) else ""
        tail = "…" if not quote.text.endswith(shown) else ""
        if later is None:
            state: Runs = (self._own("open"),)
        else:
            state = (
                self._own("taken_up", day=self._day(later.source.day)),
                *self._quoted(later, SHORT),
            )
        return (
            (Text(lead), Text(one_line(shown), Mark.QUOTE), Text(tail), self._cite(quote)),
            (Text(self._words(action.kind.value)),),
            (Text(self._column(quote.source)),),
            (Text(self._comma.join(action.offices)),),
            state,
        )

    def _people(self) -> Table:
        rows = tuple(
            (
                (Text(person.name), self._cite(person.quote)),
                (Text(self._economy(person.economy) if person.economy else ""),),
                (Text(person.office, Mark.QUOTE),),
                (Text(self._column(person.quote.source)),),
            )
            for person in self._briefing.people
        )
        return Table(
            tuple(map(self._words, ("name", "economy", "post", "report"))), rows, (6, 4, 8, 6)
        )

    def _terms(self) -> Table:
        rows = tuple(
            (
                (Text(term.forms[0], Mark.STRONG), self._cite(term.quote)),
                (Text(self._semicolon.join(term.forms[1:]), Mark.QUOTE),),
            )
            for term in self._briefing.terms
        )
        return Table(tuple(map(self._words, ("term", "full"))), rows, (4, 16))

    # -- runs ------------------------------------------------------------------------------------

    def _quoted(self, quote: Quote, most: int | None = None) -> Runs:
        """A quote between quotation marks with its mark; one that is too long ends with dots."""
        text = one_line(quote.text)
        if most is not None and len(text) > most + 10:
            cut = max(text.rfind(mark, most // 2, most) for mark in "，。；、, ")
            text = text[: cut if cut > 0 else most]
            return (
                Text(self._open),
                Text(text, Mark.QUOTE),
                Text(f"…{self._close}"),
                self._cite(quote),
            )
        return (
            Text(self._open),
            Text(text, Mark.QUOTE),
            Text(self._close),
            self._cite(quote),
        )

    def _dated(self, quote: Quote) -> Runs:
        return (Text(f"{self._day(quote.source.day, short=True)} ", Mark.STRONG),)

    def _role(self, quote: Quote) -> Runs:
        return (self._own("author"),) if quote.role is Role.OPINION else ()

    def _cite(self, quote: Quote) -> Cite:
        self.notes.setdefault(
            quote.key, Note(quote.key, self._place(quote), self._short(quote), quote.text)
        )
        return Cite(quote.key)

    def _own(self, name: str, **values: object) -> Text:
        return Text(self._words(name, **values), Mark.OWN)

    def _note(self, name: str, **values: object) -> Paragraph:
        return Paragraph((self._own(name, **values),), Style.NOTE)

    def _line(self, name: str, style: Style, **values: object) -> Paragraph:
        return Paragraph((Text(self._words(name, **values)),), style)

    # -- words -----------------------------------------------------------------------------------

    def _words(self, name: str, **values: object) -> str:
        return words(name, self._language, **values)

    @property
    def _is_zh(self) -> bool:
        return self._language is Language.ZH

    @property
    def _comma(self) -> str:
        return "、" if self._is_zh else ", "

    @property
    def _semicolon(self) -> str:
        return "；" if self._is_zh else "; "

    @property
    def _colon(self) -> str:
        return "：" if self._is_zh else ": "

    @property
    def _open(self) -> str:
        return "「" if self._is_zh else "“"

    @property
    def _close(self) -> str:
        return "」" if self._is_zh else "”"

    def _economy(self, code: str) -> str:
        economy = economy_named(code)
        if economy is None:
            return code
        return economy.zh if self._is_zh else economy.en

    def _option(self, option: str) -> str:
        """The option's name; in English with what it is called in our own words."""
        letter = "ABCDE"["甲乙丙丁戊".index(option[0])] if option[0] in "甲乙丙丁戊" else ""
        return option if self._is_zh or not letter else f"Option {letter} ({option})"

    def _day(self, day: date | None, short: bool = False) -> str:
        """A day in both calendars; short, only the year and month."""
        if day is None:
            return self._words("undated")
        if short:
            return f"{day.year}-{day.month:02}"
        if self._is_zh:
            return f"{roc(day)}（{day.isoformat()}）"
        return f"{day.isoformat()} (ROC {day.year - 1911})"

    def _column(self, source: Source) -> str:
        """A report as the head of a column: groups, agency, day."""
        day = source.day.isoformat() if source.day else self._words("undated")
        return f"{self._name(source)}\n{day}"

    def _name(self, source: Source) -> str:
        """A report in few words: groups and agency, else its title."""
        groups = self._comma.join(source.groups[:2])
        agency = source.agencies[0] if source.agencies else ""
        return " ".join(filter(None, (groups, agency))) or one_line(source.title or source.file)

    def _two_days(self, day: date | None) -> str:
        """A day in both calendars, each on a line."""
        if day is None:
            return self._words("undated")
        return (
            f"{roc(day)}\n{day.isoformat()}"
            if self._is_zh
            else f"{day.isoformat()}\nROC {day.year - 1911}"
        )

    def _report(self, source: Source) -> str:
        title = source.title or self._words("untitled", file=source.file)
        parts = [one_line(title), self._comma.join(source.agencies), self._day(source.day)]
        return self._semicolon.join(filter(None, parts))

    def _place(self, quote: Quote) -> str:
        """Report, agency, date, section path, page."""
        source = quote.source
        parts = [
            one_line(source.title or self._words("untitled", file=source.file)),
            self._comma.join(source.agencies),
            self._words("event", day=self._day(source.day)) if source.day else "",
            path_label(quote.section_path),
            self._words("page", n=quote.page) if quote.page is not None else "",
        ]
        return self._semicolon.join(filter(None, parts))

    def _short(self, quote: Quote) -> str:
        """The same for a footnote: group, agency and day stand for the title."""
        path = [
            label if len(label) <= LABEL else f"{label[:LABEL]}…" for label in quote.section_path
        ]
        parts = [
            self._column(quote.source).replace("\n", " "),
            path_label(tuple(path[-2:])),
            self._words("page", n=quote.page) if quote.page is not None else "",
        ]
        return self._semicolon.join(filter(None, parts))


def _strongest(topic: TopicBrief, most: int) -> list[Quote]:
    """What a topic is summed up by: the answer first, then doubts and objections, then the rest."""
    contested = [p.quote for p in topic.positions if p.stance in ("doubt", "oppose")]
    ordered = [*topic.answer[:1], *contested, *topic.answer[1:]]
    distinct = {quote.text: quote for quote in ordered}
    return list(distinct.values())[:most]
