"""The six states a store can be in when it is opened: only two go on, nothing is ever overwritten.

Each state is met by a whole command line. Where the mode of a file is the matter, the command runs
as another user, because root may do everything.
"""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cowork_cli.errors import Failed, StoreBusy, StoreDamaged, StoreError
from cowork_cli.paths import locate
from cowork_cli.store.engine import connection, failures, folders, migrate
from tests.stores import open_store

pytestmark = pytest.mark.file_store(reason="the states of a file")


NOBODY = 65534


def _store(home: Path) -> Path:
    return home / "data" / "cowork.db"


def _open(home: Path, *, expected: bool = False, notes: list[str] | None = None):
    return open_store(
        locate({"COWORK_HOME": str(home)}),
        now_ms=1_764_090_000_000,
        command="test",
        expected=expected,
        note=(notes if notes is not None else []).append,
    )


@pytest.fixture
def used(cowork, home):
    """A home whose store holds one client."""
    assert cowork("client", "add", "acme", "--name", "ACME", "--rate", "95").code == 0
    assert _store(home).exists()
    return cowork


@pytest.fixture
def reopened(home):
    """A function that changes the bytes of the store through another connection of SQLite."""

    def run(*statements: str) -> None:
        connection = sqlite3.connect(_store(home), isolation_level=None)
        try:
            for statement in statements:
                connection.execute(statement)
        finally:
            connection.close()

    return run


def _refused(cowork, code: str, *parts: str) -> None:
    """The next command is exit 3 with a clear line; the same as JSON."""
    outcome = cowork("client", "list")
    assert outcome.code == 3, str(outcome)
    assert outcome.out == ""
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 2, outcome.err
    for part in parts:
        assert part in outcome.err
    document = cowork("client", "list", "--json").json
    assert document["data"] is None
    assert document["problems"][0]["code"] == code


def test_never_existed_is_created_private_and_whole(cowork, home):
    assert cowork("client", "list").code == 0
    assert stat.S_IMODE(_store(home).stat().st_mode) == 0o600
    assert stat.S_IMODE(_store(home).parent.stat().st_mode) == 0o700
    assert [file.name for file in _store(home).parent.iterdir()] == ["cowork.db"]


def test_log_and_shared_memory_are_private_too(home):
    before = os.umask(0)
    try:
        store = _open(home)
        with store.transaction() as journal:
            journal.insert("clients", _client())
        for suffix in ("", "-wal", "-shm"):
            file = _store(home).with_name(f"cowork.db{suffix}")
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        store.close()
    finally:
        os.umask(before)


def test_a_mode_that_is_too_wide_is_narrowed(used, home):
    _store(home).chmod(0o644)
    assert used("client", "list").code == 0
    assert stat.S_IMODE(_store(home).stat().st_mode) == 0o600


def test_reading_changes_nothing(used, home):
    before = _store(home).read_bytes()
    assert used("client", "list").code == 0
    assert _store(home).read_bytes() == before


def test_zero_bytes_are_damage(used, home):
    _store(home).write_bytes(b"")
    _refused(used, "store-damaged", "is empty")
    assert _store(home).read_bytes() == b""


def test_half_a_file_is_damage(used, home):
    content = _store(home).read_bytes()
    for size in (50, 100, 4096, len(content) - 1):
        _store(home).write_bytes(content[:size])
        _refused(used, "store-damaged", "is truncated")


def test_a_foreign_file_is_damage(used, home):
    _store(home).write_bytes(b'{"frames": []}' * 100)
    _refused(used, "store-damaged", "not a file of cowork")


def test_a_database_of_another_program_is_damage(used, home, reopened):
    _store(home).unlink()
    reopened("CREATE TABLE moz_places (id INTEGER)")
    _refused(used, "store-damaged", "belongs to another program")


def test_a_directory_is_damage(used, home):
    _store(home).unlink()
    _store(home).mkdir()
    _refused(used, "store-damaged", "is a directory")


@pytest.mark.skipif(os.name == "nt", reason="no named pipes in folders")
def test_a_pipe_is_damage_and_nobody_waits_for_it(used, home):
    _store(home).unlink()
    os.mkfifo(_store(home))
    _refused(used, "store-damaged", "is not a file")


