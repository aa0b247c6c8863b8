"""UN/CEFACT Cross Industry Invoice (ZUGFeRD, Factur-X, XRechnung in CII) → `EInvoice`."""

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
    level_of,
)
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.period import Period
from cowork_cli.importers.einvoice_xml import Node, Values, empty_elements

ROOT = "rsm:CrossIndustryInvoice"
_NOTHING = Node("", {})
_UNCOUNTED = ("GROUP", "INFORMATION")


def read(root: Node) -> EInvoice:
    """The invoice below `root`, which is a `rsm:CrossIndustryInvoice`."""
    context = root.first("rsm:ExchangedDocumentContext") or _NOTHING
    spec_id = context.word("ram:GuidelineSpecifiedDocumentContextParameter/ram:ID")
    values = Values(other_formats=level_of(spec_id or "") == "EXTENDED")
    head = root.first("rsm:ExchangedDocument") or _NOTHING
    deal = root.first("rsm:SupplyChainTradeTransaction") or _NOTHING
    agreement = deal.first("ram:ApplicableHeaderTradeAgreement") or _NOTHING
    delivery = deal.first("ram:ApplicableHeaderTradeDelivery") or _NOTHING
    settlement = deal.first("ram:ApplicableHeaderTradeSettlement") or _NOTHING
    terms = settlement.all("ram:SpecifiedTradePaymentTerms")
    due = [
        values.basic_date(row, "ram:DueDateDateTime/udt:DateTimeString", "BT-9") for row in terms
    ]
    currency = settlement.word("ram:InvoiceCurrencyCode")
    tax_currency = settlement.word("ram:TaxCurrencyCode")
    taxes = settlement.all("ram:ApplicableTradeTax")
    points = [values.basic_date(row, "ram:TaxPointDate/udt:DateString", "BT-7") for row in taxes]
    return EInvoice(
        syntax="cii",
        spec_id=spec_id,
        process=context.word("ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID"),
        number=head.word("ram:ID"),
        type_code=head.word("ram:TypeCode"),
        issued=values.basic_date(head, "ram:IssueDateTime/udt:DateTimeString", "BT-2"),
        due=next((day for day in due if day), None),
        terms=settlement.lines("ram:SpecifiedTradePaymentTerms/ram:Description"),
        currency=currency,
        tax_currency=tax_currency,
        buyer_reference=agreement.word("ram:BuyerReference"),
        notes=head.words("ram:IncludedNote/ram:Content"),
        seller=_side(agreement.first("ram:SellerTradeParty")) or Side(),
        buyer=_side(agreement.first("ram:BuyerTradeParty")) or Side(),
        payee=_side(settlement.first("ram:PayeeTradeParty")),
        representative=_side(agreement.first("ram:SellerTaxRepresentativeTradeParty")),
        service_date=values.basic_date(
            delivery,
            "ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString",
            "BT-72",
        ),
        period=_period(settlement, values, "BT-73/BT-74"),
        delivery=_address(delivery.first("ram:ShipToTradeParty/ram:PostalTradeAddress")),
        delivery_country=delivery.word("ram:ShipToTradeParty/ram:PostalTradeAddress/ram:CountryID"),
        lines=tuple(_line(row, values) for row in deal.all("ram:IncludedSupplyChainTradeLineItem")),
        allowances=(
            *_allowances(settlement, values, "ram:SpecifiedTradeAllowanceCharge", "BT-92/BT-99"),
            *_logistics(settlement, values),
        ),
        breakdowns=tuple(_breakdown(row, values) for row in taxes),
        payments=tuple(
            _payment(row, settlement)
            for row in settlement.all("ram:SpecifiedTradeSettlementPaymentMeans")
        ),
        totals=_totals(settlement, values, currency, tax_currency),
        preceding=tuple(
            Preceding(
                row.word("ram:IssuerAssignedID"),
                values.basic_date(row, "ram:FormattedIssueDateTime/qdt:DateTimeString", "BT-26"),
            )
            for row in settlement.all("ram:InvoiceReferencedDocument")
        ),
        attachments=tuple(
            _attachment(row) for row in agreement.all("ram:AdditionalReferencedDocument")
        ),
        tax_point=next((day for day in points if day), None),
        tax_point_code=settlement.word("ram:ApplicableTradeTax/ram:DueDateTypeCode"),
        amount_currencies=frozenset(values.currencies),
        faults=tuple(values.faults),
        empty=empty_elements(root),
    )


