"""Undo and redo bring back every column of every table, generated over the schema as it is.

A new table or column is covered the day it is added; what a rule keeps from being set here is named
in `made_rows.LOCKED`, with the reason.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.paths import locate
from cowork_cli.store.engine import integrity, undo
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.engine.store import Store
from tests.store.engine.made_rows import LOCKED, Maker, Open
from tests.stores import open_store


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


def schema() -> dict[str, list[Any]]:
    """Journalled table → its columns, of a store that is made for the question."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as home:
        store = open_store(
            locate({"COWORK_HOME": home}), now_ms=0, command="", expected=False, note=print
        )
        try:
            return {
                table: store.connection.catalogue.columns(store.connection, table)
                for table in integrity._journalled_tables(store.connection)
            }
        finally:
            store.close()


TABLES = schema()


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

    undo.undo(opened("undo").journal, 1)
    assert read(look, table, row_id) == first
    undo.redo(opened("redo").journal)
    assert read(look, table, row_id) == second
    with opened("thing remove").transaction() as journal:
        journal.delete(table, row_id)
    assert read(look, table, row_id) is None
    undo.undo(opened("undo").journal, 1)
    assert read(look, table, row_id) == second
    undo.undo(opened("undo").journal, 2)
    assert read(look, table, row_id) is None
    undo.redo(opened("redo").journal)
    assert read(look, table, row_id) == second

    rows = [row for change in undo.history(look.journal) for row in change.rows]
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
