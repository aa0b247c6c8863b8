"""Bringing a store to the schema of this version.

Numbered scripts `NNNN_name.sql`, never changed once released, only added. Each holds its own
`BEGIN IMMEDIATE … COMMIT` and sets `user_version` inside it, because `executescript` commits a
transaction that was opened outside. Before the first one a backup is made.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from cowork_cli.errors import Failed, StoreNewer
from cowork_cli.store.version import VERSION

SCRIPTS = Path(__file__).parent / "migrations"


def create(connection: sqlite3.Connection) -> None:
    """Builds the schema of this version in an empty file."""
    for _, script in scripts():
        _run(connection, script)


def scripts(since: int = 0) -> list[tuple[int, Path]]:
    """The scripts after version `since`, in their order."""
    numbered = [(int(path.name[:4]), path) for path in sorted(SCRIPTS.glob("[0-9]*.sql"))]
    return [(number, path) for number, path in numbered if number > since]


def schema_version(connection: sqlite3.Connection) -> int:
    """The version that the file says it has."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    backups: Path,
    stamp: str,
    note: Callable[[str], None],
) -> None:
    """Runs what is missing, after a backup. Raises StoreNewer, or Failed with the old schema kept."""
    version = schema_version(connection)
    if version > VERSION:
        raise StoreNewer(
            f"the store {path} was written by a newer cowork (schema {version}, this one knows {VERSION})",
            "update cowork, for example with `pipx upgrade cowork-cli`",
        )
    if version == VERSION:
        return
    backup = _backup(connection, backups, version, stamp)
    for number, script in scripts(since=version):
        if schema_version(connection) >= number:  # another process was quicker
            continue
        try:
            _run(connection, script)
        except sqlite3.Error as error:
            raise Failed(
                f"the store could not be brought to schema {number}: {error}; it is as before",
                f"a backup lies at `{backup}`; please report this",
            ) from error
    note(f"the store was brought to schema {VERSION}; a backup lies at {backup}")


def _run(connection: sqlite3.Connection, script: Path) -> None:
    try:
        connection.executescript(script.read_text(encoding="utf-8"))
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _backup(connection: sqlite3.Connection, backups: Path, version: int, stamp: str) -> Path:
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = backups / f"cowork-schema-{version}-{stamp}.db"
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    target.chmod(0o600)
    return target
