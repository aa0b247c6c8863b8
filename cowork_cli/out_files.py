"""Files that the person asked for by `--out`: one way to write them, one set of words.

A file appears whole or not at all: it is written beside its place and moved there. What lies there
already is never replaced in silence; the same bytes again are no harm. A pipe or a device
(`/dev/stdout`, `>(…)`) cannot be moved to and is written as it is.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cowork_cli.errors import BadInput, Conflict, CoworkError, DiskFull, Failed
from cowork_cli.paths import Paths

_BINARY = getattr(os, "O_BINARY", 0)  # else Windows writes \r\n for each \n of a PDF
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MODE = 0o600  # nearly all of them hold personal data


def out_path(text: str, own: Paths) -> Path:
    """The file that was typed; `~` is the home.

    Raises BadInput for an empty name, and for one among the program's `own` files: not even `--force`
    puts a document in the place of the store, of settings or of a backup.
    """
    if not text.strip() or "\0" in text:
        raise BadInput("--out names no file", "give one, as in `--out FILE`")
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise BadInput(f"there is no home for {text}", "give the whole path") from None
    with said_plainly(path):
        if own.hold(path):
            raise BadInput(f"{path} is among the files of cowork itself", "give a file elsewhere")
    return path


def write_out(path: Path, content: bytes, *, force: bool = False) -> None:
    """Writes `content` to `path`, whole or not at all, mode 0600 or that of the file it replaces.

    Raises BadInput for a folder, a missing folder and a name that is too long, Conflict for a file with
    something else in it (unless `force`), DiskFull, and Failed for what else the system refuses.
    """
    check_out(path, content, force=force)
    with said_plainly(path):
        if path.exists() and not path.is_file():
            with path.open("wb", buffering=0) as device:
                _write_all(device.fileno(), content)
            return
        target = Path(os.path.realpath(path))  # a link stays a link
        if not _holds(target, content):
            _replace(target, content)


def safe_name(text: str, empty: str) -> str:
    """`text` as a name every system takes: what it cannot hold becomes `-`; `empty` if nothing is left."""
    safe = "".join("-" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in text)
    return safe.strip(". ") or empty


def check_out(path: Path, content: bytes | None = None, *, force: bool = False) -> None:
    """Raises what `write_out` would raise before it writes; `content` is what may lie there already."""
    with said_plainly(path):
        if path.is_dir():
            raise BadInput(f"{path} is a folder", "give a file in it")
        if not path.parent.is_dir():
            raise BadInput(f"there is no folder {path.parent}", "make it, or give another `--out`")
        if not force and path.is_file() and (content is None or not _holds(path, content)):
            raise Conflict(
                f"there is a file {path} already",
                "give another `--out`, or `--force` to replace it",
            )


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """What the system says about writing `path`, in our words. A closed pipe passes."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _said(path, error) from None


def _said(path: Path, error: OSError) -> CoworkError:
    if error.errno in _FULL:
        return DiskFull(f"the disk is full: {path} was not written", "free some space")
    if error.errno == errno.ENAMETOOLONG:
        return BadInput(f"cannot write {path}: the name is too long", "give a shorter one")
    why = (error.strerror or str(error)).lower()
    return Failed(f"cannot write {path}: {why}", "give another `--out`")


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (FileNotFoundError, PermissionError):
        return False


def _replace(target: Path, content: bytes) -> None:
    # The name of the part does not grow with that of the file, which may be as long as it can be.
    part = target.with_name(f".cowork-{os.getpid()}.part")
    mode = target.stat().st_mode & 0o777 if target.exists() else _MODE
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, _MODE)
        try:
            _write_all(descriptor, content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        part.chmod(mode)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
