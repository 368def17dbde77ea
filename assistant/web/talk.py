"""The conversation as HTML: questions, answers, what one can do with them, and past ones."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.render import answer_text
from assistant.types import Answer, Language
from assistant.web.escape import plain
from assistant.web.filters import chips, share_query
from assistant.web.kept import Kept, Turn
from assistant.web.markup import answer_html
from assistant.web.words import (
    ASKED_WITH,
    CANCEL,
    CONVERSATIONS,
    COPIED,
    COPY,
    COPY_MORE,
    DELETE,
    EXPECTED,
    HOLDINGS,
    MORE,
    MORE_TITLE,
    NEW,
    NO_CONVERSATIONS,
    PENDING,
    RETRY,
    SEND_FEEDBACK,
    SHARE,
    SHARE_MORE,
    STOPPED,
    WELCOME,
    WELCOME_MORE,
    WRONG,
    WRONG_MORE,
)
from index.retriever import Index

STARTERS = (
    "哪些經濟體審核 ABTC 有延宕情形？",
    "Which economies delay ABTC approvals?",
    "美國提議修改 BMG 組織章程，甲案有誰支持？",
    "What follow-up did we promise on the virtual ABTC?",
    "關港貿單一窗口的簡報獲得哪些回應？",
    "誰當選反恐工作小組下屆主席？",
)


def talk_html(
    turns: Sequence[Turn],
    index: Index,
    language: Language,
    pending: int | None = None,
    labelled: bool = False,
) -> str:
    """Write a conversation, or the welcome where there is none.

    ``pending`` is the turn that is being answered; ``labelled`` says whether users may tell what
    should have been found.
    """
    if not turns:
        return _welcome(index, language)
    written = (
        _turn_html(turn, at, index, language, at == pending, labelled, at == len(turns) - 1)
        for at, turn in enumerate(turns)
    )
    return f"<div class='talk'>{''.join(written)}</div>"


def conversations_html(kept: Kept, language: Language) -> str:
    """Write the list of past conversations, each to be opened or deleted."""
    rows = []
    for conversation in kept.conversations:
        name = plain(conversation.name)
        current = " aria-current='true'" if conversation.id == kept.open else ""
        remove = plain(DELETE.of(language, name=conversation.name))
        rows.append(
            f"<li><button type='button' class='open-conversation' data-act='open' "
            f"data-id='{plain(conversation.id)}' title='{name}'{current}>{name}</button>"
            f"<button type='button' class='delete' data-act='delete' "
            f"data-id='{plain(conversation.id)}' title='{remove}' aria-label='{remove}'>"
            f"<span aria-hidden='true'>×</span></button></li>"
        )
    listed = (
        f"<ul>{''.join(rows)}</ul>"
        if rows
        else f"<p class='hint'>{plain(NO_CONVERSATIONS.of(language))}</p>"
    )
    return (
        f"<section class='conversations'><div class='side-head'>"
        f"<h2>{plain(CONVERSATIONS.of(language))}</h2>"
        f"<button type='button' class='plain' data-act='new'>+ {plain(NEW.of(language))}</button>"
        f"</div>{listed}</section>"
    )


def answer_plain(answer: Answer) -> str:
    """Write a question and its answer with quotes and citations as plain text, for copying."""
    return f"{answer.question.text}\n\n{answer_text(answer)}\n"


def _welcome(index: Index, language: Language) -> str:
    own = [text for text in STARTERS if text.isascii() is (language is Language.EN)]
    starters = [*own, *(text for text in STARTERS if text not in own)]
    buttons = "".join(
        f"<li><button type='button' class='starter' data-act='ask' "
        f"data-text='{plain(text)}'>{plain(text)}</button></li>"
        for text in starters
    )
    held = HOLDINGS.of(language, reports=len(index.reports), passages=len(index.chunks))
    return (
        f"<div class='welcome'><h2>{plain(WELCOME.of(language))}</h2>"
        f"<p>{plain(WELCOME_MORE.of(language))}</p><p class='hint'>{plain(held)}</p>"
        f"<ul class='starters'>{buttons}</ul></div>"
    )


def _turn_html(
    turn: Turn,
    at: int,
    index: Index,
    language: Language,
    pending: bool,
    labelled: bool,
    is_last: bool,
) -> str:
    asked_with = chips(turn.filters, index, language)
    names = ("、" if language is Language.ZH else ", ").join(chip.name for chip in asked_with)
    filters = (
        f"<p class='asked-with'>{plain(ASKED_WITH.of(language, names=names))}</p>" if names else ""
    )
    if pending:
        body = f"<p class='pending'><span class='dots' aria-hidden='true'></span>{plain(PENDING.of(language))}</p>"
    elif turn.answer is not None:
        body = answer_html(turn.answer, at, turn.filters, language)
    elif turn.error is not None:
        body = f"<p class='abstained'>{plain(turn.error)}</p>"
    else:
        body = f"<p class='stopped'>{plain(STOPPED.of(language))}</p>"
    actions = "" if pending else _actions(turn, at, language, labelled, is_last)
    return (
        f"<section class='turn' data-turn='{at}'><h2 class='asked'>{plain(turn.question)}</h2>"
        f"{filters}{body}{actions}</section>"
    )


def _actions(turn: Turn, at: int, language: Language, labelled: bool, is_last: bool) -> str:
    done = plain(COPIED.of(language))
    query = plain(share_query(turn.question, turn.filters))
    buttons = []
    hidden = ""
    if turn.answer is not None:
        buttons.append(
            f"<button type='button' class='action' data-act='copy' data-done='{done}' "
            f"title='{plain(COPY_MORE.of(language))}'>{_COPY_ICON}{plain(COPY.of(language))}</button>"
        )
        hidden = f"<pre class='plain-answer' hidden>{plain(answer_plain(turn.answer))}</pre>"
    buttons.append(
        f"<button type='button' class='action' data-act='share' data-done='{done}' "
        f"data-query='{query}' title='{plain(SHARE_MORE.of(language))}'>"
        f"{_LINK_ICON}{plain(SHARE.of(language))}</button>"
    )
    if turn.answer is not None and turn.answer.statements and is_last:
        # The words of a follow-up, in the language in which the question was asked.
        words = plain(MORE.of(turn.answer.question.language))
        buttons.append(
            f"<button type='button' class='action' data-act='ask' data-text='{words}' "
            f"title='{plain(MORE_TITLE.of(language))}'>{_MORE_ICON}{plain(MORE.of(language))}"
            f"</button>"
        )
    buttons.append(
        f"<button type='button' class='action' data-act='retry' data-turn='{at}'>"
        f"{_RETRY_ICON}{plain(RETRY.of(language))}</button>"
    )
    form = ""
    if turn.answer is not None and labelled:
        buttons.append(
            f"<button type='button' class='action' data-act='wrong' aria-expanded='false' "
            f"aria-controls='feedback-{at}' title='{plain(WRONG_MORE.of(language))}'>"
            f"{_DOWN_ICON}{plain(WRONG.of(language))}</button>"
        )
        form = (
            f"<form class='feedback' id='feedback-{at}' data-form='feedback' data-turn='{at}' "
            f"hidden><label>{plain(EXPECTED.of(language))}"
            f"<textarea name='expected' rows='3' required></textarea></label>"
            f"<div><button type='submit' class='primary'>{plain(SEND_FEEDBACK.of(language))}"
            f"</button><button type='button' class='plain' data-act='wrong'>"
            f"{plain(CANCEL.of(language))}</button></div></form>"
        )
    return f"<div class='actions'>{''.join(buttons)}</div>{hidden}{form}"


def _icon(path: str) -> str:
    return (
        "<svg viewBox='0 0 20 20' width='15' height='15' fill='none' stroke='currentColor' "
        f"stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round' aria-hidden='true'>"
        f"<path d='{path}'/></svg>"
    )


_COPY_ICON = _icon("M7 7V4h9v9h-3M4 7h9v9H4z")
_LINK_ICON = _icon("M8 12l4-4M7 9l-2 2a3 3 0 0 0 4 4l2-2M13 11l2-2a3 3 0 0 0-4-4L9 7")
_RETRY_ICON = _icon("M4 10a6 6 0 1 1 2 4.5M4 5v5h5")
_MORE_ICON = _icon("M4 10h12M10 4v12")
_DOWN_ICON = _icon(
    "M4 4v8h2.500l3 4.500c1.500 0 2-1.200 1.500-2.500l-.7-2H15l1-2-1.500-5.500L13.500 4z"
)
