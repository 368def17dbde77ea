"""What programs call: endpoints, as the README shows them, and tools for MCP clients."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client

from corpus.types import Role

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def client(server) -> Client:
    return Client(f"{server.url}/api/", verbose=False)


def test_answer_has_the_shape_of_the_command_line(client: Client) -> None:
    answer = client.predict("誰支持蜂蜜關稅調降方案？", k=3, api_name="/ask")
    assert answer["question"] == "誰支持蜂蜜關稅調降方案？"
    assert [value["text"] for value in answer["values"]] == ["智利"]
    citation = answer["citations"][0]
    assert set(citation) >= {
        "n", "report_id", "source", "title", "section_path", "role", "page", "start", "end",
        "quote", "passage", "score",
    }  # fmt: skip
    assert citation["source"] == "honey.md"
    assert citation["section_path"] == ["壹、會議過程"]
    assert "支持蜂蜜關稅" in citation["quote"]
    assert set(answer["coverage"]) >= {"reports_searched", "reports_with_evidence"}


def test_filters_narrow_what_is_searched(client: Client) -> None:
    of_group = client.predict("審核延宕", group=["BMG"], api_name="/search")
    assert {hit["source"] for hit in of_group["hits"]} == {"cards.md"}
    since = client.predict("會議", since="2022-09", api_name="/search")
    assert {hit["source"] for hit in since["hits"]} == {"honey.md"}
    opinions = client.predict("蜂蜜", role=["opinion"], api_name="/search")
    assert {hit["role"] for hit in opinions["hits"]} == {Role.OPINION.value}
    known = client.predict(api_name="/reports")["reports"]
    chosen = next(r["report_id"] for r in known if r["source"] == "containers.md")
    one = client.predict("會議", report=[chosen], api_name="/search")
    assert {hit["report_id"] for hit in one["hits"]} == {chosen}


def test_reports_are_described(client: Client) -> None:
    reports = {r["source"]: r for r in client.predict(api_name="/reports")["reports"]}
    assert set(reports) == {"honey.md", "cards.md", "containers.md"}
    assert reports["cards.md"]["event_start"] == "2022-08-20"
    assert reports["cards.md"]["groups"] == ["BMG"]
    assert reports["cards.md"]["chunks"] >= 1


def test_briefing_cites_what_it_says(client: Client) -> None:
    briefing = client.predict(["蜂蜜關稅調降方案"], title="蜂蜜", api_name="/brief")
    assert briefing["title"] == "蜂蜜"
    assert briefing["topics"] == [{"topic": "蜂蜜關稅調降方案", "found": True}]
    assert any("智利代表表示支持" in citation["quote"] for citation in briefing["citations"])
    assert briefing["markdown"].startswith("#")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"question": "x", "since": "soon"}, "since is 'soon'; expected YEAR or YEAR-MM"),
        ({"question": "x", "role": ["poet"]}, "role is 'poet'"),
        ({"question": " "}, "the question is empty"),
        ({"question": "x", "k": 0}, "k is 0; expected 1 to 100"),
        ({"question": "x", "economy": ["Atlantis"]}, "no economy is called 'Atlantis'"),
    ],
)
def test_wrong_input_is_told_in_words(client: Client, given: dict[str, Any], told: str) -> None:
    with pytest.raises(Exception, match=re.escape(told)):
        client.predict(**given, api_name="/ask")


def test_no_event_of_the_page_is_an_endpoint(server) -> None:
    with server.client() as http:
        offered = http.get("/api/gradio_api/info").json()["named_endpoints"]
        assert set(offered) == {"/ask", "/search", "/reports", "/brief"}
        for language in ("zh", "en"):
            assert http.get(f"/{language}/gradio_api/info").json()["named_endpoints"] == {}
            assert http.post(f"/{language}/gradio_api/call/asked", json={}).status_code == 404


def test_example_of_the_readme_runs(server) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- program -->\s*```python\n(.*?)```", text, re.DOTALL)
    if found is None:
        pytest.skip("the README has no example between the marks yet")
    code = found[1].replace("http://127.0.0.1:7860", server.url)
    exec(compile(code, "README.md", "exec"), {})


async def _with_tools(url: str, work, **headers: str) -> Any:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with (
        httpx.AsyncClient(headers=headers, timeout=30, trust_env=False) as http,
        streamable_http_client(f"{url}/mcp", http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        return await work(session)


def test_mcp_client_asks_searches_and_reads_on(server, waiting) -> None:
    async def work(session) -> None:
        tools = (await session.list_tools()).tools
        assert {tool.name for tool in tools} == {"ask", "search", "read_section"}
        assert all(tool.description for tool in tools)
        asked = await session.call_tool("ask", {"question": "誰支持蜂蜜關稅調降方案？"})
        answer = asked.structuredContent
        assert not asked.isError
        assert [value["text"] for value in answer["values"]] == ["智利"]
        citation = answer["citations"][0]
        by_path = {"report_id": citation["report_id"], "section_path": citation["section_path"]}
        section = (await session.call_tool("read_section", by_path)).structuredContent
        assert citation["quote"] in section["text"]
        assert section["ref"] == f"{citation['report_id']}:{section['start']}-{section['end']}"
        span = {"report_id": citation["report_id"], "start": citation["start"]}
        cut = await session.call_tool("read_section", {**span, "end": citation["end"]})
        assert cut.structuredContent["text"] == citation["quote"]
        found = await session.call_tool("search", {"query": "ABTC", "k": 1, "group": ["BMG"]})
        assert found.structuredContent["hits"][0]["source"] == "cards.md"
        wrong = await session.call_tool("read_section", {"report_id": "nowhere"})
        assert wrong.isError
        assert "no report nowhere" in wrong.content[0].text

    waiting(_with_tools(server.url, work))


def test_mcp_tools_want_a_login_where_the_page_does(closed, waiting) -> None:
    import base64

    refused = httpx.post(f"{closed.url}/mcp", json={}, trust_env=False)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")

    async def work(session) -> list[str]:
        return [tool.name for tool in (await session.list_tools()).tools]

    coded = base64.b64encode(b"amy:correct horse battery").decode()
    assert "ask" in waiting(_with_tools(closed.url, work, Authorization=f"Basic {coded}"))


def test_program_logs_in_with_name_and_password(closed) -> None:
    client = Client(
        f"{closed.url}/api/",
        verbose=False,
        httpx_kwargs={"auth": httpx.BasicAuth("amy", "correct horse battery")},
    )
    assert len(client.predict(api_name="/reports")["reports"]) == 3


def test_answers_equal_those_of_the_assistant(client: Client, server) -> None:
    question = "俄羅斯審核 ABTC 有延宕嗎？"
    given = client.predict(question, api_name="/ask")
    again = client.predict(question, api_name="/ask")
    given.pop("took_ms")
    again.pop("took_ms")
    assert given == again
