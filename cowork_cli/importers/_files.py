"""What all readers share: bytes, text and JSON of a file, and rows that the store can hold."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Unreadable
from cowork_cli.in_files import bytes_of


def text_of(path: Path) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else Windows-1252, or DOS where it cannot be that. Raises NotFound, BadInput."""
    return decoded(bytes_of(path), str(path))


def decoded(content: bytes, path: str) -> str:
    """The text in the bytes of a file, as `text_of` says. Raises BadInput naming `path`."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise _binary(path) from None
    if b"\0" in content:
        raise _binary(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined; one of them is `ü` in the code page of DOS, where every byte is one.
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            return content.decode("cp850")


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder; a path that cannot be one is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def json_of(path: Path, text: str | None = None) -> Any:
    """The JSON document in a file. Raises NotFound, BadInput."""
    import json

    try:
        return json.loads(text_of(path) if text is None else text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else _short(str(error))
        raise BadInput(
            f"{path} is not whole JSON: {reason}", "check the file, or export it again"
        ) from None


def wrong_shape(path: Path, wanted: str) -> BadInput:
    """The error for a file that can be read but is something else."""
    return BadInput(f"{path} is not {wanted}", "check the file and `--format`")


def epoch(seconds: object) -> datetime:
    """The instant `seconds` after 1970 UTC. Raises BadInput for what is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise BadInput(f"{_short(repr(seconds))} is not a time stamp")
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadInput(f"{_short(repr(seconds))} is not a time stamp") from None


def checked(row: ImportedEntry) -> Row:
    """The row, or why the store cannot hold it as it is."""
    reason = _obstacle(row)
    return row if reason is None else Unreadable(row.line, reason, row.unit, row.file)


def texts_of(value: object, what: str) -> tuple[str, ...]:
    """A list of texts. Raises BadInput."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadInput(f"its {what} are not a list of texts")
    return tuple(value)


def text_or_none(value: object, what: str) -> str | None:
    """A text, or None. Raises BadInput."""
    if value is None or isinstance(value, str):
        return value
    raise BadInput(f"its {what} is not a text")


def distinct(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags in order, once each, without empty ones and blanks around them."""
    return tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def _obstacle(row: ImportedEntry) -> str | None:
    for tag in row.tags:
        if "," in tag:
            return f'its tag "{_short(tag)}" holds a comma, which no tag can'
    texts = (row.project, row.client, row.note, row.place, row.client_name, row.project_name)
    whole = "".join(filter(None, (*texts, *row.tags, row.source_id)))
    if not whole.isascii() and any("\ud800" <= char <= "\udfff" for char in whole):
        return "it holds characters that are no text"
    if "\0" in whole:
        return "it holds a zero byte"
    if row.from_.year <= 1970 and row.from_.timestamp() < 0:
        return "it lies before 1970"
    return None


def _binary(path: str) -> BadInput:
    return BadInput(f"{path} is not a text file", "check the file and `--format`")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
