"""The journal: what it says, that it stays, and that undo goes back without harm."""

import json
import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cowork_cli.errors import Conflict, Locked, NotFound, RuleBroken
from cowork_cli.paths import locate
from cowork_cli.store.engine import integrity, record_json
from tests.stores import open_store

pytestmark = pytest.mark.both_stores


@pytest.fixture
def opened(home):
    """Opens the store as one command after another would: `opened("track add …")`."""
    stores = []

    def run(command: str = "test", now_ms: int = 1_764_090_000_000):
        store = open_store(
            locate({"COWORK_HOME": str(home)}),
            now_ms=now_ms,
            command=command,
            expected=False,
            note=lambda line: None,
        )
        stores.append(store)
        return store

    yield run
    for store in stores:
        store.close()


def _add(store, slug="acme", **more):
    row = {"slug": slug, "name": slug.upper(), "type": "business", "currency": "EUR", **more}
    with store.transaction() as journal:
        return journal.insert("clients", row)


def _names(store):
    return [row[0] for row in store.rows("SELECT name FROM clients ORDER BY id")]


def _project(opened):
    client = _add(opened("client add"))
    with opened("project add").transaction() as journal:
        return journal.insert("projects", {"client_id": client, "slug": "site"})


def _entry(store, project, start=1000, **more):
    row = {
        "project_id": project, "from_at": start, "to_at": start + 600, "timezone": "UTC",
        "day": "1970-01-01", "billable": 1, **more,
    }  # fmt: skip
    with store.transaction() as journal:
        return journal.insert("entries", row)


def _bill(store, entry, *, number="2026-0001"):
    client = store.row("SELECT id FROM clients")[0]
    with store.transaction() as journal:
        invoice = journal.insert(
            "invoices",
            {
                "state": "issued" if number else "draft", "number": number, "type": 380,
                "series": "", "client_id": client, "date": "2026-11-25", "currency": "EUR",
                "net": 1, "gross": 1, "vat": "[]", "document": "{}", "created_at": 1,
            },
        )  # fmt: skip
        journal.update("entries", entry, {"invoice_id": invoice})
    return invoice


def test_a_change_is_everything_that_one_command_wrote(opened):
    store = opened("client import")
    _add(store, "a")
    _add(store, "b")
    (change,) = store.journal.history()
    assert (change.command, change.kind, change.undone) == ("client import", "do", False)
    assert change.at == 1_764_090_000
    assert [(row.table, row.before, row.after["slug"]) for row in change.rows] == [
        ("clients", None, "a"),
        ("clients", None, "b"),
    ]


def test_an_update_that_changes_nothing_writes_nothing(opened):
    store = opened()
    client = _add(store)
    with store.transaction() as journal:
        assert journal.update("clients", client, {"name": "ACME"}) is False
        assert journal.update("clients", client, {"name": "Acme"}) is True
    assert len(store.journal.history()[0].rows) == 2


def test_undo_and_redo_bring_back_the_same_row(opened):
    client = _add(opened("client add"))
    before = opened().row("SELECT * FROM clients")
    with opened("client edit").transaction() as journal:
        journal.update("clients", client, {"name": "Other"})
    assert opened("undo").journal.undo(1)[0].command == "client edit"
    assert opened().row("SELECT * FROM clients") == before
    assert opened("redo").journal.redo()[0].command == "client edit"
    assert _names(opened()) == ["Other"]
    with opened("client remove").transaction() as journal:
        journal.delete("clients", client)
    opened("undo").journal.undo(1)
    assert _names(opened()) == ["Other"]


def test_a_second_undo_goes_further_back(opened):
    for slug in ("a", "b", "c"):
        _add(opened(f"client add {slug}"), slug)
    for left in (["A", "B"], ["A"], []):
        opened("undo").journal.undo(1)
        assert _names(opened()) == left
    with pytest.raises(NotFound, match="nothing to undo"):
        opened("undo").journal.undo(1)
    opened("redo").journal.redo()
    assert _names(opened()) == ["A"]


def test_one_redo_takes_back_the_whole_of_one_undo(opened):
    for slug in ("a", "b", "c"):
        _add(opened(f"client add {slug}"), slug)
    assert [change.command[-1] for change in opened("undo").journal.undo(2)] == ["c", "b"]
    redone = opened("redo").journal.redo()
    assert {change.command[-1] for change in redone} == {"b", "c"}
    assert _names(opened()) == ["A", "B", "C"]
    assert [change.undone for change in opened().journal.history()] == [False, True, *[False] * 3]
    with pytest.raises(NotFound, match="nothing to redo"):
        opened("redo").journal.redo()


