"""Invoices of others that the official rules accept: none is called invalid."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cowork_cli.domain.einvoice_shown import InvoiceVerification
from cowork_cli.services.invoices.verifying import verify
from tests.einvoice.judges import refusals
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_pdf import Box, pdf
from tests.services.invoices.verifying.as_ubl import ubl
from tests.services.invoices.verifying.samples import LEITWEG_ID, XRECHNUNG, Off, Row, Sample, Who
from tests.services.invoices.verifying.shapes import (
    EN16931,
    EXTENDED,
    FULL,
    OLD_XRECHNUNG,
    full_cii,
    full_ubl,
    minimum,
)

TODAY = date(2026, 11, 25)
BOTH = pytest.mark.parametrize("write", [cii, ubl], ids=["cii", "ubl"])
PUBLIC = Sample(spec=XRECHNUNG, reference=LEITWEG_ID)
Write = Callable[[Sample], bytes]


def check(xml: bytes) -> InvoiceVerification:
    return verify(xml, "a.xml", TODAY)


def said(xml: bytes) -> dict[str, str]:
    return {row.rule: row.severity for row in check(xml).problems}


@pytest.mark.parametrize("shape", FULL)
def test_every_group_in_every_syntax(shape: str) -> None:
    assert refusals(FULL[shape]) == []
    assert "error" not in said(FULL[shape]).values()


def test_an_empty_delivery_in_cii() -> None:
    xml = cii(replace(PUBLIC, service=None, period=("20261101", "20261124")))
    assert b"<ram:ApplicableHeaderTradeDelivery></ram:ApplicableHeaderTradeDelivery>" in xml
    assert refusals(xml) == []
    assert said(xml) == {}


def test_an_empty_order_number_in_ubl() -> None:
    xml = full_ubl().replace(b"<cbc:ID>BO-1</cbc:ID>", b"<cbc:ID/>")
    assert refusals(xml) == []
    assert said(xml) == {}
    elsewhere = full_ubl().replace(b"<cbc:ID>C-1</cbc:ID>", b"<cbc:ID/>")
    assert said(elsewhere) == {"PEPPOL-EN16931-R008": "error"}


@BOTH
def test_a_number_of_many_digits_is_read(write: Write) -> None:
    row = Row(quantity="3", price="33.3333333333333333333333", net="100.00")
    found = check(write(Sample(rows=(row,))))
    assert found.problems == ()
    assert found.invoice.lines[0].price == Decimal("33.3333333333333333333333")


@BOTH
def test_a_number_beyond_what_is_read_is_not_checked(write: Write) -> None:
    price = b"95." + b"0" * 300
    xml = write(Sample()).replace(b">95.00<", b">" + price + b"<")
    found = check(xml)
    assert found.valid
    assert {row.rule: row.severity for row in found.problems} == {
        "FORMAT-NUMBER": "not-checked",
        "SUMS": "not-checked",
    }


@BOTH
def test_amounts_keep_their_decimals_in_any_currency(write: Write) -> None:
    sample = Sample(rows=(Row(quantity="1", price="7125.00"),), currency="JPY")
    found = check(write(sample))
    assert found.problems == ()
    assert found.invoice.gross is not None
    assert f"{found.invoice.gross.amount:f}" == "8478.75"


@BOTH
@pytest.mark.parametrize(
    ("vat", "severity"), [("180.51", "warning"), ("180.99", "warning"), ("181.00", "error")]
)
def test_vat_within_the_tolerance(write: Write, vat: str, severity: str) -> None:
    xml = write(Sample(vat={"S19": vat}))
    assert refusals(xml) == []
    [row] = check(xml).problems
    assert (row.rule, row.severity) == ("BR-CO-17", severity)
    assert row.message.startswith(f"VAT 19 % on 950.00 is 180.50, not {vat}")


@BOTH
@pytest.mark.parametrize(
    ("spec", "amount", "severity"),
    [
        (EN16931, "5.01", "warning"),
        (EN16931, "5.49", "warning"),
        (EN16931, "5.50", "error"),
        (XRECHNUNG, "5.02", "warning"),
        (XRECHNUNG, "5.03", "error"),
    ],
)
def test_an_allowance_off_by_a_cent(write: Write, spec: str, amount: str, severity: str) -> None:
    off = Off(amount, percent="5", base="100.00")
    xml = write(replace(PUBLIC, spec=spec, offs=(off,)))
    assert said(xml) == {"PEPPOL-EN16931-R040": severity}
    if spec == XRECHNUNG:
        assert bool(refusals(xml)) is (severity == "error")


@BOTH
def test_half_a_cent_is_rounding(write: Write) -> None:
    assert said(write(Sample(offs=(Off("0.13", percent="5", base="2.50"),)))) == {}


@BOTH
@pytest.mark.parametrize(
    ("net", "severity"), [("950.01", "warning"), ("950.49", "warning"), ("950.50", "error")]
)
def test_a_line_that_is_nearly_its_product(write: Write, net: str, severity: str) -> None:
    xml = write(Sample(rows=(Row(net=net),)))
    assert refusals(xml) == []
    assert said(xml)["LINE-NET"] == severity


def test_a_total_off_by_a_cent_is_only_extended() -> None:
    totals = {"gross": "1130.51", "due": "1130.51"}
    for spec, severity in ((EN16931, "error"), (EXTENDED, "warning")):
        xml = cii(Sample(spec=spec, totals=dict(totals)))
        assert bool(refusals(xml)) is (severity == "error")
        assert said(xml) == {"BR-CO-15": severity}


@BOTH
def test_an_issue_date_of_tomorrow(write: Write) -> None:
    for day, severity in (("20261126", "warning"), ("20261127", "error")):
        assert said(write(Sample(issued=day))) == {"DATE-FUTURE": severity}


@BOTH
def test_payment_code_69(write: Write) -> None:
    xml = write(Sample(code="69", iban=None))
    assert refusals(xml) == []
    assert said(xml) == {"PAY-IBAN": "warning"}


@BOTH
def test_a_missing_account_and_due_date_are_warnings(write: Write) -> None:
    assert said(write(Sample(code="1", iban=None, due=None))) == {
        "PAY-IBAN": "warning",
        "BR-CO-25": "warning",
    }


def test_price_details_are_a_rule_of_xrechnung_only() -> None:
    for spec, severity in ((EN16931, "warning"), (XRECHNUNG, "error")):
        xml = full_cii(spec).replace(b">100.00</ram:ChargeAmount>", b">101.00</ram:ChargeAmount>")
        assert bool(refusals(xml)) is (severity == "error")
        assert said(xml) == {"PEPPOL-EN16931-R046": severity}


@BOTH
def test_an_older_xrechnung_is_held_to_its_own_rules(write: Write) -> None:
    nobody = replace(PUBLIC.buyer, endpoint=None)
    older = replace(
        PUBLIC,
        spec=OLD_XRECHNUNG,
        process=None,
        buyer=nobody,
        seller=replace(PUBLIC.seller, endpoint=None),
    )
    assert refusals(write(older)) == []
    assert said(write(older)) == {"BR-DE-21": "warning"}
    assert "BR-DE-15" in said(write(replace(older, reference=None)))
    newer = said(write(replace(older, spec=XRECHNUNG)))
    assert {"PEPPOL-EN16931-R001", "PEPPOL-EN16931-R010", "PEPPOL-EN16931-R020"} <= set(newer)


def test_dates_of_ubl_may_carry_a_zone() -> None:
    for zone in (b"Z", b"+01:00", b"-05:00"):
        xml = ubl(Sample()).replace(b"2026-11-25<", b"2026-11-25" + zone + b"<")
        assert refusals(xml) == []
        found = check(xml)
        assert found.problems == ()
        assert found.invoice.date == date(2026, 11, 25)
    assert said(full_ubl().replace(b"2026-11-25<", b"2026-11-25Z<")) == {"BR-TMP-6": "warning"}


def test_a_trading_name_is_not_the_legal_name() -> None:
    for xml in (full_cii(), full_ubl()):
        assert check(xml).invoice.seller.name == "Muster GmbH"
    legal = b"<cbc:RegistrationName>Muster GmbH</cbc:RegistrationName>"
    xml = full_ubl(EN16931).replace(legal, b"")
    assert any("BR-06" in row for row in refusals(xml))
    assert said(xml)["BR-06"] == "error"
    assert check(xml).invoice.seller.name is None


def test_profiles_without_lines() -> None:
    assert refusals(minimum()) == []
    assert said(minimum()) == {"PROFILE": "warning"}
    assert said(minimum("DE"))["PROFILE"] == "error"


def test_a_price_below_zero_in_extended() -> None:
    row = Row(quantity="-1", price="-95.00", net="95.00")
    for spec, wrong in ((EXTENDED, False), (EN16931, True)):
        xml = cii(Sample(spec=spec, rows=(row,)))
        assert bool(refusals(xml)) is wrong
        assert ("BR-27" in said(xml)) is wrong


FREIGHT = (
    b"<ram:SpecifiedLogisticsServiceCharge><ram:Description>freight</ram:Description>"
    b"<ram:AppliedAmount>10.00</ram:AppliedAmount><ram:AppliedTradeTax><ram:TypeCode>VAT"
    b"</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19"
    b"</ram:RateApplicablePercent></ram:AppliedTradeTax></ram:SpecifiedLogisticsServiceCharge>"
)


def test_freight_of_extended_is_a_charge() -> None:
    figures = {"charges": "10.00", "net": "960.00", "vat": "182.40", "gross": "1142.40"}
    xml = cii(Sample(spec=EXTENDED, totals={**figures, "due": "1142.40"}))
    tax = b"<ram:CalculatedAmount>180.50</ram:CalculatedAmount>"
    xml = xml.replace(tax, b"<ram:CalculatedAmount>182.40</ram:CalculatedAmount>")
    xml = xml.replace(b"<ram:BasisAmount>950.00<", b"<ram:BasisAmount>960.00<")
    place = b"<ram:SpecifiedTradePaymentTerms>"
    right = xml.replace(place, FREIGHT + place)
    assert refusals(right) == []
    assert said(right) == {}
    assert {"BR-CO-12", "BR-S-08"} <= set(said(xml))
    start = FREIGHT.index(b"<ram:AppliedTradeTax>")
    end = FREIGHT.index(b"</ram:SpecifiedLogisticsServiceCharge>")
    second = FREIGHT[:end] + FREIGHT[start:end] + FREIGHT[end:]
    several = xml.replace(place, second + place)
    assert refusals(several) == []
    assert said(several) == {"SEVERAL-TAXES": "not-checked"}


def _grouped(net: str, parent: str = "G", kind: bytes = b"DETAIL") -> bytes:
    """Line 2 is the group that line 1 is part of."""
    xml = cii(Sample(spec=EXTENDED))
    line = b"<ram:LineID>1</ram:LineID>"
    status = b"<ram:LineStatusReasonCode>" + kind + b"</ram:LineStatusReasonCode>" if kind else b""
    inner = f"<ram:ParentLineID>{parent}</ram:ParentLineID>".encode() + status
    group = (
        "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>G"
        "</ram:LineID><ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>"
        "</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>All</ram:Name>"
        "</ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeSettlement>"
        "<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>"
        f"{net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>"
        "</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"
    ).encode()
    end = b"</ram:IncludedSupplyChainTradeLineItem>"
    return xml.replace(line, line + inner).replace(end, end + group, 1)


def test_groups_of_lines_in_extended() -> None:
    assert refusals(_grouped("950.00")) == []
    assert said(_grouped("950.00")) == {}
    for rule, xml in {
        "BR-FXEXT-08": _grouped("951.00"),
        "BR-FXEXT-11": _grouped("950.00", parent="H"),
        "BR-FXEXT-06": _grouped("950.00", kind=b""),
    }.items():
        assert any(row.startswith(rule) for row in refusals(xml))
        assert said(xml)[rule] == "error"


def test_what_extended_collects_for_others_is_read() -> None:
    xml = cii(Sample(spec=EXTENDED, totals={"due": "1140.50"}))
    end = b"</ram:ApplicableHeaderTradeSettlement>"
    assert said(xml) == {"BR-CO-16": "error"}
    charge = (
        b"<ram:SpecifiedFinancialAdjustment><ram:Reason>deposit</ram:Reason>"
        b"<ram:ActualAmount>10.00</ram:ActualAmount></ram:SpecifiedFinancialAdjustment>"
    )
    read = xml.replace(end, charge + end)
    assert refusals(read) == []
    assert said(read) == {}


FOREIGN = Who("Société", "Rue 1", "75001", "Paris", "FR", vat_id="FR40303265045")


@pytest.mark.parametrize("relationship", ["Data", "Source", "Alternative", "Supplement"])
def test_the_relationship_is_a_german_rule(relationship: str) -> None:
    box = Box(relationship=relationship)
    abroad = verify(pdf(cii(Sample(seller=FOREIGN, rows=(Row(rate="20"),))), box), "a.pdf", TODAY)
    assert abroad.valid
    if relationship != "Supplement":
        assert abroad.problems == ()
    here = verify(pdf(cii(Sample()), box), "a.pdf", TODAY)
    expected = {"Alternative": [], "Supplement": ["error"]}.get(relationship, ["warning"])
    assert [row.severity for row in here.problems] == expected


def _reportlab(text: str = "Invoice") -> bytes:
    from pypdf import PdfReader, PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)  # selects Helvetica on every page, whether it is used or not
    if text:
        canvas.drawString(72, 720, text)
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(out))
    writer.add_attachment("factur-x.xml", cii(Sample()))
    again = io.BytesIO()
    writer.write(again)
    return again.getvalue()


def test_a_font_that_shows_nothing_need_not_be_embedded() -> None:
    unused = {row.rule for row in verify(_reportlab(""), "a.pdf", TODAY).problems}
    used = {row.rule for row in verify(_reportlab(), "a.pdf", TODAY).problems}
    assert "PDF-FONT" not in unused
    assert "PDF-OUTPUT-INTENT" not in unused
    assert {"PDF-FONT", "PDF-OUTPUT-INTENT"} <= used


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (b"BT /F1 12 Tf ET", set()),
        (b"BT /F1 12 Tf () Tj ET", set()),
        (b"BT /F1 12 Tf 3 Tr (unseen) Tj ET", set()),
        (b"BT /F1 12 Tf (seen) Tj ET", {"PDF-FONT", "PDF-OUTPUT-INTENT"}),
        (b"BT /F1 12 Tf [(se) 3 (en)] TJ ET", {"PDF-FONT", "PDF-OUTPUT-INTENT"}),
        (b"0 0 9 9 re f", {"PDF-OUTPUT-INTENT"}),
        (b"1 0 0 RG 0 0 9 9 re S", {"PDF-OUTPUT-INTENT"}),
        (b"/Own cs 0.1 0.2 0.3 sc 0 0 9 9 re f", set()),
        (b"q 1 g Q /Own cs 0 0 9 9 re f", set()),
        (b"/DeviceRGB cs 0 0 9 9 re f", {"PDF-OUTPUT-INTENT"}),
    ],
)
def test_what_a_page_paints(content: bytes, rules: set[str]) -> None:
    box = Box(intent=False, font="named only", content=content)
    found = verify(pdf(cii(Sample()), box), "a.pdf", TODAY)
    assert {row.rule for row in found.problems} == rules
