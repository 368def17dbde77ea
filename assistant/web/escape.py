"""The one door by which text of reports and users gets into HTML."""

from __future__ import annotations

# Braces and dollars mean something to Gradio's templates. They are values there, which are not
# read as templates; written as references they could not be even if that changed.
_REFERENCES = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'`{}$"}


def plain(text: str) -> str:
    """Write text so that it is shown as it is, within an element or a quoted attribute."""
    return text.translate(_REFERENCES)
