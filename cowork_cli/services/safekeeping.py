"""Backing up, restoring and checking the data of a home.

A backup is one zip: the store (copied by SQLite, so it is whole while others write), the settings,
and a manifest with the hash of each member. No secrets: those never stand in these files. Nothing
here needs the present store to be usable, except to back it up.
"""

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli import __version__
from cowork_cli.config import Config
from cowork_cli.domain.listing import Listing
from cowork_cli.errors import (
    BadInput,
    CoworkError,
    NotFound,
    StoreDamaged,
    StoreError,
    StoreNewer,
)
from cowork_cli.paths import Paths, make_private, write_private

if TYPE_CHECKING:
    from cowork_cli.store.store import Store

FORMAT = 1
STORE, SETTINGS, CONFIG, MANIFEST = (
    "data/cowork.db",
    "config/settings.toml",
    "config/config.toml",
    "manifest.json",
)
_NAME = re.compile(r"cowork-(\d{8}-\d{6})(?:-(\d+))?\.zip")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made. `removed` names older ones that `--keep` let go."""

    file: Path
    bytes: int
    members: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup brought back. `previous` is where the data that was here before lies now."""

    file: Path
    store: Path
    created: datetime | None
    schema: int
    settings: bool
    config: bool
    previous: Path | None
    records: dict[str, int]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One check of `data verify`. `detail` says what was found."""

    name: str
    ok: bool
    detail: str


@dataclass(eq=False, repr=False)
class Verification(Listing):
    """What `data verify` found."""

    ok: bool
    checks: tuple[Check, ...]

    def __post_init__(self) -> None:
        self.fill(self.checks)


# ---- backup


def backup(store: "Store", paths: Paths, now: datetime, keep: int | None = None) -> Backup:
    """Writes one file into data/backups/ and keeps the newest `keep` of them (None: all)."""
    from cowork_cli.store import database

    if keep is not None and keep < 1:
        raise BadInput(f"--keep {keep} would keep none", "give at least `--keep 1`")
    make_private(paths.backups)
    copy = paths.backups / f".copy-{os.getpid()}-{os.urandom(4).hex()}"
    try:
        store.connection.backup(copy)
        return _pack(copy, paths, now, keep)
    finally:
        database.remove_store(copy)


def _pack(copy: Path, paths: Paths, now: datetime, keep: int | None) -> Backup:
    from cowork_cli.store import database, verify

    part = paths.backups / f".backup-{os.getpid()}-{os.urandom(4).hex()}.part"
    database.new_private_file(part)
    try:
        members = {STORE: copy, SETTINGS: paths.settings_file, CONFIG: paths.config_file}
        members = {name: file for name, file in members.items() if file.is_file()}
        manifest = {
            "cowork_backup": FORMAT,
            "version": __version__,
            "created": now.isoformat(timespec="seconds"),
            "schema": verify.examine_copy(copy, newer=True),
            "records": verify.contents(copy),
            "sha256": {},
        }
        with (
            part.open("wb") as raw,
            zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, file in members.items():
                manifest["sha256"][name] = _add(archive, name, file, now)
            archive.writestr(_entry(MANIFEST, now), json.dumps(manifest, indent=2))
        with part.open("rb+") as raw:
            os.fsync(raw.fileno())
        target = _put_under_free_name(part, paths.backups, now)
        database.flush_folder(paths.backups)
    finally:
        part.unlink(missing_ok=True)
    removed = _prune(paths.backups, keep, target) if keep else []
    return Backup(
        target, target.stat().st_size, (*members, MANIFEST), tuple(file.name for file in removed)
    )


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, now.timetuple()[:6])
    info.external_attr = 0o600 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _add(archive: zipfile.ZipFile, name: str, file: Path, now: datetime) -> str:
    """Adds a file in pieces and returns its hash."""
    digest = hashlib.sha256()
    with file.open("rb") as source, archive.open(_entry(name, now), "w") as target:
        while piece := source.read(_CHUNK):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def _put_under_free_name(part: Path, folder: Path, now: datetime) -> Path:
    """Renames without ever replacing an older backup."""
    number = 1
    while True:
        suffix = f"-{number}" if number > 1 else ""
        target = folder / f"cowork-{now:%Y%m%d-%H%M%S}{suffix}.zip"
        number += 1
        if target.exists():
            continue
        try:
            os.link(part, target)
        except FileExistsError:
            continue
        except OSError:  # a file system without hard links
            part.rename(target)
        return target


def _prune(folder: Path, keep: int, newest: Path) -> list[Path]:
    """Removes all but the newest `keep` backups made here, never the one just written."""
    dated = [
        ((match[1], int(match[2] or 1)), file)
        for file in folder.iterdir()
        if (match := _NAME.fullmatch(file.name)) and file != newest
    ]
    old = [file for _, file in sorted(dated, reverse=True)[keep - 1 :]]
    for file in old:
        file.unlink(missing_ok=True)
    return old


# ---- restore


@dataclass(frozen=True, slots=True)
class Prepared:
    """A backup that was looked through, its store unpacked beside the place it will have."""

    file: Path
    unpacked: Path
    settings: bytes | None
    config: bytes | None
    schema: int
    created: datetime | None
    records: dict[str, int]


@contextmanager
def prepared(paths: Paths, file: Path) -> Iterator[Prepared]:
    """Unpacks and checks a backup before anything is touched; cleans up after itself.

    Raises NotFound, BadInput for a file that is no backup, StoreDamaged for a damaged one,
    StoreNewer for one of a newer cowork.
    """
    from cowork_cli.store import database, verify

    if not file.is_file():
        raise NotFound(f"there is no file {file}", f"see what lies in `{paths.backups}`")
    if paths.store.exists() and file.samefile(paths.store):
        raise BadInput(f"{file} is the present store, not a backup", _see(paths))
    make_private(paths.data)
    unpacked = paths.data / f".restore-{os.getpid()}-{os.urandom(4).hex()}.db"
    database.new_private_file(unpacked)
    try:
        if zipfile.is_zipfile(file):
            manifest, settings, config = _unpack(file, unpacked)
        else:
            manifest, settings, config = _copy_plain(file, unpacked, paths), None, None
        try:
            schema = verify.examine_copy(unpacked)
        except StoreNewer:
            raise StoreNewer(
                f"the backup {file} was written by a newer cowork, nothing was changed",
                "update cowork, for example with `pipx upgrade cowork-cli`",
            ) from None
        except StoreError as error:
            reason = error.message.replace(f"the store {unpacked}", "it")
            raise StoreDamaged(
                f"the store in the backup {file} cannot be used, nothing was changed: {reason}",
                _see(paths),
            ) from None
        yield Prepared(
            file,
            unpacked,
            settings,
            config,
            schema,
            _created(manifest),
            verify.contents(unpacked),
        )
    finally:
        database.remove_store(unpacked)


def put_back(paths: Paths, ready: Prepared, now: datetime) -> Restored:
    """Backs up the present, then puts the store and the settings of the backup in its place."""
    from cowork_cli.domain.identity import new_uuid
    from cowork_cli.store import replace

    marker = _marker(paths)
    previous = keep_present(paths, now)
    replace.put(ready.unpacked, paths.store, paths.backups)
    if ready.settings is not None:
        write_private(paths.settings_file, ready.settings)
    with_config = ready.config is not None and not paths.config_file.exists()
    if with_config and ready.config is not None:
        write_private(paths.config_file, ready.config)
    settings = Config(paths)
    if settings.text("store.id") is None:
        settings.write({"store.id": marker or new_uuid(int(now.timestamp() * 1000))})
    # Names for TAB are those of the store that was here before.
    with suppress(OSError):
        paths.names.unlink(missing_ok=True)
    return outcome(paths, ready, previous=previous, config=with_config, dry_run=False)


def outcome(
    paths: Paths, ready: Prepared, *, previous: Path | None, config: bool, dry_run: bool
) -> Restored:
    """What a restore did, or would do."""
    return Restored(
        ready.file,
        paths.store,
        ready.created,
        ready.schema,
        ready.settings is not None,
        config,
        previous,
        ready.records,
        dry_run,
    )


def keep_present(paths: Paths, now: datetime) -> Path | None:
    """A backup of the present store; one that cannot be read is moved aside as it is."""
    from cowork_cli.store import database, replace

    if not os.path.lexists(paths.store):
        return replace.move_aside(paths.store, paths.backups, now)
    make_private(paths.backups)
    copy = paths.backups / f".copy-{os.getpid()}-{os.urandom(4).hex()}"
    try:
        replace.copy_present(paths.store, paths.backups, copy)
        return _pack(copy, paths, now, None).file
    except StoreError:  # not DiskFull or StoreBusy: those say nothing about the present store
        return replace.move_aside(paths.store, paths.backups, now)
    finally:
        database.remove_store(copy)


def _marker(paths: Paths) -> str | None:
    """The id of the store that was here, if the settings can be read."""
    try:
        return Config(paths).text("store.id")
    except CoworkError:
        return None


def _unpack(file: Path, target: Path) -> tuple[dict[str, Any], bytes | None, bytes | None]:
    """Manifest, settings and config of a zip; its store goes to `target`. Every hash is compared."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(file, archive)
            digests: dict[str, str] = manifest["sha256"]
            _unpack_member(file, archive, STORE, digests[STORE], target)
            texts = []
            for name in (SETTINGS, CONFIG):
                content = archive.read(name) if name in digests else None
                if content is not None and hashlib.sha256(content).hexdigest() != digests[name]:
                    raise _damaged(file, f"{name} does not fit its hash")
                texts.append(content)
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError, RuntimeError) as error:
        raise _damaged(file, str(error).strip("'\"")) from None
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise _damaged(file, str(error)) from None
        raise
    return manifest, texts[0], texts[1]


