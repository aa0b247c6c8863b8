"""Putting figures of the day log into the books: only when the person says so, and once.

A figure becomes an expense without VAT, in the words of its rule. What the books hold already of a rule
and touches the same days is refused, so that nothing is taken twice.
"""

from __future__ import annotations

from datetime import date

from cowork_cli.data import day_rules
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.store import days, expenses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.domain.day_report import DayRule
    from cowork_cli.domain.expense import Expense
    from cowork_cli.domain.period import Period
    from cowork_cli.services.days.report import Report
    from cowork_cli.store.engine.store import Store

# What is said on the command line → the rules.
FIGURES: dict[str, tuple[str, ...]] = {
    "home": (day_rules.HOME_1, day_rules.HOME_2),
    "ways-a": (day_rules.WAY_A,),
    "ways-b": (day_rules.WAY_B,),
    "meals": (day_rules.MEALS_8H, day_rules.MEALS_24H, day_rules.MEALS_NIGHT),
}
_WORDS = {
    "home": "Home-office day allowance",
    "ways-a": "Ways to work, distance allowance (reading A)",
    "ways-b": "Ways to work, travel (reading B)",
    "meals": "Meal allowance",
}
_OTHER = {"ways-a": "ways-b", "ways-b": "ways-a"}


def planned(report: Report, name: str, period: Period) -> tuple[str, int, list[DayRule]]:
    """The text of the expense, its euro cents, and the lines that it is made of.

    Lines that are open belong to it for the ways alone, whose reading the person has chosen. Raises
    BadInput for another name or a period without ends, NotFound where nothing is to be booked.
    """
    if name not in FIGURES:
        raise BadInput(f'there is no figure "{name}"', f"choose one of {', '.join(FIGURES)}")
    if period.from_ is None or period.to is None:
        raise BadInput("the period has no end", "give it as `--in 2026`")
    if period.from_.year != period.to.year:
        raise BadInput("the period lies in two years", "book each year by itself: `--in 2026`")
    lines = [row for row in report.rules if row.rule in FIGURES[name] and _counts(row, name)]
    if name == "ways-a":  # what is travel in either reading belongs to both
        places = {row.place for row in lines}
        lines += [
            row
            for row in report.rules
            if row.rule == day_rules.WAY_B and row.state == "supported" and row.place not in places
        ]
    cents = sum(row.amount.minor for row in lines if row.amount)
    if not cents:
        raise NotFound(
            f"the day log of {period} supports nothing for {name}",
            f"see `cowork report days --from {period.from_} --to {period.to}`",
        )
    count = sum(row.days for row in lines)
    sources = "; ".join(dict.fromkeys(row.source.partition(";")[0] for row in lines))
    return f"{_WORDS[name]} {period}, {count} days, day log; {sources}", cents, lines


def book(store: Store, report: Report, name: str, period: Period, today: date) -> Expense:
    """Adds the expense, dated on the last day of the period or today. Raises Conflict if it is there."""
    text, cents, _ = planned(report, name, period)
    first, last = period.from_, period.to
    assert first is not None
    assert last is not None
    with store.transaction() as journal:
        for each in (name, *([_OTHER[name]] if name in _OTHER else [])):
            for expense_id, begin, end in days.claims(store, each, first, last):
                raise Conflict(
                    f"{each} of {begin} to {end} is in the books already, as x-{expense_id}",
                    f"take it out first with `cowork expense remove x-{expense_id}`",
                )
        row = {
            "day": min(last, today).isoformat(),
            "text": text,
            "currency": "EUR",
            "net": cents,
            "vat": 0,
            "vat_rate": "0",
            "reverse_charge": 0,
        }
        expense_id = expenses.add(store, row, None)
        days.add_claim(journal, expense_id, name, first, last)
        expense = expenses.expense(store, expense_id)
    assert expense is not None
    return expense


def _counts(row: DayRule, name: str) -> bool:
    """Whether a line belongs to a figure: what is open only where the person chose the reading."""
    return row.state == "supported" or name in _OTHER
