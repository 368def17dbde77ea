"""Logging in: passwords, sessions, the brake on guessing, and what nobody gets without."""

import html
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.web.auth import (
    FAILURES,
    SESSION_SECONDS,
    WINDOW_SECONDS,
    Logins,
    Password,
    TooManyFailuresError,
    Users,
    read_users,
    set_password,
)
from corpus.errors import AttacheError


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "users"
    set_password(path, "amy", "correct horse")
    return path


def test_file_holds_no_password_and_is_for_its_owner_only(file: Path) -> None:
    assert "correct horse" not in file.read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8").startswith("amy:scrypt$")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_same_password_is_hashed_otherwise_each_time() -> None:
    one, other = Password.of("correct horse"), Password.of("correct horse")
    assert str(one) != str(other)
    assert Password.read(str(one)).is_of("correct horse")
    assert not Password.read(str(one)).is_of("correct horse ")


def test_user_is_added_beside_others_and_his_password_changed(file: Path) -> None:
    assert set_password(file, "bob", "another one") is False
    assert set_password(file, "amy", "a new password") is True
    users = Users(file)
    assert users.check("amy", "a new password")
    assert not users.check("amy", "correct horse")
    assert users.check("bob", "another one")
    assert not users.check("eve", "another one")


@pytest.mark.parametrize("name", ["", "a:b", "#a", " a", "a/b", "a\nb"])
def test_name_that_the_file_cannot_hold_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(AttacheError, match="found the name"):
        set_password(tmp_path / "users", name, "long enough")


def test_short_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AttacheError, match="expected at least 8"):
        set_password(tmp_path / "users", "amy", "short")


@pytest.mark.parametrize(
    "line", ["amy:plain", "amy:scrypt$1$8$1$AAAA$AAAA", "amy:scrypt$99999999$8$1$AAAAAAAAAAA=$AA=="]
)
def test_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "users"
    path.write_text(f"# users\n{line}\n", encoding="utf-8")
    with pytest.raises(AttacheError, match="line 2"):
        read_users(path)


