"""The columns of each type, declared once: for tables, plain lines and CSV alike.

A column with a high `keep` stays longest on a narrow terminal; the order is the order of plain
output, where columns are only ever added at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cowork_cli.output import text


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` gives the full value, `cell` its short form for people.

    `total`: a table ends with the sum of this column. `table` False: only in plain output and CSV.
    """

    header: str
    value: Callable[[Any], Any]
    cell: Callable[[Any], str] | None = None
    right: bool = False
    keep: int = 5
    style: str | None = None
    total: bool = False
    table: bool = True


def _attribute(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)


def col(header: str, name: str, **options: Any) -> Column:
    """A column that shows one attribute."""
    return Column(header, _attribute(name), **options)


def _money(value: Any) -> str:
    return text.money(value)


def _clock(value: Any) -> str:
    return "" if value is None else text.clock_duration(value)


def _percent(value: Any) -> str:
    return "" if value is None else f"{value:f} %"


_ID = {"keep": 9, "style": "cyan"}
_FIGURES = {"right": True, "keep": 7}

COLUMNS: dict[str, tuple[Column, ...]] = {
    "Place": (
        col("Postcode", "postcode", keep=8, style="cyan"),
        col("Place", "name", keep=9),
        col("Land", "land", keep=7),
        col("Lat", "lat", cell=lambda value: f"{value:.4f}", right=True),
        col("Lon", "lon", cell=lambda value: f"{value:.4f}", right=True),
    ),
    "Entry": (
        col("ID", "id", **_ID),
        col("From", "from_", cell=text.moment, keep=8),
        col("To", "to", cell=lambda value: f"{value:%H:%M}" if value else "running", keep=8),
        col("Duration", "duration_s", cell=text.clock_duration, total=True, **_FIGURES),
        col("Project", "project", keep=8),
        col("Note", "note", keep=6),
        col("Tags", "tags", keep=3),
        col("Place", "place", keep=2),
        col("Billed on", "billed_on", keep=4),
    ),
    "HoursRow": (
        col("", "key", keep=9),
        col("Hours", "duration_s", cell=text.clock_duration, total=True, **_FIGURES),
        col("Billable", "billable_s", cell=text.clock_duration, total=True, **_FIGURES),
        col("Billed", "billed_s", cell=text.clock_duration, total=True, **_FIGURES),
        col("Amount", "amount", cell=_money, total=True, **_FIGURES),
    ),
    "UnbilledRow": (
        col("Client", "client", keep=9),
        col("Project", "project", keep=8),
        col("Hours", "duration_s", cell=text.clock_duration, total=True, **_FIGURES),
        col("Amount", "amount", cell=_money, total=True, **_FIGURES),
        col("Billed as", "billed_s", cell=text.clock_duration, total=True, **_FIGURES),
    ),
    "BudgetRow": (
        col("Project", "project", keep=9),
        col("Budget in hours", "budget_s", cell=_clock, right=True, keep=6),
        col("Used hours", "used_s", cell=_clock, **_FIGURES),
        col("Budget", "budget", cell=_money, right=True, keep=6),
        col("Used", "used", cell=_money, right=True, keep=5),
        col("Percent", "percent", cell=_percent, **_FIGURES),
        col("State", "state", keep=9),
    ),
    "Client": (
        col("ID", "id", **_ID),
        col("Name", "name", keep=8),
        col("Address", "address", keep=4),
        col("Rate", "rate", right=True, keep=6),
        col("Currency", "currency", keep=5),
        col("Tax", "tax", keep=3),
        col("Language", "language", keep=2),
        col("Archived", "archived", keep=1, cell=lambda value: "yes" if value else ""),
        col("Rounding", "rounding", keep=4),
        col("Travel", "travel_factor", right=True, keep=3),
        col("Skonto", "skonto", keep=3),
        col("Note", "note", keep=1),
    ),
    "Project": (
        col("ID", "id", **_ID),
        col("Name", "name", keep=7),
        col("Rate", "rate", right=True, keep=6),
        col("Billable", "billable", keep=4, cell=lambda value: "yes" if value else "no"),
        col("Archived", "archived", keep=1, cell=lambda value: "yes" if value else ""),
        col("Day rate", "day_rate", right=True, keep=6),
        col("Hours a day", "hours_per_day", right=True, keep=3),
        col("Half day from", "half_day_from_s", cell=_clock, right=True, keep=2),
        col("Budget", "budget_s", cell=_clock, right=True, keep=5),
        col("Budget in money", "budget", cell=_money, right=True, keep=5),
        col("Rounding", "rounding", keep=4),
        col("Note", "note", keep=1),
    ),
    "Invoice": (
        Column("Number", lambda row: row.number or row.id, keep=9, style="cyan"),
        col("Date", "date", cell=text.day, keep=7),
        col("Client", "client", keep=8),
        col("Net", "net", cell=_money, **{**_FIGURES, "keep": 4}),
        col("Gross", "gross", cell=_money, **_FIGURES),
        col("Open", "open", cell=_money, right=True, keep=6),
        col("Due", "due", cell=text.day, keep=5),
        col("State", "state", keep=8),
    ),
    "Line": (
        col("Text", "text", keep=9),
        col("Quantity", "quantity", **_FIGURES),
        col("Unit", "unit", keep=6),
        col("Price", "price", **_FIGURES),
        col("VAT %", "vat_rate", right=True, keep=5),
        col("Net", "net", cell=_money, **_FIGURES),
        col("Real", "duration_s", cell=_clock, right=True, keep=6),
    ),
    "Setting": (
        col("Setting", "name", keep=9, style="cyan"),
        col("Value", "value", keep=8),
        col("From", "source", keep=6),
        col("Meaning", "help", keep=3),
    ),
}
COLUMNS["Explained"] = COLUMNS["Setting"]


