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
from cowork_cli.output.layout import GAP, cell_width, wrapped
from cowork_cli.output.table_cells import Cells, blocks, cells_of, readable, state_style
from cowork_cli.records import dataclass, is_dataclass


def table_of(
    rows: Sequence[Any],
    width: int,
    *,
    columns: Sequence[Column] | None = None,
    silent: bool = False,
) -> RenderableType:
    """A table of `rows` in `width`, and a line on what of it has no room there, unless `silent`."""
    cells = cells_of(rows, width, columns)
    shown = _table(cells) if cells.gap else _records(cells, width)
    if silent or not cells.said:
        return shown
    return Group(shown, *(Text(line, style="dim") for line in wrapped(cells.said, width)))


def _table(cells: Cells) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD,
        show_footer=bool(cells.totals),
        pad_edge=False,
        header_style="bold",
        collapse_padding=cells.gap < GAP,
    )
    for index, column in enumerate(cells.columns):
        table.add_column(
            column.title,
            footer=cells.totals[index] if cells.totals else "",
            justify="right" if column.right else "left",
            style=column.style,
            no_wrap=column.right,
            overflow="fold",
            width=cells.widths[index] if cells.widths else None,
        )
    bars = [Bar(eighths) for eighths in cells.bars]
    if bars:
        table.add_column("", no_wrap=True)
    for number, line in enumerate(cells.lines):
        styled: list[RenderableType] = list(map(_styled, cells.columns, line))
        table.add_row(*styled, *bars[number : number + 1])
    return table


def _records(cells: Cells, width: int) -> RenderableType:
    """Where no table has room: every record as lines of its own, a blank line between two."""
    titles = [column.title or "Key" for column in cells.columns]
    room = min(max(map(cell_width, titles)), max(width // 3, 4))
    lines = [*cells.lines, *([cells.totals] if cells.totals else [])]
    parts: list[RenderableType] = []
    for number, line in enumerate(lines):
        grid = Table.grid(padding=(0, 1))
        grid.add_column(style="dim", width=room, overflow="fold")
        grid.add_column(overflow="fold")
        for column, title, cell in zip(cells.columns, titles, line, strict=True):
            if cell:
                grid.add_row(escape(title), _styled(column, cell))
        parts += [grid] if number == len(lines) - 1 else [grid, Text("")]
    return Group(*parts)


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


def card_of(value: Any, width: int) -> RenderableType:
    """One thing: a line for each field that is known; what it lists in tables below."""
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
            nested.append(table_of(item, width))
        elif item not in (None, (), [], {}, "") and (shown := readable(item, key)):
            grid.add_row(label, _styled(None, shown))
    return Group(grid, *nested) if nested else grid


def _styled(column: Column | None, cell: str) -> str:
    style = state_style(column, cell)
    return f"[{style}]{escape(cell)}[/]" if style else escape(cell)
