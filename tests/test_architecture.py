"""Who may import whom, and which library may be known where."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "assistant", "eval")
MODULES = [*sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py")), ROOT / "app.py"]

# A package may import itself and what stands here.
BELOW = {
    "corpus": set(),
    "index": {"corpus"},
    "assistant": {"corpus", "index"},
    "app": {"corpus", "index", "assistant", "eval"},
    "eval": {"corpus", "index", "assistant"},
}
ONLY_IN = {
    "gradio": ("app.py", "assistant/web/", "eval/tab.py"),
    "faiss": ("index/dense.py",),
    "rank_bm25": ("index/lexical.py",),
    "torch": ("index/encoder.py", "index/training/"),
    "sentence_transformers": ("index/encoder.py", "index/rerank.py", "index/training/"),
    "matplotlib": ("eval/charts.py",),
    "ir_measures": ("eval/ranking.py",),
    "pypdfium2": ("corpus/readers/",),
    "docx": ("corpus/readers/", "assistant/export/"),
    "fpdf": ("assistant/export/pdf.py",),
    "fontTools": ("assistant/export/fonts.py",),
    "odf": ("corpus/readers/", "assistant/export/"),
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_module_imports_only_what_stands_below_it(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = imported(path) & {*PACKAGES, "app"}
    assert ours - {own} <= BELOW[own]


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_is_known_in_its_place_only(library: str) -> None:
    places = {p.relative_to(ROOT).as_posix() for p in MODULES if library in imported(p)}
    assert all(place.startswith(ONLY_IN[library]) for place in places), places
