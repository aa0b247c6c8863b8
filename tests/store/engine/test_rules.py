"""What the schema refuses, by name: every trigger and every constraint is a rule of ours."""

import re
import sqlite3
from typing import Any

import pytest

from cowork_cli.errors import BadInput, ExitCode, RuleBroken
from cowork_cli.store import entries
from cowork_cli.store.engine import rules, undo
from cowork_cli.store.engine.rules import Rule
from cowork_cli.store.engine.store import Store
from cowork_cli.store.import_stage import Stage, StagedPart
from tests import stores

pytestmark = pytest.mark.file_store(reason="errors of SQLite; those of a server are in postgresql/")


CLIENT = {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}


def _entry(project: int, from_at: int, to_at: int | None, **more: Any) -> dict[str, Any]:
    return {
        "project_id": project, "from_at": from_at, "to_at": to_at, "timezone": "UTC",
        "day": "1970-01-01", "billable": 1, **more,
    }  # fmt: skip


@pytest.fixture
def project(store: Store) -> int:
    client = stores.insert(store, "clients", **CLIENT)
    return stores.insert(store, "projects", client_id=client, slug="site")


def _invoice(store: Store, number: str | None = None, **more: Any) -> int:
    row = {
        "state": "issued" if number else "draft", "number": number, "type": 380, "series": "",
        "client_id": 1, "date": "2026-11-25", "currency": "EUR", "net": 1, "gross": 1,
        "vat": "[]", "document": "{}", "created_at": 1, **more,
    }  # fmt: skip
    return stores.insert(store, "invoices", **row)


