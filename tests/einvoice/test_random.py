"""Invoices nobody thought of: every valid one passes every rule, in both profiles."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cowork_cli.data.tax import CASES
from cowork_cli.documents.cii import EN16931, XRECHNUNG, render_cii
from cowork_cli.documents.letters import printable
from cowork_cli.domain.invoice import Exchange, InvoiceDocument, Line, Skonto, TimesheetRow
from cowork_cli.domain.money import Money, line_net
from cowork_cli.domain.party import Party, PostalAddress
from cowork_cli.domain.period import Period
from tests.documents.invoice_builders import BUYER, SELLER, cancellation, document
from tests.einvoice import rules
from tests.einvoice.cases import reasons

LETTERS = "".join(sorted(printable() - set("\t\n")))
UNITS = ("hour", "day", "piece", "month", "flat")


def texts(longest: int = 40) -> st.SearchStrategy[str]:
    """Text of letters that the fonts have; never blank."""
    letters = st.sampled_from("aäß€–<&>\"'") | st.sampled_from(LETTERS)
    return st.text(letters, min_size=1, max_size=longest).map(lambda text: f"x{text}")


def parties(base: Party) -> st.SearchStrategy[Party]:
    """A party with other names and another address in the same country."""
    return st.builds(
        lambda name, street, city, company: replace(
            base,
            name=name,
            company=company,
            address=PostalAddress(street, "10115", city, base.address.country),
        ),
        texts(), texts(), texts(), st.none() | texts(),
    )  # fmt: skip


@st.composite
def lines(draw: st.DrawFn, case: str, currency: str) -> Line:
    quantity = Decimal(draw(st.integers(-5000, 1_000_000))) / 100
    price = Decimal(draw(st.integers(0, 20_000_000))) / draw(st.sampled_from((1, 100, 10_000)))
    most = abs(Money.of(quantity * price, currency).minor)
    part = draw(st.none() | st.integers(1, max(1, most)))
    discount = None if part is None or quantity < 0 else Money(part, currency)
    rate = draw(st.sampled_from(("19", "7"))) if case == "standard" else CASES[case].rate
    return Line(
        text=draw(texts(150)) + draw(st.sampled_from(("", "\nmehr"))),
        quantity=quantity,
        unit=draw(st.sampled_from(UNITS)),
        price=price,
        discount=discount,
        vat_rate=Decimal(rate),
        vat_category=CASES[case].category,
        net=line_net(quantity, price, discount, currency),
    )


@st.composite
def invoices(draw: st.DrawFn) -> InvoiceDocument:
    case = draw(st.sampled_from(("standard", "standard", *CASES)))
    case = "standard" if case == "reduced" else case
    currency = draw(st.sampled_from(("EUR", "EUR", "CHF", "JPY")))
    found = draw(st.lists(lines(case, currency), min_size=1, max_size=6))
    country = {"reverse-charge": "AT", "outside-eu": "CH"}.get(case, "DE")
    buyer = draw(parties(replace(BUYER, address=PostalAddress(country=country))))
    start = draw(st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)))
    end = start + dt.timedelta(days=draw(st.integers(0, 92)))
    day = Period(start, start)
    changes = {
        "seller": draw(parties(SELLER)),
        "buyer": buyer,
        "reasons": reasons(case),
        "currency": currency,
        "language": draw(st.sampled_from(("de", "en"))),
        "notes": tuple(draw(st.lists(texts(80), max_size=2))),
        "order_ref": draw(st.none() | texts()),
        "buyer_reference": draw(texts()),
        "line_periods": tuple(draw(st.sampled_from((None, day))) for _ in found),
    }
    if draw(st.integers(0, 5)) == 0:
        return cancellation(*found, **changes)
    facts: dict[str, object] = {"period": Period(start, end)}
    if draw(st.booleans()):
        changes["skonto"] = Skonto(
            Decimal(draw(st.integers(1, 9999))) / 100, draw(st.integers(1, 99)), end, Money(1)
        )
    if draw(st.booleans()):
        row = TimesheetRow(1, start, "09:00", "10:00", draw(texts()), draw(texts()), 3600, 3600)
        changes["timesheet"] = (row,)
    if currency != "EUR":
        vat = Money(draw(st.integers(0, 10**9)), "EUR")
        facts["exchange"] = Exchange(Decimal("0.9231"), start, vat)
    return document(*found, paid=draw(st.integers(0, 10_000)), invoice=facts, **changes)


def valid(whole: InvoiceDocument) -> None:
    for profile in (EN16931, XRECHNUNG):
        assert rules.problems(render_cii(whole, profile), profile) == []


QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)


@given(invoices())
@settings(QUIET, max_examples=12, derandomize=True)
def test_a_dozen_random_invoices_are_valid(whole: InvoiceDocument) -> None:
    valid(whole)


@pytest.mark.torture
@given(invoices())
@settings(QUIET, max_examples=1000)
def test_a_thousand_random_invoices_are_valid(whole: InvoiceDocument) -> None:
    valid(whole)
