"""Domain values in the types of JSON: one rule for each type, the same everywhere.

The fields of a dataclass are the fields of its JSON (a trailing underscore is dropped: `from_`).
Money is `{"amount", "currency"}`, decimals are strings, instants RFC 3339, dates ISO, times of
day `HH:MM`.
"""

import os
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.ref import Ref
from cowork_cli.records import field_names, is_dataclass

HIDDEN_FIELDS = {"Project": ("currency",)}


def to_json(value: Any) -> Any:
    """`value` in the types of JSON."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Money):
        return {"amount": f"{value.amount:f}", "currency": value.currency}
    if isinstance(value, Price):
        return {**to_json(value.money), "per": value.per, "tax": value.tax}
    if isinstance(value, Ref | os.PathLike):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {key: to_json(getattr(value, name)) for name, key in json_fields(type(value))}
    return [to_json(item) for item in value]


@cache
def json_fields(kind: Any) -> tuple[tuple[str, str], ...]:
    """Attribute and JSON key of each field that is shown."""
    hidden = HIDDEN_FIELDS.get(kind.__name__, ())
    return tuple((name, name.rstrip("_")) for name in field_names(kind) if name not in hidden)
