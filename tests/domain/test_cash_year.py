"""The ten days of § 11 EStG: the worked cases and the edges of the window."""

from datetime import date

import pytest

from cowork_cli.domain.cash_year import cash_year


@pytest.mark.parametrize(
    ("paid", "belongs", "due", "year", "disputed"),
    [
        ("2026-01-08", 2025, "2026-01-10", 2025, False),  # VAT of December
        ("2026-01-12", 2025, "2026-01-10", 2026, False),  # paid after the window
        ("2026-01-09", 2025, "2025-12-10", 2026, True),  # VAT of November, late
        ("2026-01-09", 2025, "2026-01-10", 2025, False),  # the same with the extension
        ("2026-02-10", 2025, "2026-02-10", 2026, False),  # the quarter with the extension
        ("2025-12-29", 2026, "2026-01-01", 2026, False),  # rent of January
        ("2026-01-03", None, None, 2026, False),  # a fee for a single job
        ("2025-12-22", 2026, None, 2026, False),
        ("2025-12-21", 2026, None, 2025, False),
        ("2026-01-10", 2025, None, 2025, False),
        ("2026-01-11", 2025, None, 2026, False),
        ("2026-01-05", 2024, None, 2026, False),  # not of the year next to it
        ("2025-12-29", 2024, None, 2025, False),
    ],
)
def test_the_year_of_a_payment(
    paid: str, belongs: int | None, due: str | None, year: int, disputed: bool
) -> None:
    found = cash_year(date.fromisoformat(paid), belongs, date.fromisoformat(due) if due else None)
    assert (found.year, found.disputed) == (year, disputed)
