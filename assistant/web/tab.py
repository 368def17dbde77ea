"""A tab of the page. Each is built by a module of its own and handed to the page by the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.types import Language
from assistant.web.site import Site
from assistant.web.words import Words


@dataclass(frozen=True, slots=True)
class Tab:
    """What stands on the tab, and the function that lays it out within ``gr.Tab``."""

    id: str
    """Short, of letters: names the tab in the page's address and its markup."""
    name: Words
    build: Callable[[Site, Language], None]
