"""A sample as UBL Invoice or CreditNote."""

from tests.services.invoices.verifying.samples import Off, Row, Sample, Who
from tests.services.invoices.verifying.tags import into, tag


def ubl(sample: Sample) -> bytes:
    s, credit = sample, sample.credit_note
    number, day = s.preceding or (None, None)
    body = [
        tag("cbc:CustomizationID", s.spec),
        tag("cbc:ProfileID", s.process),
        tag("cbc:ID", s.number),
        tag("cbc:IssueDate", _iso(s.issued)),
        "" if credit else tag("cbc:DueDate", _iso(s.due)),
        tag("cbc:CreditNoteTypeCode" if credit else "cbc:InvoiceTypeCode", s.type),
        tag("cbc:DocumentCurrencyCode", s.currency),
        tag("cbc:BuyerReference", s.reference),
        _ubl_period(s.period),
        into(
            "cac:BillingReference",
            into(
                "cac:InvoiceDocumentReference",
                tag("cbc:ID", number),
                tag("cbc:IssueDate", _iso(day)),
            ),
        ),
        into("cac:AccountingSupplierParty", _ubl_party(s.seller)),
        into("cac:AccountingCustomerParty", _ubl_party(s.buyer)),
        into("cac:Delivery", tag("cbc:ActualDeliveryDate", _iso(s.service))),
        into(
            "cac:PaymentMeans",
            tag("cbc:PaymentMeansCode", s.code),
            tag("cbc:PaymentDueDate", _iso(s.due)) if credit else "",
            into("cac:PayeeFinancialAccount", tag("cbc:ID", s.iban)),
        ),
        into("cac:PaymentTerms", tag("cbc:Note", s.terms)),
        *(_ubl_off(s, off, line=False) for off in s.offs),
        _ubl_totals(s),
        *(_ubl_row(s, position, row) for position, row in enumerate(s.rows, 1)),
    ]
    name = "CreditNote" if credit else "Invoice"
    xsd = "urn:oasis:names:specification:ubl:schema:xsd:"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{xsd}{name}-2" '
        f'xmlns:cac="{xsd}CommonAggregateComponents-2" '
        f'xmlns:cbc="{xsd}CommonBasicComponents-2">{"".join(body)}</{name}>'
    ).encode()


def _iso(day: str | None) -> str | None:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else None


def _ubl_period(period: tuple[str, str] | None) -> str:
    if period is None:
        return ""
    return into(
        "cac:InvoicePeriod",
        tag("cbc:StartDate", _iso(period[0])),
        tag("cbc:EndDate", _iso(period[1])),
    )


def _scheme() -> str:
    return into("cac:TaxScheme", tag("cbc:ID", "VAT"))


def _ubl_party(who: Who) -> str:
    scheme, address = who.endpoint or (None, None)
    name, phone, email = who.contact or (None, None, None)
    numbers = "".join(
        into(
            "cac:PartyTaxScheme",
            tag("cbc:CompanyID", number),
            into("cac:TaxScheme", tag("cbc:ID", kind)),
        )
        for number, kind in ((who.vat_id, "VAT"), (who.tax_number, "FC"))
        if number
    )
    return into(
        "cac:Party",
        tag("cbc:EndpointID", address, schemeID=scheme),
        into("cac:PartyIdentification", tag("cbc:ID", who.id)),
        into(
            "cac:PostalAddress",
            tag("cbc:StreetName", who.street),
            tag("cbc:CityName", who.city),
            tag("cbc:PostalZone", who.postcode),
            into("cac:Country", tag("cbc:IdentificationCode", who.country)),
        ),
        numbers,
        into(
            "cac:PartyLegalEntity",
            tag("cbc:RegistrationName", who.name),
            tag("cbc:CompanyID", who.legal_id),
        ),
        into(
            "cac:Contact",
            tag("cbc:Name", name),
            tag("cbc:Telephone", phone),
            tag("cbc:ElectronicMail", email),
        ),
    )


def _ubl_off(s: Sample, off: Off, *, line: bool) -> str:
    return into(
        "cac:AllowanceCharge",
        tag("cbc:ChargeIndicator", str(off.charge).lower()),
        tag("cbc:AllowanceChargeReason", off.reason),
        tag("cbc:MultiplierFactorNumeric", off.percent),
        tag("cbc:Amount", off.amount, currencyID=s.currency),
        tag("cbc:BaseAmount", off.base, currencyID=s.currency),
        ""
        if line
        else into(
            "cac:TaxCategory",
            tag("cbc:ID", off.category),
            tag("cbc:Percent", off.rate),
            _scheme(),
        ),
    )


def _ubl_totals(s: Sample) -> str:
    sums = s.sums
    parts = []
    for category, rate, base, amount in s.breakdown:
        reason, code = s.reasons.get(category, (None, None))
        parts.append(
            into(
                "cac:TaxSubtotal",
                tag("cbc:TaxableAmount", base, currencyID=s.currency),
                tag("cbc:TaxAmount", amount, currencyID=s.currency),
                into(
                    "cac:TaxCategory",
                    tag("cbc:ID", category),
                    tag("cbc:Percent", rate or "0"),
                    tag("cbc:TaxExemptionReasonCode", code),
                    tag("cbc:TaxExemptionReason", reason),
                    _scheme(),
                ),
            )
        )
    names = (
        ("LineExtensionAmount", "lines"),
        ("TaxExclusiveAmount", "net"),
        ("TaxInclusiveAmount", "gross"),
        ("AllowanceTotalAmount", "allowances"),
        ("ChargeTotalAmount", "charges"),
        ("PrepaidAmount", "prepaid"),
        ("PayableAmount", "due"),
    )
    return into(
        "cac:TaxTotal", tag("cbc:TaxAmount", sums["vat"], currencyID=s.currency), *parts
    ) + into(
        "cac:LegalMonetaryTotal",
        *(tag(f"cbc:{name}", sums[key], currencyID=s.currency) for name, key in names),
    )


def _ubl_row(s: Sample, number: int, row: Row) -> str:
    credit = s.credit_note
    return into(
        "cac:CreditNoteLine" if credit else "cac:InvoiceLine",
        tag("cbc:ID", number),
        tag(
            "cbc:CreditedQuantity" if credit else "cbc:InvoicedQuantity",
            row.quantity,
            unitCode=row.unit,
        ),
        tag("cbc:LineExtensionAmount", row.amount, currencyID=s.currency),
        _ubl_period(row.period),
        *(_ubl_off(s, off, line=True) for off in row.offs),
        into(
            "cac:Item",
            tag("cbc:Name", row.name),
            into(
                "cac:ClassifiedTaxCategory",
                tag("cbc:ID", row.category),
                tag("cbc:Percent", row.rate),
                _scheme(),
            ),
        ),
        into(
            "cac:Price",
            tag("cbc:PriceAmount", row.price, currencyID=s.currency),
            tag("cbc:BaseQuantity", row.base, unitCode=row.unit),
        ),
    )
