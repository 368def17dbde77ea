"""Real servers on reports of the tests' own: one that is open, one that asks for a login."""

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.update import update

ROOT = Path(__file__).parents[3]

REPORTS = {
    "honey.md": """---
title: 參加蜂蜜貿易會議報告
agency: 農業部
event: 2023-05-08
groups: SCCP
---

# 壹、會議過程

智利代表表示支持蜂蜜關稅調降方案，並將於 2025 年實施。
日本代表反對蜂蜜關稅調降方案，認為影響國內產業。

# 貳、心得與建議

建議持續追蹤蜂蜜關稅調降方案的後續進展。
""",
    "cards.md": """---
title: 商務旅行卡會議報告
agency: 外交部領事事務局
event: 2022-08-20
groups: BMG
---

# 一、會議過程

俄羅斯與越南審核 ABTC 申請案時常延宕，我方表達關切。

# 二、決議

會議決議於明年檢討 ABTC 的審核期限。
""",
    "containers.md": """---
title: 無紙化貨櫃申報會議報告
agency: 財政部關務署
event: 2021-03-02
---

# 一、會議過程

新加坡代表介紹無紙化貨櫃申報系統的執行成果。
""",
}


PASSWORDS = {"amy": "correct horse battery", "bob": "staple of the moon"}


@dataclass
class Server:
    """A running server."""

    url: str
    port: int
    process: "subprocess.Popen[str]"
    greeting: str
    log: list[str] = field(default_factory=list)

    @contextmanager
    def client(self, user: str | None = None) -> Iterator[httpx.Client]:
        """Give a browser's worth of cookies, logged in when a user is named."""
        with httpx.Client(base_url=self.url, timeout=30, trust_env=False) as client:
            if user is not None:
                given = {"name": user, "password": PASSWORDS[user]}
                answer = client.post("/login", data=given)
                assert answer.status_code == 200, answer.text
            yield client


Serve = Callable[..., Any]


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Start servers: each on an index of its own, ``with serving(*options) as server``."""

    @contextmanager
    def start(*options: object) -> Iterator[Server]:
        folder = tmp_path_factory.mktemp("serving")
        reports = folder / "reports"
        reports.mkdir()
        for name, text in REPORTS.items():
            (reports / name).write_text(text, encoding="utf-8")
        update([reports], folder / "index")
        process = subprocess.Popen(
            [sys.executable, "app.py", "--port", "0", "--index", str(folder / "index")]
            + [str(option) for option in options],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "HOME": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert process.stdout is not None
        assert process.stderr is not None
        greeting = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", greeting)
        if found is None:
            process.kill()
            pytest.fail(f"app.py said {greeting!r} and {process.stderr.read()!r}")
        server = Server(found[0], int(found[1]), process, greeting)
        stderr = process.stderr
        threading.Thread(
            target=lambda: server.log.extend(iter(stderr.readline, "")), daemon=True
        ).start()
        try:
            _wait(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)

    return start


def _wait(server: Server) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(retries=20), trust_env=False) as client:
        client.get(f"{server.url}/health", timeout=60)


@pytest.fixture(scope="session")
def server(serving: Serve) -> Iterator[Server]:
    """A server that nobody has to log in to, with tools for MCP clients."""
    with serving("--mcp") as started:
        yield started


@pytest.fixture(scope="session")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of two users, made with the command."""
    path = tmp_path_factory.mktemp("auth") / "users"
    for name, password in PASSWORDS.items():
        subprocess.run(
            [sys.executable, "-m", "assistant", "user", name, "--auth", str(path)],
            input=f"{password}\n",
            text=True,
            check=True,
            cwd=ROOT,
            capture_output=True,
        )
    return path


@pytest.fixture(scope="session")
def closed(serving: Serve, users: Path) -> Iterator[Server]:
    """A server that asks for a login."""
    with serving("--mcp", "--auth", users) as started:
        yield started


@pytest.fixture(scope="session")
def waiting() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine to its end; in a thread of its own, for the browser's loop runs in this."""

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, coroutine).result()

    return run
