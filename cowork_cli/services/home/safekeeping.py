"""Backing up and checking the data of a home; `restoring` brings a backup back.

A backup is one zip: the store (copied by SQLite, so it is whole while others write), the settings,
and a manifest with the hash of each member. No secrets: those never stand in these files.
"""

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cowork_cli import __version__
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import BadInput, StoreDamaged
from cowork_cli.paths import Paths, flush_folder, make_private, write_private
from cowork_cli.records import dataclass
from cowork_cli.services.home.archives import member

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

FORMAT = 1
STORE, SETTINGS, CONFIG, MANIFEST = (
    "data/cowork.db",
    "config/settings.toml",
    "config/config.toml",
    "manifest.json",
)
_NAME = re.compile(r"cowork-(\d{8}-\d{6})(?:-(\d+))?\.zip")
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made. `removed` names older ones that `--keep` let go."""

    file: Path
    bytes: int
    members: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of `data verify`. `detail` says what was found."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What `data verify` found."""

    ok: bool
    checks: tuple[Check, ...]


# ---- backup


def backup(store: "Store", paths: Paths, now: datetime, keep: int | None = None) -> Backup:
    """Writes one file into data/backups/ and keeps the newest `keep` of them (None: all)."""
    from cowork_cli.store.engine import files

    if keep is not None and keep < 1:
        raise BadInput(f"--keep {keep} would keep none", "give at least `--keep 1`")
    make_private(paths.backups)
    copy = paths.backups / f".copy-{os.getpid()}-{os.urandom(4).hex()}"
    try:
        store.connection.backup(copy)
        return pack(copy, paths, now, keep)
    finally:
        files.remove_store(copy)


