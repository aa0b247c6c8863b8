"""A sample as UN/CEFACT Cross Industry Invoice."""

from decimal import Decimal

from tests.services.invoices.verifying.samples import Off, Row, Sample, Who
from tests.services.invoices.verifying.tags import into, tag


def cii(sample: Sample) -> bytes:
    s = sample
    head = into(
        "rsm:ExchangedDocumentContext",
        into("ram:BusinessProcessSpecifiedDocumentContextParameter", tag("ram:ID", s.process)),
        into("ram:GuidelineSpecifiedDocumentContextParameter", tag("ram:ID", s.spec)),
    ) + into(
        "rsm:ExchangedDocument",
        tag("ram:ID", s.number),
        tag("ram:TypeCode", s.type),
        _day("ram:IssueDateTime", s.issued),
    )
    deal = into(
        "rsm:SupplyChainTradeTransaction",
        *(_cii_row(number, row) for number, row in enumerate(s.rows, 1)),
        into(
            "ram:ApplicableHeaderTradeAgreement",
            tag("ram:BuyerReference", s.reference),
            _cii_party("ram:SellerTradeParty", s.seller),
            _cii_party("ram:BuyerTradeParty", s.buyer),
            _cii_attachment(s),
        ),
        _cii_delivery(s),
        _cii_settlement(s),
    )
    spaces = (
        'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
        'xmlns:ram="urn:un:unece:uncefact:data:standard:'
        'ReusableAggregateBusinessInformationEntity:100" '
        'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100" '
        'xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f"<rsm:CrossIndustryInvoice {spaces}>{head}{deal}</rsm:CrossIndustryInvoice>"
    ).encode()


def _day(name: str, day: str | None, kind: str = "udt:DateTimeString") -> str:
    return into(name, tag(kind, day, format="102"))


def _cii_period(period: tuple[str, str] | None) -> str:
    if period is None:
        return ""
    return into(
        "ram:BillingSpecifiedPeriod",
        _day("ram:StartDateTime", period[0]),
        _day("ram:EndDateTime", period[1]),
    )


def _cii_off(off: Off, *, line: bool) -> str:
    return into(
        "ram:SpecifiedTradeAllowanceCharge",
        into("ram:ChargeIndicator", tag("udt:Indicator", str(off.charge).lower())),
        tag("ram:CalculationPercent", off.percent),
        tag("ram:BasisAmount", off.base),
        tag("ram:ActualAmount", off.amount),
        tag("ram:Reason", off.reason),
        ""
        if line
        else into(
            "ram:CategoryTradeTax",
            tag("ram:TypeCode", "VAT"),
            tag("ram:CategoryCode", off.category),
            tag("ram:RateApplicablePercent", off.rate),
        ),
    )


def _cii_row(number: int, row: Row) -> str:
    return into(
        "ram:IncludedSupplyChainTradeLineItem",
        into("ram:AssociatedDocumentLineDocument", tag("ram:LineID", number)),
        into("ram:SpecifiedTradeProduct", tag("ram:Name", row.name)),
        into(
            "ram:SpecifiedLineTradeAgreement",
            into("ram:GrossPriceProductTradePrice", tag("ram:ChargeAmount", row.gross_price)),
            into(
                "ram:NetPriceProductTradePrice",
                tag("ram:ChargeAmount", row.price),
                tag("ram:BasisQuantity", row.base, unitCode=row.unit),
            ),
        ),
        into(
            "ram:SpecifiedLineTradeDelivery",
            tag("ram:BilledQuantity", row.quantity, unitCode=row.unit),
        ),
        into(
            "ram:SpecifiedLineTradeSettlement",
            into(
                "ram:ApplicableTradeTax",
                tag("ram:TypeCode", "VAT"),
                tag("ram:CategoryCode", row.category),
                tag("ram:RateApplicablePercent", row.rate),
            ),
            _cii_period(row.period),
            *(_cii_off(off, line=True) for off in row.offs),
            into(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                tag("ram:LineTotalAmount", row.amount),
            ),
        ),
    )


