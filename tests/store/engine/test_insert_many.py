"""Adding many records at once leaves the same journal as adding them one by one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.errors import RuleBroken
from cowork_cli.paths import locate
from cowork_cli.store.engine import integrity
from cowork_cli.store.engine.store import Store, open_store

ROWS = [
    {"slug": f"client-{n}", "name": "Ä", "type": "business", "currency": "EUR", "uuid": f"u{n}"}
    for n in range(3)
]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[list[Store]]:
    found = [
        open_store(
            locate({"COWORK_HOME": str(tmp_path / name)}),
            now_ms=1_764_090_000_000,
            command="test",
            expected=False,
            note=lambda line: None,
        )
        for name in ("one", "many")
    ]
    yield found
    for store in found:
        store.close()


def _journal(store: Store) -> list[Any]:
    return store.rows("SELECT id, change_id, table_name, row_id, before, after, chain FROM journal")


def test_many_are_as_one_by_one(stores: list[Store]) -> None:
    one, many = stores
    with one.transaction() as journal:
        journal.insert("clients", ROWS[0])
        for row in ROWS[1:]:
            journal.insert("clients", row)
    with many.transaction() as journal:
        journal.insert("clients", ROWS[0])
        assert journal.insert_many("clients", iter(ROWS[1:])) == 2
    assert _journal(many) == _journal(one)
    assert many.rows("SELECT * FROM clients") == one.rows("SELECT * FROM clients")
    assert many.journal.touched == {"clients"}
    for store in stores:
        assert integrity.chain(store.connection) == []
        assert integrity.replay(store.connection) == []


def test_none_is_no_change(stores: list[Store]) -> None:
    with stores[0].transaction() as journal:
        assert journal.insert_many("clients", []) == 0
    assert stores[0].rows("SELECT * FROM changes") == []


def test_a_refused_one_takes_all_back(stores: list[Store]) -> None:
    store = stores[0]
    with (
        pytest.raises(RuleBroken, match=r"taken by another \(clients\."),
        store.transaction() as journal,
    ):
        journal.insert_many("clients", [ROWS[0], ROWS[0]])
    assert _journal(store) == []
    with store.transaction() as journal:
        journal.insert_many("clients", ROWS)
    assert integrity.chain(store.connection) == []
