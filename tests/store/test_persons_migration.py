"""From the schema before persons: its rows are kept, name nobody, and their chain holds."""

import sqlite3
from pathlib import Path

import pytest

from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = [
    pytest.mark.file_store(reason="the file of an older schema"),
    pytest.mark.usefixtures("november"),
]


def test_a_store_of_the_schema_before(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 17):
        store = stores.opened(home, "project add acme/site", now_ms=1_795_626_000_000)
        with store.transaction() as journal:
            client = {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
            row = journal.insert("clients", client)
            journal.insert("projects", {"client_id": row, "slug": "site"})
        store.close()
    with sqlite3.connect(home / "data" / "cowork.db") as file:
        file.execute(
            "INSERT INTO entries (uuid, project_id, from_at, to_at, timezone, day, billable) "
            "VALUES ('u', 1, 1795680000, 1795683600, 'UTC', '2026-11-26', 1)"
        )
    file.close()
    assert cowork("track", "add", "acme/site", "1h").code == 0
    with sqlite3.connect(home / "data" / "cowork.db") as file:
        assert file.execute("SELECT DISTINCT person FROM changes").fetchall() == [("",)]
        assert file.execute("SELECT count(*) FROM entries WHERE person = ''").fetchone() == (2,)
    file.close()
    checks = {
        check["name"]: check["ok"] for check in cowork("data", "verify", "--json").data["checks"]
    }
    assert checks["journal-chain"]


@pytest.mark.parametrize(
    "look",
    [
        "SELECT id FROM entries WHERE person = '' AND from_at < 5 AND id <> 0 ORDER BY from_at DESC LIMIT 1",
        "SELECT uuid FROM entries WHERE to_at IS NULL AND person = ''",
    ],
)
def test_what_a_timer_asks_is_one_step(home: Path, cowork: Cowork, look: str) -> None:
    cowork("client", "add", "acme", "--name", "ACME GmbH")
    with sqlite3.connect(home / "data" / "cowork.db") as file:
        plan = " ".join(row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {look}"))
    file.close()
    assert "SEARCH" in plan and "person=?" in plan
    assert "TEMP B-TREE" not in plan
