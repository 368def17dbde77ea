"""Office files are zip archives: written so that the same content gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that an archive can record."""


def fixed(archive: bytes) -> bytes:
    """The same archive with one fixed time for every part, in the order that it has."""
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(written, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, _EARLIEST)
            # An ODF file begins with its type, which has to be legible without unpacking.
            part.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            target.writestr(part, source.read(name))
    return written.getvalue()
