"""Code lists (BR-CL-*) of what the reader knows, and numbers of decimals (BR-DEC-*).

The lists are those of the published rules (`data/einvoice/`). Codes that stand at a place which the
reader does not keep (schemes of identifiers, subjects of notes) are looked at in `code_places`.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cowork_cli.data.einvoice import codes
from cowork_cli.domain.einvoice import EInvoice, Finding
from cowork_cli.services.invoices.rules._say import CREDIT_TYPES, error, of, warning

MIME_TYPES = frozenset(
    [
        "application/pdf",
        "image/png",
        "image/jpeg",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ]
)
_EXTENSION_MIME_TYPES = {"application/xml"}  # BR-DEX-01
# Categories with a fixed code, if they have one at all.
_REASON_OF = {"AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G", "O": "VATEX-EU-O"}


def check(invoice: EInvoice, today: date) -> Iterator[Finding]:
    """What is no code of its list, or has too many decimals."""
    yield from _codes(invoice)
    yield from _reason_codes(invoice)
    yield from _countries(invoice)
    yield from _reasons(invoice)
    yield from _attachments(invoice)
    yield from _decimals(invoice)
    others = invoice.amount_currencies - {invoice.currency}
    if invoice.currency and others:
        yield error(
            "PEPPOL-EN16931-R051",
            f"amounts are in {', '.join(sorted(map(str, others)))}, the invoice in "
            f"{invoice.currency}",
        )


def _codes(invoice: EInvoice) -> Iterator[Finding]:
    if invoice.type_code and invoice.type_code not in codes("types"):
        yield error("BR-CL-01", f'the type code "{invoice.type_code}" is not a code of UNTDID 1001')
    elif invoice.type_code and invoice.syntax != "cii":
        credit = invoice.syntax == "ubl-credit-note"
        if (invoice.type_code in CREDIT_TYPES) is not credit:
            name = "a CreditNote" if credit else "an Invoice"
            yield error("BR-CL-01", f"type {invoice.type_code} does not stand in {name} of UBL")
    for term, code in (("BT-5", invoice.currency), ("BT-6", invoice.tax_currency)):
        if code and code not in codes("currencies"):
            yield error("BR-CL-04", f'"{code}" ({term}) is not a currency of ISO 4217')
    for category in sorted(invoice.categories - codes("VAT categories")):
        yield error("BR-CL-17", f'"{category}" is not a VAT category')
    for line in invoice.counted:
        for unit in dict.fromkeys((line.unit, line.base_unit)):
            if unit and unit not in codes("units"):
                yield error("BR-CL-23", f'"{unit}" of {of(line)} is not a unit code (as HUR, DAY)')
    for payment in invoice.payments:
        if payment.code and payment.code not in codes("payment means"):
            yield error("BR-CL-16", f'"{payment.code}" is not a payment means code')


def _reason_codes(invoice: EInvoice) -> Iterator[Finding]:
    rows = [*invoice.allowances, *(row for line in invoice.counted for row in line.allowances)]
    for row in rows:
        rule, name = ("BR-CL-20", "charge") if row.charge else ("BR-CL-19", "allowance")
        if row.reason_code and row.reason_code not in codes(f"{name} reasons"):
            yield error(rule, f'"{row.reason_code}" is not a reason code of {name}s')
    points = "tax points of CII" if invoice.syntax == "cii" else "tax points of UBL"
    if invoice.tax_point_code and invoice.tax_point_code not in codes(points):
        yield error("BR-CL-06", f'"{invoice.tax_point_code}" (BT-8) is not a code of a tax point')


def _countries(invoice: EInvoice) -> Iterator[Finding]:
    agent = invoice.representative
    for what, code in (
        ("the seller", invoice.seller.country),
        ("the buyer", invoice.buyer.country),
        ("the tax representative", agent.country if agent else None),
        ("the delivery", invoice.delivery_country),
    ):
        if code and code not in codes("countries"):
            yield error("BR-CL-14", f'the country "{code}" of {what} is not a code of ISO 3166')


def _reasons(invoice: EInvoice) -> Iterator[Finding]:
    for row in invoice.breakdowns:
        code = row.reason_code or ""
        if not code:
            continue
        wanted = _REASON_OF.get(row.category or "")
        if code not in codes("exemption reasons"):
            yield error("BR-CL-22", f'"{row.reason_code}" is not a code of the VATEX list')
        elif wanted and code != wanted:
            yield error(
                f"BR-{row.category}-10", f"category {row.category} asks for {wanted}, not {code}"
            )


def _attachments(invoice: EInvoice) -> Iterator[Finding]:
    allowed = MIME_TYPES | _EXTENSION_MIME_TYPES if invoice.is_extension else MIME_TYPES
    for row in invoice.attachments:
        if row.mime is None:
            continue
        if row.mime not in allowed:
            yield error("BR-CL-24", f'the attachment {row.reference} is of type "{row.mime}"')
        if not row.filename:
            yield warning("BT-125", f"the attachment {row.reference} has no file name")


def _decimals(invoice: EInvoice) -> Iterator[Finding]:
    totals = invoice.totals
    rows: list[tuple[str, str, Decimal | None]] = [
        ("BR-DEC-09", "BT-106", totals.lines),
        ("BR-DEC-10", "BT-107", totals.allowances),
        ("BR-DEC-11", "BT-108", totals.charges),
        ("BR-DEC-12", "BT-109", totals.net),
        ("BR-DEC-13", "BT-110", totals.vat),
        ("BR-DEC-14", "BT-112", totals.gross),
        ("BR-DEC-15", "BT-111", totals.vat_own),
        ("BR-DEC-16", "BT-113", totals.prepaid),
        ("BR-DEC-17", "BT-114", totals.rounding),
        ("BR-DEC-18", "BT-115", totals.due),
    ]
    for part in invoice.breakdowns:
        rows += [("BR-DEC-19", "BT-116", part.base), ("BR-DEC-20", "BT-117", part.amount)]
    for line in invoice.counted:
        rows.append(("BR-DEC-23", f"BT-131 of {of(line)}", line.net))
        rows += [("BR-DEC-24", f"an amount on {of(line)}", row.amount) for row in line.allowances]
        rows += [("BR-DEC-25", f"a base amount on {of(line)}", row.base) for row in line.allowances]
    for row in invoice.allowances:
        rows += [
            ("BR-DEC-05" if row.charge else "BR-DEC-01", "a document amount", row.amount),
            ("BR-DEC-06" if row.charge else "BR-DEC-02", "a document base amount", row.base),
        ]
    for rule, what, value in rows:
        if value is not None and _decimals_of(value) > 2:
            yield error(rule, f"{what} has more than two decimals ({value:f})")


def _decimals_of(value: Decimal) -> int:
    """As written: the published rules count 1.000 as three decimals."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
