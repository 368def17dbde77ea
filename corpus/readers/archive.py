"""The ZIP archive that a Word or ODF file is: opened only when it cannot harm."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from corpus.errors import AttacheError

_MOST_ENTRIES = 10_000
_LARGEST_XML = 64 << 20
_LARGEST_WHOLE = 512 << 20
_STEEPEST = 400
"""Unpacked bytes for a packed one: XML of a real report stays below 60, a bomb is above 1,000."""
_UNSUSPICIOUS = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARATION = re.compile(rb"<!ENTITY")


def check(content: bytes, name: str, kind: str, needed: str) -> None:
    """AttacheError unless the content is a sound archive that holds the part ``needed``.

    ``kind`` names the format in the message. Refused are archives that would unpack to more than
    a report can hold, password-protected ones, and XML that declares entities.
    """
    if content.startswith(_OLE):
        raise AttacheError(
            f"{name}: found a password-protected or pre-2007 Office file, expected {kind}; "
            "open it, take the password off and save it again"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, name, kind)
            if needed not in archive.NameToInfo:
                raise AttacheError(
                    f"{name}: found a ZIP archive without {needed}, expected {kind}; "
                    "give the file its true suffix"
                )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels", ".rdf")):
                    _check_xml(archive.read(entry), entry.filename, name, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise AttacheError(
            f"{name}: found a damaged or cut-off archive, expected {kind}; get the file again"
        ) from None


def _check_sizes(entries: list[zipfile.ZipInfo], name: str, kind: str) -> None:
    whole = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise AttacheError(
                f"{name}: found a password-protected archive, expected {kind} without one; "
                "save it without the password"
            )
        whole += entry.file_size
        steep = entry.file_size > max(_UNSUSPICIOUS, _STEEPEST * entry.compress_size)
        is_xml = entry.filename.endswith((".xml", ".rels", ".rdf"))
        if steep or (is_xml and entry.file_size > _LARGEST_XML):
            raise AttacheError(
                f"{name}: found {entry.filename[:80]!r}, which unpacks from "
                f"{entry.compress_size:,} to {entry.file_size:,} bytes, expected {kind}; "
                "if it is one, save it as PDF"
            )
    if len(entries) > _MOST_ENTRIES or whole > _LARGEST_WHOLE:
        raise AttacheError(
            f"{name}: found an archive of {len(entries):,} parts that unpack to {whole:,} bytes, "
            f"expected {kind} of at most {_LARGEST_WHOLE:,}; save it with fewer or smaller pictures"
        )


def _check_xml(part: bytes, part_name: str, name: str, kind: str) -> None:
    # without the NULs UTF-16 reads like ASCII
    if _DECLARATION.search(part.replace(b"\0", b"")):
        raise AttacheError(
            f"{name}: found XML entity declarations in {part_name[:80]!r}, "
            f"expected {kind}, which has none; save it again with an office program"
        )
