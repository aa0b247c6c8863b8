"""One invoice for each way to treat VAT, and for each thing that changes the XML."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cowork_cli.data.tax import CASES
from cowork_cli.domain.invoice import Exchange, InvoiceDocument, Skonto, TimesheetRow
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.period import Period
from cowork_cli.domain.settlement import Prepayment
from tests.documents.invoice_builders import BUYER, SELLER, cancellation, document, line, untaxed

LEITWEG = "04011000-1234512345-06"
VIENNA = replace(BUYER, address=PostalAddress("Ring 1", "1010", "Wien", "AT"), vat_id="ATU12345675")
ZURICH = replace(BUYER, address=PostalAddress("Gasse 2", "8001", "Zürich", "CH"), vat_id=None)
NO_VAT_ID = replace(SELLER, vat_id=None)
DAY = dt.date(2026, 11, 24)


def reasons(case: str) -> dict[str, str]:
    """The text of a way to treat VAT."""
    found = CASES[case]
    return {found.category: found.text_de or ""}


def public(whole: InvoiceDocument) -> InvoiceDocument:
    """The same to a buyer who wants an XRechnung."""
    return replace(whole, buyer_reference=whole.buyer_reference or LEITWEG, buyer_type="public")


def _timesheet() -> InvoiceDocument:
    rows = (
        TimesheetRow(1, DAY, "09:00", "11:30", "acme/site", "Konzept", 9000, 9000),
        TimesheetRow(2, DAY, "13:00", "14:10", "acme/site", '=SUM("A1")', 4200, 4500),
    )
    day = Period(DAY, DAY)
    return document(
        line(), line("Entwurf", "1.25"), timesheet=rows, line_periods=(day, Period(None, None))
    )


def _usd() -> InvoiceDocument:
    exchange = Exchange(Decimal("0.9231"), dt.date(2026, 11, 25), Money(4166))
    return document(currency="USD", invoice={"exchange": exchange})


def _prepaid() -> InvoiceDocument:
    parts = (
        Prepayment("2026-0001", dt.date(2026, 11, 1), Money(6000), Money(958)),
        Prepayment("2026-0002", dt.date(2026, 11, 8), Money(4000), Money(639)),
    )
    return document(paid=10000, invoice={"prepaid": parts})


def _by(case: str, **changes: Any) -> InvoiceDocument:
    category = CASES[case].category
    return document(untaxed(category), reasons=reasons(case), **changes)


CASES_BY_NAME: dict[str, InvoiceDocument] = {
    "19": document(),
    "7": document(line(rate="7")),
    "mixed": document(line(), line("Buch", "1", rate="7", unit="piece", price="19.90")),
    "small-business": _by("small-business"),
    "small-business, no VAT id": _by("small-business", seller=NO_VAT_ID),
    "exempt": _by("exempt"),
    "reverse-charge": _by("reverse-charge", buyer=VIENNA),
    "outside-eu": _by("outside-eu", buyer=ZURICH),
    "outside-eu, with VAT ids": _by("outside-eu", buyer=replace(ZURICH, vat_id="CHE123456788")),
    "small amount": document(
        line(quantity="1"), buyer=replace(BUYER, address=PostalAddress("Weg 1", "10115", "Berlin", "DE"))
    ),
    "private": document(buyer_type="private", buyer=replace(BUYER, vat_id=None)),
    "francs": document(currency="CHF"),
    "yen": document(line(price="9500", currency="JPY"), currency="JPY"),
    "dollars with VAT in euro": _usd(),
    "discount": document(line(discount=1250), line("Rest", "1", price="0.0050")),
    "discount in percent": document(replace(line(discount=1188), discount_percent=Decimal(5))),
    "skonto": document(skonto=Skonto(Decimal("2.5"), 10, dt.date(2026, 12, 5), Money(27556))),
    "prepaid": _prepaid(),
    "paid in full": document(paid=28263),
    "cancellation": replace(cancellation(line(discount=500)), refers_on=dt.date(2026, 11, 25)),
    "cancellation, reverse charge": cancellation(
        untaxed("AE"), reasons=reasons("reverse-charge"), buyer=VIENNA
    ),
    "replaces": document(invoice={"replaces": "2026-0040"}, refers_on=dt.date(2026, 11, 20)),
    "part invoice": document(invoice={"type": 326}),
    "units": document(*(line(unit=unit, quantity="1") for unit in
                        ("hour", "day", "piece", "month", "flat"))),
    "one day": document(invoice={"period": Period(DAY, DAY)}),
    "four decimals": document(line(quantity="100", price="95.1234")),
    "large": document(line(quantity="1000000", price="9999")),
    "timesheet": _timesheet(),
    "long": document(*(line(f"Leistung {number}", "0.25") for number in range(120))),
    "texts": document(line("Titel\nMit <Zusatz> & \"mehr\""), notes=("Danke\nsehr", " "),
                      footer="Fuß", order_ref="B-1"),
    "company": document(seller=replace(SELLER, company="Muster Design")),
    "english": document(language="en"),
    "no IBAN": document(iban=None),
}  # fmt: skip
