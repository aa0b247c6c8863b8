"""Invoices as others write them: every group of EN 16931 in both syntaxes, in every profile.

Each shape is officially valid (`test_verify_others.py` asks the judges). The numbers: 3 lines, an
allowance and a charge on the document, two rates.
"""

from tests.services.invoices.verifying.full_cii import (
    CARD,
    DEBIT,
    SPACES,
    TRANSFER,
    day,
    full_cii,
)
from tests.services.invoices.verifying.full_ubl import (
    CARD_UBL,
    DEBIT_UBL,
    TRANSFER_UBL,
    full_ubl,
)
from tests.services.invoices.verifying.samples import EN16931, XRECHNUNG

__all__ = ["CARD", "DEBIT", "DEBIT_UBL", "EN16931", "TRANSFER", "TRANSFER_UBL", "XRECHNUNG"]
EXTENDED = f"{EN16931}#conformant#urn:factur-x.eu:1p0:extended"
BASIC = f"{EN16931}#compliant#urn:factur-x.eu:1p0:basic"
BASIC_WL = "urn:factur-x.eu:1p0:basicwl"
MINIMUM = "urn:factur-x.eu:1p0:minimum"
OLD_XRECHNUNG = f"{EN16931}#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3"
EXTENSION = f"{XRECHNUNG}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"

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
        f"<rsm:CrossIndustryInvoice {SPACES}><rsm:ExchangedDocumentContext>"
        "<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>"
        f"{MINIMUM}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>"
        "</rsm:ExchangedDocumentContext><rsm:ExchangedDocument><ram:ID>F-1</ram:ID>"
        f"<ram:TypeCode>380</ram:TypeCode>{day('IssueDateTime', '20261125')}"
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
