"""The gate before every route: what is let in, from whom, how large; the rest never gets further.

Gradio brings some eighty routes along. The gate knows the few that the page and programs need and
refuses all others, so that a new version of Gradio cannot open a door that nobody looked at.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.types import Language
from assistant.web.auth import Logins, TooManyFailuresError
from assistant.web.words import Words

COOKIE = "attache_session"
LANGUAGE_COOKIE = "attache_language"
LARGEST_BODY = 8 << 20
"""Bytes of a request that is not an upload: a question, and the conversation that it stands in."""
LARGEST_UPLOAD = 64 << 20
"""Bytes of one uploaded file; a request may hold ``FILES_AT_ONCE`` of them."""
FILES_AT_ONCE = 20

BUSY = Words(
    "目前提問的人太多，請稍候幾秒再試。",
    "Too many questions are waiting just now; please try again in a few seconds.",
)

_SHOWN = r"/|/config/?|/theme\.css|/favicon\.ico|/manifest\.json|/favicon\.ico|/(?:assets|static|svelte)/.+"
_QUEUE = (
    r"queue/(?:join|data)|cancel/?|reset/?|heartbeat/[\w-]+|startup-events|info/?|app_id/?|user/?"
    r"|login_check/?|theme\.css"
)
_PAGE = r"upload|upload_progress|component_server/?|file=.+"
_PROGRAM = r"openapi\.json|call/(?:v2/)?[\w-]+(?:/\w+)?"
KNOWN = re.compile(
    rf"/|/health|/login|/logout|/manifest\.json|/favicon\.ico|/(?:zh|en|api)|/mcp"
    rf"|/(?:zh|en|api)(?:{_SHOWN}|/gradio_api/(?:{_QUEUE}))"
    rf"|/(?:zh|en)/gradio_api/(?:{_PAGE})"
    rf"|/api/gradio_api/(?:{_PROGRAM})"
)
"""All paths that are served."""
WITHOUT_LOGIN = frozenset({"/health", "/login", "/favicon.ico"})
_FOR_PROGRAMS = re.compile(r"/(?:api|mcp)(?:/.*)?")
_FILE = re.compile(r"/(?:zh|en)/gradio_api/file=(.+)")
_UPLOAD = re.compile(r"/(?:zh|en)/gradio_api/upload")
_JOIN = re.compile(r"/(zh|en|api)/gradio_api/(?:queue/join|cancel/?|component_server/?)")
_SESSION = re.compile(
    r"/(?:zh|en|api)/gradio_api/(?:queue/data|heartbeat/([\w-]+))|/api/gradio_api/call/.+/(\w{32})"
)
_CALL = re.compile(r"/api/gradio_api/call/(?:v2/)?[\w-]+/?")

# Gradio's page has scripts within it, and its charts and templates are compiled in the browser;
# what matters here is that the browser itself refuses every address but ours.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "media-src 'self' data: blob:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Doors:
    """What the gate checks against."""

    hosts: frozenset[str] | None
    """Names that this server goes by; None when it is open to other machines by any name."""
    files: Path
    """The folder of uploads and downloads, the only one that files are served from."""
    logins: Logins | None
    """None when nobody has to log in."""


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app = app
        self._doors = doors
        self._owners: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks over web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is None and self._doors.logins is not None:
            try:
                user = await run_in_threadpool(user_of, self._doors.logins, scope, headers)
            except TooManyFailuresError as error:
                refused = _refusal(HTTPStatus.TOO_MANY_REQUESTS, str(error))
                refused.headers["retry-after"] = str(error.seconds)
            else:
                scope.setdefault("state", {})["user"] = user
                if user is None and scope["path"] not in WITHOUT_LOGIN:
                    refused = _login_first(scope, headers)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        await self._let_in(scope, receive, send, headers)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """Refuse what is wrong whoever sends it."""
        host = headers.get("host", "")
        name = (urlsplit(f"//{host}").hostname or "") if host else ""
        if self._doors.hosts is not None and name not in self._doors.hosts:
            # Another site's name that leads here: its scripts would count as ours (DNS rebinding).
            return _refusal(HTTPStatus.MISDIRECTED_REQUEST, "this server does not go by that name")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return _refusal(HTTPStatus.FORBIDDEN, "requests from other sites are not served")
        if KNOWN.fullmatch(scope["path"]) is None:
            return _refusal(HTTPStatus.NOT_FOUND, "there is nothing here")
        file = _FILE.fullmatch(scope["path"])
        if file is not None and not _within(file[1], self._doors.files):
            return _refusal(HTTPStatus.FORBIDDEN, "this file is not served")
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > _largest(scope["path"]):
            return _too_large(scope)
        return None

    async def _let_in(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        path: str = scope["path"]
        user = scope.get("state", {}).get("user")
        counted = _counted(receive, _largest(path))
        joined = _JOIN.fullmatch(path)
        claimed = self._named_in_path(scope)
        if joined is not None and user is not None:
            try:
                body = await _whole(counted)
            except _TooLargeError:
                await _too_large(scope)(scope, receive, send)
                return
            claimed = _session_in(body)
            counted = _again(body, receive)
        if user is not None and claimed is not None and not self._is_owner(claimed, user, scope):
            refused = _refusal(HTTPStatus.FORBIDDEN, "this belongs to another user")
            await refused(scope, receive, _with_headers(send))
            return
        send = _with_headers(send)
        if joined is not None and joined[1] != "api":
            send = _busy_in_words(send, Language(joined[1]))
        if user is not None and (_UPLOAD.fullmatch(path) or _CALL.fullmatch(path)):
            send = self._owning(send, user)
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, sending)
        except _TooLargeError:
            if not started:
                await _too_large(scope)(scope, receive, send)

    def _named_in_path(self, scope: Scope) -> str | None:
        """Give the session or the file that a request names in its address."""
        file = _FILE.fullmatch(scope["path"])
        if file is not None:
            return file[1]
        session = _SESSION.fullmatch(scope["path"])
        if session is None:
            return None
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [None])
        return session[1] or session[2] or asked[0]

    def _is_owner(self, name: str, user: str, scope: Scope) -> bool:
        """Tell whether a session or upload is the user's; a new session becomes his."""
        if _FILE.fullmatch(scope["path"]):
            # What the server made for a download lies under a name that cannot be guessed.
            return self._owners.get(name, user) == user
        owner = self._owners.setdefault(name, user)
        self._owners.move_to_end(name)
        while len(self._owners) > 20_000:
            self._owners.popitem(last=False)
        return owner == user

    def _owning(self, send: Send, user: str) -> Send:
        """Note whose the files are that an upload's answer names, or the event of a call."""
        content = bytearray()

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.body":
                content.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    for name in _names_in(bytes(content)):
                        # Whoever uploads the same file again knows what is in it.
                        self._owners[name] = user
            await send(message)

        return noting


