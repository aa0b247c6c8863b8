"""Putting a backup in the place of the present data, whatever state that is in.

A backup is looked through whole before anything is touched; the present store is backed up, or
moved aside as it is where it cannot be read. Nothing here needs a store that can be opened.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.config import Config
from cowork_cli.errors import (
    BadInput,
    ConfigError,
    CoworkError,
    NotFound,
    StoreDamaged,
    StoreError,
    StoreNewer,
)
from cowork_cli.paths import Paths, make_private
from cowork_cli.records import dataclass
from cowork_cli.services.home import archives, placing
from cowork_cli.services.home.brought import Brought, brought, laid_ready
from cowork_cli.services.home.safekeeping import (
    CHUNK,
    CONFIG,
    FORMAT,
    MANIFEST,
    SETTINGS,
    STORE,
    pack,
)

if TYPE_CHECKING:
    from cowork_cli.store.engine.given_numbers import Given, Series
    from cowork_cli.store.engine.store import Server


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup brought back. `previous` is where the data that was here before lies now.

    `left_out` says which settings stayed as they are here, and why; `runs` which of those that were put back
    run a program that they did not run here. `not_in_it`: numbers of invoices and quotes that were here and that
    the backup does not hold; they are not given again. `changes_not_in_it`: how many were made since.
    """

    file: Path
    store: str
    created: datetime | None
    schema: int
    settings: bool
    config: bool
    previous: Path | None
    records: dict[str, int]
    dry_run: bool
    left_out: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    not_in_it: tuple[str, ...] = ()
    changes_not_in_it: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A backup that was looked through, its store unpacked beside the place it will have.

    `not_in_it`: numbers of invoices and quotes that are here and not in it; `changes_not_in_it` were made since.
    """

    file: Path
    unpacked: Path
    settings: Brought
    schema: int
    created: datetime | None
    records: dict[str, int]
    not_in_it: tuple[str, ...]
    changes_not_in_it: int


@contextmanager
def prepared(paths: Paths, server: "Server | None", file: Path) -> Iterator[Prepared]:
    """Unpacks and checks a backup before anything is touched; cleans up after itself.

    Raises NotFound, BadInput for a file that is no backup, StoreDamaged for a damaged one,
    StoreNewer for one of a newer cowork.
    """
    from cowork_cli.store.engine import files, given_numbers, integrity, left_behind

    if not file.is_file():
        raise NotFound(f"there is no file {file}", f"see what lies in `{paths.backups}`")
    if paths.store.exists() and file.samefile(paths.store):
        raise BadInput(f"{file} is the present store, not a backup", _see(paths))
    make_private(paths.data)
    unpacked = paths.data / f".restore-{os.getpid()}-{os.urandom(4).hex()}.db"
    files.new_private_file(unpacked)
    try:
        if zipfile.is_zipfile(file):
            manifest, settings = _unpack(file, unpacked, paths)
        else:
            manifest, settings = _copy_plain(file, unpacked, paths), brought(paths, None, None)
        schema = _examined(file, unpacked, paths)
        left_behind.unmark_copy(unpacked)
        here, there = _given_here(paths, server), given_numbers.of_file(unpacked)
        yield Prepared(
            file,
            unpacked,
            settings,
            schema,
            _created(manifest),
            integrity.contents(unpacked),
            tuple(sorted(here.documents - there.documents)),
            len(here.changes - there.changes),
        )
    finally:
        files.remove_store(unpacked)


def _examined(file: Path, unpacked: Path, paths: Paths) -> int:
    """The schema of the store in a backup, looked through whole. Raises StoreNewer, StoreDamaged."""
    from cowork_cli.store.engine import integrity

    try:
        return integrity.examine_copy(unpacked)
    except StoreNewer:
        raise StoreNewer(
            f"the backup {file} was written by a newer cowork, nothing was changed",
        ) from None
    except StoreError as error:
        reason = error.message.replace(f"the store {unpacked}", "it")
        raise StoreDamaged(
            f"the store in the backup {file} cannot be used, nothing was changed: {reason}",
            _see(paths),
        ) from None


def put_back(paths: Paths, server: "Server | None", ready: Prepared, now: datetime) -> Restored:
    """Backs up the present, then puts the store and the settings of the backup in its place.

    A number that was given out since then is not given again.
    """
    from cowork_cli.store.engine import given_numbers

    marker = _marker(paths)
    with laid_ready(ready.settings.texts) as put_settings:
        if server is None:
            kept = keep_present(paths, now)
            previous = kept.file
            given_numbers.keep_in_file(ready.unpacked, kept.series)
            placing.put(paths, None, ready.unpacked, seen=kept.last_change)
        else:
            previous = _put_on_server(paths, server, ready, now)
        put_settings()
    if server is None:
        _mark(paths, marker, now)
    # Names for TAB are those of the store that was here before.
    with suppress(OSError):
        paths.names.unlink(missing_ok=True)
    return outcome(paths, server, ready, previous=previous, dry_run=False)


def _put_on_server(paths: Paths, server: "Server", ready: Prepared, now: datetime) -> Path | None:
    """All of it in one transaction; what was there before is packed into a backup first."""
    from cowork_cli.store.engine import files

    make_private(paths.backups)
    copy = paths.backups / f".copy-{os.getpid()}-{os.urandom(4).hex()}"
    try:
        placing.put(paths, server, ready.unpacked, present=copy)
        return pack(copy, paths, now, None).file if copy.exists() else None
    finally:
        files.remove_store(copy)


def _mark(paths: Paths, marker: str | None, now: datetime) -> None:
    """The settings say that there is a store in the file, if they can be read."""
    from cowork_cli.domain.identity import new_uuid

    with suppress(ConfigError):
        settings = Config(paths)
        if settings.text("store.id") is None:
            settings.write({"store.id": marker or new_uuid(int(now.timestamp() * 1000))})


def outcome(
    paths: Paths,
    server: "Server | None",
    ready: Prepared,
    *,
    previous: Path | None,
    dry_run: bool,
) -> Restored:
    """What a restore did, or would do."""
    return Restored(
        ready.file,
        server.url if server else str(paths.store),
        ready.created,
        ready.schema,
        paths.settings_file in ready.settings.texts,
        paths.config_file in ready.settings.texts,
        previous,
        ready.records,
        dry_run,
        ready.settings.left_out,
        ready.settings.runs,
        ready.not_in_it,
        ready.changes_not_in_it,
    )


def _given_here(paths: Paths, server: "Server | None") -> "Given":
    """What the present store has given out; nothing where it cannot be read."""
    from cowork_cli.store.engine import given_numbers

    with suppress(StoreError):
        if server is not None:
            from cowork_cli.store.engine import moving

            return moving.given_there(server, paths.backups_path)
        if paths.store.exists():
            return given_numbers.of_file(paths.store)
    return given_numbers.NONE


@dataclass(frozen=True, slots=True)
class Kept:
    """Where what was here lies now, the last numbers that it had given out, and its last change."""

    file: Path | None
    series: "Series"
    last_change: int | None


def keep_present(paths: Paths, now: datetime) -> Kept:
    """A backup of the present store; one that cannot be read is moved aside as it is."""
    from cowork_cli.store.engine import files, given_numbers, replace

    def aside() -> Kept:
        moved = replace.move_aside(paths.store, paths.backups, now)
        return Kept(moved, {}, None)

    if not os.path.lexists(paths.store):
        return aside()
    make_private(paths.backups)
    copy = paths.backups / f".copy-{os.getpid()}-{os.urandom(4).hex()}"
    try:
        replace.copy_present(paths.store, paths.backups, copy)
        series, last = given_numbers.series_of_file(copy), replace.last_change_of(copy)
        return Kept(pack(copy, paths, now, None).file, series, last)
    except StoreError:  # not DiskFull or StoreBusy: those say nothing about the present store
        return aside()
    finally:
        files.remove_store(copy)


def _marker(paths: Paths) -> str | None:
    """The id of the store that was here, if the settings can be read."""
    try:
        return Config(paths).text("store.id")
    except CoworkError:
        return None


def _unpack(file: Path, target: Path, paths: Paths) -> tuple[dict[str, Any], Brought]:
    """Manifest and settings of a zip; its store goes to `target`. Every hash is compared."""
    with archives.opened(file, lambda why: _damaged(file, why)) as archive:
        archives.refuse_without_room(archive, target.parent)
        manifest = _manifest(file, archive)
        digests: dict[str, str] = manifest["sha256"]
        _unpack_member(file, archive, STORE, digests[STORE], target)
        texts: dict[str, bytes] = {}
        for name in (SETTINGS, CONFIG):
            if name not in digests:
                continue
            texts[name] = archives.content_of(archive, name, archives.MOST_TEXT)
            if hashlib.sha256(texts[name]).hexdigest() != digests[name]:
                raise _damaged(file, f"{name} does not fit its hash")
    config = texts.get(CONFIG) if not paths.config_file.exists() else None
    return manifest, brought(paths, texts.get(SETTINGS), config)


def _manifest(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    if MANIFEST not in archive.namelist():
        raise BadInput(
            f"{file} is not a backup of cowork", "a backup is made by `cowork data backup`"
        )
    manifest = json.loads(archives.content_of(archive, MANIFEST, archives.MOST_TEXT))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("sha256"), dict):
        raise _damaged(file, "its manifest is not one of cowork")
    if manifest.get("cowork_backup", 0) > FORMAT:
        raise StoreNewer(
            f"the backup {file} was written by a newer cowork, nothing was changed",
        )
    if STORE not in manifest["sha256"]:
        raise _damaged(file, "there is no store in it")
    return manifest


def _unpack_member(
    file: Path, archive: zipfile.ZipFile, name: str, digest: str, target: Path
) -> None:
    seen = hashlib.sha256()
    with archive.open(name) as source, target.open("wb") as out:
        while piece := source.read(CHUNK):
            seen.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if seen.hexdigest() != digest:
        raise _damaged(file, f"{name} does not fit its hash")


def _copy_plain(file: Path, target: Path, paths: Paths) -> dict[str, Any]:
    """A store as a file, such as a migration keeps; with its log, if one lies beside it."""
    with file.open("rb") as source:
        if source.read(16) != b"SQLite format 3\0":
            raise BadInput(f"{file} is not a backup of cowork", _see(paths))
    for suffix in ("", "-wal"):
        beside = file.with_name(file.name + suffix)
        if beside.is_file():
            _copy(beside, target.with_name(target.name + suffix))
    return {}


def _copy(file: Path, target: Path) -> None:
    """A private copy, in pieces."""
    import shutil

    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with file.open("rb") as source, os.fdopen(descriptor, "wb") as out:
        shutil.copyfileobj(source, out, CHUNK)
        out.flush()
        os.fsync(out.fileno())


def _damaged(file: Path, why: str) -> StoreDamaged:
    return StoreDamaged(
        f"the backup {file} is damaged, nothing was changed: {why}",
        "try an older one; `cowork data path` says where they lie",
    )


def _see(paths: Paths) -> str:
    return f"see what lies in `{paths.backups}`"


def _created(manifest: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(manifest["created"])
    except (KeyError, TypeError, ValueError):
        return None
