"""What a person notes of a space: a line each, wherever the space was found."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import NotedSpace, Space
from cowork_cli.errors import BadInput, NotFound
from cowork_cli.services.spaces.plans import refs_of
from cowork_cli.store import space_notes

if TYPE_CHECKING:
    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store


def notes_of(space: Space, *, store: "Store") -> tuple[str, ...]:
    """The notes of a space, under whichever of its refs they were written, the oldest first."""
    return tuple(text for _, text in space_notes.of_spaces(store, refs_of(space)))


def noted(space: Space, *, store: "Store") -> NotedSpace:
    """The space with its notes."""
    from dataclasses import fields

    known = {part.name: getattr(space, part.name) for part in fields(Space)}
    return NotedSpace(**known, notes=notes_of(space, store=store))


def by_ref(store: "Store") -> dict[Ref, tuple[str, ...]]:
    """The notes of every space that has some."""
    return space_notes.every(store)


def lines(texts: Iterable[str]) -> tuple[str, ...]:
    """The notes that were typed, each line one. Raises BadInput for an empty one."""
    notes: list[str] = []
    for text in texts:
        typed = [line.strip() for line in text.splitlines() if line.strip()]
        if not typed:
            raise BadInput(
                "the note is empty",
                "write it as in `--note T`; take one out with `--remove-note 1`",
            )
        notes += typed
    return tuple(dict.fromkeys(notes))


def numbers(texts: Iterable[str]) -> tuple[int, ...]:
    """Numbers of notes that were typed. Raises BadInput."""
    counted = []
    for text in texts:
        number = whole_number(text.strip())
        if not number:
            raise BadInput(
                f'--remove-note "{text}" is not the number of a note',
                "give it as `cowork space show REF` numbers it, `--remove-note 1`",
            )
        counted.append(number)
    return tuple(dict.fromkeys(counted))


def write(
    space: Space,
    added: Iterable[str],
    without: Iterable[int],
    *,
    store: "Store",
    journal: "Journal",
) -> int:
    """Takes notes out by their number and adds others; one that is there already stays alone.

    Returns how many were added. Raises NotFound for a number that no note has.
    """
    known = space_notes.of_spaces(store, refs_of(space))
    for number in without:
        if number > len(known):
            raise NotFound(
                f'"{space.name}" has no note {number}'
                + (f"; it has {len(known)}" if known else "; it has none"),
                f"see them with `cowork space show {space.ref}`",
            )
        space_notes.remove(journal, known[number - 1][0])
    gone = {number - 1 for number in without}
    there = {text for index, (_, text) in enumerate(known) if index not in gone}
    new = [text for text in added if text not in there]
    for text in new:
        space_notes.add(journal, space, text)
    return len(new)
