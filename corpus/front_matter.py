"""The front matter of a Markdown report, turned into the cover that a printed report has."""

from __future__ import annotations

import re

LABELS: dict[str, str] = {
    "title": "出國報告標題",
    "agency": "服務機關",
    "offices": "姓名職稱",
    "places": "派赴國家",
    "event": "出國期間",
    "report_date": "報告日期",
    "groups": "會議小組",
    "source": "來源",
}
"""Key of the front matter to the label it is printed under, in the order of a cover."""

_KEY = re.compile(r"([a-z_]+):(?:\s+(.*))?$")
_LONGEST = 60


def cover_of(lines: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Cover lines made of the front matter, and how many lines of the file it takes: (), 0 if none.

    Only keys that are known are taken; a block without any is not front matter.
    """
    first = next((i for i, line in enumerate(lines[:_LONGEST]) if line.strip()), None)
    if first is None or lines[first].strip() != "---":
        return (), 0
    last = next(
        (
            i
            for i in range(first + 1, min(len(lines), first + _LONGEST))
            if lines[i].strip() == "---"
        ),
        None,
    )
    if last is None:
        return (), 0
    values = _values(lines[first + 1 : last])
    start, end = values.pop("event_start", ""), values.pop("event_end", "")
    if start or end:
        values["event"] = f"{start} 至 {end}" if start and end and start != end else start or end
    cover = tuple(f"{label}：{values[key]}" for key, label in LABELS.items() if values.get(key))
    return (cover, last + 1) if cover else ((), 0)


def _values(lines: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    key = ""
    for line in lines:
        match = _KEY.match(line.rstrip())
        if match is not None:
            key = match[1]
            values[key] = _plain(match[2] or "")
        elif key and line.strip().startswith("- "):
            values[key] = "、".join(filter(None, (values[key], _plain(line.strip()[2:]))))
        elif key and line.strip():
            values[key] = f"{values[key]} {line.strip()}".strip()
    return values


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == "[" and value[-1] == "]":
        return "、".join(_plain(part) for part in value[1:-1].split(","))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
