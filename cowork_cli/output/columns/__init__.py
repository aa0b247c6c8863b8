"""The columns of each type, declared once: for tables, plain lines and CSV alike.

A column with a high `keep` stays longest on a narrow terminal; the order is the order of plain
output, where columns are only ever added at the end. A module of columns is loaded for the type that
is shown.
"""

from __future__ import annotations

from importlib import import_module

from cowork_cli.output.columns._column import Column, col

__all__ = ["BARS", "HOMES", "Column", "columns_of"]

HOMES: dict[str, str] = {
    "Entry": "hours",
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
    "Finding": "checking",
    "ShownLine": "checking",
    "Expense": "books",
    "VatReportRow": "books",
    "VatLine": "books",
    "BooksFile": "books",
    "SalesListRow": "books",
    "ProfitRow": "books",
    "ClientRow": "books",
    "DeskCost": "books",
    "BankBooking": "bank",
    "BankImport": "bank",
    "Match": "bank",
    "Setting": "home",
    "Change": "home",
    "Check": "home",
    "TopicRow": "topics",
    "FieldRow": "topics",
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
    "Booking": "bookings",
    "CalendarDay": "bookings",
    "StandingOrder": "bookings",
    "Absence": "bookings",
    "HeldAddress": "addresses",
    "AddressOrder": "addresses",
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
}
# A bar for each row, as long as this attribute is large: in tables only, where there is room.
BARS = {"HoursRow": "duration_s"}


def columns_of(kind: type) -> tuple[Column, ...]:
    """The columns of a type; a type without a declaration shows its fields as they are."""
    home = HOMES.get(kind.__name__)
    if home is not None:
        declared: tuple[Column, ...] = import_module(f"{__name__}.{home}").COLUMNS[kind.__name__]
        return declared
    from cowork_cli.domain.as_json import json_fields

    return tuple(col(key.replace("_", " ").capitalize(), name) for name, key in json_fields(kind))
