"""An assistant over the bundled sample reports."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.samples import REPORTS
from index.retriever import open_index
from index.update import update


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("samples")
    update([REPORTS], folder)
    return Assistant(open_index(folder))


@pytest.fixture(scope="session")
def real_assistant(tmp_path_factory: pytest.TempPathFactory, real_reports: Path) -> Assistant:
    folder = tmp_path_factory.mktemp("real")
    update([real_reports], folder)
    return Assistant(open_index(folder))
