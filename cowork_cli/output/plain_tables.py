"""Tables of the ordinary kind, set as Rich would set them, to the letter, without waiting for it.

Ordinary is a table that has room (cells may wrap between words), its characters one cell wide each.
For anything else, and for a terminal that Rich would treat in a way of its own, there is nothing here,
and `terminal` draws with Rich. `tests/output/test_plain_tables.py` holds both against each other.
"""

from __future__ import annotations

import os

from cowork_cli.output.layout import GAP, NARROW, wrapped
from cowork_cli.output.table_cells import Cells, blocks, cells_of, state_style

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

    from cowork_cli.output.columns import Column
    from cowork_cli.output.result import Result

# Types that have a view of their own (`views.VIEWS`), or are no rows.
VIEWED = frozenset(
    ["Entry", "Invoice", "Overview", "InvoiceVerification", "Space", "NotedSpace", "SpaceDetails",
     "Comparison", "Booking", "HeldAddress", "CalendarMonth", "DayPicture", "InvoicePlan",
     "Quote"]
)  # fmt: skip
CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34",
         "magenta": "35", "cyan": "36"}  # fmt: skip
_MARKUP = frozenset("[]\\")


def plain_table(
    result: Result, stdout: TextIO, environ: Mapping[str, str], *, colour: bool, width: int | None
) -> str | None:
    """The text of `result`; None for whatever is out of the ordinary."""
    if not _is_rows(result) or not _is_usual(stdout, environ, colour=colour):
        return None
    room = width or _width()
    tables = [result.records, *filter(None, result.beside.values())]
    parts = [_title(result.title, room, colour=colour)] if result.title else []
    parts += [_table(cells_of(rows, room), room, colour=colour) for rows in tables]
    whole = [part for part in parts if part is not None]
    return "".join(whole) if len(whole) == len(parts) else None


def _is_rows(result: Result) -> bool:
    """Whether what is shown is nothing but tables."""
    listed = result.rows is not None or isinstance(result.data, list | tuple)
    if result.picture is not None:
        return False
    return bool(listed and result.records) and type(result.data).__name__ not in VIEWED


def _is_usual(stdout: TextIO, environ: Mapping[str, str], *, colour: bool) -> bool:
    encoding = (getattr(stdout, "encoding", None) or "utf-8").lower()
    strange = colour and environ.get("TERM", "").lower() in ("dumb", "unknown")
    return encoding.startswith("utf") and not strange and os.name != "nt"


def _width() -> int:
    """The width of the terminal, found as Rich finds it."""
    for descriptor in range(3):
        try:
            return os.get_terminal_size(descriptor).columns or 80
        except (ValueError, OSError):
            continue
    return 80


def _title(title: str, room: int, *, colour: bool) -> str | None:
    if len(title) > room or not _is_plain(title):
        return None
    return _painted(title, "bold", colour=colour) + "\n"


def _table(cells: Cells, room: int, *, colour: bool) -> str | None:
    """The table, None if it is out of the ordinary."""
    if cells.gap != GAP or cells.broken:
        return None
    columns, heads = cells.columns, [column.title for column in cells.columns]
    everything = [heads, *cells.lines, cells.totals]
    if any(
        column.style and any(state_style(column, line[index]) for line in cells.lines)
        for index, column in enumerate(columns)
    ):  # two styles in one cell
        return None
    if not all(map(_is_plain, {part for line in everything for part in _parts(line, cells)})):
        return None
    widths = list(cells.widths or ()) or [
        max(map(len, (line[index] for line in everything if line))) for index in range(len(columns))
    ]
    bars = list(map(blocks, cells.bars))
    if bars:
        widths.append(max(map(len, bars)))
    if not columns or not all(widths) or sum(widths) + 3 * len(widths) > room + 1:
        return None
    rights = [column.right for column in columns] + [False] * bool(bars)
    blank = " " * (sum(widths) + 3 * len(widths) - 1)
    rule = " " + "─" * (len(blank) - 2) + " "
    heads, totals = [*heads, ""][: len(widths)], [*cells.totals, ""][: len(widths)]
    lines = [blank, _bold(heads, widths, rights, colour=colour), rule]
    lines += _body(cells, bars, widths, colour=colour)
    if cells.totals:
        lines += [blank, _bold(totals, widths, rights, colour=colour)]
    text = "\n".join([*lines, blank, ""])
    return text + _said(cells.said, room, colour=colour)


def _said(said: str, room: int, *, colour: bool) -> str:
    """The lines on what is not shown."""
    return "".join(
        f"{_painted(line, 'dim', colour=colour)}\n" for line in wrapped(said, room) if line
    )


def _bold(
    cells: Sequence[str], widths: Sequence[int], rights: Sequence[bool], *, colour: bool
) -> str:
    """The line of the headers or of the sums: every piece of a cell bold by itself."""
    pad = _painted(" ", "bold", colour=colour)
    texts = [
        _painted(cell.rjust(width) if right else cell.ljust(width), "bold", colour=colour)
        for cell, width, right in zip(cells, widths, rights, strict=True)
    ]
    return f" {f'{pad} {pad}'.join(texts)} "


def _body(
    cells: Cells, bars: Sequence[str], widths: Sequence[int], *, colour: bool
) -> Iterator[str]:
    last = len(widths) - 1
    for number, line in enumerate(cells.lines):
        split = [cell.split("\n") for cell in line] if cells.widths else [[cell] for cell in line]
        for height in range(max(map(len, split))):
            texts = [
                _cell(
                    column, parts, height, widths[index], index == 0, index == last, colour=colour
                )
                for index, (column, parts) in enumerate(zip(cells.columns, split, strict=True))
            ]
            if bars:
                texts.append(" " + _painted(bars[number].ljust(widths[-1]), "cyan", colour=colour))
            yield f" {' '.join(texts)} "


def _parts(line: Sequence[str], cells: Cells) -> Iterable[str]:
    """The pieces of the cells of a line as they are set: wrapped ones line by line."""
    return (part for cell in line for part in cell.split("\n")) if cells.widths else line


def _cell(
    column: Column,
    parts: Sequence[str],
    height: int,
    width: int,
    is_first: bool,
    is_last: bool,
    *,
    colour: bool,
) -> str:
    left, right = "" if is_first else " ", "" if is_last else " "
    if height >= len(parts):
        blank = left + " " * width + right
        return _painted(blank, column.style, colour=colour) if column.style else blank
    cell = parts[height]
    filled = cell.rjust(width) if column.right else cell.ljust(width)
    if not colour:
        return f"{left}{filled}{right}"
    if column.style:
        return "".join(
            _painted(piece, column.style, colour=True) for piece in (left, filled, right) if piece
        )
    state = state_style(column, cell)
    if state:
        filled = filled.replace(cell, _painted(cell, state, colour=True))
    return f"{left}{filled}{right}"


def _is_plain(cell: str) -> bool:
    """Whether a cell is set as it is written: narrow, no markup, no blanks at its ends, no `:name:`."""
    return (
        NARROW.issuperset(cell)
        and _MARKUP.isdisjoint(cell)
        and cell == cell.strip()
        and (cell.count(":") < 2 or cell.replace(":", "").isdigit())
    )


def _painted(text: str, style: str, *, colour: bool) -> str:
    return f"\x1b[{CODES[style]}m{text}\x1b[0m" if colour else text
