"""Payments of issued invoices. The state of an invoice follows from them."""

from datetime import date

from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.money import Money
from cowork_cli.errors import Conflict
from cowork_cli.services.drafts import find_invoice
from cowork_cli.store import invoices
from cowork_cli.store.store import Store


def pay(store: Store, number: str, amount: Money, on: date, today: date) -> Invoice:
    """Records a payment; a negative one takes back. Raises Conflict for what cannot be paid."""
    with store.transaction() as journal:
        invoice_id, found = find_invoice(store, number, today)
        if found.state in ("draft", "cancelled", "cancellation"):
            raise Conflict(
                f"{number} is a {found.state}, it cannot be paid", "see `cowork invoice list`"
            )
        if amount.minor == 0:
            raise Conflict("a payment of nothing is none", "give `--amount 120.50`")
        if found.paid.minor + amount.minor < 0:
            raise Conflict(
                f"only {found.paid} of {number} was paid, {-amount} cannot be taken back",
                f"see `cowork invoice show {number}`",
            )
        journal.insert(
            "payments", {"invoice_id": invoice_id, "day": on.isoformat(), "amount": amount.minor}
        )
        return invoices.invoice(store, invoice_id, today.isoformat())
