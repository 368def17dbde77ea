"""The model folder: sentence-transformers format, int8 rows with one float32 scale each."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save
from tokenizers import Tokenizer

WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"

_PACKAGE = "sentence_transformers.sentence_transformer.modules"
_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": f"{_PACKAGE}.static_embedding.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": f"{_PACKAGE}.normalize.Normalize",
    },
]
_SETTINGS = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each row of (n, dim) to int8 with its own scale: ``vectors ≈ rows * scales[:, None]``.

    A row of zeros stays zero, with scale 0.
    """
    scales = (np.abs(vectors).max(axis=1) / 127.0).astype(np.float32)
    divisors = np.where(scales > 0, scales, 1.0).astype(np.float32)
    rows = np.rint(vectors / divisors[:, None]).astype(np.int8)
    return rows, scales


def save_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write the model into ``folder``: ``SentenceTransformer(folder)`` loads it.

    ``vectors`` is (vocabulary size, dim). The tensors are named ``embeddings`` (int8) and
    ``weights`` (float32), the names of model2vec that ``StaticEmbedding`` multiplies on loading.
    Raises ``ValueError`` when the vocabulary and the vectors differ in length.
    """
    if tokenizer.get_vocab_size() != len(vectors):
        raise ValueError(
            f"found {len(vectors)} vectors, expected {tokenizer.get_vocab_size()}, one a token; "
            "train again with this tokenizer"
        )
    folder.mkdir(parents=True, exist_ok=True)
    rows, scales = quantise(vectors)
    (folder / WEIGHTS_FILE).write_bytes(save({"embeddings": rows, "weights": scales}))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / TOKENIZER_FILE), pretty=False)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", _SETTINGS)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    _write_json(folder / "1_Normalize" / "config.json", {})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
