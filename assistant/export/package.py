"""Office files are zip archives: written so that the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that an archive can record."""


def canonical(part: bytes) -> bytes:
    """An XML part with the namespaces that it uses, and all in the one order that C14N gives."""
    from lxml import etree

    root = etree.fromstring(part)
    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, method="c14n")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written


def fixed(archive: bytes, written_as: Callable[[bytes], bytes] = lambda part: part) -> bytes:
    """The same archive with one fixed time for every part, in the order that it has.

    ``written_as`` gives the XML parts the form that they are written in.
    """
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(written, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, _EARLIEST)
            # An ODF file begins with its type, which has to be legible without unpacking.
            part.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            content = source.read(name)
            target.writestr(part, written_as(content) if name.endswith(".xml") else content)
    return written.getvalue()
