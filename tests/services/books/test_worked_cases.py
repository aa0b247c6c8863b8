"""Cases worked by hand that no other test holds.

Depreciation and pools, the artists' levy, late fees on tax, and the height of a special prepayment are nowhere
worked out by cowork, so their figures are pinned nowhere.
"""

from datetime import date
from decimal import Decimal

import pytest

from cowork_cli.data import day_rules
from cowork_cli.domain.deadlines import working_day
from cowork_cli.domain.money import Money
from cowork_cli.services.addresses.post import closed_days
from cowork_cli.services.days.reckoning import allowance, trip
from tests.conftest import Cowork


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
