"""The two plain forms of things on a terminal: a table of many, a card of one. Loads Rich.

Colour is never the only carrier of meaning: everything reads in black and white.
"""

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markup import escape
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cowork_cli.domain.as_json import json_fields
from cowork_cli.output.columns import Column
from cowork_cli.output.table_cells import blocks, cells_of, readable, state_style
from cowork_cli.records import dataclass, is_dataclass


def table_of(rows: Sequence[Any], width: int, *, columns: Sequence[Column] | None = None) -> Table:
    """A table of `rows`, narrowed to `width` by leaving out the least important columns."""
    cells = cells_of(rows, width, columns)
    table = Table(
        box=box.SIMPLE_HEAD, show_footer=bool(cells.totals), pad_edge=False, header_style="bold"
    )
    for index, column in enumerate(cells.columns):
        table.add_column(
            column.header,
            footer=cells.totals[index] if cells.totals else "",
            justify="right" if column.right else "left",
            style=column.style,
            no_wrap=column.keep >= 7 and column.right,
            overflow="fold",
        )
    bars = [Bar(eighths) for eighths in cells.bars]
    if bars:
        table.add_column("", no_wrap=True)
    for number, line in enumerate(cells.lines):
        styled: list[RenderableType] = list(map(_styled, cells.columns, line))
        table.add_row(*styled, *bars[number : number + 1])
    return table


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of `eighths` of a character; `#` where the terminal has no block characters."""

    eighths: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Blocks, or `#` in an encoding that lacks them. Reads in black and white."""
        if options.ascii_only:
            full, rest = divmod(self.eighths, 8)
            yield Text("#" * (full + (rest >= 4) or bool(self.eighths)))
        else:
            yield Text(blocks(self.eighths), style="cyan")

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


def _styled(column: Column | None, cell: str) -> str:
    style = state_style(column, cell)
    return f"[{style}]{escape(cell)}[/]" if style else escape(cell)
