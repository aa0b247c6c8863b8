"""The lines of reports over recorded hours."""

from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One line of `report hours`. `amount` None: no rate is known for some of it.

    `amount` is real billable time times the rate of its day, before any rounding rule or travel
    factor; with a day rate, hours / hours per day times that.
    """

    key: str
    duration_s: int
    billable_s: int
    billed_s: int
    amount: Money | None


@dataclass(frozen=True, slots=True)
class UnbilledRow:
    """One line of `report unbilled`: real time, billed time, and what a draft of it would net.

    `billed_s` is after travel factor and rounding rule. `amount` None: no rate is known for some.
    """

    client: str
    project: str
    duration_s: int
    amount: Money | None
    billed_s: int


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line of `report budget`: a project's budget in hours or in money, and what is used of it.

    `state` is `ok`, `warning` from 80 percent on, `over` above 100. `used` None: no rate is known
    for some of it, or the budget is in hours and the project has no rate.
    """

    project: str
    budget_s: int | None
    used_s: int
    budget: Money | None
    used: Money | None
    percent: Decimal | None
    state: str
