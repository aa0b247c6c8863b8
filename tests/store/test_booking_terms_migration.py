"""From the schema before: bookings keep what they had, and know no VAT and no credits yet."""

from pathlib import Path

import pytest

from cowork_cli.store import bookings
from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


ROW = {
    "account": "hafen", "identity": "7", "desk_ref": "hafen:kai/1", "desk_name": "Window",
    "space_name": "Kai", "from_at": 1_796_112_000, "to_at": 1_796_126_400,
    "timezone": "Europe/Berlin", "state": "confirmed", "created_at": 1_795_600_000,
    "request": "{}",
}  # fmt: skip


def opened(home: Path, *, expected: bool) -> Store:
    return stores.opened(home, now_ms=1_795_626_000_000, expected=expected)


def test_a_booking_keeps_its_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 6):
        store = opened(tmp_path / "home", expected=False)
        with store.transaction() as journal:
            journal.insert("bookings", ROW)
        store.close()
    store = opened(tmp_path / "home", expected=True)
    try:
        booking = bookings.own(store, 1)
        assert booking is not None
        assert (str(booking.ref), booking.state, booking.desk_name) == (
            "hafen:7",
            "confirmed",
            "Window",
        )
        assert (booking.vat, booking.credits) == (None, None)
    finally:
        store.close()
    monkeypatch.setenv("COWORK_HOME", str(tmp_path / "home"))
    assert cowork("data", "verify", "--json").code == 0
