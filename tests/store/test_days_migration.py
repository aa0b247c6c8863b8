"""From the schema before: hours stay, and the day log is filled from them."""

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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 14):
        store = stores.opened(tmp_path / "home", "track add", now_ms=1_795_626_000_000)
        with store.transaction() as journal:
            client = {
                "slug": "acme",
                "name": "Acme",
                "type": "business",
                "currency": "EUR",
                "tax": "standard",
            }
            client_id = journal.insert("clients", client)
            project = journal.insert("projects", {"client_id": client_id, "slug": "site"})
            entry = {"project_id": project, "from_at": 1_795_507_200, "to_at": 1_795_514_400}
            entry |= {
                "day": "2026-11-24",
                "timezone": "Europe/Berlin",
                "place": "home",
                "tags": "",
                "billable": 1,
            }
            journal.insert("entries", entry)
        store.close()
    day = cowork("day", "log", "2026-11-24", "--json")
    assert day.code == 0, str(day)
    assert (day.data["class"], day.data["duration_s"]) == ("H", 7200)
    assert cowork("undo", "2", "--yes").code == 0
    assert cowork("track", "list", "--in", "2026-11").rows == []
    assert cowork("data", "verify").code == 0
