"""Cases worked by hand that no other test holds."""

from datetime import date
from decimal import Decimal

import pytest

from cowork_cli.data import day_rules
from cowork_cli.domain.artists_levy import levy
from cowork_cli.domain.assets import methods_for, written_off
from cowork_cli.domain.deadlines import working_day
from cowork_cli.domain.expense import from_gross
from cowork_cli.domain.late_tax import late_fee
from cowork_cli.domain.money import Money
from cowork_cli.domain.vat_dates import rhythm, special_prepayment
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.services.addresses.post import closed_days
from cowork_cli.services.days.reckoning import allowance, trip
from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")


@pytest.mark.parametrize(
    ("named", "due"),
    [
        ("2026-12-25", "2026-12-28"),  # a holiday, a holiday, a Sunday: the list of November
        ("2026-04-25", "2026-04-27"),
        ("2026-07-25", "2026-07-27"),
        ("2026-10-25", "2026-10-26"),
        ("2027-01-25", "2027-01-25"),
    ],
)
def test_the_list_of_sales_is_due_on_a_working_day(named: str, due: str) -> None:
    assert working_day(date.fromisoformat(named), closed_days("BE", None)).isoformat() == due


@pytest.mark.parametrize(("year", "euro"), [(2025, "790.00"), (2026, "950.00")])
def test_25_9_kilometres_on_a_hundred_days_count_whole_kilometres(year: int, euro: str) -> None:
    a_day = allowance(Decimal("25.9"), day_rules.FIGURES[year])
    assert Money(a_day.minor * 100) == Money.of(Decimal(euro))


def test_eighty_kilometres_to_a_client() -> None:
    assert trip(Decimal(80), day_rules.FIGURES[2026]) == Money.of(Decimal("24.00"))


@pytest.mark.parametrize(("earned", "exempt"), [("26000", False), ("25000.00", True)])
def test_the_year_after_the_first_one(acme: Cowork, earned: str, exempt: bool) -> None:
    """Founded in May 2026: more than 25,000 in that year ends the exemption of the next, 25,000.00 does not."""
    for name, value in (
        ("seller.small_business", "true"),
        ("profile.founded", "2026-05-01"),
        ("turnover.2026", earned),
    ):
        assert acme("config", "set", name, value).code == 0
    env = {"COWORK_NOW": "2027-02-01T12:00:00+01:00"}
    empty = acme("invoice", "draft", "acme", "--empty", "--json", env=env)
    line = ("invoice", "line", empty.data["id"], "--text", "Work", "--price", "2000")
    done = acme(*line, env=env)
    assert (done.code == 0) is exempt, str(done)
    if not exempt:
        assert "nothing in 2027 is exempt" in done.err


def test_of_a_supply_that_crosses_the_limit_all_is_taxed(acme: Cowork) -> None:
    """96,000 received, the next one is 6,000 net: 7,140.00 with VAT on all of it."""
    assert acme("config", "set", "turnover.2026", "96000").code == 0
    draft = acme("invoice", "draft", "acme", "--empty", "--json").data["id"]
    assert acme("invoice", "line", draft, "--text", "Work", "--price", "6000").code == 0
    found = acme("invoice", "show", draft, "--json").data
    assert (found["net"]["amount"], found["gross"]["amount"]) == ("6000.00", "7140.00")


def test_a_price_that_is_fixed_with_its_vat() -> None:
    fixed = from_gross(euro("6000"), Decimal(19))
    assert (fixed.net, fixed.vat) == (euro("5042.02"), euro("957.98"))


# ---- how often, and what the extension costs


def euro(text: str) -> Money:
    return Money.of(Decimal(text))


@pytest.mark.parametrize(("vat", "how"), [("9000.00", "quarter"), ("9000.01", "month")])
def test_how_often_follows_the_vat_of_the_year_before(vat: str, how: str) -> None:
    assert rhythm(euro(vat)) == how


def test_the_special_prepayment_is_an_eleventh() -> None:
    assert special_prepayment(euro("13200")) == euro("1200.00")
    assert special_prepayment(euro("-500")) == euro("0")


def test_a_whole_year_says_what_follows_for_the_next(acme: Cowork) -> None:
    """VAT of 13,200.00 in 2025 makes 2026 a year of months, and 1,200.00 due on 10 February 2026."""
    draft = acme("invoice", "draft", "acme", "--empty", "--in", "2025-10", "--json").data["id"]
    assert acme("invoice", "line", draft, "--text", "x", "--price", "69473.70").code == 0
    assert acme("invoice", "issue", draft, "--date", "2025-10-31", "--force").code == 0
    plain = acme("report", "vat", "--in", "2025")
    assert (
        "VAT of 2025, as reckoned here: 13199.87 EUR, more than 9000 EUR: returns of 2026 by month"
        in plain.err
    )
    assert "tax.filing is quarter" in plain.err
    assert "special prepayment" not in plain.err.replace("credit of the special prepayment", "")
    acme("config", "set", "tax.extension", "true")
    acme("config", "set", "tax.filing", "month")
    extended = acme("report", "vat", "--in", "2025")
    assert "a special prepayment of 1/11 of the prepayments of 2025, 1199.99 EUR" in extended.err
    assert "by 2026-02-10" in extended.err
    assert "tax.filing is" not in extended.err
    assert "returns of" not in acme("report", "vat", "--in", "2025-Q4").err


