import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from corpus.errors import AttacheError
from index.encoder import BundledEncoder, load_encoder

from .conftest import write_static_model

TEXTS = ["海關核准貨櫃", "customs approval", "delay", "旅行 會議 hotel"]


def test_vectors_are_those_of_sentence_transformers(model: Path) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    theirs = sentence_transformers.SentenceTransformer(str(model)).encode_document(
        TEXTS, normalize_embeddings=True
    )
    assert np.abs(load_encoder(str(model)).encode_passages(TEXTS) - theirs).max() < 1e-5


def test_a_vector_worked_by_hand(encoder: BundledEncoder) -> None:
    ids = encoder.tokenizer.encode("海關核准", add_special_tokens=False).ids
    total = encoder.token_vectors(np.array(ids)).sum(axis=0)
    expected = total / np.linalg.norm(total)
    assert encoder.encode_queries(["海關核准"])[0] == pytest.approx(expected, abs=1e-6)


def test_an_empty_text_gives_a_zero_vector(encoder: BundledEncoder) -> None:
    vectors = encoder.encode_passages(["", "海關", "，。"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([0, 1, 0], abs=1e-6)
    assert encoder.encode_passages([]).shape == (0, encoder.dim)


def test_simplified_queries_are_encoded_as_traditional(encoder: BundledEncoder) -> None:
    simplified, traditional = encoder.encode_queries(["海关", "海關"])
    assert simplified == pytest.approx(traditional)


def test_half_precision_and_scaled_rows_are_read(tmp_path: Path, encoder: BundledEncoder) -> None:
    folder = write_static_model(tmp_path / "scaled")
    rows = encoder.token_vectors(np.arange(encoder.tokenizer.get_vocab_size()))
    scales = np.abs(rows).max(axis=1) / 127
    quantised = np.rint(rows / scales[:, None]).astype(np.int8)
    save_file(
        {"embeddings": quantised, "weights": scales.astype(np.float32)},
        folder / "0_StaticEmbedding" / "model.safetensors",
    )
    near = BundledEncoder(folder).encode_passages(TEXTS)
    assert (near * encoder.encode_passages(TEXTS)).sum(axis=1) == pytest.approx(1, abs=1e-3)


def test_the_id_tells_other_weights_apart(tmp_path: Path, encoder: BundledEncoder) -> None:
    same = BundledEncoder(write_static_model(tmp_path / "tiny"))
    assert same.id == encoder.id
    other = write_static_model(tmp_path / "other" / "tiny")
    weights = other / "0_StaticEmbedding" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert BundledEncoder(other).id != encoder.id


def test_a_missing_model_is_one_line_within_a_second() -> None:
    program = (
        "from index.encoder import load_encoder\n"
        "from corpus.errors import AttacheError\n"
        "import time; start = time.perf_counter()\n"
        "try: load_encoder('missing/model')\n"
        "except AttacheError as error: print(time.perf_counter() - start, error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    seconds, _, message = run.stdout.strip().partition(" ")
    assert float(seconds) < 1
    assert "missing/model" in message
    assert "\n" not in message


@pytest.mark.parametrize("file", ["modules.json", "model.safetensors", "tokenizer.json"])
def test_a_damaged_model_is_one_line_that_names_the_file(tmp_path: Path, file: str) -> None:
    folder = write_static_model(tmp_path / "tiny")
    (path,) = folder.rglob(file)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(AttacheError) as caught:
        load_encoder(str(folder)).encode_queries(["海關"])
    assert file in str(caught.value)
    assert "\n" not in str(caught.value)


def test_static_models_need_no_torch(model: Path) -> None:
    program = (
        "import sys\n"
        "from index.encoder import load_encoder\n"
        f"load_encoder({str(model)!r}).encode_queries(['海關'])\n"
        "print([name for name in ('torch', 'sentence_transformers', 'scipy', 'faiss')"
        " if name in sys.modules])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "[]"


def test_loading_reads_nothing_before_it_is_needed(model: Path) -> None:
    start = time.perf_counter()
    load_encoder(str(model))
    assert time.perf_counter() - start < 0.1
