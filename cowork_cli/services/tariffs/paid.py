"""What days of the past did cost, as far as the store knows: expenses, and bookings with a price."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cowork_cli.domain.booking import LIVE_STATES
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.place import fold
from cowork_cli.domain.space import Space
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass
from cowork_cli.services.tariffs.offers import View

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class Paid:
    """The sum of what is known, None where nothing is; what it is from, and what could not be added."""

    money: Money | None
    sources: tuple[str, ...]
    left_out: tuple[str, ...]


def known_to_be_paid(
    spaces: Sequence[Space], period: Period, view: View, currency: str, *, store: "Store"
) -> Paid:
    """Expenses for bookings at the spaces or whose text names one, and what bookings without one cost.

    An expense has its net and its gross; of a booking the price is taken in this view, where its VAT is known.
    """
    from cowork_cli.store import bookings, expenses

    names = {fold(space.name): str(space.ref) for space in spaces}
    at_spaces = {
        booking.id: booking
        for booking in bookings.listed(store, states=LIVE_STATES)
        if bookings.is_own(store, booking) and fold(booking.space_name or "") in names
    }
    total, sources, left_out, covered = 0, list[str](), list[str](), set[str]()
    for expense in expenses.expenses(store, Period(None, None)):
        if expense.booking in at_spaces:
            covered.add(expense.booking or "")
            day = at_spaces[expense.booking or ""].from_.date()
        elif any(name in fold(expense.text) for name in names):
            day = expense.date
        else:
            continue
        if not _within(day, period):
            continue
        money = expense.net if view.tax == "net" else expense.gross
        if money.currency != currency:
            left_out.append(f"{expense.id} is in {money.currency}")
            continue
        total += money.minor
        sources.append(expense.id)
    for name, booking in at_spaces.items():
        if name in covered or booking.price is None or not _within(booking.from_.date(), period):
            continue
        if booking.price.money.currency != currency:
            left_out.append(f"{name} is in {booking.price.money.currency}")
            continue
        if booking.price.tax == "unknown":
            left_out.append(f"whether VAT is in the price of {name} is not known")
            continue
        try:
            total += view.cost(booking.price, names[fold(booking.space_name or "")])
        except BadInput:
            left_out.append(f"the rate of VAT in the price of {name} is not known")
            continue
        sources.append(name)
    return Paid(Money(total, currency) if sources else None, tuple(sources), tuple(left_out))


def _within(day: date, period: Period) -> bool:
    return (period.from_ is None or day >= period.from_) and (period.to is None or day <= period.to)
