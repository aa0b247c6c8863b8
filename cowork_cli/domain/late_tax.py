"""The fee for a tax that was paid late. Pure."""

from datetime import date

from cowork_cli.data import late_tax as rule
from cowork_cli.domain.calendar_days import add_months
from cowork_cli.domain.money import Money


def late_fee(tax: Money, due: date, paid: date) -> Money:
    """The fee in the currency of the tax; nothing within the days of grace (`data.late_tax`).

    `due` is the day after weekends and holidays have moved it.
    """
    if (paid - due).days <= rule.DAYS_OF_GRACE:
        return Money(0, tax.currency)
    full = tax.minor // (rule.FULL_EURO * 100) * (rule.FULL_EURO * 100)
    months = 1
    while add_months(due, months) < paid:
        months += 1
    return Money(full * rule.PERCENT * months // 100, tax.currency)
