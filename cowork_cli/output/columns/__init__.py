"""The columns of each type, declared once: for tables, plain lines and CSV alike.

A column with a high `keep` stays longest on a narrow terminal; the order is the order of plain
output, where columns are only ever added at the end. A module of columns is loaded for the type that
is shown.
"""

from __future__ import annotations

from importlib import import_module

from cowork_cli.output.columns._column import ABOUT, Column, clock, col

__all__ = ["ABOUT", "BARS", "HOMES", "Column", "columns_named", "columns_of"]

HOMES: dict[str, str] = {
    "Entry": "hours",
    "Gap": "hours",
    "HoursRow": "hours",
    "UnbilledRow": "hours",
    "BudgetRow": "hours",
    "EntryImport": "hours",
    "AdjustedRow": "hours",
    "SkippedRow": "hours",
    "Client": "clients",
    "Project": "clients",
    "Invoice": "invoices",
    "Line": "invoices",
    "Quote": "quotes",
    "QuoteLine": "quotes",
    "InvoicePlan": "quotes",
    "PlanLine": "quotes",
    "PlanPeriod": "quotes",
    "Finding": "checking",
    "ShownLine": "checking",
    "Expense": "books",
    "VatReportRow": "books",
    "VatLine": "books",
    "BooksFile": "books",
    "SalesListRow": "books",
    "ProfitRow": "books",
    "WriteOff": "books",
    "ClientRow": "books",
    "DeskCost": "books",
    "BankBooking": "bank",
    "BankImport": "bank",
    "Match": "bank",
    "Setting": "home",
    "Change": "home",
    "WaitingChange": "home",
    "Check": "home",
    "TopicRow": "topics",
    "FieldRow": "topics",
    "ColumnRow": "topics",
    "Account": "accounts",
    "AccountCheck": "accounts",
    "Provider": "accounts",
    "Explained": "home",
    "Place": "spaces",
    "PlacesUpdated": "spaces",
    "Space": "spaces",
    "Desk": "spaces",
    "Plan": "spaces",
    "Visit": "spaces",
    "MixRow": "tariffs",
    "OpenQuestion": "tariffs",
    "Variation": "tariffs",
    "BreakEvenRow": "tariffs",
    "LeaseRow": "tariffs",
    "Membership": "tariffs",
    "Holding": "tariffs",
    "Event": "events",
    "TourStop": "events",
    "Booking": "bookings",
    "CalendarDay": "bookings",
    "StandingOrder": "bookings",
    "Absence": "bookings",
    "HeldAddress": "addresses",
    "AddressOrder": "addresses",
    "Person": "people",
    "Talk": "people",
    "OriginRow": "people",
    "Job": "people",
    "JobPart": "people",
    "JobHours": "people",
    "Member": "people",
    "TeamRow": "people",
    "Feedback": "people",
    "Answer": "people",
    "Contract": "office",
    "Post": "office",
    "Deadline": "office",
    "AddressOffer": "office",
    "UseRow": "office",
    "DossierItem": "office",
    "MoveRow": "office",
    "ImportReport": "spaces",
    "Region": "spaces",
    "Removed": "spaces",
    "ListedSpace": "spaces",
    "NotedSpace": "spaces",
    "SpaceDetails": "spaces",
    "Day": "days",
    "LogPlace": "days",
    "MonthFlag": "days",
    "Reminder": "days",
    "DayRule": "days",
    "RuleSource": "days",
    "PlaceCounter": "days",
    "CommuteRow": "days",
    "Lack": "days",
    "PlaceRow": "days",
    "Trial": "days",
}
# A bar for each row, as long as this attribute is large: in tables only, where there is room.
BARS = {"HoursRow": "duration_s"}


def columns_named(name: str) -> tuple[Column, ...] | None:
    """The declared columns of the type of this name, None if there are none."""
    home = HOMES.get(name)
    if home is None:
        return None
    declared: tuple[Column, ...] = import_module(f"{__name__}.{home}").COLUMNS[name]
    return declared


def columns_of(kind: type) -> tuple[Column, ...]:
    """The columns of a type; a type without a declaration shows its fields as they are."""
    declared = columns_named(kind.__name__)
    if declared is not None:
        return declared
    from cowork_cli.domain.as_json import json_fields

    return tuple(_field(name, key) for name, key in json_fields(kind))


def _field(name: str, key: str) -> Column:
    """The column of a field as it is; seconds (`duration_s`) are shown as `8:00`, figures to the right."""
    header = key.replace("_", " ").capitalize()
    if key.endswith("_s"):
        return col(header, name, label=header[:-2], cell=clock, right=True)
    return col(header, name)
