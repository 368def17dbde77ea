"""What tests of several packages share: the sample index, the command line, the real reports."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
REAL_REPORTS = ROOT.parent / "shared" / "reports"

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Command = Callable[..., subprocess.CompletedProcess[str]]


def unavailable(what: str) -> None:
    """Skip a test of a real part that is not on this machine; in CI nothing may be missing."""
    if os.environ.get("ATTACHE_REQUIRE_ALL"):
        pytest.fail(f"{what} is missing, and ATTACHE_REQUIRE_ALL is set")
    pytest.skip(f"{what} is not on this machine")


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of the original reports, which are never part of the repository."""
    if not REAL_REPORTS.is_dir():
        pytest.skip("the original reports are not on this machine")
    return REAL_REPORTS


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder of the tests' own, in which the sample index is built once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def attache(cache: Path) -> Command:
    """Run the command line as a user does: a process of its own."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "assistant", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
            cwd=ROOT,
            env={**os.environ, "XDG_CACHE_HOME": str(cache), **environment},
        )

    return run


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a real browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        unavailable("chromium")
    assert path is not None
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A real browser, one for all tests: its library runs once in a process."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        yield started
        started.close()
