"""The HTML document that Gradio serves, made ours before it leaves.

Gradio puts what it is given for the head into the page only after it has started. By then it has
chosen the language of its own words and painted the page light or dark.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.types import Language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HTML_LANG = {Language.ZH: "zh-TW", Language.EN: "en"}

_HERE = Path(__file__).parent
# Pictures on other hosts for those who share the page, and a manifest at an address that is ours.
_NOT_OURS = re.compile(
    rb'<meta (?:property|name)="(?:og|twitter):[^>]*>|<link rel="manifest"[^>]*>'
)


class OurDocument:
    """Middleware that changes the documents at ``/zh/`` and ``/en/``; all else passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._early = {f"/{language.value}/": _early(language) for language in Language}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, its document changed."""
        early = self._early.get(scope.get("path", "")) if scope["type"] == "http" else None
        if early is None or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def held(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            changed = _NOT_OURS.sub(b"", body).replace(b"<head>", b"<head>" + early, 1)
            headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
            length = (b"content-length", str(len(changed)).encode())
            await send({**start, "headers": [*headers, length]})
            await send({"type": "http.response.body", "body": changed})

        await self._app(scope, receive, held)


def _early(language: Language) -> bytes:
    """What goes to the top of the head."""
    icon = quote((_HERE / "favicon.svg").read_text(encoding="utf-8"))
    early, stream = (
        (_HERE / name).read_text(encoding="utf-8") for name in ("early.js", "stream.js")
    )
    named = f'const PAGE_LANGUAGE = "{language.value}", HTML_LANG = "{HTML_LANG[language]}";'
    return (
        f"<link rel='icon' href='data:image/svg+xml,{icon}'>"
        f"<script>(() => {{ {named}\n{early}\n}})();\n(() => {{ {stream}\n}})();</script>"
    ).encode()
