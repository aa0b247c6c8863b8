"""Many records at once: written and taken back as each alone would be, also while others write."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.errors import Conflict, NotFound
from cowork_cli.paths import locate
from cowork_cli.store.engine import integrity, many, undo
from cowork_cli.store.engine.store import Store
from cowork_cli.store.engine.taking_back import TakingBack
from tests.stores import open_store

pytestmark = pytest.mark.both_stores
Open = Callable[[str], Store]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the store as one command after another would; a single record counts as many."""
    monkeypatch.setattr(undo, "MANY", 1)
    stores: list[Store] = []

    def run(command: str) -> Store:
        paths = locate({"COWORK_HOME": str(tmp_path)})
        stores.append(
            open_store(paths, now_ms=1_764_090_000_000, command=command, expected=False, note=print)
        )
        return stores[-1]

    yield run
    for store in stores:
        store.close()


def _hour(project: int, n: int) -> dict[str, Any]:
    return {
        "project_id": project, "from_at": n * 1000, "to_at": n * 1000 + 600, "timezone": "UTC",
        "day": "1970-01-01", "billable": 1, "note": f'n {n} "%s" \\ ü',
    }  # fmt: skip


def _hours(store: Store, count: int = 4) -> list[int]:
    client = {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
    with store.transaction() as journal:
        client_id = journal.insert("clients", client)
        project = journal.insert("projects", {"client_id": client_id, "slug": "site"})
        return [journal.insert("entries", _hour(project, n)) for n in range(count)]


def _journal(store: Store) -> list[tuple[Any, ...]]:
    rows = store.rows("SELECT table_name, row_id, before, after FROM journal ORDER BY id")
    return [(name, row, *(json.loads(t) if t else None for t in said)) for name, row, *said in rows]


def _sound(store: Store) -> bool:
    return not integrity.chain(store.connection) + integrity.replay(store.connection)


def _mixed(store: Store, hours: list[int]) -> None:
    """Adds, changes and removes, some of them the same record, in one change."""
    with store.transaction() as journal:
        project = journal.insert("projects", {"client_id": 1, "slug": "app"})
        added = [journal.insert("entries", _hour(project, n)) for n in (10, 11)]
        journal.update("entries", added[0], {"note": None, "billable": 0})
        for hour in hours[:2]:
            journal.update("entries", hour, {"project_id": project})
        journal.update("entries", hours[0], {"tags": "x"})
        journal.delete("entries", hours[3])
        journal.delete("entries", added[1])


def test_a_large_change_goes_back_and_comes_again_record_by_record(opened: Open) -> None:
    store = opened("first")
    hours = _hours(store)
    before, begun = store.rows("SELECT * FROM entries ORDER BY id"), len(_journal(store))
    _mixed(opened("mixed"), hours)
    after, written = store.rows("SELECT * FROM entries ORDER BY id"), _journal(store)[begun:]

    undo.undo(opened("undo").journal, 1)
    assert store.rows("SELECT * FROM entries ORDER BY id") == before
    assert _journal(store)[begun + len(written) :] == [
        (table, row, now, was) for table, row, was, now in reversed(written)
    ]
    undo.redo(opened("redo").journal)
    assert store.rows("SELECT * FROM entries ORDER BY id") == after
    assert _journal(store)[begun + 2 * len(written) :] == written
    assert _sound(store)
    assert [c.undone for c in undo.history(store.journal)] == [False, True, False, False]


@pytest.mark.parametrize("times", [1, 3])
def test_what_others_write_meanwhile_is_seen(
    opened: Open, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    store = opened("first")
    hours = _hours(store)
    before = store.rows("SELECT * FROM entries ORDER BY id")
    _mixed(opened("mixed"), hours)
    laid, put_together = [], TakingBack.put_together

    def disturbed(self: TakingBack, *given: Any) -> None:
        put_together(self, *given)
        laid.append(given)
        if len(laid) <= times:  # the fourth time they are locked out
            with opened("other").transaction() as journal:
                journal.unattended()
                journal.update("clients", 1, {"name": f"ACME {len(laid)}"})

    monkeypatch.setattr(TakingBack, "put_together", disturbed)
    undo.undo(opened("undo").journal, 1)
    assert len(laid) == times + 1
    assert store.value("SELECT name FROM clients") == f"ACME {times}"
    assert store.rows("SELECT * FROM entries ORDER BY id") == before
    assert _sound(store)


def test_a_rule_that_stands_against_it_names_the_record(opened: Open) -> None:
    store = opened("first")
    hours = _hours(store)
    with opened("remove").transaction() as journal:
        assert many.delete(journal, "entries", [*hours, 99]) == len(hours)
    with opened("in the way").transaction() as journal:
        journal.unattended()
        journal.insert("entries", _hour(1, 2))
    written = _journal(store)
    with pytest.raises(Conflict, match=f"entry e-{hours[2]} cannot go back"):
        undo.undo(opened("undo").journal, 1)
    assert _journal(store) == written


def test_what_changed_since_stays(opened: Open) -> None:
    store = opened("first")
    hours = _hours(store)
    _mixed(opened("mixed"), hours)
    with opened("since").transaction() as journal:
        journal.unattended()
        journal.update("entries", hours[1], {"note": "since"})
    written = _journal(store)
    with pytest.raises(Conflict, match=f"entry e-{hours[1]} was changed since `cowork mixed`"):
        undo.undo(opened("undo").journal, 1)
    assert _journal(store) == written


def test_many_records_are_changed_alike(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "AT_ONCE", 3)
    store = opened("first")
    hours = _hours(store)
    place = {"place": "home", "billable": 0}
    with opened("one").transaction() as journal:
        journal.update("entries", hours[1], place)
    begun = len(_journal(store))
    with opened("all").transaction() as journal:
        many.update(journal, many.updating(journal.connection, "entries", hours, place))
    assert [(row, now["place"]) for _, row, _, now in _journal(store)[begun:]] == [
        (hour, "home") for hour in hours if hour != hours[1]
    ]
    assert _sound(store)
    with pytest.raises(NotFound, match="entry 99 is gone"):
        many.updating(store.connection, "entries", [*hours, 99], place)


def test_a_plan_holds_until_somebody_writes(opened: Open) -> None:
    store, other = opened("plan"), opened("other")
    hours = _hours(store)
    read: list[int] = []

    def plan() -> int:
        read.append(int(store.value("SELECT count(*) FROM entries")))
        if len(read) < 3:
            with other.transaction() as journal:
                journal.insert("entries", _hour(1, 20 + len(read)))
        return read[-1]

    with store.after(plan) as count:
        assert count == len(hours) + 2
        store.journal.update("entries", hours[0], {"note": str(count)})
    assert read == [4, 5, 6]
    assert _sound(store)


def test_what_can_be_forgotten_is_taken_back_one_by_one(opened: Open) -> None:
    """Each of its images has figures of its own."""
    store = opened("people add")
    with store.transaction() as journal:
        row = {"name": "Xaverina", "source": "typed", "added_on": "2026-01-01"}
        person = journal.insert("people", row)
    undo.undo(opened("undo").journal, 1)
    assert store.value("SELECT count(*) FROM people") == 0
    undo.redo(opened("redo").journal)
    assert store.rows("SELECT id, name FROM people") == [(person, "Xaverina")]
    assert _sound(store)


def test_a_column_that_came_later_is_as_the_schema_makes_it(opened: Open) -> None:
    """Records that were removed before there was such a column come back, and only the schema knows it of them."""
    store = opened("track add")
    ids = _hours(store)
    with opened("track remove").transaction() as journal:
        many.delete(journal, "entries", ids)
    with store.transaction():
        store.connection.run("ALTER TABLE entries ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'")
    later = opened("undo")
    undo.undo(later.journal, 1)
    assert later.rows("SELECT id, mood FROM entries ORDER BY id") == [(id_, "fine") for id_ in ids]


def test_a_column_that_went_is_not_written(opened: Open) -> None:
    store = opened("track add")
    ids = _hours(store)
    with store.transaction():
        store.connection.run("ALTER TABLE entries ADD COLUMN mood TEXT")
    with opened("track edit").transaction() as journal:
        many.update(journal, many.updating(journal.connection, "entries", ids, {"mood": "fine"}))
    with store.transaction():
        store.connection.run("ALTER TABLE entries DROP COLUMN mood")
    before = store.rows("SELECT * FROM entries ORDER BY id")
    later = opened("undo")
    assert len(undo.undo(later.journal, 1)) == 1
    assert later.rows("SELECT * FROM entries ORDER BY id") == before
    assert "mood" not in _journal(store)[-1][3]


def test_what_cannot_be_written_many_at_once_is_a_bug(opened: Open) -> None:
    store = opened("import")
    _hours(store)
    with store.transaction() as journal:
        with pytest.raises(ValueError, match="people is sealed: each of its images has figures"):
            many.delete(journal, "people", [1])
        with pytest.raises(RuntimeError, match="records of clients without all of its columns"):
            many.insert(journal, "clients", ["slug", "name"], [("nova", "Nova")])
    assert store.value("SELECT count(*) FROM clients") == 1
