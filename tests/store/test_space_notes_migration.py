"""From the schema before: spaces and visits stay, and notes can be written beside them."""

from pathlib import Path

import pytest

from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


def opened(home: Path, *, expected: bool) -> Store:
    return stores.opened(home, "space add Mühle", now_ms=1_795_626_000_000, expected=expected)


def test_a_store_of_the_schema_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 10):
        store = opened(tmp_path / "home", expected=False)
        with store.transaction() as journal:
            journal.insert("spaces", {"account": "local", "identity": "muehle", "name": "Mühle"})
            visit = {"account": "local", "identity": "muehle", "space_name": "Mühle"}
            journal.insert("visits", {**visit, "day": "2026-11-20", "note": "kept"})
        store.close()
    assert cowork("space", "edit", "Mühle", "--note", "Ask for Rosa.").code == 0
    page = cowork("space", "show", "Mühle", "--json").data
    assert (page["notes"], page["visits"][0]["note"]) == (["Ask for Rosa."], "kept")
    assert cowork("undo", "--yes").code == 0
    assert cowork("space", "show", "Mühle", "--json").data["notes"] == []
    assert cowork("data", "verify").code == 0
