"""XRechnung: BR-DE-*, BR-TMP-*, and since 3.0 the Peppol rules that its rule set takes over (2.6.0).

Also the Leitweg-ID, which the published rules do not look at. An XRechnung 1.x or 2.x is held to
what its own version demanded: neither business process nor electronic addresses nor BG-19 whole.
"""

import re
from collections.abc import Iterator
from datetime import date

from cowork_cli.domain.einvoice import EInvoice, Finding
from cowork_cli.errors import BadInput
from cowork_cli.services.invoices.rules._say import error, info, of, warning

_TYPES = ("326", "380", "381", "384", "389", "875", "876", "877")
_CARDS = ("48", "54", "55")
_SKONTO = re.compile(r"#SKONTO#TAGE=\d+#PROZENT=\d+\.\d{2}(#BASISBETRAG=-?\d+\.\d{2})?#")
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:.*", re.DOTALL)
_CURRENT = (
    "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
    "#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0",
)
_DIRECT_DEBIT = ("49", "59")
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
    yield from _details(invoice)
    if invoice.follows_peppol:
        yield from _direct_debit(invoice)
        yield from _peppol(invoice)
    else:
        yield warning("BR-DE-21", f"{invoice.spec_id} is an older XRechnung; its own rules apply")


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
    if invoice.delivery is not None:
        if not invoice.delivery.city:
            yield error("BR-DE-10", "the city of the delivery (BT-77) is missing")
        if not invoice.delivery.postcode:
            yield error("BR-DE-11", "the post code of the delivery (BT-78) is missing")


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
    if not known and invoice.categories & {"S", "Z", "E", "AE", "K", "G", "L", "M"}:
        yield error("BR-DE-16", "the seller has neither VAT id nor tax number nor agent")
    if invoice.type_code and invoice.type_code not in _TYPES:
        yield warning("BR-DE-17", f"type {invoice.type_code} is none of {', '.join(_TYPES)}")
    if invoice.type_code == "384" and not invoice.preceding:
        yield warning("BR-DE-26", "a corrected invoice (384) names no earlier one (BG-3)")
    names = [row.filename for row in invoice.attachments if row.filename]
    if len(set(names)) < len(names):
        yield error("BR-DE-22", "two attachments have the same file name")
    dated = invoice.service_date or invoice.period or all(line.period for line in invoice.counted)
    if not dated:
        yield info("BR-DE-TMP-32", "neither service date nor period is given")


def _payments(invoice: EInvoice) -> Iterator[Finding]:
    for row in invoice.payments:
        used = {
            "an account": row.transfer,
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


def _details(invoice: EInvoice) -> Iterator[Finding]:
    """BR-TMP-2, -3, -6, BR-DE-19, -20 and BR-DEX-15."""
    if invoice.spec_id not in _CURRENT and invoice.follows_peppol:
        yield warning("BR-DE-21", f"{invoice.spec_id} is not the identifier of XRechnung 3.0")
    for attachment in invoice.attachments:
        if attachment.location and not _URL.fullmatch(attachment.location):
            yield error("BR-TMP-2", f'"{attachment.location[:60]}" (BT-124) is no absolute URL')
    for line in invoice.counted:
        bases = {line.base_quantity, line.gross_base} - {None}
        if len(bases) > 1:
            yield error("BR-TMP-3", f"the two base quantities (BT-149) of {of(line)} differ")
    for term in dict.fromkeys(invoice.zoned_dates):
        yield warning("BR-TMP-6", f"{term} has a zone; XRechnung asks for YYYY-MM-DD")
    if invoice.syntax == "cii" and any(line.parent for line in invoice.lines):
        yield warning("BR-DEX-15", "sub invoice lines are not part of XRechnung in CII")


def _direct_debit(invoice: EInvoice) -> Iterator[Finding]:
    """BG-19 is whole (BR-DE-30, -31), and names its mandate (R061)."""
    rows = [row for row in invoice.payments if row.direct_debit]
    used = [any(values) for values in zip(*((r.mandate, r.debited) for r in rows), strict=True)]
    creditor = any(row.creditor for row in invoice.payments)
    if rows and not (creditor and any(used)):
        yield error("BR-DE-30", "the direct debit has no creditor identifier (BT-90)")
    if rows and not (any(row.debited for row in rows) and (creditor or used[0])):
        yield error("BR-DE-31", "the direct debit does not name the debited account (BT-91)")
    for row in invoice.payments:
        if row.code in _DIRECT_DEBIT and not row.mandate:
            yield error("PEPPOL-EN16931-R061", "the direct debit has no mandate (BT-89)")


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
    yield from _vat_totals(invoice)
    yield from _indicators(invoice)
    yield from _line_periods(invoice)
    for line in invoice.lines:
        if any(kind != "130" for kind in line.object_types):
            yield error(
                "PEPPOL-EN16931-R101", f"{of(line)} refers to what is no invoiced object (130)"
            )
        if line.base_unit and line.base_unit != line.unit:
            yield error(
                "PEPPOL-EN16931-R130",
                f"the base quantity of {of(line)} is in {line.base_unit}, the quantity in "
                f"{line.unit}",
            )


def _vat_totals(invoice: EInvoice) -> Iterator[Finding]:
    """R005, R054 and R055 (R053 is of all invoices): a second total goes with a second currency."""
    own, other = invoice.currency, invoice.tax_currency
    if other and other == own:
        yield error("PEPPOL-EN16931-R005", f"the accounting currency (BT-6) is {own} as well")
    rows = invoice.totals.vat_totals
    if len([None for given, _ in rows if given != own]) != (1 if other else 0):
        yield error(
            "PEPPOL-EN16931-R054",
            "VAT in another currency than that of the invoice goes with an accounting currency "
            "(BT-6), once",
        )
    first, second = invoice.totals.vat, invoice.totals.vat_own
    if first and second and (first < 0) is not (second < 0):
        yield error("PEPPOL-EN16931-R055", "the VAT totals in both currencies differ in sign")


def _indicators(invoice: EInvoice) -> Iterator[Finding]:
    """R043 and R044: an indicator is a word, and the discount of a price is no charge."""
    rows = [*invoice.allowances, *(row for line in invoice.counted for row in line.allowances)]
    for row in rows:
        if row.indicator is not None and row.indicator not in ("true", "false"):
            yield error(
                "PEPPOL-EN16931-R043", f'the indicator "{row.indicator}" is no true or false'
            )
    for line in invoice.lines:
        if line.price_charge:
            yield error("PEPPOL-EN16931-R044", f"the price of {of(line)} has a charge")
        if any(given not in ("true", "false") for given in line.price_indicators):
            yield error(
                "PEPPOL-EN16931-R043", f"the discount on the price of {of(line)} has no indicator"
            )


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
