"""Rows of an import on their way into the store: moved at once, journalled as the table holds them."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.errors import RuleBroken
from cowork_cli.store.engine import integrity
from cowork_cli.store.engine.store import Store
from cowork_cli.store.import_stage import Stage, StagedPart
from tests import stores

pytestmark = pytest.mark.file_store(reason="a text with a NUL in it, which only SQLite holds")


def _opened(home: Path) -> Store:
    return stores.opened(home)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = _opened(tmp_path)
    with opened.transaction() as journal:
        client = {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
        number = journal.insert("clients", client)
        for slug in ("one", "two"):
            journal.insert("projects", {"client_id": number, "slug": slug})
    yield opened
    opened.close()


def part(k: int, from_at: int, to_at: int | None, **more: Any) -> StagedPart:
    """The k-th entry, of the first project."""
    whole = StagedPart(k, f"uuid-{k}", 0, None, "", None, from_at, to_at, "UTC", "1970-01-01", 1)
    return whole._replace(**more)


PARTS = [
    part(1, 1000, 2000, note='an "ä"\n\x00\x1f', tags="a,b", place="home"),
    part(2, 2000, 3000, owner=7, billable=0, timezone="Europe/Berlin"),
    part(3, 4000, None, owner=7),
]


def test_the_journal_has_each_entry_as_the_table_holds_it(store: Store) -> None:
    with Stage(store) as stage:
        with store.connection.private():
            stage.plan(PARTS)
        with store.transaction():
            stage.move({0: 1, 7: 2})
    rows = store.rows("SELECT * FROM entries ORDER BY id")
    written = store.rows("SELECT after FROM journal WHERE table_name = 'entries' ORDER BY id")
    assert [list(json.loads(after).items()) for (after,) in written] == [
        list(zip(type(row)._columns, row, strict=True)) for row in rows
    ]
    assert [(row.id, row.uuid, row.project_id) for row in rows] == [
        (1, "uuid-1", 1), (2, "uuid-2", 2), (3, "uuid-3", 2),
    ]  # fmt: skip
    assert integrity.chain(store.connection) == []
    assert integrity.replay(store.connection) == []
    assert store.journal.touched >= {"entries"}


def test_an_overlap_takes_all_back(store: Store) -> None:
    before = store.rows("SELECT * FROM journal")
    with Stage(store) as stage:
        with store.connection.private():
            stage.plan([*PARTS[:2], part(3, 2500, 3500)])
        with pytest.raises(RuleBroken, match="entries overlap"), store.transaction():
            stage.move({0: 1, 7: 2})
    assert store.rows("SELECT * FROM entries") == []
    assert store.rows("SELECT * FROM journal") == before


def test_others_write_while_rows_are_staged(store: Store, tmp_path: Path) -> None:
    other = _opened(tmp_path)
    with Stage(store) as stage, store.connection.private():
        stage.plan(PARTS)
        with other.transaction() as journal:  # it would wait for ten seconds, then give up
            journal.update("projects", 1, {"name": "Meanwhile"})
        stage.plan([PARTS[0]])
    other.close()
    assert store.value("SELECT name FROM projects WHERE id = 1") == "Meanwhile"


def test_a_stage_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        with Stage(store) as stage, store.connection.private():
            stage.plan(PARTS)
    with sqlite3.connect(tmp_path / "data" / "cowork.db") as plain:
        names = [name for (name,) in plain.execute("SELECT name FROM sqlite_schema")]
    plain.close()
    assert not [name for name in names if name.startswith("import_")]