def test_file_without_users_is_refused(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("\n", encoding="utf-8")
    with pytest.raises(AttacheError, match="found no user"):
        Users(tmp_path / "users")


def test_session_lasts_a_working_day_or_until_logged_out(file: Path) -> None:
    clock = Clock()
    logins = Logins(Users(file), clock)
    token = logins.log_in("amy", "correct horse", "1.2.3.4")
    other = logins.log_in("amy", "correct horse", "1.2.3.4")
    assert token is not None
    assert other is not None
    assert logins.user_of(token) == "amy"
    assert logins.user_of(token[:-1]) is None
    logins.log_out(token)
    assert logins.user_of(token) is None
    assert logins.user_of(other) == "amy"
    clock.now += SESSION_SECONDS
    assert logins.user_of(other) is None


def test_changed_password_ends_sessions(file: Path) -> None:
    logins = Logins(Users(file))
    token = logins.log_in("amy", "correct horse", "1.2.3.4")
    assert token is not None
    set_password(file, "amy", "a new password")
    assert logins.user_of(token) is None


def test_guessing_is_braked_for_that_name_and_address_only(file: Path) -> None:
    clock = Clock()
    set_password(file, "bob", "another one")
    logins = Logins(Users(file), clock)
    for _ in range(FAILURES):
        assert logins.log_in("amy", "wrong", "1.2.3.4") is None
    with pytest.raises(TooManyFailuresError) as raised:
        logins.log_in("amy", "correct horse", "1.2.3.4")
    assert 0 < raised.value.seconds <= WINDOW_SECONDS + 1
    assert logins.log_in("bob", "another one", "1.2.3.4") is not None
    assert logins.log_in("amy", "correct horse", "5.6.7.8") is not None
    clock.now += WINDOW_SECONDS + 1
    assert logins.log_in("amy", "correct horse", "1.2.3.4") is not None


def test_basic_header_is_hashed_once_for_a_program(file: Path) -> None:
    import base64

    logins = Logins(Users(file))
    header = "Basic " + base64.b64encode(b"amy:correct horse").decode()
    assert logins.user_of_basic(header, "1.2.3.4") == "amy"
    started = time.perf_counter()
    for _ in range(50):
        assert logins.user_of_basic(header, "1.2.3.4") == "amy"
    assert time.perf_counter() - started < 0.5, "scrypt takes some 50 ms each time"
    for wrong in ("Basic !", "Basic " + base64.b64encode(b"amy").decode(), "Bearer x", ""):
        assert logins.user_of_basic(wrong, "1.2.3.4") is None


# -- the server ------------------------------------------------------------------------------------

PATHS = [
    "/", "/logout", "/manifest.json", "/mcp", "/zh", "/zh/", "/en/", "/zh/config", "/zh/theme.css",
    "/zh/assets/index.js", "/zh/static/x", "/zh/gradio_api/info", "/zh/gradio_api/queue/join",
    "/zh/gradio_api/queue/data?session_hash=x", "/zh/gradio_api/upload",
    "/zh/gradio_api/upload_progress?upload_id=x", "/zh/gradio_api/file=/x",
    "/zh/gradio_api/heartbeat/x", "/zh/gradio_api/cancel", "/zh/gradio_api/component_server",
    "/zh/gradio_api/startup-events", "/zh/gradio_api/app_id", "/api/", "/api/config",
    "/api/gradio_api/info", "/api/gradio_api/openapi.json", "/api/gradio_api/call/ask",
    "/api/gradio_api/call/v2/ask", "/api/gradio_api/call/ask/abc", "/api/gradio_api/queue/join",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_served_without_a_login(closed, path: str, method: str) -> None:
    with closed.client() as client:
        answer = client.request(method, path)
        expected = 403 if "file=" in path else 401
        assert answer.status_code == expected, answer.text


def test_every_route_that_there_is_wants_a_login_or_is_not_served(closed) -> None:
    """Whatever Gradio serves, by its own list of routes."""
    import gradio as gr
    from gradio.routes import App

    with gr.Blocks() as blocks:
        gr.Textbox()
    routes = list(_paths(App.create_app(blocks).routes))
    assert len(routes) > 50
    assert "/gradio_api/upload" in routes
    with closed.client() as client:
        for route in routes:
            path = re.sub(r"\{[^}]*\}", "x", route)
            for mount in ("", "/zh", "/en", "/api"):
                for method in ("GET", "POST"):
                    answer = client.request(method, mount + path)
                    known = mount + path in ("/login", "/health", "/favicon.ico")
                    refused = answer.status_code in (401, 403, 404)
                    assert known or refused, (method, mount + path)


def _paths(routes) -> Iterator[str]:
    for route in routes:
        if hasattr(route, "path"):
            yield route.path
        else:  # a router that was included: its routes stand within it
            yield from _paths(route.original_router.routes)


def test_browser_is_sent_to_the_login_and_back(closed) -> None:
    with closed.client() as client:
        sent = client.get("/zh/?q=蜂蜜&group=BMG", headers={"Accept": "text/html"})
        assert sent.status_code == 303
        page = client.get(sent.headers["location"])
        assert page.status_code == 200
        after = re.search(r"name='next' value='([^']*)'", page.text)
        assert after is not None
        given = {"name": "amy", "password": "correct horse battery"}
        answer = client.post("/login", data={**given, "next": html.unescape(after[1])})
        link = re.search(r"<a href='([^']*)'", answer.text)
        assert link is not None
        assert html.unescape(link[1]) == "/zh/?q=%E8%9C%82%E8%9C%9C&group=BMG"
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert client.get("/zh/").status_code == 200
        assert client.get("/api/config").status_code == 200


@pytest.mark.parametrize(
    "after",
    [
        "//evil.example/",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/logout",
    ],
)
def test_login_leads_nowhere_else(closed, after: str) -> None:
    with closed.client() as client:
        given = {"name": "amy", "password": "correct horse battery", "next": after}
        assert "<a href='/'>" in client.post("/login", data=given).text


def test_login_page_fetches_nothing_and_speaks_the_browsers_language(closed) -> None:
    with closed.client() as client:
        for language, words in (("zh-TW,en;q=0.5", "密碼"), ("en-GB", "Password")):
            text = client.get("/login", headers={"Accept-Language": language}).text
            assert words in text
            assert not re.search(r"(src|href)=|url\(|@import", text)


def test_wrong_password_and_unknown_name_are_told_alike(closed) -> None:
    with closed.client() as client:
        answers = [
            client.post("/login", data={"name": name, "password": "not this one"})
            for name in ("bob", "nobody")
        ]
        assert [answer.status_code for answer in answers] == [401, 401]
        assert answers[0].text == answers[1].text
        assert "set-cookie" not in answers[0].headers


def test_login_from_another_site_is_refused(closed) -> None:
    with closed.client() as client:
        given = {"name": "amy", "password": "correct horse battery"}
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
        ):
            assert client.post("/login", data=given, headers=headers).status_code == 403


def test_logout_ends_the_session_and_not_only_the_cookie(closed) -> None:
    with closed.client("bob") as client:
        kept = dict(client.cookies)
        assert "bob" in client.get("/logout").text
        assert client.post("/logout").status_code == 303
        assert client.get("/zh/", headers={"Accept": "text/html"}).status_code == 303
        again = httpx.get(f"{closed.url}/zh/", cookies=kept, trust_env=False)
        assert again.status_code == 401


def test_health_tells_of_no_content(closed) -> None:
    with closed.client() as client:
        told = client.get("/health").json()
        assert told == {"ok": True, "reports": 3, "chunks": told["chunks"], "generation": 1}


def test_no_one_reaches_anothers_upload_or_session(closed) -> None:
    with (
        closed.client("amy") as amy,
        closed.client("bob") as bob,
    ):
        files = {"files": ("secret.md", b"# secret\n\namy's own words", "text/markdown")}
        (path,) = amy.post("/zh/gradio_api/upload", files=files).json()
        assert amy.get(f"/zh/gradio_api/file={path}").text.endswith("own words")
        refused = bob.get(f"/zh/gradio_api/file={path}")
        assert refused.status_code == 403
        assert "own words" not in refused.text
        config = amy.get("/zh/config").json()
        event = config["dependencies"][0]["id"]
        body = {"data": [], "fn_index": event, "session_hash": "amysession"}
        assert amy.post("/zh/gradio_api/queue/join", json=body).status_code in (200, 400)
        assert bob.post("/zh/gradio_api/queue/join", json=body).status_code == 403
        for path in ("queue/data?session_hash=amysession", "heartbeat/amysession"):
            assert bob.get(f"/zh/gradio_api/{path}").status_code == 403


def test_answer_of_a_program_is_not_anothers(closed) -> None:
    with (
        closed.client("amy") as amy,
        closed.client("bob") as bob,
    ):
        question = {"question": "蜂蜜"}
        event = amy.post("/api/gradio_api/call/v2/ask", json=question).json()["event_id"]
        assert bob.get(f"/api/gradio_api/call/v2/ask/{event}").status_code == 403
        assert "complete" in amy.get(f"/api/gradio_api/call/v2/ask/{event}").text
