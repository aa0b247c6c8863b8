"""A lease of an office beside desks by the day or month: what each costs by when one leaves. Pure."""

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Lease:
    """What a lease asks for, all of one currency. `term` and `notice` are months."""

    rent: Money
    running: Money
    fit_out: Money
    fee: Money
    deposit: Money
    exit_cost: Money
    term: int
    notice: int


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """One way, if one leaves after so many months. `once` is paid at the start or at the end and lost.

    `total` is all that is gone by then. `exit` is what is still to be paid if one has to leave that day,
    `tied_up` the deposit that is away meanwhile and comes back.
    """

    way: str
    months: int
    monthly: Money
    once: Money
    total: Money
    exit: Money
    tied_up: Money
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LeaseComparison:
    """Both ways side by side. `cheaper_from_month`: the first from which on the lease stays cheaper; None never.

    `cheaper_from_days`: with so many days a month the lease is cheaper over `months`; None for no number.
    """

    months: int
    days_a_month: int
    desk: Money
    desk_plans: tuple[str, ...]
    tax: str
    cheaper_from_month: int | None
    cheaper_from_days: int | None
    rows: tuple[LeaseRow, ...]


def lease_cost(lease: Lease, month: int) -> Money:
    """All that is gone if one leaves after `month` months: the term is paid to its end in any case."""
    paid = max(month, lease.term)
    minor = (lease.rent.minor + lease.running.minor) * paid
    return Money(
        minor + lease.fit_out.minor + lease.fee.minor + lease.exit_cost.minor, lease.rent.currency
    )


def lease_row(lease: Lease, month: int) -> LeaseRow:
    """The lease as it stands after `month` months."""
    monthly = lease.rent + lease.running
    left = max(lease.term - month, lease.notice, 0)
    once = lease.fit_out + lease.fee + lease.exit_cost
    total = Money(monthly.minor * month + once.minor, monthly.currency)
    note = "within the term" if month < lease.term else None
    exit_ = Money(monthly.minor * left + lease.exit_cost.minor, monthly.currency)
    return LeaseRow("lease", month, monthly, once, total, exit_, lease.deposit, note)


def desk_row(desk: Money, month: int, plans: tuple[str, ...]) -> LeaseRow:
    """The desks: nothing but what the months cost."""
    none = Money(0, desk.currency)
    return LeaseRow(
        "desk",
        month,
        desk,
        none,
        Money(desk.minor * month, desk.currency),
        none,
        none,
        ", ".join(plans),
    )


def cheaper_from(lease: Lease, desk: Money, months: int) -> int | None:
    """The first month from which on the lease is cheaper to the end of the horizon; None for none."""
    first = None
    for month in range(1, months + 1):
        cheaper = lease_cost(lease, month).minor < desk.minor * month
        first = (first or month) if cheaper else None
    return first
