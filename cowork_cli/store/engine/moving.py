"""A whole store from a file to a server and back: copied in one transaction, compared, and only then used.

Whoever writes is kept out meanwhile, and afterwards by a mark on what was left: a file refuses every
change from the moment on at which the server has it; the tables of a server get another name. Killed at
any moment, it goes on or begins again when it is repeated: what was copied before is told by its identity
and by its journal, which must be the beginning of the one that is copied now.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import Conflict, StoreBusy, StoreDamaged
from cowork_cli.paths import flush_folder, make_private
from cowork_cli.records import dataclass
from cowork_cli.store.engine import (
    comparing,
    database,
    files,
    given_numbers,
    integrity,
    left_behind,
    migrate,
    transfer,
    version,
    whose,
)
from cowork_cli.store.engine.comparing import IDENTITY, OWNER, Head
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.store import Server, require_driver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.postgresql.connection import Connection as OnServer

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied and compared: the rows of each table that has some, and the journal's end."""

    tables: dict[str, int]
    head: Head


@dataclass(frozen=True, slots=True)
class Names:
    """What a store that goes to a server says of itself: its identity, and whose records name nobody."""

    identity: str
    owner: str | None


def to_server(
    source: Connection, server: Server, backups: str, names: Names, tell: Tell, *, keep: bool
) -> Copied:
    """All of a file into the database of `server`; `keep` False: tried out, and taken back.

    Raises Conflict where another store lies there, StoreDamaged where the two are not the same then,
    and whatever a server says. Nothing was changed in either of them then.
    """
    with _reached(server, backups) as (target, there), source.transaction():
        if there:
            _refuse_newer(target)

        def make() -> None:
            _make(target)
            _refuse_another(target, source, names.identity)

        with target.founding(make, keep=keep):
            copied = _copied(source, target, tell)
            comparing.say(target, IDENTITY, names.identity)
            if names.owner and whose.is_free(source):
                comparing.say(target, OWNER, names.owner)
        if keep:
            left_behind.mark(source)
    return copied


def to_file(
    source: "OnServer", path: Path, backups: str, tell: Tell, *, keep: Callable[[], None] | None
) -> tuple[Copied, str | None]:
    """All of a server into a new file at `path`, and what its tables are called there from then on.

    `keep` is called before the file is put there and the server lets go; None: tried out only. Raises
    Conflict where another store lies there, StoreDamaged where the two are not the same then, and
    whatever a server says; the server's store is as before then.
    """
    left: str | None = None
    part = path.with_name(f".move-{os.getpid()}-{os.urandom(4).hex()}.db")
    try:
        with source.transaction():
            source.unhurried()
            _refuse_file(path, backups, source)
            copied = _built(source, part, tell)
            if keep is not None:
                keep()
                if os.path.lexists(path):
                    raise StoreBusy(f"{path} is in use, nothing was changed", "run it again")
                part.rename(path)
                flush_folder(path.parent)
                left = _rename(source)
    finally:
        files.remove_store(part)
    return copied, left


def put_on_server(
    file: Path, server: Server, backups: str, keep_present: Callable[[Connection], None]
) -> None:
    """Makes the store of `server` the one in `file`, of this schema or an older one, in one transaction.

    `keep_present` is given what lies there, if there is something, while nobody writes. Who the store is
    stays as it was, and numbers that were given out stay given. Raises StoreDamaged where the two are not the
    same then, and whatever a server says.
    """
    raw = database.open_as_it_is(file, backups)
    try:
        migrate.upgrade_copy(raw)
        source = Connection(raw, file, backups)
        with _reached(server, backups) as (target, there), source.transaction():
            if there:
                _refuse_newer(target)
            with target.founding(lambda: _make(target), keep=True):
                series = given_numbers.series_of(target) if there else {}
                if there:
                    keep_present(target)
                identity, owner = comparing.said(target, IDENTITY), comparing.said(target, OWNER)
                transfer.copy(source, target, transfer.no_word)
                _compared_rows(source, target)
                given_numbers.keep(target, series)
                if identity:
                    comparing.say(target, IDENTITY, identity)
                if owner and comparing.said(target, OWNER) is None:
                    comparing.say(target, OWNER, owner)
    finally:
        raw.close()


def given_there(server: Server, backups: str) -> given_numbers.Given:
    """What the store on the server has given out."""
    with _reached(server, backups) as (target, there):
        return given_numbers.given(target) if there else given_numbers.NONE


def is_there(server: Server, backups: str) -> bool:
    """Whether a store lies on the server still."""
    with _reached(server, backups) as (_, there):
        return there


# ---- parts


