"""`plan optimise`: the planned days, the plans of some spaces, and the cheapest mix with all around it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cowork_cli.domain.calendar_days import ONE_DAY, add_months
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.plan import Plan
from cowork_cli.domain.plan_mix import BreakEvenRow, MixRow, OpenQuestion, PlanMix, Variation
from cowork_cli.domain.space import Space
from cowork_cli.domain.tariff import FOREVER, Tariff
from cowork_cli.domain.tariff_mix import Bought, Mix, Need, NoTariff, Stock
from cowork_cli.errors import BadInput, NotFound
from cowork_cli.records import dataclass, field
from cowork_cli.services.calendar import holidays, regions
from cowork_cli.services.calendar.holidays import UNKNOWN
from cowork_cli.services.tariffs.mix import cheapest, cheapest_of_first
from cowork_cli.services.tariffs.offers import (
    Reading,
    View,
    as_tariff,
    is_subscription,
    last_day_of_notice,
    one_currency,
)

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

MOST_DAYS = 800


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a space and back on one day: kilometres, seconds, money in minor units."""

    km: Decimal | None = None
    seconds: int | None = None
    money: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be covered. `weekly` says that the days follow a pattern of the week."""

    days: tuple[date, ...]
    view: View
    ways: Mapping[str, Way] = field(default_factory=dict)
    rooms: Mapping[date, int] = field(default_factory=dict)
    room_prices: Mapping[str, int] = field(default_factory=dict)
    weekly: bool = False
    team: bool = False
    paid: Money | None = None


class _Desk:
    """Everything for one question: the spaces, their plans, the days, and what is held."""

    def __init__(
        self, spaces: Sequence[Space], plans: Sequence[Plan], stock: Sequence[Stock], wish: Wish
    ):
        self.wish, self.stock, self.plans = wish, stock, {plan.id: plan for plan in plans}
        self.days, self.left_out = wish.days, list[date]()
        self.currency = one_currency(plans)
        self.holidays = {str(space.ref): _holidays(space, wish.days) for space in spaces}
        self.names = {str(space.ref): space.name for space in spaces}

    def tariffs(self, reading: Reading) -> list[Tariff]:
        made = []
        for plan in self.plans.values():
            sure, doubtful = self.holidays[str(plan.space_ref)]
            off = sure if reading.on_holidays else sure | doubtful
            tariff = as_tariff(plan, self.wish.view, reading, off)
            if tariff is not None:
                made.append(tariff)
        return made

    def need(self, days: Sequence[date]) -> Need:
        ways = {space: way.money for space, way in self.wish.ways.items()}
        return Need(days, ways, self.wish.rooms, self.wish.room_prices)

    def mix(self, reading: Reading, days: Sequence[date]) -> Mix:
        return cheapest(self.tariffs(reading), self.need(days), self.stock)

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)


def optimised(
    spaces: Sequence[Space],
    plans: Sequence[Plan],
    wish: Wish,
    *,
    stock: Sequence[Stock] = (),
    break_even: bool = True,
) -> PlanMix:
    """The cheapest mix. Raises BadInput, NotFound where there is nothing to choose from."""
    usable = [plan for plan in plans if wish.team or plan.team_only != "yes"]
    desk = _Desk(spaces, usable, stock, wish)
    base = Reading()
    if not desk.tariffs(base):
        raise NotFound(
            "no plan with a price is kept of " + " or ".join(space.name for space in spaces),
            f'add one with `cowork plan add {spaces[0].ref} "Day ticket" --kind day --price 18net`',
        )
    if len(wish.days) > MOST_DAYS:
        raise BadInput(
            f"{len(wish.days)} days are more than {MOST_DAYS}", "give a shorter `--horizon`"
        )
    mix = _covered(desk, base)
    km, seconds = _way(desk, mix)
    return PlanMix(
        from_=desk.days[0],
        to=desk.days[-1],
        days=len(desk.days),
        tax=wish.view.tax,
        total=desk.money(mix.cost),
        tariffs=desk.money(mix.tariffs),
        way=desk.money(mix.way),
        rooms=desk.money(mix.rooms),
        way_km=km,
        way_s=seconds,
        paid=wish.paid,
        saved=None if wish.paid is None else wish.paid - desk.money(mix.cost),
        lost_money=desk.money(sum(_lost(row) for row in mix.bought)),
        exact=mix.exact,
        bought=tuple(_row(desk, row) for row in mix.bought if row.used),
        questions=tuple(_questions(desk, mix)),
        variations=tuple(_variations(desk, mix)) if wish.weekly else (),
        break_even=tuple(_break_even(desk)) if break_even else (),
        left_out=tuple(desk.left_out),
    )


def _covered(desk: _Desk, reading: Reading) -> Mix:
    """The mix of the days that something covers; the others are put down as left out."""
    while desk.days:
        try:
            return desk.mix(reading, desk.days)
        except NoTariff as problem:
            desk.left_out.append(problem.day)
            desk.days = tuple(day for day in desk.days if day != problem.day)
    raise BadInput(
        "no plan covers any of the planned days", "look at them with `cowork plan list SPACE`"
    )


def _way(desk: _Desk, mix: Mix) -> tuple[str | None, int | None]:
    """Kilometres and seconds of all days; None where that of a space that is used is not known."""
    km, seconds = Decimal(0), 0
    known_km = known_s = True
    for row in mix.bought:
        way = desk.wish.ways.get(row.tariff.space, Way())
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


def _row(desk: _Desk, row: Bought) -> MixRow:
    plan = desk.plans.get(row.tariff.id)
    used = len(row.used)
    signed = row.tariff.signed(row.day) if row.tariff.subscription else None
    notice = last_day_of_notice(row.tariff, row.until)
    return MixRow(
        plan=row.tariff.id,
        name=plan.name if plan else "held already",
        space=desk.names.get(row.tariff.space, row.tariff.space),
        on=row.day,
        until=None if row.until == FOREVER else row.until,
        periods=row.periods,
        cost=desk.money(row.cost),
        days=used,
        a_day=desk.money(round(row.cost / used)) if used and row.cost else None,
        lost=row.lost,
        left=row.left,
        lost_money=desk.money(_lost(row)) if row.lost else None,
        committed_until=signed,
        notice=None if notice is None else f"by {notice}" if notice > row.day else "at once",
    )


def _questions(desk: _Desk, mix: Mix) -> list[OpenQuestion]:
    """What is not known of the plans, each with the total if the answer is the other one."""
    plans = list(desk.plans.values())
    subscriptions = [plan for plan in plans if is_subscription(plan) or plan.quota]
    told = desk.holidays
    days = set(desk.wish.days)
    asked: list[tuple[str, list[Plan], str, Reading, str]] = [
        (
            "may they be held beside each other?",
            [p for p in subscriptions if p.stackable is None and _has_neighbour(p, subscriptions)],
            "no", Reading(stackable=True), "--stackable yes",
        ),
        (
            "do they count on public holidays?",
            [p for p in plans if p.excludes_holidays is None and days & set().union(*told[str(p.space_ref)])],
            "no", Reading(on_holidays=True), "--excludes-holidays no",
        ),
        (
            "does the period end with the calendar?",
            [p for p in plans if p.period is None and p.kind in ("week", "month", "permanent")
             and p.price and p.price.per != "year"],
            "yes", Reading(rolling=True), "--period rolling",
        ),
        (
            "is VAT in the price?",
            [p for p in plans if p.price and p.price.tax == "unknown"],
            "the dearer reading", Reading(cheaper_tax=True), "--price 149net",
        ),
    ]  # fmt: skip
    found = []
    for question, of, answer, reading, hint in asked:
        if of:
            try:
                other: Money | None = desk.money(desk.mix(reading, desk.days).cost)
            except NoTariff:
                other = None
            found.append(
                OpenQuestion(question, tuple(p.name for p in of), answer, other,
                             f"cowork plan edit {of[0].id} {hint}")
            )  # fmt: skip
    return [*found, *_only_stated(desk, mix)]


def _has_neighbour(plan: Plan, others: Sequence[Plan]) -> bool:
    return any(other is not plan and other.space_ref == plan.space_ref for other in others)


def _only_stated(desk: _Desk, mix: Mix) -> list[OpenQuestion]:
    """What is not known of the plans that were chosen and changes no sum."""
    chosen = {row.tariff.id for row in mix.bought if row.used}
    plans = [plan for plan in desk.plans.values() if plan.id in chosen]
    asked: list[tuple[str, Callable[[Plan], bool], str]] = [
        ("is a seat guaranteed?", lambda p: p.seat is None, "--seat yes"),
        ("when does it expire?", lambda p: p.kind == "bundle" and not p.expires, "--expires 12m"),
        ("how long does one sign for?", lambda p: is_subscription(p) and not (p.min_term or p.notice),
         '--notice "1m to month-end"'),
        ("from when does it expire: from its purchase or its first use?",
         lambda p: p.kind == "bundle" and bool(p.expires) and p.counts_from is None, "--counts-from purchase"),
    ]  # fmt: skip
    answers = {
        "is a seat guaranteed?": "not known",
        "when does it expire?": "never",
        "how long does one sign for?": "one period",
    }
    return [
        OpenQuestion(
            question, tuple(p.name for p in of), answers.get(question, "the same: bought on that day"), None,
            f"cowork plan edit {of[0].id} {hint}",
        )
        for question, is_open, hint in asked
        if (of := [plan for plan in plans if is_open(plan)])
    ]  # fmt: skip


def _variations(desk: _Desk, mix: Mix) -> list[Variation]:
    """One day a week less, and one more."""
    found = []
    last_weekday = max(day.weekday() for day in desk.days)
    fewer = [day for day in desk.days if day.weekday() != last_weekday]
    if fewer:
        kept = sum(row.cost for row in mix.bought if row.tariff.days is None or row.tariff.days > 1)
        kept += sum(row.cost for row in mix.bought
                    if row.tariff.days == 1 and row.used and row.used[0].weekday() != last_weekday)  # fmt: skip
        try:
            total = desk.money(desk.mix(Reading(), fewer).cost)
            found.append(Variation("one day a week less", len(fewer), total, desk.money(kept)))
        except NoTariff:
            pass
    weekdays = {day.weekday() for day in desk.days}
    free = next((day for day in range(7) if day not in weekdays), None)
    if free is not None:
        span = (desk.days[-1] - desk.days[0]).days + 1
        more = [
            d
            for n in range(span)
            if (d := desk.days[0] + n * ONE_DAY).weekday() in {*weekdays, free}
        ]
        try:
            total = desk.money(desk.mix(Reading(), more).cost)
            found.append(Variation("one day a week more", len(more), total, None))
        except NoTariff:
            pass
    return found


def _break_even(desk: _Desk) -> list[BreakEvenRow]:
    """One month, from one day to all its working days; what is held already is left aside."""
    first = desk.days[0].replace(day=1)
    if first < desk.days[0]:
        first = add_months(first, 1)
    month = [
        d for n in range(31) if (d := first + n * ONE_DAY).month == first.month and d.weekday() < 5
    ]
    sure: set[date] = set()
    for known, doubtful in desk.holidays.values():
        sure |= known | doubtful
    days = [day for day in month if day not in sure]
    need = Need(days, {space: way.money for space, way in desk.wish.ways.items()})
    try:
        mixes = cheapest_of_first(desk.tariffs(Reading()), need)
    except NoTariff:
        return []
    return [_break_even_row(desk, count, mix) for count, mix in enumerate(mixes, 1)]


def _break_even_row(desk: _Desk, count: int, mix: Mix) -> BreakEvenRow:
    names = [desk.plans[row.tariff.id].name for row in mix.bought]
    plans = tuple(
        f"{names.count(name)} × {name}" if names.count(name) > 1 else name
        for name in dict.fromkeys(names)
    )
    return BreakEvenRow(count, desk.money(mix.cost), desk.money(round(mix.cost / count)), plans)


def _holidays(space: Space, days: Sequence[date]) -> tuple[frozenset[date], frozenset[date]]:
    """The planned days that are a public holiday at a space, and those that may be one."""
    region = regions.of_space(space)
    named = {day: holidays.in_region(day, region) for day in days}
    sure = frozenset(day for day, name in named.items() if isinstance(name, str))
    doubtful = frozenset(
        day for day, name in named.items()
        if name is UNKNOWN and holidays.of_year(day.year, region) is not None
    )  # fmt: skip
    return sure, doubtful


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
    """The days of a period on which hours or a booking were at one of the spaces."""
    from cowork_cli.domain.booking import LIVE_STATES
    from cowork_cli.domain.period import Period
    from cowork_cli.domain.place import fold
    from cowork_cli.services.spaces.plans import refs_of
    from cowork_cli.store import bookings, entries

    names = {fold(space.name) for space in spaces}
    refs = {str(ref) for space in spaces for ref in refs_of(space)}
    found = {
        entry.from_.date()
        for entry in entries.listed(store, Period(first, last), now_s)
        if entry.place and (entry.place in refs or fold(entry.place) in names)
    }
    for booking in bookings.listed(store, states=LIVE_STATES):
        day = booking.from_.date()
        if first <= day <= last and booking.space_name and fold(booking.space_name) in names:
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
