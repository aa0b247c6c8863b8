"""What stands where, how often, with which value: no broken document is called valid."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from cowork_cli.services.invoices.verifying import verify
from tests.einvoice.judges import refusals
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_ubl import ubl
from tests.services.invoices.verifying.samples import Sample
from tests.services.invoices.verifying.shapes import (
    CARD,
    DEBIT,
    DEBIT_UBL,
    EN16931,
    EXTENDED,
    full_cii,
    full_ubl,
)

TODAY = date(2026, 11, 25)
CII, UBL = full_cii(), full_ubl()


def errors(xml: bytes) -> set[str]:
    return {row.rule for row in verify(xml, "a.xml", TODAY).problems if row.severity == "error"}


def again(xml: bytes, pattern: str, value: str | None = None) -> bytes:
    """`xml` with the first element of `pattern` twice, the second time with another value."""
    found = re.search(pattern, xml.decode())
    assert found
    twin = found[0] if value is None else re.sub(r">[^<>]*</", f">{value}</", found[0])
    return xml.decode().replace(found[0], found[0] + twin, 1).encode()


TWICE: dict[str, tuple[bytes, str, str | None]] = {
    "two totals": (cii(Sample()), r"<ram:GrandTotalAmount>[^<]*</ram:GrandTotalAmount>", "1.00"),
    "two totals, XRechnung": (CII, r"<ram:GrandTotalAmount>[^<]*</ram:GrandTotalAmount>", "1.00"),
    "two amounts due": (CII, r"<ram:DuePayableAmount>[^<]*</ram:DuePayableAmount>", "1.00"),
    "two currencies": (CII, r"<ram:InvoiceCurrencyCode>[^<]*</ram:InvoiceCurrencyCode>", "USD"),
    "two sellers": (CII, r"<ram:SellerTradeParty>.*?</ram:SellerTradeParty>", None),
    "two names": (CII, r"<ram:Name>Muster GmbH</ram:Name>", "Other"),
    "two IBANs": (CII, r"<ram:IBANID>[^<]*</ram:IBANID>", "DE75512108001245126199"),
    "two numbers": (CII, r"<ram:ID>2026-77</ram:ID>", "2026-78"),
    "two prices": (CII, r"<ram:ChargeAmount>95.00</ram:ChargeAmount>", "96.00"),
    "two totals, UBL": (UBL, r"<cbc:TaxInclusiveAmount.*?</cbc:TaxInclusiveAmount>", "1.00"),
    "two currencies, UBL": (UBL, r"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", "USD"),
    "two sellers, UBL": (
        UBL, r"<cac:AccountingSupplierParty>.*?</cac:AccountingSupplierParty>", None),
    "two names, UBL": (UBL, r"<cbc:RegistrationName>Muster GmbH</cbc:RegistrationName>", "Other"),
    "two IBANs, UBL": (UBL, r"<cbc:ID>DE02120300000000202051</cbc:ID>", "DE75512108001245126199"),
    "two numbers, UBL": (UBL, r"<cbc:ID>2026-77</cbc:ID>", "2026-78"),
    "two deliveries, UBL": (UBL, r"<cac:Delivery>.*?</cac:Delivery>", None),
    "two payment terms, UBL": (UBL, r"<cbc:Note>14 days</cbc:Note>", "30 days"),
}  # fmt: skip


@pytest.mark.parametrize("case", TWICE)
def test_what_may_stand_once_and_stands_twice(case: str) -> None:
    xml = again(*TWICE[case])
    assert refusals(xml) != []
    assert errors(xml) & {"DOUBLE", "UBL-SR-05", "UBL-SR-24"}


BROKEN: dict[str, tuple[bytes, str, str]] = {
    "swapped": (CII, r"(<ram:ID>2026-77</ram:ID>)(<ram:TypeCode>380</ram:TypeCode>)", r"\2\1"),
    "unknown": (CII, r"(</?ram:BuyerReference)>", r"\1X>"),
    "missing": (CII, r"<ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>", "<ram:BasisAmount>"),
    "no decimal": (CII, r"<ram:RoundingAmount>0.02<", "<ram:RoundingAmount>0,02<"),
    "no indicator": (CII, r"<udt:Indicator>false<", "<udt:Indicator>no<"),
    "unknown attribute": (CII, r"<ram:BuyerReference>", '<ram:BuyerReference lang="de">'),
    "swapped, UBL": (UBL, r"(<cbc:CityName>Köln</cbc:CityName>)(<cbc:PostalZone>50667</cbc:PostalZone>)",
                     r"\2\1"),
    "unknown, UBL": (UBL, r"(</?cbc:BuyerReference)>", r"\1X>"),
    "missing, UBL": (UBL, r"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>(?=</cac:Class)", ""),
    "no date, UBL": (UBL, r"<cbc:ActualDeliveryDate>2026-11-20<", "<cbc:ActualDeliveryDate>20.11.26<"),
    "no currency, UBL": (UBL, r'<cbc:PriceAmount currencyID="EUR">', "<cbc:PriceAmount>"),
    "no attachment, UBL": (UBL, r"aGVsbG8=", "a"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_structure(case: str) -> None:
    xml, pattern, instead = BROKEN[case]
    broken = re.sub(pattern, instead, xml.decode()).encode()
    assert broken != xml
    assert refusals(broken) != []
    assert errors(broken) != set()


def test_an_element_of_another_profile() -> None:
    """EXTENDED has the buyer's own note on a seller; EN 16931 does not."""
    wrong = cii(Sample()).replace(
        b"</ram:ApplicableHeaderTradeDelivery>",
        b"<ram:DeliveryNoteReferencedDocument><ram:IssuerAssignedID>1</ram:IssuerAssignedID>"
        b"</ram:DeliveryNoteReferencedDocument></ram:ApplicableHeaderTradeDelivery>",
    )
    assert "XSD" in errors(wrong)
    right = wrong.replace(EN16931.encode() + b"<", EXTENDED.encode() + b"<")
    assert refusals(right) == []
    assert errors(right) == set()


