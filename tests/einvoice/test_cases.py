"""Every case of the reference against the published rules, and what each must hold."""

import base64
import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from cowork_cli.documents.cii import EN16931, GUIDELINES, XRECHNUNG, amount, plain, render_cii
from cowork_cli.domain.invoice import InvoiceDocument
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from tests.documents.invoice_builders import BUYER, document, line
from tests.einvoice import rules
from tests.einvoice.cases import CASES_BY_NAME, DAY, LEITWEG, public

SELLER = ".//ram:SellerTradeParty"
BUYER_PARTY = ".//ram:BuyerTradeParty"
SETTLEMENT = ".//ram:ApplicableHeaderTradeSettlement"
SUMS = ".//ram:SpecifiedTradeSettlementHeaderMonetarySummation"
LINE = ".//ram:IncludedSupplyChainTradeLineItem"
TAX = f"{SETTLEMENT}/ram:ApplicableTradeTax"


def xml_of(name: str, profile: str = EN16931) -> bytes:
    whole = CASES_BY_NAME[name]
    return render_cii(public(whole) if profile == XRECHNUNG else whole, profile)


# XRechnung asks for payment instructions: without an IBAN it is refused before the number.
ALL = [(name, profile) for name in CASES_BY_NAME for profile in (EN16931, XRECHNUNG)
       if (name, profile) != ("no IBAN", XRECHNUNG)]  # fmt: skip


@pytest.mark.parametrize(("name", "profile"), ALL)
def test_valid(name: str, profile: str) -> None:
    assert rules.problems(xml_of(name, profile), profile) == []


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_equal_input_gives_equal_bytes(name: str) -> None:
    assert xml_of(name) == xml_of(name)


def test_the_rules_do_find_something() -> None:
    xml = xml_of("19")
    broken = xml.replace(b"<ram:GrandTotalAmount>282.63", b"<ram:GrandTotalAmount>282.64")
    assert any("BR-CO-15" in found for found in rules.second_opinion(broken, EN16931))
    assert rules.schematron(broken)
    assert rules.xsd(xml.replace(b"ram:DuePayableAmount", b"ram:DueAmount"))
    bare = render_cii(replace(document(), buyer=replace(BUYER, email=None)), XRECHNUNG)
    assert any("R010" in found for found in rules.own(bare, XRECHNUNG))
    late = document(line_periods=(Period(DAY, DAY),))
    moved = render_cii(late, EN16931).replace(b'"102">20261102', b'"102">20261125')
    assert any("R110" in found for found in rules.own(moved, EN16931))


@pytest.mark.parametrize("profile", [EN16931, XRECHNUNG])
def test_the_profile_stands_in_it(profile: str) -> None:
    xml = xml_of("19", profile)
    path = ".//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
    assert rules.text(xml, path) == GUIDELINES[profile]


@pytest.mark.parametrize(
    ("name", "category", "rate", "code"),
    [
        ("19", "S", "19", None),
        ("7", "S", "7", None),
        ("small-business", "E", "0", None),
        ("exempt", "E", "0", None),
        ("reverse-charge", "AE", "0", "VATEX-EU-AE"),
        ("outside-eu", "O", "0", "VATEX-EU-O"),
    ],
)
def test_category_rate_and_reason(name: str, category: str, rate: str, code: str | None) -> None:
    xml = xml_of(name)
    assert rules.text(xml, f"{TAX}/ram:CategoryCode") == category
    assert rules.text(xml, f"{TAX}/ram:RateApplicablePercent") == rate
    assert rules.text(xml, f"{TAX}/ram:ExemptionReasonCode") == code
    reason = CASES_BY_NAME[name].invoice.vat[0].reason
    assert rules.text(xml, f"{TAX}/ram:ExemptionReason") == reason
    assert (reason is None) == (category == "S")
    on_line = rules.text(xml, f"{LINE}//ram:ApplicableTradeTax/ram:RateApplicablePercent")
    assert on_line == (None if category == "O" else rate)


