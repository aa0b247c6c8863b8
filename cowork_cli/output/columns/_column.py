"""One column, and the cells that several types share."""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` gives the full value, `cell` its short form for people.

    `total`: a table ends with the sum of this column. `table` False: only in plain output and CSV.
    """

    header: str
    value: Callable[[Any], Any]
    cell: Callable[[Any], str] | None = None
    right: bool = False
    keep: int = 5
    style: str | None = None
    total: bool = False
    table: bool = True


def _attribute(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)


def col(header: str, name: str, **options: Any) -> Column:
    """A column that shows one attribute."""
    return Column(header, _attribute(name), **options)


def money(value: Any) -> str:
    return text.money(value)


def clock(value: Any) -> str:
    return "" if value is None else text.clock_duration(value)


def percent(value: Any) -> str:
    return "" if value is None else f"{value:f} %"


ID = {"keep": 9, "style": "cyan"}
FIGURES = {"right": True, "keep": 7}
