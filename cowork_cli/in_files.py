"""A file that a person names, read whole: bounded, and every way in which it cannot be read is said."""

from pathlib import Path

from cowork_cli.errors import BadInput, NotFound

LIMIT = 256 * 1024 * 1024


def at_most(limit: int, path: Path) -> bytes | None:
    """The bytes of a file, None for one of more than `limit`: also of a device that has no end and says it is empty.

    Raises OSError.
    """
    with path.open("rb") as file:
        content = file.read(limit + 1)
    return content if len(content) <= limit else None


def utf8_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without its mark. Raises NotFound, BadInput."""
    try:
        text = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    if "\0" in text:
        raise BadInput(f"{path} is not a text file", "check the file")
    return text


def bytes_of(path: Path, limit: int = LIMIT, too_large: str = "split it") -> bytes:
    """The bytes of a file of at most `limit`; `too_large` is what to do about more. Raises NotFound, BadInput."""
    try:
        content = at_most(limit, path)
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}", "check the path") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder", "give a file") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot read {path}: {reason}", "check the path") from None
    if content is None:
        raise BadInput(f"{path} is larger than {limit // 1024**2} MB", too_large)
    return content
