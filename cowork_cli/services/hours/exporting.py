r"""Hours as a file: CSV and JSON that an import takes back unchanged, and timewarrior's lines.

What belongs to this home stays here: rates, invoices, the short ids. timewarrior holds instants, tags
and an annotation; the project is written as its first tag. It has no zone, place, billable or UUID,
no names beside the ids; a note or a tag is one line, its blanks single.
"""

from collections.abc import Iterable
from typing import Any

from cowork_cli.domain.period import Period
from cowork_cli.domain.zones import at, zone_named
from cowork_cli.errors import BadInput
from cowork_cli.store import entry_transfer
from cowork_cli.store.engine.store import Store
from cowork_cli.store.entry_transfer import Whole

FORMATS = ("csv", "json", "timewarrior")
FIELDS = (
    "from", "to", "timezone", "duration_s", "client", "project", "note", "tags", "place",
    "billable", "client_name", "project_name", "uuid",
)  # fmt: skip


def found(store: Store, period: Period, form: str) -> list[Whole]:
    """The entries to export, the first first. Raises BadInput for an unknown format."""
    if form not in FORMATS:
        raise BadInput(f'cannot export as "{form}"', f"choose one of {', '.join(FORMATS)}")
    return entry_transfer.whole(store, period)


def written(rows: Iterable[Whole], form: str) -> bytes:
    """The entries in that format."""
    text = {"csv": _csv, "json": _json, "timewarrior": _timewarrior}[form](rows)
    return text.encode()


def months(rows: Iterable[Whole]) -> dict[str, bytes]:
    """timewarrior's files by their names: an interval lies in the month it began in, by UTC."""
    found: dict[str, list[Whole]] = {}
    for row in rows:
        found.setdefault(f"{_utc(row.from_at)[:6]}", []).append(row)
    return {
        f"{month[:4]}-{month[4:]}.data": written(part, "timewarrior")
        for month, part in sorted(found.items())
    }


def _fields(row: Whole) -> dict[str, Any]:
    zone = zone_named(row.timezone)
    end = None if row.to_at is None else at(row.to_at, zone).isoformat()
    values = (
        at(row.from_at, zone).isoformat(), end, row.timezone,
        None if row.to_at is None else row.to_at - row.from_at,
        row.client, f"{row.client}/{row.project}", row.note,
        row.tags.split(",") if row.tags else [], row.place, bool(row.billable),
        row.client_name, row.project_name, row.uuid,
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def _csv(rows: Iterable[Whole]) -> str:
    import csv

    # A carriage return is quoted only where it is part of the line end; ours is "\n" all the same.
    writer = csv.writer(lines := _Lines(), lineterminator="\r\n")
    writer.writerow(FIELDS)
    for row in rows:
        fields = _fields(row)
        fields["tags"] = ",".join(fields["tags"])
        fields["billable"] = "yes" if fields["billable"] else "no"
        writer.writerow(fields.values())
    return "".join(lines.found)


class _Lines:
    """Takes the lines of a CSV writer."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def write(self, line: str) -> None:
        """One line with its end."""
        self.found.append(line.removesuffix("\r\n") + "\n")


def _json(rows: Iterable[Whole]) -> str:
    """One entry a line, so that two exports can be compared line by line."""
    import json

    lines = [json.dumps(_fields(row), ensure_ascii=False) for row in rows]
    return '{"cowork": 1, "entries": [\n' + ",\n".join(lines) + "\n]}\n"


def _timewarrior(rows: Iterable[Whole]) -> str:
    return "".join(_interval(row) for row in rows)


def _interval(row: Whole) -> str:
    tags = [f"{row.client}/{row.project}", *(row.tags.split(",") if row.tags else [])]
    end = "" if row.to_at is None else f" - {_utc(row.to_at)}"
    note = " ".join((row.note or "").split())
    annotation = f" # {_quoted(note)}" if note else ""
    tags = [" ".join(tag.split()) for tag in tags]
    shown = " ".join(tag if _bare(tag) else _quoted(tag) for tag in tags)
    return f"inc {_utc(row.from_at)}{end} # {shown}{annotation}\n"


def _bare(tag: str) -> bool:
    return not any(char.isspace() or char in "\"'\\#" for char in tag)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _utc(seconds: int) -> str:
    from datetime import UTC

    return f"{at(seconds, UTC):%Y%m%dT%H%M%SZ}"
