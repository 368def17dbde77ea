"""A user's own question set: what an answer missed, labelled with the passage that answers it.

STATE/labelled/<user>.jsonl     a question file, as ``attache eval run --questions`` reads it
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from threading import Lock

from assistant.types import Answer, Language
from assistant.web.words import Words
from corpus.errors import AttacheError
from corpus.sentences import sentences
from eval.dataset import Gold, Labelled, find_quote, question_line, read_questions
from index.retriever import Index
from index.text import fold, to_traditional

LOCAL = "local"
"""The user of a page that asks for no name."""
_LEAST, _MOST = 6, 2000
"""Characters of a passage."""
_MOST_REPORTS = 3
"""What stands in more reports than this says too little."""
_SEARCHED = 5

_TOO_SHORT = Words(
    "請貼上報告中能回答這個問題的一段原文，至少 {least} 個字。",
    "Please paste the passage of the report that answers it: {least} characters or more.",
)
_TOO_LONG = Words(
    "這段文字有 {found} 個字，最多 {most} 個字；請只貼上能回答這個問題的部分。",
    "The passage has {found} characters, the most is {most}; please paste only what answers it.",
)
_NOT_FOUND = Words(
    "報告中沒有這段文字，未存入。最接近的是〈{source}〉：「{near}」",
    "The reports do not hold this passage, so it was not kept. The nearest is in {source}: “{near}”",
)
_NOTHING_NEAR = Words(
    "報告中沒有這段文字，也沒有相近的段落，未存入。",
    "The reports hold neither this passage nor one like it, so it was not kept.",
)
_TOO_COMMON = Words(
    "這段文字出現在 {found} 份報告中，未存入；請多貼一些前後文。",
    "The passage stands in {found} reports, so it was not kept; please paste more of it.",
)
_KEPT = Words(
    "已存入您的題組，共 {count} 題；可在「評測」頁執行或下載。",
    "Kept in your question set, which now has {count}; run or download it on the Evaluation tab.",
)
_KNOWN = Words(
    "這題和這段原文已在您的題組中。",
    "Your question set has this question with this passage already.",
)

_writing = Lock()


def own_questions(state: Path, user: str | None) -> Path:
    """Give the file of a user's question set, which is there once something was kept in it.

    A name that is no plain word stands there as its digest: it may be anything, a path included.
    """
    name = user or LOCAL
    if not re.fullmatch(r"[a-z0-9_-]{1,60}", name):
        name = f"user.{sha256(name.encode()).hexdigest()}"
    return state / "labelled" / f"{name}.jsonl"


def keep(state: Path, user: str | None, index: Index, answer: Answer, expected: str) -> str:
    """Add the question of an answer, with the passage that was expected, to a user's set.

    Gives a message in the question's language: that it was kept, or why not and what to do.
    ``AttacheError`` when the set cannot be read or written.
    """
    language = answer.question.language
    passage = _bare(expected)
    length = len("".join(passage.split()))
    if length < _LEAST:
        return _TOO_SHORT.of(language, least=_LEAST)
    if length > _MOST:
        return _TOO_LONG.of(language, found=length, most=_MOST)
    golds = tuple(_golds(index, passage))
    if not golds:
        return _nearest(index, passage, language)
    if len(golds) > _MOST_REPORTS:
        return _TOO_COMMON.of(language, found=len(golds))
    file = own_questions(state, user)
    with _writing:
        before = read_questions(file) if file.is_file() else ()
        after = _with(before, answer, golds)
        if after == before:
            return _KNOWN.of(language)
        _write(file, after)
    return _KEPT.of(language, count=len(after))


def _bare(expected: str) -> str:
    """Take off the quotation marks and the numbers of citations that are copied along."""
    return re.sub(r"(\s*\[\d+\])+\s*$", "", expected.strip()).strip(' \n\t「」『』“”"…')


def _golds(index: Index, passage: str) -> Iterable[Gold]:
    for report in index.reports:
        places = find_quote(passage, report)
        if places:
            yield Gold(report.source, report.text[places[0].start : places[0].end])


def _with(
    before: Sequence[Labelled], answer: Answer, golds: tuple[Gold, ...]
) -> tuple[Labelled, ...]:
    """Add a question, or golds to the one that is there with these words."""
    asked = answer.question
    text, previous = asked.text, None
    if asked.follows is not None:
        previous = next((each.id for each in before if each.text == asked.follows), None)
        if previous is None:
            # what was asked before is not in the set: the two together stand alone
            text = f"{asked.follows} {asked.text}"
    for at, known in enumerate(before):
        if (known.text, known.after) == (text, previous):
            more = tuple(gold for gold in golds if gold not in known.golds)
            return (*before[:at], replace(known, golds=known.golds + more), *before[at + 1 :])
    simplified = asked.language is Language.ZH and to_traditional(text) != text
    added = Labelled(
        id=_free_id({each.id for each in before}),
        lang="zh-Hans" if simplified else asked.language.value,
        type=asked.kind.value,
        text=text,
        golds=golds,
        answers=(),
        answerable=True,
        after=previous,
        split=None,
    )
    return (*before, added)


def _free_id(taken: set[str]) -> str:
    number = len(taken) + 1
    while f"own{number:03}" in taken:
        number += 1
    return f"own{number:03}"


def _write(file: Path, questions: Sequence[Labelled]) -> None:
    """Write a set whole beside the old one and put it in its place."""
    beside = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(map(question_line, questions))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, file)
    except OSError as error:
        raise AttacheError(
            f"cannot write the question set {file.name} ({error.strerror}); "
            "expected a folder that may be written; the set is as it was"
        ) from error


def _nearest(index: Index, passage: str, language: Language) -> str:
    """Show the sentence that is most like a passage that is nowhere."""
    wanted = _letters(passage)
    best, likeness = None, 0.0
    for hit in index.search(passage, k=_SEARCHED):
        report = index.report(hit.chunk.report_id)
        for span in sentences(report.text, hit.chunk.start, hit.chunk.end):
            text = report.text[span.start : span.end]
            alike = SequenceMatcher(None, wanted, _letters(text), autojunk=False).ratio()
            if alike > likeness:
                best, likeness = (report.source, " ".join(text.split())), alike
    if best is None:
        return _NOTHING_NEAR.of(language)
    return _NOT_FOUND.of(language, source=best[0], near=best[1])


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))[:_MOST]
