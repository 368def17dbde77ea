"""Texts to vectors: static encoders without torch, any other by sentence-transformers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import AttacheError
from index.text import to_traditional
from index.types import Encoder, Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BUNDLED: Final = Path(__file__).parent / "models" / "attache-zh-en"
_BATCH = 2048
_HASHED_SUFFIXES = {".safetensors", ".bin", ".json", ".txt", ".model"}
_SAMPLES = 64
_SAMPLE_BYTES = 1 << 16


def load_encoder(name_or_path: str | None = None) -> Encoder:
    """Load an encoder: the bundled one for None, else a folder or a model in the local cache.

    Nothing is downloaded: a model that is not on this machine is an ``AttacheError`` at once.
    """
    if name_or_path in (None, BUNDLED.name):
        return bundled_encoder()
    folder = Path(name_or_path)
    if folder.is_dir():
        if _static_module(folder) is not None:
            return BundledEncoder(folder)
        return SentenceTransformersEncoder(str(folder), folder)
    return SentenceTransformersEncoder(name_or_path, model_folder(name_or_path, "encoder"))


@cache
def bundled_encoder() -> BundledEncoder:
    """Load the encoder that ships with the program, once."""
    if not BUNDLED.is_dir():
        raise AttacheError(
            f"the bundled encoder is missing: expected the folder {BUNDLED}; "
            "install attache again, or name another encoder with --encoder"
        )
    return BundledEncoder(BUNDLED)


@dataclass(frozen=True, slots=True)
class _TokenVectors:
    """The model as stored: a row a token, whole numbers with a scale a row, or floats without."""

    rows: NDArray[np.generic]
    scales: NDArray[np.float32] | None


class BundledEncoder:
    """A static model in sentence-transformers format: the mean of its tokens' vectors, as a unit.

    Needs tokenizers, safetensors and numpy only. The vectors are those that
    ``SentenceTransformer(folder)`` gives. Simplified Chinese is converted before encoding.
    """

    def __init__(self, folder: Path) -> None:
        module = _static_module(folder)
        if module is None:
            raise AttacheError(
                f"{folder} is not a static encoder: expected modules.json with a StaticEmbedding"
            )
        self.name = folder.name
        self.folder = folder
        self._weights_file = module / "model.safetensors"
        self._tokenizer_file = module / "tokenizer.json"

    @cached_property
    def id(self) -> str:
        """Folder name and a digest of the model's files."""
        return f"{self.name}@{_digest(self.folder)}"

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._stored.rows.shape[1])

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The model's tokenizer."""
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._tokenizer_file))
        except Exception as error:  # the library raises plain Exception
            raise unreadable(self._tokenizer_file, error) from error
        tokenizer.no_padding()
        return tokenizer

    def token_vectors(self, ids: NDArray[np.integer]) -> Vectors:
        """Give the vectors of some tokens, (n, dim) float32."""
        stored = self._stored
        vectors = stored.rows[ids].astype(np.float32, copy=False)
        if stored.scales is not None:
            vectors = vectors * stored.scales[ids, None]
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _stored(self) -> _TokenVectors:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            tensors = load_file(self._weights_file)
            rows = tensors["embeddings" if "embeddings" in tensors else "embedding.weight"]
            return _TokenVectors(rows, tensors.get("weights"))
        except (OSError, SafetensorError, KeyError) as error:
            raise unreadable(self._weights_file, error) from error

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode queries; the model treats them as it does passages."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages to unit vectors (n, dim) float32."""
        batches = [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]
        if not batches:
            return np.zeros((0, self.dim), dtype=np.float32)
        return np.concatenate([self._encode(batch) for batch in batches])

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Give the numbers of the tokens of some texts."""
        encodings = self.tokenizer.encode_batch_fast(
            [to_traditional(text) for text in texts], add_special_tokens=False
        )
        return [encoding.ids for encoding in encodings]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        ids = self.tokens(texts)
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        filled = [row for row, tokens in enumerate(ids) if tokens]
        if filled:
            flat = np.concatenate([np.asarray(ids[row]) for row in filled])
            starts = np.cumsum([0, *(len(ids[row]) for row in filled[:-1])])
            vectors[filled] = np.add.reduceat(self.token_vectors(flat), starts, axis=0)
        return unit(vectors)


class SentenceTransformersEncoder:
    """Any sentence-transformers model that is on this machine, with its own prompts."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder

    @cached_property
    def id(self) -> str:
        """Model name and a digest of its files."""
        name = self._folder.name if Path(self.name) == self._folder else self.name
        return f"{name}@{_digest(self._folder)}"

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @cached_property
    def _model(self) -> Any:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self._folder), local_files_only=True)
        except Exception as error:  # whatever a broken model folder makes the library raise
            raise unreadable(self._folder, error) from error

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode queries with the model's query prompt."""
        queries = [to_traditional(text) for text in texts]
        return self._as_vectors(
            self._model.encode_query(queries, normalize_embeddings=True, show_progress_bar=False)
        )

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages with the model's document prompt."""
        return self._as_vectors(
            self._model.encode_document(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        )

    def _as_vectors(self, encoded: Any) -> Vectors:
        vectors: Vectors = np.asarray(encoded, dtype=np.float32).reshape(-1, self.dim)
        return vectors


def unit(vectors: Vectors) -> Vectors:
    """Scale each vector to length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return units


@dataclass(frozen=True, slots=True)
class _Module:
    type: str
    path: str


def _modules(folder: Path) -> Iterator[_Module]:
    try:
        listed = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        for module in listed:
            yield _Module(module["type"], module["path"])
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise unreadable(folder / "modules.json", error) from error


def _static_module(folder: Path) -> Path | None:
    """Folder of the token vectors when the model is tokens averaged and nothing more."""
    modules = list(_modules(folder))
    kinds = [module.type.rpartition(".")[2] for module in modules]
    if kinds[:1] == ["StaticEmbedding"] and kinds[1:] in ([], ["Normalize"]):
        return folder / modules[0].path
    return None


def model_folder(name_or_path: str, kind: str) -> Path:
    """Find a model: a folder, or one in the hub's cache on this machine; no request leaves it.

    ``kind`` is what the model is to be, and the name of the option that chose it.
    """
    if Path(name_or_path).is_dir():
        return Path(name_or_path)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name_or_path, local_files_only=True))
    except Exception as error:  # a bad name, no cache, half a download: to the user it is one thing
        raise AttacheError(
            f"{kind} {name_or_path!r} is neither a folder nor in this machine's model cache, and "
            "nothing is downloaded; give the folder of a sentence-transformers model, or leave "
            f"--{kind} out"
        ) from error


def _digest(folder: Path) -> str:
    """Digest of a model's files: of each its name, size, and evenly spaced samples.

    A model that was trained again differs everywhere, so that samples tell large files apart.
    """
    digest = sha256()
    files = (file for file in folder.rglob("*") if file.suffix in _HASHED_SUFFIXES)
    for file in sorted(files):
        size = file.stat().st_size
        digest.update(f"{file.relative_to(folder).as_posix()}\0{size}\0".encode())
        step = max(_SAMPLE_BYTES, size // _SAMPLES)
        with file.open("rb") as stream:
            for at in range(0, size, step):
                stream.seek(at)
                digest.update(stream.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]


def unreadable(path: Path, error: Exception, kind: str = "encoder") -> AttacheError:
    """Tell in one line which file of a model cannot be read; ``kind`` as for ``model_folder``."""
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return AttacheError(
        f"cannot read the {kind} file {path} ({reason}); expected a sentence-transformers model; "
        f"name another with --{kind}"
    )
