"""What seldom stands in an invoice: one piece changed, and all that is found, to the word."""

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfWriter

from cowork_cli.importers import einvoice_pdf_pages
from cowork_cli.services.invoices import rules as einvoice_rules
from cowork_cli.services.invoices.verifying import verify
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_pdf import Box, pdf
from tests.services.invoices.verifying.samples import (
    REVERSE_CHARGE,
    SELLER,
    SMALL_BUSINESS,
    Off,
    Row,
    Sample,
    Who,
    cases,
)
from tests.services.invoices.verifying.shapes import CARD, EXTENDED, full_cii, full_ubl

CASES = cases()
ZERO: dict[str, Any] = {"rate": "0"}
AUSTRIAN = CASES["reverse charge"].buyer
SUPPLY = Sample(
    rows=(Row(category="K", **ZERO),),
    buyer=AUSTRIAN,
    reasons={"K": ("Innergemeinschaftliche Lieferung", "VATEX-EU-IC")},
    delivery_country="AT",
)
FRENCH = Who("Société", "Rue 1", "75001", "Paris", "FR", id="4711", endpoint=None)
EXEMPT = replace(
    CASES["small business"],
    spec=EXTENDED,
    rows=(Row(category="E", **ZERO), Row("Course", "1", "50.00", category="E", **ZERO)),
)


def found(xml: bytes, name: str = "a.xml") -> list[str]:
    problems = verify(xml, name, date(2026, 11, 25)).problems
    return [f"{row.severity} {row.rule}: {row.message}" for row in problems]


def _names(rows: Iterable[list[str]]) -> list[str]:
    """What a case is called: the first rule that speaks."""
    return [row[0].partition(":")[0] if row else "nothing" for row in rows]


NO_DAY = "neither a service date (BT-72) nor a period (BT-73/BT-74) is given"
FARM = "7.8 % is not a rate of Germany: they are 19 % and 7 % (§ 12 (1) UStG, 2026)"
NO_NUMBER = "error BR-S-02: standard rate: the seller has neither VAT id nor tax number"
SAID: list[tuple[Sample, list[str]]] = [
    (Sample(offs=(Off("0.00"),)), ["error BR-CO-11: the sum of allowances (BT-107) is missing"]),
    (Sample(offs=(Off("0.00", charge=True),)),
     ["error BR-CO-12: the sum of charges (BT-108) is missing"]),
    (Sample(spec=EXTENDED, vat={"S19": "180.52"}),
     ["error BR-FXEXT-S-09b: VAT 19 % on 950.00 is 180.50, not 180.52 (off by 0.02)"]),
    (Sample(spec=EXTENDED, vat={"S19": "180.51"}),
     ["warning BR-CO-17: VAT 19 % on 950.00 is 180.50, not 180.51 (off by 0.01)"]),
    (Sample(type="386", service=None),
     [f"info UStG-14-4-6: {NO_DAY}; a request for prepayment needs none"]),
    # What the law of another country asks is not said here, nor what a small amount need not have.
    (Sample(seller=FRENCH, rows=(Row(rate="20"),)), [NO_NUMBER]),
    (Sample(seller=replace(SELLER, vat_id=None, id="1"), rows=(Row(price="10.00"),)), [NO_NUMBER]),
    (Sample(buyer=Who(vat_id="CHE123456788")),
     ["info VAT-ID: the VAT id CHE123456788 of the buyer (BT-48) cannot be checked here"]),
    (Sample(issued="19691231"), ["error DATE-PAST: the issue date 1969-12-31 cannot be right"]),
    (Sample(rows=(Row(rate="7.8"),)),
     [f"warning VAT-RATE: {FARM}; it may be that of a farmer (§ 24 UStG)"]),
    (Sample(rows=(Row(gross_price="-1.00"),)),
     ["error BR-28: the gross price of line 1 is negative (-1.00)",
      "warning PEPPOL-EN16931-R046: line 1: the gross price -1.00 less 0 is not 95.00"]),
    (SUPPLY, []),
    (replace(SUPPLY, buyer=replace(AUSTRIAN, vat_id=None)),
     ["error BR-IC-02: intra-community supply: the buyer has no VAT id (BT-48)"]),
    (replace(SUPPLY, service=None),
     ["error BR-IC-11: intra-community supply: delivery date and period are missing",
      f"error UStG-14-4-6: {NO_DAY} (§ 14 (4) no. 6 UStG)"]),
    (replace(CASES["reverse charge"], reasons={"AE": (REVERSE_CHARGE, "VATEX-EU-G")}),
     ["error BR-AE-10: category AE asks for VATEX-EU-AE, not VATEX-EU-G"]),
    (Sample(buyer=Who(endpoint=("XX", "a"))),
     ['error BR-CL-25: "XX" of ram:URIID in ram:URIUniversalCommunication is no code of '
      "electronic addresses"]),
    # A profile with a schema of its own takes any scheme that both sides know.
    (Sample(spec=EXTENDED, buyer=Who(endpoint=("XX", "a"))), []),
]  # fmt: skip