def _side(node: Node | None) -> Side | None:
    if node is None:
        return None
    numbers = {
        row.attributes.get("schemeID", ""): row.text
        for row in node.all("ram:SpecifiedTaxRegistration/ram:ID")
        if row.text
    }
    contact = node.first("ram:DefinedTradeContact")
    return Side(
        name=node.word("ram:Name"),
        ids=(*_ids(node, "ram:ID"), *_ids(node, "ram:GlobalID")),
        legal_id=next(iter(_ids(node, "ram:SpecifiedLegalOrganization/ram:ID")), None),
        vat_id=numbers.get("VA"),
        tax_number=numbers.get("FC"),
        address=_address(node.first("ram:PostalTradeAddress")),
        endpoint=next(iter(_ids(node, "ram:URIUniversalCommunication/ram:URIID")), None),
        contact=None
        if contact is None
        else Contact(
            contact.word("ram:PersonName") or contact.word("ram:DepartmentName"),
            contact.word("ram:TelephoneUniversalCommunication/ram:CompleteNumber"),
            contact.word("ram:EmailURIUniversalCommunication/ram:URIID"),
        ),
        trading_name=node.word("ram:SpecifiedLegalOrganization/ram:TradingBusinessName"),
    )


def _ids(node: Node, path: str) -> tuple[Identifier, ...]:
    return tuple(
        Identifier(row.text, row.attributes.get("schemeID")) for row in node.all(path) if row.text
    )


def _address(node: Node | None) -> PostalAddress | None:
    if node is None:
        return None
    lines = (node.word(f"ram:Line{number}") for number in ("One", "Two", "Three"))
    return PostalAddress(
        ", ".join(line for line in lines if line) or None,
        node.word("ram:PostcodeCode"),
        node.word("ram:CityName"),
        node.word("ram:CountryID"),
    )


def _period(node: Node, values: Values, term: str) -> Period | None:
    found = node.first("ram:BillingSpecifiedPeriod")
    if found is None:
        return None
    return Period(
        values.basic_date(found, "ram:StartDateTime/udt:DateTimeString", term),
        values.basic_date(found, "ram:EndDateTime/udt:DateTimeString", term),
    )


def _line(node: Node, values: Values) -> ReadLine:
    agreement = node.first("ram:SpecifiedLineTradeAgreement") or _NOTHING
    settlement = node.first("ram:SpecifiedLineTradeSettlement") or _NOTHING
    quantity = node.first("ram:SpecifiedLineTradeDelivery/ram:BilledQuantity")
    name = node.word("ram:AssociatedDocumentLineDocument/ram:LineID")
    status = node.word("ram:AssociatedDocumentLineDocument/ram:LineStatusReasonCode")
    price, gross = "ram:NetPriceProductTradePrice", "ram:GrossPriceProductTradePrice"
    at = f"of line {name}"
    total = "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
    _one_tax(settlement.all("ram:ApplicableTradeTax"), at, values)
    parts = _price_parts(agreement, values, f"BT-147 {at}")
    documents = settlement.all("ram:AdditionalReferencedDocument")
    return ReadLine(
        id=name,
        name=node.word("ram:SpecifiedTradeProduct/ram:Name"),
        quantity=values.number(
            node, "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity", f"BT-129 {at}"
        ),
        unit=quantity.attributes.get("unitCode") or None if quantity else None,
        price=values.amount(agreement, f"{price}/ram:ChargeAmount", f"BT-146 {at}"),
        base_quantity=values.number(agreement, f"{price}/ram:BasisQuantity", f"BT-149 {at}"),
        net=values.amount(settlement, total, f"BT-131 {at}"),
        category=_category(settlement.first("ram:ApplicableTradeTax")),
        rate=values.number(
            settlement, "ram:ApplicableTradeTax/ram:RateApplicablePercent", f"BT-152 {at}"
        ),
        allowances=_allowances(
            settlement, values, "ram:SpecifiedTradeAllowanceCharge", f"BT-136/BT-141 {at}"
        ),
        period=_period(settlement, values, f"BT-134/BT-135 {at}"),
        gross_price=values.amount(agreement, f"{gross}/ram:ChargeAmount", f"BT-148 {at}"),
        price_discount=_price_discount(agreement, values, f"BT-147 {at}"),
        counted=status not in _UNCOUNTED,
        base_unit=_unit(agreement, f"{price}/ram:BasisQuantity"),
        gross_base=values.number(agreement, f"{gross}/ram:BasisQuantity", f"BT-149 {at}"),
        price_charge=any(row.charge for row in parts),
        price_indicators=tuple(row.indicator for row in parts),
        parent=node.word("ram:AssociatedDocumentLineDocument/ram:ParentLineID"),
        object_types=tuple(row.word("ram:TypeCode") for row in documents),
        kind=status,
    )


