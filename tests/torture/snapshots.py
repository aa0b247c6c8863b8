"""Everything a home holds, compared but for what differs from run to run: UUIDs, hashes over them."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Rows = list[tuple[Any, ...]]
Snapshot = dict[str, Rows]
# What tells how it came about: `data verify` looks through it.
_LEFT_OUT = ("journal", "sqlite_", "erasures")


def snapshot(home: Path) -> Snapshot | None:
    """Every table of the store; None where there is no store."""
    path = home / "data" / "cowork.db"
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(_LEFT_OUT)
        ]
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)
            for table in tables
        }


def settings(home: Path) -> str | None:
    """The settings that commands write, but for the name of the store, which is made at random."""
    path = home / "config" / "settings.toml"
    if not path.exists():
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("id ="))


def differing_columns(one: Snapshot, other: Snapshot) -> frozenset[tuple[str, int]]:
    """(table, column) whose values differ between two runs of the same commands."""
    return frozenset(
        (table, column)
        for table, rows in one.items()
        for mine, theirs in zip(rows, other[table], strict=True)
        for column, (a, b) in enumerate(zip(mine, theirs, strict=True))
        if a != b
    )


def masked(state: Snapshot | None, columns: frozenset[tuple[str, int]]) -> Snapshot | None:
    """The state without those columns."""
    if state is None:
        return None
    return {
        table: sorted(
            (
                tuple(None if (table, n) in columns else value for n, value in enumerate(row))
                for row in rows
            ),
            key=repr,
        )
        for table, rows in state.items()
    }


def assert_documents_fit(home: Path) -> None:
    """The copies of documents that lie there are those that were issued."""
    folder, path = home / "data" / "invoices", home / "data" / "cowork.db"
    if not folder.is_dir() or not path.exists():
        return
    with closing(sqlite3.connect(path)) as connection:
        issued = dict(connection.execute("SELECT name, sha256 FROM invoice_files"))
    for copy in folder.iterdir():
        if not copy.name.startswith("."):
            assert hashlib.sha256(copy.read_bytes()).hexdigest() == issued[copy.name], copy


def digest(home: Path) -> bytes:
    """One hash over the bytes of every file, but for what lies in memory while the store is open."""
    whole = hashlib.sha256()
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.name.endswith("-shm"):
            content = path.read_bytes()
            whole.update(f"{path.relative_to(home)} {len(content)}\n".encode() + content)
    return whole.digest()