def _manifest(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    if MANIFEST not in archive.namelist():
        raise BadInput(f"{file} is not a backup of cowork", "a backup is made by `cowork data backup`")
    manifest = json.loads(archive.read(MANIFEST))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("sha256"), dict):
        raise _damaged(file, "its manifest is not one of cowork")
    if manifest.get("cowork_backup", 0) > FORMAT:
        raise StoreNewer(
            f"the backup {file} was written by a newer cowork, nothing was changed",
            "update cowork, for example with `pipx upgrade cowork-cli`",
        )
    if STORE not in manifest["sha256"]:
        raise _damaged(file, "there is no store in it")
    return manifest


def _unpack_member(
    file: Path, archive: zipfile.ZipFile, name: str, digest: str, target: Path
) -> None:
    seen = hashlib.sha256()
    with archive.open(name) as source, target.open("wb") as out:
        while piece := source.read(_CHUNK):
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
            write_private(target.with_name(target.name + suffix), beside.read_bytes())
    return {}


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


# ---- verify


def verify(store: "Store", paths: Paths) -> Verification:
    """Every check of the store, then the copies of issued documents and where the store lies."""
    from cowork_cli.store import folders
    from cowork_cli.store import verify as checks

    found: list[Check] = []
    for name, fine, check in checks.CHECKS:
        findings = checks.run(store.connection, check)
        found.append(Check(name, not findings, _detail(findings) or fine))
        if name == "integrity" and findings:
            break  # on a damaged file the other answers mean nothing
    else:
        found.append(_copies(store, paths))
    place = folders.warning(paths.data)
    found.append(Check("folder", True, place or "the store lies on a disk of this machine"))
    return Verification(all(check.ok for check in found), tuple(found))


