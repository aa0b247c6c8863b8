"""What must be known before a number is taken: § 14 UStG, EN 16931, and XRechnung for public buyers.

All that is missing is named at once, each with the command that sets it.
"""

import re
from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.data.currencies import digits_of
from cowork_cli.data.tax import EU
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import Invoice, InvoiceDocument
from cowork_cli.domain.party import Party
from cowork_cli.errors import Conflict

SMALL_AMOUNT_MINOR = 250_00  # § 33 UStDV, 2026: up to 250 EUR gross the buyer need not be named
_ADDRESS = ("street", "postcode", "city")

Missing = list[tuple[str, str]]


def refuse_incomplete(
    draft: Invoice, client: Client, seller: Party, iban: str | None, *, small_business: bool
) -> None:
    """Raises Conflict for missing data of either side, and for VAT that must not stand there."""
    categories = {line.vat_category for line in draft.lines}
    missing = missing_of_seller(seller)
    missing += _buyer(draft, client, categories)
    missing += _case(client, seller, categories)
    if client.type == "public":
        missing += _xrechnung(client, seller, iban)
    if missing:
        missing = list(dict.fromkeys(missing))
        commands = dict.fromkeys(command for _, command in missing)
        raise Conflict(
            f"the invoice cannot be issued, missing: {', '.join(name for name, _ in missing)}",
            "; ".join(f"`{command}`" for command in commands),
        )
    _refuse_wrong_vat(draft, client, categories, small_business=small_business)
    _refuse_wrong_form(draft)


def concerns(document: InvoiceDocument) -> list[str]:
    """What an invoice may lack without being refused: said before its number is taken.

    No account to be paid on; a time of service that nobody said; a
    project that is printed by its id; German VAT in another currency
    without its amount in euro (article 230 of Directive 2006/112/EC).
    """
    invoice = document.invoice
    told = []
    if not document.iban and invoice.gross.minor > 0:
        told.append(
            "no IBAN will be printed, nobody can pay it; `cowork config set seller.iban …` sets it"
        )
    if invoice.date and not document.service_known:
        # § 14 (4) no. 6 UStG asks for the time of the service; a month is enough (§ 31 (4) UStDV).
        told.append(
            f"when the work was done is not known, so the invoice date, {invoice.date}, is printed as "
            "the date of service (§ 14 (4) no. 6 UStG); "
            f"`--in {_month_before(invoice.date)}` says the month or the days"
        )
    unnamed = {
        name
        for line in invoice.lines
        for name in re.findall(rf"(?<!\S)({re.escape(invoice.client)}/[a-z0-9._-]+)", line.text)
    }
    told += [
        f"{name} has no name and is printed like that; "
        f"`cowork project edit {name} --name NAME` gives it one"
        for name in sorted(unnamed)
    ]
    charged = any(row.amount.minor for row in invoice.vat)
    if charged and invoice.currency != "EUR" and invoice.exchange is None:
        told.append(
            f"German VAT in {invoice.currency} is to be shown in euro too (Directive 2006/112/EC, "
            f"article 230); `cowork invoice rate {invoice.id} --to EUR RATE` does"
        )
    return told


def printed_notes(document: InvoiceDocument) -> list[str]:
    """What was noted for oneself and the client will read: in the lines, and in the list of hours."""
    texts = [line.text.partition(": ")[2] for line in document.invoice.lines if line.duration_s]
    notes = [*dict.fromkeys(filter(None, texts))]
    told = [f"these notes will be printed: {'; '.join(notes)}"] if notes else []
    if any(row.note for row in document.timesheet):
        told.append("the notes of the entries will be printed in the list of hours")
    return told


def missing_of_seller(seller: Party) -> Missing:
    """What a document of the seller lacks, each with the command that sets it. § 14 (4) UStG: name, address, tax number or VAT id."""
    missing = [] if seller.name or seller.company else [_setting("name")]
    missing += [_setting(name) for name in _ADDRESS if not getattr(seller.address, name)]
    if not seller.tax_number and not seller.vat_id:
        missing.append(
            ("seller.tax_number or seller.vat_id", "cowork config set seller.tax_number …")
        )
    return missing


