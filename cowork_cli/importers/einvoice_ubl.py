"""UBL 2.1 Invoice and CreditNote (Peppol, XRechnung in UBL) → `EInvoice`."""

from decimal import Decimal

from cowork_cli.domain.einvoice import (
    Allowance,
    Attachment,
    Breakdown,
    Contact,
    EInvoice,
    Identifier,
    Payment,
    Preceding,
    ReadLine,
    Side,
    Totals,
)
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.period import Period
from cowork_cli.importers.einvoice_xml import Node, Values, empty_elements

ROOTS = ("ubl:Invoice", "cn:CreditNote")
_NOTHING = Node("", {})


def read(root: Node) -> EInvoice:
    """The invoice below `root`, an `Invoice` or a `CreditNote`."""
    values = Values()
    credit = root.tag == "cn:CreditNote"
    currency = root.word("cbc:DocumentCurrencyCode")
    tax_currency = root.word("cbc:TaxCurrencyCode")
    means = root.all("cac:PaymentMeans")
    due = values.iso_date(root, "cbc:DueDate", "BT-9") or next(
        (values.iso_date(row, "cbc:PaymentDueDate", "BT-9") for row in means), None
    )
    own, other = _tax_totals(root, currency, tax_currency)
    return EInvoice(
        syntax="ubl-credit-note" if credit else "ubl",
        spec_id=root.word("cbc:CustomizationID"),
        process=root.word("cbc:ProfileID"),
        number=root.word("cbc:ID"),
        type_code=root.word("cbc:CreditNoteTypeCode" if credit else "cbc:InvoiceTypeCode"),
        issued=values.iso_date(root, "cbc:IssueDate", "BT-2"),
        due=due,
        terms=root.lines("cac:PaymentTerms/cbc:Note"),
        currency=currency,
        tax_currency=tax_currency,
        buyer_reference=root.word("cbc:BuyerReference"),
        notes=root.words("cbc:Note"),
        seller=_side(root.first("cac:AccountingSupplierParty/cac:Party")) or Side(),
        buyer=_side(root.first("cac:AccountingCustomerParty/cac:Party")) or Side(),
        payee=_side(root.first("cac:PayeeParty"), _PARTY_NAME),
        representative=_side(root.first("cac:TaxRepresentativeParty"), _PARTY_NAME),
        service_date=values.iso_date(root, "cac:Delivery/cbc:ActualDeliveryDate", "BT-72"),
        period=_period(root, values, "BT-73/BT-74"),
        delivery=_address(root.first("cac:Delivery/cac:DeliveryLocation/cac:Address")),
        delivery_country=root.word(
            "cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode"
        ),
        lines=tuple(
            _line(row, values, credit)
            for row in root.all("cac:CreditNoteLine" if credit else "cac:InvoiceLine")
        ),
        allowances=_allowances(root, values, "BT-92/BT-99"),
        breakdowns=tuple(
            _breakdown(row, values) for row in (own or _NOTHING).all("cac:TaxSubtotal")
        ),
        payments=tuple(_payment(row, root) for row in means),
        totals=_totals(root, values, own, other),
        preceding=tuple(
            Preceding(row.word("cbc:ID"), values.iso_date(row, "cbc:IssueDate", "BT-26"))
            for row in root.all("cac:BillingReference/cac:InvoiceDocumentReference")
        ),
        attachments=tuple(_attachment(row) for row in root.all("cac:AdditionalDocumentReference")),
        tax_point=values.iso_date(root, "cbc:TaxPointDate", "BT-7"),
        tax_point_code=root.word("cac:InvoicePeriod/cbc:DescriptionCode"),
        amount_currencies=frozenset(values.currencies),
        faults=tuple(values.faults),
        zoned_dates=tuple(values.zoned),
        empty=empty_elements(root),
    )


def _tax_totals(
    root: Node, currency: str | None, tax_currency: str | None
) -> tuple[Node | None, Node | None]:
    """The tax total in the currency of the invoice, and the one in the accounting currency."""
    own = other = None
    for row in root.all("cac:TaxTotal"):
        amount = row.first("cbc:TaxAmount")
        given = amount.attributes.get("currencyID") if amount else None
        if tax_currency and given == tax_currency and given != currency:
            other = other or row
        else:
            own = own or row
    return own, other


_PARTY_NAME = "cac:PartyName/cbc:Name"
_LEGAL_NAME = "cac:PartyLegalEntity/cbc:RegistrationName"