def test_mixed_rates_have_a_row_each() -> None:
    xml = xml_of("mixed")
    found = [node.text for node in rules.find(xml, f"{TAX}/ram:RateApplicablePercent")]
    assert found == ["19", "7"]


def registrations(xml: bytes, party: str) -> dict[str | None, str | None]:
    found = rules.find(xml, f"{party}/ram:SpecifiedTaxRegistration/ram:ID")
    return {node.get("schemeID"): node.text for node in found}


def test_a_small_business_shows_its_tax_number_twice() -> None:
    xml = xml_of("small-business, no VAT id")
    assert registrations(xml, SELLER) == {"FC": "27/123/45678"}
    assert rules.text(xml, f"{SELLER}/ram:ID") == "27/123/45678"
    assert "§ 19 UStG" in (rules.text(xml, f"{SELLER}/ram:Description") or "")


def test_reverse_charge_names_both_vat_ids() -> None:
    xml = xml_of("reverse-charge")
    assert registrations(xml, SELLER)["VA"] == "DE123456789"
    assert registrations(xml, BUYER_PARTY) == {"VA": "ATU12345675"}


def test_outside_the_eu_names_no_vat_id() -> None:
    xml = xml_of("outside-eu, with VAT ids")
    assert registrations(xml, SELLER) == {"FC": "27/123/45678"}
    assert registrations(xml, BUYER_PARTY) == {}
    assert rules.text(xml, f"{SELLER}/ram:ID") == "27/123/45678"


def test_periods_and_due_date() -> None:
    xml = xml_of("timesheet")
    day = "{}/ram:BillingSpecifiedPeriod/ram:{}DateTime/udt:DateTimeString"
    assert rules.text(xml, day.format(SETTLEMENT, "Start")) == "20261102"
    assert rules.text(xml, day.format(SETTLEMENT, "End")) == "20261124"
    on_lines = [
        bool(node.findall(".//ram:BillingSpecifiedPeriod", rules.NAMES))
        for node in rules.find(xml, LINE)
    ]
    assert on_lines == [True, False]
    assert rules.text(xml, ".//ram:DueDateDateTime/udt:DateTimeString") == "20261209"


def test_skonto_is_a_line_of_its_own() -> None:
    text = rules.text(xml_of("skonto"), ".//ram:SpecifiedTradePaymentTerms/ram:Description")
    assert text is not None
    assert text.endswith("\n#SKONTO#TAGE=10#PROZENT=2.50#\n")
    assert "275,56" in text


def test_a_cancellation_refers_to_its_invoice() -> None:
    xml = xml_of("cancellation")
    assert rules.text(xml, ".//rsm:ExchangedDocument/ram:TypeCode") == "384"
    path = f"{SETTLEMENT}/ram:InvoiceReferencedDocument/"
    assert rules.text(xml, f"{path}ram:IssuerAssignedID") == "2026-0042"
    assert rules.text(xml, f"{path}ram:FormattedIssueDateTime/qdt:DateTimeString") == "20261125"
    assert rules.text(xml, f"{LINE}//ram:BilledQuantity") == "-2.5"
    assert rules.text(xml, f"{LINE}//ram:ChargeAmount") == "95"
    assert rules.text(xml, f"{LINE}//ram:ActualAmount") == "-5.00"
    assert rules.text(xml, f"{SUMS}/ram:DuePayableAmount") == "-276.68"


def test_a_correction_names_what_it_replaces() -> None:
    path = f"{SETTLEMENT}/ram:InvoiceReferencedDocument/ram:IssuerAssignedID"
    assert rules.text(xml_of("replaces"), path) == "2026-0040"