# ---- assets


SEPTEMBER = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("costs", "bought", "method", "years", "deducted"),
    [
        (["3600"], SEPTEMBER, "linear", 6, ["200.00", *["600.00"] * 5, "400.00"]),
        (["3600"], SEPTEMBER, "declining", 6,
         ["360.00", "972.00", "680.40", "476.28", "416.75", "416.74", "277.83"]),
        (["3600"], date(2024, 9, 10), "declining", 6, ["240.00"]),  # twice the rate, 20 percent
        (["1500"], date(2026, 11, 3), "linear", 1, ["1500.00"]),  # a laptop
        (["300", "450", "1000"], SEPTEMBER, "pool", None, ["350.00"] * 5),
        (["800"], SEPTEMBER, "at-once", None, ["800.00"]),
        (["1000"], date(2026, 1, 2), "linear", 3, ["333.33", "333.33", "333.34"]),
    ],
    ids=["linear", "declining", "declining-2024", "one-year", "pool", "at-once", "cents"],
)  # fmt: skip
def test_what_is_written_off(
    costs: list[str], bought: date, method: str, years: int | None, deducted: list[str]
) -> None:
    rows = written_off([euro(text) for text in costs], bought, method, years)
    assert [f"{row.amount.amount:f}" for row in rows][: len(deducted)] == deducted
    assert rows[-1].left == Money(0)
    assert [row.year for row in rows] == [bought.year + n for n in range(len(rows))]
    assert sum(row.amount.minor for row in rows) == sum(euro(text).minor for text in costs)


@pytest.mark.parametrize(
    ("cost", "bought", "allowed"),
    [
        ("250", SEPTEMBER, ["at-once", "linear", "declining"]),
        ("800.01", SEPTEMBER, ["pool", "linear", "declining"]),
        ("1000.01", SEPTEMBER, ["linear", "declining"]),
        ("5000", date(2025, 6, 30), ["linear"]),  # between the two times of § 7 (2)
        ("5000", date(2028, 1, 1), ["linear"]),
    ],
)
def test_which_ways_the_law_has(cost: str, bought: date, allowed: list[str]) -> None:
    assert methods_for([euro(cost)], bought) == allowed


def test_what_cannot_be_written_off_so() -> None:
    with pytest.raises(Conflict, match="pool is not for this price"):
        written_off([euro("1500")], SEPTEMBER, "pool", None)
    with pytest.raises(BadInput, match="how many years"):
        written_off([euro("1500")], SEPTEMBER, "linear", None)


def test_an_asset_at_the_terminal(cowork: Cowork) -> None:
    one = cowork("report", "asset", "3600", "--years", "6", "--bought", "2026-09-10", "--json")
    assert [(row["method"], row["amount"]["amount"]) for row in one.data if row["year"] == 2026] == [
        ("linear", "200.00"), ("declining", "360.00"),
    ]  # fmt: skip
    pool = cowork("report", "asset", "300", "450", "1000", "--json").data
    assert [row["amount"]["amount"] for row in pool] == ["350.00"] * 5
    assert cowork("report", "asset", "1500", "2000").code == 2
    assert cowork("report", "asset", "0").code == 2


# ---- artists, and what is paid late


@pytest.mark.parametrize(
    ("fees", "year", "owed"),
    [
        ("1000", 2026, "0.00"),
        ("1200", 2026, "58.80"),
        ("701", 2025, "35.05"),
        ("700", 2025, "0.00"),
    ],
)
def test_the_levy_on_fees_of_artists(fees: str, year: int, owed: str) -> None:
    assert levy(euro(fees), year) == euro(owed)


def test_the_levy_of_a_year_to_come_is_not_guessed(acme: Cowork) -> None:
    assert levy(euro("5000"), 2027) is None
    spent = ("expense", "add", "--text", "Photos", "--net", "1200", "--category", "advertising")
    assert acme(*spent, "--date", "2026-10-15").code == 0
    told = acme("report", "profit", "--in", "2026").err
    assert "a levy of 4.9 %, 58.80 EUR, to be reported by 2027-03-31" in told


@pytest.mark.parametrize(
    ("paid", "fee"),
    [("2026-07-30", "12.00"), ("2026-07-13", "0.00"), ("2026-07-14", "12.00"), ("2026-08-11", "24.00"),
     ("2026-08-10", "12.00")],
)  # fmt: skip
def test_a_tax_that_is_paid_late(paid: str, fee: str) -> None:
    """VAT of 1,234 due on 10 July: 20 days late 12.00, three days nothing; a second month begins on 11 August."""
    assert late_fee(euro("1234"), date(2026, 7, 10), date.fromisoformat(paid)) == euro(fee)


def test_the_late_fee_is_told_with_the_payment(acme: Cowork) -> None:
    pay = ("expense", "add", "--text", "VAT", "--net", "1234", "--vat", "0", "--category", "vat")
    late = acme(*pay, "--for", "2026-Q2", "--date", "2026-07-30")
    assert "20 days after 2026-07-10: a late fee of 12.00 EUR follows (§ 240 AO" in late.err
    near = acme(*pay, "--for", "2026-Q3", "--date", "2026-10-15")
    assert "3 days after 2026-10-12: no late fee up to 3 days" in near.err, "the 10th is a Saturday"
    assert "late fee" not in acme(*pay, "--for", "2026-Q3", "--date", "2026-10-12").err
