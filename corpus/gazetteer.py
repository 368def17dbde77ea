"""The 21 economies of APEC, its groups and partners: their names, and where text names them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Economy:
    """A member of APEC."""

    code: str
    """ISO 3166 of two letters: RU, PG, VN; TW for Chinese Taipei."""
    iso3: str
    zh: str
    en: str
    forms: tuple[str, ...]
    """Every other name: short forms (巴紐, 韓方, 我方), Simplified Chinese, English."""
    short: str
    """The single character that stands for it in lists: 美、澳、紐; "" when it has none."""


@dataclass(frozen=True, slots=True)
class Body:
    """A meeting group of APEC, or an organisation that its meetings work with."""

    acronym: str
    is_group: bool
    """Whether officials travel to its meetings (BMG, SCCP), and a report is filed under it."""
    zh: str
    en: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` names the economy with this code."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BodyMention:
    """``text[start:end]`` names the body with this acronym."""

    acronym: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where officials travel to."""

    printed: str
    economy: str | None
    """Code of the economy, None when the words name none."""
    city: str | None
    """As printed; None when only the economy is named."""


# 「參加方」, 「其中方」, 「近日方」 name no economy; neither do 「加方案」 and 「日方便」
_NOT_BEFORE_SIDE = "參增添附追更其集空當近今假往昔跨超出"
_NOT_BEHIND_SIDE = "法案式便向面針位程格塊"
_LIST_END = r"(?=等|[一二兩三四五六七八九]?[國国方]|經濟體|经济体|代表|[，。；）)])"
_PAIR_END = r"(?=雙邊|双边|關係|会谈|會談|諮商|兩國|雙方|合作)"


@cache
def economies() -> tuple[Economy, ...]:
    """The 21 economies, in the order of their English names."""
    return tuple(
        Economy(
            row["code"],
            row["iso3"],
            row["zh"],
            row["en"],
            tuple(dict.fromkeys((*row["zh_forms"], *row["hans"], *row["en_forms"]))),
            row["short"],
        )
        for row in _data()["economies"]
    )


@cache
def bodies() -> tuple[Body, ...]:
    """Groups first, then partner organisations."""
    return tuple(
        Body(row["acronym"], row["kind"] == "group", row["zh"], row["en"], tuple(row["forms"]))
        for row in _data()["bodies"]
    )


def economy_named(name: str) -> Economy | None:
    """The economy that goes by this name: Chinese, Simplified, English, short form or ISO code."""
    return _by_name().get(name.strip().casefold())


def body_named(name: str) -> Body | None:
    """The group or organisation that goes by this name or acronym."""
    return _bodies_by_name().get(name.strip().casefold())


def economies_in(text: str) -> tuple[Mention, ...]:
    """Where the text names economies, in reading order; the longest name wins.

    A single character counts only in a list (美、澳、紐等國) or a pair (臺澳雙邊會議).
    """
    found = [
        Mention(_code_of(match[0]), match.start(), match.end())
        for match in _matches(_name_pattern(), _name_starts(), text)
    ]
    taken = {position for mention in found for position in range(mention.start, mention.end)}
    shorts = _shorts()
    for match in _list_pattern().finditer(text):
        for position in range(match.start(), match.end()):
            code = shorts.get(text[position])
            if code is not None and position not in taken:
                found.append(Mention(code, position, position + 1))
    return tuple(sorted(found, key=lambda mention: mention.start))


def bodies_in(text: str, *, groups_only: bool = False) -> tuple[BodyMention, ...]:
    """Where the text names groups and organisations, in reading order."""
    names = _bodies_by_name()
    return tuple(
        BodyMention(body.acronym, match.start(), match.end())
        for match in _matches(_body_pattern(), _body_starts(), text)
        if (body := names[match[0].casefold()]).is_group or not groups_only
    )


def place_named(printed: str) -> Place:
    """The economy and city that the words name: 泰國清邁, 中國大陸·北京市, Chiang Mai, Thailand."""
    found = economies_in(printed)
    if not found:
        return Place(printed, None, printed.strip() or None)
    named = found[-1] if printed.isascii() else found[0]
    rest = f"{printed[: named.start]} {printed[named.end :]}"
    return Place(printed, named.code, rest.strip(" ·・‧,，、/-—（()）") or None)