def _side(node: Node | None, name: str = _LEGAL_NAME) -> Side | None:
    """A party; payee and tax representative have no legal name, and are called by the other."""
    if node is None:
        return None
    numbers: dict[str, str] = {}
    for row in node.all("cac:PartyTaxScheme"):
        known = (row.word("cac:TaxScheme/cbc:ID") or "").upper()
        scheme = "VAT" if known == "VAT" else "other"
        numbers.setdefault(scheme, row.word("cbc:CompanyID") or "")
    legal = node.first("cac:PartyLegalEntity") or _NOTHING
    contact = node.first("cac:Contact")
    # The creditor id of a direct debit (BT-90) stands among the ids; it identifies nobody.
    ids = _ids(node, "cac:PartyIdentification/cbc:ID")
    return Side(
        name=node.word(name),
        trading_name=node.word(_PARTY_NAME) if name == _LEGAL_NAME else None,
        ids=tuple(row for row in ids if row.scheme != "SEPA"),
        legal_id=next(iter(_ids(legal, "cbc:CompanyID")), None),
        vat_id=numbers.get("VAT") or None,
        tax_number=numbers.get("other") or None,
        address=_address(node.first("cac:PostalAddress")),
        endpoint=next(iter(_ids(node, "cbc:EndpointID")), None),
        contact=None
        if contact is None
        else Contact(
            contact.word("cbc:Name"),
            contact.word("cbc:Telephone"),
            contact.word("cbc:ElectronicMail"),
        ),
    )


def _ids(node: Node, path: str) -> tuple[Identifier, ...]:
    return tuple(
        Identifier(row.text, row.attributes.get("schemeID")) for row in node.all(path) if row.text
    )


def _address(node: Node | None) -> PostalAddress | None:
    if node is None:
        return None
    lines = (
        node.word("cbc:StreetName"),
        node.word("cbc:AdditionalStreetName"),
        node.word("cac:AddressLine/cbc:Line"),
    )
    return PostalAddress(
        ", ".join(line for line in lines if line) or None,
        node.word("cbc:PostalZone"),
        node.word("cbc:CityName"),
        node.word("cac:Country/cbc:IdentificationCode"),
    )


def _period(node: Node, values: Values, term: str) -> Period | None:
    found = node.first("cac:InvoicePeriod")
    if found is None:
        return None
    if {child.tag for child in found.children} == {"cbc:DescriptionCode"}:
        return None  # only says when VAT is due (BT-8)
    return Period(
        values.iso_date(found, "cbc:StartDate", term), values.iso_date(found, "cbc:EndDate", term)
    )


def _line(node: Node, values: Values, credit: bool) -> ReadLine:
    tag = "cbc:CreditedQuantity" if credit else "cbc:InvoicedQuantity"
    quantity = node.first(tag)
    item = node.first("cac:Item") or _NOTHING
    price = node.first("cac:Price") or _NOTHING
    base = price.first("cbc:BaseQuantity")
    at = f"of line {node.word('cbc:ID')}"
    return ReadLine(
        id=node.word("cbc:ID"),
        name=item.word("cbc:Name"),
        quantity=values.number(node, tag, f"BT-129 {at}"),
        unit=quantity.attributes.get("unitCode") or None if quantity else None,
        price=values.amount(price, "cbc:PriceAmount", f"BT-146 {at}"),
        base_quantity=values.number(price, "cbc:BaseQuantity", f"BT-149 {at}"),
        net=values.amount(node, "cbc:LineExtensionAmount", f"BT-131 {at}"),
        category=_category(item.first("cac:ClassifiedTaxCategory")),
        rate=values.number(item, "cac:ClassifiedTaxCategory/cbc:Percent", f"BT-152 {at}"),
        allowances=_allowances(node, values, f"BT-136/BT-141 {at}"),
        period=_period(node, values, f"BT-134/BT-135 {at}"),
        gross_price=values.amount(price, "cac:AllowanceCharge/cbc:BaseAmount", f"BT-148 {at}"),
        price_discount=values.amount(price, "cac:AllowanceCharge/cbc:Amount", f"BT-147 {at}"),
        base_unit=base.attributes.get("unitCode") or None if base else None,
        price_charge=price.word("cac:AllowanceCharge/cbc:ChargeIndicator") not in (None, "false"),
        object_types=tuple(
            row.word("cbc:DocumentTypeCode") for row in node.all("cac:DocumentReference")
        ),
    )


