"""A briefing to a document: what stands where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.briefing.notes import Notes
from assistant.briefing.summary import RUN_IN, room_for, strongest, surest
from assistant.briefing.types import (
    Action,
    Briefing,
    Event,
    Position,
    Quote,
    State,
    TopicBrief,
)
from assistant.briefing.wording import Wording
from assistant.export.document import (
    Block,
    Contents,
    Document,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    SourceList,
    Style,
    Table,
    Text,
)
from assistant.render import one_line
from corpus.types import Role

COLUMNS = 3
"""Reports that a matrix has side by side on an A4 page; more make another one below."""
SHORT = 70
"""Characters of the passage that takes an item of the ledger up."""


def compose(briefing: Briefing) -> Document:
    """Lay a briefing out: cover, contents, summary, topics, ledger, people, terms, sources."""
    layout = _Layout(briefing)
    blocks, notes = layout.notes.joined(tuple(layout.blocks()))
    return Document(briefing.title, briefing.language, briefing.day, blocks, notes)


class _Layout:
    """Lays one briefing out and keeps the notes of what it quotes."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self._say = Wording(briefing.language, briefing.sources)
        self.notes = Notes(self._say)

    def blocks(self) -> Iterator[Block]:
        """All blocks, in order."""
        briefing = self._briefing
        yield from self._cover()
        yield PageBreak()
        yield from self._summary()
        yield PageBreak()
        yield Heading(1, self._say("topics"))
        for topic in briefing.topics:
            yield from self._topic(topic)
        yield Heading(1, self._say("ledger"))
        yield from self._ledger()
        if briefing.people:
            yield Heading(1, self._say("people"))
            yield self._people()
        if briefing.terms:
            yield Heading(1, self._say("terms"))
            yield self._terms()
        yield Heading(1, self._say("sources"))
        yield SourceList()

    # -- parts -----------------------------------------------------------------------------------

    def _cover(self) -> Iterator[Block]:
        briefing, say = self._briefing, self._say
        yield Paragraph((Text(briefing.title),), Style.TITLE)
        if briefing.meeting and briefing.meeting not in briefing.title:
            yield self._line("meeting", Style.SUBTITLE, meeting=briefing.meeting)
        known = [d for s in briefing.sources for d in (s.report_date, s.event_end) if d]
        is_newest = bool(known) and briefing.day == max(known)
        label = "as_of" if is_newest else "date"
        yield self._line(label, Style.FACT, day=say.day(briefing.day))
        many = len(briefing.sources) != 1
        yield self._line(
            "prepared_from" if many else "prepared_from_one", Style.FACT, n=len(briefing.sources)
        )
        for source in briefing.sources:
            yield Paragraph((Text(say.report(source)),), Style.REPORT)
        yield self._note("made_by")
        yield Contents(say("contents"))

    def _summary(self) -> Iterator[Block]:
        briefing = self._briefing
        yield Heading(1, self._say("summary"))
        summed = surest(briefing.topics)
        for topic in summed:
            yield from self._summed(topic)
        others = [topic.topic for topic in briefing.topics if topic not in summed]
        if others:
            yield self._note("other_topics", names=self._say.listed(others))
        yield self._note("counted", n=len(briefing.actions), states=self._counts())
        if briefing.years_without:
            years = self._say.listed(map(str, briefing.years_without))
            yield self._note("no_years", years=years)

    def _summed(self, topic: TopicBrief) -> Iterator[Block]:
        """What the summary says of a topic."""
        topics = len(self._briefing.topics)
        room = room_for(topics)
        head: Run = Text(f"{topic.topic}{self._say.colon}", Mark.STRONG)
        if topic.is_empty:
            nothing = self._own("nothing", n=len(self._briefing.sources))
            yield Paragraph((head, nothing), Style.BODY)
            return
        told = [
            (*self._dated(quote), *self._quoted(quote, room.characters), *self._role(quote))
            for quote in strongest(topic, room.quotes)
        ]
        if topics > RUN_IN:
            yield Paragraph((head, *(run for runs in told for run in runs)), Style.BODY)
            return
        yield Paragraph((head,), Style.CAPTION)
        for runs in told:
            yield Paragraph(runs, Style.ITEM)
        yield from self._choices(topic)

    def _counts(self) -> str:
        """How many items of the ledger are in each state."""
        states = [action.state for action in self._briefing.actions]
        return self._say.listed(
            self._say(f"n_{state}", n=states.count(state)) for state in State if state in states
        )

    def _topic(self, topic: TopicBrief) -> Iterator[Block]:
        yield Heading(2, topic.topic)
        if topic.is_empty:
            yield self._note("nothing", n=len(self._briefing.sources))
            return
        yield Heading(3, self._say("answer"))
        for quote in topic.answer:
            yield Paragraph((*self._quoted(quote), *self._role(quote)), Style.ITEM)
        if topic.confidence:
            yield self._note("confidence", n=f"{topic.confidence:.0%}")
        if topic.positions:
            yield Heading(3, self._say("positions"))
            yield from self._choices(topic)
            yield from self._matrix(topic.positions)
            yield self._note("sure_note")
        if topic.timeline:
            yield Heading(3, self._say("timeline"))
            yield self._timeline(topic.timeline)
        if topic.own:
            yield Heading(3, self._say("own"))
            for quote in topic.own:
                yield Paragraph((*self._dated(quote), *self._quoted(quote)), Style.ITEM)
        if topic.views:
            yield Heading(3, self._say("views"))
            yield self._note("views_note")
            for quote in topic.views:
                yield Paragraph((*self._dated(quote), *self._quoted(quote)), Style.ITEM)

    def _choices(self, topic: TopicBrief) -> Iterator[Block]:
        for choice in topic.choices:
            names = self._say.listed(map(self._say.economy, choice.economies))
            yield Paragraph(
                (
                    Text(f"{self._say.option(choice.option)}{self._say.colon}", Mark.STRONG),
                    Text(names),
                    *map(self.notes.cite, choice.quotes),
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
                    (Text(self._say.economy(code), Mark.STRONG),),
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
                (self._say("economy"), *map(self._say.column, shown)),
                rows,
                (4, *(24 // len(shown) for _ in shown)),
            )

    def _cell(self, positions: Sequence[Position]) -> Runs:
        runs: list[Run] = []
        for position in positions:
            if runs:
                runs.append(Text("\n"))
            tags = [self._say.option(option) for option in position.options]
            tags += [self._say(position.stance)] if position.stance else []
            if tags:
                runs.append(Text(f"[{self._say.listed(tags)}] ", Mark.STRONG))
            runs += [Text(one_line(position.shown), Mark.QUOTE), self.notes.cite(position.quote)]
            runs.append(Text(self._say.sureness(position.sure.value), Mark.OWN))
            runs += self._role(position.quote)
        return tuple(runs)

    def _timeline(self, events: Sequence[Event]) -> Table:
        rows = []
        for number, event in enumerate(events):
            names = "\n".join(dict.fromkeys(map(self._say.name, event.sources)))
            rows.append(
                (
                    (Text(self._say.two_days(event.day), Mark.STRONG), Text("\n"), Text(names)),
                    _lines((*self._quoted(q), *self._role(q)) for q in event.quotes),
                    self._changes(number, events),
                )
            )
        return Table(tuple(map(self._say, ("when", "said", "changed"))), tuple(rows), (5, 15, 5))

    def _changes(self, number: int, events: Sequence[Event]) -> Runs:
        """What the tool itself says of an event: its place in the row, and what is new in it."""
        event, before = events[number], events[:number]
        place = "only" if len(events) == 1 else "first" if not before else ""
        parts = [self._say(place or ("last" if number + 1 == len(events) else "again"))]
        known = {code for earlier in before for code in earlier.economies}
        offered = {option for earlier in before for option in earlier.options}
        told = (
            ("new_economies", [c for c in event.economies if before and c not in known]),
            ("still_economies", [c for c in event.economies if c in known]),
        )
        for name, codes in told:
            if codes:
                names = self._say.listed(map(self._say.economy, codes))
                parts.append(self._say(name, names=names))
        options = [option for option in event.options if option not in offered]
        if options:
            names = self._say.listed(map(self._say.option, options))
            parts.append(self._say("new_options", names=names))
        return (Text("\n".join(parts), Mark.OWN),)

    def _ledger(self) -> Iterator[Block]:
        actions = self._briefing.actions
        if not actions:
            yield self._note("no_actions")
            return
        yield self._note("ledger_note")
        for state in State:
            found = [action for action in actions if action.state is state]
            if not found:
                continue
            yield Heading(2, self._say(f"all_{state}", n=len(found)))
            heads: tuple[str, ...] = ("item", "listed_in", "office")
            widths: tuple[int, ...] = (12, 6, 5)
            if any(action.later for action in found):
                heads, widths = (*heads, "later"), (9, 6, 3, 8)
            yield Table(tuple(map(self._say, heads)), tuple(map(self._action, found)), widths)

    def _action(self, action: Action) -> tuple[Runs, ...]:
        quote, shown, later = action.quote, action.shown, action.later
        lead = "" if quote.text.startswith(shown) else "…"
        tail = "" if quote.text.endswith(shown) else "…"
        kind = Text(self._say(action.kind.value), Mark.STRONG)
        cells: tuple[Runs, ...] = (
            (Text(lead), Text(one_line(shown), Mark.QUOTE), Text(tail), self.notes.cite(quote)),
            (kind, Text("\n"), Text(self._say.on_a_line(quote.source))),
            (Text(self._say.listed(action.offices)),),
        )
        if later is None:
            return cells
        day = Text(f"{self._say.month(later.source.day)} ", Mark.STRONG)
        return (*cells, (day, *self._quoted(later, SHORT)))

    def _people(self) -> Table:
        rows = tuple(
            (
                (Text(person.name), self.notes.cite(person.quote)),
                (Text(self._say.economy(person.economy) if person.economy else ""),),
                (Text(person.office, Mark.QUOTE),),
                (Text(self._say.column(person.quote.source)),),
            )
            for person in self._briefing.people
        )
        return Table(
            tuple(map(self._say, ("name", "economy", "post", "report"))), rows, (6, 4, 8, 6)
        )

    def _terms(self) -> Table:
        rows = tuple(
            (
                (Text(term.forms[0], Mark.STRONG), self.notes.cite(term.quote)),
                (Text(self._say.semicolon.join(term.forms[1:]), Mark.QUOTE),),
            )
            for term in self._briefing.terms
        )
        return Table(tuple(map(self._say, ("term", "full"))), rows, (4, 16))

    # -- runs ------------------------------------------------------------------------------------

    def _quoted(self, quote: Quote, most: int | None = None) -> Runs:
        """A quote between quotation marks with its mark; one that is too long ends with dots."""
        text = one_line(quote.text)
        if most is not None and len(text) > most + 10:
            cut = max(text.rfind(mark, most // 2, most) for mark in "，。；、, ")
            text = text[: cut if cut > 0 else most]
            return (
                Text(self._say.opened),
                Text(text, Mark.QUOTE),
                Text(f"…{self._say.closed}"),
                self.notes.cite(quote),
            )
        return (
            Text(self._say.opened),
            Text(text, Mark.QUOTE),
            Text(self._say.closed),
            self.notes.cite(quote),
        )

    def _dated(self, quote: Quote) -> Runs:
        return (Text(f"{self._say.month(quote.source.day)} ", Mark.STRONG),)

    def _role(self, quote: Quote) -> Runs:
        return (self._own("author"),) if quote.role is Role.OPINION else ()

    def _own(self, name: str, **values: object) -> Text:
        return Text(self._say(name, **values), Mark.OWN)

    def _note(self, name: str, **values: object) -> Paragraph:
        return Paragraph((self._own(name, **values),), Style.NOTE)

    def _line(self, name: str, style: Style, **values: object) -> Paragraph:
        return Paragraph((Text(self._say(name, **values)),), style)


def _lines(cells: Iterable[Runs]) -> Runs:
    """Runs, each on a line of its own."""
    runs: list[Run] = []
    for cell in cells:
        if runs:
            runs.append(Text("\n"))
        runs += cell
    return tuple(runs)
