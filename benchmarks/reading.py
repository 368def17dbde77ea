"""How fast reports are read: pages per second of PDF, and five text reports.

    python benchmarks/reading.py [PDF ...] [--reports FOLDER] [--rounds 5]

Reads the same PDF files with a text layer in three ways, in turn within one run: ours (a whole
``read_report``: parsing in a process apart, layout, tables, outline, metadata), pdfplumber's
``extract_text``, and the bare text of pypdfium2. Without PDF files it makes one of each bundled
digest by pandoc and LibreOffice. Prints medians and ratios as Markdown.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from corpus.front_matter import cover_of
from corpus.read import discover, read_report

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read a PDF file."""

    name: str
    read: Callable[[Path], object]


def read_by_pdfplumber(path: Path) -> list[str]:
    """Text of all pages by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [page.extract_text() for page in document.pages]


def read_by_pypdfium2(path: Path) -> list[str]:
    """Text of all pages by PDFium, as it comes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


WAYS = (
    Way("Attaché, whole report", read_report),
    Way("pdfplumber, text", read_by_pdfplumber),
    Way("pypdfium2, bare text", read_by_pypdfium2),
)


def printed_digests(folder: Path) -> list[Path]:
    """The bundled digests as PDF files, made by pandoc and LibreOffice."""
    import pypandoc

    for path in REPORTS.glob("*.md"):
        lines = tuple(path.read_text(encoding="utf-8").split("\n"))
        cover, taken = cover_of(lines)
        text = "\n\n".join([*cover, "\n".join(lines[taken:])])
        pypandoc.convert_text(
            text,
            "docx",
            format="markdown-yaml_metadata_block",
            outputfile=str(folder / f"{path.stem}.docx"),
        )
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("found no LibreOffice (soffice), expected it or PDF files; name some")
    arguments = [f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    arguments += ["--convert-to", "pdf", "--outdir", str(folder)]
    files = sorted(folder.glob("*.docx"))
    subprocess.run([office, *arguments, *map(str, files)], check=True, capture_output=True)
    return sorted(folder.glob("*.pdf"))


def read_all(way: Way, paths: list[Path]) -> None:
    """Read all the files in this way."""
    for path in paths:
        way.read(path)


def seconds(read: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    read()
    return perf_counter() - start


def measure(paths: list[Path], rounds: int) -> dict[str, float]:
    """Median seconds for all files, by way; the ways take turns and share what disturbs."""
    for way in WAYS:
        way.read(paths[0])  # imports, and the process apart
    times: dict[str, list[float]] = {way.name: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            times[way.name].append(seconds(partial(read_all, way, paths)))
    return {name: statistics.median(values) for name, values in times.items()}


def table(medians: dict[str, float], pages: int) -> Iterable[str]:
    """The medians as rows of Markdown."""
    bare = medians[WAYS[-1].name]
    yield f"| way ({pages} pages) | ms a page | pages a second | times the bare text |"
    yield "|---|---|---|---|"
    for name, median in medians.items():
        speed = f"{1000 * median / pages:.2f} | {pages / median:.0f}"
        yield f"| {name} | {speed} | {median / bare:.1f} |"


def main() -> None:
    """Measure and print."""
    import pypdfium2

    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("pdf", nargs="*", type=Path)
    parser.add_argument("--reports", type=Path, default=REPORTS)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = arguments.pdf or printed_digests(Path(folder))
        pages = 0
        for path in paths:
            document = pypdfium2.PdfDocument(path)
            pages += len(document)
            document.close()
        print("\n".join(table(measure(paths, arguments.rounds), pages)))
    files = discover([arguments.reports])
    times = [
        seconds(lambda: [read_report(file.path, file.source) for file in files])
        for _ in range(arguments.rounds)
    ]
    characters = sum(len(read_report(file.path).text) for file in files)
    print(
        f"\n{len(files)} text reports ({characters:,} characters): "
        f"{statistics.median(times):.2f} s (median of {arguments.rounds})"
    )


if __name__ == "__main__":
    main()
