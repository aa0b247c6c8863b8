"""What a person notes of spaces: a line each, by the ref of their space."""

from collections.abc import Iterable

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store


def of_spaces(store: Store, refs: Iterable[Ref]) -> list[tuple[int, str]]:
    """Row and text of the notes of a space that is known under several refs, in the order written."""
    named = [part for ref in refs for part in (ref.account, ref.id)]
    each = " OR ".join(["(account = ? AND identity = ?)"] * (len(named) // 2))
    rows = store.rows(f"SELECT id, text FROM space_notes WHERE {each} ORDER BY id", *named)
    return [(row_id, text) for row_id, text in rows]


def every(store: Store) -> dict[Ref, tuple[str, ...]]:
    """The notes of each space that has some, in the order written."""
    notes: dict[Ref, tuple[str, ...]] = {}
    for account, identity, text in store.rows(
        "SELECT account, identity, text FROM space_notes ORDER BY id"
    ):
        ref = Ref(account, identity)
        notes[ref] = (*notes.get(ref, ()), text)
    return notes


def add(journal: Journal, space: Space, text: str) -> None:
    """Adds a note."""
    journal.insert(
        "space_notes",
        {
            "account": space.ref.account,
            "identity": space.ref.id,
            "space_name": space.name,
            "text": text,
        },
    )


def remove(journal: Journal, row_id: int) -> None:
    """Removes a note."""
    journal.delete("space_notes", row_id)
