"""Rows for every table of a schema, made from the schema as it is."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.database import build
from cowork_cli.store.engine.store import Store
from cowork_cli.store.engine.version import VERSION

Open = Callable[[str], Store]

LOCKED = {
    ("entries", "invoice_id"): "a billed entry cannot be undone",
    ("invoices", "state"): "an issued invoice cannot be undone; nor can what hangs on it",
    ("quotes", "state"): "a quote that was sent cannot be changed any more",
    ("bank_links", "expense_id"): "a match is with one thing, a payment here",
    ("rates", "project_id"): "a rate has one owner, a client here",
}
# Written without the journal, for a record that refers to it.
BY_HASH = ("receipts", "letters")


@cache
def shapes(schema: int) -> dict[str, tuple[str, list[Any], list[Any]]]:
    """Each table as SQLite has it: its statement, foreign keys and columns; the same wherever rows are made."""
    told = {}

    def read(connection: Connection) -> None:
        for name, sql in connection.rows(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
        ):
            keys = connection.rows(f"PRAGMA foreign_key_list({name})")
            told[name] = sql, keys, connection.rows(f"PRAGMA table_info({name})")

    with TemporaryDirectory() as folder:
        build(Path(folder) / "shape.db", schema, read)
    return told


class Maker:
    """Makes rows that the rules of the schema allow, no value of one equal to that of another."""

    def __init__(self, opened: Open, schema: int = VERSION):
        self._schema = schema
        self._opened = opened
        self._store = opened("parents")
        self._count = 0
        self._turns: Counter[tuple[str, str]] = Counter()

    def row(self, table: str, *, alone: bool = False) -> dict[str, Any]:
        """A value for each column but the id and those of `LOCKED`; `alone`: of no other of its kind."""
        self._count += 1
        sql, keys, columns = shapes(self._schema)[table]
        parents = {key[3]: key.table for key in keys}  # `from` is a word of Python
        row = {}
        for column in columns:
            if column.name == "id":
                continue
            if (table, column.name) in LOCKED:
                if column.name == "state":
                    row[column.name] = "draft"
                continue
            parent = parents.get(column.name)
            if alone and parent == table:
                continue
            row[column.name] = self._value(table, column, sql, parent)
        return row

    def add(self, table: str, command: str = "add") -> int:
        row = self.row(table, alone=True)
        with self._opened(command).transaction() as journal:
            return journal.insert(table, row)

    def _value(self, table: str, column: Any, sql: str, parent: str | None) -> Any:
        name, number = column.name, self._count
        self._turns[table, name] += 1
        turn = self._turns[table, name]
        if parent in BY_HASH:
            content = f"content of {table} {turn}".encode()
            digest = hashlib.sha256(content).hexdigest()
            with self._store.connection.transaction():
                self._store.connection.run(
                    f"INSERT INTO {parent} (sha256, content) VALUES (?, ?)",
                    digest,
                    content,
                )
            return digest
        if parent == "changes":  # written by the journal itself
            return self._store.value("SELECT max(id) FROM changes")
        if parent:
            return self.add(parent)
        if allowed := re.search(rf"\b{name} IN \(([^)]*)\)", sql):
            words = re.findall(r"'([^']*)'", allowed[1])
            return words[turn % len(words)]
        if limits := re.search(rf"\b{name} BETWEEN (\d+) AND (\d+)", sql):
            return int(limits[1]) + turn % 2
        if column.type == "INTEGER":
            return number * 100_000 + (500 if name == "to_at" else 0)
        if column.type == "REAL":
            return number + 0.5
        return f"{name} {number}"
