"""What others do to a file while it is opened, made, migrated, copied or replaced; and what the disk does.

The other process is one more connection of this one, which comes just at the moment that matters.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.errors import (
    DiskFull,
    RuleBroken,
    StoreBusy,
    StoreDamaged,
    StoreLost,
    StoreUnreadable,
)
from cowork_cli.store.engine import connection, database, files, integrity, migrate, replace
from cowork_cli.store.engine.store import Store
from cowork_cli.store.engine.version import VERSION
from tests.conftest import Cowork
from tests.store import older
from tests.stores import opened

pytestmark = pytest.mark.file_store(reason="what happens to a file")

CLIENT = {"name": "ACME", "type": "business", "currency": "EUR"}


def _path(home: Path) -> Path:
    return home / "data" / "cowork.db"


def _add(store: Store, slug: str, **more: object) -> int:
    with store.transaction() as journal:
        return journal.insert("clients", {**CLIENT, "slug": slug, **more})


def _slugs(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return [slug for (slug,) in raw.execute("SELECT slug FROM clients ORDER BY id")]


@pytest.fixture
def path(home: Path) -> Path:
    """A store with a client."""
    store = opened(home)
    _add(store, "acme")
    store.close()
    return _path(home)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for who holds a store."""
    defaults = connection.connect.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "busy_ms", 1)


@pytest.fixture
def holding(path: Path) -> Iterator[sqlite3.Connection]:
    """Another process, in the middle of a change."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


# ---- opened


def test_a_file_that_lacks_what_is_in_its_log_is_whole(home: Path, tmp_path: Path) -> None:
    """As it is when the one who folds its log in is killed between the first page and the last."""
    store = opened(home)
    _add(store, "acme", note="x" * 20_000)
    (page,) = store.row("PRAGMA page_size")
    store.rows("PRAGMA wal_checkpoint(PASSIVE)")
    copied = tmp_path / "copied"
    shutil.copytree(home, copied)
    store.close()
    size = _path(copied).stat().st_size
    os.truncate(_path(copied), size - page)
    again = opened(copied, expected=True)
    assert again.row("SELECT slug, length(note) FROM clients") == ("acme", 20_000)
    assert integrity.run(again.connection, integrity.pages) == []
    again.close()
    os.truncate(_path(copied), size - page)  # its log is gone now
    with pytest.raises(StoreDamaged, match="is truncated"):
        opened(copied, expected=True)


def test_a_file_that_another_is_just_completing_is_looked_at_again(
    home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-4096])
    waited: list[float] = []

    def completed(seconds: float) -> None:
        waited.append(seconds)
        path.write_bytes(whole)

    monkeypatch.setattr(database.time, "sleep", completed)
    store = opened(home, expected=True)
    assert store.value("SELECT slug FROM clients") == "acme"
    assert waited == [0.02]
    store.close()


def test_a_machine_that_knows_no_effective_ids_is_asked_as_it_can_be(
    home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and some C libraries: there `os.access` takes no such word."""
    asked: list[str] = []

    def access(name: str, mode: int) -> bool:
        asked.append(name)
        return name != str(path.parent)

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setattr(os, "supports_effective_ids", set())
    with pytest.raises(StoreUnreadable) as raised:
        opened(home, expected=True)
    assert raised.value.message == f"the store {path} is read-only"
    assert raised.value.hint == f"make the file and the folder {path.parent} writable"
    assert asked == [str(path), str(path.parent)]


def test_a_store_that_is_gone_is_not_opened_as_it_is(home: Path, path: Path) -> None:
    path.unlink()
    with pytest.raises(StoreLost) as raised:
        database.open_as_it_is(path, home / "data" / "backups")
    assert raised.value.message == f"there is no store {path}"
    assert not path.exists()


@pytest.mark.usefixtures("impatient")
def test_a_copy_that_another_holds_for_itself_is_not_waited_for(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy):
            connection.opened(path)


# ---- made


def test_a_folder_that_is_a_link_to_nowhere(cowork: Cowork, home: Path, tmp_path: Path) -> None:
    """The disk with the data is not plugged in."""
    home.mkdir()
    (home / "data").symlink_to(tmp_path / "unplugged")
    outcome = cowork("client", "list")
    assert outcome.code == 3
    assert outcome.err == (
        f"error: cannot make a store in {home / 'data'}: File exists\n"
        "hint: make the folder writable, or choose another with `--home DIR`\n"
    )
    assert not (tmp_path / "unplugged").exists()