def _allowances(node: Node, values: Values, term: str) -> tuple[Allowance, ...]:
    return tuple(
        Allowance(
            indicator=row.word("cbc:ChargeIndicator"),
            charge=row.word("cbc:ChargeIndicator") in ("true", "1"),
            amount=values.amount(row, "cbc:Amount", term),
            base=values.amount(row, "cbc:BaseAmount", f"base of {term}"),
            percent=values.number(row, "cbc:MultiplierFactorNumeric", f"percent of {term}"),
            reason=row.word("cbc:AllowanceChargeReason"),
            reason_code=row.word("cbc:AllowanceChargeReasonCode"),
            category=_category(row.first("cac:TaxCategory")),
            rate=values.number(row, "cac:TaxCategory/cbc:Percent", f"VAT rate of {term}"),
        )
        for row in node.all("cac:AllowanceCharge")
    )


def _category(tax: Node | None) -> str | None:
    """The VAT category; a tax that is none has none."""
    if tax is None or (tax.word("cac:TaxScheme/cbc:ID") or "").upper() != "VAT":
        return None
    return tax.word("cbc:ID")


def _breakdown(node: Node, values: Values) -> Breakdown:
    category = node.first("cac:TaxCategory") or _NOTHING
    return Breakdown(
        category=_category(category),
        rate=values.number(category, "cbc:Percent", "BT-119"),
        base=values.amount(node, "cbc:TaxableAmount", "BT-116"),
        amount=values.amount(node, "cbc:TaxAmount", "BT-117"),
        reason=category.word("cbc:TaxExemptionReason"),
        reason_code=category.word("cbc:TaxExemptionReasonCode"),
    )


def _payment(node: Node, root: Node) -> Payment:
    parties = ("cac:AccountingSupplierParty/cac:Party", "cac:PayeeParty")
    ids = [row for party in parties for row in root.all(f"{party}/cac:PartyIdentification/cbc:ID")]
    creditor = next((row.text for row in ids if row.attributes.get("schemeID") == "SEPA"), None)
    mandate = node.first("cac:PaymentMandate") or _NOTHING
    debited = mandate.word("cac:PayerFinancialAccount/cbc:ID")
    return Payment(
        code=node.word("cbc:PaymentMeansCode"),
        account=node.word("cac:PayeeFinancialAccount/cbc:ID"),
        bic=node.word("cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID"),
        card=node.word("cac:CardAccount/cbc:PrimaryAccountNumberID"),
        direct_debit=bool(debited or mandate.children),
        debited=debited,
        mandate=mandate.word("cbc:ID"),
        creditor=creditor or None,
        transfer=node.first("cac:PayeeFinancialAccount") is not None,
    )


def _totals(root: Node, values: Values, own: Node | None, other: Node | None) -> Totals:
    node = root.first("cac:LegalMonetaryTotal")
    amounts = [row.first("cbc:TaxAmount") for row in root.all("cac:TaxTotal")]
    others = [
        values.amount(row, "cbc:PaidAmount", "BT-DEX-002") for row in root.all("cac:PrepaidPayment")
    ]
    return Totals(
        lines=values.amount(node, "cbc:LineExtensionAmount", "BT-106"),
        allowances=values.amount(node, "cbc:AllowanceTotalAmount", "BT-107"),
        charges=values.amount(node, "cbc:ChargeTotalAmount", "BT-108"),
        net=values.amount(node, "cbc:TaxExclusiveAmount", "BT-109"),
        vat=values.amount(own, "cbc:TaxAmount", "BT-110"),
        vat_own=values.number(other, "cbc:TaxAmount", "BT-111"),
        gross=values.amount(node, "cbc:TaxInclusiveAmount", "BT-112"),
        prepaid=values.amount(node, "cbc:PrepaidAmount", "BT-113"),
        rounding=values.amount(node, "cbc:PayableRoundingAmount", "BT-114"),
        due=values.amount(node, "cbc:PayableAmount", "BT-115"),
        third_party=sum((row or Decimal(0) for row in others), Decimal(0)) if others else None,
        vat_totals=tuple(
            (
                row.attributes.get("currencyID"),
                values.number(Node("", {}, children=[row]), "cbc:TaxAmount", "BT-110"),
            )
            for row in amounts
            if row is not None
        ),
    )


def _attachment(node: Node) -> Attachment:
    bytes_ = node.first("cac:Attachment/cbc:EmbeddedDocumentBinaryObject")
    return Attachment(
        node.word("cbc:ID"),
        None if bytes_ is None else bytes_.attributes.get("mimeCode", ""),
        None if bytes_ is None else bytes_.attributes.get("filename"),
        node.word("cac:Attachment/cac:ExternalReference/cbc:URI"),
    )
