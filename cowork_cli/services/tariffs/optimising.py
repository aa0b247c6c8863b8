"""`plan optimise`: the planned days, the plans of some spaces, and the cheapest mix with all around it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cowork_cli.domain.calendar_days import ONE_DAY, add_months
from cowork_cli.domain.money import Price
from cowork_cli.domain.plan import Plan
from cowork_cli.domain.plan_mix import BreakEvenRow, MixRow, PlanMix, Variation
from cowork_cli.domain.space import Space
from cowork_cli.domain.tariff import FOREVER
from cowork_cli.domain.tariff_mix import Bought, Mix, Need, NoTariff, Stock
from cowork_cli.errors import BadInput, NotFound
from cowork_cli.services.tariffs.market import Market, Way, Wish, holidays_at
from cowork_cli.services.tariffs.mix import cheapest_of_first
from cowork_cli.services.tariffs.offers import (
    Reading,
    View,
    last_day_of_notice,
)
from cowork_cli.services.tariffs.questions import open_questions

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

MOST_DAYS = 800


def optimised(
    spaces: Sequence[Space],
    plans: Sequence[Plan],
    wish: Wish,
    *,
    stock: Sequence[Stock] = (),
) -> PlanMix:
    """The cheapest mix. Raises BadInput, NotFound where there is nothing to choose from."""
    market = _market(spaces, plans, wish, stock)
    if len(wish.days) > MOST_DAYS:
        raise BadInput(
            f"{len(wish.days)} days are more than {MOST_DAYS}", "give a shorter `--horizon`"
        )
    mix = _covered(market, Reading())
    km, seconds = _way(market, mix)
    return PlanMix(
        from_=market.days[0],
        to=market.days[-1],
        days=len(market.days),
        tax=wish.view.tax,
        total=market.money(mix.cost),
        tariffs=market.money(mix.tariffs),
        way=market.money(mix.way),
        rooms=market.money(mix.rooms),
        way_km=km,
        way_s=seconds,
        paid=wish.paid,
        paid_from=wish.paid_from,
        saved=None if wish.paid is None else wish.paid - market.money(mix.cost),
        lost_money=market.money(sum(_lost(row) for row in mix.bought)),
        exact=mix.exact,
        bought=tuple(_row(market, row) for row in mix.bought if row.used),
        questions=tuple(open_questions(market, mix)),
        variations=tuple(_variations(market, mix)) if wish.weekly else (),
        break_even=tuple(_break_even(market)),
        left_out=tuple(market.left_out),
        hours_unknown=market.hours_unknown,
    )


def of_a_month(spaces: Sequence[Space], plans: Sequence[Plan], wish: Wish) -> list[BreakEvenRow]:
    """The cheapest mix for one day of the month of the wish, for two, and so on to all its working days.

    Empty where the plans cover none of them. Raises BadInput, NotFound where there is nothing to choose from.
    """
    return _break_even(_market(spaces, plans, wish, ()))


def _market(
    spaces: Sequence[Space], plans: Sequence[Plan], wish: Wish, stock: Sequence[Stock]
) -> Market:
    """What there is to choose from. Raises NotFound where that is nothing."""
    usable = [plan for plan in plans if wish.team or plan.team_only != "yes"]
    market = Market(spaces, usable, stock, wish)
    if not market.tariffs(Reading(), ()):
        raise NotFound(
            "no plan with a price is kept of " + " or ".join(space.name for space in spaces),
            f'add one with `cowork plan add {spaces[0].ref} "Day ticket" --kind day --price 18net`',
        )
    return market


def _covered(market: Market, reading: Reading) -> Mix:
    """The mix of the days that something covers; the others are put down as left out."""
    covered = market.covered(market.days, reading)
    market.left_out += sorted(set(market.days).difference(covered))
    market.days = tuple(covered)
    while market.days:
        try:
            return market.mix(reading, market.days)
        except NoTariff as problem:
            market.left_out.append(problem.day)
            market.days = tuple(day for day in market.days if day != problem.day)
    raise BadInput(
        "no plan covers any of the planned days", "look at them with `cowork plan list SPACE`"
    )


def _way(market: Market, mix: Mix) -> tuple[str | None, int | None]:
    """Kilometres and seconds of all days; None where that of a space that is used is not known."""
    km, seconds = Decimal(0), 0
    known_km = known_s = True
    for row in mix.bought:
        way = market.wish.ways.get(row.tariff.space, Way())
        if row.used:
            known_km, known_s = known_km and way.km is not None, known_s and way.seconds is not None
            km += (way.km or 0) * len(row.used)
            seconds += (way.seconds or 0) * len(row.used)
    return f"{km:f}" if known_km else None, seconds if known_s else None


def _lost(row: Bought) -> int:
    """What was paid for days that ended unused."""
    if not row.lost or row.tariff.days is None or not row.cost:
        return 0
    return row.cost * row.lost // (row.tariff.days * row.periods)


def _row(market: Market, row: Bought) -> MixRow:
    plan = market.plans.get(row.tariff.id)
    used = len(row.used)
    signed = row.tariff.signed(row.day) if row.tariff.subscription else None
    notice = last_day_of_notice(row.tariff, row.until)
    return MixRow(
        plan=row.tariff.id,
        name=plan.name if plan else "held already",
        space=market.names.get(row.tariff.space, row.tariff.space),
        on=row.day,
        until=None if row.until == FOREVER else row.until,
        periods=row.periods,
        cost=market.money(row.cost),
        days=used,
        a_day=market.money(round(row.cost / used)) if used and row.cost else None,
        lost=row.lost,
        left=row.left,
        lost_money=market.money(_lost(row)) if row.lost else None,
        committed_until=signed,
        notice=None if notice is None else f"by {notice}" if notice > row.day else "at once",
    )


def _variations(market: Market, mix: Mix) -> list[Variation]:
    """One day a week less, and one more."""
    found = []
    last_weekday = max(day.weekday() for day in market.days)
    fewer = [day for day in market.days if day.weekday() != last_weekday]
    if fewer:
        kept = sum(row.cost for row in mix.bought if row.tariff.days is None or row.tariff.days > 1)
        kept += sum(row.cost for row in mix.bought
                    if row.tariff.days == 1 and row.used and row.used[0].weekday() != last_weekday)  # fmt: skip
        try:
            cost, exact = market.cost(fewer)
            less = "one day a week less"
            found.append(Variation(less, len(fewer), market.money(cost), market.money(kept), exact))
        except NoTariff:
            pass
    weekdays = {day.weekday() for day in market.days}
    free = next((day for day in range(7) if day not in weekdays), None)
    if free is not None:
        span = (market.days[-1] - market.days[0]).days + 1
        more = [
            d
            for n in range(span)
            if (d := market.days[0] + n * ONE_DAY).weekday() in {*weekdays, free}
        ]
        more = market.covered(more, Reading())
        try:
            cost, exact = market.cost(more)
            found.append(
                Variation("one day a week more", len(more), market.money(cost), None, exact)
            )
        except NoTariff:
            pass
    return found


def _break_even(market: Market) -> list[BreakEvenRow]:
    """One month, from one day to all its working days; what is held already is left aside."""
    first = market.days[0].replace(day=1)
    if first < market.days[0]:
        first = add_months(first, 1)
    month = [
        d for n in range(31) if (d := first + n * ONE_DAY).month == first.month and d.weekday() < 5
    ]
    off = {day for space in market.spaces for days in holidays_at(space, month) for day in days}
    days = market.covered([day for day in month if day not in off], Reading())
    need = Need(days, {space: way.money for space, way in market.wish.ways.items()})
    try:
        mixes = cheapest_of_first(market.tariffs(Reading(), days), need)
    except NoTariff:
        return []
    return [_break_even_row(market, count, mix) for count, mix in enumerate(mixes, 1)]


def _break_even_row(market: Market, count: int, mix: Mix) -> BreakEvenRow:
    names = [market.plans[row.tariff.id].name for row in mix.bought]
    plans = tuple(
        f"{names.count(name)} × {name}" if names.count(name) > 1 else name
        for name in dict.fromkeys(names)
    )
    return BreakEvenRow(count, market.money(mix.cost), market.money(round(mix.cost / count)), plans)


def view_of(
    spaces: Sequence[Space], *, small_business: bool, tax: str | None, rate: Decimal | None
) -> View:
    """Net for who deducts input VAT, gross for a small business (§ 19 UStG); `tax` says it otherwise."""
    from cowork_cli.data.tax import CASES

    german = Decimal(CASES["standard"].rate)
    rates = {
        str(space.ref): rate
        if rate is not None
        else german
        if space.address.country == "DE"
        else None
        for space in spaces
    }
    return View(tax or ("gross" if small_business else "net"), rates)


def days_at(
    spaces: Sequence[Space], first: date, last: date, *, store: "Store", now_s: int
) -> tuple[date, ...]:
    """The days of a period on which own hours or an own booking were at one of the spaces."""
    from cowork_cli.domain.booking import LIVE_STATES
    from cowork_cli.domain.period import Period
    from cowork_cli.domain.place import fold
    from cowork_cli.services.spaces.plans import refs_of
    from cowork_cli.store import bookings, entries

    names = {fold(space.name) for space in spaces}
    refs = {str(ref) for space in spaces for ref in refs_of(space)}
    found = {
        entry.from_.date()
        for entry in entries.listed(store, Period(first, last), now_s, person=store.person)
        if entry.place and (entry.place in refs or fold(entry.place) in names)
    }
    for booking in bookings.listed(store, states=LIVE_STATES):
        day = booking.from_.date()
        own = bookings.is_own(store, booking)
        if own and first <= day <= last and fold(booking.space_name or "") in names:
            found.add(day)
    return tuple(sorted(found))


def room_prices(
    spaces: Sequence[Space], view: View, told: Mapping[str, Price], *, store: "Store"
) -> dict[str, int]:
    """What an hour of the cheapest room costs at each space, as told or by its own rooms."""
    from cowork_cli.store import spaces as directory

    prices = {}
    for space in spaces:
        key = str(space.ref)
        known = [
            desk.price for desk in directory.desks(store, space.ref)
            if desk.kind == "room" and desk.price is not None and desk.price.per == "hour"
        ]  # fmt: skip
        given = [told[key]] if key in told else known
        if given:
            prices[key] = min(view.cost(price, key) for price in given)
    return prices
