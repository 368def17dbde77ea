"""How fast passages are indexed and found, beside others, and in how much memory.

    python benchmarks/retrieval.py BEIR_FOLDER [--sizes 1000 10000 100000 214012] [--queries 200]

Takes the first passages of a BEIR folder in several sizes. Lexical search: ours, rank_bm25's own
class and bm25s (to be installed beside), over the same terms and the same queries, which are
beginnings of passages. Dense search: FAISS's flat index and the kind ours takes at that size, by
the folder's own queries, with recall against exact search. Ours as a whole: everything built from
the texts and stored, opened by another process, and searched by queries of both sorts, with their
encoding and expansion. Every contender has a process of its own, so that its peak memory (all of
the process) is its own. Progress goes to standard error, tables in Markdown to standard output.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
SIZES = (1_000, 10_000, 100_000, 214_012)
K = 10
SECONDS_FOR_QUERIES = 30.0
"""A contender that is slower answers only as many queries as it can in this time."""
QUERY_LENGTH = 24

Measured = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What all contenders share, made once: terms, vectors and queries, as files in a folder."""

    folder: Path

    def save(self, texts: Sequence[str], questions: Sequence[str], queries: int) -> None:
        """Compute terms and vectors of all texts, and choose the queries."""
        from index.encoder import load_encoder
        from index.text import query_terms, terms

        encoder, numbers = load_encoder(), dict[str, int]()
        ids, starts = [], [0]
        for at, text in enumerate(texts):
            if at % 1024 == 0:
                progress("terms", at, len(texts))
            found = [numbers.setdefault(term, len(numbers)) for term in terms(text)]
            ids.append(np.array(found, dtype=np.int32))
            starts.append(starts[-1] + len(found))
        np.save(self.folder / "ids.npy", np.concatenate(ids))
        np.save(self.folder / "starts.npy", np.array(starts))
        progress("vectors", 0, len(texts))
        np.save(self.folder / "vectors.npy", encoder.encode_passages(texts))
        np.save(self.folder / "queries.npy", encoder.encode_queries(questions[:queries]))
        step = max(1, SIZES[0] // queries)
        beginnings = [text.split("\n")[-1][:QUERY_LENGTH] for text in texts[: SIZES[0] : step]]
        self._write("terms", list(numbers))
        self._write("beginnings", beginnings[:queries])
        self._write("questions", list(questions[:queries]))
        self._write("asked", [query_terms(text) for text in beginnings[:queries]])

    def read(self, name: str) -> list[Any]:
        """Read one of the lists."""
        content: list[Any] = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        return content

    def array(self, name: str) -> Any:
        """Map one of the arrays."""
        return np.load(self.folder / f"{name}.npy", mmap_mode="r")

    def passages(self, size: int) -> Iterator[list[str]]:
        """Yield the first passages as terms."""
        words, ids, starts = self.read("terms"), self.array("ids"), self.array("starts")
        for at in range(size):
            yield [words[number] for number in ids[starts[at] : starts[at + 1]].tolist()]

    def _write(self, name: str, content: list[Any]) -> None:
        text = json.dumps(content, ensure_ascii=False)
        (self.folder / f"{name}.json").write_text(text, encoding="utf-8")


def terms_alone(prepared: Prepared, size: int) -> Measured:
    """Go through the terms and keep nothing: what all lexical contenders have in common."""
    return {"build": seconds(lambda: sum(map(len, prepared.passages(size))))}


def lexical_ours(prepared: Prepared, size: int) -> Measured:
    """Our lexical index."""
    from index.lexical import LexicalIndex

    return _lexical(prepared, lambda: LexicalIndex(prepared.passages(size)))


def lexical_rank_bm25(prepared: Prepared, size: int) -> Measured:
    """The class of rank_bm25 itself."""
    from rank_bm25 import BM25Okapi

    return _lexical(prepared, lambda: BM25Okapi(prepared.passages(size)))


def _lexical(prepared: Prepared, build: Callable[[], Any]) -> Measured:
    from index.lexical import best_rows

    start = perf_counter()
    made = build()
    built = perf_counter() - start
    asked = prepared.read("asked")
    times = latencies(lambda terms: best_rows(made.get_scores(terms), K, None), asked)
    digests = [sha256(made.get_scores(terms).tobytes()).hexdigest() for terms in asked[:CHECKED]]
    return {"build": built, "ms": times, "digests": digests}


def lexical_bm25s(prepared: Prepared, size: int) -> Measured:
    """The library bm25s, with scores computed beforehand."""
    import bm25s

    start = perf_counter()
    numbers: dict[str, int] = {}
    ids = [
        [numbers.setdefault(term, len(numbers)) for term in passage]
        for passage in prepared.passages(size)
    ]
    made = bm25s.BM25(k1=1.5, b=0.75)
    made.index(bm25s.tokenization.Tokenized(ids=ids, vocab=numbers), show_progress=False)
    built = perf_counter() - start
    asked = [[term for term in terms if term in numbers] for terms in prepared.read("asked")]

    def search(terms: Sequence[str]) -> object:
        return made.retrieve([terms], k=K, show_progress=False)

    return {"build": built, "ms": latencies(search, [terms for terms in asked if terms])}


def dense_flat(prepared: Prepared, size: int) -> Measured:
    """FAISS's flat index."""
    import faiss

    from index.dense import DenseIndex

    def build(vectors: Any) -> DenseIndex:
        made = faiss.IndexFlatIP(vectors.shape[1])
        made.add(vectors)
        faiss.omp_set_num_threads(1)
        return DenseIndex(made)

    return _dense(prepared, size, build)


def dense_ours(prepared: Prepared, size: int) -> Measured:
    """The kind of index that ours takes at this size."""
    from index.dense import DenseIndex

    return _dense(prepared, size, DenseIndex.build)


def _dense(prepared: Prepared, size: int, build: Callable[[Any], Any]) -> Measured:
    from index.dense import recall_of

    vectors = np.array(prepared.array("vectors")[:size])
    queries = np.array(prepared.array("queries"))
    start = perf_counter()
    made = build(vectors)
    built = perf_counter() - start
    times = latencies(lambda query: made.search(query, K), list(queries))
    peak = peak_mb()
    return {
        "build": built,
        "ms": times,
        "peak": peak,
        "recall": recall_of(made, vectors, queries, K),
    }


def whole_build(prepared: Prepared, size: int, folder: Path) -> Measured:
    """Ours as a whole, from the texts of a BEIR folder to what is stored."""
    from eval.beir import read_documents
    from index.encoder import load_encoder
    from index.engine import Engine
    from index.retriever import gazetteer_synonyms

    start = perf_counter()
    engine = Engine.build(
        read_documents(folder, size).values(),
        load_encoder(),
        synonyms=gazetteer_synonyms(),
        progress=lambda done: progress(f"indexing {size:,}", done, size),
    )
    engine.save(stored(prepared, size))
    return {"build": perf_counter() - start}


def whole_search(prepared: Prepared, size: int) -> Measured:
    """Ours as a whole, opened and searched."""
    from index.encoder import load_encoder
    from index.engine import Engine
    from index.retriever import gazetteer_synonyms

    synonyms = gazetteer_synonyms()
    start = perf_counter()
    engine = Engine.open(stored(prepared, size), load_encoder(), synonyms)
    opened = perf_counter() - start
    same = latencies(lambda query: engine.search(query, k=K), prepared.read("beginnings"))
    across = latencies(lambda query: engine.search(query, k=K), prepared.read("questions"))
    return {"open": opened, "ms": same, "across": across}


def stored(prepared: Prepared, size: int) -> Path:
    """Give the folder of our index of this size."""
    folder = prepared.folder / f"engine-{size}"
    folder.mkdir(exist_ok=True)
    return folder


LEXICAL = {
    "terms alone": terms_alone,
    "ours": lexical_ours,
    "rank_bm25": lexical_rank_bm25,
    "bm25s": lexical_bm25s,
}
DENSE = {"FAISS flat": dense_flat, "ours": dense_ours}
CHECKED = 20
"""Of so many queries the scores of ours and of rank_bm25 are compared, bit by bit."""


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def latencies(search: Callable[[Any], object], queries: Sequence[Any]) -> list[float]:
    """Milliseconds of each query, one after another; the first is asked once before."""
    search(queries[0])
    started, times = perf_counter(), list[float]()
    for query in queries:
        times.append(1000 * seconds(partial(search, query)))
        if perf_counter() - started > SECONDS_FOR_QUERIES and len(times) >= CHECKED:
            break
    return times


def peak_mb() -> float:
    """The most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def progress(what: str, done: int, total: int) -> None:
    """Tell on standard error how far it is, about at each tenth."""
    if done == total or done * 10 // total != (done - 1024) * 10 // total:
        print(f"  {what}: {done:,} of {total:,}", file=sys.stderr, flush=True)


def apart(task: str, arguments: argparse.Namespace, work: Path, size: int) -> Measured:
    """Run one task in a process of its own, and give what it measured."""
    print(f"{task}, {size:,} passages", file=sys.stderr, flush=True)
    command = [sys.executable, __file__, str(arguments.folder), "--queries", str(arguments.queries)]
    command += ["--task", task, "--work", str(work), "--sizes", str(size)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: Measured = json.loads(ran.stdout)
    return measured


def run_task(arguments: argparse.Namespace) -> Measured:
    """Do what ``apart`` asked this process for."""
    prepared, (size,) = Prepared(arguments.work), arguments.sizes
    group, _, name = arguments.task.partition(": ")
    if group == "prepare":
        from eval.beir import read_dataset

        dataset = read_dataset(arguments.folder)
        texts = list(dataset.documents.values())[:size]
        prepared.save(texts, list(dataset.queries.values()), arguments.queries)
        return {"size": len(texts)}
    if group == "build":
        measured = whole_build(prepared, size, arguments.folder)
    elif group == "search":
        measured = whole_search(prepared, size)
    else:
        measured = (LEXICAL if group == "lexical" else DENSE)[name](prepared, size)
    return {"peak": peak_mb()} | measured


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of Markdown."""
    for cells in (heads, ["---"] * len(heads), *rows):
        print(f"| {' | '.join(cells)} |")
    print(flush=True)


def row(size: int, name: str, measured: Measured) -> list[str]:
    """Lay out what was measured of one contender."""
    cells = [f"{size:,}", name, f"{measured['build']:.2f}", f"{measured['peak']:,.0f}"]
    return [*cells, *percentiles(measured.get("ms"))]


def percentiles(times: Sequence[float] | None) -> list[str]:
    """Give median and 95th percentile."""
    if not times:
        return ["–", "–"]
    return [f"{each:.2f}" for each in np.percentile(times, [50, 95])]


def compare_lexical(arguments: argparse.Namespace, work: Path, sizes: Sequence[int]) -> None:
    """Measure lexical search; print the table, ratios, and whether scores are equal."""
    rows, told = [], []
    for size in sizes:
        found = {name: apart(f"lexical: {name}", arguments, work, size) for name in LEXICAL}
        rows += [row(size, name, measured) for name, measured in found.items()]
        ours, theirs = found["ours"], found["rank_bm25"]
        shared = len(theirs["ms"])
        ratio = float(np.median(theirs["ms"]) / np.median(ours["ms"][:shared]))
        equal = ours["digests"] == theirs["digests"]
        told.append(
            f"{size:,} passages: ours is {ratio:.0f} times as fast as rank_bm25 (p50 of the same "
            f"{shared} queries); all scores of {len(theirs['digests'])} queries "
            f"{'equal to the last bit' if equal else 'DIFFER'}"
        )
    print("Lexical search, from terms\n")
    table(["passages", "", "build s", "peak MB", "p50 ms", "p95 ms"], rows)
    print("\n".join(told) + "\n", flush=True)


def compare_dense(arguments: argparse.Namespace, work: Path, sizes: Sequence[int]) -> None:
    """Measure dense search, and how much of the exact neighbours is found."""
    from index.dense import kind

    rows = []
    for size in sizes:
        for name in DENSE:
            measured = apart(f"dense: {name}", arguments, work, size)
            label = f"ours, {kind(size)}" if name == "ours" else name
            rows.append([*row(size, label, measured), f"{measured['recall']:.3f}"])
    print("Dense search, from vectors (float32, part of the peak memory)\n")
    heads = ["passages", "", "build s", "peak MB", "p50 ms", "p95 ms", f"recall@{K}"]
    table(heads, rows)


def measure_whole(arguments: argparse.Namespace, work: Path, sizes: Sequence[int]) -> None:
    """Measure ours from texts to hits."""
    rows = []
    for size in sizes:
        built = apart("build", arguments, work, size)
        searched = apart("search", arguments, work, size)
        cells = [f"{size:,}", f"{built['build']:.1f}", f"{built['peak']:,.0f}"]
        cells += [f"{searched['open']:.2f}", f"{searched['peak']:,.0f}"]
        rows.append([*cells, *percentiles(searched["ms"]), *percentiles(searched["across"])])
    print("Ours as a whole: hybrid search, with encoding and expansion of the query\n")
    heads = ["passages", "build s", "peak MB", "open s", "peak MB, searching"]
    heads += [
        f"{which}, {each} ms" for which in ("beginnings", "queries") for each in ("p50", "p95")
    ]
    table(heads, rows)


def main() -> None:
    """Measure and print; or, in a process of its own, do one task."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--task", help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.task:
        print(json.dumps(run_task(arguments)))
        return
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        most = apart("prepare", arguments, work, max(arguments.sizes))["size"]
        sizes = sorted({min(size, most) for size in arguments.sizes})
        compare_lexical(arguments, work, sizes)
        compare_dense(arguments, work, sizes)
        measure_whole(arguments, work, sizes)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
