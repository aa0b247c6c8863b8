"""From the schema before: plans stay as they were, what nobody has said of them is not known."""

from pathlib import Path

import pytest

from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


def test_a_store_of_the_schema_before(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 12):
        store = stores.opened(home, "plan add", now_ms=1_795_626_000_000)
        with store.transaction() as journal:
            journal.insert(
                "plans",
                {
                    "account": "local", "identity": "hof", "space_name": "Hof", "name": "Ten", "kind": "bundle",
                    "price": '[15000,"EUR","once","net"]', "count": 10, "expires": "12m",
                },
            )  # fmt: skip
        store.close()
    (plan,) = cowork("plan", "list", "--json").data
    assert (plan["count"], plan["expires"], plan["price"]["amount"]) == (10, "12m", "150.00")
    assert [plan[name] for name in ("quota", "stackable", "seat", "valid_until")] == [None] * 4
    assert cowork("plan", "edit", "plan-1", "--seat", "no").code == 0
    assert cowork("data", "verify").code == 0
