"""A run as a page: one file that asks for nothing, with figures, charts and every question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from corpus.errors import AttacheError
from eval import charts
from eval.figures import by_lang, by_split, figures
from eval.labels import FAULTS, MEASURES, Label
from eval.page_assets import SCRIPT, STYLE
from eval.run import Outcome, Settings
from eval.runs import Basis

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_CHARTS: tuple[tuple[Label, Callable[[Sequence[Outcome]], str]], ...] = (
    (Label("各檢索方式", "Ranking by mode"), charts.modes_chart),
    (Label("問題語言", "Measures by language"), charts.languages_chart),
    (
        Label("信心校準（數字為題數）", "Calibration of confidence, with counts"),
        charts.calibration_chart,
    ),
    (Label("問題類型（括號內為題數）", "Measures by type, with counts"), charts.types_chart),
    (Label("出錯情形", "What went wrong"), charts.faults_chart),
    (Label("回答時間", "Latency"), charts.latency_chart),
)


def write_page(file: Path, outcomes: Sequence[Outcome], settings: Settings, basis: Basis) -> None:
    """Write the page of a run; ``AttacheError`` when the file cannot be written."""
    text = page(outcomes, settings, basis)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AttacheError(
            f"cannot write the page {file} ({error.strerror}); "
            "expected a file that may be written; name another with --html"
        ) from error


def page(outcomes: Sequence[Outcome], settings: Settings, basis: Basis) -> str:
    """Make the page of a run."""
    told = (
        f"{len(outcomes)} 題 questions · {basis.reports} 份報告 reports · {basis.chunks} chunks · "
        f"{settings.mode.value} · k {settings.k} · {settings.split or 'all'} · "
        f"encoder {basis.encoder_id} · corpus {basis.corpus_sha256[:12]}"
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hant"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Attaché 評測 Evaluation</title><style>{STYLE}</style></head><body>"
        f"<h1>Attaché 評測 {_en('Evaluation')}</h1>"
        f'<p class="basis">{escape(told)}</p>'
        f"{_heading('指標', 'Measures')}{figures_table(outcomes)}"
        f"{_heading('圖表', 'Charts')}{charts_grid(outcomes)}"
        f"{_heading('各題', 'Questions')}{filters(outcomes)}{questions_table(outcomes)}"
        f"<script>{SCRIPT}</script></body></html>\n"
    )


def figures_table(outcomes: Sequence[Outcome]) -> str:
    """Make the table of measures: over all questions, by language, and by half."""
    groups: dict[str, Sequence[Outcome]] = {"全部 all": outcomes, **by_lang(outcomes)}
    halves = by_split(outcomes)
    if len(halves) > 1:
        groups |= halves
    found = {name: figures(members) for name, members in groups.items()}
    head = "".join(
        f"<th>{escape(name)}<br>{_en(str(each.questions))}</th>" for name, each in found.items()
    )
    rows = "".join(
        f"<tr><th>{escape(label.zh)} {_en(f'{measure}: {label.en}')}</th>"
        + "".join(f"<td>{_figure(each.measures[measure])}</td>" for each in found.values())
        + "</tr>"
        for measure, label in MEASURES.items()
    )
    return (
        '<div class="scroll"><table class="figures">'
        f"<thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def charts_grid(outcomes: Sequence[Outcome]) -> str:
    """Make all charts; nothing where there is no question."""
    if not outcomes:
        return ""
    drawn = (
        f"<figure><figcaption>{escape(label.zh)} {_en(label.en)}</figcaption>"
        f"{chart(outcomes)}</figure>"
        for label, chart in _CHARTS
    )
    return f'<div class="charts">{"".join(drawn)}</div>'


def filters(outcomes: Sequence[Outcome]) -> str:
    """Make the form that filters the table."""
    questions = [outcome.question for outcome in outcomes]
    faults = {"any": "任何錯誤 any", "none": "無誤 none"}
    faults |= {fault.value: f"{label.zh} {label.en}" for fault, label in FAULTS.items()}
    return (
        '<form id="filters" class="filters">'
        + _select("lang", Label("語言", "language"), _names(q.lang for q in questions))
        + _select("type", Label("類型", "type"), _names(q.type for q in questions))
        + _select("split", Label("分組", "split"), _names(q.split or "" for q in questions))
        + _select("fault", Label("錯誤", "went wrong"), faults)
        + f'<label>文字 {_en("text")}<input type="search" name="text"></label>'
        '<output id="shown"></output></form>'
    )


def questions_table(outcomes: Sequence[Outcome]) -> str:
    """Make the table of questions: what was asked, answered and expected, and what went wrong."""
    head = (
        ("題號", "id", "4.6rem"),
        ("問題", "question", "auto"),
        ("結果", "result", "13rem"),
        ("名次", "rank", "4.2rem"),
        ("值", "values", "4.2rem"),
        ("信心", "confidence", "5.6rem"),
        ("毫秒", "ms", "4rem"),
    )
    columns = "".join(f'<col style="width:{width}">' for *_, width in head)
    names = "".join(f"<th>{zh} {_en(en)}</th>" for zh, en, _ in head)
    rows = "".join(map(_row, outcomes))
    return (
        f'<table class="questions"><colgroup>{columns}</colgroup>'
        f"<thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(outcome: Outcome) -> str:
    question = outcome.question
    ranks = [gold.rank for gold in outcome.golds if gold.rank is not None]
    rank = str(min(ranks)) if ranks else "–"
    given = sum(wanted.given for wanted in outcome.wanted)
    values = f"{given}/{len(outcome.wanted)}" if outcome.wanted else "–"
    split = question.split.value if question.split else ""
    kind = " · ".join(filter(None, (question.lang, question.type, split)))
    after = f" ← {question.after}" if question.after else ""
    attributes = {
        "lang": question.lang,
        "type": question.type,
        "split": split,
        "faults": "|".join(outcome.faults),
    }
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in attributes.items())
    return (
        f'<tr class="question"{data}>'
        f'<td class="id wide">{escape(question.id)}</td>'
        f'<td class="wide"><details><summary>{escape(question.text)}</summary>{_details(outcome)}'
        f'</details><span class="kind">{escape(kind + after)}</span></td>'
        f'<td class="wide">{_result(outcome)}</td>'
        f'<td class="number" data-name="名次">{rank}</td>'
        f'<td class="number" data-name="值">{values}</td>'
        f'<td class="number" data-name="信心">{outcome.confidence:.2f}</td>'
        f'<td class="number" data-name="毫秒">{outcome.took_ms:.0f}</td></tr>'
    )


def _result(outcome: Outcome) -> str:
    if outcome.faults:
        return "".join(
            f'<span class="fault">{escape(FAULTS[fault].zh)} {_en(FAULTS[fault].en)}</span> '
            for fault in outcome.faults
        )
    what = Label("正確拒答", "rightly refused") if outcome.abstained else Label("無誤", "good")
    return f'<span class="good">{what.zh} {_en(what.en)}</span>'


def _details(outcome: Outcome) -> str:
    parts = [f"<p>{_title('檢索詞', 'query')}: {escape(outcome.query)}</p>"]
    if outcome.abstained:
        parts.append(f"<p>{_title('拒答', 'refused')}: {escape(outcome.reason or '')}</p>")
    given = (_item(_mark(v.wanted) if outcome.wanted else "·", v.text) for v in outcome.values)
    parts.append(_list(Label("答出的值", "values given"), given))
    wanted = (_item(_mark(w.given), " | ".join(w.writings)) for w in outcome.wanted)
    parts.append(_list(Label("應答的值", "values wanted"), wanted))
    quoted = Label("最接近的段落", "nearest") if outcome.abstained else Label("引用", "citations")
    parts.append(
        _list(
            quoted,
            (
                _item(_mark(c.on_gold), c.quote, " › ".join((c.source, *c.section_path)))
                for c in outcome.citations
            ),
        )
    )
    golds = (
        _item(
            _mark(g.cited),
            g.quote,
            f"{g.source} · 名次 rank {g.rank if g.rank is not None else '–'}",
        )
        for g in outcome.golds
    )
    parts.append(_list(Label("正解", "golds"), golds))
    return "".join(parts)


def _list(title: Label, items: Iterable[str]) -> str:
    listed = "".join(items)
    return f"<h3>{title.zh} {_en(title.en)}</h3><ul>{listed}</ul>" if listed else ""


def _item(mark: str, text: str, place: str = "") -> str:
    where = f'<span class="place">{escape(place)}</span>' if place else ""
    return f'<li data-mark="{mark}">{escape(text)}{where}</li>'


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


def _select(name: str, label: Label, options: Mapping[str, str]) -> str:
    if len(options) < 2:
        return f'<input type="hidden" name="{name}" value="">'
    listed = "".join(
        f'<option value="{escape(value)}">{escape(text)}</option>'
        for value, text in options.items()
    )
    return (
        f'<label>{label.zh} {_en(label.en)}<select name="{name}">'
        f'<option value="">全部 all</option>{listed}</select></label>'
    )


def _names(names: Iterable[str]) -> Mapping[str, str]:
    return {name: name for name in sorted(set(names)) if name}


def _heading(zh: str, en: str) -> str:
    return f"<h2>{zh} {_en(en)}</h2>"


def _title(zh: str, en: str) -> str:
    return f"<b>{zh}</b> {_en(en)}"


def _en(text: str) -> str:
    return f'<span class="en">{escape(text)}</span>'


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
