"""From the first schema: a derived zone is forgotten, the journal still tells the truth."""

from pathlib import Path

import pytest

from cowork_cli.domain.ref import Ref
from cowork_cli.store import spaces
from cowork_cli.store.engine.store import Store
from tests import stores
from tests.conftest import Cowork
from tests.store import older

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


def opened(home: Path, *, expected: bool) -> Store:
    return stores.opened(home, expected=expected)


def test_rows_of_the_first_schema_keep_their_facts_and_lose_the_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cowork: Cowork
) -> None:
    with older.schema(monkeypatch, 1):
        store = opened(tmp_path / "home", expected=False)
        with store.transaction() as journal:
            row = {"account": "local", "identity": "casa", "name": "Casa", "country": "PT"}
            journal.insert("spaces", {**row, "city": "Porto", "timezone": "Europe/Berlin"})
        store.close()
    store = opened(tmp_path / "home", expected=True)
    try:
        space = spaces.by_ref(store, Ref("local", "casa"))
        assert space is not None
        assert (space.name, space.address.city, space.timezone) == ("Casa", "Porto", None)
        assert store.row("SELECT timezone, zone FROM spaces") == ("Europe/Berlin", None)
    finally:
        store.close()
    monkeypatch.setenv("COWORK_HOME", str(tmp_path / "home"))
    assert cowork("data", "verify", "--json").code == 0
