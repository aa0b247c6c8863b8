"""XRechnung 3.0: BR-DE-*, and the Peppol rules that its rule set takes over.

Also the Leitweg-ID, which the published rules do not look at.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cowork_cli.domain.einvoice import EInvoice, Finding
from cowork_cli.errors import BadInput
from cowork_cli.services.invoices.rules._say import error, info, is_credit, of, warning

_TYPES = ("326", "380", "381", "384", "389", "875", "876", "877")
_CARDS = ("48", "54", "55")
_SKONTO = re.compile(r"#SKONTO#TAGE=\d+#PROZENT=\d+\.\d{2}(#BASISBETRAG=-?\d+\.\d{2})?#")
# ISO/IEC 6523 codes and the codes of the EAS list that are no numbers of four digits.
_ENDPOINT_SCHEME = re.compile(r"\d{4}|EM|AN|AQ|AS|AU")
_LEITWEG_SCHEME = "0204"


def check(invoice: EInvoice, today: date) -> Iterator[Finding]:
    """What XRechnung adds; of an invoice that follows another specification, the Leitweg-ID only."""
    yield from _leitweg(invoice)
    yield from _skonto(invoice)
    if not invoice.is_xrechnung:
        return
    yield from _parties(invoice)
    yield from _document(invoice)
    yield from _payments(invoice)
    yield from _peppol(invoice)


def _parties(invoice: EInvoice) -> Iterator[Finding]:
    seller, contact = invoice.seller, invoice.seller.contact
    if contact is None:
        yield error("BR-DE-2", "the contact of the seller (BG-6) is missing")
    else:
        for rule, value, what in (
            ("BR-DE-5", contact.name, "name (BT-41)"),
            ("BR-DE-6", contact.phone, "phone number (BT-42)"),
            ("BR-DE-7", contact.email, "e-mail address (BT-43)"),
        ):
            if not value:
                yield error(rule, f"the contact of the seller has no {what}")
        if contact.phone and len(re.findall(r"\d", contact.phone)) < 3:
            yield warning("BR-DE-27", f'the phone number "{contact.phone}" has under 3 digits')
        if contact.email and not re.fullmatch(r"[^@\s]+@[^@\s.][^@\s]*[^@\s.]", contact.email):
            yield warning("BR-DE-28", f'"{contact.email}" is not an e-mail address')
    for city, code, what, party in (
        ("BR-DE-3", "BR-DE-4", "seller", seller),
        ("BR-DE-8", "BR-DE-9", "buyer", invoice.buyer),
    ):
        if party.address is None or not party.address.city:
            yield error(city, f"the city of the {what} is missing")
        if party.address is None or not party.address.postcode:
            yield error(code, f"the post code of the {what} is missing")


def _document(invoice: EInvoice) -> Iterator[Finding]:
    if not invoice.payments:
        yield error("BR-DE-1", "the payment instructions (BG-16) are missing")
    if not invoice.buyer_reference:
        yield error("BR-DE-15", "the buyer reference (BT-10) is missing")
    for part in invoice.breakdowns:
        if part.rate is None:
            yield error("BR-DE-14", f"the rate (BT-119) of category {part.category} is missing")
    agent = invoice.representative
    known = invoice.seller.vat_id or invoice.seller.tax_number or agent
    if not known and invoice.categories & {"S", "Z", "E", "AE", "K", "G"}:
        yield error("BR-DE-16", "the seller has neither VAT id nor tax number nor agent")
    if invoice.type_code and invoice.type_code not in _TYPES:
        yield warning("BR-DE-17", f"type {invoice.type_code} is none of {', '.join(_TYPES)}")
    if invoice.type_code == "384" and not invoice.preceding:
        yield warning("BR-DE-26", "a corrected invoice (384) names no earlier one (BG-3)")
    names = [row.filename for row in invoice.attachments if row.filename]
    if len({name.lower() for name in names}) < len(names):
        yield error("BR-DE-22", "two attachments have the same file name")
    dated = invoice.service_date or invoice.period or all(line.period for line in invoice.counted)
    if not dated:
        yield info("BR-DE-TMP-32", "neither service date nor period is given")


def _payments(invoice: EInvoice) -> Iterator[Finding]:
    for row in invoice.payments:
        used = {
            "an account": bool(row.account),
            "a card": bool(row.card),
            "a direct debit": row.direct_debit,
        }
        for rule, codes, wanted in (
            ("BR-DE-23", ("30", "58"), "an account"),
            ("BR-DE-24", _CARDS, "a card"),
            ("BR-DE-25", ("59",), "a direct debit"),
        ):
            if row.code not in codes:
                continue
            if not used[wanted]:
                yield error(f"{rule}-a", f"payment code {row.code} asks for {wanted}")
            for other in (name for name, there in used.items() if there and name != wanted):
                yield error(f"{rule}-b", f"payment code {row.code} forbids {other}")


def _skonto(invoice: EInvoice) -> Iterator[Finding]:
    terms = invoice.terms or ""
    say = error if invoice.is_xrechnung else warning
    if invoice.is_xrechnung and _SKONTO.fullmatch(terms.strip(" \t").split("\n")[-1].strip()):
        yield error("BR-DE-18", "the last line of a cash discount is not ended as a line")
    for line in terms.splitlines():
        if line.strip().startswith("#") and not _SKONTO.fullmatch(line.strip()):
            yield say(
                "BR-DE-18",
                f'"{line.strip()[:60]}" is not the form of a cash discount '
                "(#SKONTO#TAGE=14#PROZENT=2.00#)",
            )


def _leitweg(invoice: EInvoice) -> Iterator[Finding]:
    from cowork_cli.services.identifiers.numbers import check_leitweg_id

    endpoint, text = invoice.buyer.endpoint, invoice.buyer_reference
    public = endpoint is not None and endpoint.scheme == _LEITWEG_SCHEME
    if endpoint is not None and public:
        try:
            check_leitweg_id(endpoint.value)
        except BadInput as wrong:
            yield error("LEITWEG-ID", f"BT-49: {wrong.message}")
    if not text or not (public or invoice.is_xrechnung):
        return
    try:
        check_leitweg_id(text)
    except BadInput as wrong:
        if public or _meant_as_leitweg(text):
            yield error("LEITWEG-ID", f"BT-10: {wrong.message}")
        else:
            yield warning(
                "LEITWEG-ID",
                f'BT-10 "{text}" is no Leitweg-ID; that is right only for a private buyer',
            )


def _meant_as_leitweg(text: str) -> bool:
    """Whether a buyer reference wants to be one: digits first and two signs last, or one bare word."""
    if re.fullmatch(r"\d{2,12}-(\S*-)?\w{2}", text.strip(), re.ASCII):
        return True
    return re.fullmatch(r"[^\W\d]+", text.strip()) is not None


def _peppol(invoice: EInvoice) -> Iterator[Finding]:
    if not invoice.process:
        yield error("PEPPOL-EN16931-R001", "the business process (BT-23) is missing")
    for name in invoice.empty:
        yield error("PEPPOL-EN16931-R008", f"the element {name} is empty")
    for rule, term, party in (
        ("PEPPOL-EN16931-R010", "buyer (BT-49)", invoice.buyer),
        ("PEPPOL-EN16931-R020", "seller (BT-34)", invoice.seller),
    ):
        if party.endpoint is None:
            yield error(rule, f"the electronic address of the {term} is missing")
        elif party.endpoint.scheme and not _ENDPOINT_SCHEME.fullmatch(party.endpoint.scheme):
            yield error("BR-CL-25", f'the scheme "{party.endpoint.scheme}" of the {term}')
    yield from _line_periods(invoice)
    for line in invoice.counted:
        if line.quantity is None or line.price is None or line.net is None or is_credit(invoice):
            continue
        product = line.quantity * line.price / (line.base_quantity or 1)
        extra = sum((row.amount or 0) * (1 if row.charge else -1) for row in line.allowances)
        if abs(product + extra - line.net) > Decimal("0.02"):
            yield warning("PEPPOL-EN16931-R120", f"the net amount of {of(line)} is not its product")


def _line_periods(invoice: EInvoice) -> Iterator[Finding]:
    whole = invoice.period
    if whole is None:
        return
    for line in invoice.counted:
        part = line.period
        if part is None:
            continue
        if part.from_ and whole.from_ and part.from_ < whole.from_:
            yield error("PEPPOL-EN16931-R110", f"{of(line)} begins before the invoicing period")
        if part.to and whole.to and part.to > whole.to:
            yield error("PEPPOL-EN16931-R111", f"{of(line)} ends after the invoicing period")
