"""The two sides of every transaction, for invoices of any rates, payments, Skonto and cancellations."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cowork_cli.domain.invoice import VatRow, vat_amount
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import Charged, Paid, counted
from cowork_cli.services.books.ledger import Transaction, transactions
from cowork_cli.services.books.ledger_text import FORMS

START = date(2026, 1, 10)
ALL = Period(None, None)
RATES = st.sampled_from([(Decimal(19), "S"), (Decimal(7), "S"), (Decimal(0), "AE")])


@st.composite
def invoices(draw: st.DrawFn) -> Charged:
    """An invoice with one to three rates, paid in parts, maybe with Skonto, maybe cancelled."""
    currency = draw(st.sampled_from(["EUR", "USD", "JPY"]))
    rows = []
    for rate, category in draw(st.lists(RATES, min_size=1, max_size=3, unique=True)):
        base = Money(draw(st.integers(1, 99_999)), currency)
        rows.append(VatRow(rate, category, base, vat_amount(base, rate), None))
    gross = Money(sum(row.base.minor + row.amount.minor for row in rows), currency)
    amounts = draw(st.lists(st.integers(-500, gross.minor), max_size=3))
    skonto = draw(st.integers(0, gross.minor // 20))
    days = sorted(draw(st.lists(st.integers(0, 30), min_size=len(amounts), max_size=len(amounts))))
    paid = [
        Paid(START + timedelta(days=day), Money(amount, currency), Money(0, currency))
        for day, amount in zip(days, amounts, strict=True)
    ]
    if paid and skonto:
        paid[-1] = Paid(paid[-1].day, paid[-1].amount, Money(skonto, currency))
    cancelled = draw(st.none() | st.integers(0, 40))
    return Charged(
        number="R-1", date=START, client="acme", vat_id=None, gross=gross, rows=tuple(rows),
        payments=tuple(paid), cancelled_on=None if cancelled is None else START + timedelta(cancelled),
        eur_rate=draw(st.sampled_from([Decimal("0.9231"), Decimal("0.0061")])) if currency != "EUR"
        and draw(st.booleans()) else None,
    )  # fmt: skip


def books_of(invoice: Charged, basis: str, period: Period = ALL) -> list[Transaction]:
    both = [invoice]
    if invoice.cancelled_on is not None:
        rows = tuple(VatRow(r.rate, r.category, -r.base, -r.amount, r.reason) for r in invoice.rows)
        both.append(
            Charged("R-2", invoice.cancelled_on, "acme", None, -invoice.gross, rows,
                    cancels="R-1", eur_rate=invoice.eur_rate)
        )  # fmt: skip
    return transactions(both, [], period, basis, small_business=False)


def sums(made: list[Transaction]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for side in (side for one in made for side in one.postings):
        found[":".join(side.account), side.amount.currency] += side.amount.minor
    return found


@given(invoice=invoices(), basis=st.sampled_from(["issued", "paid"]), split=st.integers(0, 45))
def test_every_transaction_is_even_and_the_client_owes_what_is_open(
    invoice: Charged, basis: str, split: int
) -> None:
    made = books_of(invoice, basis)
    for one in made:
        weights: dict[str, int] = defaultdict(int)
        for side in one.postings:
            weight = side.worth or side.amount
            weights[weight.currency] += weight.minor
        assert not any(weights.values()), one
    currency = invoice.gross.currency
    paid = sum(part.amount.minor for part in invoice.payments)
    skonto = sum(part.skonto.minor for part in invoice.payments)
    owed = sums(made)
    receivable = owed["assets:receivable:acme", currency]
    if invoice.cancelled_on is None:
        assert receivable == invoice.gross.minor - paid - skonto
    else:
        assert receivable == 0
        assert owed["liabilities:credit:acme", currency] == -paid
    assert owed["assets:bank", currency] == paid
    # With a period, what was open before it stands there when it begins.
    day = START + timedelta(days=split)
    later = sums(books_of(invoice, basis, Period(day, None)))
    assert later["assets:receivable:acme", currency] == receivable
    so_far = sums(books_of(invoice, basis, Period(None, day)))
    come = [part for part in invoice.payments if part.day <= day]
    if invoice.cancelled_on is not None and invoice.cancelled_on <= day:
        open_ = 0
        assert so_far["liabilities:credit:acme", currency] == -sum(p.amount.minor for p in come)
    else:
        open_ = invoice.gross.minor - sum(p.amount.minor + p.skonto.minor for p in come)
    assert so_far["assets:receivable:acme", currency] == open_


@given(invoice=invoices(), basis=st.sampled_from(["issued", "paid"]))
def test_income_and_vat_are_those_of_the_report(invoice: Charged, basis: str) -> None:
    if invoice.cancelled_on is not None:
        return  # the report tells both documents apart; the sums of both are tried with real ones
    found = sums(books_of(invoice, basis))
    for row in counted(invoice, ALL, basis):
        rate = f"{row.rate:f}"
        place = {"19": "standard:19:acme", "7": "reduced:7:acme", "0": "reverse-charge:acme"}[rate]
        told = invoice.euro if invoice.known else lambda money: money
        base, vat = told(row.base), told(row.amount)
        assert -found[f"income:{place}", base.currency] == base.minor
        assert -found[f"liabilities:vat:output:{rate}", vat.currency] == vat.minor


def test_a_currency_without_decimals_is_declared_with_its_point() -> None:
    yen = Money(1000, "JPY")
    invoice = Charged(
        "R-1", START, "acme", None, yen, (VatRow(Decimal(0), "AE", yen, Money(0, "JPY"), None),)
    )
    text = FORMS["hledger"].written(
        transactions([invoice], [], ALL, "issued", small_business=False)
    )
    assert "commodity 1000. JPY\n" in text
    assert "1000 JPY\n" in text