# A bar for each row, as long as this attribute is large: in tables only, where there is room.
BARS = {"HoursRow": "duration_s"}


def columns_of(kind: type) -> tuple[Column, ...]:
    """The columns of a type; a type without a declaration shows its fields as they are."""
    declared = COLUMNS.get(kind.__name__)
    if declared is None:
        from cowork_cli.output.encode import json_fields

        declared = tuple(
            col(key.replace("_", " ").capitalize(), name) for name, key in json_fields(kind)
        )
        COLUMNS[kind.__name__] = declared
    return declared


# ---- history, data, help


def _records(row: Any) -> list[str]:
    return [f"{record.action} {record.thing} {record.id}" for record in row.records]


def _yes(value: Any) -> str:
    return "ok" if value else "WRONG"


COLUMNS |= {
    "Change": (
        col("ID", "id", keep=2, right=True),
        col("When", "at", cell=lambda value: f"{value:%Y-%m-%d %H:%M}", keep=8),
        col("Command", "command", keep=9, style="cyan"),
        col("Kind", "kind", keep=1, table=False),
        col("State", "undone", cell=lambda value: "undone" if value else "", keep=7),
        Column("What", _records, keep=6),
    ),
    "Check": (
        col("Check", "name", keep=9, style="cyan"),
        col("Result", "ok", cell=_yes, keep=8),
        col("Found", "detail", keep=7),
    ),
    "TopicRow": (
        col("", "name", keep=9, style="cyan"),
        col("Meaning", "meaning", keep=8),
        col("More", "detail", keep=4),
    ),
    "FieldRow": (
        col("Command", "command", keep=8, style="cyan"),
        col("Field", "field", keep=9),
        col("Type", "type", keep=7),
    ),
}

# ---- spaces, desks, bookings, addresses, accounts


def _km(value: Any) -> str:
    return "" if value is None else f"{value:.1f} km" if value < 10 else f"{value:.0f} km"


def _short(length: int) -> Callable[[Any], str]:
    """Cut at `length` characters, for tables only."""

    def cut(value: Any) -> str:
        whole = "" if value is None else str(value)
        return whole if len(whole) <= length else whole[: length - 1].rstrip() + "…"

    return cut


def _there(value: Any) -> str:
    return ", ".join(
        name if known else f"no {name}" for name, known in value.items() if known is not None
    )


def _hours_of(row: Any) -> str | None:
    hours: str | None = row.hours.text
    return hours


def _open(value: Any) -> str:
    return value if value in ("open", "closed") else ""


def _end(value: Any) -> str:
    return "24:00" if f"{value:%H:%M}" == "00:00" else f"{value:%H:%M}"


def _slots(row: Any) -> list[str]:
    """As ISO 8601 intervals."""
    return [f"{slot.from_.isoformat()}/{slot.to.isoformat()}" for slot in row.slots]


def _spans(value: Any) -> str:
    ends = [(first[11:16], last[11:16]) for first, last in (slot.split("/") for slot in value)]
    return ", ".join(f"{first}–{'24:00' if last == '00:00' else last}" for first, last in ends)


def _free(value: Any) -> str:
    return {True: "free", False: "taken"}.get(value, "")


def _postal(row: Any) -> str:
    town = " ".join(part for part in (row.postcode, row.city) if part)
    return ", ".join(part for part in (row.street, town) if part)