def test_overwritten_pages_are_damage(used, home):
    content = bytearray(_store(home).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    _store(home).write_bytes(bytes(content))
    _refused(used, "store-damaged", "is damaged")
    outcome = used("data", "verify")
    assert outcome.code == 3


def test_a_newer_store_is_left_alone(used, home, reopened):
    reopened("PRAGMA user_version = 99")
    before = _store(home).read_bytes()
    _refused(used, "store-newer", "schema 99", "update cowork")
    assert _store(home).read_bytes() == before


def test_a_store_that_is_gone_is_lost_and_not_made_anew(used, home):
    _store(home).unlink()
    _refused(used, "store-lost", "is gone", "cowork config unset store.id")
    assert not _store(home).exists()
    assert used("config", "unset", "store.id").code == 0
    assert used("client", "list").code == 0


def test_a_backup_alone_shows_that_there_was_a_store(used, home):
    assert used("data", "backup").code == 0
    shutil.rmtree(home / "config")
    _store(home).unlink()
    (backup,) = (home / "data" / "backups").iterdir()
    _refused(used, "store-lost", f"cowork data restore {backup}")


def test_a_log_alone_shows_that_there_was_a_store(used, home):
    shutil.rmtree(home / "config")
    _store(home).unlink()
    _store(home).with_name("cowork.db-wal").write_bytes(b"x" * 5000)
    _refused(used, "store-lost", "cowork.db-wal")


def test_a_dangling_link_is_lost(used, home, tmp_path):
    cloud = tmp_path / "cloud" / "cowork.db"
    cloud.parent.mkdir()
    _store(home).rename(cloud)
    _store(home).symlink_to(cloud)
    assert used("client", "list").rows[0][0] == "acme"
    cloud.parent.rename(tmp_path / "unmounted")
    _refused(used, "store-lost", "points to")
    assert _store(home).is_symlink()


def test_a_file_where_the_folder_belongs_is_unreadable(used, home):
    shutil.rmtree(home / "data")
    (home / "data").write_text("")
    _refused(used, "store-unreadable", "cannot reach the store")


# ---- as a user who may not do everything


_SCRIPT = """
import contextlib, io, os, sys
from cowork_cli import main
env = dict(os.environ)
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    main.run(sys.argv[2:], {**env, "COWORK_HOME": sys.argv[1] + "-warm"})  # imports everything
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main.run(sys.argv[2:], {**env, "COWORK_HOME": sys.argv[1]}))
"""


def _as_nobody(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """A command by another user; the modules are loaded before, the interpreter may be root's own."""
    return subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(home), *words],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def anyones(used):
    """The home of the test, copied where another user can reach it and owned by that user."""
    import tempfile

    source = Path(os.environ["COWORK_HOME"])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        shutil.copytree(source, home)
        if os.geteuid() == 0:
            for path in (home, *home.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        yield home
        for path in (home, home / "data"):
            path.chmod(0o700)


posix = pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")


@posix
def test_an_unreadable_store_is_not_taken_for_an_empty_one(anyones):
    _store(anyones).chmod(0o000)
    done = _as_nobody("client", "list", home=anyones)
    assert done.returncode == 3
    assert "cannot read the store" in done.stderr
    assert done.stdout == ""


@posix
def test_a_read_only_store_says_so(anyones):
    _store(anyones).chmod(0o400)
    done = _as_nobody("client", "list", home=anyones)
    assert done.returncode == 3
    assert "is read-only" in done.stderr


@posix
def test_a_read_only_folder_says_so(anyones):
    (anyones / "data").chmod(0o500)
    done = _as_nobody("client", "list", home=anyones)
    assert done.returncode == 3
    assert "is read-only" in done.stderr


@posix
def test_a_folder_that_may_not_be_entered_is_unreadable_not_lost(anyones):
    (anyones / "data").chmod(0o000)
    done = _as_nobody("client", "list", home=anyones)
    assert done.returncode == 3
    assert "cannot reach the store" in done.stderr


@posix
def test_a_store_that_cannot_be_made_says_so(anyones):
    shutil.rmtree(anyones / "data")
    shutil.rmtree(anyones / "config")
    shutil.rmtree(anyones / "state", ignore_errors=True)
    (anyones / "data").mkdir(mode=0o500)
    if os.geteuid() == 0:
        os.chown(anyones / "data", NOBODY, NOBODY)
    done = _as_nobody("client", "list", home=anyones)
    assert done.returncode == 3, done.stderr
    assert "cannot make a store" in done.stderr


# ---- full disks, and others at the same time


@posix
def test_a_full_disk_changes_nothing(used, home):
    script = (
        "import resource, sys\n"
        "from cowork_cli import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({_store(home).stat().st_size}, -1))\n"
        "sys.exit(main.run(['client', 'add', 'zeta', '--name', 'Z' * 2_000_000, '--rate', '1']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "nothing was changed" in done.stderr
    assert [row[0] for row in used("client", "list").rows] == ["acme"]
    assert used("data", "verify").code == 0


def test_a_disk_that_sqlite_finds_full_is_disk_full():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("CREATE TABLE t (x BLOB)")
        connection.execute("PRAGMA max_page_count = 3")
        with pytest.raises(sqlite3.OperationalError) as raised:
            connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    finally:
        connection.close()
    error = failures.translated(raised.value, Path("cowork.db"), None)
    assert error.exit_code == 1
    assert error.code == "disk-full"


def test_a_store_that_another_holds_is_waited_for_and_then_named(home, monkeypatch):
    monkeypatch.setattr(failures, "BUSY_MS", 100)
    _open(home).close()
    other = connection.connect(_store(home))
    try:
        other.execute("BEGIN IMMEDIATE")
        raw = connection.connect(_store(home), busy_ms=50)
        held = connection.Connection(raw, _store(home), home / "data" / "backups")
        with pytest.raises(StoreBusy), held.transaction():
            pass
        held.close()
    finally:
        other.close()


def test_two_that_create_at_once_share_one_store(home):
    with ThreadPoolExecutor(8) as pool:
        done = list(
            pool.map(
                lambda n: subprocess.run(
                    [
                        sys.executable, "-m", "cowork_cli", "client", "add", f"c{n}",
                        "--name", f"C{n}", "--rate", "1",
                    ],
                    cwd=Path(__file__).parents[3],
                    capture_output=True,
                    text=True,
                    check=False,
                ),
                range(8),
            )
        )  # fmt: skip
    assert [one.returncode for one in done] == [0] * 8, [one.stderr for one in done]
    store = _open(home, expected=True)
    try:
        assert store.row("SELECT count(*) FROM clients")[0] == 8
    finally:
        store.close()
    leftovers = {file.name for file in _store(home).parent.iterdir()}
    assert leftovers <= {"cowork.db", "cowork.db-wal", "cowork.db-shm", "backups"}


def test_a_failed_creation_leaves_nothing_behind(home, monkeypatch):
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (id INTEGER)")
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr(migrate, "create", broken)
    with pytest.raises(StoreError):
        _open(home)
    assert list(_store(home).parent.iterdir()) == []


def test_a_write_outside_of_a_transaction_is_a_bug(home):
    store = _open(home)
    try:
        with pytest.raises(RuntimeError):
            store.connection.run("DELETE FROM clients")
    finally:
        store.close()


# ---- where the store lies


def test_folders_of_services_are_warned_about_at_creation(tmp_path):
    notes: list[str] = []
    home = tmp_path / "Dropbox" / "home"
    _open(home, notes=notes).close()
    assert len(notes) == 1
    assert "a folder of Dropbox" in notes[0]
    _open(home, expected=True, notes=notes).close()
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("kind", "remote"),
    [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False), ("fuseblk", False)],
)
def test_network_drives_are_told_by_the_mounts(tmp_path, monkeypatch, kind, remote):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"odd line\n/dev/x / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n")
    monkeypatch.setattr(folders, "_MOUNTS", mounts)
    assert (folders.warning(tmp_path / "data") is not None) is remote


def _client() -> dict[str, object]:
    return {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}


def test_a_failing_disk_is_not_called_full():
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_WRITE"
    assert isinstance(failures.translated(error, Path("x"), None), Failed)


def test_text_that_is_none_is_damage(home):
    store = _open(home)
    with pytest.raises(StoreDamaged) as raised:
        store.rows("SELECT CAST(x'ff' AS TEXT)")
    assert raised.value.message == f"the store {_store(home)} is damaged: text in it is no UTF-8"
    store.close()
