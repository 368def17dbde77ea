"""The index that is used when none is named: that of the bundled sample reports."""

from __future__ import annotations

from pathlib import Path

import corpus
from corpus.errors import AttacheError

REPORTS = Path(corpus.__file__).parent / "reports"


def index_path(index: Path | None) -> Path:
    """Give the index to open: the one named, or the sample reports' in the user's cache folder.

    The latter is built on first use and brought up to date when the samples, the bundled encoder
    or the format changed, so that it is never stale after an upgrade.
    """
    if index is not None:
        return index
    import platformdirs

    from index.update import update

    path = Path(platformdirs.user_cache_dir("attache", appauthor=False)) / "samples"
    try:
        update([REPORTS], path)
    except AttacheError:
        # Left by another version, or damaged: nothing in it is the user's, so make it anew.
        import shutil

        shutil.rmtree(path, ignore_errors=True)
        update([REPORTS], path)
    return path
