"""What cannot be told in euro is in no sum, and named in every report."""

import shlex

import pytest

from tests.conftest import Cowork, Played

pytestmark = pytest.mark.usefixtures("november")

LINES = """
config set seller.vat_id DE136695976
client add fr --name Société --country FR --vat-id FR40303265045 --tax reverse-charge --currency USD --street 'Rue 1' --postcode 75001 --city Paris
invoice draft fr --empty
invoice line draft-1 --text Work --price 1000
invoice issue draft-1 --date 2026-11-20
invoice pay 2026-0001 '1000 USD' --on 2026-11-24
expense add --text Train --gross 50 --currency CHF --date 2026-11-21 --category travel-costs
expense add --text Server --net 20 --currency CHF --date 2026-11-21 --reverse-charge --country CH
expense add --text Wine --gross 30 --date 2026-11-21 --category gifts
expense add --text 'A day away' --gross 14 --vat 0 --date 2026-11-21 --category meal-allowances
"""
LEFT_OUT = "Not included, as no rate to EUR is recorded: "


@pytest.fixture
def abroad(acme: Cowork, played: Played) -> Cowork:
    """One invoice in dollars and two expenses in francs, none with a rate; two expenses in euro."""
    return played(*(tuple(shlex.split(line)) for line in LINES.strip().splitlines()))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("report clients --in 2026-11", "2026-0001"),
        ("report clients --in 2026-11 --basis paid", "2026-0001"),
        ("report clients --in 2026-10", None),
        ("report vat --in 2026-11", "2026-0001, x-1, x-2"),
        ("report vat --in 2026-11 --basis paid", "2026-0001, x-1, x-2"),
        ("report zm --in 2026-Q4", "2026-0001"),
        ("report zm --in 2026-Q3", None),
    ],
)
def test_it_is_named(abroad: Cowork, line: str, names: str | None) -> None:
    outcome = abroad(*line.split())
    assert outcome.code == 0, str(outcome)
    told = [row for row in outcome.err.splitlines() if row.startswith(LEFT_OUT)]
    assert told == ([f"{LEFT_OUT}{names}."] if names else [])


def test_the_profit_of_the_year(abroad: Cowork) -> None:
    outcome = abroad("report", "profit", "--in", "2026", "--json")
    notes = outcome.json["notes"]
    assert f"{LEFT_OUT}x-1, x-2." in notes
    assert f"{LEFT_OUT}2026-0001." in notes
    assert {(row["label"], row["amount"]["amount"]) for row in outcome.data} == {
        ("input VAT paid", "4.79"),
        ("gifts", "25.21"),
        ("meal allowances", "14.00"),
        ("total income", "0.00"),
        ("total expenses", "44.00"),
        ("income less expenses", "-44.00"),
    }
    assert any(note.startswith("Gifts are deducted in full here: above 50 EUR") for note in notes)


def test_what_holds_no_input_vat_is_said(abroad: Cowork) -> None:
    said = "Allowances and mileage hold no input VAT, and are left out."
    assert said in abroad("report", "vat", "--in", "2026-11").err
    assert said not in abroad("report", "vat", "--in", "2026-10").err


def test_the_turnover_of_a_small_business(acme: Cowork) -> None:
    """§ 19 (2) UStG: what is taxable in Germany counts, in euro."""
    for line in (
        "config set seller.small_business true",
        "config set seller.vat_id DE136695976",
        "client add us --name Us --country DE --tax standard --currency USD --street 'Ring 1' "
        "--postcode 10115 --city Berlin",
        "client add at --name Wien --country AT --vat-id ATU13585627 --tax reverse-charge "
        "--street 'Ring 1' --postcode 1010 --city Wien",
        "invoice draft us --empty",
        "invoice line draft-1 --text Work --price 1000",
        "invoice issue draft-1 --date 2026-11-20",
        "invoice pay 2026-0001 '1000 USD' --on 2026-11-24",
        "invoice draft at --empty",
        "invoice line draft-2 --text Work --price 90000",
        "invoice issue draft-2 --date 2026-11-20",
        "invoice pay 2026-0002 90000 --on 2026-11-24",
    ):
        outcome = acme(*shlex.split(line))
        assert outcome.code == 0, f"{line}\n{outcome}"
    said = "Warning: turnover leaves out 2026-0001: no rate to EUR is recorded."
    assert [row for row in acme("status").err.splitlines() if row.startswith("Warning")] == [said]
