"""nDCG@10 and recall@10 of an encoder alone on a BEIR folder; the dense leg, nothing fused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
_DEPTH = 10
_BLOCK = 64


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages, queries and, for each judged query's place, the places of its relevant passages."""

    name: str
    passages: tuple[str, ...]
    queries: tuple[str, ...]
    relevant: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the judged queries."""

    ndcg: float
    recall: float


def read_collection(folder: Path) -> Collection:
    """Read a BEIR folder, its corpus plain or gzipped; a title stands before its text."""
    corpus = list(_lines(folder / "corpus.jsonl"))
    asked = list(_lines(folder / "queries.jsonl"))
    places = {entry["_id"]: place for place, entry in enumerate(corpus)}
    query_places = {entry["_id"]: place for place, entry in enumerate(asked)}
    relevant: dict[int, tuple[int, ...]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            query, passage, grade = row.rstrip("\n").split("\t")
            if int(grade) > 0:
                place = query_places[query]
                relevant[place] = (*relevant.get(place, ()), places[passage])
    return Collection(
        folder.name,
        tuple(f"{entry.get('title', '')} {entry['text']}".strip() for entry in corpus),
        tuple(entry["text"] for entry in asked),
        relevant,
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.with_name(path.name + ".gz")
    with (
        gzip.open(packed, "rt", encoding="utf-8")
        if packed.exists()
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)


def evaluate(collection: Collection, encode: Encode) -> Figures:
    """Rank all passages for every query by inner product; a tie counts against the relevant one."""
    passages, queries = encode(collection.passages), encode(collection.queries)
    gains, recalls = [], []
    judged = sorted(collection.relevant)
    for start in range(0, len(judged), _BLOCK):
        block = judged[start : start + _BLOCK]
        for scores, query in zip(queries[block] @ passages.T, block, strict=True):
            ranks = _worst_ranks(scores, collection.relevant[query])
            ideal = sum(1 / np.log2(1 + r) for r in range(1, min(_DEPTH, len(ranks)) + 1))
            gains.append(sum(1 / np.log2(1 + r) for r in ranks if r <= _DEPTH) / ideal)
            recalls.append(sum(r <= _DEPTH for r in ranks) / len(ranks))
    return Figures(float(np.mean(gains)), float(np.mean(recalls)))


def _worst_ranks(scores: NDArray[np.float32], relevant: Sequence[int]) -> list[int]:
    """1-based ranks of the relevant passages when every tied other passage stands before them."""
    others = np.ones(len(scores), dtype=bool)
    others[list(relevant)] = False
    descending = sorted((scores[place] for place in relevant), reverse=True)
    return [
        place + int((scores[others] >= score).sum()) for place, score in enumerate(descending, 1)
    ]
