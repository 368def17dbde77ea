"""The tokenizer: which Chinese words and English pieces get a vector of their own.

One unigram model serves both languages. Normalisation and splitting live inside the tokenizer, so
training and run time cannot differ. Chinese words compete by log probability; a Latin word with a
piece of its own is always kept whole, because an unbroken piece costs less than any two.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.training.pairs import Pair

UNKNOWN = "[UNK]"

# Characters that Taiwan writes both ways; the left one is read as the right one.
VARIANTS = dict(
    zip(
        "臺裏爲羣峯綫着衞麪牀祕啓喫佈週註證佔託劃鍊鑑污汙麽強產説戶卽旣擧溫敎黃靑眞",
        "台裡為群峰線著衛麵床秘啟吃布周注証占托畫鏈鑒汙汙麼强產說户即既舉溫教黃青真",
        strict=True,
    )
)

_HAN = re.compile("[々〇㐀-鿿豈-﫿\U00020000-\U000323af]+")
_LATIN = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class VocabularyRecipe:
    """How many pieces of each kind, and how often a word must occur to be one."""

    chinese_words: int = 41_000
    english_words: int = 28_000
    english_pieces: int = 5_000
    longest_chinese_word: int = 6
    rounds: int = 2


def empty_tokenizer() -> Tokenizer:
    """Normalisation and splitting alone, with no vocabulary yet.

    NFKC, lower case, accents stripped, variants folded, thousands separators and possessives
    dropped; then runs of Han, of digits and of other letters, everything else left out.
    """
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, 0.0)], 0, False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.NFC(),
            normalizers.Replace(Regex(r"(?<=\d),(?=\d{3})"), ""),
            normalizers.Replace(Regex(r"['’]s\b"), ""),
            *(normalizers.Replace(old, new) for old, new in VARIANTS.items() if old != new),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\p{Han}+"), "isolated"),
            pre_tokenizers.Split(Regex(r"\p{N}+"), "isolated"),
        ]
    )
    return tokenizer


def build_tokenizer(
    pairs: Sequence[Pair], recipe: VocabularyRecipe, prior: Mapping[str, int]
) -> Tokenizer:
    """Choose the pieces from the pairs and return the finished tokenizer.

    ``prior`` holds counts of Traditional Chinese words in general text: the pairs are laws and a
    dictionary, and their counts alone would segment other writing badly.
    """
    blank = empty_tokenizer()
    chinese = _runs(blank, (pair.chinese for pair in pairs))
    english = _runs(blank, (pair.english for pair in pairs))
    latin, digits, han = Counter[str](), Counter[str](), Counter[str]()
    for runs in (chinese, english):
        for run, count in runs.items():
            kind = han if _HAN.fullmatch(run) else digits if run.isnumeric() else latin
            kind[run] += count
    pieces = dict(_chinese_pieces(han, pairs, blank, recipe, prior))
    for piece, score in (*_latin_pieces(latin, recipe), *_digit_pieces(digits)):
        pieces.setdefault(piece, score)
    return with_pieces(blank, pieces)


def with_pieces(tokenizer: Tokenizer, pieces: Mapping[str, float]) -> Tokenizer:
    """Return a copy of ``tokenizer`` whose unigram model holds ``pieces`` and their scores."""
    copy = Tokenizer.from_str(tokenizer.to_str())
    copy.model = models.Unigram([(UNKNOWN, min(pieces.values()) - 10.0), *pieces.items()], 0, False)
    return copy


def _runs(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[str]:
    """Count the runs that the pre-tokenizer yields over all ``texts``."""
    counts = Counter[str]()
    remaining = iter(texts)
    normalize, split = tokenizer.normalizer.normalize_str, tokenizer.pre_tokenizer.pre_tokenize_str
    while block := list(islice(remaining, 2_000)):
        # A separator no rule removes but the splitter: one call for the whole block.
        counts.update(run for run, _ in split(normalize("\n".join(block))))
    return counts


def _chinese_pieces(
    han: Counter[str],
    pairs: Sequence[Pair],
    blank: Tokenizer,
    recipe: VocabularyRecipe,
    prior: Mapping[str, int],
) -> Iterator[tuple[str, float]]:
    normalize = blank.normalizer.normalize_str
    headwords = {
        word
        for word in (normalize(pair.chinese) for pair in pairs if pair.source == "cedict")
        if len(word) <= recipe.longest_chinese_word and _HAN.fullmatch(word)
    }
    prior_counts = Counter[str]()
    for word, count in ((normalize(word), count) for word, count in prior.items()):
        if len(word) <= recipe.longest_chinese_word and _HAN.fullmatch(word):
            prior_counts[word] += count
    characters = Counter[str]()
    for run, count in han.items():
        for character in run:
            characters[character] += count
    scale = sum(prior_counts.values()) / max(1, sum(len(r) * c for r, c in han.items()))
    counts: dict[str, float] = {
        w: prior_counts[w] + 1.0 for w in sorted(headwords | set(prior_counts))
    }
    for character in sorted(characters):
        counts.setdefault(character, 1.0)
    found = Counter[str]()
    for _ in range(recipe.rounds):
        model = with_pieces(blank, _log_probabilities(counts)).model
        found = Counter[str]()
        for run, count in han.items():
            for token in model.tokenize(run):
                found[token.value] += count
        counts = {
            word: prior_counts[word] + 0.5 * (word in headwords) + scale * found[word]
            for word in counts
        }
        counts = {w: c for w, c in counts.items() if c > 0 or len(w) == 1}
    learnable = {w for w in counts if len(w) > 1 and (w in headwords or found[w] >= 4)}
    ranked = sorted(
        learnable,
        key=lambda w: (-(prior_counts[w] + min(scale, 3.0) * found[w] + (w in headwords)), w),
    )
    kept = set(ranked[: recipe.chinese_words]) | set(characters)
    yield from _log_probabilities({w: max(counts.get(w, 0.0), 0.5) for w in sorted(kept)}).items()


def _log_probabilities(counts: Mapping[str, float]) -> dict[str, float]:
    total = math.log(sum(counts.values()))
    return {word: math.log(max(count, 0.1)) - total for word, count in counts.items()}


def _latin_pieces(latin: Counter[str], recipe: VocabularyRecipe) -> Iterator[tuple[str, float]]:
    """Whole words by count, then letter groups of two to five that many words share.

    Every piece costs about ten, so a word falls into as few pieces as possible, and among equal
    numbers into the more frequent ones.
    """
    words = [w for w, c in latin.most_common() if c > 1 and len(w) > 1][: recipe.english_words]
    groups = Counter[str]()
    for word in latin:
        if _LATIN.fullmatch(word):
            for size in range(2, 6):
                for start in range(len(word) - size + 1):
                    groups[word[start : start + size]] += size - 1
    taken = set(words)
    letters = {character for word in latin for character in word}
    pieces = [g for g, _ in groups.most_common(3 * recipe.english_pieces) if g not in taken]
    for rank, piece in enumerate([*words, *pieces[: recipe.english_pieces]]):
        yield piece, -10.0 - 0.1 * math.log1p(rank)
    for letter in sorted(letters - taken):
        yield letter, -12.0


def _digit_pieces(digits: Counter[str]) -> Iterator[tuple[str, float]]:
    numbers = {str(n) for n in range(1000)} | {str(year) for year in range(1700, 2051)}
    numbers |= {n for n, count in digits.items() if count >= 5} | set("0123456789")
    numbers |= {character for number in digits for character in number}
    for number in sorted(numbers):
        yield number, -10.0 if len(number) > 1 else -11.0