def test_undo_after_redo_after_undo(opened):
    _add(opened("client add"))
    for _ in range(3):
        opened("undo").journal.undo(1)
        assert _names(opened()) == []
        opened("redo").journal.redo()
        assert _names(opened()) == ["ACME"]
    assert integrity.broken_links(opened().connection) == []


def test_more_than_there_is_says_how_many_and_undoes_none(opened):
    _add(opened("a"), "a")
    _add(opened("b"), "b")
    with pytest.raises(NotFound) as raised:
        opened("undo").journal.undo(3)
    assert "there are only 2 changes to undo, not 3" in raised.value.message
    assert _names(opened()) == ["A", "B"]


def test_a_barrier_names_the_command_that_does_it(opened):
    _add(opened("client add"))
    store = opened("booking add")
    with store.transaction() as journal:
        journal.bar_undo("b-1 is booked at hafen", "booking cancel b-1")
    with pytest.raises(Conflict) as raised:
        opened("undo").journal.undo(2)
    assert "b-1 is booked at hafen; nothing was undone" in raised.value.message
    assert raised.value.hint == "use `cowork booking cancel b-1`"
    assert _names(opened()) == ["ACME"]


def test_an_entry_on_an_issued_invoice_stops_undo(opened):
    project = _project(opened)
    entry = _entry(opened("track add"), project)
    _bill(opened("invoice issue"), entry)
    with pytest.raises(Locked) as raised:
        opened("undo").journal.undo(2)
    assert raised.value.exit_code == 6
    assert "2026-0001" in raised.value.message
    assert raised.value.hint == "use `cowork invoice cancel 2026-0001`"
    assert opened().row("SELECT invoice_id FROM entries") == (1,)


def test_an_undo_that_would_bring_a_billed_entry_back_to_older_times_is_stopped(opened):
    project = _project(opened)
    entry = _entry(opened("track add"), project)
    with opened("track edit").transaction() as journal:
        journal.update("entries", entry, {"note": "other"})
    opened("undo").journal.undo(1)
    _bill(opened("invoice issue"), entry)
    with pytest.raises(Locked, match="nothing was redone"):
        opened("redo").journal.redo()


def test_what_was_changed_since_is_not_overwritten(opened):
    client = _add(opened("client add"))
    store = opened("client edit")
    with store.transaction() as journal:
        journal.update("clients", client, {"name": "Other"})
    opened("undo").journal.undo(1)
    with opened("client edit again").transaction() as journal:
        journal.update("clients", client, {"name": "Third"})
    with pytest.raises(Conflict, match=r"client 1 was changed since .* nothing was redone"):
        opened("redo").journal.redo()
    assert _names(opened()) == ["Third"]


def test_what_others_refer_to_is_not_taken_away(opened):
    first = opened("client add")
    client = _add(first)
    store = opened("project add")
    with store.connection.transaction():  # as an import by hand would: not in the journal
        store.connection.run(
            "INSERT INTO projects (uuid, client_id, slug) VALUES ('u', ?, 'site')", client
        )
    with pytest.raises(Conflict, match="something else refers to it"):
        opened("undo").journal.undo(1)


def test_a_rule_of_the_store_stops_a_redo(opened):
    project = _project(opened)
    _entry(opened("track add"), project)
    opened("undo").journal.undo(1)
    _entry(opened("track add"), project, start=1200)
    with pytest.raises(
        Conflict, match=r"e-1 cannot go back .*: entries overlap; nothing was redone"
    ):
        opened("redo").journal.redo()
    assert opened().rows("SELECT from_at FROM entries") == [(1200,)]


