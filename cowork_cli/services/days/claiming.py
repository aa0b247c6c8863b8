"""Putting figures of the day log into the books: only when the person says so, and once.

A figure becomes an expense without VAT, in the words of its rule, on its line of the form EÜR. What the books hold already of a rule
and touches the same days is refused, so that nothing is taken twice.
"""

from __future__ import annotations

from datetime import date

from cowork_cli.data import day_rules
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.records import dataclass
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
    "ways-a": (day_rules.WAY_A, day_rules.WAY_A_HALF),
    "ways-b": (day_rules.WAY_B,),
    "meals": (day_rules.MEALS_8H, day_rules.MEALS_24H, day_rules.MEALS_NIGHT),
}
_WORDS = {
    "home": "Home-office day allowance",
    "ways-a": "Ways to work, distance allowance (reading A)",
    "ways-b": "Ways to work, travel (reading B)",
    "meals": "Meal allowance",
}
_CATEGORIES = {
    day_rules.HOME_1: "home-days",
    day_rules.HOME_2: "home-days",
    **dict.fromkeys(FIGURES["meals"], "meal-allowances"),
}
_OTHER = {"ways-a": "ways-b", "ways-b": "ways-a"}


@dataclass(frozen=True, slots=True)
class Part:
    """One expense to be: the line of the form EÜR that it stands on (None: not known here) and its sum."""

    category: str | None
    text: str
    amount: Money


def planned(report: Report, name: str, period: Period) -> list[Part]:
    """The expenses of a figure, one for each line of the form EÜR that it stands on.

    Lines that are open belong to it for the ways alone, whose reading the person has chosen. Raises
    BadInput for another name or a period without ends, NotFound where nothing is to be booked.
    """
    if name not in FIGURES:
        raise BadInput(f'there is no figure "{name}"', f"choose one of {', '.join(FIGURES)}")
    if period.from_ is None or period.to is None:
        raise BadInput("the period has no end", "give it as `--in 2026`")
    if period.from_.year != period.to.year:
        raise BadInput("the period lies in two years", "book each year by itself: `--in 2026`")
    groups: dict[str | None, list[DayRule]] = {}
    for row in _lines(report, name):
        if row.amount and row.amount.minor:
            groups.setdefault(_category(row), []).append(row)
    if not groups:
        raise NotFound(
            f"the day log of {period} supports nothing for {name}",
            f"see `cowork report days --from {period.from_} --to {period.to}`",
        )
    return [_part(category, rows, name, period) for category, rows in groups.items()]


def book(store: Store, report: Report, name: str, period: Period, today: date) -> list[Expense]:
    """Adds the expenses, dated on the last day of the period or today. Raises Conflict if they are there."""
    parts = planned(report, name, period)
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
        numbers = []
        for part in parts:
            row = {
                "day": min(last, today).isoformat(),
                "text": part.text,
                "currency": part.amount.currency,
                "net": part.amount.minor,
                "vat": 0,
                "vat_rate": "0",
                "reverse_charge": 0,
                "category": part.category,
            }
            numbers.append(expenses.add(store, row, None))
            days.add_claim(journal, numbers[-1], name, first, last)
        return [expense for each in numbers if (expense := expenses.expense(store, each))]


def _lines(report: Report, name: str) -> list[DayRule]:
    """The lines of a figure. What is travel in either reading belongs to both."""
    lines = [row for row in report.rules if row.rule in FIGURES[name] and _counts(row, name)]
    if name == "ways-a":
        places = {row.place for row in lines}
        lines += [
            row
            for row in report.rules
            if row.rule == day_rules.WAY_B and row.state == "supported" and row.place not in places
        ]
    return lines


def _category(row: DayRule) -> str | None:
    """The category of expenses: kilometres by car and fares stand on lines of their own."""
    if row.rule == day_rules.WAY_B:
        return "mileage" if row.unit == "km" else "transport"
    return _CATEGORIES.get(row.rule)


def _part(category: str | None, rows: list[DayRule], name: str, period: Period) -> Part:
    cents = sum(row.amount.minor for row in rows if row.amount)
    count = sum(row.days for row in rows)
    sources = "; ".join(dict.fromkeys(row.source.partition(";")[0] for row in rows))
    text = f"{_WORDS[name]} {period}, {count} {'day' if count == 1 else 'days'}, day log; {sources}"
    return Part(category, text, Money(cents))


def _counts(row: DayRule, name: str) -> bool:
    """Whether a line belongs to a figure: what is open only where the person chose the reading."""
    return row.state == "supported" or name in _OTHER