# Rule → an invoice that is right but for it.
MISSING: dict[str, tuple[bytes, str, str]] = {
    "BR-DE-10": (CII, r"(Tor 3.*?)<ram:CityName>Köln</ram:CityName>", r"\1"),
    "BR-DE-11": (CII, r"<ram:PostcodeCode>50667</ram:PostcodeCode>(<ram:LineOne>Tor 3)", r"\1"),
    "BR-DE-30": (full_cii(means=DEBIT), r"<ram:CreditorReferenceID>.*?</ram:CreditorReferenceID>", ""),
    "BR-DE-31": (full_ubl(means=DEBIT_UBL),
                 r"<cac:PayerFinancialAccount>.*?</cac:PayerFinancialAccount>", ""),
    "PEPPOL-EN16931-R041": (CII, r"<ram:BasisAmount>960.00</ram:BasisAmount>", ""),
    "PEPPOL-EN16931-R042": (CII, r"<ram:CalculationPercent>5.00</ram:CalculationPercent>", ""),
    "PEPPOL-EN16931-R043": (CII, r"<udt:Indicator>true<", "<udt:Indicator>1<"),
    "PEPPOL-EN16931-R044": (
        CII, r"(<ram:AppliedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>)false", r"\1true"),
    "PEPPOL-EN16931-R053": (
        CII, r'(<ram:TaxTotalAmount currencyID="EUR">178.68</ram:TaxTotalAmount>)', r"\1\1"),
    "PEPPOL-EN16931-R054": (
        CII, r'(<ram:TaxTotalAmount currencyID="EUR">178.68</ram:TaxTotalAmount>)',
        r'\1<ram:TaxTotalAmount currencyID="USD">200.00</ram:TaxTotalAmount>'),
    "PEPPOL-EN16931-R055": (
        UBL, r"<cbc:AccountingCost>1400</cbc:AccountingCost>(.*?<cac:TaxTotal>)",
        r"<cbc:TaxCurrencyCode>USD</cbc:TaxCurrencyCode>\1"
        r'<cbc:TaxAmount currencyID="USD">-200.00</cbc:TaxAmount></cac:TaxTotal><cac:TaxTotal>'),
    "PEPPOL-EN16931-R061": (
        full_cii(means=DEBIT), r"<ram:DirectDebitMandateID>M-1</ram:DirectDebitMandateID>", ""),
    "PEPPOL-EN16931-R101": (UBL, r"<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode>", ""),
    "PEPPOL-EN16931-R130": (CII, r'<ram:BasisQuantity unitCode="HUR">', '<ram:BasisQuantity unitCode="DAY">'),
    "BR-CL-25": (CII, r'<ram:URIID schemeID="EM">', '<ram:URIID schemeID="1234">'),
    "BR-CL-06": (CII, r"<ram:DueDateTypeCode>72<", "<ram:DueDateTypeCode>432<"),
    "CII-DT-031": (CII, r"<ram:GrandTotalAmount>", '<ram:GrandTotalAmount currencyID="EUR">'),
    "BR-TMP-2": (CII, r"https://example.org", "example.org"),
    "BR-DE-24-b": (
        full_cii(means=CARD), r"(<ram:ApplicableTradeSettlementFinancialCard>.*?Card>)",
        r"\1<ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE02120300000000202051</ram:IBANID>"
        r"</ram:PayeePartyCreditorFinancialAccount>"),
}  # fmt: skip


@pytest.mark.parametrize("rule", MISSING)
def test_a_rule_that_is_refused_officially(rule: str) -> None:
    xml, pattern, instead = MISSING[rule]
    broken = re.sub(pattern, instead, xml.decode(), flags=re.DOTALL).encode()
    assert broken != xml
    assert any(row.startswith(rule) for row in refusals(broken))
    assert rule in errors(broken)


@pytest.mark.parametrize(
    ("write", "code", "good"),
    [(full_cii, code, code in ("5", "29", "72")) for code in ("5", "29", "72", "3", "35", "432")]
    + [
        (full_ubl, code, code in ("3", "35", "432")) for code in ("5", "29", "72", "3", "35", "432")
    ],
)
def test_tax_point_codes_by_syntax(write: Callable[[], bytes], code: str, good: bool) -> None:
    xml = re.sub(
        rb"(DueDateTypeCode|DescriptionCode)>(72|432)<", rb"\1>%b<" % code.encode(), write()
    )
    assert bool(refusals(xml)) is not good
    assert ("BR-CL-06" in errors(xml)) is not good


@pytest.mark.parametrize(("scheme", "good"), [("EM", True), ("0204", True), ("9930", True),
                                              ("0088", True), ("9999", False), ("AM", False)])  # fmt: skip
def test_schemes_of_electronic_addresses(scheme: str, good: bool) -> None:
    xml = ubl(Sample()).replace(b'schemeID="EM"', f'schemeID="{scheme}"'.encode())
    assert bool(refusals(xml)) is not good
    assert ("BR-CL-25" in errors(xml)) is not good
