"""What `to_json` makes of a type, as JSON Schema (draft 2020-12). Fields are only ever added, so that
none is closed: an object may hold more than is said here.
"""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from cowork_cli.domain.as_json import json_fields
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.ref import Ref
from cowork_cli.records import is_dataclass

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_AMOUNT = {"amount": {"type": "string", "description": "decimal"}, "currency": _TEXT}
_KNOWN: dict[Any, Schema] = {
    str: _TEXT,
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    time: {"type": "string", "description": "HH:MM"},
    Decimal: {"type": "string", "description": "decimal"},
    Path: _TEXT,
    UUID: _TEXT,
    Ref: {"type": "string", "description": "ACCOUNT:ID"},
    Money: {"type": "object", "properties": _AMOUNT, "required": list(_AMOUNT)},
    Price: {
        "type": "object",
        "properties": {**_AMOUNT, "per": _TEXT, "tax": _TEXT},
        "required": [*_AMOUNT, "per", "tax"],
    },
}


def schema_of(hint: Any, above: tuple[Any, ...] = ()) -> Schema:
    """The schema of a type; a type within itself is any object."""
    if hint in _KNOWN:
        return _KNOWN[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(one, above) for one in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if isinstance(origin, type) and issubclass(origin, dict):
        return {"type": "object"}
    if isinstance(origin, type) and arguments:
        listed = issubclass(origin, tuple | list | frozenset | set)
        return {"type": "array", "items": schema_of(arguments[0], above)} if listed else {}
    if isinstance(hint, type) and is_dataclass(hint):
        return {"type": "object"} if hint in above else _object(hint, above)
    return {}


def _object(kind: Any, above: tuple[Any, ...]) -> Schema:
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "properties": {
            key: _field(key, schema_of(hints[name], (*above, kind)))
            for name, key in json_fields(kind)
        },
    }


def _field(key: str, schema: Schema) -> Schema:
    unit = "seconds" if key.endswith("_s") else "kilometres" if key.endswith("_km") else ""
    return {**schema, "description": unit} if unit else schema