def damage(result: Verification, paths: Paths) -> StoreDamaged:
    """The error that a store with findings is."""
    wrong = "; ".join(f"{check.name}: {check.detail}" for check in result.checks if not check.ok)
    return StoreDamaged(
        f"the store {paths.store} is damaged: {wrong}",
        "keep it as it is and bring back a backup with `cowork data restore FILE`",
    )


def restore_copies(store: "Store", paths: Paths) -> tuple[list[str], list[str]]:
    """Writes missing copies of issued documents; returns names written, and names that differ."""
    from cowork_cli.store import verify as checks

    written, differing = [], []
    for name, content in checks.document_copies(store.connection):
        copy = paths.invoices / name
        if not copy.exists():
            write_private(copy, content)
            written.append(name)
        elif copy.read_bytes() != content:
            differing.append(name)
    return written, differing


def _copies(store: "Store", paths: Paths) -> Check:
    written, differing = restore_copies(store, paths)
    parts = []
    if written:
        parts.append(f"copy missing, written again: {_first(written)}")
    if differing:
        parts.append(f"copy changed since it was issued, the store has the original: {_first(differing)}")
    return Check("copies", True, "; ".join(parts) or f"every issued document lies in {paths.invoices}")


def _detail(findings: list[str]) -> str:
    return _first(findings, "; ")


def _first(items: list[str], between: str = ", ") -> str:
    """The first few of many."""
    from cowork_cli.store.verify import MOST

    more = f"{between}and {len(items) - MOST} more" if len(items) > MOST else ""
    return between.join(items[:MOST]) + more
