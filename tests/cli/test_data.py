"""`cowork data`: a backup is whole, a restore works whatever is left, and verify sees what is wrong."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import zipfile
from pathlib import Path

import pytest

from cowork_cli.store.engine.database import build
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.version import VERSION


@pytest.fixture
def billed(acme):
    """A home with an issued invoice over two hours."""
    for words in (
        ("track", "add", "acme/site", "--from", "9:00", "--to", "11:00", "Löten"),
        ("invoice", "draft", "acme"),
        ("invoice", "issue", "draft-1"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    return acme


@pytest.fixture
def db(home):
    """The file of the store."""
    return home / "data" / "cowork.db"


def _backup(cowork):
    outcome = cowork("data", "backup", "--json")
    assert outcome.code == 0, str(outcome)
    return outcome.data["file"]


def _by_hand(path, *statements):
    """Changes that no command makes."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def _clients(cowork):
    return [row[0] for row in cowork("client", "list").rows]


# ---- path, backup


def test_path_names_every_folder_without_making_one(cowork, home):
    data = cowork("data", "path", "--json").data
    assert data["store"] == str(home / "data" / "cowork.db")
    assert set(data) == {"store", "invoices", "backups", "config", "cache", "state"}
    assert not home.exists()


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_a_backup_is_one_private_file_with_hashes_and_no_secrets(billed, home):
    (home / "config" / "config.toml").write_text("# mine\n")
    (home / "state").mkdir(exist_ok=True)
    (home / "state" / "secrets.toml").write_text('[hafen]\ntoken = "s3cr3t-token"\n')
    data = billed("data", "backup", "--json").data
    file = home / "data" / "backups" / "cowork-20261125-180000.zip"
    assert data["file"] == str(file)
    assert data["bytes"] == file.stat().st_size
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        contents = {name: archive.read(name) for name in archive.namelist()}
    assert set(contents) == {
        "data/cowork.db", "config/settings.toml", "config/config.toml", "manifest.json",
    }  # fmt: skip
    assert manifest["created"] == "2026-11-25T18:00:00+01:00"
    assert manifest["schema"] == VERSION
    assert manifest["records"]["invoices"] == 1
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(contents[name]).hexdigest() == digest
    assert not any(b"s3cr3t-token" in content for content in contents.values())
    assert {path.name for path in file.parent.iterdir()} == {file.name}


@pytest.mark.parametrize("year", ["1970", "2200"])
def test_a_clock_that_was_never_set_stops_no_backup(cowork, year):
    clock = {"COWORK_NOW": f"{year}-01-01T00:00:00+01:00"}
    cowork("client", "add", "acme", "--name", "ACME")
    done = cowork("data", "backup", "--json", env=clock)
    assert done.code == 0, str(done)
    cowork("client", "archive", "acme", "--yes")
    name = f"cowork-{year}0101-000000.zip"
    assert done.data["file"].endswith(name)
    assert cowork("data", "restore", name, "--yes", env=clock).code == 0
    assert [client["id"] for client in cowork("client", "list", "--json").data] == ["acme"]


def test_backups_never_overwrite_and_the_oldest_go(cowork):
    names = []
    for _ in range(4):
        data = cowork("data", "backup", "--keep", "2", "--json").data
        names.append(data["file"].rpartition("/")[2])
    assert names[:3] == [f"cowork-20261125-180000{n}.zip" for n in ("", "-2", "-3")]
    assert data["removed"]


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_only_backups_of_this_command_are_let_go(cowork, home):
    cowork("client", "list")
    folder = home / "data" / "backups"
    folder.mkdir()
    for name in ("cowork-schema-1-x.db", "mine.zip", "cowork-20200101-000000.zip"):
        (folder / name).write_text("x")
    data = cowork("data", "backup", "--keep", "1", "--json").data
    assert data["removed"] == ["cowork-20200101-000000.zip"]
    assert (folder / "mine.zip").exists()
    assert (folder / "cowork-schema-1-x.db").exists()
    assert cowork("data", "backup", "--keep", "0").code == 2


