"""Folders a store should not lie in: network drives and folders that a service synchronises.

A write-ahead log needs shared memory, which a network drive does not have between machines
(https://www.sqlite.org/wal.html, "all processes must be on the same host"); a service that copies
store and log one after the other makes a copy that fits no moment. Only said, never refused.
"""

from __future__ import annotations

from pathlib import Path

_SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
}
_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "sshfs", "fuse.sshfs", "fuse.rclone", "davfs")
_FUSE_ON_THIS_MACHINE = ("fuse.ext2", "fuse.ntfs", "fuseblk", "fuse.gocryptfs", "fuse.encfs")
_MOUNTS = Path("/proc/mounts")


def warning(folder: Path) -> str | None:
    """A line about `folder` if a store is not safe in it, else None."""
    where = _service(folder) or _network(folder)
    if where is None:
        return None
    return (
        f"the store lies on {where} ({folder}): it can be damaged there; keep it on a local disk "
        "with `--home DIR` or `COWORK_HOME`, and put copies there with `cowork data backup`"
    )


def _service(folder: Path) -> str | None:
    for part in folder.resolve().parts:
        for mark, name in _SYNCED.items():
            if part.casefold().startswith(mark):
                return f"a folder of {name}"
    return None


def _network(folder: Path) -> str | None:
    """The kind of a network drive that `folder` lies on; Linux only, None where that is not known."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    here, best, kind = folder.resolve(), Path("/"), ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        if (here == point or point in here.parents) and len(point.parts) >= len(best.parts):
            best, kind = point, fields[2]
    remote = kind.startswith(_NETWORK) or (
        kind.startswith("fuse.") and not kind.startswith(_FUSE_ON_THIS_MACHINE)
    )
    return f"a network drive ({kind})" if remote else None
