"""From the schema before persons: what was recorded has no name, and goes on as it was."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from cowork_cli.paths import locate
from cowork_cli.store import entries
from cowork_cli.store.engine import integrity, migrate, version
from cowork_cli.store.engine.store import Store, open_store
from tests.conftest import Cowork

NINE = 1_795_593_600  # 2026-11-25T09:00+01:00


def opened(home: Path, person: str | None = None) -> Store:
    return open_store(
        locate({"COWORK_HOME": str(home)}),
        now_ms=1_795_626_000_000,
        command="track add acme/site",
        expected=False,
        note=lambda line: None,
        person=person,
    )


@pytest.fixture
def before(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a store of schema 17: an entry of an hour, a timer behind it, and their journal."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    for number, script in migrate.scripts():
        if number <= 17:
            shutil.copy(script, folder)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "SCRIPTS", str(folder))
        patch.setattr(migrate, "VERSION", 17)
        patch.setattr(version, "VERSION", 17)
        store = opened(home)
        with store.transaction() as journal:
            client = {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
            project = {"client_id": journal.insert("clients", client), "slug": "site"}
            of = {"project_id": journal.insert("projects", project), "timezone": "Europe/Berlin"}
            for from_at, to_at in ((NINE, NINE + 3600), (NINE + 7200, None)):
                times = {"from_at": from_at, "to_at": to_at, "day": "2026-11-25"}
                journal.insert("entries", {**of, **times, "billable": 1})
        assert integrity.broken_links(store.connection) == []
        store.close()
    return home


def test_old_rows_have_no_name_and_the_chain_holds(before: Path, cowork: Cowork) -> None:
    store = opened(before)
    assert store.rows("SELECT id, from_at, person FROM entries ORDER BY id") == [
        (1, NINE, ""), (2, NINE + 7200, ""),
    ]  # fmt: skip
    assert {person for (person,) in store.rows("SELECT person FROM changes")} == {""}
    store.close()
    assert cowork("data", "verify").code == 0
    assert cowork("stop", "--at", "2026-11-25T11:30+01:00").code == 0
    assert cowork("undo", "2").code == 0, "what was done before can be undone"


def test_the_rules_are_per_person(before: Path) -> None:
    store = opened(before, "Bea")
    with store.transaction() as journal:
        of = {"project_id": 1, "timezone": "Europe/Berlin", "day": "2026-11-25", "billable": 1}
        entries.add(store, {**of, "from_at": NINE, "to_at": None})
        assert journal.person == "Bea"
    assert store.rows("SELECT person FROM entries ORDER BY id") == [("",), ("",), ("Bea",)]
    assert integrity.overlaps(store.connection) == []
    assert integrity.broken_links(store.connection) == []
    store.close()
    with sqlite3.connect(before / "data" / "cowork.db") as file:
        for statement, said in (
            ("UPDATE changes SET person = 'Eve'", "append-only"),
            ("UPDATE entries SET person = '' WHERE person = 'Bea'", "overlap"),
            ("UPDATE entries SET person = 'Bea' WHERE id = 2", "overlap"),
        ):
            with pytest.raises(sqlite3.IntegrityError, match=said):
                file.execute(statement)
        file.execute("DROP TRIGGER changes_stay")
        file.execute("UPDATE changes SET person = '' WHERE person = 'Bea'")
    store = opened(before)
    assert integrity.broken_links(store.connection), "who made a change is in its hash"
    store.close()


def test_who_the_owner_is(before: Path) -> None:
    """The one who was named when the store was moved needs no name in it."""
    store = opened(before, "Ada")
    assert (store.person, store.owner) == ("Ada", None)
    with store.connection.transaction():
        store.connection.run("INSERT INTO meta (key, value) VALUES ('owner', 'Ada')")
    store.close()
    for person, key in (("Ada", ""), ("Bea", "Bea"), (None, "")):
        store = opened(before, person)
        assert (store.person, store.owner) == (key, "Ada")
        store.close()
