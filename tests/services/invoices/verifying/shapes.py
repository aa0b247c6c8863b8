"""Invoices as others write them: every group of EN 16931 in both syntaxes, and what varies.

Each shape is officially valid (`test_verify_against_official.py` asks the judges); nothing here is
copied from anywhere. The numbers: 3 lines, an allowance and a charge on the document, two rates.
"""

from decimal import Decimal

from tests.services.invoices.verifying.samples import (
    EN16931,
    IBAN,
    LEITWEG_ID,
    PEPPOL_PROCESS,
    VAT_ID,
    XRECHNUNG,
)

EXTENDED = f"{EN16931}#conformant#urn:factur-x.eu:1p0:extended"
BASIC = f"{EN16931}#compliant#urn:factur-x.eu:1p0:basic"
BASIC_WL = "urn:factur-x.eu:1p0:basicwl"
MINIMUM = "urn:factur-x.eu:1p0:minimum"
OLD_XRECHNUNG = f"{EN16931}#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3"
EXTENSION = f"{XRECHNUNG}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"

_SPACES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"'
    ' xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100" '
    'xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"'
)


def _day(name: str, day: str, kind: str = "udt:DateTimeString") -> str:
    return f'<ram:{name}><{kind} format="102">{day}</{kind}></ram:{name}>'


def _cii_address(street: str, code: str, city: str, country: str = "DE") -> str:
    return (
        f"<ram:PostalTradeAddress><ram:PostcodeCode>{code}</ram:PostcodeCode>"
        f"<ram:LineOne>{street}</ram:LineOne><ram:LineTwo>Hof</ram:LineTwo>"
        f"<ram:CityName>{city}</ram:CityName><ram:CountryID>{country}</ram:CountryID>"
        "<ram:CountrySubDivisionName>Berlin</ram:CountrySubDivisionName></ram:PostalTradeAddress>"
    )


def _cii_contact(name: str) -> str:
    return (
        f"<ram:DefinedTradeContact><ram:PersonName>{name}</ram:PersonName>"
        "<ram:TelephoneUniversalCommunication><ram:CompleteNumber>+49 30 1234567"
        "</ram:CompleteNumber></ram:TelephoneUniversalCommunication>"
        "<ram:EmailURIUniversalCommunication><ram:URIID>erika@example.org</ram:URIID>"
        "</ram:EmailURIUniversalCommunication></ram:DefinedTradeContact>"
    )


def _cii_vat(amount: str, base: str, rate: str) -> str:
    return (
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{amount}</ram:CalculatedAmount>"
        f"<ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>{base}</ram:BasisAmount>"
        "<ram:CategoryCode>S</ram:CategoryCode><ram:DueDateTypeCode>72</ram:DueDateTypeCode>"
        f"<ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
    )


def _cii_off(kind: str, percent: str, base: str, amount: str, code: str, rate: str = "") -> str:
    tax = (
        "<ram:CategoryTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S"
        f"</ram:CategoryCode><ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent>"
        "</ram:CategoryTradeTax>"
    )
    return (
        "<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>"
        f"{kind}</udt:Indicator></ram:ChargeIndicator><ram:CalculationPercent>{percent}"
        f"</ram:CalculationPercent><ram:BasisAmount>{base}</ram:BasisAmount>"
        f"<ram:ActualAmount>{amount}</ram:ActualAmount><ram:ReasonCode>{code}</ram:ReasonCode>"
        f"<ram:Reason>agreed</ram:Reason>{tax if rate else ''}"
        "</ram:SpecifiedTradeAllowanceCharge>"
    )


