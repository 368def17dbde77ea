"""Tools for MCP clients; imported only when they are served, for its library is optional."""

from __future__ import annotations

from typing import Any, Literal

from mcp.server.fastmcp import Context, FastMCP
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from starlette.concurrency import run_in_threadpool

from assistant.web.endpoints import Programs, named_filters
from assistant.web.site import Site


def build_tools(site: Site) -> FastMCP:
    """Make the MCP server with its tools ask, search and read_section."""
    programs = Programs(site)
    server = FastMCP(
        "attache",
        instructions=(
            "Answers questions over meeting and trip reports with exact quotes. Every citation "
            "names its report, section and offsets; read_section gives the text around it."
        ),
        stateless_http=True,
        json_response=True,
        streamable_http_path="/mcp",
        log_level="WARNING",
        # The gate checks names and origins before; and every name is ours where all are let in.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    reading = ToolAnnotations(readOnlyHint=True, openWorldHint=False)

    @server.tool(annotations=reading)
    async def ask(
        context: Context,  # type: ignore[type-arg]
        question: str,
        k: int = 8,
        since: str | None = None,
        until: str | None = None,
        group: list[str] | None = None,
        agency: list[str] | None = None,
        economy: list[str] | None = None,
        role: list[str] | None = None,
        report: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question over the reports, in Chinese or English, with numbered citations.

        abstained is true where the reports do not tell. since and until are YEAR or YEAR-MM; group
        is a meeting group such as BMG; role is a section's, such as decisions or opinion.
        """
        request = context.request_context.request
        user = request.scope.get("state", {}).get("user") if request is not None else None
        filters = named_filters(since, until, group, agency, economy, role, report)
        return await run_in_threadpool(programs.ask, question, k, user, **filters)

    @server.tool(annotations=reading)
    async def search(
        query: str,
        mode: Literal["hybrid", "lexical", "dense"] = "hybrid",
        k: int = 10,
        since: str | None = None,
        until: str | None = None,
        group: list[str] | None = None,
        agency: list[str] | None = None,
        economy: list[str] | None = None,
        role: list[str] | None = None,
        report: list[str] | None = None,
    ) -> dict[str, Any]:
        """Rank the passages of the reports for a query, with their offsets."""
        filters = named_filters(since, until, group, agency, economy, role, report)
        return await run_in_threadpool(programs.search, query, mode, k, **filters)

    @server.tool(annotations=reading)
    async def read_section(
        report_id: str,
        section_path: list[str] | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> dict[str, Any]:
        """Read a section of a report: by its path as citations give it, or by offsets.

        Gives the text of the span, its offsets, the section's own, and ref, which cites the span.
        A long section comes in pieces: go on with start set to next_start.
        """
        return await run_in_threadpool(programs.section, report_id, section_path, start, end)

    return server
