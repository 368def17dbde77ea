"""Contrastive training of the token vectors, with a checkpoint after every epoch.

The two sides of a pair are pulled together and away from the other pairs of the batch: symmetric
softmax cross-entropy over scaled cosines (van den Oord et al. 2018, InfoNCE). Adam runs on the rows
of the batch only, so that a step costs what its tokens cost, not what the vocabulary costs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.training.batches import Bags, batches

if TYPE_CHECKING:
    import torch

Progress = Callable[[str], None]
_FIRST, _SECOND, _EPSILON = 0.9, 0.999, 1e-8
_SECONDS_BETWEEN_LINES = 20.0


@dataclass(frozen=True, slots=True)
class TrainRecipe:
    """``scale`` multiplies the cosines; the learning rate falls from its value to 0 in a line."""

    epochs: int = 20
    batch: int = 2_048
    learning_rate: float = 0.02
    scale: float = 20.0
    seed: int = 1


@dataclass(slots=True)
class _State:
    """The vectors, Adam's two moments, and how far training has come; all tensors (size, dim)."""

    vectors: torch.Tensor
    first: torch.Tensor
    second: torch.Tensor
    epoch: int = 0
    step: int = 0


def train(
    initial: NDArray[np.float32],
    left: Bags,
    right: Bags,
    groups: Sequence[NDArray[np.int64]],
    recipe: TrainRecipe,
    checkpoint: Path,
    *,
    device: str = "auto",
    say: Progress = print,
) -> NDArray[np.float32]:
    """Train the (vocabulary size, dim) vectors and return them; row 0, the unknown token, stays 0.

    Text ``i`` of ``left`` and of ``right`` say the same; ``groups`` are row numbers by source. An
    interrupted run goes on from ``checkpoint``, which is refused when it was made otherwise.
    """
    import torch

    chosen = pick_device(device)
    state = _restore(checkpoint, initial, recipe, chosen)
    plan = [len(batches(groups, recipe.batch, np.random.default_rng(0)))] * recipe.epochs
    total = sum(plan)
    started, last_line, first_step = time.monotonic(), time.monotonic(), state.step
    for epoch in range(state.epoch, recipe.epochs):
        losses: list[torch.Tensor] = []
        for rows in batches(groups, recipe.batch, np.random.default_rng([recipe.seed, epoch])):
            rate = recipe.learning_rate * (1 - state.step / total)
            losses.append(_step(state, left.take(rows), right.take(rows), rate, recipe.scale))
            if time.monotonic() - last_line > _SECONDS_BETWEEN_LINES:
                last_line = time.monotonic()
                remaining = (last_line - started) / (state.step - first_step)
                remaining *= total - state.step
                say(
                    f"epoch {epoch + 1}/{recipe.epochs}  step {state.step}/{total}  "
                    f"loss {float(torch.stack(losses).mean()):.3f}  {remaining / 60:.1f} min left"
                )
        state.epoch = epoch + 1
        _keep(checkpoint, state, recipe)
        mean_loss = float(torch.stack(losses).mean())
        say(f"epoch {state.epoch}/{recipe.epochs} done, loss {mean_loss:.3f}")
    trained: NDArray[np.float32] = state.vectors.cpu().numpy()
    return trained


def pick_device(name: str) -> str:
    """``auto`` is the GPU when torch sees one, else the CPU; any other name is taken as it is."""
    import torch

    if name != "auto":
        return name
    return "cuda" if torch.cuda.is_available() else "cpu"


def _step(state: _State, left: Bags, right: Bags, rate: float, scale: float) -> torch.Tensor:
    """One update of the rows that the batch uses; returns the loss."""
    import torch

    device = state.vectors.device
    used, places = np.unique(np.concatenate([left.ids, right.ids]), return_inverse=True)
    rows = torch.from_numpy(used.astype(np.int64)).to(device)
    local = torch.from_numpy(places.astype(np.int64)).to(device)
    values = state.vectors[rows].requires_grad_(True)
    cut = len(left.ids)
    one = _encode(values, local[:cut], left.offsets)
    two = _encode(values, local[cut:], right.offsets)
    similar = _products(one, two) * scale
    both_ways = torch.logsumexp(similar, 1).mean() + torch.logsumexp(similar, 0).mean()
    loss = both_ways / 2 - similar.diagonal().mean()
    (gradient,) = torch.autograd.grad(loss, values)
    state.step += 1
    with torch.no_grad():
        first = state.first[rows].mul_(_FIRST).add_(gradient, alpha=1 - _FIRST)
        second = state.second[rows].mul_(_SECOND).addcmul_(gradient, gradient, value=1 - _SECOND)
        state.first[rows], state.second[rows] = first, second
        correction = (1 - _SECOND**state.step) ** 0.5 / (1 - _FIRST**state.step)
        state.vectors[rows] = values.detach() - rate * correction * first / (
            second.sqrt() + _EPSILON
        )
        state.vectors[0] = 0.0
    return loss.detach()


def _encode(values: torch.Tensor, ids: torch.Tensor, offsets: NDArray[np.int64]) -> torch.Tensor:
    """Mean of each bag's rows, at unit length: (bags, dim)."""
    from torch.nn import functional

    means = functional.embedding_bag(ids, values, _starts(offsets, ids), mode="mean")
    return functional.normalize(means, dim=-1)


def _products(one: torch.Tensor, two: torch.Tensor) -> torch.Tensor:
    """All inner products, (n, m) float32; in bfloat16 where the processor multiplies it natively.

    That takes a third off a step and moves a cosine by less than .004.
    """
    import torch

    if one.is_cuda or torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return (one.bfloat16() @ two.bfloat16().T).float()
    return one @ two.T


def _starts(offsets: NDArray[np.int64], ids: torch.Tensor) -> torch.Tensor:
    """The starts of the bags as ``embedding_bag`` wants them, beside ``ids``."""
    import torch

    return torch.from_numpy(np.ascontiguousarray(offsets[:-1])).to(ids.device)


def _restore(
    checkpoint: Path, initial: NDArray[np.float32], recipe: TrainRecipe, device: str
) -> _State:
    import torch

    if not checkpoint.exists():
        vectors = torch.from_numpy(initial.copy()).to(device)
        vectors[0] = 0.0
        return _State(vectors, torch.zeros_like(vectors), torch.zeros_like(vectors))
    kept = torch.load(checkpoint, map_location=device, weights_only=True)
    if kept["recipe"] != asdict(recipe) or kept["vectors"].shape != initial.shape:
        raise ValueError(
            f"{checkpoint} was made with {kept['recipe']}, shape {tuple(kept['vectors'].shape)}; "
            f"expected {asdict(recipe)} and {initial.shape}; remove it to begin anew"
        )
    return _State(kept["vectors"], kept["first"], kept["second"], kept["epoch"], kept["step"])


def _keep(checkpoint: Path, state: _State, recipe: TrainRecipe) -> None:
    """Write aside, then rename: a run that is killed leaves a whole checkpoint."""
    import torch

    aside = checkpoint.with_suffix(".partial")
    torch.save(
        {
            "recipe": asdict(recipe),
            "vectors": state.vectors,
            "first": state.first,
            "second": state.second,
            "epoch": state.epoch,
            "step": state.step,
        },
        aside,
    )
    os.replace(aside, checkpoint)
