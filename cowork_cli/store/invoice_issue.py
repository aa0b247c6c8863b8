"""A draft becomes an invoice: its number is taken for good, and what it bills is marked."""

from datetime import date
from typing import Any

from cowork_cli.errors import Conflict, RuleBroken
from cowork_cli.store import entries, expenses, invoice_parts, invoices
from cowork_cli.store.engine import given_numbers
from cowork_cli.store.engine.many import Updating
from cowork_cli.store.engine.store import Store


def take_number(store: Store, series: str, year: int, first: int) -> int:
    """The next number of a series, taken for good with the caller's transaction.

    `year` is 0 for a series that does not restart; `first` is the lowest number that may be taken.
    """
    number = next_number(store, series, year, first)
    given_numbers.give(store.connection, series, year, number)
    return number


def next_number(store: Store, series: str, year: int, first: int) -> int:
    """The number that `take_number` would take now."""
    return max(first, last_number(store, series, year) + 1)


def last_number(store: Store, series: str, year: int) -> int:
    """The last number used, 0 for none."""
    return (
        store.value("SELECT last FROM number_series WHERE series = ? AND year = ?", series, year)
        or 0
    )


def last_date(store: Store, series: str) -> date | None:
    """The date of the invoice of a series that was dated last."""
    last = store.value(
        "SELECT max(date) FROM invoices WHERE state = 'issued' AND series = ?", series
    )
    return date.fromisoformat(last) if last else None


def issue(store: Store, draft_id: int, changes: dict[str, Any], hours: Updating) -> None:
    """Makes a draft an invoice and marks its `entries.to_bill`, in a transaction of the caller.

    The skonto agreed with the client is frozen with it. Raises Conflict for a number that is used,
    and where an invoice that it deducts is not paid any more.
    """
    skonto, cancels = store.row(
        "SELECT c.skonto, i.cancels_id FROM invoices i JOIN clients c ON c.id = i.client_id "
        "WHERE i.id = ?",
        draft_id,
    )
    if cancels is None:
        _refuse_unpaid(store, draft_id)
    frozen = {"state": "issued", "skonto": skonto if cancels is None else None, **changes}
    try:
        store.journal.update("invoices", draft_id, frozen)
    except RuleBroken as broken:
        raise Conflict(
            f"the number {changes['number']} is used already ({broken.message})",
            "see `cowork invoice list`",
        ) from broken
    entries.change_many(store, hours)
    if cancels is not None:
        _refuse_deducted(store, cancels)
        expenses.release(store, cancels)


def _refuse_unpaid(store: Store, invoice_id: int) -> None:
    """Raises Conflict where an invoice that a draft deducts is cancelled or not paid any more."""
    for prepaid_id in invoice_parts.prepaid_ids(store, invoice_id):
        prepaid = invoices.invoice(store, prepaid_id, "0001-01-01")
        if prepaid.state != "paid":
            raise Conflict(
                f"invoice {prepaid.number} is deducted, but it is {prepaid.state}",
                f"take it out with `cowork invoice prepaid draft-{invoice_id} "
                f"--invoice {prepaid.number} --remove`",
            )


def _refuse_deducted(store: Store, invoice_id: int) -> None:
    """Raises Conflict where an issued invoice deducts this one, which is to be cancelled."""
    other = invoice_parts.deducted_on(store, invoice_id)
    if other and not other.startswith("draft-"):
        raise Conflict(
            f"invoice {other} deducts it as paid",
            f"cancel that first: `cowork invoice cancel {other} --reason TEXT`",
        )
