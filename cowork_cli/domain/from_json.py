"""The other way round than `as_json`: domain values out of the types of JSON.

Reads what `to_json` wrote, also long ago: a key that is missing takes the default of its field.
"""

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from cowork_cli.domain.money import Money

_T = TypeVar("_T")


def from_json(kind: type[_T], data: Any) -> _T:
    """A dataclass made of `data`. Raises KeyError for a missing field without default."""
    made: _T = _value(kind, data)
    return made


def _value(kind: Any, data: Any) -> Any:
    if data is None:
        return None
    if get_origin(kind) in (Union, types.UnionType):
        return _value(next(arg for arg in get_args(kind) if arg is not type(None)), data)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], item) for item in data)
    if kind is Money:
        return Money.of(Decimal(data["amount"]), data["currency"])
    if kind is Decimal:
        return Decimal(data)
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    if is_dataclass(kind):
        return kind(**dict(_fields(kind, data)))  # type: ignore[operator]
    return data


def _fields(kind: Any, data: Any) -> list[tuple[str, Any]]:
    hints = _hints(kind)
    found = []
    for field in fields(kind):
        key = field.name.rstrip("_")
        if key in data:
            found.append((field.name, _value(hints[field.name], data[key])))
        elif field.default is MISSING:
            raise KeyError(key)
    return found


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
