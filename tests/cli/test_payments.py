"""Payments: parts, credit, taking back, skonto, and what is refused with nothing changed."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowork_cli.domain.money import Money
from cowork_cli.domain.settlement import Paid, shares, skonto_taken
from tests.cli.test_invoice_lines import do, refused
from tests.conftest import Cowork, Played

LATER = {"COWORK_NOW": "2026-12-05T12:00:00+01:00"}
TOO_LATE = {"COWORK_NOW": "2026-12-06T12:00:00+01:00"}
MUCH_LATER = {"COWORK_NOW": "2027-01-10T12:00:00+01:00"}


@pytest.fixture
def issued(acme: Cowork, played: Played) -> Cowork:
    """2026-0001 of 2026-11-25: 1,000 at 19 % and 100 at 7 %, 1297.00 in all, skonto 2 % in 10 days."""
    line = ("invoice", "line", "draft-1", "--text", "X", "--price")
    played(
        ("client", "edit", "acme", "--skonto", "2%/10d"),
        ("invoice", "draft", "acme", "--empty"),
        (*line, "1000", "--vat", "19"),
        (*line, "100", "--vat", "7"),
        ("invoice", "issue", "draft-1"),
    )
    assert do(acme, "invoice", "show", "2026-0001")["gross"]["amount"] == "1297.00"
    return acme


def pay(cowork: Cowork, amount: str, *words: str, **more: Any) -> Any:
    return do(cowork, "invoice", "pay", "2026-0001", "--amount", amount, *words, **more)


def test_part_payments(issued: Cowork) -> None:
    assert pay(issued, "100")["state"] == "part-paid"
    assert pay(issued, "1197,00", env=LATER)["state"] == "paid"
    assert do(issued, "invoice", "list", "--unpaid") == []


def test_more_than_open_is_said_and_kept_as_credit(issued: Cowork) -> None:
    outcome = issued("invoice", "pay", "2026-0001", "--amount", "1300", "--json")
    assert "3.00 EUR more than open was paid; it is kept as credit" in outcome.err
    assert (outcome.data["open"]["amount"], outcome.data["state"]) == ("-3.00", "paid")
    shown = issued("invoice", "show", "2026-0001", terminal=True, env={"NO_COLOR": "1"}).out
    assert "credit" in shown


def test_a_negative_payment_takes_back(issued: Cowork) -> None:
    pay(issued, "1297")
    found = pay(issued, "-97")
    assert (found["state"], found["open"]["amount"]) == ("part-paid", "97.00")


@pytest.mark.parametrize("amount", ["50 EUR", "50eur", "EUR 50", "50€", "€50", "50,00 €", "50.00"])
def test_the_currency_may_be_named(issued: Cowork, amount: str) -> None:
    assert pay(issued, amount)["paid"]["amount"] == "50.00"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--amount", "50 USD"), 6),
        (("--amount", "EUR 50 EUR"), 2),
        (("--amount", "50 quatloos"), 2),
        (("--amount", "fifty"), 2),
        (("--amount", "0"), 6),
        (("--amount", "-1"), 6),
        (("--amount", "1.005"), 2),
        (("--amount", "50", "--on", "2026-11-24"), 6),
        (("--amount", "50", "--on", "2026-11-26"), 2),
    ],
)
def test_refused_with_nothing_changed(issued: Cowork, words: tuple[str, ...], code: int) -> None:
    refused(issued, code, "invoice", "pay", "2026-0001", *words)


def test_drafts_and_cancelled_invoices_are_not_paid(issued: Cowork) -> None:
    do(issued, "invoice", "draft", "acme", "--empty")
    assert "draft" in refused(issued, 6, "invoice", "pay", "draft-2", "--amount", "1")
    do(issued, "invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    for number in ("2026-0001", "2026-0002"):
        refused(issued, 6, "invoice", "pay", number, "--amount", "1")


# ---- skonto: 2 % of 1297.00 is 25.94, which leaves 1271.06


def test_skonto_within_the_days_settles_the_invoice(issued: Cowork) -> None:
    outcome = issued("invoice", "pay", "2026-0001", "--amount", "1271.06", "--json", env=LATER)
    assert "25.94 EUR of skonto was taken. It is paid." in outcome.err
    found = outcome.data
    assert (found["state"], found["open"]["amount"]) == ("paid", "0.00")
    assert (found["paid"]["amount"], found["skonto_taken"]["amount"]) == ("1271.06", "25.94")


def test_skonto_counts_by_the_day_of_the_payment(issued: Cowork) -> None:
    assert pay(issued, "1271.06", "--on", "2026-12-05", env=MUCH_LATER)["state"] == "paid"


def test_skonto_too_late_leaves_it_open(issued: Cowork) -> None:
    found = pay(issued, "1271.06", env=TOO_LATE)
    assert (found["state"], found["open"]["amount"]) == ("part-paid", "25.94")
    assert found["skonto_taken"] is None


def test_a_cent_too_little_is_no_skonto(issued: Cowork) -> None:
    assert pay(issued, "1271.05")["open"]["amount"] == "25.95"
    assert pay(issued, "0.01")["state"] == "paid"


def test_what_is_taken_back_takes_the_skonto_back(issued: Cowork) -> None:
    pay(issued, "1271.06")
    found = pay(issued, "-0.06")
    assert (found["state"], found["skonto_taken"]) == ("part-paid", None)
    assert found["open"]["amount"] == "26.00"


def test_a_second_full_payment_is_credit_and_changes_neither_skonto_nor_vat(issued: Cowork) -> None:
    """The invoice is closed once: 1271.06 with 25.94 of skonto; the next 1271.06 is all credit."""
    first = pay(issued, "1271.06", "--on", "2026-11-30", env=LATER)
    vat = {basis: vat_rows(issued, basis) for basis in ("issued", "paid")}
    again = pay(issued, "1271.06", "--on", "2026-12-02", env=LATER)
    assert (again["state"], again["open"]["amount"]) == ("paid", "-1271.06")
    assert again["skonto_taken"] == first["skonto_taken"] == {"amount": "25.94", "currency": "EUR"}
    assert {basis: vat_rows(issued, basis) for basis in vat} == vat
    rest = pay(issued, "-1271.06", "--on", "2026-12-03", env=LATER)
    assert (rest["open"]["amount"], rest["skonto_taken"]["amount"]) == ("0.00", "25.94")


def vat_rows(cowork: Cowork, basis: str) -> Any:
    return do(cowork, "report", "vat", "--basis", basis, "--in", "2026")


def test_the_rest_after_skonto_is_credit_and_taking_back_reopens(issued: Cowork) -> None:
    pay(issued, "1271.06")
    assert pay(issued, "25.94")["open"]["amount"] == "-25.94"
    assert pay(issued, "-26")["skonto_taken"] is None  # 1271.00 in all: a cent more was needed
    assert pay(issued, "0.06")["skonto_taken"]["amount"] == "25.94"


def test_paid_in_full_is_no_skonto_and_no_credit(issued: Cowork) -> None:
    assert pay(issued, "1297")["skonto_taken"] is None


def test_the_skonto_of_the_invoice_counts_not_the_one_of_today(issued: Cowork) -> None:
    do(issued, "client", "edit", "acme", "--skonto", "none")
    assert pay(issued, "1271.06")["state"] == "paid"


def test_skonto_by_rate_adds_up(issued: Cowork, home: Path) -> None:
    pay(issued, "1271.06")
    from cowork_cli.paths import locate
    from cowork_cli.services.invoices import payments
    from tests.stores import open_store

    store = open_store(
        locate({"COWORK_HOME": str(home)}), now_ms=0, command="test", expected=True, note=print
    )
    try:
        assert payments.skonto_taken(store, 1) == Money(2594)
        rows = payments.skonto_split(store, 1)
    finally:
        store.close()
    assert [(row.rate, row.base.minor, row.amount.minor) for row in rows] == [
        (Decimal(19), 2000, 380),
        (Decimal(7), 200, 14),
    ]


@given(
    st.integers(min_value=0, max_value=10**12),
    st.lists(st.integers(min_value=0, max_value=10**12), max_size=5),
)
def test_shares_add_up(amount: int, weights: list[int]) -> None:
    parts = shares(amount, weights)
    assert sum(parts) == (amount if any(weights) else 0)
    assert all(part >= 0 for part in parts)


def test_a_full_discount_takes_at_least_a_payment() -> None:
    day = dt.date(2026, 1, 1)
    assert skonto_taken(Decimal("99.99"), day, Money(1), []) is None
    assert skonto_taken(Decimal(50), day, Money(100), [Paid(day, 50)]) == Money(50)


# ---- what is typed


def test_the_amount_may_stand_behind_the_number(issued: Cowork) -> None:
    assert do(issued, "invoice", "pay", "2026-0001", "500")["paid"]["amount"] == "500.00"
    refused(issued, 2, "invoice", "pay", "2026-0001", "5", "--amount", "5")
    refused(issued, 2, "invoice", "pay", "2026-0001", "1.005")


def test_what_is_open_is_offered(issued: Cowork) -> None:
    assert "`--amount`" in refused(issued, 2, "invoice", "pay", "2026-0001")
    asked = issued("invoice", "pay", "2026-0001", terminal=True, stdin="\n", env={"NO_COLOR": "1"})
    assert "Amount [1,297.00 EUR]: " in asked.err
    assert "It is paid." in asked.err
    assert "nothing of 2026-0001 is open" in refused(issued, 6, "invoice", "pay", "2026-0001", "-y")
    issued("undo")
    assert do(issued, "invoice", "pay", "2026-0001", "-y")["state"] == "paid"


@pytest.mark.parametrize("typed", ["-119.00", "-119", "-119,00"])
def test_a_payment_is_taken_back_without_an_option(acme: Cowork, typed: str) -> None:
    acme("invoice", "draft", "acme", "--empty", "--in", "2026-11")
    acme("invoice", "line", "draft-1", "--text", "Logo", "--price", "100")
    acme("invoice", "issue", "draft-1")
    acme("invoice", "pay", "2026-0001", "119")
    back = acme("invoice", "pay", "2026-0001", typed, "--json")
    assert back.code == 0, str(back)
    assert (back.data["paid"]["amount"], back.data["open"]["amount"]) == ("0.00", "119.00")


@pytest.mark.parametrize(("paid", "told"), [("119", "119.00 EUR was paid on 2026-0001"), (None, None)])  # fmt: skip
def test_what_was_paid_on_a_cancelled_invoice_is_said(
    acme: Cowork, paid: str | None, told: str | None
) -> None:
    acme("invoice", "draft", "acme", "--empty", "--in", "2026-11")
    acme("invoice", "line", "draft-1", "--text", "Logo", "--price", "100")
    acme("invoice", "issue", "draft-1")
    if paid:
        acme("invoice", "pay", "2026-0001", paid)
    cancelled = acme("invoice", "cancel", "2026-0001", "--reason", "x", "-y")
    assert cancelled.code == 0, str(cancelled)
    assert (told or "2026-0002") in cancelled.err
    assert ("was paid on" in cancelled.err) == bool(told)


def test_a_deducted_prepayment_is_not_given_back_twice(acme: Cowork) -> None:
    for words in (
        ("draft", "acme", "--advance", "--in", "2026-12"),
        ("line", "draft-1", "--text", "Start", "--price", "100"),
        ("issue", "draft-1"),
        ("pay", "2026-0001", "119"),
        ("draft", "acme", "--empty", "--in", "2026-12"),
        ("line", "draft-2", "--text", "All", "--price", "500"),
        ("prepaid", "draft-2", "--invoice", "2026-0001"),
        ("issue", "draft-2"),
        ("pay", "2026-0002", "100"),
    ):
        outcome = acme("invoice", *words)
        assert outcome.code == 0, str(outcome)
    cancelled = acme("invoice", "cancel", "2026-0002", "--reason", "x", "-y")
    assert "100.00 EUR was paid on 2026-0002" in cancelled.err
