"""The index that is used when none is named: that of the bundled sample reports."""

from __future__ import annotations

from pathlib import Path

import corpus
from corpus.errors import AttacheError

REPORTS = Path(corpus.__file__).parent / "reports"
STATE = "state"
"""Folder within an index's for what users keep; nothing that builds an index touches it."""


def index_path(index: Path | None) -> Path:
    """Give the index to open: the one named, or the sample reports' in the user's cache folder.

    The latter is built on first use and brought up to date when the samples, the bundled encoder
    or the format changed, so that it is never stale after an upgrade. Reports that were uploaded
    through the page stay in it, and samples that were removed there stay out.
    """
    if index is not None:
        return index
    import platformdirs

    from assistant.library import left_out, uploaded
    from index.store import live
    from index.update import update

    path = Path(platformdirs.user_cache_dir("attache", appauthor=False)) / "samples"
    state = path / STATE
    uploads = uploaded(state)
    try:
        update([REPORTS, *uploads], path, sources=uploads, leave_out=left_out(state))
    except AttacheError as error:
        # Another process may be writing it, or it may not be written: what is there will do.
        try:
            live(path)
        except AttacheError:
            raise error from None
    return path
