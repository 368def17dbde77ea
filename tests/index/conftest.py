"""A tiny bilingual encoder, and a folder of tiny reports."""

import json
from math import log
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.encoder import BundledEncoder
from index.translation import TABLE

# each line: words that mean the same, and so have nearly the same vector
MEANINGS = (
    ("海關", "customs"),
    ("延誤", "delay", "delays"),
    ("核准", "approval"),
    ("貨櫃", "container"),
    ("旅行", "travel"),
    ("會議", "meeting"),
    ("飯店", "hotel"),
    ("俄羅斯", "russia"),
)
FREQUENCY = 0.001
"""Share of text at large that every token has."""
REPORTS = {
    "boca.md": (
        "---\ntitle: 商務人士移動小組會議\nagency: 外交部\nevent_start: 2022-08-20\n"
        "event_end: 2022-08-24\ngroups: BMG\n---\n\n"
        "# 會議過程\n\n## 一、審核延誤\n\n我方關切俄羅斯審核旅行卡申請案常有延誤，請召集方改善。\n\n"
        "## 二、飯店安排\n\n代表團住宿於市區飯店，步行可到會場。\n\n"
        "# 心得與建議\n\n商務人士移動小組(Business Mobility Group, BMG)宜持續參與。\n"
    ),
    "customs.md": (
        "---\ntitle: 海關程序次級委員會會議\nagency: 財政部關務署\nevent_start: 2019-03-01\n"
        "event_end: 2019-03-03\ngroups: SCCP\n---\n\n"
        "# 會議過程\n\n## 一、貨櫃安全\n\n越南說明貨櫃掃描設備的採購進度與經費。\n\n"
        "## 二、優質企業\n\n日本分享優質企業認證的經驗與統計數字。\n"
    ),
    "counter.md": (
        "---\ntitle: 反恐工作小組會議\nagency: 內政部\nreport_date: 2021-05-01\ngroups: CTWG\n"
        "---\n\n# 會議過程\n\n## 一、航空保安\n\n美國介紹航空保安的新規定及其實施時程。\n"
    ),
}


def write_table(folder: Path, tokenizer: Tokenizer) -> None:
    """Write the table of translations: each word of a meaning comes from each other, p = .4."""
    others: dict[int, list[int]] = {}
    for meaning in MEANINGS:
        numbers = [tokenizer.token_to_id(word) for word in meaning]
        others |= {n: sorted(set(numbers) - {n}) for n in numbers}
    size = tokenizer.get_vocab_size()
    lists = [others.get(number, []) for number in range(size)]
    save_file(
        {
            "starts": np.cumsum([0, *map(len, lists)]).astype(np.int32),
            "tokens": np.array([n for each in lists for n in each], dtype=np.int32),
            "levels": np.full(sum(map(len, lists)), round(-32 * log(0.4)), dtype=np.uint8),
            "frequencies": np.full(size, FREQUENCY, dtype=np.float32),
        },
        folder / TABLE,
    )


def write_static_model(folder: Path) -> Path:
    """Write a model in sentence-transformers format: words as tokens, a random vector a meaning."""
    words = [word for meaning in MEANINGS for word in meaning]
    characters = sorted({character for word in words for character in word} | set("abcdefgxyz"))
    pieces = [("[UNK]", -20.0), *((c, -9.0) for c in characters), *((w, -2.0) for w in words)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\p{Han}+"), "isolated"),
        ]
    )
    random = np.random.default_rng(7)
    vectors = random.normal(size=(tokenizer.get_vocab_size(), 64)).astype(np.float32)
    for meaning in MEANINGS:
        shared = random.normal(size=64)
        for word in meaning:
            vectors[tokenizer.token_to_id(word)] = shared + random.normal(size=64) * 0.1
    module = folder / "0_StaticEmbedding"
    (folder / "1_Normalize").mkdir(parents=True)
    module.mkdir()
    save_file({"embedding.weight": vectors}, module / "model.safetensors")
    tokenizer.save(str(module / "tokenizer.json"))
    write_table(folder, tokenizer)
    package = "sentence_transformers.sentence_transformer.modules"
    modules = [
        {"idx": 0, "name": "0", "path": module.name, "type": f"{package}.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{package}.Normalize"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    return folder


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny static model."""
    return write_static_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def encoder(model: Path) -> BundledEncoder:
    """The tiny static model."""
    return BundledEncoder(model)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of three tiny reports that a test may change."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