def test_what_a_killed_backup_left_behind_is_swept_away(cowork, home):
    _backup(cowork)
    old, young = (home / "data" / "backups" / name for name in (".copy-1-a", ".backup-1-b.part"))
    for file in (old, young):
        file.write_text("x")
    os.utime(old, (0, 0))
    _backup(cowork)
    assert not old.exists()
    assert young.exists()


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_a_damaged_store_is_not_backed_up_over_good_backups(billed, home, db):
    _backup(billed)
    content = bytearray(db.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    db.write_bytes(bytes(content))
    outcome = billed("data", "backup", "--keep", "1")
    assert outcome.code == 3, str(outcome)
    assert [path.name for path in (home / "data" / "backups").iterdir()] == [
        "cowork-20261125-180000.zip"
    ]


# ---- restore


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_restore_brings_back_store_and_settings_and_keeps_the_present(billed, home):
    file = _backup(billed)
    billed("client", "add", "later", "--name", "Later", "--rate", "1")
    billed("config", "set", "land", "NW")
    outcome = billed("data", "restore", file, "--yes", "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["previous"].endswith("cowork-20261125-180000-2.zip")
    assert outcome.data["records"]["clients"] == 1
    assert _clients(billed) == ["acme"]
    assert billed("config", "get", "land").rows[0][1] == "BE"
    assert billed("data", "verify").code == 0
    again = billed("data", "restore", outcome.data["previous"], "--yes")
    assert again.code == 0
    assert _clients(billed) == ["acme", "later"]
    assert billed("config", "get", "land").rows[0][1] == "NW"


def test_the_name_of_a_backup_is_enough(billed):
    _backup(billed)
    assert billed("data", "restore", "cowork-20261125-180000.zip", "-y").code == 0


def test_the_file_of_people_is_only_put_back_where_there_is_none(billed, home):
    config = home / "config" / "config.toml"
    config.write_text("# then\n")
    file = _backup(billed)
    config.write_text("# now\n")
    assert billed("data", "restore", file, "-y", "--json").data["config"] is False
    assert config.read_text() == "# now\n"
    config.unlink()
    assert billed("data", "restore", file, "-y", "--json").data["config"] is True
    assert config.read_text() == "# then\n"


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_elsewhere_than_on_a_terminal_it_needs_yes(billed, db):
    file = _backup(billed)
    before = db.read_bytes()
    outcome = billed("data", "restore", file)
    assert outcome.code == 2
    assert "`--yes`" in outcome.err
    assert db.read_bytes() == before
    declined = billed("data", "restore", file, stdin="n\n", terminal=True)
    assert declined.code == 1
    assert "Put back the backup of 2026-11-25 18:00 (1 entry, 1 client, 1 invoice)" in declined.err
    assert billed("data", "restore", file, stdin="y\n", terminal=True).code == 0


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_a_dry_run_looks_through_it_and_changes_nothing(billed, home, db):
    file = _backup(billed)
    billed("client", "add", "later", "--name", "Later", "--rate", "1")
    before = db.read_bytes()
    data = billed("data", "restore", file, "--dry-run", "--json").data
    assert (data["dry_run"], data["previous"], data["schema"]) == (True, None, VERSION)
    assert db.read_bytes() == before
    assert len(list((home / "data" / "backups").iterdir())) == 1
    assert not [path for path in (home / "data").iterdir() if path.name.startswith(".")]


def _empty(db):
    db.write_bytes(b"")


def _half(db):
    db.write_bytes(db.read_bytes()[:5000])


def _garbage(db):
    content = bytearray(db.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    db.write_bytes(bytes(content))


def _foreign(db):
    db.write_text("hello")


def _folder(db):
    db.unlink()
    db.mkdir()
    (db / "x").write_text("x")


def _dangling(db):
    db.unlink()
    db.symlink_to(db.with_name("gone") / "cowork.db")


def _gone(db):
    db.unlink()


def _gone_but_its_log(db):
    db.unlink()
    db.with_name("cowork.db-wal").write_bytes(b"stale" * 1000)
    db.with_name("cowork.db-shm").write_bytes(b"stale" * 1000)


def _newer(db):
    _by_hand(db, "PRAGMA user_version = 99")


def _everything(db):
    shutil.rmtree(db.parents[1] / "config")
    db.unlink()


@pytest.mark.file_store(reason="backups of a file, and what harms one")
@pytest.mark.parametrize(
    "harm",
    [
        _empty, _half, _garbage, _foreign, _folder, _dangling, _gone, _gone_but_its_log, _newer,
        _everything,
    ],
)  # fmt: skip
def test_restore_works_whatever_is_left(billed, home, db, harm, tmp_path):
    file = tmp_path / "kept.zip"
    shutil.move(_backup(billed), file)
    harm(db)
    outcome = billed("data", "restore", str(file), "--yes", "--json")
    assert outcome.code == 0, str(outcome)
    previous = outcome.data["previous"]
    assert (previous is None) is (harm in (_gone, _everything))
    if previous and not previous.endswith(".zip"):
        assert ".db-kept" in previous
    assert _clients(billed) == ["acme"]
    assert billed("data", "verify").code == 0
    assert billed("data", "backup").code == 0
    assert db.is_file()
    assert not db.is_symlink()
    assert os.name == "nt" or stat.S_IMODE(db.stat().st_mode) == 0o600
    (home / "data" / "cowork.db").unlink()
    assert billed("client", "list").code == 3  # the marker is there again: lost, not made anew


@pytest.mark.file_store(reason="backups of a file, and what harms one")
@pytest.mark.parametrize("file", ["settings.toml", "config.toml"])
def test_restore_works_with_settings_that_cannot_be_read(acme, home, db, file):
    kept = _backup(acme)
    acme("client", "add", "later", "--name", "Later", "--rate", "1")
    (home / "config" / file).write_text("[x")
    outcome = acme("data", "restore", kept, "--yes")
    assert outcome.code == 0, str(outcome)
    if file == "config.toml":  # a person's own file is theirs to mend
        assert (home / "config" / file).read_text() == "[x"
        (home / "config" / file).unlink()
    assert _clients(acme) == ["acme"]
    assert acme("config", "get", "seller.name").code == 0


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_what_was_moved_aside_is_never_named_as_the_newest_backup(billed, home, db, tmp_path):
    file = tmp_path / "kept.zip"
    shutil.move(_backup(billed), file)
    _empty(db)
    assert billed("data", "restore", str(file), "--yes").code == 0
    _empty(db)
    outcome = billed("client", "list")
    assert outcome.code == 3
    assert "there is no backup" in outcome.err


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_a_store_that_another_has_open_sees_the_restored_one(billed, db):
    file = _backup(billed)
    billed("client", "add", "later", "--name", "Later", "--rate", "1")
    other = sqlite3.connect(db)
    try:
        assert other.execute("SELECT count(*) FROM clients").fetchone() == (2,)
        assert billed("data", "restore", file, "--yes").code == 0
        assert other.execute("SELECT count(*) FROM clients").fetchone() == (1,)
    finally:
        other.close()


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_a_backup_by_a_migration_is_taken_too(billed, home, db):
    plain = home / "data" / "backups" / "cowork-schema-1-20261125-170000.db"
    plain.parent.mkdir()
    shutil.copy(db, plain)
    billed("client", "add", "later", "--name", "Later", "--rate", "1")
    outcome = billed("data", "restore", str(plain), "--yes", "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["settings"] is False
    assert _clients(billed) == ["acme"]
    assert plain.exists()


@pytest.mark.file_store(reason="backups of a file, and what harms one")
@pytest.mark.parametrize("schema", [1, VERSION - 1])
def test_what_a_migration_laid_aside_is_brought_back_and_brought_up_again(cowork, home, db, schema):
    """The store of an older program; what was done since is in the backup that the restore makes."""

    def fill(connection):
        journal = Journal(connection, "client add old", 1_764_090_000_000)
        with journal.transaction():
            journal.insert(
                "clients", {"slug": "old", "name": "Old", "type": "business", "currency": "EUR"}
            )

    db.parent.mkdir(parents=True)
    build(db, schema, fill)
    assert _clients(cowork) == ["old"]
    (aside,) = (home / "data" / "backups").glob(f"cowork-schema-{schema}-*.db")
    assert cowork("client", "add", "later", "--name", "Later", "--rate", "1").code == 0
    outcome = cowork("data", "restore", aside.name, "--yes", "--json")
    assert outcome.code == 0, str(outcome)
    assert _clients(cowork) == ["old"]
    assert cowork("data", "verify").code == 0
    assert cowork("data", "restore", str(outcome.data["previous"]), "--yes").code == 0
    assert _clients(cowork) == ["later", "old"]


def _rewritten(file, change):
    """The backup with its members changed by `change(members)`."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _spoil_store(members):
    members["data/cowork.db"] = members["data/cowork.db"][:-1] + b"x"


def _spoil_settings(members):
    members["config/settings.toml"] += b"\n"


def _no_manifest(members):
    del members["manifest.json"]


def _no_store(members):
    del members["data/cowork.db"]


def _odd_manifest(members):
    members["manifest.json"] = b"[]"


def _manifest_without_store(members):
    manifest = json.loads(members["manifest.json"])
    del manifest["sha256"]["data/cowork.db"]
    members["manifest.json"] = json.dumps(manifest).encode()


def _manifest_of_tomorrow(members):
    manifest = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps({**manifest, "cowork_backup": 2}).encode()


def _store_of_tomorrow(members):
    _with_store(members, "PRAGMA user_version = 99")


def _foreign_store(members):
    _with_store(members, "PRAGMA application_id = 1")


def _with_store(members, statement):
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(members["data/cowork.db"])
        file.flush()
        _by_hand(file.name, statement)
        members["data/cowork.db"] = Path(file.name).read_bytes()
    manifest = json.loads(members["manifest.json"])
    manifest["sha256"]["data/cowork.db"] = hashlib.sha256(members["data/cowork.db"]).hexdigest()
    members["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.file_store(reason="backups of a file, and what harms one")
@pytest.mark.parametrize(
    ("change", "code", "part"),
    [
        (_spoil_store, 3, "data/cowork.db does not fit its hash"),
        (_spoil_settings, 3, "config/settings.toml does not fit its hash"),
        (_no_manifest, 2, "is not a backup of cowork"),
        (_no_store, 3, "is damaged"),
        (_odd_manifest, 3, "its manifest is not one of cowork"),
        (_manifest_without_store, 3, "there is no store in it"),
        (_manifest_of_tomorrow, 3, "newer cowork"),
        (_store_of_tomorrow, 3, "newer cowork"),
        (_foreign_store, 3, "belongs to another program"),
    ],
)
def test_a_backup_that_is_not_right_touches_nothing(billed, home, db, change, code, part):
    file = _backup(billed)
    _rewritten(file, change)
    before = db.read_bytes(), (home / "config" / "settings.toml").read_bytes()
    outcome = billed("data", "restore", file, "--yes")
    assert outcome.code == code, str(outcome)
    assert part in outcome.err
    assert (db.read_bytes(), (home / "config" / "settings.toml").read_bytes()) == before
    assert not [path for path in db.parent.iterdir() if path.name.startswith(".")]


def _settings_of(content):
    """A change to a backup, whose manifest follows."""

    def change(members):
        members["config/settings.toml"] = content
        manifest = json.loads(members["manifest.json"])
        manifest["sha256"]["config/settings.toml"] = hashlib.sha256(content).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()

    return change


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[seller\n", "config/settings.toml: "),
        (b'zzz = "1"\n', 'config/settings.toml:1: there is no setting "zzz"'),
        (b"\xff", "config/settings.toml is not UTF-8 text"),
    ],
)
def test_settings_that_cannot_be_read_are_left_out_and_the_hours_come_back(
    acme, home, content, reason
):
    file = _backup(acme)
    before = (home / "config" / "settings.toml").read_bytes()
    assert acme("client", "add", "later", "--name", "Later", "--rate", "1").code == 0
    _rewritten(file, _settings_of(content))
    outcome = acme("data", "restore", file, "--yes", "--json")
    assert outcome.code == 0, str(outcome)
    assert (outcome.data["settings"], len(outcome.data["left_out"])) == (False, 1)
    assert reason in outcome.data["left_out"][0]
    assert f"Settings that stay as they are here: {reason}" in outcome.err
    assert (home / "config" / "settings.toml").read_bytes() == before
    assert _clients(acme) == ["acme"]


def test_a_program_that_a_backup_would_have_run_is_named(acme, home):
    file = _backup(acme)
    text = (home / "config" / "settings.toml").read_bytes()
    _rewritten(file, _settings_of(text + b'\n[mail]\ncommand = "sendmail -t"\n'))
    outcome = acme("data", "restore", file, "--yes", "--json")
    assert outcome.data["runs"] == ["mail.command"]
    assert "These settings run a program: `mail.command`" in outcome.err
    assert (
        acme("data", "restore", file, "--yes", "--json").data["runs"] == []
    )  # it runs here already


@pytest.mark.file_store(reason="what a damaged file says")
def test_a_store_whose_schema_is_no_text_is_damaged_and_no_bug(acme, db):
    content = db.read_bytes()
    db.write_bytes(content.replace(b"CREATE TABLE clients", b"CREATE TABLX \xa6lients", 1))
    outcome = acme("client", "list")
    assert outcome.code == 3, str(outcome)
    assert "is damaged" in outcome.err


def test_a_backup_that_the_disk_has_no_room_for_is_not_begun(acme, home, monkeypatch):
    file = _backup(acme)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 1 << 19))
    outcome = acme("data", "restore", file, "--yes")
    assert outcome.code == 1, str(outcome)
    assert "has room for 0; nothing was changed" in outcome.err
    assert not [path for path in (home / "data").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("cut", [0.3, 0.9, 0.999])
def test_a_truncated_backup(billed, db, cut):
    file = _backup(billed)
    content = Path(file).read_bytes()
    Path(file).write_bytes(content[: int(len(content) * cut)])
    outcome = billed("data", "restore", file, "--yes")
    assert outcome.code in (2, 3)
    assert _clients(billed) == ["acme"]


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_what_is_no_backup_at_all(billed, home, db):
    text = home / "notes.zip"
    text.write_text("hello")
    assert billed("data", "restore", str(text), "-y").code == 2
    assert billed("data", "restore", str(home / "nix.zip"), "-y").code == 5
    assert billed("data", "restore", str(home), "-y").code == 5
    outcome = billed("data", "restore", str(db), "-y")
    assert outcome.code == 2
    assert "is the present store" in outcome.err
    assert billed("data", "verify").code == 0


# ---- verify


def test_verify_of_a_whole_store(billed):
    outcome = billed("data", "verify", "--json")
    assert outcome.code == 0
    assert outcome.data["ok"] is True
    assert [check["name"] for check in outcome.data["checks"] if not check["ok"]] == []
    assert len(outcome.data["checks"]) >= 9


@pytest.mark.file_store(reason="backups of a file, and what harms one")
@pytest.mark.parametrize(
    ("statement", "name", "detail"),
    [
        ("UPDATE entries SET note = 'x'", "journal-replay", "entry e-1 is not what"),
        ("DELETE FROM entries", "journal-replay", "entry e-1 is missing"),
        ("UPDATE journal SET after = '{}' WHERE id = 1", "journal-chain", "journal row 1"),
        ("DELETE FROM journal WHERE id > 2", "journal-chain", "does not fit its hash"),
        ("UPDATE changes SET command = 'x' WHERE id = 1", "journal-chain", "journal row 1"),
        ("UPDATE invoice_files SET content = x'00'", "documents", "is not what was issued"),
        (
            "INSERT INTO receipts (sha256, content) VALUES ('abc', x'00')",
            "receipts",
            "the receipt abc is not what was kept",
        ),
        (
            "INSERT INTO letters (sha256, content) VALUES ('abc', x'00')",
            "letters",
            "the letter of a reminder abc is not what was kept",
        ),
        ("UPDATE projects SET client_id = 99", "references", "projects 1 refers to"),
        ("UPDATE number_series SET last = 0", "numbers", "gave out 0 numbers"),
        (
            "INSERT INTO entries (uuid, project_id, from_at, to_at, timezone, day, billable) "
            "SELECT 'u', 1, from_at + 60, to_at, 'UTC', day, 1 FROM entries",
            "entries",
            "entry e-2 overlaps",
        ),
    ],
)
def test_verify_says_what_is_wrong(billed, db, statement, name, detail):
    _by_hand(db, statement)
    outcome = billed("data", "verify", "--json")
    assert outcome.code == 3, str(outcome)
    wrong = {check["name"]: check["detail"] for check in outcome.data["checks"] if not check["ok"]}
    assert detail in wrong[name]
    assert outcome.json["problems"][0]["code"] == "store-damaged"
    assert detail in outcome.err
    assert "cowork data restore" in outcome.err


@pytest.mark.file_store(reason="backups of a file, and what harms one")
@pytest.mark.parametrize(
    ("statements", "name", "detail"),
    [
        (["UPDATE number_series SET last = 5"], "number-gaps", '2 to 5 of the series "'),
        (
            [
                "INSERT INTO intents (uuid, kind, account, key, request, state, created_at) "
                "VALUES ('u', 'booking', 'hafen', 'k', '{}', 'unknown', 0)",
            ],
            "requests",
            "booking 1 at hafen; ask with `cowork booking sync`",
        ),
    ],
)
def test_verify_names_what_a_whole_store_leaves_open(billed, db, statements, name, detail):
    _by_hand(db, *statements)
    outcome = billed("data", "verify", "--json")
    told = {check["name"]: check for check in outcome.data["checks"]}
    assert detail in told[name]["detail"]
    assert told[name]["ok"] is True, "nothing is broken, so nothing is to be brought back"


@pytest.mark.file_store(reason="backups of a file, and what harms one")
@pytest.mark.parametrize(
    ("statement", "name", "detail"),
    [
        (
            'UPDATE journal SET after = \'{"erased":"x"}\' WHERE id = 1',
            "journal-erased",
            "journal row 1 was emptied, and no erasure says so",
        ),
        ("DELETE FROM journal WHERE id = 2", "journal-chain", "does not fit its hash"),
        (
            "UPDATE invoices SET state = 'draft', number = NULL",
            "billed",
            "entry e-1 is marked as billed, but on no issued invoice",
        ),
        ("DELETE FROM clients", "references", "refers to a missing row of clients"),
        ("UPDATE invoice_files SET sha256 = 'x'", "documents", "is not what was issued"),
        ("DELETE FROM invoice_files", "documents", "the document of invoice 2026-0001 is missing"),
        (
            "UPDATE invoices SET state = 'draft', number = NULL",
            "documents",
            "is of an invoice that was never issued",
        ),
        (
            "UPDATE entries SET invoice_id = NULL",
            "billed",
            "e-1 was billed with invoice 2026-0001, and",
        ),
        (
            "UPDATE invoice_lines SET net = net + 1",
            "sums",
            "the lines of invoice 2026-0001 do not come to its net amount",
        ),
        (
            "UPDATE invoices SET gross = gross + 1",
            "sums",
            "net and VAT of invoice 2026-0001 do not come to its gross amount",
        ),
        ("ALTER TABLE clients ADD COLUMN extra TEXT", "schema", "the table clients is not what"),
        ("DROP INDEX one_running_timer", "schema", "the index one_running_timer is missing"),
        (
            "CREATE TRIGGER evil AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
            "schema",
            "the rule evil is not of this program",
        ),
    ],
)
def test_verify_says_what_else_is_wrong(billed, db, statement, name, detail):
    _by_hand(db, statement)
    outcome = billed("data", "verify", "--json")
    assert outcome.code == 3, str(outcome)
    wrong = {check["name"]: check["detail"] for check in outcome.data["checks"] if not check["ok"]}
    assert detail in wrong[name]


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_verify_misses_the_page_of_a_quote(acme, db):
    for words in (("quote", "add", "acme", "--line", "Concept", "--price", "800"),
                  ("quote", "send", "q-1", "--out", str(db.parents[2] / "quote.eml"), "--yes")):  # fmt: skip
        assert acme(*words).code == 0
    _by_hand(db, "UPDATE letters SET content = x'00'")
    outcome = acme("data", "verify", "--json")
    wrong = {check["name"]: check["detail"] for check in outcome.data["checks"] if not check["ok"]}
    assert wrong["quotes"] == "the page of quote AN-2026-0001 is not what was sent"


def test_every_check_has_been_seen_to_fail():
    """Who adds a check damages a store for it here."""
    from cowork_cli.store.engine import integrity

    seen = {"integrity", "references", "journal-chain", "journal-erased", "journal-replay", "documents",
            "receipts", "letters", "quotes", "entries", "billed", "numbers", "schema", "sums"}  # fmt: skip
    assert {name for name, _, _ in integrity.CHECKS} == seen


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_verify_of_an_index_that_lies(billed, db):
    _by_hand(
        db,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'from_at, to_at', 'to_at, from_at') "
        "WHERE name = 'entries_by_start'",
    )
    outcome = billed("data", "verify", "--json")
    assert outcome.code == 3
    assert outcome.data["checks"][0]["ok"] is False


def test_missing_copies_are_written_again_and_changed_ones_are_named(billed, home):
    copy = min((home / "data" / "invoices").iterdir())
    original = copy.read_bytes()
    copy.unlink()

    def detail():
        outcome = billed("data", "verify", "--json")
        assert outcome.code == 0, str(outcome)
        return next(c["detail"] for c in outcome.data["checks"] if c["name"] == "copies")

    assert f"written again: {copy.name}" in detail()
    assert copy.read_bytes() == original
    copy.write_bytes(b"changed")
    assert f"the store has the original: {copy.name}" in detail()
    assert copy.read_bytes() == b"changed"


@pytest.mark.file_store(reason="secrets that others may read are refused before a server is asked")
@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_what_others_may_read_is_named_with_the_way_to_close_it(acme, home):
    def detail():
        outcome = acme("data", "verify", "--json")
        assert outcome.code == 0, str(outcome)
        return next(c["detail"] for c in outcome.data["checks"] if c["name"] == "private")

    assert detail() == "nobody else may read a file of this home"
    secrets = home / "state" / "secrets.toml"
    secrets.parent.mkdir(mode=0o700, exist_ok=True)
    secrets.write_text("")
    secrets.chmod(0o640)
    assert detail().startswith(f"others may read {secrets}; close it with `chmod -R go= ")
    secrets.chmod(0o600)
    assert detail() == "nobody else may read a file of this home"


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_the_backup_to_bring_back_is_named(billed, db):
    file = _backup(billed)
    _by_hand(db, "UPDATE entries SET note = 'x'")
    assert f"the newest backup with `cowork data restore {file}`" in billed("data", "verify").err


@pytest.mark.file_store(reason="backups of a file, and what harms one")
def test_verify_on_a_terminal(billed, db):
    outcome = billed("data", "verify", terminal=True)
    assert "journal-chain" in outcome.out
    _by_hand(db, "UPDATE entries SET note = 'x'")
    assert "WRONG" in billed("data", "verify", terminal=True).out
