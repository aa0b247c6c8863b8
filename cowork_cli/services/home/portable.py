"""`data export` and `data import`: everything in one file that other programs can read.

A zip: `export.json`, one file of JSON lines for each table (`tables/NAME.jsonl`, a row a line, every
column by name), the bytes of documents and receipts (`bytes/SHA256`), and the settings as they are.
No secrets. The same data gives the same bytes, on any day: no time of its making stands in it.
"""

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.config import Config
from cowork_cli.errors import BadInput, Conflict, NotFound, StoreDamaged, StoreError, StoreNewer
from cowork_cli.paths import Paths, make_private
from cowork_cli.records import dataclass
from cowork_cli.services.home import archives, placing
from cowork_cli.services.home.archives import member
from cowork_cli.services.home.brought import OF_THE_PLACE, Brought, brought, laid_ready
from cowork_cli.services.home.safekeeping import CONFIG, SETTINGS

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Server, Store

FORMAT = 1
MANIFEST = "export.json"
_TABLES, _BYTES = "tables/", "bytes/"
_LINE = 64 << 20  # no row of ours comes near; a line without an end is no row


@dataclass(frozen=True, slots=True)
class Exported:
    """What `data export` wrote. `tables` counts the rows of each table that has some."""

    file: str
    bytes: int
    schema: int
    tables: dict[str, int]


@dataclass(frozen=True, slots=True)
class Imported:
    """What `data import` brought into an empty store.

    `left_out` says which settings of the export cannot be used, and why; `runs` which of those that were taken
    run a program.
    """

    file: Path
    schema: int
    tables: dict[str, int]
    settings: bool
    config: bool
    dry_run: bool
    left_out: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()


def written(store: "Store", paths: Paths) -> tuple[bytes, dict[str, int], int]:
    """The export, the number of rows of each table, and its schema; one view of the store."""
    from cowork_cli.store.engine import transfer
    from cowork_cli.store.engine.version import VERSION

    counts: dict[str, int] = {}
    kept: dict[str, bytes] = {}
    digests: dict[str, str] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with store.connection.private():
            for table in store.connection.catalogue.tables(store.connection):
                rows = transfer.records(store.connection, table, kept.__setitem__)
                name = f"{_TABLES}{table}.jsonl"
                counts[table], digests[name] = _add_rows(archive, name, rows)
            given = store.connection.catalogue.ids_given(store.connection)
        for digest, content in sorted(kept.items()):
            _add(archive, f"{_BYTES}{digest}", content)
        for name, file in ((SETTINGS, paths.settings_file), (CONFIG, paths.config_file)):
            if file.is_file():
                content = file.read_bytes()
                digests[name] = hashlib.sha256(content).hexdigest()
                _add(archive, name, content)
        manifest = {
            "cowork_export": FORMAT,
            "schema": VERSION,
            "ids_given": given,
            "rows": counts,
            "sha256": digests,
        }
        _add(archive, MANIFEST, json.dumps(manifest, indent=2).encode() + b"\n")
    return out.getvalue(), {table: count for table, count in counts.items() if count}, VERSION


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(member(name), content)


def _add_rows(
    archive: zipfile.ZipFile, name: str, rows: Iterator[dict[str, Any]]
) -> tuple[int, str]:
    """Writes a row a line; how many, and the hash of them all."""
    count, seen = 0, hashlib.sha256()
    with archive.open(member(name), "w") as target:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            seen.update(line)
            target.write(line)
            count += 1
    return count, seen.hexdigest()


def import_file(
    paths: Paths, store: "Store | None", server: "Server | None", file: Path, *, dry_run: bool
) -> Imported:
    """Brings an export into an empty store, whole or not at all; settings only where there are none.

    `store` is None where none was ever made. Raises Conflict for a store that holds something,
    NotFound, BadInput for a file that is no export, StoreDamaged, StoreNewer.
    """
    from cowork_cli.store.engine import files, replace

    if not file.is_file():
        raise NotFound(f"there is no file {file}", "make one with `cowork data export --out FILE`")
    seen = replace.last_change(store.connection) if store is not None else None
    if store is not None and store.journal.head():
        raise Conflict(
            f"the store {store.connection.path} holds something already, and an import begins with nothing",
            f"use another home: `cowork data import {file.name} --home DIR`",
        )
    with _workplace(paths, dry_run) as folder, _opened(file) as (archive, manifest):
        made = folder / f".import-{os.getpid()}-{os.urandom(4).hex()}.db"
        try:
            archives.refuse_without_room(archive, folder)
            _build(archive, manifest, made)
            settings = _settings(archive, manifest, paths)
            if not dry_run:
                with laid_ready(settings.texts) as put_settings:
                    placing.put(paths, server, made, seen=seen)
                    put_settings()
                with suppress(OSError):  # names for TAB are those of an empty store
                    paths.names.unlink(missing_ok=True)
        finally:
            files.remove_store(made)
    return Imported(
        file,
        manifest["schema"],
        {table: count for table, count in manifest["rows"].items() if count},
        paths.settings_file in settings.texts,
        paths.config_file in settings.texts,
        dry_run,
        settings.left_out,
        settings.runs,
    )


