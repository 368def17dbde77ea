"""Frozen dataclasses to plain JSON and back, so that a browser can keep answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: object) -> Any:
    """Write dataclasses, tuples, sets of text, dates and enums as objects, lists and strings."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def from_json(kind: type[T], value: object) -> T:
    """Read what ``to_json`` wrote; a field that is missing takes its default.

    ValueError on anything else: what comes from a browser may be old, damaged or made up.
    """
    read: T = _read(kind, value)
    return read


def _read(kind: Any, value: object) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None and NoneType in get_args(kind):
            return None
        (kind,) = (arm for arm in get_args(kind) if arm is not NoneType)
        return _read(kind, value)
    if origin in (tuple, frozenset):
        if not isinstance(value, list):
            raise ValueError(f"found {type(value).__name__}, expected a list")
        return origin(_read(get_args(kind)[0], each) for each in value)
    if is_dataclass(kind):
        return _read_fields(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is date:
        return date.fromisoformat(str(value))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"found {type(value).__name__}, expected {kind.__name__}")
    return value


def _read_fields(kind: Any, value: object) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"found {type(value).__name__}, expected an object")
    given = {}
    for name, hint, optional in _fields(kind):
        if name in value:
            given[name] = _read(hint, value[name])
        elif not optional:
            raise ValueError(f"found no {name!r} in a {kind.__name__}")
    return kind(**given)


@cache
def _fields(kind: type) -> tuple[tuple[str, Any, bool], ...]:
    """Name and type of each field, and whether it may be missing."""
    hints = get_type_hints(kind)
    return tuple(
        (
            field.name,
            hints[field.name],
            field.default is not MISSING or field.default_factory is not MISSING,
        )
        for field in fields(kind)
    )
