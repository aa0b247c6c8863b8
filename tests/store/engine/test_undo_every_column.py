"""Undo and redo bring back every column of every table, generated over the schema as it is.

A new table or column is covered the day it is added; what a rule keeps from being set here is named
in `LOCKED`, with the reason.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cowork_cli.paths import locate
from cowork_cli.store.engine import integrity
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.engine.store import Store
from tests.stores import open_store

LOCKED = {
    ("entries", "invoice_id"): "a billed entry cannot be undone",
    ("invoices", "state"): "an issued invoice cannot be undone; nor can what hangs on it",
    ("quotes", "state"): "a quote that was sent cannot be changed any more",
    ("bank_links", "expense_id"): "a match is with one thing, a payment here",
    ("rates", "project_id"): "a rate has one owner, a client here",
}
# Written without the journal, for a record that refers to it.
BY_HASH = ("receipts", "letters")

Open = Callable[[str], Store]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    stores = []

    def run(command: str) -> Store:
        store = open_store(
            locate({"COWORK_HOME": str(tmp_path)}),
            now_ms=1_764_090_000_000,
            command=command,
            expected=False,
            note=lambda line: None,
        )
        stores.append(store)
        return store

    yield run
    for store in stores:
        store.close()


class Shape(NamedTuple):
    """A table: its columns, its statement, its foreign keys, and each column as `table_info` has it."""

    columns: list[Any]
    sql: str
    keys: list[Any]
    information: list[Any]


def schema() -> dict[str, Shape]:
    """Journalled table → what SQLite says of it, of a file that is made for the question."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as home:
        store = open_store(
            locate({"COWORK_HOME": home}), now_ms=0, command="", expected=False, note=print
        )
        try:
            return {
                table: Shape(
                    store.connection.catalogue.columns(store.connection, table),
                    store.value("SELECT sql FROM sqlite_schema WHERE name = ?", table),
                    store.rows(f"PRAGMA foreign_key_list({table})"),
                    store.rows(f"PRAGMA table_info({table})"),
                )
                for table in integrity._journalled_tables(store.connection)
            }
        finally:
            store.close()


SHAPES = schema()
TABLES = {table: shape.columns for table, shape in SHAPES.items()}


class Maker:
    """Makes rows that the rules of the schema allow, no value of one equal to that of another."""

    def __init__(self, opened: Open):
        self._opened = opened
        self._store = opened("parents")
        self._count = 0
        self._turns: Counter[tuple[str, str]] = Counter()

    def row(self, table: str, *, alone: bool = False) -> dict[str, Any]:
        """A value for each column but the id and those of `LOCKED`; `alone`: of no other of its kind."""
        self._count += 1
        sql, keys = SHAPES[table].sql, SHAPES[table].keys
        parents = {key[3]: key.table for key in keys}  # `from` is a word of Python
        row = {}
        for column in SHAPES[table].information:
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
            with self._store.connection.transaction():
                self._store.connection.run(
                    f"INSERT INTO {parent} (sha256, content) VALUES (?, ?)",
                    f"hash {table} {turn}",
                    b"content",
                )
            return f"hash {table} {turn}"
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


def read(store: Store, table: str, row_id: int) -> dict[str, Any] | None:
    row = store.row(f"SELECT * FROM {table} WHERE id = ?", row_id)
    return None if row is None else as_dict(row)


@pytest.mark.parametrize("table", TABLES)
def test_undo_and_redo_bring_back_every_column(opened: Open, table: str) -> None:
    maker, look = Maker(opened), opened("look")
    added, changed = maker.row(table), maker.row(table)
    with opened("thing add").transaction() as journal:
        row_id = journal.insert(table, added)
    first = read(look, table, row_id)
    assert first is not None
    assert {**first, **added} == first

    with opened("thing edit").transaction() as journal:
        assert journal.update(table, row_id, changed)
    second = read(look, table, row_id)
    assert second is not None
    differing = {name for name in first if first[name] != second[name]}
    locked = {column for owner, column in LOCKED if owner == table}
    assert differing == set(TABLES[table]) - {"id"} - locked

    opened("undo").journal.undo(1)
    assert read(look, table, row_id) == first
    opened("redo").journal.redo()
    assert read(look, table, row_id) == second
    with opened("thing remove").transaction() as journal:
        journal.delete(table, row_id)
    assert read(look, table, row_id) is None
    opened("undo").journal.undo(1)
    assert read(look, table, row_id) == second
    opened("undo").journal.undo(2)
    assert read(look, table, row_id) is None
    opened("redo").journal.redo()
    assert read(look, table, row_id) == second

    rows = [row for change in look.journal.history() for row in change.rows]
    whole = set(TABLES[table])
    for row in rows:
        if row.table == table:
            assert set(row.before or whole) == whole
            assert set(row.after or whole) == whole
    assert integrity.replay(look.connection) == []
    assert integrity.chain(look.connection) == []


def test_the_columns_that_are_locked_are_there() -> None:
    assert {table for table, _ in LOCKED} <= set(TABLES)
    assert all(column in TABLES[table] for table, column in LOCKED)
