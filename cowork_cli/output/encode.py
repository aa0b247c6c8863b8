"""Domain values as the cells of plain output and CSV. JSON is `domain.as_json`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from cowork_cli.records import field_names, is_dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def to_plain(value: Any) -> str:
    """`value` as one cell of plain output: full, ISO times, nothing for what is not known.

    A record in a cell that has no words of its own is what its fields hold, one behind another.
    """
    if type(value) is str:  # nearly every cell
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return ",".join(f"{key}={to_plain(item)}" for key, item in value.items())
    if isinstance(value, list | tuple | frozenset):
        return ",".join(to_plain(item) for item in value)
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        parts = (to_plain(getattr(value, name)) for name in field_names(type(value)))
        return " ".join(part for part in parts if part)
    return str(value)


def escaped(cell: str) -> str:
    r"""A plain cell with tab, newline and backslash as `\t`, `\n`, `\\`."""
    return cell.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
