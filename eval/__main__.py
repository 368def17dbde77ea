"""``python -m eval``: the same as ``attache eval``."""

from assistant.cli import run
from eval.cli import app

if __name__ == "__main__":
    run(app)
