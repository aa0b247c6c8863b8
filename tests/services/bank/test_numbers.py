"""Numbers of invoices as payers write them, listed and cut to what differs; a date or a sum is none."""

import pytest

from cowork_cli.services.bank.numbers import Numbers

LONG = Numbers(["2026-0001", "2026-0002", "2026-0003", "2026-0012"])
SHORT = Numbers(["17", "18", "KD7-17"])


@pytest.mark.parametrize(
    "dash", ["-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212", " - ", ":", "/", "\n"]
)
def test_any_dash_is_one(dash: str) -> None:
    assert LONG.of(f"RE-Nr. 2026{dash}0001") == ("2026-0001",)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-0001/0002/0003", ("0001", "0002", "0003")),
        ("2026-0001, -0002", ("0001", "0002")),
        ("2026-0001 + 0002 und 0012", ("0001", "0002", "0012")),
        ("Rechnung 2026-1, 2", ("0001", "0002")),
        ("2026-0001, 2026-0002", ("0001", "0002")),
        ("2026-0001, 2026", ("0001",)),
        ("2026-0001 und 12 Lizenzen", ("0001",)),  # written otherwise than the first
        ("Rechnung 2026-1 / 12.2026", ("0001",)),
        ("2026-0001, 0099", ("0001",)),
    ],
)
def test_a_list_is_cut_to_what_differs(text: str, last: tuple[str, ...]) -> None:
    assert LONG.of(text) == tuple(f"2026-{figures}" for figures in last)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Rechnungen 17, 18", ("17", "18")),
        ("Rg. Nr 17+18", ("17", "18")),
        ("Rechnung 17, 18.11.2026", ("17",)),
        ("Rechnung 17, 18,50 EUR", ("17",)),
        ("17, 18", ()),
    ],
)
def test_short_numbers_need_a_word(text: str, numbers: tuple[str, ...]) -> None:
    assert SHORT.of(text) == numbers


def test_a_number_without_figures_is_never_named() -> None:
    assert Numbers(["RE-X", "RE-1"]).of("Rechnung RE-X und RE-1") == ("RE-1",)
