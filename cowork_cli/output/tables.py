"""The two plain forms of things on a terminal: a table of many, a card of one. Loads Rich.

Colour is never the only carrier of meaning: everything reads in black and white.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markup import escape
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cowork_cli.domain.as_json import json_fields
from cowork_cli.domain.money import Money, Price
from cowork_cli.output import text
from cowork_cli.output.columns import BARS, Column, columns_of
from cowork_cli.output.encode import to_plain
from cowork_cli.records import dataclass, is_dataclass

# Longer cells are wrapped before a column is left out.
_WRAP = 26
_NARROWEST_BAR, _WIDEST_BAR = 6, 40
STATE_STYLES = {
    "confirmed": "green",
    "active": "green",
    "paid": "green",
    "open": "green",
    "issued": "blue",
    "draft": "dim",
    "overdue": "red",
    "unknown": "yellow",
    "cancelled": "dim",
    "closed": "dim",
    "running": "green",
    "undone": "dim",
}


def table_of(rows: Sequence[Any], width: int, *, columns: Sequence[Column] | None = None) -> Table:
    """A table of `rows`, narrowed to `width` by leaving out the least important columns."""
    declared = [column for column in columns or columns_of(type(rows[0])) if column.table]
    cells = [[_cell(column, row) for column in declared] for row in rows]
    totals = _totals(declared, rows)
    shown = _that_fit(declared, cells + ([totals] if totals else []), width)
    table = Table(
        box=box.SIMPLE_HEAD, show_footer=bool(totals), pad_edge=False, header_style="bold"
    )
    for index in shown:
        column = declared[index]
        table.add_column(
            column.header,
            footer=totals[index] if totals else "",
            justify="right" if column.right else "left",
            style=column.style,
            no_wrap=column.keep >= 7 and column.right,
            overflow="fold",
        )
    bars = _bars(rows, width - _needed(declared, cells + ([totals] if totals else []), shown))
    if bars:
        table.add_column("", no_wrap=True)
    for number, line in enumerate(cells):
        styled: list[RenderableType] = [_styled(declared[index], line[index]) for index in shown]
        table.add_row(*styled, *bars[number : number + 1])
    return table


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of `eighths` of a character; `#` where the terminal has no block characters."""

    eighths: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Blocks, or `#` in an encoding that lacks them. Reads in black and white."""
        full, rest = divmod(self.eighths, 8)
        if options.ascii_only:
            yield Text("#" * (full + (rest >= 4) or bool(self.eighths)))
        else:
            yield Text("█" * full + ("", *"▏▎▍▌▋▊▉")[rest], style="cyan")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Never narrower than it is."""
        width = -(-self.eighths // 8)
        return Measurement(width, width)


def card_of(value: Any) -> RenderableType:
    """One thing: a line for each field that is known."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", justify="right")
    grid.add_column(overflow="fold")
    nested: list[RenderableType] = []
    pairs = (
        [(key, getattr(value, name)) for name, key in json_fields(type(value))]
        if is_dataclass(value) and not isinstance(value, type)
        else list(value.items())
    )
    for key, item in pairs:
        label = key.removesuffix("_s").removesuffix("_km").replace("_", " ")
        if isinstance(item, list | tuple) and item and is_dataclass(item[0]):
            nested.append(Padding(Text(label, style="bold"), (1, 0, 0, 0)))
            nested.append(table_of(item, 100))
        elif item not in (None, (), [], {}, ""):
            grid.add_row(label, _styled(None, readable(item, key)))
    return Group(grid, *nested) if nested else grid


def readable(value: Any, key: str = "") -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key.endswith("_s") and isinstance(value, int):
        return text.duration(value)
    if isinstance(value, Price):
        return text.price(value)
    if isinstance(value, Money):
        return text.money(value)
    if isinstance(value, datetime):
        return text.moment(value)
    if isinstance(value, date):
        return text.day(value)
    if isinstance(value, Decimal | int | str):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(readable(item) for item in value)
    return to_plain(value)


def _cell(column: Column, row: Any) -> str:
    value = column.value(row)
    if column.cell:
        return column.cell(value)
    return "" if value is None else readable(value)


def _styled(column: Column | None, cell: str) -> str:
    style = STATE_STYLES.get(cell) if column is None or column.header in ("State", "To") else None
    return f"[{style}]{escape(cell)}[/]" if style else escape(cell)


def _totals(columns: Sequence[Column], rows: Sequence[Any]) -> list[str]:
    if len(rows) < 2 or not any(column.total for column in columns):
        return []
    cells = []
    for column in columns:
        values = [column.value(row) for row in rows] if column.total else []
        cells.append(_sum(column, values) if values else "")
    cells[0] = cells[0] or "Total"
    return cells


def _sum(column: Column, values: list[Any]) -> str:
    """The sum, or nothing where something is not known or the currencies differ."""
    if any(value is None for value in values):
        return ""
    if isinstance(values[0], Money):
        if len({value.currency for value in values}) > 1:
            return ""
        total: Any = Money(sum(value.minor for value in values), values[0].currency)
    else:
        total = sum(values)
    return column.cell(total) if column.cell else str(total)


def _bars(rows: Sequence[Any], room: int) -> list[Bar]:
    """A bar for each row, the largest as wide as there is room; none where there is too little."""
    attribute = BARS.get(type(rows[0]).__name__)
    width = min(room - 3, _WIDEST_BAR)
    if attribute is None or width < _NARROWEST_BAR:
        return []
    values = [getattr(row, attribute) for row in rows]
    largest = max(values)
    if not largest:
        return []
    return [Bar(max(width * 8 * value // largest, 1 if value else 0)) for value in values]


def _needed(columns: Sequence[Column], cells: Sequence[Sequence[str]], shown: list[int]) -> int:
    """How wide the shown columns are, with their gaps."""
    return sum(
        max(len(columns[index].header), *(len(line[index]) for line in cells)) + 3
        for index in shown
    )


def _that_fit(columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Indexes of the columns to show: empty ones go first, then the least important ones."""
    shown = [
        index
        for index, column in enumerate(columns)
        if column.keep >= 8 or any(line[index] for line in cells)
    ]
    needs = {
        index: max(len(columns[index].header), *(min(len(line[index]), _WRAP) for line in cells))
        + 3
        for index in shown
    }
    while len(shown) > 2 and sum(needs[index] for index in shown) > width:
        shown.remove(min(shown, key=lambda index: (columns[index].keep, index)))
    return shown
