"""Hours as a file. CSV and JSON are lossless: an import takes them back unchanged.

What belongs to this home stays here: rates, invoices, the short ids. What the other formats cannot
hold is named (`not_held`), never dropped in silence.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.period import Period
from cowork_cli.domain.zones import at, zone_named
from cowork_cli.errors import BadInput
from cowork_cli.services.hours import export_formats
from cowork_cli.store import entry_transfer
from cowork_cli.store.engine.store import Store
from cowork_cli.store.entry_transfer import Whole

_UTC = ZoneInfo("UTC")
FORMATS = ("csv", "json", *export_formats.FORMATS)
FIELDS = (
    "from", "to", "timezone", "duration_s", "client", "project", "note", "tags", "place",
    "billable", "client_name", "project_name", "uuid",
)  # fmt: skip


def entries_of(store: Store, period: Period, form: str, person: str | None = None) -> list[Whole]:
    """The entries to export, the first first; of one `person`, None for all. Raises BadInput for an unknown format."""
    if form not in FORMATS:
        raise BadInput(f'cannot export as "{form}"', f"choose one of {', '.join(FORMATS)}")
    return entry_transfer.whole(store, period, person)


def written(rows: Sequence[Whole], form: str, zone: ZoneInfo = _UTC) -> bytes:
    """The entries in that format; local times of formats without a zone are of `zone`."""
    if form in ("csv", "json"):
        return (_csv if form == "csv" else _json)(rows).encode()
    return export_formats.FORMATS[form].written(rows, zone).encode()


def not_held(rows: Sequence[Whole], form: str, zone: ZoneInfo) -> list[str]:
    """A line for what the format cannot hold of these entries, and one for each that it changes."""
    if form in ("csv", "json"):
        return []
    return export_formats.not_held(rows, form, zone)


def months(rows: Iterable[Whole], zone: ZoneInfo) -> dict[str, bytes]:
    """timewarrior's files by their names: an interval lies in the month it began in, by UTC."""
    by_month: dict[str, list[Whole]] = {}
    for row in rows:
        by_month.setdefault(f"{export_formats.utc(row.from_at)[:6]}", []).append(row)
    return {
        f"{month[:4]}-{month[4:]}.data": written(part, "timewarrior", zone)
        for month, part in sorted(by_month.items())
    }


def _has_persons(rows: Iterable[Whole]) -> bool:
    """Whether a file says who worked: not in a store where nobody was ever named."""
    return any(row.person for row in rows)


def _fields(row: Whole, *, person: bool) -> dict[str, Any]:
    zone = zone_named(row.timezone)
    end = None if row.to_at is None else at(row.to_at, zone).isoformat()
    values = (
        at(row.from_at, zone).isoformat(), end, row.timezone,
        None if row.to_at is None else row.to_at - row.from_at,
        row.client, f"{row.client}/{row.project}", row.note,
        row.tags.split(",") if row.tags else [], row.place, bool(row.billable),
        row.client_name, row.project_name, row.uuid,
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True)) | ({"person": row.person} if person else {})


def _csv(rows: Sequence[Whole]) -> str:
    import csv

    # A carriage return is quoted only where it is part of the line end; ours is "\n" all the same.
    writer = csv.writer(lines := _Lines(), lineterminator="\r\n")
    person = _has_persons(rows)
    writer.writerow((*FIELDS, "person") if person else FIELDS)
    for row in rows:
        fields = _fields(row, person=person)
        fields["tags"] = ",".join(fields["tags"])
        fields["billable"] = "yes" if fields["billable"] else "no"
        writer.writerow(fields.values())
    return "".join(lines.taken)


class _Lines:
    """Takes the lines of a CSV writer."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def write(self, line: str) -> None:
        """One line with its end."""
        self.taken.append(line.removesuffix("\r\n") + "\n")


def _json(rows: Sequence[Whole]) -> str:
    """One entry a line, so that two exports can be compared line by line."""
    import json

    person = _has_persons(rows)
    lines = [json.dumps(_fields(row, person=person), ensure_ascii=False) for row in rows]
    return '{"cowork": 1, "entries": [\n' + ",\n".join(lines) + "\n]}\n"
