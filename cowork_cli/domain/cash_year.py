"""The year in which a payment counts by the cash method (§ 11 EStG), and its ten days.

Money counts in the year in which it is paid. What recurs and is paid shortly before or after the turn of the
year counts in the year that it belongs to (§ 11 (1) sentence 2, (2) sentence 2 EStG). Shortly is up to ten days:
December 22 to January 10, which no weekend prolongs (BFH VIII R 34/12). Authorities want the day on which
it is due to lie in those days too; whether that is so was before the BFH in 2026-11 (FG Köln 9 K 2150/20).
"""

from __future__ import annotations

from datetime import date

from cowork_cli.records import dataclass

FIRST_BEFORE = 22  # of December
LAST_AFTER = 10  # of January


@dataclass(frozen=True, slots=True)
class CashYear:
    """The year, why it is not simply that of the payment, and whether the other reading gives another."""

    year: int
    why: str | None = None
    disputed: bool = False


def cash_year(paid: date, belongs_to: int | None, due: date | None) -> CashYear:
    """The year of a payment; `belongs_to` is the year of a recurring one, None for one that does not recur.

    `due` is the day of the law or the contract, whatever weekend it falls on; None where it is not known.
    """
    turn = _turn(paid)
    if belongs_to is None or turn is None or belongs_to == paid.year or belongs_to not in turn:
        return CashYear(paid.year)
    if due is not None and _turn(due) != turn:
        return CashYear(
            paid.year,
            f"paid on {paid} for {belongs_to}, but due on {due}, outside of the ten days",
            disputed=True,
        )
    return CashYear(belongs_to, f"paid on {paid}, within ten days, for {belongs_to}")


def _turn(day: date) -> tuple[int, int] | None:
    """The two years at whose turn a day shortly lies."""
    if day.month == 12 and day.day >= FIRST_BEFORE:
        return day.year, day.year + 1
    if day.month == 1 and day.day <= LAST_AFTER:
        return day.year - 1, day.year
    return None
