"""Zip files that no backup or export of ours is, each told by its reason; and exports whose parts do not fit."""

import hashlib
import json
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.errors import NotFound, StoreDamaged
from cowork_cli.paths import locate
from cowork_cli.services.home import archives, portable
from cowork_cli.store.engine import migrate
from cowork_cli.store.engine.connection import connect
from cowork_cli.store.engine.version import VERSION


def _zip(file: Path, *members: tuple[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", packed) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file


def _why(file: Path) -> str:
    with pytest.raises(StoreDamaged) as raised, archives.opened(file, StoreDamaged) as archive:
        archives.content_of(archive, "a.txt", archives.MOST_TEXT)
    return raised.value.message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice(tmp_path: Path) -> None:
    file = _zip(tmp_path / "x.zip", ("a.txt", b"one"), ("a.txt", b"two"))
    assert _why(file) == '"a.txt" is in it twice'


def test_another_way_of_packing(tmp_path: Path) -> None:
    file = _zip(tmp_path / "x.zip", ("a.txt", b"one"), packed=zipfile.ZIP_BZIP2)
    assert _why(file) == '"a.txt" is packed in a way that is not ours'


def test_more_members_than_any_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_MEMBERS", 1)
    file = _zip(tmp_path / "x.zip", ("a.txt", b"one"), ("b.txt", b"two"))
    assert _why(file) == "it has more than 1 members"


def test_a_member_that_begins_before_the_file_does(tmp_path: Path) -> None:
    """The first bytes are cut off: the directory names places that are not there."""
    file = _zip(tmp_path / "x.zip", ("a.txt", b"one" * 100), ("b.txt", b"two"))
    file.write_bytes(file.read_bytes()[10:])
    assert _why(file) == '"a.txt" does not lie in it'


def test_a_member_that_is_missing(tmp_path: Path) -> None:
    file = _zip(tmp_path / "x.zip", ("b.txt", b"two"))
    assert _why(file) == "There is no item named 'a.txt' in the archive"


def test_packed_bytes_that_are_none(tmp_path: Path) -> None:
    file = _zip(tmp_path / "x.zip", ("a.txt", b"one" * 100))
    content = bytearray(file.read_bytes())
    begin = 30 + len("a.txt")  # behind the header of the member
    content[begin : begin + 4] = b"\xff" * 4
    file.write_bytes(content)
    assert _why(file).startswith("Error -3 while decompressing")


# ---- exports


@pytest.fixture
def members(tmp_path: Path) -> dict[str, bytes]:
    """Those of an export of an empty store."""
    made = tmp_path / "made.db"
    made.touch()
    with closing(connect(made)) as raw:
        migrate.create(raw)
        tables = [
            name
            for (name,) in raw.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
    manifest = {
        "cowork_export": 1, "schema": VERSION, "ids_given": {}, "rows": dict.fromkeys(tables, 0),
        "sha256": {},
    }  # fmt: skip
    return {
        "export.json": json.dumps(manifest).encode(),
        **{f"tables/{name}.jsonl": b"" for name in tables},
    }


def _refused(members: dict[str, bytes], folder: Path, **manifest: dict[str, Any]) -> str:
    """Why an export is damaged; the hashes of its members are right but for what `manifest` says."""
    told = json.loads(members["export.json"])
    if isinstance(told, dict):
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
        told = {**told, "sha256": digests}
        told = {
            name: {**part, **manifest[name]} if name in manifest else part
            for name, part in told.items()
        }
    file = _zip(folder / "x.zip", *{**members, "export.json": json.dumps(told).encode()}.items())
    paths = locate({"COWORK_HOME": str(folder / "home")})
    with pytest.raises(StoreDamaged) as raised:
        portable.import_file(paths, None, None, file, dry_run=True)
    assert not (folder / "home").exists()
    return raised.value.message.removeprefix(f"the export {file} is damaged, nothing was changed: ")


def test_an_export_that_is_whole_is_taken(members: dict[str, bytes], tmp_path: Path) -> None:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    told = json.dumps({**json.loads(members["export.json"]), "sha256": digests}).encode()
    file = _zip(tmp_path / "x.zip", *{**members, "export.json": told}.items())
    paths = locate({"COWORK_HOME": str(tmp_path / "home")})
    assert portable.import_file(paths, None, None, file, dry_run=True).tables == {}


@pytest.mark.parametrize("manifest", [b"[]", b'{"cowork_export": "1"}'])
def test_a_manifest_that_is_none(
    members: dict[str, bytes], tmp_path: Path, manifest: bytes
) -> None:
    assert (
        _refused({**members, "export.json": manifest}, tmp_path)
        == "export.json is not one of cowork"
    )


def test_a_line_that_is_no_row(members: dict[str, bytes], tmp_path: Path) -> None:
    members["tables/clients.jsonl"] = b"[1]\n"
    assert _refused(members, tmp_path) == "line 1 of tables/clients.jsonl is no row"


def test_rows_that_are_not_as_many_as_it_says(members: dict[str, bytes], tmp_path: Path) -> None:
    assert (
        _refused(members, tmp_path, rows={"clients": 2}) == "tables/clients.jsonl has 0 rows, not 2"
    )


def test_settings_that_are_others(members: dict[str, bytes], tmp_path: Path) -> None:
    members["config/settings.toml"] = b'land = "NW"\n'
    told = {"config/settings.toml": hashlib.sha256(b"").hexdigest()}
    assert _refused(members, tmp_path, sha256=told) == "config/settings.toml does not fit its hash"


def test_a_document_that_is_another(members: dict[str, bytes], tmp_path: Path) -> None:
    digest = hashlib.sha256(b"as it was sent").hexdigest()
    row = {"sha256": digest, "content": {"bytes": digest}}
    members["tables/letters.jsonl"] = json.dumps(row).encode() + b"\n"
    members[f"bytes/{digest}"] = b"another"
    assert (
        _refused(members, tmp_path, rows={"letters": 1}) == f"bytes/{digest} does not fit its hash"
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "nowhere.zip"
    with pytest.raises(NotFound) as raised:
        portable.import_file(locate({"COWORK_HOME": str(tmp_path)}), None, None, file, dry_run=True)
    assert raised.value.message == f"there is no file {file}"
