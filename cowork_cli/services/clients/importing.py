"""Clients from a CSV file: all rows or none, and every row that is wrong is named by its line."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cowork_cli.domain.client import ClientImport
from cowork_cli.domain.fields import CLIENT
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.in_files import utf8_of
from cowork_cli.records import dataclass
from cowork_cli.services.clients.clients import DEFAULTS, checked_slug
from cowork_cli.services.clients.fields import changed_client, new_client
from cowork_cli.services.clients.kept import kept_as_it_was
from cowork_cli.store import clients
from cowork_cli.store.engine.store import Store

COLUMNS = ("id", *(field.name for field in CLIENT))
_HINT = f"the first line names the columns: {', '.join(COLUMNS).replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: where it stands, whom it names, and the cells that are not empty."""

    line: int
    slug: str
    fields: dict[str, str]


class _DryRun(Exception):
    """Ends the transaction of a dry run: everything was checked, nothing stays."""


def import_clients(
    store: Store, path: Path, today: date, home: str, *, dry_run: bool
) -> tuple[ClientImport, tuple[str, ...]]:
    """Adds clients that are new and updates those that are there, in one change; also what is to be told.

    An empty cell says nothing. Raises NotFound, and BadInput naming every row that is wrong.
    """
    rows = list(read(path))
    told: list[str] = []
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    wrong: list[str] = []
    try:
        with store.transaction():
            for row, first in _with_doubles(rows):
                try:
                    if first is not None:
                        raise BadInput(f"{row.slug} stands in line {first} already")
                    done, notes = _put(store, row, today, home)
                    counts[done] += 1
                    told += [f"Line {row.line}: {note}" for note in notes]
                except UsageError as error:
                    wrong.append(f"line {row.line}: {error.message}")
            if wrong:
                raise BadInput(
                    f"{path.name} was not imported, {'; '.join(wrong)}",
                    "correct the file and import it again; nothing was changed",
                )
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return ClientImport(str(path), **counts, dry_run=dry_run), tuple(told)


def read(path: Path) -> Iterator[Row]:
    """The rows of a file with commas, semicolons or tabs. Raises NotFound, BadInput."""
    text = utf8_of(path)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        names = [_column(path, name) for name in next(reader, [])]
        if "id" not in names or len(set(names)) < len(names):
            raise BadInput(f'{path.name} needs each column once, and the column "id"', _HINT)
        while (line := reader.line_num + 1) and (cells := next(reader, None)) is not None:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(names):
                raise BadInput(
                    f"line {line} of {path.name} has {len(cells)} cells, but there are "
                    f"{len(names)} columns",
                    'put a cell with a comma into quotes: "Ring 5, Hof"',
                )
            pairs = zip(names, cells, strict=False)
            fields = {name: cell.strip() for name, cell in pairs if cell.strip()}
            yield Row(line, fields.pop("id", ""), fields)
    except csv.Error as error:
        raise BadInput(f"{path.name} is not a CSV file: {error}", _HINT) from None


def _put(store: Store, row: Row, today: date, home: str) -> tuple[str, tuple[str, ...]]:
    """Adds or updates the client of a row, inside a transaction; says which it was, and what to tell."""
    checked_slug(row.slug, "client")
    client_id = clients.client_id_of(store, row.slug)
    if client_id is None:
        if "name" not in row.fields:
            raise BadInput(f"{row.slug} is new and has no name")
        columns, rate, notes = new_client(row.slug, DEFAULTS | row.fields, home)
        clients.insert_client(store, {"slug": row.slug, **columns}, rate)
        return "added", notes
    now = clients.client(store, client_id, today.isoformat())
    said = clients.said_tax(store, client_id)
    columns, rate, notes = changed_client(now, said, row.fields, home)
    changed = clients.update_client(store, client_id, columns, rate, today.isoformat())
    then = clients.client(store, client_id, today.isoformat())
    kept = kept_as_it_was(store, now, then, today, rated=rate is not None)
    return ("updated", (*notes, *kept)) if changed else ("unchanged", ())


def _with_doubles(rows: list[Row]) -> Iterator[tuple[Row, int | None]]:
    """Each row, and the line on which its id stands already."""
    lines: dict[str, int] = {}
    for row in rows:
        yield row, lines.get(row.slug)
        lines.setdefault(row.slug, row.line)


def _column(path: Path, name: str) -> str:
    """The column that a header means: `vat-id`, `VAT id`, `--vat-id`."""
    plain = "".join(char for char in name.casefold() if char.isalnum())
    for column in COLUMNS:
        if column.replace("_", "") == plain:
            return column
    raise BadInput(f'{path.name} has a column "{name.strip()}" that no client has', _HINT)
