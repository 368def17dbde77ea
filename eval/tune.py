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
from index.fusion import BEST, Scale, Weights, fused
from index.lexical import best_rows
from index.query import parts

TRANSLATION = (2.0, 3.5, 5.0)
DENSE = (0.2, 0.3, 0.4)
DENSE_ACROSS = (0.4, 0.6, 0.8, 1.0, 1.3)
LENGTH_POWER = (0.0, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a setting reaches on a data set."""

    ndcg: float
    recall: float


def figures(
    dataset: Dataset, engine: Engine, settings: Sequence[Weights], most: int
) -> Mapping[Weights, Figures]:
    """Measure settings over the first so many queries of a data set."""
    ids = tuple(dataset.documents)
    reached: dict[Weights, list[Figures]] = {setting: [] for setting in settings}
    for query, text in list(dataset.queries.items())[:most]:
        grades = dataset.qrels[query]
        for setting, rows, scores in _fused(engine, text, settings):
            scored = [(ids[row], score) for row, score in zip(rows, scores, strict=True)]
            ranking = pessimistic(scored, grades)
            reached[setting].append(Figures(ndcg(ranking, grades, 10), recall(ranking, grades, 10)))
    return {
        setting: Figures(average(f.ndcg for f in each), average(f.recall for f in each))
        for setting, each in reached.items()
    }


def _fused(
    engine: Engine, text: str, settings: Sequence[Weights]
) -> Iterator[tuple[Weights, list[int], list[float]]]:
    """Score the candidates of a query under each setting."""
    query = engine.understand(text)
    near, similar = engine.dense.search(query.vector, DEPTH)
    dense_scale = Scale.of(similar[:BEST])
    by_power = {each.length_power: each for each in settings}
    scored = {power: parts(query, engine.lexical, each) for power, each in by_power.items()}
    by_matches = {(each.length_power, each.translation): each for each in settings}
    for key, weights in by_matches.items():
        matches = scored[weights.length_power].matches(weights)
        rows = np.union1d(best_rows(matches, DEPTH, None), near)
        lexical = Scale.of(matches).standardised(matches[rows])
        dense = dense_scale.standardised(engine.dense.similarities(query.vector, rows))
        for setting in settings:
            if (setting.length_power, setting.translation) == key:
                yield (
                    setting,
                    rows.tolist(),
                    fused(lexical, dense, scored[weights.length_power].across, setting).tolist(),
                )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each setting reaches on each data set, the best mean last."""
    parser = argparse.ArgumentParser(prog="python -m eval.tune", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--encoder", metavar="NAME_OR_PATH")
    parser.add_argument("--queries", type=int, default=1000, metavar="N")
    options = parser.parse_args(arguments)
    encoder = load_encoder(options.encoder)
    settings = [
        Weights(*weights) for weights in product(LENGTH_POWER, TRANSLATION, DENSE, DENSE_ACROSS)
    ]
    reached = []
    for folder in options.folders:
        dataset = read_dataset(folder)
        engine = Engine.build(dataset.documents.values(), encoder)
        reached.append(figures(dataset, engine, settings, options.queries))
        print(f"{dataset.name} done", file=sys.stderr)
    print(
        "power translation dense across |", *(folder.name for folder in options.folders), "| mean"
    )
    for setting in sorted(settings, key=lambda s: average(each[s].ndcg for each in reached)):
        cells = [f"{each[setting].ndcg:.4f} ({each[setting].recall:.4f})" for each in reached]
        mean = average(each[setting].ndcg for each in reached)
        weights = " ".join(f"{weight:9}" for weight in astuple(setting))
        print(f"{weights} |", *cells, f"| {mean:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