def _one_tax(taxes: list[Node], of: str, values: Values) -> None:
    """Profile EXTENDED lets one amount have several; how it is divided is not said."""
    if len(taxes) > 1 and values.other_formats:
        values.unread("SEVERAL-TAXES", f"the amount {of} has several taxes: VAT bases not checked")


def _category(tax: Node | None) -> str | None:
    """The VAT category; a tax that is none has none."""
    if tax is None or tax.word("ram:TypeCode") != "VAT":
        return None
    return tax.word("ram:CategoryCode")


def _unit(node: Node, path: str) -> str | None:
    found = node.first(path)
    return found.attributes.get("unitCode") or None if found else None


def _price_parts(agreement: Node, values: Values, term: str) -> tuple[Allowance, ...]:
    path = "ram:GrossPriceProductTradePrice/ram:AppliedTradeAllowanceCharge"
    return _allowances(agreement, values, path, term)


def _price_discount(agreement: Node, values: Values, term: str) -> Decimal | None:
    """What is taken off the gross price; profile EXTENDED has several, charges among them."""
    parts = [row for row in _price_parts(agreement, values, term) if row.amount is not None]
    if not parts:
        return None
    return sum(
        ((row.amount or Decimal(0)) * (-1 if row.charge else 1) for row in parts), Decimal(0)
    )


def _allowances(node: Node, values: Values, path: str, term: str) -> tuple[Allowance, ...]:
    return tuple(
        Allowance(
            indicator=row.word("ram:ChargeIndicator/udt:Indicator"),
            charge=row.word("ram:ChargeIndicator/udt:Indicator") in ("true", "1"),
            amount=values.amount(row, "ram:ActualAmount", term),
            base=values.amount(row, "ram:BasisAmount", f"base of {term}"),
            percent=values.number(row, "ram:CalculationPercent", f"percent of {term}"),
            reason=row.word("ram:Reason"),
            reason_code=row.word("ram:ReasonCode"),
            category=_category(row.first("ram:CategoryTradeTax")),
            rate=values.number(
                row, "ram:CategoryTradeTax/ram:RateApplicablePercent", f"VAT rate of {term}"
            ),
        )
        for row in node.all(path)
    )


def _logistics(node: Node, values: Values) -> tuple[Allowance, ...]:
    """Freight of profile EXTENDED, which counts as a charge."""
    for row in node.all("ram:SpecifiedLogisticsServiceCharge"):
        _one_tax(row.all("ram:AppliedTradeTax"), "of a logistics charge", values)
    return tuple(
        Allowance(
            charge=True,
            amount=values.amount(row, "ram:AppliedAmount", "logistics charge"),
            reason=row.word("ram:Description") or "logistics",
            category=_category(row.first("ram:AppliedTradeTax")),
            rate=values.number(
                row, "ram:AppliedTradeTax/ram:RateApplicablePercent", "VAT rate of logistics"
            ),
        )
        for row in node.all("ram:SpecifiedLogisticsServiceCharge")
    )


