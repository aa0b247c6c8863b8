"""What the bindings to CII and UBL forbid: one piece of a whole invoice changed, and the finding to the word."""

import re
from datetime import date

import pytest

from cowork_cli.services.invoices.verifying import verify
from tests.services.invoices.verifying.full_cii import full_cii
from tests.services.invoices.verifying.full_ubl import full_ubl

CII, UBL = full_cii().decode(), full_ubl().decode()
MEANS = re.search(r"<cac:PaymentMeans>.*?</cac:PaymentMeans>", UBL, re.DOTALL)
assert MEANS
OBJECT = "<cac:AdditionalDocumentReference><cbc:ID>object</cbc:ID>"


def changed(xml: str, old: str, new: str) -> bytes:
    assert old in xml
    return xml.replace(old, new, 1).encode()


def findings(xml: bytes) -> set[tuple[str, str]]:
    problems = verify(xml, "a.xml", date(2026, 11, 25)).problems
    return {(row.rule, row.message) for row in problems if row.severity == "error"}


def before(end: str, piece: str) -> tuple[str, str]:
    """Puts a piece in front of an end tag."""
    return end, piece + end


BUYER_ORDER = "</ram:BuyerOrderReferencedDocument>"
OF_CII = [
    (*before(BUYER_ORDER, "<ram:TypeCode>130</ram:TypeCode>"), "CII-DT-018",
     "ram:BuyerOrderReferencedDocument must not have ram:TypeCode"),
    (*before(BUYER_ORDER, "<ram:GlobalID>1</ram:GlobalID>"), "CII-DT-019",
     "ram:BuyerOrderReferencedDocument must not have ram:GlobalID"),
    (*before(BUYER_ORDER, "<ram:ReferenceTypeCode>AAA</ram:ReferenceTypeCode>"), "CII-DT-024",
     "ram:BuyerOrderReferencedDocument must not have ram:ReferenceTypeCode"),
    (*before(BUYER_ORDER, "<ram:FormattedIssueDateTime/>"), "CII-DT-027",
     "ram:BuyerOrderReferencedDocument must not have a date"),
    ("<ram:TypeCode>130</ram:TypeCode>", "<ram:TypeCode>99</ram:TypeCode>", "CII-DT-018",
     'the type "99" of ram:AdditionalReferencedDocument is not 50, 130 or 916'),
    ('<ram:GlobalID schemeID="0160">', "<ram:GlobalID>", "BR-64",
     "the standard identifier of an item (BT-157) has no scheme"),
    ('<ram:ClassCode listID="STI">', "<ram:ClassCode>", "BR-65",
     "the classification of an item (BT-158) has no scheme"),
    ("<ram:SellerAssignedID>", '<ram:SellerAssignedID schemeName="x">', "CII-DT-101",
     "ram:SellerAssignedID must not have the attribute schemeName"),
    (*before("</ram:SpecifiedTradeAllowanceCharge>", "<ram:ActualAmount>1.00</ram:ActualAmount>"),
     "CII-SR-473", "ram:ActualAmount stands more than once in ram:SpecifiedTradeAllowanceCharge"),
    ("<ram:LineTotalAmount>", '<ram:LineTotalAmount currencyID="EUR">', "CII-DT-031",
     "ram:LineTotalAmount must not have the attribute currencyID"),
    (*before("</ram:PostalTradeAddress>", "<ram:CareOf>x</ram:CareOf>"), "CII-DT-093",
     "ram:PostalTradeAddress must not have ram:CareOf"),
    (*before("</ram:BillingSpecifiedPeriod>", "<ram:Description>x</ram:Description>"), "CII-DT-071",
     "ram:BillingSpecifiedPeriod must not have ram:Description"),
    (*before("</ram:SellerTradeParty>", '<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA"/>'
     "</ram:SpecifiedTaxRegistration>"), "BR-CO-09", "the VAT id of ram:SellerTradeParty is empty"),
    (*before("</ram:SellerTradeParty>", '<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA"/>'
     "</ram:SpecifiedTaxRegistration>"), "DOUBLE", "ram:SellerTradeParty has several tax registrations VA"),
]  # fmt: skip
OF_UBL = [
    ("</cbc:TaxAmount><cac:TaxCategory>", "</cbc:TaxAmount><cbc:TransactionCurrencyTaxAmount"
     ' currencyID="EUR">1.000</cbc:TransactionCurrencyTaxAmount><cac:TaxCategory>', "UBL-DT-01",
     "cbc:TransactionCurrencyTaxAmount has more than two decimals (1.000)"),
    (MEANS[0], MEANS[0] + MEANS[0].replace(">2026-77<", ">2026-78<"), "UBL-SR-44",
     "the payment instructions have several cbc:PaymentID"),
    (MEANS[0], MEANS[0] + MEANS[0].replace(">58<", ">30<"), "UBL-SR-47",
     "the payment instructions have several cbc:PaymentMeansCode"),
    (MEANS[0], MEANS[0] + MEANS[0], "UBL-SR-46", "the payment instructions have several texts (BT-82)"),
    ("<cac:ProjectReference>", f"{OBJECT}<cbc:DocumentTypeCode>99</cbc:DocumentTypeCode>"
     "</cac:AdditionalDocumentReference><cac:ProjectReference>", "UBL-SR-43",
     "only the invoiced object (130) has a scheme or a type code"),
    ("<cac:ProjectReference>", f"{OBJECT}<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode>"
     "<cbc:DocumentDescription>x</cbc:DocumentDescription></cac:AdditionalDocumentReference>"
     "<cac:ProjectReference>", "UBL-CR-673", "the invoiced object must not have cbc:DocumentDescription"),
    ("<cac:ProjectReference>", f"{OBJECT}<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode><cac:Attachment/>"
     "</cac:AdditionalDocumentReference><cac:ProjectReference>", "UBL-CR-666",
     "the invoiced object must not have cac:Attachment"),
    (' filename="hours.csv"', "", "UBL-DT-07", "cbc:EmbeddedDocumentBinaryObject has no filename"),
    (' mimeCode="text/csv"', "", "UBL-DT-06", "cbc:EmbeddedDocumentBinaryObject has no mimeCode"),
    (*before("</cac:AddressLine>", "</cac:AddressLine><cac:AddressLine>"), "UBL-SR-51",
     "cac:PostalAddress has several address lines"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "rule", "message"), OF_CII, ids=lambda text: text[:30])
def test_cii(old: str, new: str, rule: str, message: str) -> None:
    assert (rule, message) in findings(changed(CII, old, new))


@pytest.mark.parametrize(("old", "new", "rule", "message"), OF_UBL, ids=lambda text: text[:30])
def test_ubl(old: str, new: str, rule: str, message: str) -> None:
    assert (rule, message) in findings(changed(UBL, old, new))


def test_what_was_changed_had_none_of_them() -> None:
    spoken = {row[2:] for row in (*OF_CII, *OF_UBL)}
    assert not (findings(CII.encode()) | findings(UBL.encode())) & spoken
