"""Sentences of several reports that say the same become one statement with all its citations."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.similarity import likeness, signature

# Two reports of one meeting word a matter alike; above this share of terms it is the same.
_SAME = 0.6


def grouped(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Group evidence that says the same, in the order of the first of each group."""
    groups: list[list[Evidence]] = []
    for each in evidence:
        own = signature(each.text)
        for group in groups:
            first = group[0]
            if first.hit.chunk.report_id != each.hit.chunk.report_id and (
                likeness(signature(first.text), own) >= _SAME
            ):
                group.append(each)
                break
        else:
            groups.append([each])
    return groups
