"""From the schema before: what is there stays, undo works as it did, and statements can be taken."""

from pathlib import Path

import pytest

from cowork_cli.domain.period import Period
from cowork_cli.store import bank
from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


EXPENSE = {
    "day": "2026-11-20", "text": "Paper", "currency": "EUR", "net": 1000, "vat": 190, "vat_rate": "19",
}  # fmt: skip


def opened(home: Path, *, expected: bool) -> Store:
    return stores.opened(home, "expense add", now_ms=1_795_626_000_000, expected=expected)


def test_a_store_of_the_schema_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 13):
        store = opened(tmp_path / "home", expected=False)
        with store.transaction() as journal:
            journal.insert("expenses", EXPENSE)
        store.close()
    store = opened(tmp_path / "home", expected=True)
    assert bank.bookings(store, Period(None, None)) == []
    store.close()
    assert cowork("expense", "list", "--json").data[0]["text"] == "Paper"
    assert cowork("undo").code == 0
    assert cowork("expense", "list", "--json").data == []
    assert cowork("data", "verify").code == 0