def test_prepaid_amounts_are_deducted() -> None:
    xml = xml_of("prepaid")
    assert rules.text(xml, f"{SUMS}/ram:TotalPrepaidAmount") == "100.00"
    assert rules.text(xml, f"{SUMS}/ram:DuePayableAmount") == "182.63"


def test_a_final_invoice_names_every_part_invoice() -> None:
    xml = xml_of("prepaid")
    found = rules.find(xml, f"{SETTLEMENT}/ram:InvoiceReferencedDocument")
    path = "ram:FormattedIssueDateTime/qdt:DateTimeString"
    assert [
        (
            row.findtext("ram:IssuerAssignedID", None, rules.NAMES),
            row.findtext(path, None, rules.NAMES),
        )
        for row in found
    ] == [("2026-0001", "20261101"), ("2026-0002", "20261108")]


def test_vat_in_euro() -> None:
    xml = xml_of("dollars with VAT in euro")
    assert rules.text(xml, f"{SETTLEMENT}/ram:TaxCurrencyCode") == "EUR"
    found = {node.get("currencyID"): node.text for node in
             rules.find(xml, f"{SUMS}/ram:TaxTotalAmount")}  # fmt: skip
    assert found == {"USD": "45.13", "EUR": "41.66"}


def test_units_are_codes() -> None:
    found = [node.get("unitCode") for node in rules.find(xml_of("units"), ".//ram:BilledQuantity")]
    assert found == ["HUR", "DAY", "C62", "MON", "LS"]


def test_iban_with_code_58_for_euro_only() -> None:
    means = ".//ram:SpecifiedTradeSettlementPaymentMeans"
    assert rules.text(xml_of("19"), f"{means}/ram:TypeCode") == "58"
    assert rules.text(xml_of("19"), f"{means}//ram:IBANID") == "DE02120300000000202051"
    assert rules.text(xml_of("francs"), f"{means}/ram:TypeCode") == "30"
    assert not rules.find(xml_of("no IBAN"), means)


def test_a_public_buyer_is_reached_by_its_leitweg_id() -> None:
    buyer = replace(BUYER, email=None)
    xml = render_cii(public(document(buyer=buyer)), XRECHNUNG)
    assert rules.problems(xml, XRECHNUNG) == []
    assert rules.text(xml, ".//ram:BuyerReference") == LEITWEG
    (address,) = rules.find(xml, f"{BUYER_PARTY}/ram:URIUniversalCommunication/ram:URIID")
    assert (address.get("schemeID"), address.text) == ("0204", LEITWEG)


def test_the_timesheet_is_attached_and_no_formula() -> None:
    (attached,) = rules.find(xml_of("timesheet"), ".//ram:AttachmentBinaryObject")
    assert (attached.get("mimeCode"), attached.get("filename")) == ("text/csv", "timesheet.csv")
    text = base64.b64decode(attached.text or "").decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["line", "date", "from", "to", "project", "note", "hours", "billed_hours"]
    assert rows[1] == ["1", "2026-11-24", "09:00", "11:30", "acme/site", "Konzept", "2.50", "2.50"]
    assert rows[2][5:] == ['\'=SUM("A1")', "1.17", "1.25"]


def test_figures_have_no_exponent() -> None:
    assert plain(Decimal("1E+2")) == "100"
    assert plain(Decimal("1E-4")) == "0.0001"
    assert plain(Decimal("95.1200")) == "95.12"
    assert amount(Money(0)) == "0.00"
    assert amount(-Money(0)) == "0.00"
    assert amount(Money(100000000)) == "1000000.00"
    assert amount(Money(500, "JPY")) == "500.00"


def test_a_period_outside_of_the_invoice_is_left_out() -> None:
    early = Period(DAY.replace(month=10), DAY)
    whole: InvoiceDocument = document(line(), line_periods=(early,))
    xml = render_cii(whole, EN16931)
    assert not rules.find(xml, f"{LINE}//ram:BillingSpecifiedPeriod")
    assert rules.problems(xml, EN16931) == []