@pytest.mark.file_store(reason="changes the file past the program")
def test_a_change_of_before_a_migration_can_still_be_undone(opened):
    client = _add(opened("client add"))
    with opened("client edit").transaction() as journal:
        journal.update("clients", client, {"name": "Other"})
    raw = sqlite3.connect(opened().connection.path)
    try:
        raw.execute("ALTER TABLE clients ADD COLUMN colour TEXT DEFAULT 'blue'")
        raw.commit()
    finally:
        raw.close()
    assert integrity.replay(opened().connection) == []
    opened("undo").journal.undo(1)
    assert _names(opened()) == ["ACME"]
    opened("undo").journal.undo(1)
    opened("redo").journal.redo()
    assert opened().row("SELECT colour FROM clients") == ("blue",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET after = '{}'",
        "DELETE FROM journal",
        "UPDATE changes SET command = 'x'",
        "DELETE FROM changes",
        "DELETE FROM reversals",
        "UPDATE barriers SET reason = ''",
        pytest.param(
            "INSERT OR REPLACE INTO journal (id, change_id, table_name, row_id, chain) "
            "VALUES (1, 1, 'clients', 1, '')",
            marks=pytest.mark.file_store(reason="a statement of SQLite alone"),
        ),
    ],
)
def test_the_journal_only_grows(opened, statement):
    store = opened("client add")
    _add(store)
    with store.transaction() as journal:
        journal.bar_undo("reason", "remedy")
    opened("x")
    _add(opened("client add b"), "b")
    opened("undo").journal.undo(1)
    store = opened()
    with pytest.raises(RuleBroken, match="append-only"), store.transaction():
        store.connection.run(statement)


@pytest.mark.file_store(reason="changes the file past the program")
@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE journal SET after = replace(after, 'B', 'X') WHERE id = 2", [2]),
        ("UPDATE changes SET command = 'harmless' WHERE id = 2", [2]),
        ("UPDATE changes SET at = at - 86400 WHERE id = 2", [2]),
        ("DELETE FROM journal WHERE id = 2", [3]),
        ("DELETE FROM journal WHERE id = 3", [3]),
        ("UPDATE journal SET row_id = 9 WHERE id = 1", [1]),
    ],
)
def test_a_hand_on_the_file_shows_in_the_chain(opened, statement, broken):
    for slug in ("a", "b", "c"):
        _add(opened(f"client add {slug}"), slug)
    assert integrity.broken_links(opened().connection) == []
    raw = sqlite3.connect(opened().connection.path, isolation_level=None)
    try:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND "
            "(tbl_name = 'journal' OR tbl_name = 'changes')"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
    finally:
        raw.close()
    assert integrity.broken_links(opened().connection) == broken


@pytest.mark.file_store(reason="changes the file past the program")
def test_a_hand_on_a_record_shows_in_the_replay(opened):
    _add(opened("client add"))
    raw = sqlite3.connect(opened().connection.path, isolation_level=None)
    try:
        raw.execute("UPDATE clients SET name = 'Silent'")
        raw.execute(
            "INSERT INTO clients (uuid, slug, name, type, currency) "
            "VALUES ('u', 'x', 'X', 'business', 'EUR')"
        )
    finally:
        raw.close()
    assert integrity.replay(opened().connection) == [
        "client 1 is not what the journal says",
        "client 2 is not in the journal",
    ]
    raw = sqlite3.connect(opened().connection.path, isolation_level=None)
    try:
        raw.execute("DELETE FROM clients")
    finally:
        raw.close()
    assert integrity.replay(opened().connection) == [
        "client 1 is missing: the journal knows of no removal"
    ]


def test_a_transaction_that_fails_leaves_no_trace(opened):
    store = opened("client add")
    with pytest.raises(ZeroDivisionError), store.transaction() as journal:
        journal.insert("clients", {"slug": "a", "name": "A", "type": "business", "currency": "EUR"})
        raise ZeroDivisionError
    assert store.journal.history() == []
    _add(store)
    assert integrity.broken_links(store.connection) == []


def test_history_of_one_record_and_of_the_newest(opened):
    client = _add(opened("client add"))
    _add(opened("client add b"), "b")
    with opened("client edit").transaction() as journal:
        journal.update("clients", client, {"name": "Other"})
    journal = opened().journal
    assert [change.command for change in journal.history(of=("clients", client))] == [
        "client edit",
        "client add",
    ]
    assert [change.command for change in journal.history(1)] == ["client edit"]


@given(
    st.dictionaries(
        st.sampled_from(["id", "note", "uuid"]),
        st.one_of(st.none(), st.integers(), st.text(), st.floats(allow_nan=False), st.booleans()),
    )
)
@example({"note": '"\\\x00\x1f\x7f\b\t\n\f\r\u2028ä😀'})
def test_a_record_is_written_as_json_has_it(row: dict[str, object]) -> None:
    assert record_json.compact(row) == json.dumps(row, ensure_ascii=False, separators=(",", ":"))
