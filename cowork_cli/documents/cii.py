"""The invoice as XML: UN/CEFACT Cross Industry Invoice after EN 16931 (BT- and BG-numbers are its).

Owns which fact of the model stands in which element. Computes nothing; amounts are written as they
are, never with an exponent. Equal input gives equal bytes.
"""

from base64 import b64encode
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cowork_cli.data.tax import REASON_CODES
from cowork_cli.documents.payment_terms import (
    discount_word,
    payment_terms,
    prepaid_text,
    timesheet_title,
)
from cowork_cli.documents.timesheet import timesheet_csv
from cowork_cli.documents.words.page import TITLES
from cowork_cli.domain.invoice import (
    ADVANCE,
    PUBLIC_ADVANCE,
    InvoiceDocument,
    Line,
    VatRow,
    payable,
)
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import Party
from cowork_cli.domain.period import Period

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EN16931 = "en16931"
XRECHNUNG = "xrechnung"
GUIDELINES = {  # BT-24
    EN16931: "urn:cen.eu:en16931:2017",
    XRECHNUNG: "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
}
PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"  # BT-23
UNITS = {"hour": "HUR", "day": "DAY", "piece": "C62", "month": "MON", "flat": "LS"}
_SEPA_TRANSFER, _TRANSFER = "58", "30"
_DISCOUNT = "95"
_CSV = "text/csv"
_ATTACHED = "916"
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"