COLUMNS |= {
    "Space": (
        col("Ref", "ref", keep=4, style="cyan"),
        col("Name", "name", cell=_short(34), keep=9),
        col("Distance", "distance_km", cell=_km, right=True, keep=7),
        col("Address", "address", cell=_short(30), keep=7),
        col("From", "price_from", cell=text.price, right=True, keep=7),
        col("Offers", "kinds", keep=2),
        col("Amenities", "amenities", cell=_there, keep=3),
        Column("Hours", _hours_of, cell=_short(22), keep=5),
        Column("State", lambda row: row.hours.state, cell=_open, keep=5),
        col("Phone", "phone", table=False),
        col("Website", "website", table=False),
        col("Lat", "lat", table=False),
        col("Lon", "lon", table=False),
        Column("As of", lambda row: row.sources[0].as_of if row.sources else None, table=False),
    ),
    "Desk": (
        col("Ref", "ref", keep=6, style="cyan"),
        col("Name", "name", keep=9),
        col("Kind", "kind", keep=8),
        col("People", "capacity", right=True, keep=5),
        col("Units", "units", right=True, keep=2),
        col("Price", "price", cell=text.price, right=True, keep=7),
        col("State", "free", cell=_free, keep=7),
        Column("Free time", _slots, cell=_spans, keep=7),
    ),
    "Booking": (
        col("ID", "id", **_ID),
        col("From", "from_", cell=text.moment, keep=9),
        col("To", "to", cell=_end, keep=9),
        col("Desk", "desk_name", keep=8),
        col("Space", "space_name", keep=7),
        col("State", "state", keep=8),
        col("Price", "price", cell=text.price, right=True, keep=6),
        col("For", "person", keep=5),
        col("Project", "project", keep=4),
        col("Title", "title", keep=3),
        col("Series", "series", keep=1),
        col("Account", "account", keep=2),
        col("Ref", "ref", table=False),
        col("Desk ref", "desk_ref", table=False),
        col("Time zone", "timezone", table=False),
    ),
    "OfficeAddress": (
        col("ID", "id", **_ID),
        col("Name", "name", keep=9),
        Column("Address", _postal, keep=8),
        col("Recipients", "recipient_names", keep=6),
        col("State", "state", keep=8),
        col("Starts", "starts", cell=text.day, keep=4),
        col("Ends", "ends", cell=text.day, keep=4),
        col("Price", "price", cell=text.price, right=True, keep=5),
        col("Provider", "provider", keep=3),
        col("Ref", "ref", table=False),
    ),
    "Account": (
        col("Account", "name", keep=9, style="cyan"),
        col("Provider", "provider", keep=7),
        col("On", "enabled", keep=8, cell=lambda value: "on" if value else "off"),
        col("Can", "capabilities", keep=6),
        col("Login", "login", keep=5),
        col("What it is", "title", keep=3),
    ),
    "AccountCheck": (
        col("Account", "name", keep=9, style="cyan"),
        col("State", "state", keep=9),
        col("Login", "login", keep=7),
        col("Works in cron", "cron", keep=6),
        col("Message", "message", keep=5),
    ),
    "Provider": (
        col("Provider", "name", keep=9, style="cyan"),
        col("What it is", "title", keep=6),
        col("Can", "capabilities", keep=7),
        col("State", "status", keep=8),
        col("Accounts", "accounts", keep=4),
        col("Settings", "settings", keep=2, table=False),
        col("Documentation", "docs", keep=1, table=False),
    ),
    "ImportReport": (
        col("File", "file", keep=5),
        col("Format", "format", keep=4),
        col("Added", "added", right=True, keep=9),
        col("Updated", "updated", right=True, keep=9),
        col("Unchanged", "unchanged", right=True, keep=9),
        Column("Skipped", lambda row: len(row.skipped), right=True, keep=9),
    ),
    "Removed": (
        col("Ref", "ref", keep=9, style="cyan"),
        col("Name", "name", keep=8),
        col("Desks", "desks", right=True, keep=4),
        col("Removed", "removed", keep=6, cell=lambda value: "yes" if value else "no"),
    ),
}
COLUMNS["SpaceDetails"] = COLUMNS["Space"]


# ---- hours brought in and written out

COLUMNS |= {
    "EntryImport": (
        col("File", "file", keep=5),
        col("Format", "format", keep=4),
        col("Rows", "rows", right=True, keep=8),
        col("Taken", "taken", right=True, keep=9),
        col("Unchanged", "unchanged", right=True, keep=9),
        Column("Adjusted", lambda row: len(row.adjusted), right=True, keep=8),
        Column("Skipped", lambda row: len(row.skipped), right=True, keep=9),
        col("New clients", "clients", keep=3),
        col("New projects", "projects", keep=3),
    ),
    "AdjustedRow": (
        col("Row", "line", right=True, keep=9, style="cyan"),
        col("File", "file", keep=3),
        col("From", "from_", cell=text.moment, keep=9),
        col("To", "to", cell=text.moment, keep=9),
        col("Project", "project", keep=7),
        col("Was from", "was_from", cell=text.moment, keep=5),
        col("Was to", "was_to", cell=text.moment, keep=5),
        col("Reason", "reason", keep=4),
    ),
    "SkippedRow": (
        col("Row", "line", right=True, keep=9, style="cyan"),
        col("File", "file", keep=7),
        col("Reason", "reason", keep=9),
    ),
}