def _cii_line(number: int, quantity: str, price: str, net: str, rate: str, extra: str = "") -> str:
    return (
        "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument>"
        f"<ram:LineID>{number}</ram:LineID><ram:IncludedNote><ram:Content>a remark</ram:Content>"
        "</ram:IncludedNote></ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct>"
        '<ram:GlobalID schemeID="0160">4012345001235</ram:GlobalID>'
        "<ram:SellerAssignedID>A-1</ram:SellerAssignedID><ram:BuyerAssignedID>B-1"
        "</ram:BuyerAssignedID><ram:Name>Concept</ram:Name><ram:Description>in words"
        "</ram:Description><ram:ApplicableProductCharacteristic><ram:Description>colour"
        "</ram:Description><ram:Value>red</ram:Value></ram:ApplicableProductCharacteristic>"
        '<ram:DesignatedProductClassification><ram:ClassCode listID="STI">80111620</ram:ClassCode>'
        "</ram:DesignatedProductClassification><ram:OriginTradeCountry><ram:ID>DE</ram:ID>"
        "</ram:OriginTradeCountry></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement>"
        "<ram:BuyerOrderReferencedDocument><ram:LineID>10</ram:LineID>"
        "</ram:BuyerOrderReferencedDocument><ram:GrossPriceProductTradePrice>"
        f"<ram:ChargeAmount>{Decimal(price) + 5}</ram:ChargeAmount>"
        "<ram:AppliedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false"
        "</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>5.00</ram:ActualAmount>"
        "</ram:AppliedTradeAllowanceCharge></ram:GrossPriceProductTradePrice>"
        f"<ram:NetPriceProductTradePrice><ram:ChargeAmount>{price}</ram:ChargeAmount>"
        '<ram:BasisQuantity unitCode="HUR">1</ram:BasisQuantity></ram:NetPriceProductTradePrice>'
        "</ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>"
        f'<ram:BilledQuantity unitCode="HUR">{quantity}</ram:BilledQuantity>'
        "</ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement>"
        "<ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S"
        f"</ram:CategoryCode><ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent>"
        "</ram:ApplicableTradeTax><ram:BillingSpecifiedPeriod>"
        f"{_day('StartDateTime', '20261101')}{_day('EndDateTime', '20261120')}"
        f"</ram:BillingSpecifiedPeriod>{extra}"
        "<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>"
        f"{net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>"
        "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>object</ram:IssuerAssignedID>"
        "<ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>AAA</ram:ReferenceTypeCode>"
        "</ram:AdditionalReferencedDocument><ram:ReceivableSpecifiedTradeAccountingAccount>"
        "<ram:ID>4400</ram:ID></ram:ReceivableSpecifiedTradeAccountingAccount>"
        "</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"
    )


TRANSFER = (
    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:Information>SEPA"
    "</ram:Information><ram:PayeePartyCreditorFinancialAccount>"
    f"<ram:IBANID>{IBAN}</ram:IBANID><ram:AccountName>Erika</ram:AccountName>"
    "</ram:PayeePartyCreditorFinancialAccount><ram:PayeeSpecifiedCreditorFinancialInstitution>"
    "<ram:BICID>BYLADEM1001</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution>"
    "</ram:SpecifiedTradeSettlementPaymentMeans>"
)
DEBIT = (
    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>59</ram:TypeCode>"
    f"<ram:PayerPartyDebtorFinancialAccount><ram:IBANID>{IBAN}</ram:IBANID>"
    "</ram:PayerPartyDebtorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>"
)
CARD = (
    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>48</ram:TypeCode>"
    "<ram:ApplicableTradeSettlementFinancialCard><ram:ID>1234</ram:ID><ram:CardholderName>A"
    "</ram:CardholderName></ram:ApplicableTradeSettlementFinancialCard>"
    "</ram:SpecifiedTradeSettlementPaymentMeans>"
)
OTHERS_CII = (  # payee, tax representative, a second currency
    "<ram:PayeeTradeParty><ram:ID>P-1</ram:ID><ram:Name>Factor GmbH</ram:Name>"
    "<ram:SpecifiedLegalOrganization><ram:ID>HRB 2</ram:ID></ram:SpecifiedLegalOrganization>"
    "</ram:PayeeTradeParty>"
)
AGENT_CII = (
    "<ram:SellerTaxRepresentativeTradeParty><ram:Name>Agent GmbH</ram:Name>"
    f"{_cii_address('Weg 9', '10117', 'Berlin')}<ram:SpecifiedTaxRegistration>"
    f'<ram:ID schemeID="VA">{VAT_ID}</ram:ID></ram:SpecifiedTaxRegistration>'
    "</ram:SellerTaxRepresentativeTradeParty>"
)


