"""From pairs to a model folder, by stages that a stopped run need not repeat."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.alignment import AlignmentRecipe, translations
from index.training.batches import Bags, tokenise
from index.training.export import save_model
from index.training.general import general_counts
from index.training.pairs import Pair, read_pairs
from index.training.refine import RefineRecipe, initial_vectors, inverse_frequencies, refine
from index.training.table import (
    TableRecipe,
    best_translations,
    relative_frequencies,
    save_translations,
)
from index.training.train import TrainRecipe, train
from index.training.vocabulary import VocabularyRecipe, build_tokenizer

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides what the model becomes, besides the pairs."""

    dim: int = 512
    longest: int = 128
    initial_length: float = 2.26
    vocabulary: VocabularyRecipe = field(default_factory=VocabularyRecipe)
    alignment: AlignmentRecipe = field(default_factory=AlignmentRecipe)
    train: TrainRecipe = field(default_factory=TrainRecipe)
    refine: RefineRecipe = field(default_factory=RefineRecipe)
    table: TableRecipe = field(default_factory=TableRecipe)


def make_model(
    pairs_file: Path,
    folder: Path,
    work: Path,
    recipe: Recipe,
    *,
    device: str = "auto",
    say: Progress = print,
) -> None:
    """Train on ``pairs_file`` and write the model into ``folder``.

    ``work`` keeps the tokenizer and the last epoch's checkpoint; a run that finds them goes on from
    them, so give another pairs file or recipe another work folder.
    """
    work.mkdir(parents=True, exist_ok=True)
    pairs = read_pairs(pairs_file)
    say(f"{len(pairs):,} pairs read from {pairs_file.name}")
    tokenizer = _tokenizer(pairs, work / "tokenizer.json", recipe.vocabulary)
    size = tokenizer.get_vocab_size()
    say(f"vocabulary of {size:,} tokens")
    chinese = tokenise(tokenizer, [pair.chinese for pair in pairs], recipe.longest)
    english = tokenise(tokenizer, [pair.english for pair in pairs], recipe.longest)
    groups = rows_by_source(pairs, chinese, english)
    say(f"{len(chinese.ids):,} Chinese and {len(english.ids):,} English tokens")
    shared = _translations(work / "translations.npz", english, chinese, size, recipe.alignment)
    say(f"{shared.nnz:,} translations aligned")
    counts = np.bincount(np.concatenate([chinese.ids, english.ids]), minlength=size)
    idf = inverse_frequencies(counts, len(chinese) + len(english))
    initial = initial_vectors(shared, idf, recipe.dim, recipe.initial_length, recipe.train.seed)
    trained = train(
        initial,
        chinese,
        english,
        groups,
        recipe.train,
        work / "checkpoint.pt",
        device=device,
        say=say,
    )
    save_model(folder, tokenizer, refine(trained, shared, idf, recipe.refine))
    frequencies = relative_frequencies(chinese, english, size)
    save_translations(folder, best_translations(shared, recipe.table), frequencies)
    say(f"model written to {folder}")


def rows_by_source(pairs: list[Pair], chinese: Bags, english: Bags) -> list[NDArray[np.int64]]:
    """Row numbers of each source, sources by name, without pairs that have an empty side."""
    filled = (np.diff(chinese.offsets) > 0) & (np.diff(english.offsets) > 0)
    sources = np.array([pair.source for pair in pairs])
    return [np.flatnonzero((sources == name) & filled) for name in np.unique(sources)]


def _translations(
    kept: Path, english: Bags, chinese: Bags, size: int, recipe: AlignmentRecipe
) -> sp.csr_matrix:
    if not kept.exists():
        aside = kept.with_suffix(".partial.npz")
        sp.save_npz(aside, translations(english, chinese, size, recipe))
        os.replace(aside, kept)
    return sp.load_npz(kept)


def _tokenizer(pairs: list[Pair], kept: Path, recipe: VocabularyRecipe) -> Tokenizer:
    if not kept.exists():
        aside = kept.with_suffix(".partial")
        build_tokenizer(pairs, recipe, general_counts()).save(str(aside))
        os.replace(aside, kept)
    return Tokenizer.from_file(str(kept))
