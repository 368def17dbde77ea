"""A light English stem: inflected forms of a word share their statistics, no more than that."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z]{4,}")
_VOWEL = re.compile(r"[aeiouy]")
_SHORT = re.compile(r"[^aeiouy][aeiouy][^aeiouwxy]")
_DOUBLED = re.compile(r"(?<=[a-z]{2})([bdfgmnprt])\1$")


def stem(word: str) -> str:
    """Strip plural, past and progressive endings from a lower-case word; others come back as is.

    >>> [stem(w) for w in ("policies", "delays", "delayed", "shipping", "boxes", "glass", "this")]
    ['policy', 'delay', 'delay', 'ship', 'box', 'glass', 'this']
    """
    if not _WORD.fullmatch(word) or word in _KEPT:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and _VOWEL.search(root):
            return root + "e" if _SHORT.fullmatch(root) else _DOUBLED.sub(r"\1", root)
    return word.removesuffix("e") if len(word) > 4 else word


_KEPT = frozenset(("this", "thus", "does", "news", "species", "series", "always", "during", "need"))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