def full_cii(
    spec: str = XRECHNUNG, means: str = TRANSFER, others: str = OTHERS_CII, agent: str = AGENT_CII
) -> bytes:
    """CII with every group: 960.00 - 48.00 + 10.00 at 19 %, 50.00 at 7 %."""
    debit = "59" in means[:90]
    creditor = (
        "<ram:CreditorReferenceID>DE98ZZZ09999999999</ram:CreditorReferenceID>" if debit else ""
    )
    mandate = "<ram:DirectDebitMandateID>M-1</ram:DirectDebitMandateID>" if debit else ""
    offs = (
        _cii_off("false", "5.00", "960.00", "48.00", "95", "19")
        + _cii_off("true", "10.00", "100.00", "10.00", "FC", "19")
    )  # fmt: skip
    inner = _cii_off("false", "10.00", "200.00", "20.00", "95") + _cii_off(
        "true", "10.00", "100.00", "10.00", "FC"
    )
    lines = (
        _cii_line(1, "8", "95.00", "760.00", "19")
        + _cii_line(2, "2", "105.00", "200.00", "19", inner)
        + _cii_line(3, "1", "50.00", "50.00", "7")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice {_SPACES}>'
        "<rsm:ExchangedDocumentContext><ram:BusinessProcessSpecifiedDocumentContextParameter>"
        f"<ram:ID>{PEPPOL_PROCESS}</ram:ID></ram:BusinessProcessSpecifiedDocumentContextParameter>"
        f"<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{spec}</ram:ID>"
        "</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>"
        "<rsm:ExchangedDocument><ram:ID>2026-77</ram:ID><ram:TypeCode>380</ram:TypeCode>"
        f"{_day('IssueDateTime', '20261125')}<ram:IncludedNote><ram:Content>Thank you"
        "</ram:Content><ram:SubjectCode>AAI</ram:SubjectCode></ram:IncludedNote>"
        f"</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>{lines}"
        "<ram:ApplicableHeaderTradeAgreement>"
        f"<ram:BuyerReference>{LEITWEG_ID}</ram:BuyerReference><ram:SellerTradeParty>"
        '<ram:ID>S-1</ram:ID><ram:GlobalID schemeID="0088">4012345000009</ram:GlobalID>'
        "<ram:Name>Muster GmbH</ram:Name><ram:Description>HRB 1 Berlin</ram:Description>"
        '<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">HRB 1</ram:ID>'
        "<ram:TradingBusinessName>Erikas Werkstatt</ram:TradingBusinessName>"
        f"</ram:SpecifiedLegalOrganization>{_cii_contact('Erika')}"
        f"{_cii_address('Hauptstr. 1', '10115', 'Berlin')}<ram:URIUniversalCommunication>"
        '<ram:URIID schemeID="EM">erika@example.org</ram:URIID></ram:URIUniversalCommunication>'
        '<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">27/123/45678</ram:ID>'
        "</ram:SpecifiedTaxRegistration><ram:SpecifiedTaxRegistration>"
        f'<ram:ID schemeID="VA">{VAT_ID}</ram:ID></ram:SpecifiedTaxRegistration>'
        "</ram:SellerTradeParty><ram:BuyerTradeParty><ram:ID>K-1</ram:ID>"
        "<ram:Name>Amt</ram:Name><ram:SpecifiedLegalOrganization><ram:ID>A 1</ram:ID>"
        "<ram:TradingBusinessName>Das Amt</ram:TradingBusinessName>"
        f"</ram:SpecifiedLegalOrganization>{_cii_contact('Max')}"
        f"{_cii_address('Ring 5', '50667', 'Köln')}<ram:URIUniversalCommunication>"
        f'<ram:URIID schemeID="0204">{LEITWEG_ID}</ram:URIID></ram:URIUniversalCommunication>'
        f"</ram:BuyerTradeParty>{agent}<ram:SellerOrderReferencedDocument>"
        "<ram:IssuerAssignedID>SO-1</ram:IssuerAssignedID></ram:SellerOrderReferencedDocument>"
        "<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>BO-1</ram:IssuerAssignedID>"
        "</ram:BuyerOrderReferencedDocument><ram:ContractReferencedDocument>"
        "<ram:IssuerAssignedID>C-1</ram:IssuerAssignedID></ram:ContractReferencedDocument>"
        "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>hours</ram:IssuerAssignedID>"
        "<ram:URIID>https://example.org/hours.csv</ram:URIID><ram:TypeCode>916</ram:TypeCode>"
        '<ram:Name>Hours</ram:Name><ram:AttachmentBinaryObject mimeCode="text/csv" '
        'filename="hours.csv">aGVsbG8=</ram:AttachmentBinaryObject>'
        "</ram:AdditionalReferencedDocument><ram:AdditionalReferencedDocument>"
        "<ram:IssuerAssignedID>LOT 1</ram:IssuerAssignedID><ram:TypeCode>50</ram:TypeCode>"
        "</ram:AdditionalReferencedDocument><ram:SpecifiedProcuringProject><ram:ID>PR-1</ram:ID>"
        "<ram:Name>Project</ram:Name></ram:SpecifiedProcuringProject>"
        "</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery>"
        "<ram:ShipToTradeParty><ram:ID>D-1</ram:ID><ram:Name>Lager</ram:Name>"
        f"{_cii_address('Tor 3', '50667', 'Köln')}</ram:ShipToTradeParty>"
        "<ram:ActualDeliverySupplyChainEvent>"
        f"{_day('OccurrenceDateTime', '20261120')}</ram:ActualDeliverySupplyChainEvent>"
        "<ram:DespatchAdviceReferencedDocument><ram:IssuerAssignedID>L-1</ram:IssuerAssignedID>"
        "</ram:DespatchAdviceReferencedDocument><ram:ReceivingAdviceReferencedDocument>"
        "<ram:IssuerAssignedID>W-1</ram:IssuerAssignedID></ram:ReceivingAdviceReferencedDocument>"
        "</ram:ApplicableHeaderTradeDelivery><ram:ApplicableHeaderTradeSettlement>"
        f"{creditor}<ram:PaymentReference>2026-77</ram:PaymentReference>"
        f"<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{others}{means}"
        f"{_cii_vat('175.18', '922.00', '19')}{_cii_vat('3.50', '50.00', '7')}"
        f"<ram:BillingSpecifiedPeriod>{_day('StartDateTime', '20261101')}"
        f"{_day('EndDateTime', '20261120')}</ram:BillingSpecifiedPeriod>{offs}"
        "<ram:SpecifiedTradePaymentTerms><ram:Description>14 days</ram:Description>"
        f"{_day('DueDateDateTime', '20261209')}{mandate}</ram:SpecifiedTradePaymentTerms>"
        "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        "<ram:LineTotalAmount>1010.00</ram:LineTotalAmount>"
        "<ram:ChargeTotalAmount>10.00</ram:ChargeTotalAmount>"
        "<ram:AllowanceTotalAmount>48.00</ram:AllowanceTotalAmount>"
        "<ram:TaxBasisTotalAmount>972.00</ram:TaxBasisTotalAmount>"
        '<ram:TaxTotalAmount currencyID="EUR">178.68</ram:TaxTotalAmount>'
        "<ram:RoundingAmount>0.02</ram:RoundingAmount>"
        "<ram:GrandTotalAmount>1150.68</ram:GrandTotalAmount>"
        "<ram:TotalPrepaidAmount>100.00</ram:TotalPrepaidAmount>"
        "<ram:DuePayableAmount>1050.70</ram:DuePayableAmount>"
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:InvoiceReferencedDocument>"
        "<ram:IssuerAssignedID>2026-70</ram:IssuerAssignedID>"
        f"{_day('FormattedIssueDateTime', '20261001', 'qdt:DateTimeString')}"
        "</ram:InvoiceReferencedDocument><ram:InvoiceReferencedDocument>"
        "<ram:IssuerAssignedID>2026-71</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>"
        "<ram:ReceivableSpecifiedTradeAccountingAccount><ram:ID>1400</ram:ID>"
        "</ram:ReceivableSpecifiedTradeAccountingAccount></ram:ApplicableHeaderTradeSettlement>"
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    ).encode()


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