def _breakdown(node: Node, values: Values) -> Breakdown:
    return Breakdown(
        category=_category(node),
        rate=values.number(node, "ram:RateApplicablePercent", "BT-119"),
        base=values.amount(node, "ram:BasisAmount", "BT-116"),
        amount=values.amount(node, "ram:CalculatedAmount", "BT-117"),
        reason=node.word("ram:ExemptionReason"),
        reason_code=node.word("ram:ExemptionReasonCode"),
    )


def _payment(node: Node, settlement: Node) -> Payment:
    iban = node.word("ram:PayeePartyCreditorFinancialAccount/ram:IBANID")
    other = node.word("ram:PayeePartyCreditorFinancialAccount/ram:ProprietaryID")
    debited = node.word("ram:PayerPartyDebtorFinancialAccount/ram:IBANID")
    mandate = settlement.word("ram:SpecifiedTradePaymentTerms/ram:DirectDebitMandateID")
    creditor = settlement.word("ram:CreditorReferenceID")
    return Payment(
        code=node.word("ram:TypeCode"),
        account=iban or other,
        account_kind="iban" if iban else "other" if other else "unknown",
        bic=node.word("ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID"),
        card=node.word("ram:ApplicableTradeSettlementFinancialCard/ram:ID"),
        direct_debit=bool(debited or mandate or creditor),
        debited=debited,
        mandate=mandate,
        creditor=creditor,
        transfer=node.first("ram:PayeePartyCreditorFinancialAccount") is not None,
    )


def _totals(
    settlement: Node, values: Values, currency: str | None, tax_currency: str | None
) -> Totals:
    node = settlement.first("ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    vat = vat_own = None
    totals: list[tuple[str | None, Decimal | None]] = []
    for row in node.all("ram:TaxTotalAmount") if node else ():
        found = values.number(Node("", {}, children=[row]), "ram:TaxTotalAmount", "BT-110")
        given = row.attributes.get("currencyID")
        totals.append((given, found))
        if tax_currency and given == tax_currency and given != currency:
            vat_own = found
        elif vat is None:
            vat = found
            values.currencies.update({given} if given else ())
    return Totals(
        lines=values.amount(node, "ram:LineTotalAmount", "BT-106"),
        allowances=values.amount(node, "ram:AllowanceTotalAmount", "BT-107"),
        charges=values.amount(node, "ram:ChargeTotalAmount", "BT-108"),
        net=values.amount(node, "ram:TaxBasisTotalAmount", "BT-109"),
        vat=vat,
        vat_own=vat_own,
        gross=values.amount(node, "ram:GrandTotalAmount", "BT-112"),
        prepaid=values.amount(node, "ram:TotalPrepaidAmount", "BT-113"),
        rounding=values.amount(node, "ram:RoundingAmount", "BT-114"),
        due=values.amount(node, "ram:DuePayableAmount", "BT-115"),
        third_party=_collected(settlement, values),
        vat_totals=tuple(totals),
    )


def _collected(settlement: Node, values: Values) -> Decimal | None:
    """What is collected for others (profile EXTENDED, BT-179)."""
    rows = settlement.all("ram:SpecifiedFinancialAdjustment")
    found = [values.amount(row, "ram:ActualAmount", "BT-179") for row in rows]
    return sum((amount or Decimal(0) for amount in found), Decimal(0)) if found else None


def _attachment(node: Node) -> Attachment:
    bytes_ = node.first("ram:AttachmentBinaryObject")
    return Attachment(
        node.word("ram:IssuerAssignedID"),
        None if bytes_ is None else bytes_.attributes.get("mimeCode", ""),
        None if bytes_ is None else bytes_.attributes.get("filename"),
        node.word("ram:URIID"),
    )
