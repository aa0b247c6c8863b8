"""Bringing a store to the schema of this version: backed up, whole or not at all, once."""

import os
import shutil
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from cowork_cli.errors import DiskFull, Failed, StoreNewer
from cowork_cli.paths import locate
from cowork_cli.store import names
from cowork_cli.store.engine import migrate, version
from tests.stores import open_store

pytestmark = pytest.mark.file_store(reason="the file of an older schema")


SECOND = """-- What the next version adds; the semicolon in this comment; is no statement.
BEGIN IMMEDIATE;
ALTER TABLE clients ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue; or so';
CREATE TRIGGER colours_stay BEFORE UPDATE OF colour ON clients
BEGIN
    SELECT RAISE(ABORT, 'no; not that');
END;
INSERT INTO meta (key, value) VALUES ('second', 'run');
PRAGMA user_version = 2;
COMMIT;
"""
BROKEN = """BEGIN IMMEDIATE;
CREATE TABLE half (id INTEGER);
UPDATE clients SET name = 'half';
INSERT INTO no_such_table VALUES (1);
PRAGMA user_version = 3;
COMMIT;
"""


@pytest.fixture
def scripts(tmp_path, monkeypatch) -> Path:
    """A folder with the first script alone, that a test may add to; the schema version follows it."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    first = (Path(migrate.SCRIPTS) / "0001_first.sql").read_text(encoding="utf-8")
    # what every command asks about the timer names its person
    person = "    person TEXT NOT NULL DEFAULT '',\n    timezone TEXT NOT NULL,\n    day TEXT"
    first = first.replace("    timezone TEXT NOT NULL,\n    day TEXT", person)
    (folder / "0001_first.sql").write_text(first, encoding="utf-8")
    _only(monkeypatch, folder)
    _know(monkeypatch, 1)
    # what TAB offers is asked of tables that the first script does not make
    later = ("contract", "post", "plan", "visit", "quote", "recurring")
    old = {kind: query for kind, query in names._QUERIES.items() if kind not in later}
    monkeypatch.setattr(names, "_QUERIES", old)
    return folder


def _only(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Makes new stores by the scripts of this folder alone."""
    monkeypatch.setattr(migrate, "SCRIPTS", folder)
    by_all = partial(migrate.create_by_scripts, until=migrate.VERSION)
    monkeypatch.setattr(migrate, "create", by_all)


