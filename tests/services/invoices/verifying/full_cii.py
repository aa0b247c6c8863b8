"""CII with every group of EN 16931, as others write it; nothing here is copied from anywhere."""

from decimal import Decimal

from tests.services.invoices.verifying.samples import (
    IBAN,
    LEITWEG_ID,
    PEPPOL_PROCESS,
    VAT_ID,
    XRECHNUNG,
)

SPACES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"'
    ' xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100" '
    'xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"'
)


def day(name: str, day: str, kind: str = "udt:DateTimeString") -> str:
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
        f"{day('StartDateTime', '20261101')}{day('EndDateTime', '20261120')}"
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
        f'<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice {SPACES}>'
        "<rsm:ExchangedDocumentContext><ram:BusinessProcessSpecifiedDocumentContextParameter>"
        f"<ram:ID>{PEPPOL_PROCESS}</ram:ID></ram:BusinessProcessSpecifiedDocumentContextParameter>"
        f"<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{spec}</ram:ID>"
        "</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>"
        "<rsm:ExchangedDocument><ram:ID>2026-77</ram:ID><ram:TypeCode>380</ram:TypeCode>"
        f"{day('IssueDateTime', '20261125')}<ram:IncludedNote><ram:Content>Thank you"
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
        f"{day('OccurrenceDateTime', '20261120')}</ram:ActualDeliverySupplyChainEvent>"
        "<ram:DespatchAdviceReferencedDocument><ram:IssuerAssignedID>L-1</ram:IssuerAssignedID>"
        "</ram:DespatchAdviceReferencedDocument><ram:ReceivingAdviceReferencedDocument>"
        "<ram:IssuerAssignedID>W-1</ram:IssuerAssignedID></ram:ReceivingAdviceReferencedDocument>"
        "</ram:ApplicableHeaderTradeDelivery><ram:ApplicableHeaderTradeSettlement>"
        f"{creditor}<ram:PaymentReference>2026-77</ram:PaymentReference>"
        f"<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{others}{means}"
        f"{_cii_vat('175.18', '922.00', '19')}{_cii_vat('3.50', '50.00', '7')}"
        f"<ram:BillingSpecifiedPeriod>{day('StartDateTime', '20261101')}"
        f"{day('EndDateTime', '20261120')}</ram:BillingSpecifiedPeriod>{offs}"
        "<ram:SpecifiedTradePaymentTerms><ram:Description>14 days</ram:Description>"
        f"{day('DueDateDateTime', '20261209')}{mandate}</ram:SpecifiedTradePaymentTerms>"
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
        f"{day('FormattedIssueDateTime', '20261001', 'qdt:DateTimeString')}"
        "</ram:InvoiceReferencedDocument><ram:InvoiceReferencedDocument>"
        "<ram:IssuerAssignedID>2026-71</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>"
        "<ram:ReceivableSpecifiedTradeAccountingAccount><ram:ID>1400</ram:ID>"
        "</ram:ReceivableSpecifiedTradeAccountingAccount></ram:ApplicableHeaderTradeSettlement>"
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    ).encode()
