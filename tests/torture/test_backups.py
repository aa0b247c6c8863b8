"""Every kind of backup that is made, put back over the full office and into an empty home; exports to the byte.

A file of the store before each schema, which a migration lays aside, is one of the kinds.
"""

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from cowork_cli.store.engine import database
from cowork_cli.store.engine.version import VERSION
from tests.postgresql.fixtures import NewDatabase
from tests.torture import arena

pytestmark = pytest.mark.torture
LATER = ("client", "add", "later", "--name", "Later")


def restored(home: Path, file: Path, **world: str) -> None:
    done = arena.play(home, "data", "restore", str(file), "--yes", **world)
    assert done.code == 0, str(done)
    found = arena.play(home, "data", "verify", **world)
    assert found.code == 0, str(found)


def exported(home: Path, file: Path, **world: str) -> dict[str, object]:
    """What an export says, without what is of the place: settings, and the id of a store on a server."""
    done = arena.play(home, "data", "export", "--out", str(file), "--force", **world)
    assert done.code == 0, str(done)
    with zipfile.ZipFile(file) as archive:
        said: dict[str, object] = {name: archive.read(name) for name in archive.namelist()}
        given = json.loads(archive.read("export.json"))["ids_given"]
    of_the_place = ("export.json", "tables/meta.jsonl", "config/settings.toml")
    return {name: content for name, content in said.items() if name not in of_the_place} | {
        "ids": given
    }


def newest(home: Path, pattern: str) -> Path:
    return max((home / "data" / "backups").glob(pattern), key=lambda file: file.stat().st_mtime_ns)


def made(kind: str, home: Path, url: str) -> Path:
    """A backup of a kind, of the office as it is in `home`."""
    match kind:
        case "by hand":
            arena.play_all(home, [("data", "backup")])
            return newest(home, "*.zip")
        case "before a restore":
            arena.play_all(home, [("data", "backup")])
            restored(home, newest(home, "*.zip"))
            return newest(home, "*.zip")
        case "a copy of the file":
            target = home.with_name("copied.db")
            shutil.copy(home / "data" / "cowork.db", target)
            log = home / "data" / "cowork.db-wal"
            if log.exists():
                shutil.copy(log, f"{target}-wal")
            return target
        case "what a move left":
            arena.play_all(home, [("data", "move", "--to", url)])
            return newest(home, "cowork-moved-*.db")
    assert kind == "of a server"
    arena.play_all(home, [("data", "move", "--to", url), ("data", "backup")])
    return newest(home, "*.zip")


@pytest.mark.parametrize(
    "kind", ["by hand", "before a restore", "a copy of the file", "what a move left", "of a server"]
)
def test_every_kind_of_backup_comes_back(
    furnished: Path, tmp_path: Path, new_database: NewDatabase, kind: str
) -> None:
    home = arena.copied(furnished / "base", tmp_path / "home")
    wanted = exported(home, tmp_path / "before.zip")
    kept = made(kind, home, new_database(empty=True))
    over = arena.copied(furnished / "base", tmp_path / "over")
    arena.play_all(over, [LATER])
    for target in (over, tmp_path / "fresh"):
        restored(target, kept)
        assert exported(target, tmp_path / "after.zip") == wanted, f"{kind} into {target.name}"
        arena.play_all(target, [LATER])
    # and on a server that holds something
    world = {"COWORK_STORE": new_database()}
    assert arena.play(tmp_path / "shared", *LATER, **world).code == 0
    restored(tmp_path / "shared", kept, **world)
    assert exported(tmp_path / "shared", tmp_path / "after.zip", **world) == wanted


@pytest.mark.parametrize("schema", range(1, VERSION))
def test_a_store_of_each_older_schema_comes_back(tmp_path: Path, schema: int) -> None:
    """As a migration lays it aside, and as a backup of the program of then."""
    aside = tmp_path / f"cowork-schema-{schema}-20260101-000000.db"
    database.build(aside, schema, lambda connection: None)
    for target in ("over", "fresh"):
        home = tmp_path / target
        if target == "over":
            arena.play_all(home, [LATER])
        restored(home, aside)
        with closing(sqlite3.connect(home / "data" / "cowork.db")) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
            assert connection.execute("SELECT count(*) FROM clients").fetchone() == (0,)
        arena.play_all(home, [LATER])


def test_the_office_goes_out_and_in_again_to_the_byte(
    furnished: Path, tmp_path: Path, new_database: NewDatabase
) -> None:
    """From a file into a file, into a server, and from there into a file."""
    first = tmp_path / "first.zip"
    wanted = exported(furnished / "base", first)
    assert len([name for name in wanted if name.startswith("bytes/")]) > 2
    arena.play_all(tmp_path / "file", [("data", "import", str(first))])
    again = tmp_path / "again.zip"
    assert exported(tmp_path / "file", again) == wanted
    assert again.read_bytes() == first.read_bytes(), "also the settings, and the zip itself"
    world = {"COWORK_STORE": new_database()}
    done = arena.play(tmp_path / "shared", "data", "import", str(first), **world)
    assert done.code == 0, str(done)
    assert exported(tmp_path / "shared", again, **world) == wanted
    arena.play_all(tmp_path / "back", [("data", "import", str(again))])
    assert exported(tmp_path / "back", tmp_path / "last.zip") == wanted
    arena.assert_sound(tmp_path / "back")
