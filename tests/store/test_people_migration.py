"""From the schema before: the chain of the journal holds, and people can be noted and forgotten beside it."""

import sqlite3
from pathlib import Path

import pytest

from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


def opened(home: Path) -> Store:
    return stores.opened(home, "space add Mühle", now_ms=1_795_626_000_000)


def test_a_store_of_the_schema_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 16):
        store = opened(tmp_path / "home")
        with store.transaction() as journal:
            journal.insert("spaces", {"account": "local", "identity": "muehle", "name": "Mühle"})
        store.close()
    assert cowork("people", "add", "Ada Roth").code == 0
    assert cowork("people", "forget", "Ada Roth", "--yes").code == 0
    assert cowork("data", "verify").code == 0
    connection = sqlite3.connect(tmp_path / "home" / "data" / "cowork.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE journal SET after = '{}' WHERE table_name = 'spaces'")
    connection.close()
