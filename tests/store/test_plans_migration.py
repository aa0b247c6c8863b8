"""From the schema before: spaces and desks stay as they were, plans and visits can be kept of them."""

from pathlib import Path

import pytest

from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


BEFORE = 3


def opened(home: Path, *, expected: bool) -> Store:
    return stores.opened(home, expected=expected)


def test_rows_of_the_schema_before_are_kept_and_can_be_given_plans_and_visits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, BEFORE):
        store = opened(tmp_path / "home", expected=False)
        with store.transaction() as journal:
            row = {"account": "local", "identity": "casa", "name": "Casa", "zone": "Europe/Lisbon"}
            space_id = journal.insert("spaces", row)
            desk = {"space_id": space_id, "identity": "d", "name": "Desk", "kind": "desk"}
            journal.insert("desks", desk)
        before = [tuple(row) for row in store.rows("SELECT * FROM spaces")]
        store.close()
    store = opened(tmp_path / "home", expected=True)
    try:
        assert [tuple(row) for row in store.rows("SELECT * FROM spaces")] == before
        assert store.value("SELECT count(*) FROM desks") == 1
        assert store.value("SELECT count(*) FROM plans") == 0
    finally:
        store.close()
    monkeypatch.setenv("COWORK_HOME", str(tmp_path / "home"))
    assert cowork("plan", "add", "casa", "Day", "--kind", "day", "--price", "18net").code == 0
    assert cowork("space", "visit", "casa", "--noise", "quiet").code == 0
    assert cowork("space", "show", "casa", "--json").data["timezone"] == "Europe/Lisbon"
    assert cowork("data", "verify", "--json").code == 0
