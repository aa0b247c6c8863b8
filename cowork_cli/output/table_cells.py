"""What a table shows before it is drawn: the columns that fit, their cells, sums and bars.

Nothing here draws, so nothing here waits for Rich.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from cowork_cli.domain.money import Money, Price
from cowork_cli.output import text
from cowork_cli.output.columns import BARS, Column, columns_of
from cowork_cli.output.encode import to_plain
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

# Longer cells are wrapped before a column is left out.
_WRAP = 26
_NARROWEST_BAR, _WIDEST_BAR = 6, 40
STATE_STYLES = {
    "confirmed": "green",
    "active": "green",
    "paid": "green",
    "open": "green",
    "issued": "blue",
    "sent": "blue",
    "accepted": "green",
    "declined": "dim",
    "expired": "yellow",
    "draft": "dim",
    "overdue": "red",
    "unknown": "yellow",
    "cancelled": "dim",
    "closed": "dim",
    "running": "green",
    "undone": "dim",
}


@dataclass(frozen=True, slots=True)
class Cells:
    """The columns of a table with the cells of each line; `totals` and `bars` are empty for none.

    A bar is given in eighths of a character.
    """

    columns: tuple[Column, ...]
    lines: list[list[str]]
    totals: list[str]
    bars: list[int]


def cells_of(rows: Sequence[Any], width: int, columns: Sequence[Column] | None = None) -> Cells:
    """What a table of `rows` shows, narrowed to `width` by leaving out the least important columns."""
    declared = [column for column in columns or columns_of(type(rows[0])) if column.table]
    lines = [[_cell(column, row) for column in declared] for row in rows]
    totals = _totals(declared, rows)
    all_lines = lines + ([totals] if totals else [])
    shown = _that_fit(declared, all_lines, width)
    return Cells(
        tuple(declared[index] for index in shown),
        [[line[index] for index in shown] for line in lines],
        [totals[index] for index in shown] if totals else [],
        _bars(rows, width - _needed(declared, all_lines, shown)),
    )


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


def state_style(column: Column | None, cell: str) -> str | None:
    """The style of a cell that says a state."""
    return STATE_STYLES.get(cell) if column is None or column.header in ("State", "To") else None


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


def _bars(rows: Sequence[Any], room: int) -> list[int]:
    """Eighths of a character for each row, the largest as wide as there is room, or none if too little."""
    attribute = BARS.get(type(rows[0]).__name__)
    width = min(room - 3, _WIDEST_BAR)
    if attribute is None or width < _NARROWEST_BAR:
        return []
    values = [getattr(row, attribute) for row in rows]
    largest = max(values)
    if not largest:
        return []
    return [max(width * 8 * value // largest, 1 if value else 0) for value in values]


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


def blocks(eighths: int) -> str:
    """A bar of so many eighths of a character."""
    full, rest = divmod(eighths, 8)
    return "█" * full + " ▏▎▍▌▋▊▉"[rest].strip()
