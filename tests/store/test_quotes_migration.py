"""From the schema before: invoices that were issued and drafts stay as they are, and can be undone as before."""

from pathlib import Path
from typing import Any

import pytest

from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


NUMBER = 13
CLIENT = {"slug": "acme", "name": "Acme", "type": "business", "currency": "EUR", "tax": "standard"}
INVOICE = {
    "type": 380, "series": "invoice", "client_id": 1, "currency": "EUR", "net": 10000, "gross": 11900,
    "vat": '[["19", "S", 10000, 1900, null]]', "created_at": 0,
}  # fmt: skip
LINE = {
    "position": 1, "text": "Work", "quantity": "1", "unit": "flat", "price": "100", "vat_rate": "19",
    "vat_category": "S", "net": 10000,
}  # fmt: skip


def opened(home: Path, command: str, *, expected: bool = True) -> Store:
    return stores.opened(home, command, now_ms=1_795_626_000_000, expected=expected)


def insert(store: Store, table: str, row: dict[str, Any]) -> int:
    with store.transaction() as journal:
        return journal.insert(table, row)


def test_a_store_of_the_schema_before(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, NUMBER - 1):
        store = opened(home, "client add acme", expected=False)
        insert(store, "clients", CLIENT)
        store.close()
        store = opened(home, "invoice issue draft-1")
        first = insert(store, "invoices", {**INVOICE, "state": "draft"})
        insert(store, "invoice_lines", {**LINE, "invoice_id": first})
        issued = {"state": "issued", "number": "2026-0001", "date": "2026-11-01", "document": "{}"}
        with store.transaction() as journal:
            journal.update("invoices", first, {**issued, "due": "2026-11-15"})
            journal.bar_undo("invoice 2026-0001 is issued", "invoice cancel 2026-0001")
        store.close()
        store = opened(home, "invoice draft acme")
        second = insert(store, "invoices", {**INVOICE, "state": "draft"})
        insert(store, "invoice_lines", {**LINE, "invoice_id": second})
        store.close()
    rows = cowork("invoice", "list", "--json").data
    assert [(row["id"], row["quote"], row["plan"], row["mailed"]) for row in rows] == [
        ("2026-0001", None, None, []), ("draft-2", None, None, []),
    ]  # fmt: skip
    assert cowork("quote", "list", "--json").data == []
    assert cowork("invoice", "plan", "list", "--json").data == []
    checks = cowork("data", "verify", "--json").data["checks"]
    assert {row["name"] for row in checks if not row["ok"]} <= {"numbers", "copies", "documents"}
    assert cowork("undo").code == 0
    assert [row["id"] for row in cowork("invoice", "list", "--json").data] == ["2026-0001"]
    assert cowork("redo").code == 0
    assert cowork("invoice", "discard", "draft-2", "--yes").code == 0
    assert cowork("undo", "2").code == 0
    refused = cowork("undo")
    assert (refused.code, "2026-0001 is issued" in refused.err) == (6, True)
