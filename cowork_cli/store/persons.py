"""Who shares the store. A record holds '' where nobody was named: the owner, where one was said."""

from __future__ import annotations

from cowork_cli.errors import NotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_NEXT_OF_ENTRIES = "SELECT min(person) FROM entries WHERE person > ?"
_OF_CHANGES = "SELECT DISTINCT person FROM changes ORDER BY person"


def shown(column: str) -> str:
    """SQL: the name of the person of a record, the owner for '', NULL where nobody was named."""
    return f"coalesce(nullif({column}, ''), (SELECT value FROM meta WHERE key = 'owner'))"


def names(store: Store) -> list[str]:
    """Those who have a name here: who recorded something, the owner, this machine's person."""
    found = {store.called, store.owner or "", *_of_entries(store)}
    found.update(person for (person,) in store.rows(_OF_CHANGES))
    return sorted(found - {""})


def key(store: Store, name: str) -> str:
    """How records hold that person. Raises NotFound for an unknown one, naming those there are."""
    meant = named(store, name)
    return "" if meant == store.owner else meant


def named(store: Store, name: str, others: tuple[str, ...] = ()) -> str:
    """The person of that name, whatever its capitals. Raises NotFound, naming those there are.

    `others` are known by other records than those of hours and changes.
    """
    wanted, known = " ".join(name.split()), sorted({*names(store), *others})
    exact = [each for each in known if each == wanted]
    meant = exact or [each for each in known if each.casefold() == wanted.casefold()]
    if len(meant) != 1:
        there = (
            f"there are {', '.join(known)}"
            if known
            else (
                "nobody has a name here yet; give yours with `cowork config set profile.person NAME`"
            )
        )
        raise NotFound(f'there is no person "{name}"', there)
    return meant[0]


def _of_entries(store: Store) -> set[str]:
    """Whose hours there are: one step in an index for each, however many hours."""
    found: set[str] = set()
    person: str | None = ""
    while person := store.value(_NEXT_OF_ENTRIES, person):
        found.add(person)
    return found
