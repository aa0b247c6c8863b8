"""Answers that a service lets one keep: asked again with their ETag, and good for longer after a 304.

RFC 9110, 13.1.2 (`If-None-Match`) and 15.4.5. A file for each address in a folder that may be deleted;
several threads may use it, since each file is replaced whole. Only answers of reads without a login are
kept: what a person may see is nobody else's.
"""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cowork_cli.paths import write_private

MOST_BYTES = 1024 * 1024
MOST_FILES = 200
_LONGEST_ETAG = 200


class Validators:
    """The kept answers under one folder. What cannot be kept is done without."""

    def __init__(self, folder: Path):
        self._folder = folder

    def kept(self, url: str) -> tuple[str, bytes] | None:
        """The ETag and the body of the last answer from this address, None without one."""
        try:
            head, _, body = self._file(url).read_bytes().partition(b"\n")
            named, _, etag = head.decode("ascii").partition(" ")
        except (OSError, ValueError):
            return None
        # A file of another hand, or half of one, is none.
        return (etag, body) if named == sha256(body).hexdigest() and _usable(etag) else None

    def keep(self, url: str, etag: str, body: bytes) -> None:
        """Keeps an answer in the place of the last one; the oldest of many is given up."""
        if not _usable(etag) or len(body) > MOST_BYTES:
            return
        with suppress(OSError):
            files = list(self._folder.glob("*"))
            if len(files) >= MOST_FILES:
                min(files, key=lambda file: file.stat().st_mtime).unlink(missing_ok=True)
            head = f"{sha256(body).hexdigest()} {etag}\n".encode("ascii")
            write_private(self._file(url), head + body)

    def forget(self, url: str) -> None:
        """What is kept of this address was no good: it is asked for whole the next time."""
        with suppress(OSError):
            self._file(url).unlink(missing_ok=True)

    def _file(self, url: str) -> Path:
        return self._folder / sha256(url.encode()).hexdigest()[:32]


def _usable(etag: str) -> bool:
    return 0 < len(etag) <= _LONGEST_ETAG and etag.isascii() and etag.isprintable()
