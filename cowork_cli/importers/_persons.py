"""Whose rows they are: a table may hold the hours of several people, which are not ours to bill."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from cowork_cli.errors import BadInput
from cowork_cli.importers import Say

_HALVES = ("first name", "last name")
Record = tuple[int, Sequence[str]]


def own_rows(
    path: Path,
    rows: Callable[[], Iterable[Record]],
    persons: Callable[[Sequence[str]], Sequence[str]],
    columns: Sequence[str],
    person: str | None,
    say: Say,
) -> Callable[[], Iterable[Record]]:
    """The rows of one person: all of them, or those of the one that was chosen.

    `rows` begins a way through the rows, `persons` has the cells of one that name its person. Raises
    BadInput for several people of whom none was chosen, and for one that the table does not name.
    """
    if person is not None:
        return _chosen(path, rows, persons, columns, person, say)
    if columns:
        people = _people(rows, persons, columns)
        if len(people) > 1:
            raise BadInput(
                f"{path} holds the hours of {len(people)} people: {_listed(people)}",
                "export your own hours only, or choose one: `--person NAME`",
            )
    return rows


def _people(
    rows: Callable[[], Iterable[Record]],
    persons: Callable[[Sequence[str]], Sequence[str]],
    columns: Sequence[str],
) -> list[str]:
    """Everyone who is named, as first named."""
    named = (_names(persons(cells), columns) for _, cells in rows())
    return list(dict.fromkeys(names[0] for names in named if names))


def _chosen(
    path: Path,
    rows: Callable[[], Iterable[Record]],
    persons: Callable[[Sequence[str]], Sequence[str]],
    columns: Sequence[str],
    person: str,
    say: Say,
) -> Callable[[], Iterable[Record]]:
    """The rows of a person; those that cannot be read as a whole name nobody and stay, to be listed."""
    if not columns:
        raise BadInput(f"{path} has no column for people", "leave out `--person`")
    asked = person.strip().casefold()

    def are_theirs(cells: Sequence[str]) -> bool:
        return asked in map(str.casefold, _names(persons(cells), columns))

    def mine() -> Iterator[Record]:
        for line, cells in rows():
            if not persons(cells) or are_theirs(cells):
                yield line, cells

    if not any(are_theirs(cells) for _, cells in rows()):
        raise BadInput(
            f'{path} holds no hours of "{person}"',
            f"it holds those of {_listed(_people(rows, persons, columns)) or 'nobody'}",
        )
    others = sum(1 for _ in rows()) - sum(1 for _ in mine())
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
