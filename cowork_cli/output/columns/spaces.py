"""Places, spaces, desks, and what an import of spaces did."""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.output.columns._column import Column, clock, col, money_parts, price_parts
from cowork_cli.output.habit import figures, signed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _km(value: Any) -> str:
    return "" if value is None else f"{signed(f'{value:.1f}' if value < 10 else f'{value:.0f}')} km"


def _there(value: Any) -> str:
    return ", ".join(
        name if known else f"no {name}" for name, known in value.items() if known is not None
    )


def _hours_of(row: Any) -> str | None:
    hours: str | None = row.hours.text
    return hours


def _open(value: Any) -> str:
    return value if value in ("open", "closed") else ""


def _slots(row: Any) -> list[str]:
    """As ISO 8601 intervals."""
    return [f"{slot.from_.isoformat()}/{slot.to.isoformat()}" for slot in row.slots]


def _spans(value: Any) -> str:
    ends = [(first[11:16], last[11:16]) for first, last in (slot.split("/") for slot in value)]
    return ", ".join(f"{first}–{'24:00' if last == '00:00' else last}" for first, last in ends)


def _free(value: Any) -> str:
    return {True: "free", False: "taken"}.get(value, "")


def _mbit(value: Any) -> str:
    return "" if value is None else f"{figures(value)} Mbit/s"


def _wait(value: Any) -> str:
    return "" if value is None else text.wait(value)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Place": (
        col("Postcode", "postcode", keep=8, style="cyan"),
        col("Place", "name", keep=9),
        col("Land", "land", keep=7),
        col("Lat", "lat", cell=lambda value: f"{value:.4f}", right=True),
        col("Lon", "lon", cell=lambda value: f"{value:.4f}", right=True),
    ),
    "PlacesUpdated": (
        col("Country", "country", keep=9, style="cyan"),
        col("Places", "places", right=True, keep=8),
        col("Postcodes", "postcodes", right=True, keep=7),
        col("As of", "as_of", keep=5),
        col("Source", "source", keep=4),
        col("Without point", "without_point", right=True, keep=3),
    ),
    "Space": (
        col("Ref", "ref", keep=4, style="cyan"),
        col("Name", "name", keep=9),
        col("Distance", "distance_km", cell=_km, right=True, keep=8),
        col("Address", "address", keep=7),
        col("From", "price_from", cell=text.price, right=True, keep=8),
        col("Offers", "kinds", keep=2),
        col("Amenities", "amenities", cell=_there, keep=3),
        Column("Hours", _hours_of, one_line=True, keep=5),
        Column("State", lambda row: row.hours.state, cell=_open, keep=5),
        col("Phone", "phone", table=False),
        col("Website", "website", table=False),
        col("Lat", "lat", table=False),
        col("Lon", "lon", table=False),
        Column("As of", lambda row: row.sources[0].as_of if row.sources else None, table=False),
        col("Unknown", "unknown", keep=7),
        *price_parts("From", "price_from"),
    ),
    "Desk": (
        col("Ref", "ref", keep=6, style="cyan"),
        col("Name", "name", keep=9),
        col("Kind", "kind", keep=8),
        col("People", "capacity", right=True, keep=5),
        col("Units", "units", right=True, keep=2),
        col("Price", "price", cell=text.price, right=True, keep=8),
        col("State", "free", cell=_free, keep=7),
        Column("Free time", _slots, cell=_spans, keep=8),
        *price_parts("Price", "price"),
    ),
    "Plan": (
        col("ID", "id", keep=9, style="cyan"),
        col("Space", "space_name", keep=8),
        col("Plan", "name", keep=8),
        col("Kind", "kind", keep=6),
        col("Price", "price", cell=text.price, right=True, keep=8),
        col("Days", "count", right=True, keep=4),
        col("A day", "day_price", cell=text.price, right=True, keep=3),
        col("Within", "expires", keep=3),
        col("Setup", "setup_fee", cell=text.money, right=True, keep=3),
        col("Deposit", "deposit", cell=text.money, right=True, keep=3),
        col("Term", "min_term", keep=4),
        col("Notice", "notice", keep=4),
        col("Since", "valid_from", keep=5),
        col("Source", "source", one_line=True, keep=2),
        Column("Extras", lambda row: [str(extra) for extra in row.extras], keep=2),
        col("Note", "note", keep=8),
        *price_parts("Price", "price"),
        *price_parts("A day", "day_price"),
        *money_parts(("Setup", "setup_fee"), ("Deposit", "deposit")),
        col("Quota", "quota", right=True, keep=4),
        col("Period", "period", keep=2),
        col("Counts from", "counts_from", keep=2),
        col("Weekdays", "weekdays", keep=3),
        col("Hours", "open_hours", keep=2),
        col("No holidays", "excludes_holidays", keep=2),
        col("Stackable", "stackable", keep=3),
        col("At once", "max_active", right=True, keep=2),
        col("Seat", "seat", keep=2),
        col("Room", "room_credit_s", cell=clock, right=True, keep=2),
        col("Credits a day", "day_credits", right=True, keep=2),
        col("Team only", "team_only", keep=2),
        col("Until", "valid_until", keep=3),
    ),
    "Visit": (
        col("ID", "id", keep=9, style="cyan"),
        col("Space", "space_name", keep=8),
        col("Date", "date", keep=8),
        col("Down", "down_mbit", cell=_mbit, right=True, keep=7),
        col("Up", "up_mbit", cell=_mbit, right=True, keep=7),
        col("Noise", "noise", keep=6),
        col("dB", "noise_db", right=True, keep=5),
        col("Booths", "booths", right=True, keep=5),
        col("Booth rules", "booth_rules", one_line=True, keep=3),
        col("Chair", "chair", keep=5),
        col("Sockets", "sockets", keep=5),
        col("Daylight", "daylight", keep=4),
        col("Answer", "answer_s", cell=_wait, right=True, keep=4),
        col("Note", "note", keep=8),
    ),
    "ImportReport": (
        col("File", "file", keep=5),
        col("Format", "format", keep=4),
        col("Added", "added", right=True, keep=9),
        col("Updated", "updated", right=True, keep=9),
        col("Unchanged", "unchanged", right=True, keep=9),
        Column("Skipped", lambda row: len(row.skipped), right=True, keep=9),
    ),
    "Region": (
        col("Near", "near", keep=9),
        Column("Account", lambda row: [part.account for part in row.accounts], keep=8),
        col("Spaces", "spaces", right=True, keep=9),
        Column("Parts", lambda row: sum(part.parts for part in row.accounts), right=True, keep=5),
        Column("Done", lambda row: sum(part.done for part in row.accounts), right=True, keep=6),
    ),
    "Removed": (
        col("Ref", "ref", keep=9, style="cyan"),
        col("Name", "name", keep=8),
        col("Desks", "desks", right=True, keep=4),
        col("Removed", "removed", keep=6, cell=lambda value: "yes" if value else "no"),
    ),
}
COLUMNS["ListedSpace"] = tuple(
    col("State", "opening", keep=5) if column.header == "State" else column
    for column in COLUMNS["Space"]
)
COLUMNS["SpaceDetails"] = COLUMNS["NotedSpace"] = COLUMNS["Space"]
