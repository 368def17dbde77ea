"""Make the bundled encoder: ``python -m index.training PAIRS FOLDER``."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, train, and, with ``--beir``, print the figures of what was made."""
    options = _parser().parse_args(arguments)
    from index.training.pipeline import Recipe, make_model

    recipe = Recipe()
    recipe = replace(recipe, train=replace(recipe.train, seed=options.seed, epochs=options.epochs))
    started = time.monotonic()

    def say(line: str) -> None:
        print(f"[{(time.monotonic() - started) / 60:5.1f} min] {line}", flush=True)

    work = options.work or options.folder.with_name(options.folder.name + ".work")
    try:
        make_model(options.pairs, options.folder, work, recipe, device=options.device, say=say)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for folder in options.beir:
        _report(folder, options.folder)
    return 0


def _report(collection_folder: Path, model_folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    from index.training.evaluate import evaluate, read_collection

    model = SentenceTransformer(str(model_folder), device="cpu")
    figures = evaluate(read_collection(collection_folder), lambda texts: model.encode(list(texts)))
    print(f"{collection_folder.name}  nDCG@10 {figures.ndcg:.4f}  R@10 {figures.recall:.4f}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index.training",
        description="Train the bundled bilingual encoder. Run again to resume an interrupted run.",
    )
    parser.add_argument("pairs", type=Path, help="source, Chinese, English a line; .tsv or .tsv.xz")
    parser.add_argument("folder", type=Path, help="where the model is written")
    parser.add_argument("--work", type=Path, help="checkpoints; by default FOLDER.work beside it")
    parser.add_argument("--device", default="auto", help="auto (GPU if there), cpu or cuda")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument(
        "--beir", type=Path, nargs="*", default=[], help="BEIR folders to measure the model on"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
