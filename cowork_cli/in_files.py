"""A file that a person names, read whole: bounded, and every way in which it cannot be read is said."""

from pathlib import Path

from cowork_cli.errors import BadInput, NotFound

LIMIT = 256 * 1024 * 1024


def bytes_of(
    path: Path, limit: int = LIMIT, too_large: str = "split it", hint: str | None = None
) -> bytes:
    """The bytes of a file of at most `limit`; `too_large` is what to do about more. Raises NotFound, BadInput.

    Never more than that is read, whatever the file says of its size: a pipe and a device say nothing. `hint`
    is what to give, where the path is none.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}", hint or "check the path") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder", hint or "give a file") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot read {path}: {reason}", hint or "check the path") from None
    if len(content) > limit:
        raise BadInput(f"{path} is larger than {limit // 1024**2} MB", too_large)
    return content
