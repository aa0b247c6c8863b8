"""UBL with every group of EN 16931, as others write it; nothing here is copied from anywhere."""

from decimal import Decimal

from tests.services.invoices.verifying.samples import (
    IBAN,
    LEITWEG_ID,
    PEPPOL_PROCESS,
    VAT_ID,
    XRECHNUNG,
)


def _money(name: str, amount: str) -> str:
    return f'<cbc:{name} currencyID="EUR">{amount}</cbc:{name}>'


def _ubl_off(kind: str, percent: str, base: str, amount: str, code: str, rate: str = "") -> str:
    tax = (
        f"<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent><cac:TaxScheme>"
        "<cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>"
    )
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{kind}</cbc:ChargeIndicator>"
        f"<cbc:AllowanceChargeReasonCode>{code}</cbc:AllowanceChargeReasonCode>"
        "<cbc:AllowanceChargeReason>agreed</cbc:AllowanceChargeReason>"
        f"<cbc:MultiplierFactorNumeric>{percent}</cbc:MultiplierFactorNumeric>"
        f"{_money('Amount', amount)}{_money('BaseAmount', base)}{tax if rate else ''}"
        "</cac:AllowanceCharge>"
    )


def _ubl_address(name: str, street: str, code: str, city: str) -> str:
    return (
        f"<cac:{name}><cbc:StreetName>{street}</cbc:StreetName><cbc:AdditionalStreetName>Hof"
        f"</cbc:AdditionalStreetName><cbc:CityName>{city}</cbc:CityName><cbc:PostalZone>{code}"
        "</cbc:PostalZone><cbc:CountrySubentity>Berlin</cbc:CountrySubentity><cac:AddressLine>"
        "<cbc:Line>Etage 2</cbc:Line></cac:AddressLine><cac:Country><cbc:IdentificationCode>DE"
        f"</cbc:IdentificationCode></cac:Country></cac:{name}>"
    )


