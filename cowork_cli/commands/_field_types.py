"""The fields of what a command returns, and their types in words: what `cowork help json` says."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cowork_cli.records import is_dataclass

_PLAIN: dict[Any, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "true or false",
    datetime: "instant",
    date: "date",
    time: "time",
    Decimal: "decimal text",
    Path: "path",
    NoneType: "null",
}
_OBJECTS = {
    "Money": "{amount, currency}",
    "Price": "{amount, currency, per, tax}",
    "Ref": "ACCOUNT:ID",
    "UUID": "text",
}


def fields_of(
    kind: Any, prefix: str = "", above: tuple[Any, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Path and type of each field that `kind` shows in JSON; nested ones follow theirs."""
    from cowork_cli.domain.as_json import json_fields

    if not (isinstance(kind, type) and is_dataclass(kind)):
        yield prefix or "data", type_name(kind)
        return
    hints = get_type_hints(kind)
    for attribute, key in json_fields(kind):
        hint = hints[attribute]
        shown = type_name(hint)
        if key.endswith("_s") and shown.startswith("integer"):
            shown = shown.replace("integer", "integer (seconds)")
        if key.endswith("_km") and shown.startswith(("number", "decimal")):
            shown += " (kilometres)"
        yield f"{prefix}{key}", shown
        nested, many = _nested(hint)
        if nested is not None and nested not in above:
            inner = f"{prefix}{key}{'[]' if many else ''}."
            yield from fields_of(nested, inner, (*above, kind))


def type_name(hint: Any) -> str:
    """A type as JSON shows it, in words: `list of object, or null`."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        names = [type_name(one) for one in arguments if one is not NoneType]
        null = ", or null" if NoneType in arguments else ""
        return " or ".join(dict.fromkeys(names)) + null
    if origin is Literal:
        return " | ".join(map(str, arguments))
    if origin is not None and isinstance(origin, type):
        if issubclass(origin, Mapping):
            return f"object of {type_name(arguments[1])}"
        return f"list of {type_name(arguments[0])}" if arguments else "list"
    if hint in _PLAIN:
        return _PLAIN[hint]
    name = getattr(hint, "__name__", str(hint))
    if name in _OBJECTS:
        return _OBJECTS[name]
    if is_dataclass(hint):
        return "object"
    return (
        "list"
        if name in ("tuple", "list", "frozenset")
        else "object"
        if name == "dict"
        else "anything"
    )


def _nested(hint: Any) -> tuple[Any, bool]:
    """The dataclass within a type whose fields are shown below it, and whether it is a list of them."""
    if is_dataclass(hint):
        known = getattr(hint, "__name__", "") in _OBJECTS
        return (None, False) if known else (hint, False)
    for one in get_args(hint):
        found, many = _nested(one)
        if found is not None:
            origin = get_origin(hint)
            listed = isinstance(origin, type) and issubclass(origin, tuple | list | frozenset)
            return found, many or listed
    return None, False
