"""Whose the records are that name nobody, and what those of a person bear.

A record holds '' where nobody was named. It is of the owner, once `meta.owner` says who that is: whoever
makes a store or moves it, and of a file the first one who is named there, so that what was recorded before
stays theirs. On a server several may have recorded without a name; there it is said (`data owner`).
"""

from __future__ import annotations

from cowork_cli.errors import StoreBusy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.connection import Connection


def owner(connection: Connection) -> str | None:
    """Whose the records are that name nobody, where that was said."""
    name: str | None = connection.value("SELECT value FROM meta WHERE key = 'owner'")
    return name


def key_of(person: str, connection: Connection) -> str:
    """What this person's records bear: nothing where the store is their own."""
    return "" if person and person == owner(connection) else person


def is_free(connection: Connection) -> bool:
    """Whether a file has no owner yet, nor anybody who is named: the first who is will be both."""
    if connection.on_server or owner(connection) is not None:
        return False
    return connection.value("SELECT 1 FROM changes WHERE person <> '' LIMIT 1") is None


def say(connection: Connection, person: str) -> None:
    """Makes a person the owner, inside a transaction. Raises StoreBusy where another one was quicker."""
    connection.run(
        "INSERT INTO meta (key, value) VALUES ('owner', ?) ON CONFLICT (key) DO NOTHING", person
    )
    if owner(connection) != person:
        raise StoreBusy("somebody else was named here just now", "run it again")
