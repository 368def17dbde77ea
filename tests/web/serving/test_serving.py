"""What the server lets in, how large, how many at once; and what it never shows."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.types import Language
from assistant.web.gate import BUSY, LARGEST_BODY, LARGEST_UPLOAD

ROOT = Path(__file__).parents[3]


def test_it_says_where_it_listens_and_how_to_change_that(server, closed) -> None:
    assert server.greeting.count("\n") == 1
    assert f"http://127.0.0.1:{server.port}" in server.greeting
    assert "--host" in server.greeting
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((_own_address(), server.port), timeout=5)


def _own_address() -> str:
    """An address of this machine that is not the loopback's, or else another loopback address."""
    found = socket.gethostbyname(socket.gethostname())
    return "127.0.0.2" if found.startswith("127.") else found


def test_taken_port_is_told_in_one_line(server) -> None:
    told = subprocess.run(
        [sys.executable, "app.py", "--port", str(server.port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "--port" in told.stderr


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.8"}, "zh"),
        ({"Accept-Language": "en-US,en;q=0.9"}, "en"),
        ({"Accept-Language": "fr-FR, en;q=0.5"}, "en"),
        ({}, "zh"),
        ({"Accept-Language": "en", "Cookie": "attache_language=zh"}, "zh"),
    ],
)
def test_root_leads_to_the_page_in_the_users_language(server, headers, language) -> None:
    with server.client() as client:
        client.headers.pop("accept-language", None)
        sent = client.get("/?q=%E8%9C%82%E8%9C%9C", headers=headers)
        assert sent.headers["location"] == f"/{language}/?q=%E8%9C%82%E8%9C%9C"
        assert client.get(sent.headers["location"]).status_code == 200


def test_health_is_json(server) -> None:
    with server.client() as client:
        assert client.get("/health").json()["ok"] is True


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/zh/gradio_api/file=/etc/passwd",
        "/zh/gradio_api/file=../../../../etc/passwd",
        "/zh/gradio_api/file=%2e%2e/%2e%2e/etc/passwd",
        "/zh/gradio_api/file={files}/../../etc/passwd",
        "/zh/gradio_api/file={root}/pyproject.toml",
        "/zh/gradio_api/file=http://127.0.0.1:1/",
        "/zh/gradio_api/file=https://example.org/",
        "/zh/gradio_api/file/etc/passwd",
        "/zh/gradio_api/proxy=https://example.org/",
        "/zh/static/../../../pyproject.toml",
        "/zh/static/%2e%2e/%2e%2e/%2e%2e/pyproject.toml",
        "/zh/assets/%2e%2e/%2e%2e/routes.py",
        "/zh/svelte/..%2f..%2froutes.py",
        "/zh/monitoring",
        "/zh/gradio_api/vibe-code",
        "/zh/gradio_api/runs",
        "/zh/gradio_api/deep_link?session_hash=x",
        "/docs",
        "/openapi.json",
    ],
)
def test_nothing_outside_is_served(server, path: str) -> None:
    with server.client() as client:
        files = client.post("/zh/gradio_api/upload", files={"files": ("a.md", b"x")}).json()
        path = path.replace("{files}", str(Path(files[0]).parent)).replace("{root}", str(ROOT))
        # Written to the wire as it is: a client would tidy the dots away.
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as wire:
            request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            wire.sendall(request.encode())
            answer = b"".join(iter(lambda: wire.recv(65536), b""))
    assert answer.split()[1] in (b"403", b"404", b"400"), answer[:300]
    assert b"root:" not in answer
    assert b"[project]" not in answer
    assert b"import" not in answer


def test_link_among_uploads_leads_nowhere(server) -> None:
    with server.client() as client:
        (path,) = client.post("/zh/gradio_api/upload", files={"files": ("a.md", b"mine")}).json()
        link = Path(path).with_name("link.md")
        link.symlink_to("/etc/passwd")
        assert client.get(f"/zh/gradio_api/file={path}").content == b"mine"
        assert client.get(f"/zh/gradio_api/file={link}").status_code == 403


def test_upload_with_a_path_for_a_name_stays_in_its_folder(server) -> None:
    with server.client() as client:
        for name in ("../../../../tmp/attache-evil.md", "/tmp/attache-evil.md", "..\\evil.md"):
            answer = client.post("/zh/gradio_api/upload", files={"files": (name, b"x")})
            if answer.status_code == 200:
                (path,) = answer.json()
                assert Path(path).resolve().parts[:3] == Path(path).parts[:3]
                assert "attache-" in Path(path).parts[2]
        assert not Path("/tmp/attache-evil.md").exists()