def _buyer(draft: Invoice, client: Client, categories: set[str]) -> Missing:
    small = draft.currency == "EUR" and draft.gross.minor <= SMALL_AMOUNT_MINOR
    if small and "AE" not in categories and client.type != "public":
        return []
    return [_of(client, name) for name in _ADDRESS if not getattr(client.address, name)]


def _case(client: Client, seller: Party, categories: set[str]) -> Missing:
    """What a way to treat VAT asks for (BR-AE-02, § 14a (1) UStG; BR-O-02)."""
    missing: Missing = []
    if "AE" in categories:
        if not seller.vat_id:
            missing.append(("seller.vat_id (reverse charge)", "cowork config set seller.vat_id …"))
        if not client.vat_id:
            missing.append((f"VAT id of {client.id}", f"cowork client edit {client.id} --vat-id …"))
    if "O" in categories:
        if not seller.tax_number:
            missing.append(
                ("seller.tax_number (outside the EU)", "cowork config set seller.tax_number …")
            )
        if not client.address.country:
            missing.append(_of(client, "country"))
    return missing


def _xrechnung(client: Client, seller: Party, iban: str | None) -> Missing:
    """BR-DE-1, 5, 6, 7, 15, and Peppol R010, R020."""
    missing = [_setting(name) for name in ("email", "phone") if not getattr(seller, name)]
    if not iban:
        missing.append(_setting("iban"))
    if not client.leitweg_id and not client.buyer_reference:
        missing.append(
            (f"Leitweg-ID of {client.id}", f"cowork client edit {client.id} --leitweg-id …")
        )
    if not client.email and not client.leitweg_id:
        missing.append(_of(client, "email"))
    return missing


def _refuse_wrong_vat(
    draft: Invoice, client: Client, categories: set[str], *, small_business: bool
) -> None:
    if small_business and any(line.vat_rate for line in draft.lines):
        raise Conflict(
            f"{draft.id} charges VAT, but you are set up as a small business (§ 19 UStG, 2025)",
            f"draft it again: {_again(draft)}",
        )
    for position, line in enumerate(draft.lines, 1):
        if (line.vat_category == "S") != (line.vat_rate > Decimal(0)):
            raise Conflict(
                f"line {position} of {draft.id} has category {line.vat_category} "
                f"and a rate of {line.vat_rate:f} %, which do not go together",
                f"correct it with `cowork invoice line {draft.id} --line {position}`",
            )
    if "O" in categories and len(categories) > 1:  # BR-O-11, 12
        raise Conflict(
            f"{draft.id} mixes what is not taxable in Germany with other lines",
            "make two invoices of it",
        )
    country = (client.address.country or "").upper()
    if "O" in categories and country in EU:
        raise Conflict(
            f"{client.id} is set up as outside the EU, but its country is {country}",
            f"correct it: `cowork client edit {client.id} --country …` or `--tax …`, "
            f"then draft it again: {_again(draft)}",
        )


def _refuse_wrong_form(draft: Invoice) -> None:
    if digits_of(draft.currency) > 2:
        raise Conflict(
            f"an e-invoice holds amounts of two decimals, {draft.currency} has more (BR-DEC)",
            "bill in another currency",
        )
    for position, line in enumerate(draft.lines, 1):
        if not line.text.strip():
            raise Conflict(
                f"line {position} of {draft.id} has no text",
                f"give it one: `cowork invoice line {draft.id} --line {position} --text …`",
            )
        if line.price < 0:
            raise Conflict(
                f"line {position} of {draft.id} has a negative price (BR-27)",
                "give a negative quantity instead",
            )


def _setting(name: str) -> tuple[str, str]:
    return f"seller.{name}", f"cowork config set seller.{name} …"


def _of(client: Client, name: str) -> tuple[str, str]:
    return f"{name} of {client.id}", f"cowork client edit {client.id} --{name} …"


def _again(draft: Invoice) -> str:
    return f"`cowork invoice discard {draft.id}`, then `cowork invoice draft {draft.client}`"


def _month_before(day: date) -> str:
    """The month that is billed most often: the one before that of the invoice."""
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"
