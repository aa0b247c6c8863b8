"""The day log: days, places, what they support, ways, trials."""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.output.columns._column import (
    FIGURES,
    ID,
    Column,
    clock,
    col,
    money,
    money_parts,
    percent,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _stays(row: Any) -> list[str]:
    return [
        f"{stay.title or stay.place} {text.clock_duration(stay.duration_s)}" for stay in row.stays
    ]


def _away(row: Any) -> str | None:
    return None if row.away_from is None else f"{row.away_from}..{row.away_to}"


def _km(value: Any) -> str:
    return "" if value is None else f"{value:f}"


def _kilograms(value: Any) -> str:
    return "" if value is None else f"{value / 1000:.1f} kg"


def _yes(value: Any) -> str:
    return "" if value is None else "yes" if value else "no"


def _side(side: str, name: str, header: str, cell: Any = None, keep: int = 5) -> Column:
    return Column(
        header, lambda row: getattr(getattr(row, side), name), cell=cell, right=True, keep=keep
    )


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Day": (
        col("Day", "date", cell=text.day, keep=9),
        col("Class", "class_", keep=9, style="cyan"),
        col("Kind", "kind", keep=7),
        col("Work", "duration_s", cell=text.clock_duration, total=True, **FIGURES),
        col("At home", "home_s", cell=text.clock_duration, right=True, keep=6),
        Column("Where", _stays, keep=8),
        Column("Away", _away, keep=5),
        col("Driven km", "driven_km", cell=_km, right=True, keep=3),
        col("Purpose", "purpose", keep=4),
        col("Note", "note", keep=2),
        col("Exactly half", "exactly_half", cell=lambda value: "yes" if value else "", keep=1),
        col("Hours then", "tracked_s", cell=text.clock_duration, right=True, keep=1),
    ),
    "LogPlace": (
        col("Place", "title", **ID),
        col("Kind", "kind", keep=9),
        col("Km", "way_km", cell=_km, right=True, keep=8),
        col("Way", "way_s", cell=clock, right=True, keep=7),
        col("By", "mode", keep=7),
        col("Fare", "fare", cell=money, right=True, keep=5),
        col("Country", "country", keep=3),
        col("First place", "first_place", cell=_yes, keep=6),
        col("Since", "first_from", cell=text.day, keep=2),
        col("Lasting", "lasting", cell=_yes, keep=4),
        col("Instead of", "instead_of", keep=4),
        col("Name", "name", table=False),
        *money_parts(("Fare", "fare")),
    ),
    "MonthFlag": (
        col("Month", "month", **ID),
        col("Other workplace", "other_workplace", keep=9),
    ),
    "Reminder": (
        col("Day", "date", cell=text.day, keep=9),
        col("Hours", "tracked_s", cell=text.clock_duration, right=True, keep=8),
        col("Log it with", "command", keep=9),
    ),
    "DayRule": (
        col("Year", "year", right=True, keep=6, style="cyan"),
        col("What", "what", keep=9),
        col("Reading", "reading", keep=7),
        col("Days", "days", **FIGURES),
        col("Quantity", "quantity", cell=_km, right=True, keep=4),
        col("Unit", "unit", keep=3),
        col("Amount", "amount", cell=money, right=True, keep=9),
        col("State", "state", keep=8),
        col("Cap", "cap", cell=money, right=True, keep=1),
        col("Under", "source", keep=5),
        col("Note", "note", keep=4),
        col("Rule", "rule", table=False),
        *money_parts(("Amount", "amount"), ("Cap", "cap")),
    ),
    "RuleSource": (
        col("Year", "year", right=True, keep=8, style="cyan"),
        col("Rule", "rules", keep=7),
        col("Under", "source", keep=9),
    ),
    "PlaceCounter": (
        col("Year", "year", right=True, keep=6, style="cyan"),
        col("Place", "place", keep=9),
        col("Days", "days", **FIGURES),
        col("Full days", "full_days", right=True, keep=5),
        col("Days a week", "days_per_week", cell=_km, right=True, keep=6),
        col("Weeks with two", "weeks_two_full", right=True, keep=5),
        col("Of weeks", "weeks", right=True, keep=4),
        col("Share", "share", cell=percent, right=True, keep=7),
        col("Lasting", "lasting", cell=_yes, keep=4),
        col("Marked", "marked", cell=_yes, keep=4),
        col("Rule met", "rule_met", keep=8),
        col("Each day", "each_day", cell=_yes, keep=1),
        col("Under", "source", table=False),
    ),
    "CommuteRow": (
        col("By", "mode", **ID),
        col("Ways", "ways", **FIGURES),
        col("Time", "way_s", cell=clock, right=True, keep=6),
        col("Km", "way_km", cell=_km, right=True, keep=9),
        col("Money", "money", cell=money, right=True, keep=5),
        col("CO2", "co2_g", cell=_kilograms, right=True, keep=8),
        col("Without: time", "without_s", cell=clock, right=True, keep=3),
        col("Without: km", "without_km", cell=_km, right=True, keep=7),
        col("Without: money", "without_money", cell=money, right=True, keep=2),
        col("Without: CO2", "without_co2_g", cell=_kilograms, right=True, keep=6),
        col("g/km", "factor", right=True, keep=4),
        col("Of", "factor_year", right=True, keep=2),
        col("Source", "source", keep=1),
        *money_parts(("Money", "money"), ("Without: money", "without_money")),
    ),
    "Lack": (
        col("Days", "days", right=True, keep=8),
        col("Lacking", "what", keep=9),
        col("First", "first", cell=text.day, keep=3),
        col("Mend it with", "command", keep=7),
        col("Lack", "lack", table=False),
        col("Place", "place", table=False),
    ),
    "PlaceRow": (
        col("Place", "place", **ID),
        col("Kind", "kind", keep=6),
        col("Days", "days", right=True, keep=5),
        col("Hours", "duration_s", cell=text.clock_duration, total=True, **FIGURES),
        col("Billable", "billable_s", cell=text.clock_duration, total=True, right=True, keep=6),
        col("Share", "share", cell=percent, right=True, keep=8),
        col("Sessions", "sessions", right=True, keep=4),
        col("A session", "session_s", cell=text.clock_duration, right=True, keep=7),
        col("Late days", "late_days", right=True, keep=7),
    ),
    "Trial": (
        col("Trial", "name", **ID),
        col("From", "from_", cell=text.day, keep=8),
        col("To", "to", cell=text.day, keep=7),
        _side("before", "duration_s", "Hours before", text.clock_duration, 7),
        _side("during", "duration_s", "Hours", text.clock_duration, 8),
        _side("before", "share", "Billable before", percent, 6),
        _side("during", "share", "Billable", percent, 7),
        _side("before", "cost", "Cost before", money, 5),
        _side("during", "cost", "Cost", money, 6),
        _side("before", "commute_km", "Km before", _km, 4),
        _side("during", "commute_km", "Km", _km, 5),
        col("Place", "place", keep=2),
        col("Note", "note", keep=1),
        _side("before", "commute_s", "Way before", text.clock_duration, 2),
        _side("during", "commute_s", "Way", text.clock_duration, 3),
        *money_parts(("Cost before", "before.cost"), ("Cost", "during.cost")),
    ),
}