def pack(copy: Path, paths: Paths, now: datetime, keep: int | None) -> Backup:
    """Makes the backup of `copy`, a copy of a store. Raises StoreError where that is damaged."""
    from cowork_cli.store.engine import files, integrity

    part = paths.backups / f".backup-{os.getpid()}-{os.urandom(4).hex()}.part"
    files.new_private_file(part)
    try:
        members = {STORE: copy, SETTINGS: paths.settings_file, CONFIG: paths.config_file}
        members = {name: file for name, file in members.items() if file.is_file()}
        digests: dict[str, str] = {}
        manifest = {
            "cowork_backup": FORMAT,
            "version": __version__,
            "created": now.isoformat(timespec="seconds"),
            "schema": integrity.examine_copy(copy, newer=True),
            "records": integrity.contents(copy),
            "sha256": digests,
        }
        with (
            part.open("wb") as raw,
            zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, file in members.items():
                digests[name] = _add(archive, name, file, now)
            archive.writestr(member(MANIFEST, now), json.dumps(manifest, indent=2))
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        target = _put_under_free_name(part, paths.backups, now)
        flush_folder(paths.backups)
    finally:
        part.unlink(missing_ok=True)
    removed = _prune(paths.backups, keep, target) if keep else []
    _sweep(paths.backups, target)
    return Backup(
        target, target.stat().st_size, (*members, MANIFEST), tuple(file.name for file in removed)
    )


def _add(archive: zipfile.ZipFile, name: str, file: Path, now: datetime) -> str:
    """Adds a file in pieces and returns its hash."""
    digest = hashlib.sha256()
    with file.open("rb") as source, archive.open(member(name, now), "w") as target:
        while piece := source.read(CHUNK):
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


def _sweep(folder: Path, newest: Path) -> None:
    """Removes what a backup left behind that was killed more than a day ago."""
    limit = newest.stat().st_mtime - 86_400
    for file in folder.iterdir():
        name = file.name.lstrip(".")
        if file.name.startswith(".") and name.startswith(("copy-", "backup-")):
            with suppress(OSError):
                if file.stat().st_mtime < limit:
                    file.unlink()


# ---- verify


def verify(store: "Store", paths: Paths) -> Verification:
    """Every check of the store, then what is beside it, and what a whole store leaves open."""
    from cowork_cli.store.engine import integrity

    found: list[Check] = []
    for name, fine, check in integrity.CHECKS:
        findings = integrity.run(store.connection, check)
        found.append(Check(name, not findings, _detail(findings) or fine))
        if name == "integrity" and findings:
            break  # on a damaged file the other answers mean nothing
    else:
        found += [
            _looked("copies", lambda: _copies(store, paths)),
            _looked("requests", lambda: _requests(store)),
            _looked("number-gaps", lambda: _gaps(store)),
        ]
    found += [Check("folder", True, _place(store, paths)), _private(paths)]
    return Verification(all(check.ok for check in found), tuple(found))


def _looked(name: str, look: Callable[[], Check]) -> Check:
    """A check beside those of the engine; a store too damaged for it is a finding as well."""
    from cowork_cli.store.engine import integrity

    try:
        return look()
    except Exception as error:
        return Check(name, False, integrity.not_carried_out(error))


def _place(store: "Store", paths: Paths) -> str:
    if store.on_server:
        return "the store lies on a server, whose keeper looks after its disk"
    from cowork_cli.store.engine import folders

    return folders.warning(paths.data) or "the store lies on a disk of this machine"


def _private(paths: Paths) -> Check:
    """Files that others on this machine may read: nothing is broken, but somebody should close them."""
    folders = (paths.data, paths.config, paths.state)
    open_ones = [
        str(file)
        for folder in folders
        for file in (folder, *sorted(folder.rglob("*")))
        if os.name != "nt"
        and not file.is_symlink()
        and file.exists()
        and file.stat().st_mode & 0o077
    ]
    if not open_ones:
        return Check("private", True, "nobody else may read a file of this home")
    shown = " ".join(shell_word(str(folder)) for folder in folders if folder.exists())
    return Check(
        "private",
        True,
        f"others may read {first_few(open_ones)}; close it with `chmod -R go= {shown}`",
    )


def damage(result: Verification, store: "Store", paths: Paths) -> StoreDamaged:
    """The error that a store with findings is."""
    from cowork_cli.store.engine import files

    newest = files.newest_backup(paths.backups)
    back = f"the newest backup with `cowork data restore {shell_word(str(newest))}`"
    wrong = "; ".join(f"{check.name}: {check.detail}" for check in result.checks if not check.ok)
    return StoreDamaged(
        f"the store {store.connection.path} is damaged: {wrong}",
        f"keep it as it is and bring back {back if newest else 'a backup with `cowork data restore FILE`'}",
    )


def stumbled_over(store: "Store", paths: Paths) -> StoreDamaged | None:
    """What is wrong with the store, after something went wrong that has no name: a record that another hand wrote is
    no bug. None for a whole store, and where looking goes wrong too.
    """
    try:
        found = verify(store, paths)
        return None if found.ok else damage(found, store, paths)
    except Exception:
        return None


def restore_copies(store: "Store", paths: Paths) -> tuple[list[str], list[str]]:
    """Writes missing copies of issued documents; returns names written, and names that differ."""
    from cowork_cli.store.engine import integrity

    written, differing = [], []
    for name, content in integrity.document_copies(store.connection):
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
        parts.append(f"copy missing, written again: {first_few(written)}")
    if differing:
        parts.append(
            f"copy changed since it was issued, the store has the original: {first_few(differing)}"
        )
    return Check(
        "copies", True, "; ".join(parts) or f"every issued document lies in {paths.invoices}"
    )


def _requests(store: "Store") -> Check:
    """Nothing is broken, but somebody should ask."""
    from cowork_cli.store import unanswered

    open_ones = unanswered.requests(store)
    if not open_ones:
        return Check("requests", True, "the outcome of every request is known")
    told = first_few([f"{one.kind} {one.id} at {one.account}" for one in open_ones])
    return Check(
        "requests", True, f"the outcome is not known of: {told}; ask with `cowork booking sync`"
    )


def _gaps(store: "Store") -> Check:
    """Numbers may be left out; who does should be able to say why."""
    from cowork_cli.store import unanswered

    told = [
        f'{gap.first}{f" to {gap.last}" if gap.last > gap.first else ""} of the series "{gap.series}"'
        + (f" in {gap.year}" if gap.year else "")
        for gap in unanswered.gaps(store)
    ]
    if not told:
        return Check(
            "number-gaps", True, "every invoice number that was given out is on an invoice"
        )
    return Check(
        "number-gaps",
        True,
        f"on no invoice: {first_few(told)}; fine where `invoice.next` was raised or a backup put back: note why",
    )


def _detail(findings: list[str]) -> str:
    return first_few(findings, "; ")


def first_few(items: Sequence[str], between: str = ", ") -> str:
    """The first few of many."""
    from cowork_cli.store.engine.integrity import MOST

    more = f"{between}and {len(items) - MOST} more" if len(items) > MOST else ""
    return between.join(items[:MOST]) + more
