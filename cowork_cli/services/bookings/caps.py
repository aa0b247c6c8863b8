"""The limit a month up to which one pays desks for somebody of the team.

Counted by the calendar month in which a booking begins, at its own place, by the prices that were quoted.
"""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from cowork_cli.domain.money import Money
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.zones import at, instant_of, seconds_of, zone_named
from cowork_cli.errors import PriceAboveLimit
from cowork_cli.services.bookings.orders import Choice
from cowork_cli.store import team

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cowork_cli.store.engine.store import Store

CURRENCY = "EUR"


def refuse_above(
    choice: Choice,
    person: str | None,
    store: "Store",
    zone: "ZoneInfo",
    *,
    instead_of: str | None = None,
) -> None:
    """Raises PriceAboveLimit where a booking takes a member above the cap, or its price is not known.

    `instead_of` is the booking (`b-12`) that it takes the place of.
    """
    member = team.named(store, person) if person is not None else None
    if member is None or member.cap is None:
        return
    cap, price = Money(member.cap, CURRENCY), choice.quote.price
    edit = f"`cowork team edit {shell_word(member.name)} --cap EUR`"
    if price is None or price.currency != CURRENCY:
        raise PriceAboveLimit(
            f'what "{choice.desk.name}" costs is not known in {CURRENCY}, and {member.name} has a cap of '
            f"{cap} a month",
            f"give its price with `cowork desk edit {choice.desk.ref} --price day=18`, or lift the cap with "
            f"{edit.replace('EUR', 'none')}",
        )
    day = choice.window.from_.astimezone(zone).date()
    booked, unknown = spent(store, member.name, day, zone, instead_of)
    if unknown:
        raise PriceAboveLimit(
            f"the price of {unknown} of the bookings of {member.name} in {day:%Y-%m} is not known, and there "
            f"is a cap of {cap} a month",
            f"see them with `cowork team sheet --in {day:%Y-%m}`, or lift the cap with {edit.replace('EUR', 'none')}",
        )
    if (booked + price).minor > cap.minor:
        raise PriceAboveLimit(
            f"{member.name} has a cap of {cap} a month: {booked} are booked in {day:%Y-%m}, and "
            f'"{choice.desk.name}" costs {price}',
            f"raise it with {edit}, or book another month",
        )


def spent(
    store: "Store", name: str, day: date, zone: "ZoneInfo", but: str | None
) -> tuple[Money, int]:
    """What is booked for somebody in the month of a day, and how many of those prices are not known."""
    begin = seconds_of(instant_of(day.replace(day=1) - timedelta(days=1), time(), zone))
    end = seconds_of(instant_of(day.replace(day=28) + timedelta(days=6), time(), zone))
    total, unknown = 0, 0
    for visit in team.visits(store, begin, end, name):
        begins = at(visit.from_at, zone_named(visit.zone)).date()
        if (begins.year, begins.month) != (day.year, day.month) or f"b-{visit.id}" == but:
            continue
        if visit.price is None or visit.price[1] != CURRENCY:
            unknown += 1
        else:
            total += int(visit.price[0])
    return Money(total, CURRENCY), unknown
