"""Cells of a CSV file for other people's spreadsheets: none of them is taken for a formula.

OWASP, "CSV Injection": a cell that begins with = + - @, a tab or a line end is one for many programs; an
apostrophe in front makes it text. Numbers, amounts and telephone numbers stay as they are.
"""

import re
from collections.abc import Iterator, Sequence

from cowork_cli.domain.steering import BREAKING, TURNING

_SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_STEERING = re.compile(rf"(?![\t\n\r])[{BREAKING}{TURNING}]")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,' ]*(?:[A-Z]{3}|%)?")


def harmless(cell: str) -> str:
    """`cell` without signs that steer (CSV cannot escape them), an apostrophe in front of what could be a formula."""
    cell = _without_steering(cell)
    return f"'{cell}" if cell[:1] and cell[0] in _SIGNS and not _NUMBER.fullmatch(cell) else cell


def _without_steering(cell: str) -> str:
    return cell if cell.isprintable() else _STEERING.sub("", cell)


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
        f"row {row}{where}, {name}: {done}"
        for name, cell, new in zip(head, cells, made, strict=True)
        if new != cell
        for done in _done(cell)
    ]
    return made


def _done(cell: str) -> Iterator[str]:
    """What was done to a cell that was not harmless."""
    rest = _without_steering(cell)
    if rest != cell:
        yield "signs that steer a terminal were taken out"
    if harmless(rest) != rest:
        yield f"an apostrophe was put before `{rest[:1].strip() or 'a blank'}`"