@cache
def _data() -> dict[str, list[dict[str, str]]]:
    content = files("corpus").joinpath("gazetteer.json").read_text(encoding="utf-8")
    data: dict[str, list[dict[str, str]]] = json.loads(content)
    return data


@cache
def _by_name() -> dict[str, Economy]:
    names: dict[str, Economy] = {}
    for economy in economies():
        for name in (economy.zh, economy.en, *economy.forms, economy.code, economy.iso3):
            names.setdefault(name.casefold(), economy)
        if economy.short:
            names.setdefault(economy.short, economy)
    names["台"] = names["臺"]
    for hans, short in (("韩", "韓"), ("马", "馬"), ("纽", "紐")):
        names[hans] = names[short]
    return names


@cache
def _shorts() -> dict[str, str]:
    return {name: economy.code for name, economy in _by_name().items() if len(name) == 1}


def _code_of(printed: str) -> str:
    return _by_name()[printed.casefold()].code


@cache
def _name_pattern() -> re.Pattern[str]:
    exact: set[str] = set()
    loose: set[str] = set()
    sides: set[str] = set()
    for economy in economies():
        for name in (economy.zh, economy.en, *economy.forms):
            if not name.isascii():
                (sides if len(name) == 2 and name[1] in "方國国" else exact).add(name)
            elif len(name) <= 4 and name.upper() == name:
                exact.add(name)
            else:
                loose.add(name)
    # 美國 and 泰國 are words; 加國 may be the end of 參加國
    guarded = rf"(?<![{_NOT_BEFORE_SIDE}]){{}}(?![{_NOT_BEHIND_SIDE}])"
    chinese = [
        guarded.format(name) if name in sides else re.escape(name)
        for name in sorted(
            sides | {n for n in exact if not n.isascii()}, key=lambda n: (-len(n), n)
        )
    ]
    capitals = _longest_first(name for name in exact if name.isascii())
    return re.compile(
        "|".join(
            (
                *chinese,
                rf"(?<![A-Za-z])(?i:{_longest_first(loose)})(?![A-Za-z])",
                rf"(?<![A-Za-z.])(?:{capitals})(?![A-Za-z])",
            )
        )
    )


def _matches(
    pattern: re.Pattern[str], starts: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` gives, tried only where a name may start: five times as fast."""
    position = 0
    while (start := starts.search(text, position)) is not None:
        match = pattern.match(text, start.start())
        position = start.end() if match is None else match.end()
        if match is not None:
            yield match


def _starts_of(names: Iterable[str]) -> re.Pattern[str]:
    firsts = {name[0] for name in names if name}
    chinese = "".join(sorted(first for first in firsts if not first.isascii()))
    latin = "".join(sorted({f.lower() for f in firsts if f.isascii()}))
    return re.compile(rf"[{chinese}]|(?<![A-Za-z])[{latin}{latin.upper()}]")


@cache
def _name_starts() -> re.Pattern[str]:
    return _starts_of(name for e in economies() for name in (e.zh, e.en, *e.forms))


@cache
def _body_starts() -> re.Pattern[str]:
    return _starts_of(name for b in bodies() for name in (b.acronym, b.zh, b.en, *b.forms))


def _longest_first(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))


@cache
def _list_pattern() -> re.Pattern[str]:
    one = f"[{''.join(_shorts())}]"
    return re.compile(rf"{one}(?:、{one})+(?:[及與和暨与]{one})?{_LIST_END}|{one}{{2}}{_PAIR_END}")


@cache
def _bodies_by_name() -> dict[str, Body]:
    names: dict[str, Body] = {}
    for body in bodies():
        for name in filter(None, (body.acronym, body.zh, body.en, *body.forms)):
            names.setdefault(name.casefold(), body)
    return names


@cache
def _body_pattern() -> re.Pattern[str]:
    names = [name for body in bodies() for name in (body.zh, body.en, *body.forms) if name]
    return re.compile(
        "|".join(
            (
                _longest_first(name for name in names if not name.isascii()),
                rf"(?<![A-Za-z])(?i:{_longest_first(n for n in names if n.isascii())})(?![A-Za-z])",
                rf"(?<![A-Za-z0-9])(?:{_longest_first(b.acronym for b in bodies())})(?![A-Za-z])",
            )
        )
    )
