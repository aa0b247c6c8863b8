"""Zip files of ours, backups and exports: how members are written and read, and what a damaged one says.

No member is ever made a file of its own name: names, links and modes that stand in a zip file mean nothing.
"""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cowork_cli.errors import DiskFull

# The earliest day that a zip file can name: for one that must not tell when it was made.
TIMELESS = (1980, 1, 1, 0, 0, 0)

MOST_TEXT = 16 << 20  # settings and manifests are a few kilobytes
MOST_DOCUMENT = 256 << 20  # a receipt is 50 MB at most, a page of ours far less
_MOST_MEMBERS = 1 << 20  # a document each
_MB = 1 << 20


@contextmanager
def opened(file: Path, raised: Callable[[str], Exception]) -> Iterator[zipfile.ZipFile]:
    """A zip file to read from. Whatever is wrong with it, or with JSON in it, becomes `raised` of the reason."""
    with damage(raised), zipfile.ZipFile(file) as archive:
        _check_directory(archive)
        yield archive


def _check_directory(archive: zipfile.ZipFile) -> None:
    """Raises ValueError for what none of ours has: names twice, other packings, places outside of the file."""
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise ValueError(f"it has more than {_MOST_MEMBERS} members")
    names = set[str]()
    for info in members:
        if info.filename in names:
            raise ValueError(f'"{info.filename}" is in it twice')
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f'"{info.filename}" is packed in a way that is not ours')
        if info.header_offset < 0:
            raise ValueError(f'"{info.filename}" does not lie in it')
        names.add(info.filename)


def refuse_without_room(archive: zipfile.ZipFile, folder: Path) -> None:
    """Raises DiskFull where the disk of `folder` has no room for all that is in it. No member unpacks to more than it says."""
    needed = sum(info.file_size for info in archive.infolist())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise DiskFull(
            f"unpacked it takes {needed // _MB} MB, and {folder} has room for {free // _MB}; nothing was changed",
            "free some space and run it again",
        )


def content_of(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member that is read into memory. Raises ValueError for one that unpacks to more than `most` bytes."""
    with archive.open(name) as source:
        content = source.read(most + 1)
    if len(content) > most:
        raise ValueError(f"{name} is larger than {most // _MB} MB")
    return content


def member(name: str, at: datetime | None = None) -> zipfile.ZipInfo:
    """A member that only its owner may read, packed. Of a time that no zip file holds (APPNOTE 4.4.6: 1980 to
    2107), such as that of a clock that was never set, it says none.
    """
    known = at is not None and 1980 <= at.year <= 2107
    info = zipfile.ZipInfo(name, at.timetuple()[:6] if at is not None and known else TIMELESS)
    info.external_attr = 0o600 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


@contextmanager
def damage(raised: Callable[[str], Exception]) -> Iterator[None]:
    """Whatever a damaged zip file, or JSON in it, makes Python say becomes `raised` of the reason."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError, TypeError, RuntimeError) as error:
        # What a KeyError says is the repr of its words.
        raise raised(str(error.args[0] if isinstance(error, KeyError) else error)) from None
    except Exception as error:
        if type(error).__module__ in ("zlib", "struct"):
            raise raised(str(error)) from None
        raise
