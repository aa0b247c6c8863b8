"""Payments of issued invoices. The state of an invoice follows from them."""

from datetime import date

from cowork_cli.domain.invoice import Invoice, VatRow, vat_amount
from cowork_cli.domain.money import Money
from cowork_cli.domain.settlement import shares
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.services.invoices.drafts import find_invoice
from cowork_cli.store import invoice_parts, invoices
from cowork_cli.store.engine.store import Store


def pay(store: Store, number: str, amount: Money, on: date, today: date) -> Invoice:
    """Records a payment; a negative one takes back. Raises BadInput, Conflict for what cannot be paid."""
    with store.transaction():
        invoice_id, found = find_invoice(store, number, today)
        refuse_payment(store, invoice_id, found, amount, on, today)
        invoice_parts.add_payment(store, invoice_id, on, amount.minor)
        return invoices.invoice(store, invoice_id, today.isoformat())


def refuse_payment(
    store: Store,
    invoice_id: int,
    found: Invoice,
    amount: Money,
    on: date,
    today: date,
    booking: str | None = None,
) -> None:
    """Raises BadInput, Conflict for a payment that cannot be: of a draft, in the future, of nothing …

    `booking` is that of the bank whose day `on` is, where nobody typed it.
    """
    see = f"see it with `cowork bank show {booking}`" if booking else None
    if found.state in ("draft", "cancelled", "cancellation"):
        raise Conflict(
            f"{found.id} is a {found.state}, it cannot be paid"
            if found.state != "cancelled"
            else f"{found.id} is cancelled by {found.cancelled_by}, it cannot be paid",
            "see `cowork invoice list`",
        )
    if amount.currency != found.currency:
        raise Conflict(
            f"invoice {found.id} is in {found.currency}, the payment in {amount.currency}",
            f"record what it pays in {found.currency}: `cowork invoice pay {found.id} "
            f"{found.open.amount:f} --on {on}`",
        )
    if amount.minor == 0:
        raise Conflict("a payment of nothing is none", "give `--amount 120.50`")
    if on > today:
        raise BadInput(f"the payment date {on} is in the future", see or "give another `--on`")
    if found.date and on < found.date:
        raise Conflict(
            f"the payment date {on} is before the date of invoice {found.id} ({found.date})",
            see or "give a later `--on`",
        )
    paid = sum(payment.minor for payment in invoice_parts.payments(store, invoice_id))
    if paid + amount.minor < 0:
        raise Conflict(
            f"only {Money(paid, found.currency)} of {found.id} was paid, "
            f"{-amount} cannot be taken back",
            f"see `cowork invoice show {found.id}`",
        )
    _refuse_deducted(store, invoice_id, found, amount)


def skonto_taken(store: Store, invoice_row: int) -> Money:
    """What the client deducted for paying early, with its VAT; nothing is zero."""
    found = invoices.invoice(store, invoice_row, "9999-12-31")
    return found.skonto_taken or Money(0, found.currency)


def skonto_split(store: Store, invoice_row: int) -> tuple[VatRow, ...]:
    """By how much skonto lowers the base and the VAT of each rate (§ 17 (1) UStG).

    Base and VAT of all rows add up to what was deducted.
    """
    found = invoices.invoice(store, invoice_row, "9999-12-31")
    return split(found.skonto_taken or Money(0, found.currency), found)


def split(amount: Money, invoice: Invoice) -> tuple[VatRow, ...]:
    """A part of the total of an invoice by rate: each rate bears its share of the total."""
    currency = invoice.currency
    parts = shares(amount.minor, [row.base.minor + row.amount.minor for row in invoice.vat])
    rows = []
    for row, part in zip(invoice.vat, parts, strict=True):
        base = Money.of(Money(part, currency).amount * 100 / (100 + row.rate), currency)
        vat = Money(part, currency) - base if row.rate else vat_amount(base, row.rate)
        rows.append(VatRow(row.rate, row.category, base, vat, row.reason))
    return tuple(rows)


def _refuse_deducted(store: Store, invoice_id: int, found: Invoice, amount: Money) -> None:
    """What an issued invoice deducts as paid stays paid."""
    if amount.minor > 0 or found.state != "paid":
        return
    other = invoice_parts.deducted_on(store, invoice_id)
    if other and found.open.minor - amount.minor > 0:
        raise Conflict(
            f"{found.number} is deducted as paid on {other}",
            f"see it with `cowork invoice show {other}`",
        )
