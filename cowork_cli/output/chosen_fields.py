"""`--json=FIELD,…`: some fields of the data instead of all of it, in JSON, plain output and CSV.

A field within another is `gross.amount`; within a list (`lines.text`) it is the list of theirs. In plain
output a list is a record a line; of a single thing every value has a line of its own.
"""

from __future__ import annotations

from cowork_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_SHOWN = 30


def picked(text: str, known: Mapping[str, str], form: str, command: str) -> tuple[str, ...]:
    """The fields that `text` names; `known` are the fields of the command's data with their types.

    Raises UsageError for one that is not there, naming those that are, and for a table.
    """
    hint = f"all of them: `cowork help json {command.removeprefix('cowork ')}`"
    if form == "table":
        raise UsageError("fields are picked for JSON, plain output and CSV", "leave out `-o table`")
    plain = {path.replace("[]", ""): kind for path, kind in known.items()}
    fields = tuple(name.strip() for name in text.split(","))
    for name in fields:
        if not _is_known(name, plain):
            there = [path for path in plain if "." not in path]
            more = ", …" if len(there) > _SHOWN else ""
            raise UsageError(
                f'`{command}` has no field "{name}"; it has {", ".join(there[:_SHOWN])}{more}', hint
            )
    return fields


def _is_known(name: str, known: Mapping[str, str]) -> bool:
    if name in known:
        return True
    outer, _, inner = name.rpartition(".")
    kind = known.get(outer, "")
    if "{amount" in kind:
        return inner in ("amount", "currency") or (inner in ("per", "tax") and "per" in kind)
    return bool(inner) and "object of" in kind


def pick(data: Any, fields: Sequence[str]) -> Any:
    """The fields of `data`, which is in the types of JSON: of every one if it is a list."""
    if isinstance(data, list):
        return [pick(each, fields) for each in data]
    return None if data is None else {name: _at(data, name.split(".")) for name in fields}


def _at(value: Any, path: Sequence[str]) -> Any:
    if not path or value is None:
        return value
    if isinstance(value, list):
        return [_at(each, path) for each in value]
    return _at(value.get(path[0]), path[1:])


def records(data: Any, fields: Sequence[str]) -> list[list[str]]:
    """The picked fields as cells: a record for each thing of a list, a line for each value of one thing."""
    if data is None:
        return []
    if isinstance(data, list):
        return [[_cell(each[name]) for name in fields] for each in data]
    return [[_cell(data[name])] for name in fields]


def _cell(value: Any) -> str:
    """A value of JSON as plain output has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(map(_cell, value))
    if isinstance(value, dict):
        if "amount" in value and "currency" in value:
            return _money(value)
        return ",".join(f"{key}={_cell(each)}" for key, each in value.items() if each is not None)
    return str(value)


def _money(value: Mapping[str, Any]) -> str:
    """As `str` has it for money and prices: `12.50 EUR`, `18.00 EUR / day gross`."""
    per, tax = value.get("per", "once"), value.get("tax", "unknown")
    unit = "" if per == "once" else f" / {per}"
    return f"{value['amount']} {value['currency']}{unit}{'' if tax == 'unknown' else f' {tax}'}"
