"""A file that a person names, read whole: bounded, and every way in which it cannot be read is said."""

from pathlib import Path

from cowork_cli.errors import BadInput, NotFound

LIMIT = 256 * 1024 * 1024


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises NotFound, BadInput."""
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}", "check the path") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder", "give a file") from None
    except OSError as error:
        raise BadInput(f"cannot read {path}: {error.strerror}", "check the path") from None
    if len(content) > LIMIT:
        raise BadInput(f"{path} is larger than 256 MB", "split it")
    return content
