"""What the page says is what the XML says: the text of the PDF against the elements."""

import datetime as dt
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from cowork_cli.documents import formats
from cowork_cli.documents.cii import EN16931, render_cii
from cowork_cli.documents.invoice_html import render_html
from cowork_cli.domain.money import Money
from tests.documents.invoice_builders import solid, text_of
from tests.einvoice import rules
from tests.einvoice.cases import CASES_BY_NAME

PRINTED = (
    ".//rsm:ExchangedDocument/ram:ID",
    ".//rsm:ExchangedDocument//ram:Content",
    ".//ram:SpecifiedTradeProduct/ram:Name",
    ".//ram:SpecifiedTradeProduct/ram:Description",
    ".//ram:SellerTradeParty/ram:Name",
    ".//ram:SellerTradeParty//ram:LineOne",
    ".//ram:SellerTradeParty//ram:CityName",
    ".//ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID",
    ".//ram:BuyerTradeParty/ram:Name",
    ".//ram:BuyerTradeParty//ram:LineOne",
    ".//ram:BuyerTradeParty//ram:PostcodeCode",
    ".//ram:BuyerTradeParty//ram:CityName",
    ".//ram:BuyerTradeParty/ram:SpecifiedTaxRegistration/ram:ID",
    ".//ram:BuyerReference",
    ".//ram:IssuerAssignedID",
    ".//ram:IBANID",
    ".//ram:ExemptionReason",
)
AMOUNTS = (
    ".//ram:LineTotalAmount",
    ".//ram:GrandTotalAmount",
    ".//ram:DuePayableAmount",
    ".//ram:ChargeAmount",
)
DATES = (
    ".//ram:IssueDateTime/udt:DateTimeString",
    ".//ram:ApplicableHeaderTradeSettlement/ram:BillingSpecifiedPeriod//udt:DateTimeString",
)


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_texts_dates_and_amounts(name: str) -> None:
    whole = CASES_BY_NAME[name]
    xml, page = render_cii(whole, EN16931), solid(text_of(whole))
    root = ET.fromstring(xml)
    for path in PRINTED:
        for node in root.findall(path, rules.NAMES):
            if node.text != "timesheet":
                assert solid(node.text or "") in page, f"{path}: {node.text}"
    for path in DATES:
        for node in root.findall(path, rules.NAMES):
            day = dt.datetime.strptime(node.text or "", "%Y%m%d").date()
            assert solid(formats.date_text(day, whole.language)) in page, path
    currency = whole.invoice.currency
    for path in AMOUNTS:
        for node in root.findall(path, rules.NAMES):
            value = Decimal(node.text or "")
            texts = (
                formats.money_text(Money.of(value, currency), whole.language),
                formats.price_text(value, currency, whole.language),
            )
            assert any(solid(text) in page for text in texts), f"{path}: {node.text}"
    terms = root.findtext(".//ram:SpecifiedTradePaymentTerms/ram:Description", "", rules.NAMES)
    for sentence in terms.splitlines():
        assert sentence.startswith("#SKONTO#") or solid(sentence) in page


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_quantities_and_vat(name: str) -> None:
    whole = CASES_BY_NAME[name]
    root, page = ET.fromstring(render_cii(whole, EN16931)), solid(text_of(whole))
    for node in root.findall(".//ram:BilledQuantity", rules.NAMES):
        shown = formats.quantity_text(Decimal(node.text or ""), whole.language)
        assert solid(shown) in page
    for tax in root.findall(
        ".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax", rules.NAMES
    ):
        if tax.findtext("ram:CategoryCode", "", rules.NAMES) == "S":
            rate = Decimal(tax.findtext("ram:RateApplicablePercent", "", rules.NAMES))
            value = Decimal(tax.findtext("ram:CalculatedAmount", "", rules.NAMES))
            amount = Money.of(value, whole.invoice.currency)
            assert solid(formats.rate_text(rate, whole.language)) in page
            assert solid(formats.money_text(amount, whole.language)) in page


def test_the_vat_in_euro_stands_on_the_page() -> None:
    whole = CASES_BY_NAME["dollars with VAT in euro"]
    text = text_of(whole)
    assert "Umsatzsteuer in Euro: 41,66 € (1 USD = 0,9231 EUR am 25.11.2026)." in text


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_the_web_page_is_whole_and_says_the_same(name: str) -> None:
    whole = CASES_BY_NAME[name]
    html = render_html(whole).decode()
    assert html == render_html(whole).decode()
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in html and "https://" not in html
    body = html.split("<body>")[1].replace("<wbr>", "")
    plain = solid("".join(ET.fromstring(f"<body>{body.split('</body>')[0].replace('<br>', ' ')}"
                                        "</body>").itertext()))  # fmt: skip
    for money in (whole.invoice.gross, *(line.net for line in whole.invoice.lines)):
        assert solid(formats.money_text(money, whole.language)) in plain
    assert solid(whole.buyer.name) in plain
    for line in whole.invoice.lines:
        assert solid(line.text) in plain