def test_event_cannot_be_handed_a_file_of_the_server(server) -> None:
    """What is said to be an upload must be one."""
    with server.client() as client:
        config = client.get("/zh/config").json()
        box = next(
            c["id"] for c in config["components"] if c["props"].get("elem_id") == "reports-add"
        )
        event = next(d for d in config["dependencies"] if d["inputs"] == [box])
        file = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
        body = {"data": [[file]], "fn_index": event["id"], "session_hash": "thief"}
        assert client.post("/zh/gradio_api/queue/join", json=body).status_code == 200
        told = ""
        with client.stream("GET", "/zh/gradio_api/queue/data?session_hash=thief") as stream:
            for line in stream.iter_lines():
                told += line
                if "process_completed" in line:
                    break
        assert '"success": false' in told or '"success":false' in told
        assert "root:" not in told
        assert len(client.get("/health").json()) == 4


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", ""]
)
def test_other_names_for_this_machine_are_refused(server, host: str) -> None:
    with server.client() as client:
        assert client.get("/zh/", headers={"Host": host}).status_code in (400, 421)


def test_requests_of_other_sites_are_refused(server) -> None:
    with server.client() as client:
        for origin in ("https://evil.example", "null", f"http://127.0.0.1:{server.port + 1}"):
            sent = client.post(
                "/api/gradio_api/call/v2/ask", json={"question": "x"}, headers={"Origin": origin}
            )
            assert sent.status_code == 403
        own = {"Origin": server.url}
        sent = client.post("/api/gradio_api/call/v2/ask", json={"question": "x"}, headers=own)
        assert sent.status_code == 200
        assert "access-control-allow-origin" not in {*sent.headers} or (
            sent.headers["access-control-allow-origin"] == server.url
        )


def test_page_may_fetch_from_here_alone(server) -> None:
    with server.client() as client:
        policy = client.get("/zh/").headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy


def test_large_request_is_refused_by_its_length_and_by_its_body(server) -> None:
    with server.client() as client:
        question = {"question": "x" * (LARGEST_BODY + 1)}
        assert client.post("/api/gradio_api/call/v2/ask", json=question).status_code == 413

        def endless():
            for _ in range(LARGEST_BODY // (1 << 20) + 2):
                yield b"x" * (1 << 20)

        sent = client.post(
            "/api/gradio_api/call/v2/ask",
            content=endless(),
            headers={"Content-Type": "application/json"},
        )
        assert sent.status_code in (400, 413)


def test_large_upload_is_refused(server) -> None:
    with server.client() as client:
        content = b"x" * (LARGEST_UPLOAD + 1)
        sent = client.post("/zh/gradio_api/upload", files={"files": ("a.md", content)})
        assert sent.status_code == 413


def test_log_has_a_line_per_question_without_its_text(server) -> None:
    with server.client() as client:
        before = len(server.log)
        question = {"question": "誰支持蜂蜜關稅調降方案？"}
        event = client.post("/api/gradio_api/call/v2/ask", json=question).json()["event_id"]
        client.get(f"/api/gradio_api/call/v2/ask/{event}")
        deadline = time.monotonic() + 5
        while len(server.log) == before and time.monotonic() < deadline:
            time.sleep(0.05)
    (line,) = [line for line in server.log[before:] if "attache.questions" in line]
    assert "took_ms=" in line
    assert "abstained=no" in line
    assert "citations=" in line
    assert "蜂蜜" not in "".join(server.log)


def test_log_tells_the_user_and_the_text_when_asked_to(serving, users) -> None:
    with serving("--auth", users, "--log-questions") as server, server.client("amy") as client:
        event = client.post("/api/gradio_api/call/v2/ask", json={"question": "蜂蜜？"}).json()
        client.get(f"/api/gradio_api/call/v2/ask/{event['event_id']}")
        deadline = time.monotonic() + 5
        while not server.log and time.monotonic() < deadline:
            time.sleep(0.05)
        assert "user=amy" in server.log[-1]
        assert "蜂蜜" in server.log[-1]


@pytest.mark.parametrize("language", Language)
def test_full_queue_is_told_in_the_pages_language(waiting, language: Language) -> None:
    """Gradio would say it in English only, with a status that its page has its own words for."""
    from starlette.responses import JSONResponse

    from assistant.web.gate import Doors, Gate

    async def full(scope, receive, send) -> None:
        await JSONResponse({"detail": "Queue is full."}, 503)(scope, receive, send)

    sent = []

    async def send(message) -> None:
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"{}"}

    scope = {
        "type": "http",
        "method": "POST",
        "path": f"/{language.value}/gradio_api/queue/join",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")],
    }
    gate = Gate(full, Doors(None, Path("/nowhere"), None))
    waiting(gate(scope, receive, send))
    assert sent[0]["status"] == 429
    assert json.loads(sent[1]["body"]) == {"detail": BUSY.of(language)}


def test_everything_it_wrote_for_the_page_is_gone_when_it_ends(serving) -> None:
    with serving() as server, server.client() as client:
        (path,) = client.post("/zh/gradio_api/upload", files={"files": ("a.md", b"x")}).json()
        assert Path(path).exists()
        own = Path(path).parents[2]
        assert own.name.startswith("attache-")
        assert own.stat().st_mode & 0o077 == 0
    assert not own.exists()
    assert "Traceback" not in "".join(server.log)
