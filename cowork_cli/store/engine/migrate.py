"""Bringing a store to the schema of this version.

Numbered scripts `NNNN_name.sql`, never changed once released, only added. Each holds its own
`BEGIN IMMEDIATE … COMMIT` and sets `user_version` inside it. They are run statement by statement:
`executescript` would commit a transaction that is open, and between a script's BEGIN and its second
statement it is looked again whether another process was quicker. Before the first one a backup is
made, while that transaction keeps other writers out.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from cowork_cli.errors import Failed, StoreNewer
from cowork_cli.paths import make_private
from cowork_cli.store.engine.connection import connect, copy_into, schema_version
from cowork_cli.store.engine.failures import is_the_disk
from cowork_cli.store.engine.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_STORE = __file__.rpartition("engine")[0]
SCRIPTS: str | Path = f"{_STORE}migrations"
SCHEMA = f"{_STORE}schema.sql"  # what they come to, in one: a fifth of the time, and one flush


def create(connection: sqlite3.Connection, until: int = VERSION) -> None:
    """Builds a schema in an empty file: that of this version, or of an older one."""
    from pathlib import Path

    if until == VERSION:
        _run(connection, VERSION, Path(SCHEMA), lambda: None)
    else:
        create_by_scripts(connection, until)


def create_by_scripts(connection: sqlite3.Connection, until: int) -> None:
    """The same by each script up to `until`, as a store that has been there from the first one."""
    for number, script in scripts():
        if number <= until:
            _run(connection, number, script, lambda: None)


def scripts(since: int = 0) -> list[tuple[int, Path]]:
    """The scripts after version `since`, in their order."""
    from pathlib import Path

    numbered = [(int(path.name[:4]), path) for path in sorted(Path(SCRIPTS).glob("[0-9]*.sql"))]
    return [(number, path) for number, path in numbered if number > since]


def refuse_newer(connection: sqlite3.Connection, path: str | Path) -> None:
    """Raises StoreNewer. Called before anything is written, also before the journal mode is set."""
    version = schema_version(connection)
    if version > VERSION:
        raise StoreNewer(
            f"the store {path} was written by a newer cowork (schema {version}, this one knows {VERSION})",
        )


def migrate(
    connection: sqlite3.Connection,
    path: str | Path,
    backups: str | Path,
    stamp: str,
    note: Callable[[str], None],
) -> None:
    """Runs what is missing, after a backup. Raises StoreNewer, or Failed with the old schema kept.

    A full disk, a busy store and a failing disk pass as sqlite3.Error: they are no fault of a script.
    """
    refuse_newer(connection, path)
    made: list[Path] = []

    def back_up() -> None:
        if not made:
            made.append(_backup(connection, path, backups, stamp))

    for number, script in scripts(since=schema_version(connection)):
        try:
            _run(connection, number, script, back_up)
        except sqlite3.Error as error:
            if is_the_disk(error):
                raise
            raise Failed(
                f"the store could not be brought to schema {number}: {error}; "
                f"it stays at schema {schema_version(connection)}",
                f"a backup lies at `{made[0]}`; please report this" if made else None,
            ) from error
        finally:
            connection.execute("PRAGMA foreign_keys = ON")  # a script may have switched it off
    if made:
        note(f"the store was brought to schema {VERSION}; a backup lies at {made[0]}")


def upgrade_copy(connection: sqlite3.Connection) -> None:
    """Brings a copy of a store to the schema of this version; it needs no backup of its own."""
    for number, script in scripts(since=schema_version(connection)):
        _run(connection, number, script, lambda: None)
    connection.execute("PRAGMA foreign_keys = ON")


def _run(
    connection: sqlite3.Connection, number: int, script: Path, before: Callable[[], None]
) -> None:
    """One script, whole or not at all. `before` is called with writers kept out, if it is still due."""
    try:
        for statement in _statements(script.read_text(encoding="utf-8")):
            connection.execute(statement)
            if connection.in_transaction and statement.lstrip().upper().startswith("BEGIN"):
                if schema_version(connection) >= number:  # another process was quicker
                    connection.execute("ROLLBACK")
                    return
                before()
    except BaseException:
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger is one, with those inside it. Comments are dropped."""
    statement = ""
    for line in script.splitlines():
        if not statement and (not line.strip() or line.lstrip().startswith("--")):
            continue
        statement += line + "\n"
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    assert not statement, "a script ends within a statement"


def _backup(
    connection: sqlite3.Connection, path: str | Path, folder: str | Path, stamp: str
) -> Path:
    """Copies the store through a second connection: the first one is inside its transaction."""
    from pathlib import Path

    backups = Path(folder)
    make_private(backups)
    name = f"cowork-schema-{schema_version(connection)}-{stamp}"
    target, again = backups / f"{name}.db", 2
    while target.exists():
        target, again = backups / f"{name}-{again}.db", again + 1
    reader = connect(path)
    try:
        copy_into(reader, target)
    finally:
        reader.close()
    return target
