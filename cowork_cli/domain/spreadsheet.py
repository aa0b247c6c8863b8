"""Cells of a CSV file for other people's spreadsheets: none of them is taken for a formula.

OWASP, "CSV Injection": a cell that begins with = + - @, a tab or a line end is one for many programs; an
apostrophe in front makes it text. Numbers, amounts and telephone numbers stay as they are.
"""

import re
from collections.abc import Sequence

_SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,' ]*(?:[A-Z]{3}|%)?")


def harmless(cell: str) -> str:
    """`cell`, with an apostrophe in front if a spreadsheet could take it for a formula."""
    return f"'{cell}" if cell[:1] and cell[0] in _SIGNS and not _NUMBER.fullmatch(cell) else cell


def as_it_was(cell: str) -> str:
    """A cell that `harmless` made, without its apostrophe."""
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell


def defused(
    cells: Sequence[str], head: Sequence[str], row: int, changed: list[str], file: str = ""
) -> list[str]:
    """The cells of a row, harmless; what had to be changed is added to `changed`, by row and column."""
    made = [harmless(cell) for cell in cells]
    where = f" of {file}" if file else ""
    changed += [
        f"row {row}{where}, {name}: an apostrophe was put before `{cell[:1].strip() or 'a blank'}`"
        for name, cell, new in zip(head, cells, made, strict=True)
        if new != cell
    ]
    return made
