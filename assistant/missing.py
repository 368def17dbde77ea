"""Why nothing is answered: what was asked for and is not there, in the question's language."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.names import lacking_around, question_names
from assistant.render import in_quotes, label, listed
from assistant.types import Language, Question
from assistant.values.read import VALUED
from index.retriever import Index

_MOST = 4


def reason(
    index: Index, question: Question, evidence: Sequence[Evidence], excluded: Sequence[str]
) -> str:
    """Say that the reports do not tell, and what of the question was missing.

    ``excluded`` names the reports that would answer without the question's filters.
    """
    language = question.language
    told = [label("not_told" if evidence else "nothing_matches", language)]
    absent = tuple(dict.fromkeys(index.matcher(question.query).absent()))[:_MOST]
    if absent:
        told.append(label("absent", language, words=_listed(absent, language)))
    names = [name for name in _not_there(index, question, evidence) if name not in absent]
    if names:
        told.append(label("not_nearest", language, words=_listed(names[:_MOST], language)))
    if evidence and question.kind in VALUED and evidence[0].signals.lacks_value:
        told.append(label("no_value", language, kind=label(question.kind.value, language)))
    if excluded:
        told.append(label("excluded", language, reports=_listed(excluded[:_MOST], language)))
    return label("between", language).join(told)


def _not_there(index: Index, question: Question, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    if not evidence:
        return ()
    chunk = evidence[0].hit.chunk
    report = index.report(chunk.report_id)
    around = "\n".join((*report.sections[chunk.section].path, chunk.text))
    return lacking_around(question_names(question), report, around)


def _listed(words: Sequence[str], language: Language) -> str:
    return listed([in_quotes(word, language) for word in words], language)
