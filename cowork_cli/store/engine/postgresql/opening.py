"""Opening the store on a server: connected, made or brought to this schema where that is due.

The states are those of a file (`engine/database.py`): never existed (it is made), fine, newer, damaged,
unreadable, lost; and one that a file has not: out of reach.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.postgres import types

from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import NotAllowed, StoreLost
from cowork_cli.records import dataclass
from cowork_cli.store.engine import version
from cowork_cli.store.engine.files import BUSY_MS
from cowork_cli.store.engine.postgresql import failures, grants
from cowork_cli.store.engine.postgresql.connection import WRITERS, Connection
from cowork_cli.store.engine.postgresql.scripts import scripts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from cowork_cli.store.engine.postgresql.address import Address

CONNECT_S = 5
_IDLE_MS = 60_000  # a machine that is gone in the middle of a change lets the others go on
_ONE = {"entries": "entry", "clients": "client", "invoices": "invoice"}
_SETTINGS = (
    f"SET search_path = cowork; SET lock_timeout = {BUSY_MS}; SET timezone = 'UTC'; "
    f"SET idle_in_transaction_session_timeout = {_IDLE_MS}; SET client_min_messages = warning; "
    "SELECT to_regclass('cowork.schema_version')::text"
)


@dataclass(frozen=True, slots=True)
class Backups:
    """Where a backup is put before a schema is changed, and the time in its name."""

    folder: str
    stamp: str


def open_connection(
    address: Address,
    password: str | None,
    *,
    backups: Backups,
    known: str | None,
    person: str = "",
    note: Callable[[str], None],
) -> Connection:
    """A connection to the store there. `known`: the identity of the one that this home has used.

    `person` owns the store if it is made here and now.

    Raises StoreError, ServerUnreachable, AuthRejected, NotAllowed.
    """
    connection, there = reach(address, password, backups.folder)
    with closed_where_it_fails(connection):
        if not there:
            if known:
                raise _lost(connection)
            create(connection.raw, owner=person)
        found, connection.identity = _version_and_identity(connection)
        if found != version.VERSION:
            _bring_up_to_date(connection, found, backups, note)
        if connection.identity is None:
            connection.identity = _identified(connection)
        if known and connection.identity and known != connection.identity:
            raise _another(connection)
    return connection


def reach(address: Address, password: str | None, backups: str) -> tuple[Connection, bool]:
    """A connection to the database, and whether a store is there; nothing is made."""

    def connected() -> psycopg.Connection[Any]:
        return _connect(address, password)[0]

    try:
        raw, there = _connect(address, password)
    except psycopg.Error as error:
        raise failures.translated(error, address.shown) from error
    return Connection(raw, address.shown, backups, connected, version.VERSION), there


@contextmanager
def closed_where_it_fails(connection: Connection) -> Iterator[None]:
    """The connection stays open, but for an error, which is one of ours then."""
    try:
        yield
    except BaseException as error:
        connection.close()
        if isinstance(error, psycopg.Error):
            raise failures.translated(error, connection.url) from error
        raise


def _version_and_identity(connection: Connection) -> tuple[int, str | None]:
    row = connection.raw.execute(
        "SELECT version, (SELECT value FROM meta WHERE key = 'store') FROM schema_version"
    ).fetchone()
    found, identity = row or (0, None)
    return int(found), identity


def _identified(connection: Connection) -> str | None:
    """Gives the store an identity where it has none; None where this role may not."""
    try:
        row = connection.raw.execute(
            "INSERT INTO meta (key, value) VALUES ('store', gen_random_uuid()::text) "
            "ON CONFLICT (key) DO UPDATE SET value = meta.value RETURNING value"
        ).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return None
    (identity,) = row or (None,)
    return identity


def _lost(connection: Connection) -> StoreLost:
    moved = connection.raw.execute(
        "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'cowork_moved_') "
        "ORDER BY nspname DESC LIMIT 1"
    ).fetchone()
    if moved:
        (schema,) = moved
        return StoreLost(
            f"the store {connection.url} was moved away into a file; what it was then lies in the "
            f"schema {schema} of the database",
            "ask who moved it, and where to; to go on with a file of this home, use "
            "`cowork config unset store.url`",
        )
    return StoreLost(
        f"the store {connection.url} is gone, but there was one",
        "look whether it is the right server, or bring it back with `cowork data restore`",
    )


def _another(connection: Connection) -> StoreLost:
    return StoreLost(
        f"the store {connection.url} is another one than this home has used there, with "
        f"{holdings(connection)}",
        "look whether it is the right server; if you want this one from now on, say so with "
        f"`cowork config set store.url {shell_word(connection.url)}`",
    )


def holdings(connection: Connection) -> str:
    """What a store holds, for people to recognise it by: "12 entries, 2 clients, the last change …"."""
    counts = [
        (table, connection.value(f"SELECT count(*) FROM {table}"))
        for table in ("entries", "clients", "invoices")
    ]
    last = connection.value("SELECT max(at) FROM changes")
    when = f", the last change on {datetime.fromtimestamp(last, UTC):%Y-%m-%d}" if last else ""
    held = ", ".join(f"{count} {table if count != 1 else _ONE[table]}" for table, count in counts)
    return f"{held}{when}"


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
    try:
        return raw, _set_up(raw)
    except BaseException:
        raw.close()
        raise


def _set_up(raw: psycopg.Connection[Any]) -> bool:
    """Makes the connection what ours are; whether a store is there."""
    raw.server_cursor_factory = psycopg.RawServerCursor
    raw.adapters.register_loader("numeric", _Number)
    raw.adapters.register_loader("bool", _Bool)
    raw.adapters.register_loader("json", _Text)
    raw.adapters.register_dumper(bool, _BoolAsNumber)
    cursor = raw.execute(_SETTINGS)
    while cursor.nextset():
        pass
    (there,) = cursor.fetchone() or (None,)
    return there is not None


def schema_version(raw: psycopg.Connection[Any]) -> int:
    """The version that the store says it has."""
    (found,) = raw.execute("SELECT version FROM cowork.schema_version").fetchone() or (0,)
    return int(found)


def create(raw: psycopg.Connection[Any], upto: int = version.VERSION, *, owner: str = "") -> None:
    """Makes the store, whole or not at all; where another one is quicker, that is the store."""
    with raw.transaction():
        raw.execute(f"SELECT pg_advisory_xact_lock({WRITERS})")
        if make(raw, upto) and owner:
            raw.execute("INSERT INTO meta (key, value) VALUES ('owner', $1)", (owner,))


def make(raw: psycopg.Connection[Any], upto: int = version.VERSION) -> bool:
    """Makes the tables in the transaction that is open; False if they are there."""
    there = raw.execute("SELECT to_regclass('cowork.schema_version')").fetchone()
    if there != (None,):
        return False
    raw.execute("CREATE SCHEMA IF NOT EXISTS cowork")
    for _, script in scripts(0, upto):
        raw.execute(script.encode())
    return True


def _bring_up_to_date(
    connection: Connection, found: int, backups: Backups, note: Callable[[str], None]
) -> None:
    """Runs the scripts that are missing, after a backup into a file. Raises StoreNewer, NotAllowed."""
    raw, made = connection.raw, None
    if found > version.VERSION:
        raise failures.newer(connection.url, found, version.VERSION)
    try:
        with raw.transaction():
            raw.execute(f"SELECT pg_advisory_xact_lock({WRITERS})")
            connection.unhurried()
            found = schema_version(raw)  # another one may have been quicker
            if found < version.VERSION:
                made = _backup(connection, found, backups)
                upgrade(connection, found)
    except psycopg.errors.InsufficientPrivilege as error:
        raise NotAllowed(
            f"the store {connection.url} has schema {found}, this cowork needs {version.VERSION}, "
            "and your role may not change it",
            "ask who keeps the store to run this version of cowork once",
        ) from error
    if found > version.VERSION:
        raise failures.newer(connection.url, found, version.VERSION)
    if made:
        note(
            f"the store {connection.url} was brought to schema {version.VERSION}; "
            f"a backup lies at {made}"
        )


def upgrade(connection: Connection, found: int) -> None:
    """Runs the scripts after schema `found`, in the transaction that is open."""
    for _, script in scripts(found, version.VERSION):
        connection.raw.execute(script.encode())
    grants.renew(connection)


def _backup(connection: Connection, schema: int, backups: Backups) -> Path:
    """The whole store as a file of the same schema, under a name that is free."""
    from cowork_cli.paths import make_private
    from cowork_cli.store.engine import transfer

    folder = make_private(Path(backups.folder))
    name = f"cowork-schema-{schema}-{backups.stamp}"
    target, again = folder / f"{name}.db", 2
    while target.exists():
        target, again = folder / f"{name}-{again}.db", again + 1
    transfer.copy_into_file(connection, target, schema)
    return target


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
