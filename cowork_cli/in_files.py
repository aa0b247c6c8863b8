"""A file that a person names, read whole or by lines: bounded, and every way in which it cannot be read is said.

Never more than the limit is read, whatever the file says of its size: a pipe and a device say nothing. `hint`
is what to give, where the path is none, and `too_large` what to do about more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cowork_cli.errors import BadInput, NotFound

LIMIT = 256 * 1024 * 1024


def bytes_of(
    path: Path, limit: int = LIMIT, too_large: str = "split it", hint: str | None = None
) -> bytes:
    """The bytes of a file of at most `limit`. Raises NotFound, BadInput."""
    with _told(path, hint), path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise _too_large(path, limit, too_large)
    return content


def utf8_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without its mark. Raises NotFound, BadInput."""
    try:
        text = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    if "\0" in text:
        raise BadInput(f"{path} is not a text file", "check the file")
    return text


def lines_of(
    path: Path, limit: int = LIMIT, too_large: str = "split it", hint: str | None = None
) -> Iterator[bytes]:
    """The lines of a file of at most `limit` bytes, one in the memory. Raises NotFound, BadInput."""
    left = limit
    with _told(path, hint), path.open("rb") as file:
        while line := file.readline(left + 1):
            left -= len(line)
            if left < 0:
                raise _too_large(path, limit, too_large)
            yield line


@contextmanager
def _told(path: Path, hint: str | None) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}", hint or "check the path") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder", hint or "give a file") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot read {path}: {reason}", hint or "check the path") from None


def _too_large(path: Path, limit: int, hint: str) -> BadInput:
    return BadInput(f"{path} is larger than {limit // 1024**2} MB", hint)
