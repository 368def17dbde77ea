"""Measures retrieval on data sets in BEIR form: a corpus, queries, and which answers which."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

import numpy as np

from corpus.errors import AttacheError
from eval.measures import average, ndcg, pessimistic, recall, reciprocal_rank
from index.engine import Engine
from index.fusion import reciprocal_ranks
from index.types import Encoder, Mode

CUTOFF = 10
RRF = "rrf"
"""Plain reciprocal rank fusion of the lexical and the dense ranking, for comparison."""
ALL_MODES = (*(mode.value for mode in Mode), RRF)

Progress = Callable[[str, int, int], None]
Qrels = Mapping[str, Mapping[str, int]]

_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Dataset:
    """A corpus and queries, by id, and the grades of the documents that answer each query."""

    name: str
    documents: Mapping[str, str]
    """Title and text, as they are indexed."""
    queries: Mapping[str, str]
    qrels: Qrels


@dataclass(frozen=True, slots=True)
class ModeFigures:
    """What one mode reaches, averaged over all queries; ties count against it."""

    ndcg: float
    recall: float
    reciprocal_rank: float
    p50_ms: float
    p95_ms: float

    def as_json(self) -> dict[str, Any]:
        """Give the figures by the names of their measures."""
        return {
            f"nDCG@{CUTOFF}": self.ndcg,
            f"R@{CUTOFF}": self.recall,
            f"RR@{CUTOFF}": self.reciprocal_rank,
            "latency_ms": {"p50": self.p50_ms, "p95": self.p95_ms},
        }


@dataclass(frozen=True, slots=True)
class BeirFigures:
    """What all modes reach on a data set."""

    dataset: str
    queries: int
    documents: int
    build_seconds: float
    modes: Mapping[str, ModeFigures]

    def as_json(self) -> dict[str, Any]:
        """Give the shape that ``attache eval beir --json`` prints."""
        return {
            "dataset": self.dataset,
            "queries": self.queries,
            "documents": self.documents,
            "build_seconds": self.build_seconds,
            "modes": {mode: figures.as_json() for mode, figures in self.modes.items()},
        }


def read_dataset(folder: Path, limit_docs: int | None = None) -> Dataset:
    """Read a BEIR folder: corpus.jsonl or .jsonl.gz, queries.jsonl or .gz, qrels/*.tsv.

    Of several qrels files test.tsv counts, or else all. Queries without an answer are left out.
    With ``limit_docs`` only the first documents are read, and queries with an answer among them.
    ``AttacheError`` when a file is missing or a line cannot be read.
    """
    if not folder.is_dir():
        raise AttacheError(f"no data set in {folder}: expected a folder in BEIR form")
    documents = read_documents(folder, limit_docs)
    judged = {
        query: answers
        for query, grades in _qrels(folder).items()
        if (answers := {doc: grade for doc, grade in grades.items() if grade > 0})
        and (limit_docs is None or any(doc in documents for doc in answers))
    }
    queries = {
        query["_id"]: query["text"]
        for query in _records(folder, "queries")
        if query["_id"] in judged
    }
    if not documents or not queries:
        raise AttacheError(
            f"{folder}: found {len(documents)} documents and {len(queries)} queries with an "
            "answer; expected some of each"
        )
    return Dataset(folder.resolve().name, documents, queries, judged)


def read_documents(folder: Path, limit_docs: int | None = None) -> dict[str, str]:
    """Read the corpus of a BEIR folder: title and text by id, in the order of the file."""
    documents: dict[str, str] = {}
    for document in islice(_records(folder, "corpus"), limit_docs):
        title = document.get("title") or ""
        documents[document["_id"]] = f"{title}\n{document['text']}" if title else document["text"]
    return documents


def evaluate(
    dataset: Dataset,
    encoder: Encoder,
    modes: Sequence[str] = ALL_MODES,
    progress: Progress | None = None,
) -> BeirFigures:
    """Index a data set in memory and measure each mode over all of its queries."""
    report = progress or (lambda *_: None)
    total = len(dataset.documents)
    started = perf_counter()
    engine = Engine.build(
        dataset.documents.values(),
        encoder,
        progress=lambda done: report("indexing", done, total),
    )
    built = perf_counter() - started
    ids = tuple(dataset.documents)
    return BeirFigures(
        dataset.name,
        len(dataset.queries),
        total,
        built,
        {mode: _measure(dataset, engine, ids, mode, report) for mode in modes},
    )


def _measure(
    dataset: Dataset, engine: Engine, ids: Sequence[str], mode: str, report: Progress
) -> ModeFigures:
    search = _rrf if mode == RRF else _search
    runs, milliseconds = {}, []
    search(engine, next(iter(dataset.queries.values())), mode)  # loads what is loaded late
    for number, (query, text) in enumerate(dataset.queries.items(), start=1):
        started = perf_counter()
        found = search(engine, text, mode)
        milliseconds.append(1000 * (perf_counter() - started))
        scored = [(ids[row], score) for row, score in found]
        runs[query] = pessimistic(scored, dataset.qrels[query])
        report(f"searching, {mode}", number, len(dataset.queries))
    pairs = [(runs[query], dataset.qrels[query]) for query in dataset.queries]
    p50, p95 = np.percentile(milliseconds, [50, 95]).tolist()
    return ModeFigures(
        average(ndcg(run, grades, CUTOFF) for run, grades in pairs),
        average(recall(run, grades, CUTOFF) for run, grades in pairs),
        average(reciprocal_rank(run, grades, CUTOFF) for run, grades in pairs),
        p50,
        p95,
    )


def _search(engine: Engine, query: str, mode: str) -> list[tuple[int, float]]:
    return [(hit.row, hit.score) for hit in engine.search(query, Mode(mode), _DEPTH)]


def _rrf(engine: Engine, query: str, _: str) -> list[tuple[int, float]]:
    legs = [engine.search(query, mode, _DEPTH) for mode in (Mode.LEXICAL, Mode.DENSE)]
    scores = reciprocal_ranks([[hit.row for hit in leg] for leg in legs])
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))


def _records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    plain, packed = folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"
    path = plain if plain.is_file() else packed
    if not path.is_file():
        raise AttacheError(f"{folder}: found no {plain.name} or {packed.name}; expected BEIR form")
    with _text(path) as lines:
        for number, line in enumerate(_readable(lines, path), start=1):
            if not line.strip():
                continue
            yield _record(line, f"{path}, line {number}")


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise AttacheError(
            f"{where}: found {line[:60]!r}, which is not JSON ({error}); expected an object with "
            '"_id" and "text"'
        ) from error
    if not isinstance(record, dict):
        raise AttacheError(
            f'{where}: found {line[:60]!r}; expected an object with "_id" and "text"'
        )
    for field in ("_id", "text", "title"):
        value = record.get(field, "" if field == "title" else None)
        is_left_out = field == "title" and value is None
        if not is_left_out and (not isinstance(value, str) or (field == "_id" and not value)):
            found = json.dumps(value)[:60] if field in record else "no such field"
            raise AttacheError(f'{where}, field "{field}": found {found}; expected text')
    return record


def _text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _readable(lines: Iterable[str], path: Path) -> Iterator[str]:
    try:
        yield from lines
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise AttacheError(f"{path} cannot be read ({error}); expected UTF-8 lines") from error


def _qrels(folder: Path) -> dict[str, dict[str, int]]:
    files = sorted((folder / "qrels").glob("*.tsv"))
    test = [file for file in files if file.name == "test.tsv"]
    if not files:
        raise AttacheError(f"{folder}: found no qrels/*.tsv; expected BEIR form")
    qrels: dict[str, dict[str, int]] = {}
    for path in test or files:
        with _text(path) as lines:
            for number, line in enumerate(_readable(lines, path), start=1):
                columns = line.rstrip("\r\n").split("\t")
                if not line.strip() or (number == 1 and not _is_whole(columns[-1])):
                    continue  # the first line names the columns, where it is no judgement
                where = f"{path}, line {number}"
                if len(columns) != 3:
                    raise AttacheError(
                        f"{where}: found {line[:60]!r}; expected query-id, corpus-id and score "
                        "between tabs"
                    )
                query, document, grade = columns
                if not _is_whole(grade):
                    raise AttacheError(
                        f'{where}, field "score": found {grade[:60]!r}; expected a whole number'
                    )
                qrels.setdefault(query, {})[document] = int(grade)
    return qrels


def _is_whole(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,9}", text.strip()) is not None
