"""What a search narrows by: each filter says yes, no, or that it cannot know.

A space that one filter refuses is out. One of which a filter does not know stays, in a second group
behind those that are known to fit, with the names of what is unknown: `unknown: ["price"]`.
"""

from __future__ import annotations

from functools import partial

from cowork_cli.domain.money import Money
from cowork_cli.domain.nouns import count
from cowork_cli.domain.place import fold
from cowork_cli.domain.space import Hours, Space
from cowork_cli.domain.zones import instant_of
from cowork_cli.records import dataclass, replace
from cowork_cli.store import spaces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, time
    from typing import Any
    from zoneinfo import ZoneInfo

    ZoneOf = Callable[[Space], ZoneInfo]
    Test = Callable[[Space], bool | None]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a space must have. `open_on` without `at` asks for any time of that day.

    `per` narrows prices to one unit, also where no `max_price` is given.
    """

    kinds: tuple[str, ...] = ()
    amenities: tuple[str, ...] = ()
    open_on: date | None = None
    at: time | None = None
    max_price: Money | None = None
    per: str | None = None

    @property
    def priced(self) -> bool:
        """Whether a price is asked about."""
        return self.per is not None or self.max_price is not None

    @property
    def narrow(self) -> bool:
        """Whether any of them can leave a space out."""
        return bool(self.kinds or self.amenities or self.open_on or self.at or self.max_price)

    def sure(self, space: Space) -> bool:
        """Whether all that does not depend on a time is known to fit."""
        space = _priced(space, self)
        tests = _tests(replace(self, open_on=None, at=None))
        return all(test(space) for test in tests.values())


def narrowed(
    candidates: Iterable[Space], filters: Filters, *, today: date, zone_of: ZoneOf
) -> list[Space]:
    """The spaces that fit or might, each with what is unknown of it."""
    candidates = [_priced(space, filters) for space in candidates]
    if filters.open_on or filters.at:
        day = filters.open_on or today
        candidates = [_with_hours(space, day, filters.at, zone_of(space)) for space in candidates]
    tests = _tests(filters)
    kept = []
    for space in candidates:
        answers = {what: test(space) for what, test in tests.items()}
        if False not in answers.values():
            unknown = tuple(what for what, answer in answers.items() if answer is None)
            kept.append(replace(space, unknown=unknown))
    return kept


def lacking(
    candidates: Iterable[Space], filters: Filters, *, today: date, zone_of: ZoneOf
) -> list[Space]:
    """The spaces of which a price or a kind is asked about and not known, the nearest first.

    Where both are asked about, a price that may be that of another kind does not count as known.
    """
    if not filters.priced and not filters.kinds:
        return []

    def unsure(space: Space) -> bool:
        price = space.price_from is None or (filters.kinds and not space.offers)
        return "kind" in space.unknown or (filters.priced and bool(price))

    fitting = narrowed(candidates, replace(filters, max_price=None), today=today, zone_of=zone_of)
    return sorted(filter(unsure, fitting), key=_by_distance)


def said(shown: Iterable[Space]) -> list[str]:
    """One line about the second group: how many, and what is unknown of them."""
    uncertain = [space for space in shown if space.unknown]
    if not uncertain:
        return []
    what = ", ".join(dict.fromkeys(word for space in uncertain for word in space.unknown))
    stands = "stands" if len(uncertain) == 1 else "stand"
    return [
        f"{count(len(uncertain), 'space')} might fit: {what} unknown; {'it' if len(uncertain) == 1 else 'they'} {stands} last."
    ]


def _tests(filters: Filters) -> dict[str, Test]:
    tests: dict[str, Test] = {name: partial(_has, name) for name in filters.amenities}
    if filters.kinds:
        tests["kind"] = partial(_offers, filters.kinds)
    if filters.max_price:
        tests["price"] = partial(_affordable, filters.max_price)
    if filters.open_on or filters.at:
        tests["hours"] = lambda space: _IS_OPEN[space.hours.state]
    return tests


_IS_OPEN: dict[str | None, bool | None] = {
    "open": True,
    "closed": False,
    "unknown": None,
    None: None,
}


def _has(amenity: str, space: Space) -> bool | None:
    return space.amenities.get(amenity)


def _offers(kinds: Sequence[str], space: Space) -> bool | None:
    return any(kind in space.kinds for kind in kinds) if space.kinds else None


def _affordable(limit: Money, space: Space) -> bool | None:
    price = space.price_from
    if price is None or price.money.currency != limit.currency:
        return None
    return price.money.minor <= limit.minor


def _priced(space: Space, filters: Filters) -> Space:
    """The space with the price that is asked about: per that unit, of those kinds where they are told apart."""
    offers = [offer for offer in space.offers if offer.kind in filters.kinds]
    if filters.kinds and space.offers:
        prices = [offer.price for offer in offers if offer.price is not None]
        return replace(space, price_from=spaces.cheapest(prices, filters.per))
    if filters.per is None:
        return space
    stated = space.price_from
    fitting = stated if stated and stated.per == filters.per else None
    return replace(space, price_from=spaces.cheapest(space.prices, filters.per) or fitting)


def _with_hours(space: Space, day: date, clock: time | None, zone: ZoneInfo) -> Space:
    return replace(space, hours=_hours_on(space, day, clock, zone))


def _hours_on(space: Space, day: date, clock: time | None, zone: ZoneInfo) -> Hours:
    """The state at that time, or of any time of the day."""
    from cowork_cli.services.calendar import opening, regions

    region = regions.of_space(space)
    if clock is not None:
        return opening.state_at(space.hours.text, instant_of(day, clock, zone), zone, region)
    return opening.state_on(space.hours.text, day, zone, region)


# ---- order


def _by_distance(space: Space) -> tuple[Any, ...]:
    distance = space.distance_km
    return distance is None, distance or 0.0, fold(space.name), space.ref


def _by_price(space: Space) -> tuple[Any, ...]:
    price = space.price_from
    per = spaces.FIRST_PRICE.index(price.per) if price else 0
    return price is None, per, price.money.minor if price else 0, *_by_distance(space)


_ORDERS: dict[str, Callable[[Space], tuple[Any, ...]]] = {
    "distance": _by_distance,
    "price": _by_price,
    "name": lambda space: (fold(space.name), *_by_distance(space)),
}
SORTS = tuple(_ORDERS)


def ordered(candidates: Iterable[Space], sort: str) -> list[Space]:
    """Those known to fit before those that might; within each group by `sort`, one of `SORTS`."""
    return sorted(candidates, key=lambda space: (bool(space.unknown), *_ORDERS[sort](space)))
