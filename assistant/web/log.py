"""A line in the log for every question: who asked, how long it took, whether it was answered."""

from __future__ import annotations

import logging

from gradio.context import LocalContext

from assistant.types import Answer

LOGGER = logging.getLogger("attache.questions")
"""INFO: a line per question, without its text. DEBUG: with it."""


def log_question(answer: Answer, user: str | None = None) -> None:
    """Note that a question was answered; its text only when the log is set to DEBUG.

    Without ``user`` it is the one whose event Gradio is working on, if any.
    """
    if user is None:
        request = LocalContext.request.get(None)
        user = getattr(request, "username", None)
    text = f" question={answer.question.text!r}" if LOGGER.isEnabledFor(logging.DEBUG) else ""
    LOGGER.info(
        "user=%s took_ms=%.0f abstained=%s citations=%d%s",
        user or "-",
        answer.took_ms,
        "yes" if answer.abstained else "no",
        len(answer.citations),
        text,
    )