def test_every_trigger_is_a_rule_and_every_rule_of_a_trigger_is_there(store: Store) -> None:
    said = {
        words
        for (sql,) in store.rows("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
        for words in re.findall(r"RAISE\(ABORT, '([^']*)'\)", sql)
    }
    assert said == set(rules.OF_TRIGGERS)


def test_every_name_of_one_of_its_kind_is_there(store: Store) -> None:
    there = set()
    for (table,) in store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        for index in store.rows(f"PRAGMA index_list({table})"):
            columns = store.rows(f"PRAGMA index_info({index.name})")
            if index.unique:
                there.add(", ".join(f"{table}.{column.name}" for column in columns))
                there.add(f"index '{index.name}'")
    assert set(rules.OF_UNIQUE) <= there


def _refused(store: Store, rule: Rule, table: str, row: dict[str, Any]) -> RuleBroken:
    before = store.rows("SELECT * FROM journal")
    with pytest.raises(RuleBroken) as raised, store.transaction() as journal:
        journal.insert(table, row)
    assert raised.value.rule == rule.name
    assert raised.value.message.startswith(rule.words)
    assert raised.value.hint == rule.hint
    assert raised.value.exit_code == ExitCode.CONFLICT
    assert isinstance(raised.value.__cause__, sqlite3.IntegrityError)
    assert store.rows("SELECT * FROM journal") == before
    return raised.value


def _imported(store: Store, project: int, from_at: int, to_at: int) -> None:
    with Stage(store) as stage:
        with store.connection.private():
            stage.plan(
                [StagedPart(1, "x", 0, None, "", None, from_at, to_at, "UTC", "1970-01-01", 1)]
            )
        with store.transaction():
            stage.move({0: project})


def test_entries_and_timers(store: Store, project: int) -> None:
    stores.insert(store, "entries", **_entry(project, 1000, 2000))
    _refused(store, Rule.ENTRIES_OVERLAP, "entries", _entry(project, 1500, 2500))
    stores.insert(store, "entries", **_entry(project, 3000, None))
    _refused(store, Rule.ENTRIES_OVERLAP, "entries", _entry(project, 4000, None))
    for add in (
        lambda: entries.add(store, _entry(project, 1500, 1600)),
        lambda: entries.change(store, 1, {"to_at": 3500}),
        lambda: entries.add_like(store, 1, 1100, 1200),
    ):
        with pytest.raises(RuleBroken, match="entries overlap"), store.transaction():
            add()
    with pytest.raises(RuleBroken, match="entries overlap"):
        _imported(store, project, 1500, 1600)


def test_a_second_timer_that_the_trigger_let_through(store: Store, project: int) -> None:
    """Only a hand on the file gets there; the index has the words for it."""
    with store.connection.transaction():
        store.connection.run("DROP TRIGGER entries_do_not_overlap_new")
    stores.insert(store, "entries", **_entry(project, 3000, None))
    _refused(store, Rule.ONE_TIMER, "entries", _entry(project, 4000, None))


def test_what_is_billed_and_issued(store: Store, project: int) -> None:
    entry = stores.insert(store, "entries", **_entry(project, 1000, 2000))
    invoice = _invoice(store, "2026-0001")
    with store.transaction():
        entries.change(store, entry, {"invoice_id": invoice})
    with pytest.raises(RuleBroken) as billed, store.transaction():
        entries.change(store, entry, {"note": "x"})
    assert billed.value.rule == "ENTRY_BILLED"
    with pytest.raises(RuleBroken) as issued, store.transaction() as journal:
        journal.update("invoices", invoice, {"note": "x"})
    assert issued.value.rule == "INVOICE_ISSUED"
    with store.transaction():
        entries.change(store, entry, {"invoice_id": None})
        assert entries.change(store, entry, {"note": "x"}) is True


def test_numbers_and_names(store: Store, project: int) -> None:
    invoice = _invoice(store, "2026-0001")
    row = {
        "state": "draft", "type": 380, "series": "", "client_id": 1, "currency": "EUR",
        "net": 1, "gross": 1, "vat": "[]", "created_at": 1,
    }  # fmt: skip
    _refused(store, Rule.NUMBER_USED, "invoices", {**row, "number": "2026-0001"})
    _invoice(store, cancels_id=invoice)
    _refused(store, Rule.INVOICE_CANCELLED, "invoices", {**row, "cancels_id": invoice})
    taken = _refused(store, Rule.TAKEN, "clients", CLIENT)
    assert taken.message == "its name is taken by another (clients.slug)"


def test_values_and_references(store: Store, project: int) -> None:
    _refused(store, Rule.REFERRED, "projects", {"client_id": 99, "slug": "x"})
    impossible = _refused(store, Rule.IMPOSSIBLE, "entries", _entry(project, 1000, 900))
    assert "to_at > from_at" in impossible.message
    missing = _refused(store, Rule.MISSING, "clients", {**CLIENT, "slug": "b", "name": None})
    assert missing.message == "a value is missing (clients.name)"
    with pytest.raises(RuleBroken) as raised, store.transaction() as journal:
        journal.delete("clients", 1)
    assert raised.value.rule == "REFERRED"


def test_a_number_that_no_column_holds(store: Store, project: int) -> None:
    with pytest.raises(BadInput, match="too large"):
        store.value("SELECT id FROM clients WHERE id = ?", 1 << 70)
    with pytest.raises(BadInput, match="too large"), store.transaction():
        entries.add(store, _entry(project, 1000, 1 << 70))


def test_a_record_that_is_gone_is_not_removed_twice(store: Store, project: int) -> None:
    from cowork_cli.errors import NotFound

    entry = stores.insert(store, "entries", **_entry(project, 1000, 2000))
    with store.transaction():
        entries.remove(store, entry)
    for act in (
        lambda: entries.remove(store, entry),
        lambda: entries.change(store, entry, {"note": "x"}),
    ):
        with pytest.raises(NotFound, match="entry 1 is gone"), store.transaction():
            act()
    assert len(undo.history(store.journal)[0].rows) == 4


def test_half_a_character_is_bad_input_as_it_is_on_a_server(store: Store) -> None:
    with pytest.raises(BadInput, match="a text holds something that no text can hold"):
        stores.insert(store, "clients", **{**CLIENT, "name": "a\ud800"})
    assert store.value("SELECT count(*) FROM clients") == 0