@contextmanager
def _workplace(paths: Paths, dry_run: bool) -> Iterator[Path]:
    """Where the new store is built: beside its place, for a dry run elsewhere."""
    if dry_run:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    else:
        make_private(paths.data)
        yield paths.data


def _settings(archive: zipfile.ZipFile, manifest: dict[str, Any], paths: Paths) -> Brought:
    """The settings that are to be written: only where nothing was set before."""
    settings, config = (_text(archive, manifest, name) for name in (SETTINGS, CONFIG))
    return brought(
        paths,
        settings if _none_yet(paths) else None,
        config if not paths.config_file.exists() else None,
    )


def _none_yet(paths: Paths) -> bool:
    """Whether nothing was set here but that there is a store, and where."""
    return Config(paths).written() <= {"store.id", *OF_THE_PLACE}


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive and its manifest; whatever is wrong with the file is one of our errors."""
    if not zipfile.is_zipfile(file):
        raise _no_export(file)
    try:
        with archives.opened(file, StoreDamaged) as archive:
            yield archive, _manifest(file, archive)
    except StoreNewer:
        raise
    except StoreError as error:
        raise _damaged(file, error.message) from None


def _no_export(file: Path) -> BadInput:
    return BadInput(
        f"{file} is not an export of cowork",
        "an export is made by `cowork data export`; a backup is put back by `cowork data restore`",
    )


def _damaged(file: Path, why: str) -> StoreDamaged:
    return StoreDamaged(
        f"the export {file} is damaged, nothing was changed: {why}",
        "make it again with `cowork data export --out FILE` where the data lies",
    )


def _manifest(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    from cowork_cli.store.engine.version import VERSION

    if MANIFEST not in archive.namelist():
        raise _no_export(file)
    manifest = json.loads(archives.content_of(archive, MANIFEST, archives.MOST_TEXT))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("cowork_export"), int):
        raise StoreDamaged(f"{MANIFEST} is not one of cowork")
    schema = manifest.get("schema")
    if manifest["cowork_export"] > FORMAT or (isinstance(schema, int) and schema > VERSION):
        raise StoreNewer(f"the export {file} was written by a newer cowork, nothing was changed")
    counted = all(
        isinstance(part := manifest.get(name), dict)
        and all(isinstance(value, kind) for value in part.values())
        for name, kind in (("rows", int), ("ids_given", int), ("sha256", str))
    )
    if not isinstance(schema, int) or schema < 1 or not counted:
        raise StoreDamaged(f"{MANIFEST} is not one of cowork")
    return manifest


def _build(archive: zipfile.ZipFile, manifest: dict[str, Any], target: Path) -> None:
    from cowork_cli.store.engine import transfer

    counts: dict[str, int] = manifest["rows"]
    taken: set[str] = set()

    def rows_of(table: str) -> Iterator[dict[str, Any]]:
        taken.add(table)
        return open_members.enter_context(closing(_rows(archive, manifest, table)))

    def content(digest: str) -> bytes:
        found = archives.content_of(archive, f"{_BYTES}{digest}", archives.MOST_DOCUMENT)
        if hashlib.sha256(found).hexdigest() != digest:
            raise StoreDamaged(f"{_BYTES}{digest} does not fit its hash")
        return found

    with ExitStack() as open_members:
        transfer.build(target, manifest["schema"], rows_of, content, manifest["ids_given"])
    if strangers := sorted(set(counts) - taken):
        raise StoreDamaged(f"this cowork has no table {strangers[0]}")


def _rows(
    archive: zipfile.ZipFile, manifest: dict[str, Any], table: str
) -> Generator[dict[str, Any]]:
    name, count, seen = f"{_TABLES}{table}.jsonl", 0, hashlib.sha256()
    with archive.open(name) as source:
        while line := source.readline(_LINE):
            seen.update(line)
            count += 1
            row = json.loads(line)
            if not isinstance(row, dict):
                raise StoreDamaged(f"line {count} of {name} is no row")
            yield row
    if seen.hexdigest() != manifest["sha256"].get(name):
        raise StoreDamaged(f"{name} does not fit its hash")
    if count != manifest["rows"].get(table):
        raise StoreDamaged(f"{name} has {count} rows, not {manifest['rows'].get(table)}")


def _text(archive: zipfile.ZipFile, manifest: dict[str, Any], name: str) -> bytes | None:
    digest = manifest["sha256"].get(name)
    if digest is None:
        return None
    content = archives.content_of(archive, name, archives.MOST_TEXT)
    if hashlib.sha256(content).hexdigest() != digest:
        raise StoreDamaged(f"{name} does not fit its hash")
    return content