FULL: dict[str, bytes] = {
    "XRechnung in CII": full_cii(),
    "direct debit in CII": full_cii(means=DEBIT),
    "card in CII": full_cii(means=CARD),
    "EN 16931 in CII": full_cii(EN16931),
    "EXTENDED": full_cii(EXTENDED),
    "XRechnung 2.3 in CII": full_cii(OLD_XRECHNUNG),
    "XRechnung in UBL": full_ubl(),
    "direct debit in UBL": full_ubl(means=DEBIT_UBL),
    "card in UBL": full_ubl(means=CARD_UBL),
    "credit note": full_ubl(credit=True),
    "EN 16931 in UBL": full_ubl(EN16931),
    "XRechnung 2.3 in UBL": full_ubl(OLD_XRECHNUNG),
    "extension in UBL": full_ubl(EXTENSION),
    "extension in CII": full_cii(EXTENSION),
}


def minimum(country: str = "FR") -> bytes:
    """Profile MINIMUM: no lines, no breakdown, hardly an address."""
    return (
        f"<rsm:CrossIndustryInvoice {_SPACES}><rsm:ExchangedDocumentContext>"
        "<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>"
        f"{MINIMUM}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>"
        "</rsm:ExchangedDocumentContext><rsm:ExchangedDocument><ram:ID>F-1</ram:ID>"
        f"<ram:TypeCode>380</ram:TypeCode>{_day('IssueDateTime', '20261125')}"
        "</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>"
        "<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Société</ram:Name>"
        '<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">12345678200010</ram:ID>'
        f"</ram:SpecifiedLegalOrganization><ram:PostalTradeAddress><ram:CountryID>{country}"
        "</ram:CountryID></ram:PostalTradeAddress><ram:SpecifiedTaxRegistration>"
        '<ram:ID schemeID="VA">FR40303265045</ram:ID></ram:SpecifiedTaxRegistration>'
        "</ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Client</ram:Name>"
        "</ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>"
        "<ram:ApplicableHeaderTradeDelivery/><ram:ApplicableHeaderTradeSettlement>"
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
        "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        "<ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount>"
        '<ram:TaxTotalAmount currencyID="EUR">20.00</ram:TaxTotalAmount>'
        "<ram:GrandTotalAmount>120.00</ram:GrandTotalAmount>"
        "<ram:DuePayableAmount>120.00</ram:DuePayableAmount>"
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        "</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>"
        "</rsm:CrossIndustryInvoice>"
    ).encode()
