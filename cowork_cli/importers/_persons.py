"""Whose rows they are: a table may hold the hours of several people, which are not ours to bill."""

from collections.abc import Sequence
from pathlib import Path

from cowork_cli.errors import BadInput
from cowork_cli.importers import Say

_HALVES = ("first name", "last name")
Record = tuple[int, Sequence[str]]


def own_rows(
    path: Path,
    rows: Sequence[tuple[int, Sequence[str], Sequence[str]]],
    columns: Sequence[str],
    person: str | None,
    say: Say,
) -> list[Record]:
    """The rows of one person: all of them, or those of the one that was chosen.

    `rows` are (line, cells, cells that name the person). Raises BadInput for several people of whom
    none was chosen, and for one that the table does not name.
    """
    names = [_names(cells, columns) for _, _, cells in rows]
    people = list(dict.fromkeys(own[0] for own in names if own))
    if person is None:
        if len(people) > 1:
            raise BadInput(
                f"{path} holds the hours of {len(people)} people: {_listed(people)}",
                "export your own hours only, or choose one: `--person NAME`",
            )
        return [(line, cells) for line, cells, _ in rows]
    return _chosen(path, rows, names, columns, person, say)


def _chosen(
    path: Path,
    rows: Sequence[tuple[int, Sequence[str], Sequence[str]]],
    names: Sequence[Sequence[str]],
    columns: Sequence[str],
    person: str,
    say: Say,
) -> list[Record]:
    """The rows of a person; those that cannot be read as a whole name nobody and stay, to be listed."""
    if not columns:
        raise BadInput(f"{path} has no column for people", "leave out `--person`")
    asked = person.strip().casefold()
    is_theirs = [asked in map(str.casefold, own) for own in names]
    if not any(is_theirs):
        people = list(dict.fromkeys(own[0] for own in names if own))
        raise BadInput(
            f'{path} holds no hours of "{person}"',
            f"it holds those of {_listed(people) or 'nobody'}",
        )
    mine = [
        (line, cells)
        for (line, cells, who), theirs in zip(rows, is_theirs, strict=True)
        if theirs or not who
    ]
    others = len(rows) - len(mine)
    if others:
        say(
            f"left out {others} {'row that is' if others == 1 else 'rows that are'} not of {person}"
        )
    return mine


def _names(cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    """What a row calls its person; the first is what tells people apart."""
    said = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    halves = " ".join(said[half] for half in _HALVES if said.get(half))
    whole = [name for column, name in said.items() if name and column not in _HALVES]
    return [*whole, halves] if halves else whole


def _listed(people: Sequence[str]) -> str:
    return ", ".join(people[:10]) + (" …" if len(people) > 10 else "")