def _know(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(migrate, "VERSION", number)
    monkeypatch.setattr(version, "VERSION", number)


def _open(home: Path, notes: list[str] | None = None, *, expected: bool = True):
    return open_store(
        locate({"COWORK_HOME": str(home)}),
        now_ms=1_764_090_000_000,
        command="test",
        expected=expected,
        note=(notes if notes is not None else []).append,
    )


@pytest.fixture
def old(home, scripts):
    """A store of schema 1 with rows, as a program of that time wrote them."""
    store = _open(home, expected=False)
    with store.transaction() as journal:
        client = journal.insert(
            "clients", {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
        )
        project = journal.insert("projects", {"client_id": client, "slug": "site"})
        journal.insert(
            "entries",
            {
                "project_id": project, "note": "Löten", "from_at": 1_764_057_600,
                "to_at": 1_764_061_200, "timezone": "Europe/Berlin", "day": "2025-11-25",
                "billable": 1,
            },
        )  # fmt: skip
    store.close()
    return home


def _rows(store) -> list[object]:
    return [
        store.rows("SELECT slug, name FROM clients"),
        store.rows("SELECT note, from_at, to_at FROM entries"),
    ]


def test_the_known_version_is_that_of_the_last_script():
    assert migrate.scripts()[-1][0] == version.VERSION
    assert [number for number, _ in migrate.scripts()] == list(range(1, version.VERSION + 1))


def test_rows_survive_and_a_backup_is_named(old, scripts, monkeypatch):
    (scripts / "0002_colour.sql").write_text(SECOND)
    before = _open(old)
    rows = _rows(before)
    before.close()
    _know(monkeypatch, 2)
    notes: list[str] = []
    store = _open(old, notes)
    try:
        assert _rows(store) == rows
        assert store.row("SELECT colour FROM clients") == ("blue; or so",)
        assert store.row("PRAGMA user_version") == (2,)
        assert store.row("PRAGMA foreign_keys") == (1,)
    finally:
        store.close()
    (backup,) = (old / "data" / "backups").iterdir()
    assert backup.name == "cowork-schema-1-20251125-170000.db"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert notes == [f"the store was brought to schema 2; a backup lies at {backup}"]
    copy = sqlite3.connect(backup)
    try:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT slug FROM clients").fetchall() == [("acme",)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    finally:
        copy.close()


def test_a_second_opening_does_nothing(old, scripts, monkeypatch):
    (scripts / "0002_colour.sql").write_text(SECOND)
    _know(monkeypatch, 2)
    _open(old).close()
    notes: list[str] = []
    _open(old, notes).close()
    assert notes == []
    assert len(list((old / "data" / "backups").iterdir())) == 1


def test_failing_half_way_keeps_the_last_whole_schema(old, scripts, monkeypatch):
    (scripts / "0002_colour.sql").write_text(SECOND)
    (scripts / "0003_broken.sql").write_text(BROKEN)
    _know(monkeypatch, 3)
    with pytest.raises(Failed) as raised:
        _open(old)
    assert "no such table: no_such_table" in raised.value.message
    assert "it stays at schema 2" in raised.value.message
    assert "cowork-schema-1-" in (raised.value.hint or "")
    _know(monkeypatch, 2)
    store = _open(old)
    try:
        assert store.row("SELECT name FROM clients") == ("ACME",)
        assert store.row("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == (0,)
        assert store.row("SELECT value FROM meta WHERE key = 'second'") == ("run",)
    finally:
        store.close()


def test_the_first_script_failing_leaves_the_file_as_it_was(old, scripts, monkeypatch):
    (scripts / "0002_broken.sql").write_text(BROKEN.replace("= 3", "= 2"))
    before = (old / "data" / "cowork.db").read_bytes()
    _know(monkeypatch, 2)
    with pytest.raises(Failed, match="it stays at schema 1"):
        _open(old)
    assert (old / "data" / "cowork.db").read_bytes() == before


def test_from_nothing_all_scripts_run_and_no_backup_is_made(home, scripts, monkeypatch):
    (scripts / "0002_colour.sql").write_text(SECOND)
    _know(monkeypatch, 2)
    store = _open(home, expected=False)
    try:
        assert store.row("PRAGMA user_version") == (2,)
        assert store.row("SELECT value FROM meta") == ("run",)
    finally:
        store.close()
    assert not (home / "data" / "backups").exists()


def test_a_newer_schema_is_refused_before_anything_is_written(old, monkeypatch):
    _know(monkeypatch, 0)
    before = (old / "data" / "cowork.db").read_bytes()
    with pytest.raises(StoreNewer, match="schema 1, this one knows 0"):
        _open(old)
    assert (old / "data" / "cowork.db").read_bytes() == before
    assert not (old / "data" / "backups").exists()


def test_no_backup_no_migration(old, scripts, monkeypatch):
    (scripts / "0002_colour.sql").write_text(SECOND)
    _know(monkeypatch, 2)
    (old / "data" / "backups").write_text("in the way")
    with pytest.raises(FileExistsError):
        _open(old)
    (old / "data" / "backups").unlink()
    _know(monkeypatch, 1)
    _open(old).close()


def test_an_older_backup_is_never_overwritten(old, scripts, monkeypatch):
    (scripts / "0002_colour.sql").write_text(SECOND)
    _know(monkeypatch, 2)
    taken = old / "data" / "backups" / "cowork-schema-1-20251125-170000.db"
    taken.parent.mkdir()
    taken.write_bytes(b"precious")
    _open(old).close()
    assert taken.read_bytes() == b"precious"
    assert taken.with_name("cowork-schema-1-20251125-170000-2.db").exists()


def test_a_full_disk_is_not_the_fault_of_a_script(old, scripts, monkeypatch):
    (scripts / "0002_colour.sql").write_text(SECOND)
    _know(monkeypatch, 2)

    def full(connection: sqlite3.Connection, target: Path) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr(migrate, "copy_into", full)
    with pytest.raises(DiskFull):
        _open(old)


def test_many_processes_migrate_once(old, scripts):
    (scripts / "0002_colour.sql").write_text(SECOND)
    program = (
        "import sys; from pathlib import Path\n"
        "from cowork_cli.store.engine import migrate, version\n"
        f"migrate.SCRIPTS = Path({str(scripts)!r}); migrate.VERSION = version.VERSION = 2\n"
        "from cowork_cli import main; sys.exit(main.run(['track', 'list', '--in', '2025']))\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[3],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
        )
        for _ in range(6)
    ]
    done = [(process.communicate(), process.returncode) for process in running]
    assert [code for _, code in done] == [0] * 6, done
    assert len(list((old / "data" / "backups").iterdir())) == 1
    assert sum("brought to schema 2" in streams[1] for streams, _ in done) == 1


def test_the_prompt_never_migrates(old, scripts, monkeypatch, cowork):
    (scripts / "0002_colour.sql").write_text(SECOND)
    assert cowork("start", "acme/site").code == 0
    _know(monkeypatch, 2)
    outcome = cowork("prompt")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert not (old / "data" / "backups").exists()


def test_money_is_added_to_a_store_of_before(home, tmp_path, monkeypatch):
    """Schema 8: rows of schema 7 keep all they had, and have nothing where something was added."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, folder)
    last = folder / "0008_money.sql"
    added = last.read_text(encoding="utf-8")
    for script in folder.glob("*.sql"):
        if script.name >= last.name:
            script.unlink()
    _only(monkeypatch, folder)
    _know(monkeypatch, 7)
    store = _open(home, expected=False)
    with store.transaction() as journal:
        client = {
            "slug": "acme",
            "name": "ACME",
            "type": "business",
            "currency": "EUR",
            "tax": "exempt",
        }
        journal.insert("clients", client)
        spent = {"day": "2026-11-25", "text": "Papier", "currency": "EUR", "net": 100, "vat": 19,
                 "vat_rate": "19"}  # fmt: skip
        journal.insert("expenses", spent)
    store.close()
    last.write_text(added, encoding="utf-8")
    _know(monkeypatch, 8)
    store = _open(home)
    try:
        assert store.row("SELECT slug, tax, exempt_reason FROM clients") == ("acme", "exempt", None)
        row = store.row("SELECT text, net, vat, category, reverse_charge, country FROM expenses")
        assert row == ("Papier", 100, 19, None, 0, None)
    finally:
        store.close()


@pytest.mark.parametrize(
    ("script", "column"),
    [("0012_check_in.sql", "check_in_by"), ("0021_checked_in.sql", "checked_in_at")],
)
def test_bookings_of_before_have_no_check_in(home, tmp_path, monkeypatch, script, column):
    """Schemas 12 and 21: a booking of the schema before is whole, and nothing is said of checking in."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, folder)
    last = folder / script
    added = last.read_text(encoding="utf-8")
    before = max(int(one.name[:4]) for one in folder.glob("*.sql") if one.name < last.name)
    for later in folder.glob("*.sql"):
        if later.name >= last.name:
            later.unlink()
    _only(monkeypatch, folder)
    _know(monkeypatch, before)
    store = _open(home, expected=False)
    with store.transaction() as journal:
        journal.insert("bookings", {
            "account": "local", "desk_ref": "local:m/d", "desk_name": "D", "space_name": "M",
            "from_at": 1, "to_at": 2, "timezone": "Europe/Berlin", "state": "confirmed",
            "created_at": 0, "request": "r",
        })  # fmt: skip
    store.close()
    last.write_text(added, encoding="utf-8")
    _know(monkeypatch, int(script[:4]))
    store = _open(home)
    try:
        row = store.row(f"SELECT desk_name, state, request, {column} FROM bookings")
        assert row == ("D", "confirmed", "r", None)
    finally:
        store.close()


def test_a_new_store_is_what_all_the_scripts_make(tmp_path):
    """In one step or in many: the same words for every table, index and trigger, and the same marks."""

    def of(create) -> list:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        create(connection)
        marks = ("application_id", "user_version", "encoding", "page_size", "auto_vacuum")
        made = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
        asked = "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'trigger' ORDER BY tbl_name, rowid"
        rows = connection.execute(asked).fetchall()  # the last one of a table is asked first
        rows += [connection.execute(f"PRAGMA {mark}").fetchone()[0] for mark in marks]
        connection.close()
        return [*sorted(made, key=str), *rows]

    assert of(migrate.create) == of(partial(migrate.create_by_scripts, until=migrate.VERSION))