@pytest.mark.parametrize(("sample", "said"), SAID, ids=_names(said for _, said in SAID))
def test_of_a_sample(sample: Sample, said: list[str]) -> None:
    assert found(cii(sample)) == said


CII, UBL = full_cii().decode(), full_ubl().decode()
MEANS = re.search(r"<ram:SpecifiedTradeSettlementPaymentMeans>.*?</ram:Spec\w+PaymentMeans>", CII)
PERIOD = re.search(r"<ram:BillingSpecifiedPeriod>.*?</ram:BillingSpecifiedPeriod>", CII)
assert MEANS
assert PERIOD
SCHEMA = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
ANYTHING = f'<e:UBLExtensions xmlns:e="{SCHEMA}"><x xmlns="urn:x">words</x></e:UBLExtensions>'
CHANGED: list[tuple[str, str, str, list[str]]] = [
    (CII, MEANS[0], MEANS[0] + MEANS[0].replace(">58<", ">30<"),
     ["error CII-SR-467: the payment instructions have several ram:TypeCode"]),
    (CII, "<ram:DueDateTypeCode>72<", "<ram:DueDateTypeCode>5<",
     ["error CII-SR-462: there are several codes for the tax point (BT-8)"]),
    (CII, "<ram:IncludedNote>", "<ram:IncludedNote>words",
     ["error XSD: ram:IncludedNote may hold no text"]),
    (CII, "<ram:IncludedNote>", '<ram:IncludedNote id="1">',
     ["error XSD: ram:IncludedNote may have no attribute"]),
    (CII, PERIOD[0], "<ram:BillingSpecifiedPeriod/>",
     ["error BR-CO-20: the period of line 1 has neither start nor end",
      "error PEPPOL-EN16931-R008: the element ram:BillingSpecifiedPeriod is empty"]),
    (CII, "<ram:InvoiceCurrencyCode>", "<ram:TaxCurrencyCode/><ram:InvoiceCurrencyCode>",
     ["error PEPPOL-EN16931-R008: the element ram:TaxCurrencyCode is empty",
      "error BR-CL-05: ram:TaxCurrencyCode in ram:ApplicableHeaderTradeSettlement is empty"]),
    (CII, "<ram:ReasonCode>95<", "<ram:ReasonCode>zz<",
     ['error BR-CL-19: "zz" is not a reason code of allowances']),
    (full_cii(means=CARD).decode(), "<ram:ID>1234<", "<ram:ID>4111-11XX-XXXX-11111<",
     ["error BR-51: the card number is shown with more than ten digits"]),
    (full_cii(means=CARD).decode(), "<ram:ID>1234<", "<ram:ID>4111 11XX XXXX 1111<", []),
    (UBL, '<cbc:ID schemeID="0160">', "<cbc:ID>",
     ["error BR-64: the standard identifier of an item has no scheme"]),
    (UBL, '<cbc:ItemClassificationCode listID="STI">', "<cbc:ItemClassificationCode>",
     ["error BR-65: the classification of an item (BT-158) has no scheme"]),
    (UBL, "<cac:PartyName><cbc:Name>Factor GmbH</cbc:Name></cac:PartyName>", "",
     ["error BR-17: the payee has no name (BT-59)"]),
    (UBL, "<cbc:DocumentCurrencyCode>",
     "<cbc:TaxPointDate>2026-11-20</cbc:TaxPointDate><cbc:DocumentCurrencyCode>",
     ["error BR-CO-3: both the tax point date (BT-7) and its code (BT-8) are given"]),
    (UBL, "<cbc:CustomizationID>", f"{ANYTHING}<cbc:CustomizationID>", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("xml", "old", "new", "said"), CHANGED, ids=_names(row[3] for row in CHANGED)
)
def test_of_a_piece(xml: str, old: str, new: str, said: list[str]) -> None:
    assert old in xml
    assert found(xml.replace(old, new, 1).encode()) == said


def _breakdown(xml: str) -> str:
    part = r"<ram:ApplicableTradeTax><ram:CalculatedAmount>.*?</ram:ApplicableTradeTax>"
    [breakdown] = re.findall(part, xml)
    return str(breakdown)


def test_a_vat_breakdown_that_stands_there_twice() -> None:
    xml = cii(Sample()).decode()
    assert found(xml.replace(_breakdown(xml), _breakdown(xml) * 2).encode()) == [
        "error BG-23: the VAT breakdown S 19 stands there twice",
        "error BR-S-08: the taxable amount of S 19 (BT-116) should be 950.00, and is 1900.00",
        "error BR-CO-14: the VAT total (BT-110) should be 361.00, and is 180.50",
    ]


def test_extended_tells_breakdowns_apart_by_the_reason() -> None:
    xml = cii(EXEMPT).decode()
    whole = _breakdown(xml)
    larger, smaller = whole.replace("1000.00", "950.00"), whole.replace("1000.00", "50.00")
    course = smaller.replace(SMALL_BUSINESS, "Steuerfrei nach § 4 Nr. 21 UStG")
    assert found(xml.replace(whole, larger + course).encode()) == []
    assert found(xml.replace(whole, larger + larger).encode()) == [
        "error BR-E-08: the taxable amount of E 0 (BT-116) should be 1000.00, and is 1900.00"
    ]


@pytest.mark.parametrize(("base", "severity"), [("949.51", "warning"), ("949.50", "error")])
def test_a_base_without_a_rate_that_is_off_by_less_than_one(base: str, severity: str) -> None:
    xml = cii(CASES["reverse charge"]).decode()
    off = xml.replace("<ram:BasisAmount>950.00", f"<ram:BasisAmount>{base}")
    message = f"the taxable amount of AE 0 (BT-116) should be 950.00, and is {base}"
    assert found(off.encode()) == [f"{severity} BR-AE-08: {message}"]


HYBRID = pdf(cii(Sample()))


def test_of_a_container(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(pdf(cii(Sample()), Box(subtype="application#2Fxml")), "a.pdf") == [
        "warning PDF-SUBTYPE: the embedded file is of type application/xml, not text/xml"
    ]
    assert found(HYBRID.replace(b">INVOICE<", b">RECEIPT<"), "a.pdf") == [
        "error PDF-XMP: DocumentType is RECEIPT, not INVOICE"
    ]
    assert found(HYBRID.replace(b"<fx:Version>1.0<", b"<fx:Version>   <"), "a.pdf") == [
        "error PDF-XMP: Version is missing"
    ]
    monkeypatch.setattr(einvoice_pdf_pages, "_MOST_OPERATIONS", 2)
    assert found(HYBRID, "a.pdf") == [
        "not-checked PDF-PAGES: the pages paint more than is looked at here"
    ]


def test_two_invoices_in_one_pdf() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name in ("factur-x.xml", "zugferd-invoice.xml"):
        writer.add_attachment(name, cii(Sample()))
    out = io.BytesIO()
    writer.write(out)
    assert "error PDF-EMBEDDED: the PDF holds more than one invoice" in found(out.getvalue())


@pytest.mark.parametrize(("rows", "more"), [(4, "1 finding"), (5, "2 findings")])
def test_more_findings_than_anybody_reads(
    rows: int, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(einvoice_rules, "_MOST", 3)
    said = found(cii(Sample(rows=(Row(unit="hours"),) * rows)))
    assert len(said) == 4
    assert said[-1] == f"error MORE: and {more} more"
