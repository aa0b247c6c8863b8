"""What a table shows before it is drawn: the columns that fit, their cells, sums and bars.

Nothing here draws, so nothing here waits for Rich.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import repeat

from cowork_cli.domain.money import Money, Price
from cowork_cli.output import text
from cowork_cli.output.columns import BARS, Column, columns_of
from cowork_cli.output.encode import to_plain
from cowork_cli.output.habit import figures
from cowork_cli.output.layout import ELLIPSIS, GAP, cell_width, fitted, lay_out
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

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

    A bar is given in eighths of a character. `widths` None: every cell has its room; `gap` 0: no table,
    the records stand one under another. `broken`: a word had to be parted. `said` is the line on what was left out, empty for nothing.
    """

    columns: tuple[Column, ...]
    lines: list[list[str]]
    totals: list[str]
    bars: list[int]
    widths: tuple[int, ...] | None
    gap: int
    broken: bool
    said: str


def cells_of(rows: Sequence[Any], width: int, columns: Sequence[Column] | None = None) -> Cells:
    """What a table of `rows` shows in `width`: see `layout` for what gives way, and in which order."""
    declared = [
        column for column in columns or columns_of(type(rows[0])) if _is_declared(column, rows)
    ]
    lines = [[_cell(column, row) for column in declared] for row in rows]
    totals = _totals(declared, rows)
    all_lines = lines + ([totals] if totals else [])
    layout = lay_out(declared, all_lines, width)
    shown = [declared[index] for index in layout.shown]
    lines = [[line[index] for index in layout.shown] for line in lines]
    totals = [totals[index] for index in layout.shown] if totals else []
    bars: list[int] = []
    cut = broken = False
    if layout.widths:
        broken = any(map(_breaks, lines, repeat(layout.widths)))
        whole, lines = lines, [_fitted(line, shown, layout.widths) for line in lines]
        cut = any(
            ELLIPSIS in "".join(now) and ELLIPSIS not in "".join(was)
            for was, now in zip(whole, lines, strict=True)
        )
    elif layout.gap:
        bars = _bars(rows, width - _needed(shown, lines + ([totals] if totals else [])))
    hidden = [
        column.title or "Key"
        for index, column in enumerate(declared)
        if index not in layout.shown and any(line[index] for line in all_lines)
    ]
    return Cells(
        tuple(shown), lines, totals, bars, layout.widths, layout.gap, broken, _said(hidden, cut=cut)
    )


def _is_declared(column: Column, rows: Sequence[Any]) -> bool:
    return column.table and (not column.differs or len(set(map(column.value, rows))) > 1)


def _fitted(line: list[str], columns: Sequence[Column], widths: Sequence[int]) -> list[str]:
    return [
        fitted(cell, width, one_line=column.one_line, breaks=column.typed)
        for cell, column, width in zip(line, columns, widths, strict=True)
    ]


def _breaks(line: Sequence[str], widths: Sequence[int]) -> bool:
    """Whether a word of the line has no room in its column."""
    return any(
        len(cell) > width and any(cell_width(word) > width for word in cell.split())
        for cell, width in zip(line, widths, strict=True)
    )


def _said(hidden: Sequence[str], *, cut: bool) -> str:
    """What a narrow table leaves out, and how it is seen: nothing goes in silence."""
    parts = [f"Not shown: {', '.join(hidden)}"] if hidden else []
    parts += [f"{ELLIPSIS} is where a cell was cut"] if cut else []
    return f"{'; '.join(parts)}; see `-o csv`." if parts else ""


def _needed(columns: Sequence[Column], lines: Sequence[Sequence[str]]) -> int:
    """How wide the columns are, with their gaps."""
    return sum(
        max(cell_width(column.title), *(cell_width(line[index]) for line in lines)) + GAP
        for index, column in enumerate(columns)
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
    if isinstance(value, Decimal):
        return figures(value)
    if isinstance(value, int | str):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(readable(item) for item in value)
    return to_plain(value)


def _cell(column: Column, row: Any) -> str:
    if column.shown:
        return column.shown(row)
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


def blocks(eighths: int) -> str:
    """A bar of so many eighths of a character."""
    full, rest = divmod(eighths, 8)
    return "█" * full + " ▏▎▍▌▋▊▉"[rest].strip()
