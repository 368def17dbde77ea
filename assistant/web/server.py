"""The server: the page in both languages, what programs call, logins and health as one application."""

from __future__ import annotations

import ipaddress
import logging
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, RedirectResponse

from assistant.types import Language
from assistant.web.ask import Feedback
from assistant.web.auth import Logins, Users
from assistant.web.document import OurDocument
from assistant.web.endpoints import build_endpoints
from assistant.web.gate import LARGEST_UPLOAD, Doors, Gate
from assistant.web.log import LOGGER
from assistant.web.login import language_of, login_routes
from assistant.web.page import build_page, looks
from assistant.web.site import Site
from assistant.web.tab import Tab
from corpus.errors import AttacheError

if TYPE_CHECKING:
    import uvicorn
    from mcp.server.fastmcp import FastMCP

AT_ONCE = 4
"""Events of one kind that run at a time; the rest wait in line."""
WAITING = 200
"""Events that may wait; who comes later is asked to try again."""
_FILES_KEPT_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Settings:
    """How the page is served."""

    host: str
    port: int
    """0 takes a free one."""
    files: Path
    """A folder of its own for uploads and downloads, removed at the end."""
    auth: Path | None = None
    """File of users; None when nobody has to log in."""
    names: tuple[str, ...] = ()
    """Further names that this server goes by, behind a proxy."""
    mcp: bool = False
    log_questions: bool = False


def build_app(
    site: Site, tabs: Sequence[Tab], settings: Settings, on_feedback: Feedback | None = None
) -> FastAPI:
    """Put everything together behind the gate; AttacheError when the file of users is no good."""
    logins = Logins(Users(settings.auth)) if settings.auth is not None else None
    tools = _tools(site) if settings.mcp else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.callback(site.close)
            stack.callback(shutil.rmtree, settings.files, ignore_errors=True)
            if tools is not None:
                await stack.enter_async_context(tools.session_manager.run())
            yield

    served = FastAPI(title="Attaché", openapi_url=None, docs_url=None, lifespan=lifespan)
    if tools is not None:
        served.router.routes.extend(tools.streamable_http_app().routes)
    if logins is not None:
        served.router.routes.extend(login_routes(logins))

    @served.get("/")
    def home(request: Request) -> RedirectResponse:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{language_of(request).value}/{query}")

    @served.get("/health")
    def health() -> dict[str, object]:
        opened = site.assistant.index
        return {
            "ok": True,
            "reports": len(opened.reports),
            "chunks": len(opened.chunks),
            "generation": site.generation,
        }

    @served.get("/manifest.json")
    def manifest() -> dict[str, str]:
        # Gradio's document asks for it at the root, wherever it is mounted.
        return {"name": "Attaché", "start_url": "/"}

    @served.get("/favicon.ico")
    def icon() -> FileResponse:
        # What a browser asks for by itself, before it has read the page.
        return FileResponse(Path(__file__).parent / "favicon.svg", media_type="image/svg+xml")

    for language in Language:
        page = build_page(site, language, tabs, on_feedback, log_out=logins is not None)
        for event in page.fns.values():
            event.api_visibility = "private"  # what programs may call stands under /api alone
        _mount(served, page, f"/{language.value}", settings, logins, looks())
    _mount(served, build_endpoints(site), "/api", settings, logins, {"footer_links": ["api"]})
    doors = Doors(_names(settings), settings.files.resolve(), logins)
    served.add_middleware(OurDocument)
    served.add_middleware(Gate, doors=doors)
    return served


def _tools(site: Site) -> FastMCP:
    try:
        from assistant.web.tools import build_tools
    except ImportError as error:
        raise AttacheError(
            "--mcp needs the mcp library; install it with: pip install 'attache[mcp]'"
        ) from error
    return build_tools(site)


def _mount(
    served: FastAPI,
    blocks: gr.Blocks,
    path: str,
    settings: Settings,
    logins: Logins | None,
    shown: dict[str, Any],
) -> None:
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    blocks.delete_cache = (_FILES_KEPT_SECONDS // 4, _FILES_KEPT_SECONDS)
    gr.mount_gradio_app(
        served,
        blocks,
        path,
        server_name=settings.host,
        server_port=settings.port,
        auth_dependency=_user if logins is not None else None,
        max_file_size=LARGEST_UPLOAD,
        show_error=False,
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        **shown,
    )


def _user(request: Request) -> str | None:
    """Name the user that the gate let in, for Gradio."""
    user: str | None = getattr(request.state, "user", None)
    return user


def serve(
    site: Site, tabs: Sequence[Tab], settings: Settings, on_feedback: Feedback | None = None
) -> None:
    """Serve until stopped, having said where. No request leaves this machine.

    AttacheError when the address cannot be listened on.
    """
    import typer
    import uvicorn

    listening = _listen(settings)
    with listening:
        served = build_app(site, tabs, settings, on_feedback)
        _log_to_standard_error(settings)
        port = listening.getsockname()[1]
        typer.echo(_greeting(settings, port))
        config = uvicorn.Config(
            served,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
            limit_concurrency=1000,
            h11_max_incomplete_event_size=64 << 10,
        )
        # Being told to end is an end like any other: what was begun is tidied up.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        _Quiet.wrap(uvicorn.Server(config)).run(sockets=[listening])


class _Quiet:
    """Open pages keep a connection each: that these are cut at the end is no error to report."""

    @staticmethod
    def wrap(server: uvicorn.Server) -> uvicorn.Server:
        ending = server.shutdown

        async def shutdown(sockets: list[socket.socket] | None = None) -> None:
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            await ending(sockets)

        server.shutdown = shutdown  # type: ignore[method-assign]
        return server


def _listen(settings: Settings) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(512)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise AttacheError(
            f"Cannot listen on {settings.host}:{settings.port}: {error.strerror or error}. "
            "Choose another with --host and --port."
        ) from error
    return listening


def _greeting(settings: Settings, port: int) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    if _is_loopback(settings.host):
        who = "this machine only; --host 0.0.0.0 --auth FILE lets others in"
    elif settings.auth is not None:
        who = "other machines too, with a login"
    else:
        who = "other machines too, WITHOUT a login; --auth FILE asks for one"
    return f"Attaché: http://{host}:{port}  ({who}; Ctrl+C stops it)"


def _names(settings: Settings) -> frozenset[str] | None:
    """Give the names to answer to: on this machine its own, elsewhere any but where told."""
    if not _is_loopback(settings.host) and not settings.names:
        return None
    own = {"127.0.0.1", "localhost", "::1", settings.host.lower()}
    return frozenset(own | {name.lower() for name in settings.names})


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _log_to_standard_error(settings: Settings) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.propagate = False
    LOGGER.setLevel(logging.DEBUG if settings.log_questions else logging.INFO)