def _cii_party(name: str, who: Who) -> str:
    name_, phone, email = who.contact or (None, None, None)
    scheme, address = who.endpoint or (None, None)
    return into(
        name,
        tag("ram:ID", who.id),
        tag("ram:Name", who.name),
        into("ram:SpecifiedLegalOrganization", tag("ram:ID", who.legal_id)),
        into(
            "ram:DefinedTradeContact",
            tag("ram:PersonName", name_),
            into("ram:TelephoneUniversalCommunication", tag("ram:CompleteNumber", phone)),
            into("ram:EmailURIUniversalCommunication", tag("ram:URIID", email)),
        ),
        into(
            "ram:PostalTradeAddress",
            tag("ram:PostcodeCode", who.postcode),
            tag("ram:LineOne", who.street),
            tag("ram:CityName", who.city),
            tag("ram:CountryID", who.country),
        ),
        into("ram:URIUniversalCommunication", tag("ram:URIID", address, schemeID=scheme)),
        into("ram:SpecifiedTaxRegistration", tag("ram:ID", who.vat_id, schemeID="VA")),
        into("ram:SpecifiedTaxRegistration", tag("ram:ID", who.tax_number, schemeID="FC")),
    )


def _cii_attachment(s: Sample) -> str:
    if s.attachment is None:
        return ""
    name, mime = s.attachment
    return into(
        "ram:AdditionalReferencedDocument",
        tag("ram:IssuerAssignedID", name),
        tag("ram:TypeCode", "916"),
        tag("ram:AttachmentBinaryObject", "aGVsbG8=", mimeCode=mime, filename=name),
    )


def _cii_delivery(s: Sample) -> str:
    inner = into(
        "ram:ShipToTradeParty",
        into("ram:PostalTradeAddress", tag("ram:CountryID", s.delivery_country)),
    ) + into("ram:ActualDeliverySupplyChainEvent", _day("ram:OccurrenceDateTime", s.service))
    return f"<ram:ApplicableHeaderTradeDelivery>{inner}</ram:ApplicableHeaderTradeDelivery>"


def _cii_settlement(s: Sample) -> str:
    sums = s.sums
    number, day = s.preceding or (None, None)
    return into(
        "ram:ApplicableHeaderTradeSettlement",
        tag("ram:InvoiceCurrencyCode", s.currency),
        into(
            "ram:SpecifiedTradeSettlementPaymentMeans",
            tag("ram:TypeCode", s.code),
            into("ram:PayeePartyCreditorFinancialAccount", tag("ram:IBANID", s.iban)),
        ),
        *(_cii_vat(s, *row) for row in s.breakdown),
        _cii_period(s.period),
        *(_cii_off(off, line=False) for off in s.offs),
        into(
            "ram:SpecifiedTradePaymentTerms",
            tag("ram:Description", s.terms),
            _day("ram:DueDateDateTime", s.due),
        ),
        into(
            "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
            tag("ram:LineTotalAmount", sums["lines"]),
            tag("ram:ChargeTotalAmount", sums["charges"]),
            tag("ram:AllowanceTotalAmount", sums["allowances"]),
            tag("ram:TaxBasisTotalAmount", sums["net"]),
            tag("ram:TaxTotalAmount", sums["vat"], currencyID=s.currency or "EUR"),
            tag("ram:GrandTotalAmount", sums["gross"]),
            tag("ram:TotalPrepaidAmount", sums["prepaid"]),
            tag("ram:DuePayableAmount", sums["due"]),
        ),
        into(
            "ram:InvoiceReferencedDocument",
            tag("ram:IssuerAssignedID", number),
            _day("ram:FormattedIssueDateTime", day, "qdt:DateTimeString"),
        ),
    )


def _cii_vat(s: Sample, category: str, rate: str | None, base: Decimal, amount: Decimal) -> str:
    reason, code = s.reasons.get(category, (None, None))
    return into(
        "ram:ApplicableTradeTax",
        tag("ram:CalculatedAmount", amount),
        tag("ram:TypeCode", "VAT"),
        tag("ram:ExemptionReason", reason),
        tag("ram:BasisAmount", base),
        tag("ram:CategoryCode", category),
        tag("ram:ExemptionReasonCode", code),
        tag("ram:RateApplicablePercent", rate or "0"),
    )