def test_a_disk_without_room_for_a_store_is_full(
    cowork: Cowork, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(files, "new_private_file", full)
    outcome = cowork("client", "list", "--json")
    assert outcome.code == 1
    assert outcome.json["problems"][0]["code"] == "disk-full"
    assert list((home / "data").iterdir()) == []


def test_a_copy_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(raw: sqlite3.Connection, until: int) -> None:
        raw.execute("CREATE TABLE half (id INTEGER)")
        raw.execute("CREATE TABLE half (id INTEGER)")

    monkeypatch.setattr(migrate, "create", broken)
    with pytest.raises(Exception, match="table half already exists") as raised:
        database.build(tmp_path / "new.db", VERSION, lambda file: pytest.fail("it was made"))
    assert type(raised.value).__module__ == "cowork_cli.errors"
    assert list(tmp_path.iterdir()) == []


def _no_links(source: Any, target: Any) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_where_there_are_no_hard_links_a_store_is_moved_into_its_place(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    store = opened(home)
    _add(store, "acme")
    store.close()
    assert [file.name for file in _path(home).parent.iterdir()] == ["cowork.db"]


def test_where_there_are_no_hard_links_nothing_is_replaced_either(
    home: Path, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.rename(tmp_path / "of-another.db")

    def quicker(source: Any, target: Any) -> None:
        (tmp_path / "of-another.db").rename(target)
        _no_links(source, target)

    monkeypatch.setattr(os, "link", quicker)
    opened(home).close()
    assert _slugs(path) == ["acme"]


# ---- migrated


@pytest.fixture
def old(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the schema before this one."""
    with older.schema(monkeypatch, VERSION - 1):
        opened(home).close()
    return _path(home)


def _migrated(raw: sqlite3.Connection, path: Path, notes: list[str]) -> None:
    migrate.migrate(raw, path, path.parent / "backups", "20261125-180000", notes.append)


def test_who_comes_second_migrates_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    statements = migrate._statements
    first, second = list[str](), list[str]()

    def quicker(script: str) -> Iterator[str]:
        with monkeypatch.context() as patch:
            patch.setattr(migrate, "_statements", statements)
            with closing(connection.connect(old)) as other:
                _migrated(other, old, first)
        return statements(script)

    monkeypatch.setattr(migrate, "_statements", quicker)
    with closing(connection.connect(old)) as raw:
        _migrated(raw, old, second)
        assert connection.schema_version(raw) == VERSION
        assert not raw.in_transaction
    assert (len(first), second) == (1, [])
    assert len(list((old.parent / "backups").iterdir())) == 1


@pytest.mark.usefixtures("impatient")
def test_who_cannot_begin_to_migrate_says_that_it_is_held(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            closing(connection.connect(old)) as raw,
            pytest.raises(sqlite3.OperationalError, match="database is locked"),
        ):
            _migrated(raw, old, [])
        assert connection.schema_version(other) == VERSION - 1
    assert not (old.parent / "backups").exists()


# ---- changed


def test_a_rule_that_is_looked_at_when_a_change_ends(home: Path) -> None:
    store = opened(home)
    with (
        pytest.raises(RuleBroken, match="what it refers to is gone"),
        store.transaction() as journal,
    ):
        store.connection.run("PRAGMA defer_foreign_keys = ON")
        journal.insert("projects", {"client_id": 9, "slug": "site"})
    assert not store.connection.in_transaction
    assert store.value("SELECT count(*) FROM projects") == 0
    store.close()


def test_a_change_that_sqlite_has_taken_back_by_itself(home: Path) -> None:
    """As it does where the disk is full in the middle of one."""
    store = opened(home)
    with pytest.raises(RuleBroken), store.transaction() as journal:
        journal.insert("clients", {**CLIENT, "slug": "acme"})
        store.connection.run(
            "INSERT OR ROLLBACK INTO clients (uuid, slug, name, type, currency) "
            "SELECT 'another', slug, name, type, currency FROM clients"
        )
    assert store.value("SELECT count(*) FROM clients") == 0
    _add(store, "nova")
    store.close()


# ---- copied and replaced


def test_a_copy_replaces_no_file(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    target.write_text("mine")
    with closing(connection.connect(path)) as raw, pytest.raises(FileExistsError):
        connection.copy_into(raw, target)
    assert target.read_text() == "mine"
    assert [file.name for file in tmp_path.iterdir() if "part" in file.name] == []


@pytest.fixture
def other_store(tmp_path: Path) -> Path:
    """A store with another client."""
    store = opened(tmp_path / "other")
    _add(store, "nova")
    store.close()
    return _path(tmp_path / "other")


@pytest.mark.usefixtures("impatient")
def test_a_store_in_use_is_not_replaced(
    path: Path, other_store: Path, holding: sqlite3.Connection
) -> None:
    seen = replace.last_change_of(path)
    with pytest.raises(StoreBusy) as raised:
        replace.put(other_store, path, path.parent / "backups", seen)
    assert raised.value.message == "another command is using the store, nothing was changed"
    holding.execute("ROLLBACK")
    assert _slugs(path) == ["acme"]
    replace.put(other_store, path, path.parent / "backups", seen)
    assert _slugs(path) == ["nova"]


def test_what_is_written_just_before_the_copy_begins_is_seen(
    home: Path, path: Path, other_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = replace.last_change_of(path)

    class Slow(sqlite3.Connection):
        """Gives way between waiting for others and the first page."""

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            done = super().execute(sql, *values)
            if sql == "ROLLBACK":
                store = opened(home)
                _add(store, "late")
                store.close()
            return done

    monkeypatch.setattr(
        replace.database,
        "open_as_it_is",
        lambda path, backups: sqlite3.connect(path, isolation_level=None, factory=Slow),
    )
    with pytest.raises(StoreBusy, match="another command has changed the store"):
        replace.put(other_store, path, path.parent / "backups", seen)
    assert _slugs(path) == ["acme", "late"]


def test_a_store_stays_where_there_is_no_room_for_the_new_one(
    path: Path, other_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = replace.last_change_of(path)
    opened_as_it_is = database.open_as_it_is

    def small(*where: Any) -> sqlite3.Connection:
        raw = opened_as_it_is(*where)
        raw.execute("PRAGMA max_page_count = 1")  # as much as it has now
        return raw

    monkeypatch.setattr(database, "open_as_it_is", small)
    with closing(sqlite3.connect(other_store)) as raw, raw:
        raw.execute("UPDATE clients SET note = ?", ("x" * 100_000,))
    with pytest.raises(DiskFull):
        replace.put(other_store, path, path.parent / "backups", seen)
    assert _slugs(path) == ["acme"]


def test_a_present_store_with_a_damaged_page_is_not_copied(path: Path, tmp_path: Path) -> None:
    _damage_an_index(path)
    with pytest.raises(StoreDamaged, match="clients"):
        replace.copy_present(path, path.parent / "backups", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_backup_with_a_damaged_page_is_no_store_to_go_back_to(path: Path) -> None:
    _damage_an_index(path)
    with pytest.raises(StoreDamaged, match=r"^it is damaged: .*clients"):
        integrity.examine_copy(path)


def _damage_an_index(path: Path) -> None:
    """Its rows are read as ever; what is found by name is not."""
    with closing(sqlite3.connect(path)) as raw:
        (page,) = raw.execute(
            "SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'clients' LIMIT 1"
        ).fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size + size - 8)  # the end of its first cell
        file.write(b"\xff" * 8)


def test_what_is_laid_aside_in_the_same_second_lies_beside_it(path: Path, tmp_path: Path) -> None:
    backups, at = tmp_path / "backups", datetime(2026, 11, 25, 18, tzinfo=UTC)
    names = []
    for content in (b"first", b"second", b"third"):
        path.write_bytes(content)
        moved = replace.move_aside(path, backups, at)
        assert moved is not None
        assert moved.read_bytes() == content
        names.append(moved.name)
    first = "replaced-20261125-180000.db-kept"
    assert names == [first, f"{first}-2", f"{first}-3"]
    assert replace.move_aside(path, backups, at) is None