def _rename(source: Connection) -> str:
    name: str = source.value(
        "SELECT 'cowork_moved_' || to_char(clock_timestamp(), 'YYYYMMDD_HH24MISS')"
    )
    source.run(f"ALTER SCHEMA cowork RENAME TO {name}")
    return f"schema {name} of {source.path}"


@contextmanager
def _reached(server: Server, backups: str) -> Iterator[tuple["OnServer", bool]]:
    require_driver()
    from cowork_cli.store.engine.postgresql import opening
    from cowork_cli.store.engine.postgresql.address import address

    target, there = opening.reach(address(server.url, server.source), server.password(), backups)
    with opening.closed_where_it_fails(target):
        yield target, there
    target.close()


def _refuse_newer(target: "OnServer") -> None:
    from cowork_cli.store.engine.postgresql import failures, opening

    found = opening.schema_version(target.raw)
    if found > version.VERSION:
        raise failures.newer(target.url, found, version.VERSION)


def _make(target: "OnServer") -> None:
    from cowork_cli.store.engine.postgresql import opening

    opening.make(target.raw)
    found = opening.schema_version(target.raw)
    if found < version.VERSION:
        opening.upgrade(target, found)


def _refuse_another(target: "OnServer", source: Connection, identity: str) -> None:
    """Raises Conflict where more lies there than what this very store was once."""
    head = comparing.head(target)
    if head.row == 0:
        return
    if comparing.said(target, IDENTITY) == identity and comparing.is_earlier(head, source):
        return
    from cowork_cli.store.engine.postgresql.opening import holdings

    owner = comparing.said(target, OWNER)
    whose = f" of {owner}" if owner else ""
    raise Conflict(
        f"the database {target.url} holds another store{whose} already, with {holdings(target)}; "
        "nothing was changed",
        "give an empty database, made as in `createdb office`; to work with the store that is there, "
        f"use `cowork config set store.url {shell_word(target.url)}`",
    )


def _refuse_file(path: Path, backups: str, source: Connection) -> None:
    """Raises Conflict where another store lies at `path`; what this one was once is moved to the backups."""
    if not os.path.lexists(path):
        return
    with database.looking(path, backups) as file:
        head = comparing.head(file)
        ours = head.row == 0 or comparing.is_earlier(head, source)
        held = {} if ours else integrity.counted(file)
    if not ours:
        counts = ", ".join(f"{count} {table}" for table, count in held.items() if count)
        raise Conflict(
            f"{path} holds another store ({counts}), and is not written over; nothing was changed",
            "take it out of the way first, or use another home with `--home DIR`",
        )


def _copied(source: Connection, target: Connection, tell: Tell) -> Copied:
    """Copies, then looks whether both are the same, and whether all of it is in order."""
    tell(f"Copying into {target.path} ...")
    transfer.copy(source, target, _progress(tell))
    return _compared(source, target, tell)


def _built(source: Connection, path: Path, tell: Tell) -> Copied:
    copied: list[Copied] = []

    def fill(file: Connection) -> None:
        with file.transaction():
            tell(f"Copying from {source.path} ...")
            transfer.copy(source, file, _progress(tell))
        copied.append(_compared(source, file, tell))

    make_private(path.parent)
    database.build(path, version.VERSION, fill)
    return copied[0]


def _progress(tell: Tell) -> Callable[[str, int], None]:
    """Tells of tables that take long enough to be told of."""

    def told(table: str, rows: int) -> None:
        if rows >= _MANY:
            tell(f"Copied {table}: {rows:,} rows.")

    return told


_MANY = 10_000


def _compared(source: Connection, target: Connection, tell: Tell) -> Copied:
    """Each table's rows and their hash, then what `data verify` looks for. Raises StoreDamaged."""
    tell("Comparing every row ...")
    tables = _compared_rows(source, target)
    tell("Checking the journal's chain and every document ...")
    for _, _, check in integrity.CHECKS:
        found = integrity.run(target, check)
        if found:
            raise StoreDamaged(
                f"the store is not in order: {found[0]}; nothing was changed",
                "look at it with `cowork data verify`",
            )
    return Copied({name: rows for name, rows in tables.items() if rows}, comparing.head(target))


def _compared_rows(source: Connection, target: Connection) -> dict[str, int]:
    """How many rows each table has in both. Raises StoreDamaged where one is not the same."""
    tables = {}
    for table in source.catalogue.tables(source):
        there = comparing.content(source, table)
        here = comparing.content(target, table)
        if there != here:
            raise StoreDamaged(
                f"{table} is not the same in both: {there.rows} rows, {here.rows} in the copy; "
                "nothing was changed",
                "look at the store with `cowork data verify`",
            )
        tables[table] = there.rows
    return tables
