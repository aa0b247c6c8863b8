"""Business terms that must be there: BR-01 to BR-65 and the presence rules among BR-CO."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from cowork_cli.domain.einvoice import Allowance, EInvoice, Finding, ReadLine, Side
from cowork_cli.domain.period import Period
from cowork_cli.services.invoices.rules._say import error, of, warning

WITHOUT_LINES = ("MINIMUM", "BASIC WL")


def check(invoice: EInvoice, today: date) -> Iterator[Finding]:
    """What is missing."""
    yield from _missing(_document(invoice))
    yield from _profile(invoice)
    yield from _parties(invoice)
    yield from _periods(invoice)
    for line in invoice.lines:
        yield from _line(line, negative=invoice.is_extended)
        if line.base_quantity is not None and line.base_quantity <= 0:
            say = error if invoice.follows_peppol else warning
            yield say("PEPPOL-EN16931-R121", f"the base quantity of {of(line)} is not above zero")
    for row in invoice.allowances:
        yield from _allowance(row)
    yield from _breakdowns(invoice)
    yield from _rest(invoice)


def _missing(rows: Iterable[tuple[str, Any, str]]) -> Iterator[Finding]:
    for rule, value, what in rows:
        if value is None or value == "" or value == ():
            yield error(rule, f"{what} is missing")


def _document(invoice: EInvoice) -> list[tuple[str, Any, str]]:
    totals, seller, buyer = invoice.totals, invoice.seller, invoice.buyer
    minimum = invoice.level == "MINIMUM"
    rows: list[tuple[str, Any, str]] = [
        ("BR-01", invoice.spec_id, "the specification id (BT-24)"),
        ("BR-02", invoice.number, "the invoice number (BT-1)"),
        ("BR-03", invoice.issued, "the issue date (BT-2)"),
        ("BR-04", invoice.type_code, "the type code (BT-3)"),
        ("BR-05", invoice.currency, "the currency (BT-5)"),
        ("BR-06", seller.name, "the name of the seller (BT-27)"),
        ("BR-07", buyer.name, "the name of the buyer (BT-44)"),
        ("BR-08", seller.address, "the address of the seller (BG-5)"),
        ("BR-09", seller.country, "the country of the seller (BT-40)"),
        ("BR-13", totals.net, "the total without VAT (BT-109)"),
        ("BR-14", totals.gross, "the total with VAT (BT-112)"),
        ("BR-15", totals.due, "the amount due (BT-115)"),
    ]
    if not minimum:  # which has neither
        rows += [
            ("BR-10", buyer.address, "the address of the buyer (BG-8)"),
            ("BR-11", buyer.country, "the country of the buyer (BT-55)"),
            ("BR-12", totals.lines, "the sum of the lines (BT-106)"),
        ]
    return rows


def _profile(invoice: EInvoice) -> Iterator[Finding]:
    if invoice.level in WITHOUT_LINES:
        say = error if invoice.seller.country in ("DE", None) else warning
        yield say(
            "PROFILE",
            f"profile {invoice.level} has no lines: a booking aid, no invoice (§ 14 (4) no. 5 UStG)",
        )
        return
    if invoice.spec_id and invoice.level is None:
        yield warning(
            "PROFILE",
            f"the specification id {invoice.spec_id} is not known here; EN 16931 is checked",
        )
    if not invoice.lines:
        yield error("BR-16", "there is no invoice line")
    if not invoice.breakdowns:
        yield error("BR-CO-18", "there is no VAT breakdown (BG-23)")


def _parties(invoice: EInvoice) -> Iterator[Finding]:
    seller = invoice.seller
    if not (seller.ids or seller.legal_id or seller.vat_id):
        yield error(
            "BR-CO-26", "the seller has no id (BT-29), register number (BT-30) or VAT id (BT-31)"
        )
    if invoice.payee is not None and not invoice.payee.name:
        yield error("BR-17", "the payee has no name (BT-59)")
    agent = invoice.representative
    if agent is not None:
        yield from _missing(
            [
                ("BR-18", agent.name, "the name of the tax representative (BT-62)"),
                ("BR-19", agent.address, "the address of the tax representative (BG-12)"),
                ("BR-20", agent.country, "the country of the tax representative (BT-69)"),
                ("BR-56", agent.vat_id, "the VAT id of the tax representative (BT-63)"),
            ]
        )
    for rule, term, party in (("BR-62", "BT-34", seller), ("BR-63", "BT-49", invoice.buyer)):
        yield from _endpoint(rule, term, party)


def _endpoint(rule: str, term: str, party: Side) -> Iterator[Finding]:
    if party.endpoint is not None and not party.endpoint.scheme:
        yield error(rule, f"the electronic address {term} has no scheme")


def _periods(invoice: EInvoice) -> Iterator[Finding]:
    if invoice.period is not None:
        yield from _period(invoice.period, "BR-CO-19", "BR-29", "the invoicing period")
    if invoice.tax_point is not None and invoice.tax_point_code:
        yield error("BR-CO-3", "both the tax point date (BT-7) and its code (BT-8) are given")


def _period(period: Period, empty: str, order: str, what: str) -> Iterator[Finding]:
    if period.from_ is None and period.to is None:
        yield error(empty, f"{what} has neither start nor end")
    elif period.from_ and period.to and period.to < period.from_:
        yield error(order, f"{what} ends ({period.to}) before it begins ({period.from_})")


def _line(line: ReadLine, *, negative: bool) -> Iterator[Finding]:
    """`negative`: whether a price may be below zero, which only profile EXTENDED lets pass."""
    at = of(line)
    if not line.counted:
        return
    yield from _missing(
        [
            ("BR-21", line.id, "the id of a line (BT-126)"),
            ("BR-22", line.quantity, f"the quantity of {at} (BT-129)"),
            ("BR-23", line.unit, f"the unit of {at} (BT-130)"),
            ("BR-24", line.net, f"the net amount of {at} (BT-131)"),
            ("BR-25", line.name, f"the name of {at} (BT-153)"),
            ("BR-26", line.price, f"the price of {at} (BT-146)"),
            ("BR-CO-4", line.category, f"the VAT category of {at} (BT-151)"),
        ]
    )
    if line.price is not None and line.price < 0 and not negative:
        yield error("BR-27", f"the price of {at} is negative ({line.price:f})")
    if line.gross_price is not None and line.gross_price < 0 and not negative:
        yield error("BR-28", f"the gross price of {at} is negative ({line.gross_price:f})")
    if line.period is not None:
        yield from _period(line.period, "BR-CO-20", "BR-30", f"the period of {at}")
    for row in line.allowances:
        kind = "charge" if row.charge else "allowance"
        amount, why = ("BR-43", "BR-44") if row.charge else ("BR-41", "BR-42")
        yield from _missing([(amount, row.amount, f"the amount of the {kind} on {at}")])
        if not (row.reason or row.reason_code):
            yield error(why, f"the {kind} on {at} has neither reason nor reason code")


def _allowance(row: Allowance) -> Iterator[Finding]:
    kind = "charge" if row.charge else "allowance"
    amount, category, why = (
        ("BR-36", "BR-37", "BR-38") if row.charge else ("BR-31", "BR-32", "BR-33")
    )
    yield from _missing(
        [
            (amount, row.amount, f"the amount of a document {kind}"),
            (category, row.category, f"the VAT category of a document {kind}"),
            (why, row.reason or row.reason_code, f"the reason of a document {kind}"),
        ]
    )


def _breakdowns(invoice: EInvoice) -> Iterator[Finding]:
    for row in invoice.breakdowns:
        at = f"the VAT breakdown {row.category or ''}".rstrip()
        yield from _missing(
            [
                ("BR-45", row.base, f"the taxable amount of {at} (BT-116)"),
                ("BR-46", row.amount, f"the tax amount of {at} (BT-117)"),
                ("BR-47", row.category, "the category of a VAT breakdown (BT-118)"),
            ]
        )
        if row.rate is None and row.category != "O":
            yield error("BR-48", f"the rate of {at} is missing (BT-119)")


def _rest(invoice: EInvoice) -> Iterator[Finding]:
    for payment in invoice.payments:
        if not payment.code:
            yield error("BR-49", "a payment instruction has no code (BT-81)")
    for attachment in invoice.attachments:
        if not attachment.reference:
            yield error("BR-52", "a supporting document has no reference (BT-122)")
    if invoice.tax_currency and invoice.totals.vat_own is None:
        yield error(
            "BR-53", f"the VAT total in the accounting currency {invoice.tax_currency} is missing"
        )
    for earlier in invoice.preceding:
        if not earlier.number:
            yield error("BR-55", "a reference to an earlier invoice has no number (BT-25)")
