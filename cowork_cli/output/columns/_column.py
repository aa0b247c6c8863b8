"""One column, and the cells that several types share."""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.output.habit import figures
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


# From this `keep` on a column is never left out.
ABOUT = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` gives the full value, `cell` its short form for people.

    `total`: a table ends with the sum of this column. `table` False: only in plain output and CSV.
    `shown` gives what a table shows where that takes more of the row than `value`. `label` is the title
    in tables, where the name of the column says more than people want. `one_line`: a cell without room
    is shortened in its middle, not wrapped. `cut`: it may be shortened though it looks like an id. `differs`:
    a table has it only where it does not say the same in every row.
    """

    header: str
    value: Callable[[Any], Any]
    cell: Callable[[Any], str] | None = None
    right: bool = False
    keep: int = 5
    style: str | None = None
    total: bool = False
    table: bool = True
    shown: Callable[[Any], str] | None = None
    label: str | None = None
    one_line: bool = False
    cut: bool = False
    differs: bool = False

    @property
    def name(self) -> str:
        """What it is called in CSV and above plain output."""
        return self.header or "Key"

    @property
    def title(self) -> str:
        """What stands above the column in a table."""
        return self.header if self.label is None else self.label

    @property
    def about(self) -> bool:
        """Whether it says what the row is about: such a column is in every table, however narrow."""
        return self.keep >= ABOUT

    @property
    def typed(self) -> bool:
        """Whether people type what stands in it, so that every letter of it must be there."""
        return self.style == "cyan" and not self.cut


def _attribute(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)


def col(header: str, name: str, **options: Any) -> Column:
    """A column that shows one attribute."""
    return Column(header, _attribute(name), **options)


def unit_price(row: Any) -> str:
    """The price of a line, with all its decimals and its currency."""
    return text.rate(row.price, row.net.currency)


def money(value: Any) -> str:
    return text.money(value)


def clock(value: Any) -> str:
    return "" if value is None else text.clock_duration(value)


def percent(value: Any) -> str:
    return "" if value is None else f"{figures(value)} %"


def number(value: Any) -> str:
    return "" if value is None else figures(value)


def money_parts(*headers: tuple[str, str]) -> tuple[Column, ...]:
    """For plain output and CSV: amount and currency of each (header, attribute) in columns of their own."""
    parts = []
    for header, name in headers:
        parts += [
            Column(f"{header} amount", _part(name, "amount"), right=True, table=False),
            Column(f"{header} currency", _part(name, "currency"), table=False),
        ]
    return tuple(parts)


def price_parts(header: str, name: str) -> tuple[Column, ...]:
    """The same for a price, with what it is for (`day`) and whether VAT is in it (`net`, `gross`)."""
    return (
        *money_parts((header, name)),
        Column(f"{header} per", _part(name, "per"), table=False),
        Column(f"{header} tax", _part(name, "tax"), table=False),
    )


def _money(value: Any) -> Any:
    return getattr(value, "money", value)


def _part(name: str, part: str) -> Callable[[Any], Any]:
    """One part of the money or the price at `name` (`cost`, `during.cost`); None where that is not known."""

    def value(row: Any) -> Any:
        whole = row
        for step in name.split("."):
            whole = getattr(whole, step)
        if whole is None:
            return None
        return getattr(whole, part) if part in ("per", "tax") else getattr(_money(whole), part)

    return value


ID = {"keep": 9, "style": "cyan"}
FIGURES = {"right": True, "keep": ABOUT}
