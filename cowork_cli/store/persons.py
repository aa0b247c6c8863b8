"""Who shares the store. A record holds '' where nobody was named: the owner, where one was said."""

from __future__ import annotations

from cowork_cli.errors import NotFound
from cowork_cli.store.engine import whose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_NEXT_OF_ENTRIES = "SELECT min(person) FROM entries WHERE person > ?"
_TABLES = ("entries", "days", "day_places", "day_months", "day_claims")
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


def key_of_shown(store: Store, name: str | None) -> str:
    """How records hold the person whom `shown` names; '' for nobody."""
    return "" if name in (None, store.owner) else str(name)


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


def has_records(store: Store) -> bool:
    """Whether anything was recorded at all."""
    return store.value("SELECT 1 FROM changes LIMIT 1") is not None


def found(store: Store, name: str) -> None:
    """Makes a person the owner of a store that has none, inside a transaction. Raises StoreBusy."""
    whose.say(store.connection, name)
    store.journal.founder = ""


def count_under(store: Store, name: str) -> int:
    """How many entries and records of the day log bear that name."""
    return sum(
        store.value(f"SELECT count(*) FROM {table} WHERE person = ?", name) for table in _TABLES
    )


def make_owner(store: Store, name: str) -> None:
    """What names nobody is of that person from now on, and so is what bears the name, inside a transaction.

    Raises RuleBroken where hours or days of both do not go together, or are billed; NotAllowed.
    """
    journal = store.journal
    for table in _TABLES:
        for (number,) in store.rows(f"SELECT id FROM {table} WHERE person = ? ORDER BY id", name):
            journal.update(table, number, {"person": ""})
    store.connection.run("DELETE FROM meta WHERE key = 'owner'")
    found(store, name)


def _of_entries(store: Store) -> set[str]:
    """Whose hours there are: one step in an index for each, however many hours."""
    found: set[str] = set()
    person: str | None = ""
    while person := store.value(_NEXT_OF_ENTRIES, person):
        found.add(person)
    return found
