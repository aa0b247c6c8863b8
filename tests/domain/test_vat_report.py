"""What of an invoice counts in a period: by the invoice, by its payments, and taken back."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest

from cowork_cli.domain.invoice import InvoiceDocument, VatRow, case_words, payable, total, vat_rows
from cowork_cli.domain.invoice import Line as InvoiceLine
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.vat_report import (
    INVOICED,
    Charged,
    Paid,
    counted,
    in_euro,
    received,
    within,
)
from cowork_cli.domain.vat_report import total as total_in_euro
from cowork_cli.records import replace

Q1 = Period(date(2026, 1, 1), date(2026, 3, 31))
Q2 = Period(date(2026, 4, 1), date(2026, 6, 30))
Q3 = Period(date(2026, 7, 1), date(2026, 9, 30))
MARCH, APRIL, JULY = date(2026, 3, 31), date(2026, 4, 1), date(2026, 7, 15)


def row(base: int, vat: int, rate: int = 19, category: str = "S") -> VatRow:
    return VatRow(Decimal(rate), category, Money(base), Money(vat), None)


def charged(*rows: VatRow, day: date = MARCH, **more: object) -> Charged:
    gross = sum(one.base.minor + one.amount.minor for one in rows)
    return Charged("2026-0001", day, "acme", None, Money(gross), rows, **more)  # type: ignore[arg-type]


def paid(day: date, minor: int, skonto: int = 0) -> Paid:
    return Paid(day, Money(minor), Money(skonto))


def sums(rows: list[VatRow]) -> list[tuple[int, int]]:
    return [(one.base.minor, one.amount.minor) for one in rows]


TWO = (row(20000, 3800), row(10000, 700, 7))  # 345.00 gross


@pytest.mark.parametrize(
    ("day", "inside"),
    [(MARCH, True), (APRIL, False), (date(2026, 1, 1), True), (date(2025, 12, 31), False)],
)
def test_both_ends_of_a_period_are_in_it(day: date, inside: bool) -> None:
    assert within(day, Q1) == inside
    assert within(day, Period(None, None))
    assert within(day, Period(None, MARCH)) == (day <= MARCH)
    assert within(day, Period(APRIL, None)) == (day >= APRIL)


def test_by_invoice_it_counts_on_its_day_whatever_is_paid() -> None:
    invoice = charged(*TWO, payments=(paid(APRIL, 34500),))
    assert sums(counted(invoice, Q1, "issued")) == [(20000, 3800), (10000, 700)]
    assert counted(invoice, Q2, "issued") == []
    assert counted(invoice, Q1, INVOICED) == list(TWO)


def test_by_payment_each_rate_has_its_part_of_what_came() -> None:
    invoice = charged(*TWO, payments=(paid(MARCH, 11500), paid(APRIL, 23000), paid(JULY, 500)))
    assert sums(counted(invoice, Q1, "paid")) == [(6667, 1266), (3334, 233)]
    assert sums(counted(invoice, Q2, "paid")) == [(13333, 2534), (6666, 467)]
    assert counted(invoice, Q3, "paid") == []  # more than was asked for is credit
    assert sums(counted(invoice, Period(None, None), "paid")) == [(20000, 3800), (10000, 700)]
    assert received(invoice, Q1) == counted(invoice, Q1, "paid")


def test_skonto_lowers_both_on_the_day_it_was_granted() -> None:
    invoice = charged(row(10000, 1900), payments=(paid(APRIL, 11662, 238),))
    assert sums(counted(invoice, Q1, "issued")) == [(10000, 1900)]
    assert sums(counted(invoice, Q2, "issued")) == [(-200, -38)]
    assert sums(counted(invoice, Period(None, None), "issued")) == [(9800, 1862)]
    assert sums(counted(invoice, Q2, "paid")) == [(9800, 1862)]
    assert counted(invoice, Q1, "paid") == []


def test_what_is_paid_beyond_the_rest_after_skonto_is_credit() -> None:
    invoice = charged(row(10000, 1900), payments=(paid(APRIL, 11662, 238), paid(JULY, 100)))
    assert sums(counted(invoice, Q2, "paid")) == [(9800, 1862)]
    assert counted(invoice, Q3, "paid") == []


def test_what_was_cancelled_on_the_last_day_of_a_period_counts_no_more_in_it() -> None:
    invoice = charged(row(10000, 1900), payments=(paid(date(2026, 4, 2), 11900),))
    for day, there in ((date(2026, 6, 30), []), (date(2026, 7, 1), [(10000, 1900)])):
        cancelled = replace(invoice, cancelled_on=day)
        assert sums(counted(cancelled, Q2, "paid")) == there


def test_in_the_currency_of_the_invoice() -> None:
    def chf(minor: int) -> Money:
        return Money(minor, "CHF")

    rows = (VatRow(Decimal(8), "S", chf(10000), chf(800), None),)
    granted = (Paid(APRIL, chf(10584), chf(216)),)
    invoice = Charged("1", MARCH, "acme", None, chf(10800), rows, granted)
    (less,) = counted(invoice, Q2, "issued")
    assert (less.base, less.amount) == (chf(-200), chf(-16))
    (come,) = counted(invoice, Q2, "paid")
    assert (come.base, come.amount) == (chf(9800), chf(784))


def test_a_cancellation_takes_back_what_had_counted() -> None:
    invoice = charged(row(10000, 1900), payments=(paid(MARCH, 11662, 238),), cancelled_on=JULY)
    assert sums(counted(invoice, Q1, "paid")) == [(9800, 1862)]
    assert counted(invoice, Q2, "paid") == []
    assert sums(counted(invoice, Q3, "paid")) == [(-9800, -1862)]
    assert sums(counted(invoice, Q1, "issued")) == [(9800, 1862)]
    assert sums(counted(invoice, Q3, "issued")) == [(200, 38)]  # beside the cancellation's own -100
    back = charged(row(-10000, -1900), day=JULY, cancels="2026-0001", payments=(paid(JULY, -1),))
    assert sums(counted(back, Q3, "issued")) == [(-10000, -1900)]
    assert counted(back, Q3, "paid") == []
    assert received(back, Q3) == []


def test_a_credit_note_counts_by_what_is_paid_back() -> None:
    invoice = charged(row(-10000, -1900), payments=(paid(APRIL, -5950), paid(JULY, -9000)))
    assert sums(counted(invoice, Q2, "paid")) == [(-5000, -950)]
    assert sums(counted(invoice, Q3, "paid")) == [(-5000, -950)]


def test_an_advance_counts_when_it_is_paid_but_for_the_client() -> None:
    invoice = charged(row(10000, 1900), advance=True, payments=(paid(APRIL, 11900),))
    assert counted(invoice, Q1, "issued") == []
    assert sums(counted(invoice, Q2, "issued")) == [(10000, 1900)]
    assert sums(counted(invoice, Q1, INVOICED)) == [(10000, 1900)]
    assert counted(invoice, Q2, INVOICED) == []


def test_reverse_charge_counts_by_the_invoice_whatever_the_basis() -> None:
    invoice = charged(row(10000, 0, 0, "AE"), payments=(paid(APRIL, 10000),))
    for basis in ("issued", "paid"):
        assert sums(counted(invoice, Q1, basis)) == [(10000, 0)]
        assert counted(invoice, Q2, basis) == []
    told = charged(replace(row(100, 0, 0, "AE"), reason="told"), payments=(paid(APRIL, 100),))
    assert received(told, Q2) == counted(told, Q1, "paid") == list(told.rows)


def test_other_currencies_by_the_rate_that_was_recorded() -> None:
    assert in_euro(Money(1250), None) == Money(1250)
    assert in_euro(Money(12345, "CHF"), Decimal("1.0712")) == Money(13224)
    francs = Charged("1", MARCH, "acme", None, Money(100, "CHF"), ())
    assert not francs.known
    assert charged(row(1, 0)).known
    yen = Charged("1", MARCH, "acme", None, Money(1000, "JPY"), (), eur_rate=Decimal("0.00615"))
    assert yen.known
    assert yen.euro(Money(1000, "JPY")) == Money(615)
    assert total_in_euro([Money(5), Money(-2)]) == Money(3)
    assert total_in_euro([]) == Money(0)


# ---- the breakdown of one invoice


def test_what_was_paid_before_is_not_to_be_paid_again() -> None:
    figures = SimpleNamespace(gross=Money(11900), paid=Money(900))
    assert payable(cast(InvoiceDocument, SimpleNamespace(invoice=figures))) == Money(11000)


def line(net: int, rate: int, category: str = "S", currency: str = "EUR") -> InvoiceLine:
    return InvoiceLine(
        "x", Decimal(1), "hour", Decimal(1), None, Decimal(rate), category, Money(net, currency)
    )


def test_lines_are_summed_by_rate_and_case_the_highest_first() -> None:
    lines = (line(100, 7), line(1003, 19), line(200, 0, "AE"), line(50, 7), line(1, 0, "O"))
    assert vat_rows(lines, "EUR", {"AE": "told", "O": "abroad"}) == (
        VatRow(Decimal(19), "S", Money(1003), Money(191), None),
        VatRow(Decimal(7), "S", Money(150), Money(11), None),
        VatRow(Decimal(0), "AE", Money(200), Money(0), "told"),
        VatRow(Decimal(0), "O", Money(1), Money(0), "abroad"),
    )
    (francs,) = vat_rows((line(50, 8, currency="CHF"),), "CHF", {})
    assert (francs.base, francs.amount) == (Money(50, "CHF"), Money(4, "CHF"))
    assert vat_rows((), "EUR", {}) == ()
    assert total((Money(5, "CHF"), Money(-7, "CHF")), "CHF") == Money(-2, "CHF")
    assert total((), "CHF") == Money(0, "CHF")


@pytest.mark.parametrize(
    ("rate", "category", "reason", "words"),
    [
        ("19.00", "S", None, "19 % VAT"),
        ("7", "S", None, "7 % VAT"),
        ("20", "S", None, "20 % VAT"),
        ("0", "AE", "told", "no VAT: reverse charge, the recipient owes it (§ 13b, § 14a (1) UStG)"),
        ("0", "O", None, "no VAT: not taxable in Germany (§ 3a (2) UStG)"),
        ("0", "E", "Steuerfrei nach § 19 UStG (Kleinunternehmer)", "no VAT: small business (§ 19 UStG)"),
        ("0", "E", "Exempt under § 19 UStG (small business)", "no VAT: small business (§ 19 UStG)"),
        ("0", "E", "Steuerfrei nach § 4 Nr. 21 UStG", "no VAT: Steuerfrei nach § 4 Nr. 21 UStG"),
        ("0", "E", None, "no VAT: exempt (§ 4 UStG)"),
        ("0", "Z", None, "0 % VAT"),
    ],
)  # fmt: skip
def test_a_case_in_words(rate: str, category: str, reason: str | None, words: str) -> None:
    shown = VatRow(Decimal(rate), category, Money(1), Money(0), reason)
    assert case_words([shown]) == words
    assert case_words([shown, shown]) == words


def test_several_cases_in_words() -> None:
    assert case_words([row(1, 0), row(1, 0, 7), row(2, 0)]) == "19 % VAT; 7 % VAT"
