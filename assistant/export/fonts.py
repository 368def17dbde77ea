"""A font for Chinese that is installed on this machine, made fit to stand in a PDF."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.errors import AttacheError

ENVIRONMENT = "ATTACHE_FONT"
"""Names a font file to use before any other."""

_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
_FILES = (
    ("kaiu.ttf", "kaiu.ttf"),
    ("TW-Kai-98_1.ttf", "TW-Kai-98_1.ttf"),
    ("edukai-5.0.ttf", "edukai-5.0.ttf"),
    ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"),
    ("NotoSerifTC-Regular.otf", "NotoSerifTC-Bold.otf"),
    ("SourceHanSerifTC-Regular.otf", "SourceHanSerifTC-Bold.otf"),
    ("SourceHanSerif-Regular.ttc", "SourceHanSerif-Bold.ttc"),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("NotoSansTC-Regular.otf", "NotoSansTC-Bold.otf"),
    ("SourceHanSansTC-Regular.otf", "SourceHanSansTC-Bold.otf"),
    ("msjh.ttc", "msjhbd.ttc"),
    ("mingliu.ttc", "mingliu.ttc"),
    ("ukai.ttc", "ukai.ttc"),
    ("uming.ttc", "uming.ttc"),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc"),
    ("Songti.ttc", "Songti.ttc"),
)
"""Regular and bold, the government's 標楷體 first."""
_WANTED_FACES = (" TC", " TW", " HK")
"""Of a collection, the face whose name holds one of these is taken: Taiwan's forms of characters."""
_UNITS_OFF = 1.0
"""Units of the em that a curve may be off when it is made a TrueType one."""

_ZEROES = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxComponentDepth",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
)
"""What a TrueType font says of its instructions, of which ours has none."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and which of its faces."""

    path: Path
    number: int


@cache
def faces() -> tuple[Face, Face]:
    """The regular and the bold face to use; ``AttacheError`` when no font for Chinese is found."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise AttacheError(f"{ENVIRONMENT} names {named}, which is no file")
        return _face(path), _face(path)
    installed = _installed()
    for regular, bold in _FILES:
        if regular.casefold() in installed:
            first = installed[regular.casefold()]
            return _face(first), _face(installed.get(bold.casefold(), first))
    raise AttacheError(
        "a PDF needs a font for Chinese, and none is installed; install one (Debian: "
        f"fonts-noto-cjk; or 標楷體), name a font file in {ENVIRONMENT}, or write .odt or .docx"
    )


@lru_cache(maxsize=8)
def embeddable(face: Face, characters: frozenset[str]) -> bytes:
    """A TrueType font of these characters alone; the same bytes for the same font and characters.

    Fonts with PostScript curves are made TrueType ones, which every PDF reader shows.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(face.path, fontNumber=face.number, lazy=True, recalcTimestamp=False)
    options = Options()
    options.layout_features = []
    # Outlines of the other kind are drawn anew, and lose their hints by that.
    options.hinting = "CFF " in font
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "DSIG", "STAT", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in characters | {" "}])
    subsetter.subset(font)
    if "CFF " in font:
        _make_truetype(font)
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def _make_truetype(font: Any) -> None:
    """Put quadratic outlines in the place of the cubic ones."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _UNITS_OFF, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = order, drawn
    del font["CFF "]
    maximum = font["maxp"]
    maximum.tableVersion = 0x00010000
    for name in _ZEROES:
        setattr(maximum, name, 0)
    maximum.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    table.compile(font)
    maximum.recalc(font)


def _face(path: Path) -> Face:
    from fontTools.ttLib import TTCollection

    if path.suffix.lower() != ".ttc":
        return Face(path, 0)
    with TTCollection(str(path), lazy=True) as collection:
        for number, font in enumerate(collection.fonts):
            name = f"{font['name'].getDebugName(1)} "
            if any(f"{wanted} " in name for wanted in _WANTED_FACES):
                return Face(path, number)
    return Face(path, 0)


def _installed() -> dict[str, Path]:
    """Font files by their names in lower case; a user's own before the system's."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        home = Path(folder).expanduser()
        if home.is_dir():
            for path in sorted(home.rglob("*.tt[cf]")) + sorted(home.rglob("*.otf")):
                found.setdefault(path.name.casefold(), path)
    return found
