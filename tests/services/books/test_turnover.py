"""§ 19 UStG is watched where money moves: warned in time, refused when it has ended."""

from typing import Any

import pytest

from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def small(acme: Cowork) -> Cowork:
    """A small business with one client in Germany."""
    assert acme("config", "set", "seller.small_business", "true").code == 0
    return acme


def draft(cowork: Cowork, price: str, client: str = "acme") -> Any:
    outcome = cowork("invoice", "draft", client, "--empty", "--json")
    assert outcome.code == 0, str(outcome)
    line = ("--text", "Work", "--price", price)
    return cowork("invoice", "line", outcome.data["id"], *line, "--json")


def told(cowork: Cowork, **figures: str) -> None:
    for name, amount in figures.items():
        assert cowork("config", "set", name.replace("_", "."), amount).code == 0


def test_the_supply_that_crosses_the_limit_is_not_exempt(small: Cowork) -> None:
    """96,000 received, the next one of 6,000: it is taxable as a whole."""
    told(small, turnover_2026="96000")
    refused = draft(small, "6000")
    assert refused.code == 6
    assert (
        "turnover 2026 is 96,000.00 EUR, and with 6,000.00 EUR it crosses 100,000 EUR"
        in refused.err
    )
    assert "§ 19 UStG, 2025" in refused.err
    assert "`cowork config set seller.small_business false`" in refused.err
    assert draft(small, "4000").code == 0  # equal to the limit is within it


def test_a_year_above_the_limit_ends_it_for_the_next(small: Cowork) -> None:
    told(small, turnover_2025="25000.01")
    refused = draft(small, "1")
    assert (refused.code, "nothing in 2026 is exempt" in refused.err) == (6, True)
    told(small, turnover_2025="25000")
    assert draft(small, "1").code == 0


def test_the_first_year_has_a_limit_of_its_own(small: Cowork) -> None:
    """Began in May 2026, 24,000 received, the next one of 2,000 is taxable."""
    told(small, profile_founded="2026-05-01", turnover_2026="24000")
    refused = draft(small, "2000")
    assert refused.code == 6
    assert "it crosses 25,000 EUR" in refused.err
    assert "UStAE 19.1 (3)" in refused.err
    assert draft(small, "1000").code == 0
    told(small, profile_founded="2025-05-01")
    assert draft(small, "2000").code == 0


def test_it_is_looked_at_again_when_it_is_issued(small: Cowork) -> None:
    assert draft(small, "6000").code == 0
    told(small, turnover_2026="96000")
    assert small("invoice", "issue", "draft-1").code == 6
    told(small, turnover_2026="90000")
    assert small("invoice", "issue", "draft-1").code == 0


def test_money_that_moves_warns(small: Cowork) -> None:
    told(small, turnover_2025="0", turnover_2026="19000")
    assert draft(small, "1500").code == 0
    issued = small("invoice", "issue", "draft-1", "--json")
    assert "Warning" not in issued.err
    paid = small("invoice", "pay", issued.data["number"], "--amount", "1500")
    warning = "Warning: turnover 2026 is 20,500.00 EUR, 82 % of the limit of 25,000 EUR"
    assert warning in paid.err
    assert warning in small("status").err
    small("config", "unset", "seller.small_business")
    assert "Warning" not in small("status").err


def test_a_first_year_that_nobody_told_of_is_asked_about(small: Cowork) -> None:
    told(small, turnover_2026="26000")
    assert (
        "if your business began in 2026, the exemption ended at 25,000 EUR" in small("status").err
    )
    told(small, turnover_2025="1000")
    assert "if your business began" not in small("status").err


@pytest.mark.parametrize(
    ("tax", "country", "vat_id", "text", "category"),
    [
        ("reverse-charge", "FR", "FR40303265045", "Steuerschuldnerschaft des Leistungsempfängers", "AE"),
        ("outside-eu", "CH", None, "Nicht steuerbar in Deutschland (§ 3a Abs. 2 UStG)", "O"),
        ("standard", "DE", None, "Steuerfrei nach § 19 UStG (Kleinunternehmer)", "E"),
    ],
)  # fmt: skip
def test_section_19_covers_only_what_is_taxable_in_germany(
    small: Cowork, tax: str, country: str, vat_id: str | None, text: str, category: str
) -> None:
    words = ["--vat-id", vat_id] if vat_id else []
    added = small(
        "client", "add", "other", "--name", "Other", "--country", country, "--tax", tax, *words
    )
    assert added.code == 0, str(added)
    (row,) = draft(small, "100", "other").data["vat"]
    assert (row["category"], row["reason"]) == (category, text)
    told(small, turnover_2026="99999")
    assert draft(small, "100", "other").code == (6 if category == "E" else 0)


def test_the_first_year_is_warned_of_its_own_limit(small: Cowork) -> None:
    told(small, profile_founded="2026-05-01", turnover_2026="24000")
    assert (
        "Warning: turnover 2026 is 24,000.00 EUR, 96 % of the limit of 25,000 EUR: in the first year the "
        "exemption ends with the supply that crosses it"
    ) in small("status").err


def test_the_years_before_the_rule_have_no_limit_of_it(
    small: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COWORK_NOW", "2024-11-25T18:00:00+01:00")
    told(small, turnover_2024="99000", turnover_2023="99000")
    assert "turnover" not in small("status").err
    assert draft(small, "6000").code == 0
