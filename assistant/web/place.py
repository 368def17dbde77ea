"""A place in a report, as a link names it: ``<report id>:<start>-<end>``, or a page of it.

The name holds as long as the report is unchanged: its id is made from its content, so a restart
of the program or other reports beside it do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_FORM = re.compile(r"#?([0-9a-f]{12}):(\d{1,9})-(\d{1,9})(?:/page(?:=(\d{1,5}))?)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a report's text, and whether its page is to be shown as a picture."""

    report_id: str
    start: int
    end: int
    """Equal to ``start`` where nothing is quoted."""
    as_page: bool = False
    page: int | None = None
    """The page to show; None for the one that the span is on."""

    def __str__(self) -> str:
        text = f"{self.report_id}:{self.start}-{self.end}"
        if not self.as_page:
            return text
        return f"{text}/page" + (f"={self.page}" if self.page is not None else "")

    def text(self) -> Place:
        """The same place in the text."""
        return replace(self, as_page=False, page=None)

    def on_page(self, page: int | None = None) -> Place:
        """The same place on the picture of a page."""
        return replace(self, as_page=True, page=page)


def read_place(link: str) -> Place | None:
    """Read the name of a place, with or without ``#``; None when it is none."""
    match = _FORM.fullmatch(link)
    if match is None:
        return None
    page = int(match[4]) if match[4] else None
    return Place(match[1], int(match[2]), int(match[3]), "/page" in link, page)
