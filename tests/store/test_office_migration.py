"""An address of the schema before keeps its facts, and can be given uses, a contract and post."""

from pathlib import Path

import pytest

from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


def test_addresses_of_the_schema_before(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 5):
        store = stores.opened(home, "address add")
        with store.transaction() as journal:
            journal.insert(
                "addresses",
                {
                    "name": "Alt",
                    "street": "Hof 1",
                    "postcode": "10119",
                    "city": "Berlin",
                    "state": "active",
                },
            )
        store.close()
    held = cowork("address", "show", "a-1", "--json")
    assert (held.data["name"], held.data["street"], held.data["state"]) == (
        "Alt",
        "Hof 1",
        "active",
    )
    assert held.data["uses"]["imprint"]["allowed"] == "unknown"
    assert held.data["contract_id"] is None
    assert held.data["finish_url"] is None
    added = cowork(
        "contract",
        "add",
        "VO",
        "--address",
        "a-1",
        "--starts",
        "2026-01-01",
        "--notice",
        "1m to any",
    )
    assert added.code == 0, str(added)
    assert cowork("address", "show", "a-1", "--json").data["contract_id"] == "c-1"
    assert cowork("data", "verify", "--json").code == 0
    assert cowork("undo").code == 0
