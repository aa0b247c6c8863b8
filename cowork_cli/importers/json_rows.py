"""Our own JSON: what `track export --format json` writes, and `track list --json`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.zones import written_instant, zone_named
from cowork_cli.errors import BadInput
from cowork_cli.importers import ImportedEntry, Row, Say, Unreadable, say_nothing
from cowork_cli.importers._files import (
    checked,
    distinct,
    json_of,
    text_or_none,
    texts_of,
    wrong_shape,
)
from cowork_cli.importers._persons import own_rows

OPTIONS: tuple[str, ...] = ()


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The entries of an export. Raises NotFound, BadInput."""
    document = json_of(path)
    rows = document
    if isinstance(document, dict) and document.get("cowork") == 1:
        rows = document.get("entries", document.get("data"))
    if not isinstance(rows, list) or (rows and not any(isinstance(row, dict) for row in rows)):
        raise wrong_shape(path, "an export of cowork: an object with a list of entries")
    for number, row in _own(path, rows, options.get("person"), say):
        yield _row(number, row)


def _own(path: Path, rows: list[Any], person: str | None, say: Say) -> Iterator[tuple[int, Any]]:
    """The entries of one person, each with its number. Raises BadInput where several are named."""
    names = [row.get("person") if isinstance(row, dict) else None for row in rows]
    named = [[name] if isinstance(name, str) else [] for name in names]
    columns = ["person"] if any(named) else []
    chosen = own_rows(path, lambda: enumerate(named, 1), lambda cells: cells, columns, person, say)
    for number, _ in chosen():
        yield number, rows[number - 1]


def _row(number: int, row: Any) -> Row:
    try:
        if not isinstance(row, dict):
            raise BadInput("it is not an entry")
        zone = text_or_none(row.get("timezone"), "timezone")
        if zone is not None:
            zone_named(zone)
        billable = row.get("billable")
        if billable is not None and not isinstance(billable, bool):
            raise BadInput("its billable is neither true nor false")
        end = row.get("to")
        return checked(
            ImportedEntry(
                line=number,
                from_=_instant(row.get("from")),
                to=None if end is None else _instant(end),
                zone=zone,
                project=text_or_none(row.get("project"), "project") or "",
                client=text_or_none(row.get("client"), "client"),
                note=text_or_none(row.get("note"), "note"),
                tags=distinct(texts_of(row.get("tags"), "tags")),
                place=text_or_none(row.get("place"), "place"),
                billable=billable,
                source_id=text_or_none(row.get("uuid"), "uuid"),
                client_name=text_or_none(row.get("client_name"), "client_name"),
                project_name=text_or_none(row.get("project_name"), "project_name"),
                unit="entry",
            )
        )
    except BadInput as error:
        return Unreadable(number, error.message, "entry")


def _instant(value: object) -> datetime:
    if isinstance(value, str):
        found = written_instant(value)
        if found is not None:
            return found
    raise BadInput(f'"{str(value)[:40]}" is not an instant with its offset')
