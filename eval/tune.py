"""Weighs the parts of the hybrid score on BEIR data sets: ``python -m eval.tune DIR...``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import product
from pathlib import Path

import numpy as np

from eval.beir import Dataset, read_dataset
from eval.measures import average, ndcg, pessimistic, recall
from index.encoder import load_encoder
from index.engine import DEPTH, Engine
from index.fusion import BEST, Scale, Weights, fused, matched
from index.lexical import best_rows
from index.query import lexical_scores

TRANSLATION = (1.0, 2.0, 3.0, 4.0)
DENSE = (0.15, 0.25, 0.4)
DENSE_ACROSS = (0.3, 0.6, 0.9)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a choice of weights reaches on a data set."""

    ndcg: float
    recall: float


def figures(
    dataset: Dataset, engine: Engine, choices: Sequence[Weights], most: int
) -> Mapping[Weights, Figures]:
    """Measure choices over the first so many queries of a data set."""
    ids = tuple(dataset.documents)
    reached: dict[Weights, list[Figures]] = {weights: [] for weights in choices}
    for query, text in list(dataset.queries.items())[:most]:
        grades = dataset.qrels[query]
        for weights, rows, scores in _fused(engine, text, choices):
            scored = [(ids[row], score) for row, score in zip(rows, scores, strict=True)]
            ranking = pessimistic(scored, grades)
            reached[weights].append(Figures(ndcg(ranking, grades, 10), recall(ranking, grades, 10)))
    return {
        weights: Figures(average(f.ndcg for f in each), average(f.recall for f in each))
        for weights, each in reached.items()
    }


def _fused(
    engine: Engine, text: str, choices: Sequence[Weights]
) -> Iterator[tuple[Weights, list[int], list[float]]]:
    """Score the candidates of a query under each choice."""
    query = engine.understand(text)
    near, similar = engine.dense.search(query.vector, DEPTH)
    dense_scale = Scale.of(similar[:BEST])
    lexical, translated = lexical_scores(query, engine.lexical), engine.translated(query)
    for translation in dict.fromkeys(weights.translation for weights in choices):
        alike = [weights for weights in choices if weights.translation == translation]
        matches = matched(lexical, translated.scores, alike[0])
        rows = np.union1d(best_rows(matches, DEPTH, None), near)
        standard = Scale.of(matches).standardised(matches[rows])
        dense = dense_scale.standardised(engine.dense.similarities(query.vector, rows))
        for weights in alike:
            scores = fused(standard, dense, translated.across, weights)
            yield weights, rows.tolist(), scores.tolist()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each choice reaches on each data set, the best mean last."""
    parser = argparse.ArgumentParser(prog="python -m eval.tune", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--encoder", metavar="NAME_OR_PATH")
    parser.add_argument("--queries", type=int, default=1000, metavar="N")
    options = parser.parse_args(arguments)
    encoder = load_encoder(options.encoder)
    choices = [Weights(*weights) for weights in product(TRANSLATION, DENSE, DENSE_ACROSS)]
    reached = []
    for folder in options.folders:
        dataset = read_dataset(folder)
        engine = Engine.build(dataset.documents.values(), encoder)
        reached.append(figures(dataset, engine, choices, options.queries))
        print(f"{dataset.name} done", file=sys.stderr)
    print(
        "translation dense across | nDCG@10 (R@10) of", *(f.name for f in options.folders), "| mean"
    )
    means = {weights: average(each[weights].ndcg for each in reached) for weights in choices}
    for weights in sorted(choices, key=means.__getitem__):
        cells = [f"{each[weights].ndcg:.4f} ({each[weights].recall:.4f})" for each in reached]
        print(" ".join(f"{weight:7}" for weight in astuple(weights)), "|", *cells,
              f"| {means[weights]:.4f}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