def _ubl_number(number: str, scheme: str) -> str:
    return (
        f"<cac:PartyTaxScheme><cbc:CompanyID>{number}</cbc:CompanyID><cac:TaxScheme><cbc:ID>"
        f"{scheme}</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    )


def _ubl_contact(name: str) -> str:
    return (
        f"<cac:Contact><cbc:Name>{name}</cbc:Name><cbc:Telephone>+49 30 1234567</cbc:Telephone>"
        "<cbc:ElectronicMail>erika@example.org</cbc:ElectronicMail></cac:Contact>"
    )


def _ubl_vat(amount: str, base: str, rate: str) -> str:
    return (
        f"<cac:TaxSubtotal>{_money('TaxableAmount', base)}{_money('TaxAmount', amount)}"
        f"<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent><cac:TaxScheme>"
        "<cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
    )


def _ubl_line(
    credit: bool, number: int, quantity: str, price: str, net: str, rate: str, extra: str = ""
) -> str:
    name, counted = ("CreditNote", "Credited") if credit else ("Invoice", "Invoiced")
    return (
        f"<cac:{name}Line><cbc:ID>{number}</cbc:ID><cbc:Note>a remark</cbc:Note>"
        f'<cbc:{counted}Quantity unitCode="HUR">{quantity}</cbc:{counted}Quantity>'
        f"{_money('LineExtensionAmount', net)}<cbc:AccountingCost>4400</cbc:AccountingCost>"
        "<cac:InvoicePeriod><cbc:StartDate>2026-11-01</cbc:StartDate><cbc:EndDate>2026-11-20"
        "</cbc:EndDate></cac:InvoicePeriod><cac:OrderLineReference><cbc:LineID>10</cbc:LineID>"
        '</cac:OrderLineReference><cac:DocumentReference><cbc:ID schemeID="AAA">object</cbc:ID>'
        "<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference>"
        f"{extra}<cac:Item><cbc:Description>in words</cbc:Description><cbc:Name>Concept</cbc:Name>"
        "<cac:BuyersItemIdentification><cbc:ID>B-1</cbc:ID></cac:BuyersItemIdentification>"
        "<cac:SellersItemIdentification><cbc:ID>A-1</cbc:ID></cac:SellersItemIdentification>"
        '<cac:StandardItemIdentification><cbc:ID schemeID="0160">4012345001235</cbc:ID>'
        "</cac:StandardItemIdentification><cac:OriginCountry><cbc:IdentificationCode>DE"
        "</cbc:IdentificationCode></cac:OriginCountry><cac:CommodityClassification>"
        '<cbc:ItemClassificationCode listID="STI">80111620</cbc:ItemClassificationCode>'
        "</cac:CommodityClassification><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>"
        f"<cbc:Percent>{rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
        "</cac:ClassifiedTaxCategory><cac:AdditionalItemProperty><cbc:Name>colour</cbc:Name>"
        "<cbc:Value>red</cbc:Value></cac:AdditionalItemProperty></cac:Item><cac:Price>"
        f'{_money("PriceAmount", price)}<cbc:BaseQuantity unitCode="HUR">1</cbc:BaseQuantity>'
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        f"{_money('Amount', '5.00')}{_money('BaseAmount', str(Decimal(price) + 5))}"
        f"</cac:AllowanceCharge></cac:Price></cac:{name}Line>"
    )


TRANSFER_UBL = (
    '<cac:PaymentMeans><cbc:PaymentMeansCode name="SEPA">58</cbc:PaymentMeansCode>{due}'
    "<cbc:PaymentID>2026-77</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>"
    f"{IBAN}</cbc:ID><cbc:Name>Erika</cbc:Name><cac:FinancialInstitutionBranch><cbc:ID>BYLADEM1001"
    "</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount></cac:PaymentMeans>"
)
DEBIT_UBL = (
    "<cac:PaymentMeans><cbc:PaymentMeansCode>59</cbc:PaymentMeansCode>{due}<cac:PaymentMandate>"
    f"<cbc:ID>M-1</cbc:ID><cac:PayerFinancialAccount><cbc:ID>{IBAN}</cbc:ID>"
    "</cac:PayerFinancialAccount></cac:PaymentMandate></cac:PaymentMeans>"
)
CARD_UBL = (
    "<cac:PaymentMeans><cbc:PaymentMeansCode>48</cbc:PaymentMeansCode>{due}<cac:CardAccount>"
    "<cbc:PrimaryAccountNumberID>1234</cbc:PrimaryAccountNumberID><cbc:NetworkID>VISA"
    "</cbc:NetworkID><cbc:HolderName>A</cbc:HolderName></cac:CardAccount></cac:PaymentMeans>"
)


def full_ubl(spec: str = XRECHNUNG, means: str = TRANSFER_UBL, credit: bool = False) -> bytes:
    """UBL with every group, the same numbers as `full_cii`."""
    name = "CreditNote" if credit else "Invoice"
    space = "urn:oasis:names:specification:ubl:schema:xsd:"
    sepa = (
        '<cac:PartyIdentification><cbc:ID schemeID="SEPA">DE98ZZZ09999999999</cbc:ID>'
        "</cac:PartyIdentification>"
        if means is DEBIT_UBL
        else ""
    )
    inner = _ubl_off("false", "10.00", "200.00", "20.00", "95") + _ubl_off(
        "true", "10.00", "100.00", "10.00", "FC"
    )
    lines = (
        _ubl_line(credit, 1, "8", "95.00", "760.00", "19")
        + _ubl_line(credit, 2, "2", "105.00", "200.00", "19", inner)
        + _ubl_line(credit, 3, "1", "50.00", "50.00", "7")
    )
    due = "<cbc:PaymentDueDate>2026-12-09</cbc:PaymentDueDate>" if credit else ""
    kind = (
        "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>"
        if credit
        else "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>"
    )
    first_due = "" if credit else "<cbc:DueDate>2026-12-09</cbc:DueDate>"
    project = "" if credit else "<cac:ProjectReference><cbc:ID>PR-1</cbc:ID></cac:ProjectReference>"
    note = "<cbc:Note>#AAI#Thank you</cbc:Note>"
    earlier = "".join(
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{number}</cbc:ID>{day}"
        "</cac:InvoiceDocumentReference></cac:BillingReference>"
        for number, day in (
            ("2026-70", "<cbc:IssueDate>2026-10-01</cbc:IssueDate>"),
            ("2026-71", ""),
        )
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{space}{name}-2" '
        f'xmlns:cac="{space}CommonAggregateComponents-2" '
        f'xmlns:cbc="{space}CommonBasicComponents-2"><cbc:CustomizationID>{spec}'
        f"</cbc:CustomizationID><cbc:ProfileID>{PEPPOL_PROCESS}</cbc:ProfileID>"
        f"<cbc:ID>2026-77</cbc:ID><cbc:IssueDate>2026-11-25</cbc:IssueDate>{first_due}"
        f"{kind}{note}<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
        "<cbc:AccountingCost>1400</cbc:AccountingCost>"
        f"<cbc:BuyerReference>{LEITWEG_ID}</cbc:BuyerReference><cac:InvoicePeriod><cbc:StartDate>"
        "2026-11-01</cbc:StartDate><cbc:EndDate>2026-11-20</cbc:EndDate><cbc:DescriptionCode>432"
        "</cbc:DescriptionCode></cac:InvoicePeriod><cac:OrderReference><cbc:ID>BO-1</cbc:ID>"
        f"<cbc:SalesOrderID>SO-1</cbc:SalesOrderID></cac:OrderReference>{earlier}"
        "<cac:DespatchDocumentReference><cbc:ID>L-1</cbc:ID></cac:DespatchDocumentReference>"
        "<cac:ReceiptDocumentReference><cbc:ID>W-1</cbc:ID></cac:ReceiptDocumentReference>"
        + (
            ""
            if credit
            else "<cac:OriginatorDocumentReference><cbc:ID>LOT 1</cbc:ID>"
            "</cac:OriginatorDocumentReference>"
        )
        + "<cac:ContractDocumentReference><cbc:ID>C-1</cbc:ID></cac:ContractDocumentReference>"
        "<cac:AdditionalDocumentReference><cbc:ID>hours</cbc:ID><cbc:DocumentDescription>Hours"
        "</cbc:DocumentDescription><cac:Attachment><cbc:EmbeddedDocumentBinaryObject "
        'mimeCode="text/csv" filename="hours.csv">aGVsbG8=</cbc:EmbeddedDocumentBinaryObject>'
        "</cac:Attachment></cac:AdditionalDocumentReference>"
        f"{project}<cac:AccountingSupplierParty><cac:Party>"
        '<cbc:EndpointID schemeID="EM">erika@example.org</cbc:EndpointID>'
        '<cac:PartyIdentification><cbc:ID schemeID="0088">4012345000009</cbc:ID>'
        f"</cac:PartyIdentification>{sepa}<cac:PartyName><cbc:Name>Erikas Werkstatt</cbc:Name>"
        f"</cac:PartyName>{_ubl_address('PostalAddress', 'Hauptstr. 1', '10115', 'Berlin')}"
        f"{_ubl_number(VAT_ID, 'VAT')}{_ubl_number('27/123/45678', 'FC')}<cac:PartyLegalEntity>"
        '<cbc:RegistrationName>Muster GmbH</cbc:RegistrationName><cbc:CompanyID schemeID="0002">'
        "HRB 1</cbc:CompanyID><cbc:CompanyLegalForm>HRB 1 Berlin</cbc:CompanyLegalForm>"
        f"</cac:PartyLegalEntity>{_ubl_contact('Erika')}</cac:Party></cac:AccountingSupplierParty>"
        "<cac:AccountingCustomerParty><cac:Party>"
        f'<cbc:EndpointID schemeID="0204">{LEITWEG_ID}</cbc:EndpointID><cac:PartyIdentification>'
        "<cbc:ID>K-1</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>Das Amt</cbc:Name>"
        f"</cac:PartyName>{_ubl_address('PostalAddress', 'Ring 5', '50667', 'Köln')}"
        "<cac:PartyLegalEntity><cbc:RegistrationName>Amt</cbc:RegistrationName><cbc:CompanyID>A 1"
        f"</cbc:CompanyID></cac:PartyLegalEntity>{_ubl_contact('Max')}</cac:Party>"
        "</cac:AccountingCustomerParty><cac:PayeeParty><cac:PartyIdentification><cbc:ID>P-1"
        "</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>Factor GmbH</cbc:Name>"
        "</cac:PartyName><cac:PartyLegalEntity><cbc:CompanyID>HRB 2</cbc:CompanyID>"
        "</cac:PartyLegalEntity></cac:PayeeParty><cac:TaxRepresentativeParty><cac:PartyName>"
        "<cbc:Name>Agent GmbH</cbc:Name></cac:PartyName>"
        f"{_ubl_address('PostalAddress', 'Weg 9', '10117', 'Berlin')}{_ubl_number(VAT_ID, 'VAT')}"
        "</cac:TaxRepresentativeParty><cac:Delivery><cbc:ActualDeliveryDate>2026-11-20"
        "</cbc:ActualDeliveryDate><cac:DeliveryLocation><cbc:ID>D-1</cbc:ID>"
        f"{_ubl_address('Address', 'Tor 3', '50667', 'Köln')}</cac:DeliveryLocation>"
        "<cac:DeliveryParty><cac:PartyName><cbc:Name>Lager</cbc:Name></cac:PartyName>"
        f"</cac:DeliveryParty></cac:Delivery>{means.format(due=due)}"
        "<cac:PaymentTerms><cbc:Note>14 days</cbc:Note></cac:PaymentTerms>"
        f"{_ubl_off('false', '5.00', '960.00', '48.00', '95', '19')}"
        f"{_ubl_off('true', '10.00', '100.00', '10.00', 'FC', '19')}"
        f"<cac:TaxTotal>{_money('TaxAmount', '178.68')}{_ubl_vat('175.18', '922.00', '19')}"
        f"{_ubl_vat('3.50', '50.00', '7')}</cac:TaxTotal><cac:LegalMonetaryTotal>"
        f"{_money('LineExtensionAmount', '1010.00')}{_money('TaxExclusiveAmount', '972.00')}"
        f"{_money('TaxInclusiveAmount', '1150.68')}{_money('AllowanceTotalAmount', '48.00')}"
        f"{_money('ChargeTotalAmount', '10.00')}{_money('PrepaidAmount', '100.00')}"
        f"{_money('PayableRoundingAmount', '0.02')}{_money('PayableAmount', '1050.70')}"
        f"</cac:LegalMonetaryTotal>{lines}</{name}>"
    ).encode()