def render_cii(document: InvoiceDocument, profile: str) -> bytes:
    """The XML of an issued invoice in `EN16931` or `XRECHNUNG`."""
    import xml.etree.ElementTree as ET

    from drafthorse.models.document import Document

    invoice = document.invoice
    root = Document()
    root.context.business_parameter.id = PROCESS
    root.context.guideline_parameter.id = GUIDELINES[profile]
    root.header.id = invoice.number or ""
    root.header.type_code = str(_type(invoice.type, profile))
    root.header.issue_date_time = invoice.date
    _notes(root.header, document)
    for position, line in enumerate(invoice.lines, 1):
        root.trade.items.add(_line(document, position, line))
    _agreement(root.trade.agreement, document, profile)
    # Never empty, so that R008 holds: the last day of the service (BT-72), else for whom it will be (BT-70).
    if invoice.advance:
        root.trade.delivery.ship_to.name = document.buyer.name
    else:
        root.trade.delivery.event.occurrence = invoice.period.to or invoice.date
    _settlement(root.trade.settlement, document)
    tree: Element = root.to_etree()
    _preceding(tree, document)
    _drop_empty(tree)
    ET.indent(tree)
    body: bytes = ET.tostring(tree, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def not_taxable(document: InvoiceDocument) -> bool:
    """Whether it is of category O, which forbids the VAT ids of both sides (BR-O-02)."""
    return any(row.category == "O" for row in document.invoice.vat)


def _type(code: int, profile: str) -> int:
    """BT-3; XRechnung has no advance invoices (BR-DE-17)."""
    return PUBLIC_ADVANCE if code == ADVANCE and profile == XRECHNUNG else code


def _notes(header: Any, document: InvoiceDocument) -> None:
    from drafthorse.models.note import IncludedNote

    prepaid = [prepaid_text(part, document.language) for part in document.invoice.prepaid]
    # What its code says to programs only: 326 is any part invoice.
    kind = TITLES[document.language][document.invoice.type] if document.invoice.advance else None
    for text in (kind, *document.notes, *prepaid, document.footer):
        if _said(text):
            note = IncludedNote()
            note.content = text
            header.notes.add(note)


def _agreement(agreement: Any, document: InvoiceDocument, profile: str) -> None:
    reference = _said(document.buyer_reference)
    if profile == XRECHNUNG and not reference:  # BR-DE-15
        reference = _said(document.order_ref)
    if reference:
        agreement.buyer_reference = reference  # BT-10
    _seller(agreement.seller, document)
    _buyer(agreement.buyer, document)
    if _said(document.order_ref):
        agreement.buyer_order.issuer_assigned_id = document.order_ref  # BT-13
    if document.timesheet:
        _attach(agreement, document)


def _attach(agreement: Any, document: InvoiceDocument) -> None:
    """BG-24: the hours behind the lines."""
    from drafthorse.models.references import AdditionalReferencedDocument

    attached = AdditionalReferencedDocument()
    attached.issuer_assigned_id = "timesheet"
    attached.type_code = _ATTACHED
    attached.name = timesheet_title(document.language)
    content = b64encode(timesheet_csv(document)).decode("ascii")
    attached.attached_object = (_CSV, "timesheet.csv", content)
    agreement.additional_references.add(attached)


def _seller(target: Any, document: InvoiceDocument) -> None:
    seller = document.seller
    taxable = not not_taxable(document)
    if seller.tax_number and not (taxable and seller.vat_id):
        target.id = seller.tax_number  # BT-29: without BT-31 somebody must be named (BR-CO-26)
    _party(target, seller)
    _contact(target.contact, seller)
    target.description = next(  # BT-33, as XRechnung 13.3 asks of small businesses
        (row.reason for row in document.invoice.vat if row.reason and "§ 19" in row.reason), ""
    )
    if seller.email:
        target.electronic_address.uri_ID = ("EM", seller.email)  # BT-34
    if seller.tax_number:
        _registration(target, "FC", seller.tax_number)  # BT-32
    if taxable and seller.vat_id:
        _registration(target, "VA", seller.vat_id)  # BT-31


def _buyer(target: Any, document: InvoiceDocument) -> None:
    buyer = document.buyer
    _party(target, buyer)
    if buyer.email:
        target.electronic_address.uri_ID = ("EM", buyer.email)  # BT-49
    elif document.buyer_type == "public" and document.buyer_reference:
        target.electronic_address.uri_ID = ("0204", document.buyer_reference)  # the Leitweg-ID
    if buyer.vat_id and not not_taxable(document):
        _registration(target, "VA", buyer.vat_id)  # BT-48


def _party(target: Any, party: Party) -> None:
    target.name = _said(party.company) or party.name
    address = party.address
    for field, text in (
        ("postcode", address.postcode),
        ("line_one", address.street),
        ("city_name", address.city),
        ("country_id", (address.country or "").upper()),
    ):
        if _said(text):
            setattr(target.address, field, text)


def _contact(target: Any, seller: Party) -> None:
    """BG-6."""
    if not (seller.phone or seller.email):
        return
    target.person_name = _said(seller.name) or seller.company or ""
    if seller.phone:
        target.telephone.number = seller.phone
    if seller.email:
        target.email.address = seller.email


def _registration(target: Any, scheme: str, number: str) -> None:
    from drafthorse.models.party import TaxRegistration

    registration = TaxRegistration()
    registration.id = (scheme, number)
    target.tax_registrations.add(registration)


def _line(document: InvoiceDocument, position: int, line: Line) -> Any:
    from drafthorse.models.tradelines import LineItem

    item = LineItem()
    item.document.line_id = str(position)
    name, _, description = line.text.strip().partition("\n")
    item.product.name = name
    if _said(description):
        item.product.description = description
    item.agreement.net.amount = plain(line.price)
    item.delivery.billed_quantity = (plain(line.quantity), UNITS.get(line.unit, "C62"))
    settlement = item.settlement
    settlement.trade_tax.type_code = "VAT"
    settlement.trade_tax.category_code = line.vat_category
    if line.vat_category != "O":  # BR-O-05
        settlement.trade_tax.rate_applicable_percent = plain(line.vat_rate)
    periods = document.line_periods
    _period(settlement, periods[position - 1] if position <= len(periods) else None, document)
    if line.discount is not None and line.discount.minor:
        settlement.allowance_charge.add(_discount(line.discount, document.language))
    settlement.monetary_summation.total_amount = amount(line.net)
    return item


def _discount(discount: Money, language: str) -> Any:
    """BG-27."""
    from drafthorse.models.accounting import TradeAllowanceCharge

    allowance = TradeAllowanceCharge()
    allowance.indicator = False
    allowance.actual_amount = amount(discount)
    allowance.reason_code = _DISCOUNT
    allowance.reason = discount_word(language)
    return allowance


def _period(settlement: Any, period: Period | None, document: InvoiceDocument) -> None:
    """BG-26, if it lies within the period of the invoice (Peppol R110, R111)."""
    whole = document.invoice.period
    if period is None or period.from_ is None or period.to is None:
        return
    if (whole.from_ and period.from_ < whole.from_) or (whole.to and period.to > whole.to):
        return
    settlement.period.start = period.from_
    settlement.period.end = period.to


def _settlement(target: Any, document: InvoiceDocument) -> None:
    invoice = document.invoice
    if invoice.number:
        target.payment_reference = invoice.number  # BT-83
    target.currency_code = invoice.currency
    if document.invoice.exchange:
        target.tax_currency_code = document.invoice.exchange.vat.currency  # BT-6
    if document.iban:
        target.payment_means.add(_payment_means(document))
    for row in invoice.vat:
        target.trade_tax.add(_vat(row))
    if invoice.period.from_:
        target.period.start = invoice.period.from_
    if invoice.period.to:
        target.period.end = invoice.period.to
    target.terms.add(_terms(document))
    _sums(target.monetary_summation, document)


def _preceding(tree: "Element", document: InvoiceDocument) -> None:
    """BG-3: the invoice that is cancelled or replaced, and every one that was deducted.

    Written here because the library holds a single one; they follow the sums in the schema.
    """
    import xml.etree.ElementTree as ET

    invoice = document.invoice
    rows = {part.number: part.date for part in invoice.prepaid}
    preceding = invoice.cancels or invoice.replaces
    earlier = [(preceding, document.refers_on)] if preceding else []
    earlier += [row for row in rows.items() if row[0] != preceding]
    settlement = tree.find(f".//{{{_RAM}}}ApplicableHeaderTradeSettlement")
    assert settlement is not None
    names = [child.tag for child in settlement]
    place = names.index(f"{{{_RAM}}}SpecifiedTradeSettlementHeaderMonetarySummation") + 1
    for position, (number, day) in enumerate(earlier):
        reference = ET.Element(f"{{{_RAM}}}InvoiceReferencedDocument")
        ET.SubElement(reference, f"{{{_RAM}}}IssuerAssignedID").text = number
        if day:
            dated = ET.SubElement(reference, f"{{{_RAM}}}FormattedIssueDateTime")
            text = ET.SubElement(dated, f"{{{_QDT}}}DateTimeString", {"format": "102"})
            text.text = f"{day:%Y%m%d}"
        settlement.insert(place + position, reference)


def _payment_means(document: InvoiceDocument) -> Any:
    """BG-16 and BG-17."""
    from drafthorse.models.payment import PaymentMeans

    means = PaymentMeans()
    means.type_code = _SEPA_TRANSFER if document.invoice.currency == "EUR" else _TRANSFER
    means.payee_account.iban = "".join((document.iban or "").split()).upper()
    means.payee_account.account_name = _said(document.seller.company) or document.seller.name
    if document.bic:
        means.payee_institution.bic = document.bic
    return means


def _terms(document: InvoiceDocument) -> Any:
    """BT-20 and BT-9."""
    from drafthorse.models.payment import PaymentTerms

    terms = PaymentTerms()
    text = payment_terms(document)
    if document.skonto:  # BR-DE-18: a line of its own, ended as a line
        percent = f"{document.skonto.percent:.2f}"
        text = f"{text}\n#SKONTO#TAGE={document.skonto.days}#PROZENT={percent}#\n"
    terms.description = text
    terms.due = document.invoice.due
    return terms


def _vat(row: VatRow) -> Any:
    """BG-23; its rate stands there also for O (BR-DE-14)."""
    from drafthorse.models.accounting import ApplicableTradeTax

    tax = ApplicableTradeTax()
    tax.calculated_amount = amount(row.amount)
    tax.type_code = "VAT"
    if row.category != "S":
        tax.exemption_reason = row.reason or ""
        tax.exemption_reason_code = REASON_CODES.get(row.category, "")
    tax.basis_amount = amount(row.base)
    tax.category_code = row.category
    tax.rate_applicable_percent = plain(row.rate)
    return tax


def _sums(target: Any, document: InvoiceDocument) -> None:
    """BG-22."""
    invoice = document.invoice
    vat = Money(sum(row.amount.minor for row in invoice.vat), invoice.currency)
    target.line_total = amount(invoice.net)
    target.tax_basis_total = (amount(invoice.net), None)
    target.tax_total = (amount(vat), invoice.currency)
    if document.invoice.exchange:
        euro = document.invoice.exchange.vat
        target.tax_total_other_currency.add((amount(euro), euro.currency))  # BT-111
    target.grand_total = (amount(invoice.gross), None)
    if invoice.paid.minor:
        target.prepaid_total = amount(invoice.paid)
    target.due_amount = amount(payable(document))


def amount(money: Money) -> str:
    """An amount with two decimals (BR-DEC), never with an exponent or as -0.00."""
    return f"{money.amount + 0:.2f}"


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _said(text: str | None) -> str:
    return text if text and text.strip() else ""


def _drop_empty(node: "Element") -> None:
    """No element without content (R008)."""
    for child in list(node):
        _drop_empty(child)
        if len(child) == 0 and not (child.text and child.text.strip()):
            node.remove(child)
