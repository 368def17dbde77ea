"""Question files: questions with the spans that answer them, and those spans in the reports.

One JSON object a line; eval/README.md describes the fields.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeGuard

from corpus.errors import AttacheError
from corpus.types import Report

Wanted = tuple[str, ...]
"""One value that the answer must give, in any of several writings."""

QUESTIONS = Path(__file__).parent / "questions.jsonl"
"""The questions over the bundled sample reports."""


class Split(StrEnum):
    """What a question may be used for; without a split it counts for any."""

    TUNE = "tune"
    HELD_OUT = "held-out"


@dataclass(frozen=True, slots=True)
class Gold:
    """A span that answers a question, as the question file has it."""

    source: str
    """File name of the report."""
    quote: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what is known of its answer."""

    id: str
    lang: str
    type: str
    text: str
    golds: tuple[Gold, ...]
    answers: tuple[Wanted, ...]
    answerable: bool
    after: str | None
    """Id of the question that was asked before, where this one leans on it."""
    split: Split | None


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a report's text."""

    report_id: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return (
            self.report_id == other.report_id and self.start < other.end and other.start < self.end
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A gold in the reports of an index: every place where its quote stands is as good."""

    gold: Gold
    spans: tuple[Span, ...]
    """Empty where the gold is not in the reports, so that nothing ever touches it."""

    def touches(self, span: Span) -> bool:
        """Tell whether a span shares a character with the gold."""
        return any(own.overlaps(span) for own in self.spans)


@dataclass(frozen=True, slots=True)
class Missing:
    """A gold that is not in the reports."""

    question_id: str
    gold: Gold
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and where their golds stand in the reports."""

    questions: tuple[Labelled, ...]
    places: Mapping[str, tuple[Place, ...]]
    """By question id, in the order of the question's golds."""
    missing: tuple[Missing, ...]


def read_questions(path: Path) -> tuple[Labelled, ...]:
    """Read a question file; ``AttacheError`` names the line and the field that is malformed."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AttacheError(
            f"cannot read the questions in {path} ({reason}); expected a UTF-8 file, "
            "one JSON object a line"
        ) from error
    questions: dict[str, Labelled] = {}
    line_of: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question = _Line(path, number).question(line)
        if question.id in questions:
            raise AttacheError(
                f'{path}, line {number}, field "id": found {question.id!r}, which line '
                f"{line_of[question.id]} has too; expected an id of its own"
            )
        questions[question.id] = question
        line_of[question.id] = number
    if not questions:
        raise AttacheError(f"{path} holds no question; expected one JSON object a line")
    for question in questions.values():
        _check_order(path, line_of[question.id], question, questions)
    return tuple(questions.values())


def locate(questions: Sequence[Labelled], reports: Iterable[Report]) -> QuestionSet:
    """Find each gold in the report that it names, white space ignored."""
    by_source = {report.source: report for report in reports}
    by_name = {Path(source).name: report for source, report in by_source.items()} | by_source
    named = {gold.source for question in questions for gold in question.golds}
    texts = {source: _Squeezed(by_name[source]) for source in named if source in by_name}
    places: dict[str, tuple[Place, ...]] = {}
    missing: list[Missing] = []
    for question in questions:
        found = []
        for gold in question.golds:
            text = texts.get(gold.source)
            spans = text.find(gold.quote) if text is not None else ()
            if not spans:
                reason = f"{'no report' if text is None else 'not in'} {gold.source}"
                missing.append(Missing(question.id, gold, reason))
            found.append(Place(gold, spans))
        places[question.id] = tuple(found)
    return QuestionSet(tuple(questions), places, tuple(missing))


def find_quote(quote: str, report: Report) -> tuple[Span, ...]:
    """Give every place of a report where a quote stands, white space ignored."""
    if "".join(quote.split()) not in "".join(report.text.split()):
        return ()
    return _Squeezed(report).find(quote)


def question_line(question: Labelled) -> str:
    """Write a question as the line of a question file that ``read_questions`` reads."""
    record = {
        "id": question.id,
        "lang": question.lang,
        "type": question.type,
        "question": question.text,
        "golds": [{"report": gold.source, "quote": gold.quote} for gold in question.golds],
        "answers": ["|".join(wanted) for wanted in question.answers],
        "answerable": question.answerable,
        "after": question.after,
        "split": question.split.value if question.split else None,
    }
    return f"{json.dumps(record, ensure_ascii=False)}\n"


def require_golds(questions: QuestionSet) -> None:
    """Raise ``AttacheError`` with the golds that are not in the reports, if there are any."""
    if not questions.missing:
        return
    told = "; ".join(
        f"{each.question_id}: {each.reason}: 「{_short(each.gold.quote)}」"
        for each in questions.missing
    )
    count = sum(len(question.golds) for question in questions.questions)
    raise AttacheError(
        f"{len(questions.missing)} of {count} golds do not occur in the reports of the index; "
        "expected all of them; mend the question file, name the index that it was made for, or "
        f"go on with --allow-missing-golds (they then count as not found). {told}"
    )


def of_split(questions: Sequence[Labelled], split: Split | None) -> tuple[Labelled, ...]:
    """Choose the questions of one part; all of them for None."""
    if split is None:
        return tuple(questions)
    chosen = tuple(question for question in questions if question.split is split)
    if not chosen:
        raise AttacheError(
            f'no question has "split": "{split.value}"; leave --split out, or add the field'
        )
    return chosen


def _check_order(
    path: Path, number: int, question: Labelled, questions: Mapping[str, Labelled]
) -> None:
    """Refuse a follow-up to a question that is not there, and circles of them."""
    met = {question.id}
    before = question.after
    while before is not None:
        if before not in questions or before in met:
            what = "leads back to itself" if before in met else "no question has"
            raise AttacheError(
                f'{path}, line {number}, field "after": found {before!r}, which {what}; '
                "expected the id of the question asked before, or null"
            )
        met.add(before)
        before = questions[before].after


class _Line:
    """Reads one line of a question file, and says where it is malformed."""

    def __init__(self, path: Path, number: int) -> None:
        self._where = f"{path}, line {number}"

    def question(self, line: str) -> Labelled:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise AttacheError(
                f"{self._where}: found {_short(line)!r}, which is not JSON ({error}); "
                "expected one JSON object a line"
            ) from error
        if not isinstance(record, dict):
            raise AttacheError(f"{self._where}: found {_kind(record)}; expected a JSON object")
        question = Labelled(
            id=self._word(record, "id"),
            lang=self._text(record, "lang"),
            type=self._text(record, "type"),
            text=self._text(record, "question"),
            golds=tuple(
                self._gold(each, f"golds[{at}]")
                for at, each in enumerate(self._list(record, "golds"))
            ),
            answers=tuple(
                self._wanted(each, f"answers[{at}]")
                for at, each in enumerate(self._list(record, "answers"))
            ),
            answerable=self._truth(record, "answerable"),
            after=None if record.get("after") is None else self._word(record, "after"),
            split=self._split(record),
        )
        if question.answerable and not question.golds:
            raise self._malformed("golds", "none", "at least one, as the question is answerable")
        for field, labels in (("golds", question.golds), ("answers", question.answers)):
            if labels and not question.answerable:
                found = f"{len(labels)}, though answerable is false"
                raise self._malformed(field, found, "none, or answerable to be true")
        return question

    def _gold(self, value: object, field: str) -> Gold:
        if not isinstance(value, dict):
            raise self._malformed(field, _kind(value), 'an object {"report": …, "quote": …}')
        return Gold(
            self._text(value, "report", f"{field}.report"),
            self._text(value, "quote", f"{field}.quote"),
        )

    def _wanted(self, value: object, field: str) -> Wanted:
        alternatives = value.split("|") if _is_text(value) else [""]
        if not all(each.strip() for each in alternatives):
            raise self._malformed(field, _kind(value), "one or more writings, separated by |")
        return tuple(each.strip() for each in alternatives)

    def _word(self, record: Mapping[str, Any], field: str) -> str:
        """Read an id, which becomes a column of a TREC file and so may hold no white space."""
        word = self._text(record, field)
        if word.split() != [word]:
            raise self._malformed(field, repr(word), "an id without white space")
        return word

    def _text(self, record: Mapping[str, Any], key: str, field: str | None = None) -> str:
        value = self._value(record, key, field or key, "text that is not empty")
        if not _is_text(value) or not value.strip():
            raise self._malformed(field or key, _kind(value), "text that is not empty")
        return value

    def _list(self, record: Mapping[str, Any], field: str) -> list[Any]:
        value = self._value(record, field, field, "a list")
        if not isinstance(value, list):
            raise self._malformed(field, _kind(value), "a list")
        return value

    def _truth(self, record: Mapping[str, Any], field: str) -> bool:
        value = self._value(record, field, field, "true or false")
        if not isinstance(value, bool):
            raise self._malformed(field, _kind(value), "true or false")
        return value

    def _split(self, record: Mapping[str, Any]) -> Split | None:
        value = record.get("split")
        if value is None:
            return None
        if value not in tuple(Split):
            raise self._malformed("split", _kind(value), f"{' or '.join(Split)}, or no such field")
        return Split(value)

    def _value(self, record: Mapping[str, Any], key: str, field: str, expected: str) -> object:
        if key not in record:
            known = ", ".join(map(str, record)) or "none"
            raise self._malformed(field, f"no such field (there are: {known})", expected)
        return record[key]

    def _malformed(self, field: str, found: str, expected: str) -> AttacheError:
        return AttacheError(f'{self._where}, field "{field}": found {found}; expected {expected}')


class _Squeezed:
    """A report's text without its white space, and where each character of it stood."""

    def __init__(self, report: Report) -> None:
        self._report = report
        words = [(at, word) for at, word in _words(report.text)]
        self._text = "".join(word for _, word in words)
        self._starts = [at for at, _ in words]
        self._lengths = [0, *accumulate(len(word) for _, word in words)]

    def find(self, quote: str) -> tuple[Span, ...]:
        """Give every place where a quote stands."""
        wanted = "".join(quote.split())
        spans = []
        at = self._text.find(wanted)
        while at >= 0:
            end = self._origin(at + len(wanted) - 1) + 1
            spans.append(Span(self._report.id, self._origin(at), end))
            at = self._text.find(wanted, at + len(wanted))
        return tuple(spans)

    def _origin(self, at: int) -> int:
        word = bisect_right(self._lengths, at) - 1
        return self._starts[word] + at - self._lengths[word]


def _words(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at, word
        at += len(word)


def _is_text(value: object) -> TypeGuard[str]:
    """Tell whether a JSON value is text that can be written: no half of a character's pair."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _kind(value: object) -> str:
    """Describe a JSON value in a few words."""
    return _short(json.dumps(value, ensure_ascii=_is_text(value) is False))
