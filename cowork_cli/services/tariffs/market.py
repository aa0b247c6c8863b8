"""What one question of `plan optimise` is about: the wish, and the plans that may serve it as tariffs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.domain.plan import Plan
from cowork_cli.domain.space import Space
from cowork_cli.domain.tariff import ONE, Tariff
from cowork_cli.domain.tariff_mix import Mix, Need, Stock
from cowork_cli.records import dataclass, field, replace
from cowork_cli.services.calendar import holidays, regions
from cowork_cli.services.calendar.holidays import UNKNOWN
from cowork_cli.services.tariffs.mix import cheapest, cost_of
from cowork_cli.services.tariffs.offers import Reading, View, as_tariff, days_between, one_currency
from cowork_cli.services.tariffs.open_days import OpenDays
from cowork_cli.services.tariffs.worthwhile import worthwhile


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a space and back on one day: kilometres, seconds, money in minor units."""

    km: Decimal | None = None
    seconds: int | None = None
    money: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be covered. `weekly` says that the days follow a pattern of the week.

    `hours` False: the days are past, so that opening hours close none of them.
    """

    days: tuple[date, ...]
    view: View
    ways: Mapping[str, Way] = field(default_factory=dict)
    rooms: Mapping[date, int] = field(default_factory=dict)
    room_prices: Mapping[str, int] = field(default_factory=dict)
    weekly: bool = False
    team: bool = False
    hours: bool = True
    paid: Money | None = None
    paid_from: tuple[str, ...] = ()


class Market:
    """Everything for one question: the spaces, their plans, the days, and what is held."""

    def __init__(
        self, spaces: Sequence[Space], plans: Sequence[Plan], stock: Sequence[Stock], wish: Wish
    ):
        self.wish, self.plans, self.spaces = wish, {plan.id: plan for plan in plans}, spaces
        self.days, self.left_out = wish.days, list[date]()
        self.currency = one_currency(plans)
        days = days_between(wish.days[0], wish.days[-1]) if wish.weekly else wish.days
        self.holidays = {str(space.ref): holidays_at(space, days) for space in spaces}
        self.names = {str(space.ref): space.name for space in spaces}
        regions_of = {str(space.ref): regions.of_space(space) for space in spaces}
        self.open = {str(space.ref): OpenDays(space.hours.text, regions_of[str(space.ref)])
                     for space in spaces}  # fmt: skip
        self.open |= {plan.id: OpenDays(plan.open_hours, regions_of[str(plan.space_ref)])
                      for plan in plans}  # fmt: skip

        self.stock = [self._held(part) for part in stock]

    def _held(self, part: Stock) -> Stock:
        """Days that are held, without those on which their space is closed."""
        off = part.tariff.off | self.closed(part.tariff.space, self.wish.days)
        return replace(part, tariff=replace(part.tariff, off=off))

    def tariffs(self, reading: Reading, days: Iterable[date]) -> list[Tariff]:
        """The plans as they are reckoned with on some days."""
        made, planned = [], frozenset(days)
        for plan in self.plans.values():
            sure, doubtful = (days & planned for days in self.holidays[str(plan.space_ref)])
            off = sure if reading.on_holidays else sure | doubtful
            closed = self.closed(str(plan.space_ref), planned) | self.closed(plan.id, planned)
            tariff = as_tariff(plan, self.wish.view, reading, off, closed)
            if tariff is not None:
                made.append(tariff)
        return made

    def closed(self, of: str, days: Iterable[date]) -> frozenset[date]:
        """The days on which a space, or a plan, is closed by its hours; of hours that are not known none."""
        if not self.wish.hours or not self.open[of].text:
            return frozenset()
        return frozenset(day for day in days if self.open[of].state(day) == "closed")

    @property
    def hours_unknown(self) -> tuple[str, ...]:
        """The spaces of which it is not known when they are open on some of the days."""
        if not self.wish.hours:
            return ()
        return tuple(
            name
            for ref, name in self.names.items()
            if any(self.open[ref].state(day) == "unknown" for day in self.days)
        )

    def need(self, days: Sequence[date]) -> Need:
        """What is wanted on some days."""
        ways = {space: way.money for space, way in self.wish.ways.items()}
        return Need(days, ways, self.wish.rooms, self.wish.room_prices)

    def mix(self, reading: Reading, days: Sequence[date]) -> Mix:
        """The cheapest mix for some days. Raises NoTariff."""
        return cheapest(self.tariffs(reading, days), self.need(days), self.stock)

    def covered(self, days: Sequence[date], reading: Reading) -> list[date]:
        """The days on which something is sold that covers them, or may be held."""
        offers = self.tariffs(reading, days)
        held = [part.tariff for part in self.stock if part.left]
        return [
            day
            for day in days
            if any(
                offer.covers(day) and (offer.runs_on or offer.length != ONE or offer.sold(day))
                for offer in offers
            )
            or any(part.covers(day) for part in held)
        ]

    def cost(self, days: Sequence[date]) -> tuple[int, bool]:
        """The cost of other days, and whether it is proved."""
        return cost_of(self.tariffs(Reading(), days), self.need(days), self.stock)

    def otherwise(self, reading: Reading, mix: Mix) -> tuple[int, bool]:
        """The cost of the same days under another reading, and whether it is proved.

        All but that of the period only add to what can be bought, so that it costs no more than `mix`.
        """
        need, known = self.need(self.days), mix.cost if mix.exact else None
        offers = worthwhile(self.tariffs(reading, self.days), need)
        if offers == worthwhile(self.tariffs(Reading(), self.days), need):
            return mix.cost, mix.exact
        return cost_of(offers, need, self.stock, most=None if reading.rolling else known)

    def money(self, minor: int) -> Money:
        """So many minor units in the currency of the plans."""
        return Money(minor, self.currency)


def holidays_at(space: Space, days: Sequence[date]) -> tuple[frozenset[date], frozenset[date]]:
    """The planned days that are a public holiday at a space, and those that may be one."""
    region = regions.of_space(space)
    named = {day: holidays.in_region(day, region) for day in days}
    sure = frozenset(day for day, name in named.items() if isinstance(name, str))
    doubtful = frozenset(
        day for day, name in named.items()
        if name is UNKNOWN and holidays.of_year(day.year, region) is not None
    )  # fmt: skip
    return sure, doubtful
