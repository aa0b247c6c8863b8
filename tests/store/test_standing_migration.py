"""From the schema before: what is there stays, undo works as it did, and orders can be given."""

from pathlib import Path

import pytest

from cowork_cli.store import standing
from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


def opened(home: Path, *, expected: bool) -> Store:
    return stores.opened(home, "client add acme", now_ms=1_795_626_000_000, expected=expected)


def test_a_store_of_the_schema_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 9):
        store = opened(tmp_path / "home", expected=False)
        with store.transaction() as journal:
            journal.insert(
                "clients",
                {
                    "slug": "acme",
                    "name": "Acme",
                    "type": "business",
                    "currency": "EUR",
                    "tax": "standard",
                },
            )
        store.close()
    store = opened(tmp_path / "home", expected=True)
    assert standing.every(store) == []
    assert standing.absences(store) == []
    store.close()
    assert cowork("client", "list").out.startswith("acme\tAcme")
    assert cowork("undo").code == 0
    assert cowork("client", "list").out == ""
    assert cowork("data", "verify").code == 0
