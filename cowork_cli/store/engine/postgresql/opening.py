"""Opening the store on a server: connected, made or brought to this schema where that is due.

The states are those of a file (`engine/database.py`): never existed (it is made), fine, newer, damaged,
unreadable, lost; and one that a file has not: out of reach.
"""

from __future__ import annotations

from importlib import resources

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.postgres import types

from cowork_cli.errors import StoreLost
from cowork_cli.store.engine import version
from cowork_cli.store.engine.files import BUSY_MS
from cowork_cli.store.engine.postgresql import failures
from cowork_cli.store.engine.postgresql.connection import WRITERS, Connection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from cowork_cli.store.engine.postgresql.address import Address

CONNECT_S = 5
_IDLE_MS = 60_000  # a machine that is gone in the middle of a change lets the others go on
_FIRST = 17
"""The schema that the scripts for PostgreSQL begin with."""
_SETTINGS = (
    f"SET search_path = cowork; SET lock_timeout = {BUSY_MS}; SET timezone = 'UTC'; "
    f"SET idle_in_transaction_session_timeout = {_IDLE_MS}; SET client_min_messages = warning; "
    "SELECT to_regclass('cowork.schema_version')::text"
)


def open_connection(
    address: Address,
    password: str | None,
    *,
    backups: str,
    expected: bool,
    note: Callable[[str], None],
) -> Connection:
    """A connection to the store there. `expected`: this home has seen it before.

    Raises StoreError, ServerUnreachable, AuthRejected, NotAllowed.
    """

    def connected() -> psycopg.Connection[Any]:
        return _connect(address, password)[0]

    try:
        raw, there = _connect(address, password)
    except psycopg.Error as error:
        raise failures.translated(error, address.shown) from error
    connection = Connection(raw, address.shown, backups, connected, version.VERSION)
    try:
        if not there:
            if expected:
                raise StoreLost(
                    f"the store {address.shown} is gone, but there was one",
                    "look whether it is the right server, or bring it back with `cowork data restore`",
                )
            create(raw)
        _bring_up_to_date(connection, raw, note)
    except BaseException as error:
        raw.close()
        if isinstance(error, psycopg.Error):
            raise failures.translated(error, address.shown) from error
        raise
    return connection


def _connect(address: Address, password: str | None) -> tuple[psycopg.Connection[Any], bool]:
    """A connection, and whether a store is there."""
    secret = {"password": password} if password else {}
    raw: psycopg.Connection[Any] = psycopg.Connection.connect(
        autocommit=True,
        connect_timeout=CONNECT_S,
        application_name="cowork",
        cursor_factory=psycopg.RawCursor,
        **{**address.parameters, **secret},  # type: ignore[arg-type]
    )
    raw.server_cursor_factory = psycopg.RawServerCursor
    raw.adapters.register_loader("numeric", _Number)
    raw.adapters.register_loader("bool", _Bool)
    raw.adapters.register_loader("json", _Text)
    raw.adapters.register_dumper(bool, _BoolAsNumber)
    cursor = raw.execute(_SETTINGS)
    while cursor.nextset():
        pass
    (there,) = cursor.fetchone() or (None,)
    return raw, there is not None


def schema_version(raw: psycopg.Connection[Any]) -> int:
    """The version that the store says it has."""
    (found,) = raw.execute("SELECT version FROM cowork.schema_version").fetchone() or (0,)
    return int(found)


def create(raw: psycopg.Connection[Any], upto: int = version.VERSION) -> None:
    """Makes the store, whole or not at all; where another one is quicker, that is the store."""
    with raw.transaction():
        raw.execute(f"SELECT pg_advisory_xact_lock({WRITERS})")
        there = raw.execute("SELECT to_regclass('cowork.schema_version')").fetchone()
        if there == (None,):
            raw.execute("CREATE SCHEMA IF NOT EXISTS cowork")
            for _, script in scripts(0, upto):
                raw.execute(script.encode())


def _bring_up_to_date(
    connection: Connection, raw: psycopg.Connection[Any], note: Callable[[str], None]
) -> None:
    """Runs the scripts that are missing, after a backup into a file. Raises StoreNewer."""
    found = schema_version(raw)
    if found > version.VERSION:
        raise failures.newer(connection.url, found, version.VERSION)
    if found == version.VERSION:
        return
    with raw.transaction():
        raw.execute(f"SELECT pg_advisory_xact_lock({WRITERS})")
        for _, script in scripts(schema_version(raw), version.VERSION):
            raw.execute(script.encode())
    note(f"the store {connection.url} was brought to schema {version.VERSION}")


def scripts(since: int, upto: int) -> Iterator[tuple[int, str]]:
    """The scripts of the schemas after `since`, in their order."""
    folder = resources.files("cowork_cli.store") / "migrations" / "postgresql"
    named = sorted(
        (int(file.name[:4]), file) for file in folder.iterdir() if file.name.endswith(".sql")
    )
    for number, file in named:
        if since < number <= upto:
            yield number, file.read_text(encoding="utf-8")


class _Number(Loader):
    """A sum of whole numbers is one, as in SQLite; what has a point is a float."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


class _Bool(Loader):
    """A condition is 0 or 1."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _Text(Loader):
    """JSON as the text that it is."""

    def load(self, data: Buffer) -> str:
        return bytes(data).decode()


class _BoolAsNumber(Dumper):
    """The columns have numbers for yes and no."""

    oid = types["int2"].oid

    def dump(self, obj: bool) -> Buffer:
        return b"1" if obj else b"0"
