"""What became of the questions, as pieces of HTML: figures, charts, and a table to be filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assistant.types import Language
from assistant.web.escape import plain
from assistant.web.words import Words
from eval import charts
from eval.figures import by_lang, by_split, figures
from eval.labels import FAULTS, MEASURES
from eval.run import Outcome

_CHARTS: tuple[tuple[Words, Callable[[Sequence[Outcome], Language], str]], ...] = (
    (Words("各檢索方式", "Ranking by mode"), charts.modes_chart),
    (Words("問題語言", "Measures by language"), charts.languages_chart),
    (
        Words("信心校準（數字為題數）", "Calibration of confidence, with counts"),
        charts.calibration_chart,
    ),
    (Words("回答時間", "Latency"), charts.latency_chart),
    (Words("出錯情形", "What went wrong"), charts.faults_chart),
    (Words("問題類型（括號內為題數）", "Measures by type, with counts"), charts.types_chart),
)
_COLUMNS = (
    (Words("題號", "id"), "4.6rem"),
    (Words("問題", "question"), "auto"),
    (Words("結果", "result"), "13rem"),
    (Words("名次", "rank"), "4.2rem"),
    (Words("值", "values"), "4.2rem"),
    (Words("信心", "confidence"), "5.6rem"),
    (Words("毫秒", "ms"), "4rem"),
)
_RANK, _VALUES, _CONFIDENCE, _MS = (words for words, _ in _COLUMNS[3:])
_TABLE = Words("指標", "Measures")
_ALL = Words("全部", "all")
_ANY = Words("任何錯誤", "anything")
_GOOD = Words("無誤", "good")
_RIGHTLY_REFUSED = Words("正確拒答", "rightly refused")
_OPEN = Words("在提問頁開啟", "open in the chat")


@dataclass(frozen=True, slots=True)
class Fragments:
    """Writes the pieces in one language, or in both for a page that is made once."""

    language: Language | None = None
    links: bool = False
    """Whether each question has a link that opens it in the chat of the same address."""

    def figures(self, outcomes: Sequence[Outcome]) -> str:
        """Make the table of measures: over all questions, by language, and by part."""
        groups: dict[str, Sequence[Outcome]] = {self._text(_ALL): outcomes, **by_lang(outcomes)}
        halves = by_split(outcomes)
        if len(halves) > 1:
            groups |= halves
        found = {name: figures(members) for name, members in groups.items()}
        head = "".join(
            f"<th scope='col'>{plain(name)}<br>{_small(str(each.questions))}</th>"
            for name, each in found.items()
        )
        rows = "".join(
            f"<tr><th scope='row'>{self._measure(measure.value, words)}</th>"
            + "".join(f"<td>{_figure(each.measures[measure])}</td>" for each in found.values())
            + "</tr>"
            for measure, words in MEASURES.items()
        )
        return (
            f"<div class='scroll' role='region' tabindex='0' aria-label='{plain(self._text(_TABLE))}'>"
            "<table class='figures'>"
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def charts(self, outcomes: Sequence[Outcome]) -> str:
        """Make all charts; nothing where there is no question."""
        if not outcomes:
            return ""
        drawn = (
            f"<figure><figcaption>{self.said(words)}</figcaption>"
            f"{chart(outcomes, self.language or Language.EN)}</figure>"
            for words, chart in _CHARTS
        )
        return f"<div class='charts'>{''.join(drawn)}</div>"

    def filters(self, outcomes: Sequence[Outcome]) -> str:
        """Make the form that filters the table."""
        questions = [outcome.question for outcome in outcomes]
        faults = {"any": self._text(_ANY), "none": self._text(_GOOD)}
        faults |= {fault.value: self._text(words) for fault, words in FAULTS.items()}
        return (
            "<form class='filters'>"
            + self._select("lang", Words("語言", "language"), _names(q.lang for q in questions))
            + self._select("type", Words("類型", "type"), _names(q.type for q in questions))
            + self._select(
                "split", Words("分組", "split"), _names(q.split or "" for q in questions)
            )
            + self._select("fault", Words("錯誤", "went wrong"), faults)
            + f"<label>{self.said(Words('文字', 'text'))}<input type='search' name='text'></label>"
            "<output></output></form>"
        )

    def questions(self, outcomes: Sequence[Outcome]) -> str:
        """Make the table of questions: asked, answered, expected, and what went wrong."""
        columns = "".join(f"<col style='width:{width}'>" for _, width in _COLUMNS)
        names = "".join(f"<th scope='col'>{self.said(words)}</th>" for words, _ in _COLUMNS)
        rows = "".join(map(self._row, outcomes))
        return (
            f"<table class='questions'><colgroup>{columns}</colgroup>"
            f"<thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def said(self, words: Words) -> str:
        """Write words of ours as HTML."""
        if self.language is None:
            return f"{plain(words.zh)} {_small(words.en)}"
        return plain(words.of(self.language))

    def _text(self, words: Words) -> str:
        if self.language is None:
            return f"{words.zh} {words.en}"
        return words.of(self.language)

    def _measure(self, name: str, words: Words) -> str:
        if self.language is None:
            return f"{plain(words.zh)} {_small(f'{name}: {words.en}')}"
        return f"{plain(words.of(self.language))} {_small(name)}"

    def _row(self, outcome: Outcome) -> str:
        question = outcome.question
        ranks = [gold.rank for gold in outcome.golds if gold.rank is not None]
        given = sum(wanted.given for wanted in outcome.wanted)
        split = question.split.value if question.split else ""
        kind = " · ".join(filter(None, (question.lang, question.type, split)))
        after = f" ← {question.after}" if question.after else ""
        data = "".join(
            f" data-{name}='{plain(value)}'"
            for name, value in (
                ("lang", question.lang),
                ("type", question.type),
                ("split", split),
                ("faults", "|".join(outcome.faults)),
            )
        )
        numbers = (
            (_RANK, str(min(ranks)) if ranks else "–"),
            (_VALUES, f"{given}/{len(outcome.wanted)}" if outcome.wanted else "–"),
            (_CONFIDENCE, f"{outcome.confidence:.2f}"),
            (_MS, f"{outcome.took_ms:.0f}"),
        )
        named = self.language or Language.ZH
        cells = "".join(
            f"<td class='number' data-name='{plain(words.of(named))}'>{number}</td>"
            for words, number in numbers
        )
        return (
            f"<tr class='question'{data}><td class='id wide'>{plain(question.id)}</td>"
            f"<td class='wide'><details><summary>{plain(question.text)}</summary>"
            f"{self._details(outcome)}</details>"
            f"<span class='kind'>{plain(kind + after)}</span>{self._link(question.text)}</td>"
            f"<td class='wide'>{self._result(outcome)}</td>{cells}</tr>"
        )

    def _link(self, question: str) -> str:
        """Open a question in a tab of its own, so that the run stays on the screen."""
        if not self.links:
            return ""
        return (
            f" <a class='open' href='?q={quote(question, safe='')}' target='_blank' "
            f"rel='noopener'>{self.said(_OPEN)} ↗</a>"
        )

    def _result(self, outcome: Outcome) -> str:
        if outcome.faults:
            return "".join(
                f"<span class='fault'>{self.said(FAULTS[fault])}</span> "
                for fault in outcome.faults
            )
        return f"<span class='good'>{self.said(_RIGHTLY_REFUSED if outcome.abstained else _GOOD)}</span>"

    def _details(self, outcome: Outcome) -> str:
        rank = self._text(_RANK)
        quoted = (
            Words("最接近的段落", "nearest") if outcome.abstained else Words("引用", "citations")
        )
        parts = [self._told(Words("檢索詞", "query"), outcome.query)]
        if outcome.abstained:
            parts.append(self._told(Words("拒答", "refused"), outcome.reason or ""))
        parts += [
            self._list(
                Words("答出的值", "values given"),
                (_item(_mark(v.wanted) if outcome.wanted else "·", v.text) for v in outcome.values),
            ),
            self._list(
                Words("應答的值", "values wanted"),
                (_item(_mark(w.given), " | ".join(w.writings)) for w in outcome.wanted),
            ),
            self._list(
                quoted,
                (
                    _item(_mark(c.on_gold), c.quote, " › ".join((c.source, *c.section_path)))
                    for c in outcome.citations
                ),
            ),
            self._list(
                Words("正解", "golds"),
                (
                    _item(_mark(g.cited), g.quote, f"{g.source} · {rank} {_number(g.rank)}")
                    for g in outcome.golds
                ),
            ),
        ]
        return "".join(parts)

    def _told(self, name: Words, text: str) -> str:
        return f"<p><b>{self.said(name)}</b>: {plain(text)}</p>"

    def _list(self, title: Words, items: Iterable[str]) -> str:
        listed = "".join(items)
        return f"<h3>{self.said(title)}</h3><ul>{listed}</ul>" if listed else ""

    def _select(self, name: str, words: Words, options: Mapping[str, str]) -> str:
        if len(options) < 2:
            return f"<input type='hidden' name='{name}' value=''>"
        listed = "".join(
            f"<option value='{plain(value)}'>{plain(text)}</option>"
            for value, text in options.items()
        )
        return (
            f"<label>{self.said(words)}<select name='{name}'>"
            f"<option value=''>{plain(self._text(_ALL))}</option>{listed}</select></label>"
        )


def _names(names: Iterable[str]) -> Mapping[str, str]:
    return {name: name for name in sorted(set(names)) if name}


def _item(mark: str, text: str, place: str = "") -> str:
    where = f"<span class='place'>{plain(place)}</span>" if place else ""
    return f"<li data-mark='{mark}'>{plain(text)}{where}</li>"


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


def _small(text: str) -> str:
    return f"<span class='en'>{plain(text)}</span>"


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
