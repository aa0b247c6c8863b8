"""`data export` and `data import`: everything out, everything in, and out again to the byte."""

import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.store.engine import migrate
from cowork_cli.store.engine.connection import connect
from cowork_cli.store.engine.version import VERSION


@pytest.fixture
def full(acme, tmp_path):
    """A home with an issued invoice, a receipt, an undone change and settings."""
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("Desk, 25.00")
    for words in (
        ("track", "add", "acme/site", "--from", "9:00", "--to", "11:00", 'Löten; "x"\t\\ '),
        ("invoice", "draft", "acme"),
        ("invoice", "issue", "draft-1"),
        ("expense", "add", "--text", "Desk", "--net", "25", "--receipt", str(receipt)),
        ("client", "add", "other", "--name", "Other"),
        ("undo",),
        ("config", "set", "invoice.terms", "30d"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    return acme


@pytest.fixture
def export(full, tmp_path):
    """The export of that home."""
    file = tmp_path / "all.zip"
    outcome = full("data", "export", "--out", str(file))
    assert outcome.code == 0, str(outcome)
    return file


def _into(cowork, folder: Path, file: Path, *more: str) -> Any:
    return cowork("--home", str(folder), "data", "import", str(file), *more)


def _changed(
    file: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool = True
) -> Path:
    """A copy with other members; the manifest follows, where the change is not to be seen by it."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    if honest:
        manifest = json.loads(members["export.json"])
        for name in manifest["sha256"]:
            manifest["sha256"][name] = hashlib.sha256(members.get(name, b"")).hexdigest()
            table = Path(name).stem
            if table in manifest["rows"]:
                manifest["rows"][table] = members.get(name, b"").count(b"\n")
        members["export.json"] = json.dumps(manifest).encode()
    target = file.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


@pytest.mark.file_store(reason="a store on a server has an id of its own")
def test_everything_comes_back_and_goes_out_again_to_the_byte(full, export, tmp_path):
    other = tmp_path / "other"
    outcome = _into(full, other, export, "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["tables"]["entries"] == 1
    assert outcome.data["settings"] is True
    assert full("--home", str(other), "data", "verify").code == 0
    again = tmp_path / "again.zip"
    assert full("--home", str(other), "data", "export", "--out", str(again)).code == 0
    assert again.read_bytes() == export.read_bytes()


@pytest.mark.file_store(reason="looks into the file")
def test_what_was_imported_works_as_what_was_made_here(full, export, tmp_path):
    other = str(tmp_path / "other")
    _into(full, Path(other), export)
    assert full("--home", other, "config", "get", "invoice.terms").rows[0][1] == "30d"
    assert full("--home", other, "invoice", "pay", "2026-0001", "--amount", "1").code == 0
    # The rules of the schema are back: an issued invoice is frozen, an id is not given out again.
    with closing(sqlite3.connect(Path(other) / "data" / "cowork.db")) as store:
        with pytest.raises(sqlite3.IntegrityError):
            store.execute("UPDATE invoices SET number = 'x'")
        (rules,) = store.execute(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchone()
    here = str(tmp_path / "home" / "data" / "cowork.db")
    with closing(sqlite3.connect(here)) as store:
        wanted = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
        assert store.execute(wanted).fetchone() == (rules,)
    full("--home", other, "client", "add", "third", "--name", "Third")
    row = full("--home", other, "history", "--json").json
    assert "third" in json.dumps(row)


def test_each_table_is_readable_by_any_program(export):
    with zipfile.ZipFile(export) as archive:
        [entry] = map(json.loads, archive.read("tables/entries.jsonl").splitlines())
        assert entry["note"].startswith("Löten")
        files = [json.loads(row) for row in archive.read("tables/invoice_files.jsonl").splitlines()]
        contents = [archive.read(f"bytes/{row['content']['bytes']}") for row in files]
    assert any(content.startswith(b"%PDF") for content in contents)


def test_a_store_that_holds_something_takes_none(full, export):
    before = full("client", "list").out
    outcome = full("data", "import", str(export))
    assert outcome.code == 6, str(outcome)
    assert "hint:" in outcome.err
    assert full("client", "list").out == before


@pytest.mark.file_store(reason="which server was seen is remembered")
def test_a_dry_run_leaves_nothing(cowork, full, export, tmp_path):
    other = tmp_path / "other"
    outcome = _into(full, other, export, "--dry-run", "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["dry_run"] is True
    assert not other.exists()


def test_settings_that_were_made_here_stay(full, export, tmp_path):
    other = tmp_path / "other"
    full("--home", str(other), "config", "set", "invoice.terms", "7d")
    outcome = _into(full, other, export, "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["settings"] is False
    assert full("--home", str(other), "config", "get", "invoice.terms").rows[0][1] == "7d"


def _cut(members: dict[str, bytes]) -> None:
    members["tables/entries.jsonl"] = members["tables/entries.jsonl"][:-9]


def _less(members: dict[str, bytes]) -> None:
    row = json.loads(members["tables/entries.jsonl"])
    members["tables/entries.jsonl"] = (
        json.dumps({key: value for key, value in row.items() if key != "note"}).encode() + b"\n"
    )


def _nested(members: dict[str, bytes]) -> None:
    row = json.loads(members["tables/entries.jsonl"])
    members["tables/entries.jsonl"] = json.dumps({**row, "note": ["x"]}).encode() + b"\n"


def _another_note(members: dict[str, bytes]) -> None:
    members["tables/entries.jsonl"] = members["tables/entries.jsonl"].replace(
        b"L\xc3\xb6ten", b"Other"
    )


def _stranger(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["export.json"])
    manifest["rows"]["strangers"] = 1
    members["export.json"] = json.dumps(manifest).encode()


def _no_bytes(members: dict[str, bytes]) -> None:
    for name in [name for name in members if name.startswith("bytes/")]:
        del members[name]


def _no_manifest_of_ours(members: dict[str, bytes]) -> None:
    members["export.json"] = b'{"cowork_export": 1, "schema": "x"}'


@pytest.mark.parametrize(
    ("change", "honest"),
    [
        (_cut, False),
        (_cut, True),
        (_less, True),
        (_nested, True),
        (_another_note, False),
        (_another_note, True),  # only the journal knows
        (_stranger, False),
        (_no_bytes, True),
        (_no_manifest_of_ours, False),
    ],
)
def test_what_is_damaged_is_refused_whole(full, export, tmp_path, change, honest):
    other = tmp_path / "other"
    outcome = _into(full, other, _changed(export, change, honest=honest))
    assert outcome.code == 3, str(outcome)
    assert "is damaged, nothing was changed" in outcome.err
    assert full("--home", str(other), "client", "list").rows == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", None])
def test_what_is_no_export_is_said(full, tmp_path, content):
    file = tmp_path / "x.zip"
    if content is None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("a.txt", "a")
        content = made.getvalue()
    file.write_bytes(content)
    outcome = _into(full, tmp_path / "other", file)
    assert outcome.code == 2, str(outcome)
    assert "is not an export of cowork" in outcome.err


def _with_people_s_file(members: dict[str, bytes], text: bytes) -> None:
    members["config/config.toml"] = text
    manifest = json.loads(members["export.json"])
    manifest["sha256"]["config/config.toml"] = ""
    members["export.json"] = json.dumps(manifest).encode()


def test_where_the_store_is_kept_is_not_told_by_an_export(full, export, tmp_path):
    """Else hours of tomorrow would go to the server of who made the file."""
    text = b'[store]\nurl = "postgresql://them@db.example.org/x"\n'
    file = _changed(export, lambda members: _with_people_s_file(members, text))
    other = tmp_path / "other"
    outcome = _into(full, other, file, "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["config"] is False
    assert "config/config.toml names `store.url`" in outcome.data["left_out"][0]
    assert full("--home", str(other), "config", "get", "store.url", "--json").data["value"] is None
    assert full("--home", str(other), "client", "list").rows[0][0] == "acme"


def test_a_program_that_an_export_brings_is_named(full, export, tmp_path):
    text = b'[accounts.hafen]\nprovider = "cobot"\ntoken_command = "pass show hafen"\n'
    file = _changed(export, lambda members: _with_people_s_file(members, text))
    outcome = _into(full, tmp_path / "other", file, "--json")
    assert outcome.data["runs"] == ["accounts.hafen.token_command"]
    assert "These settings run a program: `accounts.hafen.token_command`" in outcome.err


def test_a_document_larger_than_any_of_ours_is_refused(full, export, tmp_path, monkeypatch):
    monkeypatch.setattr("cowork_cli.services.home.archives.MOST_DOCUMENT", 10)
    outcome = _into(full, tmp_path / "other", export)
    assert outcome.code == 3, str(outcome)
    assert "is larger than 0 MB" in outcome.err
    assert full("--home", str(tmp_path / "other"), "client", "list").rows == []


def test_one_of_a_newer_cowork_is_said(full, export, tmp_path):
    def newer(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["export.json"])
        members["export.json"] = json.dumps({**manifest, "schema": VERSION + 1}).encode()

    outcome = _into(full, tmp_path / "other", _changed(export, newer, honest=False))
    assert outcome.code == 3, str(outcome)
    assert "newer cowork" in outcome.err


@pytest.mark.file_store(reason="looks into the file")
def test_one_of_an_older_schema_is_brought_to_this_one(cowork, tmp_path):
    old = tmp_path / "old.db"
    old.touch()
    with closing(connect(old)) as store:
        migrate.create(store, 5)
        tables = [
            name
            for (name,) in store.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
    digests = {f"tables/{name}.jsonl": hashlib.sha256(b"").hexdigest() for name in tables}
    manifest = {
        "cowork_export": 1,
        "schema": 5,
        "ids_given": {"clients": 7},
        "rows": dict.fromkeys(tables, 0),
        "sha256": digests,
    }
    file = tmp_path / "old.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("export.json", json.dumps(manifest))
        for name in digests:
            archive.writestr(name, b"")
    outcome = _into(cowork, tmp_path / "other", file)
    assert outcome.code == 0, str(outcome)
    added = cowork(
        "--home", str(tmp_path / "other"), "client", "add", "acme", "--name", "A", "--json"
    )
    assert added.code == 0, str(added)
    with closing(sqlite3.connect(tmp_path / "other" / "data" / "cowork.db")) as store:
        assert store.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert store.execute("SELECT id FROM clients").fetchall() == [(8,)]