def user_of(logins: Logins, scope: Scope, headers: Headers) -> str | None:
    """Name who sends a request: by the session's cookie, or HTTP Basic where programs call."""
    token = cookie(headers, COOKIE)
    user = logins.user_of(token) if token else None
    if user is None and _FOR_PROGRAMS.fullmatch(scope["path"]):
        return logins.user_of_basic(headers.get("authorization", ""), address_of(scope))
    return user


def address_of(scope: Scope) -> str:
    """Give the address that a request comes from."""
    client = scope.get("client")
    return client[0] if client else ""


def cookie(headers: Headers, name: str) -> str | None:
    """Read a cookie; None when there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found is not None else None


class _TooLargeError(Exception):
    """A body that is longer than its length said, or than we take."""


def _largest(path: str) -> int:
    if _UPLOAD.fullmatch(path):
        return FILES_AT_ONCE * LARGEST_UPLOAD
    return LARGEST_BODY


def _within(named: str, folder: Path) -> bool:
    """Tell whether a file lies below a folder, links and dots followed."""
    try:
        path = Path(named)
        return (
            path.is_absolute() and ".." not in path.parts and path.resolve().is_relative_to(folder)
        )
    except (OSError, ValueError, RuntimeError):
        return False


def _counted(receive: Receive, most: int) -> Receive:
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise _TooLargeError
        return message

    return counting


async def _whole(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Give a body that has been read once more, then what follows it."""
    given = False

    async def giving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return giving


def _session_in(body: bytes) -> str | None:
    try:
        named = json.loads(body).get("session_hash")
    except (ValueError, AttributeError):
        return None
    return named if isinstance(named, str) else None


def _names_in(body: bytes) -> list[str]:
    try:
        named: Any = json.loads(body)
    except ValueError:
        return []
    if isinstance(named, dict):
        named = [named.get("event_id")]
    return [name for name in named if isinstance(name, str)] if isinstance(named, list) else []


def _with_headers(send: Send) -> Send:
    """Add the headers that hold for every answer."""

    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return adding


def _busy_in_words(send: Send, language: Language) -> Send:
    """Say that the queue is full in the page's language; Gradio would say it in English only."""
    full = False

    async def saying(message: Message) -> None:
        nonlocal full
        if message["type"] == "http.response.start":
            full = message["status"] == HTTPStatus.SERVICE_UNAVAILABLE
            if full:
                return
        if not full:
            await send(message)
        elif not message.get("more_body", False):
            # Not 503: for that the page has a sentence of its own.
            answer = JSONResponse({"detail": BUSY.of(language)}, HTTPStatus.TOO_MANY_REQUESTS)
            await send(
                {
                    "type": "http.response.start",
                    "status": answer.status_code,
                    "headers": answer.raw_headers,
                }
            )
            await send({"type": "http.response.body", "body": answer.body})

    return saying


def _login_first(scope: Scope, headers: Headers) -> Response:
    """Send a browser to the login page; tell a program how to log in."""
    path: str = scope["path"]
    page = scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", "")
    if page and not _FOR_PROGRAMS.fullmatch(path):
        query = scope["query_string"].decode("latin-1")
        wanted = f"{path}?{query}" if query else path
        return RedirectResponse(f"/login?next={quote(wanted, safe='')}", HTTPStatus.SEE_OTHER)
    refused = _refusal(HTTPStatus.UNAUTHORIZED, "log in first")
    if _FOR_PROGRAMS.fullmatch(path):
        refused.headers["www-authenticate"] = 'Basic realm="Attache", charset="UTF-8"'
    return refused


def _refusal(status: HTTPStatus, why: str) -> Response:
    return JSONResponse({"detail": why}, status)


def _too_large(scope: Scope) -> Response:
    most = _largest(scope["path"]) >> 20
    return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"expected at most {most} MB")
