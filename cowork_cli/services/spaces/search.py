"""Searching spaces and keeping the own directory of them.

A search asks the own directory and every account that is on; the same space from several sources
becomes one row (less than 75 m apart and of a similar name) under the first ref of: local, a
bookable account, coworkingview, osm, openfairdb. What is not known is never counted as a no: a
filter leaves such spaces out and says how many.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.place import distance_km, fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Space, SpaceQuery
from cowork_cli.domain.zones import instant_of, zone_named
from cowork_cli.errors import Ambiguous, CoworkError, NotFound
from cowork_cli.records import dataclass, replace
from cowork_cli.services.spaces.directory import parse_point
from cowork_cli.services.spaces.merging import merge
from cowork_cli.services.spaces.results import SpaceDetails
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
DEADLINE_S = 60.0
NARROWED = 200
OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for. `where` None: the whole own directory.

    `open_on` without `at` asks for any time of that day. `per` narrows prices to one unit.
    """

    where: str | None = None
    near: str | None = None
    radius_km: float = 10.0
    kinds: tuple[str, ...] = ()
    amenities: tuple[str, ...] = ()
    open_on: date | None = None
    at: time | None = None
    max_price: Money | None = None
    per: str | None = None
    accounts: tuple[str, ...] = ()
    sort: str = "distance"
    limit: int = 20
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `problems`: who failed. `truncated`: there may be more."""

    spaces: list[Space]
    truncated: bool
    problems: list[CoworkError]
    notes: list[str]
    place: str | None = None


def _narrows(wanted: Wanted) -> bool:
    return bool(wanted.kinds or wanted.amenities or wanted.open_on or wanted.at or wanted.max_price)


# ---- search


def search(
    wanted: Wanted, *, store: "Store", accounts: "Accounts", cache: "Cache", today: date
) -> Found:
    """Spaces as wanted. Raises Ambiguous, NotFound for the place; an error if nobody answered."""
    named = _named(wanted, store, cache)
    if named is not None:
        return _filtered(named, wanted, accounts, today)
    middle = _middle(wanted)
    if middle is None:
        fitting = [one for one in spaces.every(store) if _of(one, wanted.accounts)]
        return _filtered(fitting, wanted, accounts, today)
    lat, lon, place = middle
    # What an account cannot narrow itself is narrowed here, so more than is shown must be asked for.
    count = max(wanted.limit + 1, NARROWED) if _narrows(wanted) else wanted.limit + 1
    query = SpaceQuery(lat, lon, wanted.radius_km, wanted.kinds, wanted.amenities, count)
    own = _own(query, wanted, store, place)
    seen = _elsewhere(query, wanted, store, accounts, cache)
    merged = merge([*own, *seen.spaces], accounts.bookable)
    found = _filtered(merged, wanted, accounts, today, seen.notes, place)
    return replace(found, problems=seen.problems, truncated=found.truncated or seen.truncated)


def _named(wanted: Wanted, store: "Store", cache: "Cache") -> list[Space] | None:
    """WHERE as the name of a known space: its ref, its exact name, or a name no place bears."""
    if wanted.where is None or wanted.near is not None:
        return None
    from cowork_cli.services.identifiers import naming
    from cowork_cli.store import gazetteer

    ref = Ref.parse(wanted.where)
    found = [one for one in [spaces.by_ref(store, ref) or cache.by_ref(ref)] if one] if ref else []
    found = found or spaces.by_name(store, wanted.where)
    if found or parse_point(wanted.where):
        return found or None
    if gazetteer.resolve(wanted.where) != (None, []):
        return None
    own = [naming.Candidate(str(known), name) for known, name in spaces.names(store)]
    seen = [naming.Candidate(str(known), name) for known, name in cache.names()]
    chosen = naming.fitting(wanted.where, own) or naming.fitting(wanted.where, seen)
    refs = [ref for one in chosen if (ref := Ref.parse(one.id))]
    return [one for ref in refs if (one := spaces.by_ref(store, ref) or cache.by_ref(ref))] or None


def _middle(wanted: Wanted) -> tuple[float, float, str] | None:
    text = wanted.near or wanted.where
    return None if text is None else centre(text)


def centre(text: str) -> tuple[float, float, str]:
    """Latitude, longitude and name of the middle of a search. Raises Ambiguous, NotFound."""
    point = parse_point(text)
    if point:
        return *point, text
    from cowork_cli.store import gazetteer

    place, others = gazetteer.resolve(text)
    if place:
        return place.lat, place.lon, place.name
    if others:
        shown = "; ".join(f"{other.name}, {other.land}" for other in others[:6])
        more = f" and {len(others) - 6} more" if len(others) > 6 else ""
        raise Ambiguous(
            f'"{text}" may be {shown}{more}',
            f'say which, as in `--near "{others[0].name}, {others[0].land}"`, or give a postcode',
        )
    near = ", ".join(gazetteer.nearest_names(text))
    raise NotFound(
        f'no place is called "{text}"' + (f", did you mean {near}?" if near else ""),
        "look it up with `cowork place find`, or give `--near LAT,LON`",
    )


def _own(query: SpaceQuery, wanted: Wanted, store: "Store", place: str) -> list[Space]:
    """Of the own directory: what lies in the circle, and what has no point but that town's name."""
    near = [
        _placed(one, query) for one in spaces.within(store, query.lat, query.lon, query.radius_km)
    ]
    town = fold(place)
    nowhere = [
        one
        for one in spaces.without_point(store)
        if town and town in (fold(one.address.city or ""), one.address.postcode)
    ]
    return [one for one in [*near, *nowhere] if _of(one, wanted.accounts) and _in(one, query)]


def _elsewhere(
    query: SpaceQuery, wanted: Wanted, store: "Store", accounts: "Accounts", cache: "Cache"
) -> Found:
    """What other accounts know: asked now, or from the cache where they were not or did not answer."""
    chosen = _chosen(wanted, store, accounts)
    seen = [
        _placed(one, query)
        for one in cache.within(query.lat, query.lon, query.radius_km)
        if _of(one, wanted.accounts)
    ]
    seen = [one for one in seen if _in(one, query)]
    if wanted.offline or not chosen:
        why = "--offline" if wanted.offline else "no online directory is asked"
        note = f"Nobody was asked online ({why}): own directory and earlier answers only."
        return Found(seen, False, [], [note])
    from cowork_cli.services.accounts.fanout import ask_all

    answers, problems = ask_all(
        {name: _asking(accounts, name, query) for name in chosen}, deadline_s=DEADLINE_S
    )
    asked_own = not wanted.accounts or LOCAL in wanted.accounts
    if problems and not answers and not asked_own:
        raise problems[0]
    fresh = [_placed(one, query) for found in answers.values() for one in found]
    cache.remember(fresh, store.now_s)
    more = any(len(found) >= query.limit for found in answers.values())
    kept = [one for one in seen if one.ref.account not in answers]
    return Found([*fresh, *kept], more, problems, [])


def _chosen(wanted: Wanted, store: "Store", accounts: "Accounts") -> list[str]:
    """The accounts to ask. One that is only the source of an import is in the directory already."""
    imported = spaces.accounts(store) if wanted.accounts else set()
    named = [name for name in wanted.accounts if name not in imported or name in accounts.names()]
    if wanted.accounts and not named:
        return []
    return [name for name in accounts.enabled("search", named) if name != LOCAL]


def _asking(accounts: "Accounts", name: str, query: SpaceQuery) -> Callable[[], list[Space]]:
    from itertools import islice

    return lambda: list(islice(accounts.provider(name).search(query), query.limit))


def _of(space: Space, accounts: Sequence[str]) -> bool:
    return not accounts or space.ref.account in accounts


def _in(space: Space, query: SpaceQuery) -> bool:
    return space.distance_km is None or space.distance_km <= query.radius_km


def _placed(space: Space, query: SpaceQuery) -> Space:
    if space.lat is None or space.lon is None:
        return space
    far = distance_km(query.lat, query.lon, space.lat, space.lon)
    return replace(space, distance_km=round(far, 2))


# ---- filters


def _filtered(
    found: Sequence[Space],
    wanted: Wanted,
    accounts: "Accounts",
    today: date,
    notes: Sequence[str] = (),
    place: str | None = None,
) -> Found:
    said = list(notes)
    kept = list(found)
    for name in wanted.amenities:
        kept = _known(kept, partial(_has, name), f"{name} is", said)
    if wanted.kinds:
        kept = _known(kept, lambda one: _offers(one, wanted.kinds), "what they offer is", said)
    if wanted.per:
        kept = [replace(one, price_from=_price_per(one, wanted.per)) for one in kept]
    if wanted.max_price:
        limit = wanted.max_price
        kept = _known(kept, lambda one: _affordable(one, limit), "the price is", said)
    if wanted.open_on or wanted.at:
        day = wanted.open_on or today
        kept = [replace(one, hours=_hours_on(one, day, wanted.at)) for one in kept]
        kept = _known(kept, lambda one: _IS_OPEN[one.hours.state], "the opening hours are", said)
    kept.sort(key=_SORTS[wanted.sort])
    truncated = len(kept) > wanted.limit
    if truncated:
        said.append(
            f"Only the first {wanted.limit} are shown; see more with `--limit {wanted.limit * 5}`."
        )
    shown = kept[: wanted.limit]
    said += attributions(shown, accounts)
    return Found(shown, truncated, [], said, place)


_IS_OPEN: dict[str | None, bool | None] = {"open": True, "closed": False}
_IS_OPEN |= {"unknown": None, None: None}


def _known(
    found: Iterable[Space], fits: Callable[[Space], bool | None], what: str, said: list[str]
) -> list[Space]:
    """The spaces known to fit; says how many were left out because that is not known."""
    kept, unknown = [], 0
    for one in found:
        answer = fits(one)
        unknown += answer is None
        if answer:
            kept.append(one)
    if unknown:
        noun = "1 space was" if unknown == 1 else f"{unknown} spaces were"
        said.append(
            f"{noun} left out because {what} not known of {'it' if unknown == 1 else 'them'}."
        )
    return kept


def _has(amenity: str, space: Space) -> bool | None:
    return space.amenities.get(amenity)


def _offers(space: Space, kinds: Sequence[str]) -> bool | None:
    return any(kind in space.kinds for kind in kinds) if space.kinds else None


def _price_per(space: Space, per: str) -> Price | None:
    found = spaces.cheapest(space.prices, per)
    if found is None and space.price_from and space.price_from.per == per:
        return space.price_from
    return found


def _affordable(space: Space, limit: Money) -> bool | None:
    price = space.price_from
    if price is None or price.money.currency != limit.currency:
        return None
    return price.money.minor <= limit.minor


def _hours_on(space: Space, day: date, clock: time | None) -> Hours:
    """The state at that time, or of any time of the day."""
    from cowork_cli.services.calendar import opening

    zone = zone_named(space.timezone or spaces.zone_name(space.address.country))
    if clock is not None:
        return opening.state_at(space.hours.text, instant_of(day, clock, zone), zone)
    opened = opening.spans(space.hours.text, day, zone)
    state = "unknown" if opened is None else "open" if opened else "closed"
    return Hours(space.hours.text, state, opened[0][0] if opened else None)


def _by_distance(space: Space) -> tuple[Any, ...]:
    far = space.distance_km
    return far is None, far or 0.0, fold(space.name), space.ref


def _by_price(space: Space) -> tuple[Any, ...]:
    price = space.price_from
    per = spaces.FIRST_PRICE.index(price.per) if price else 0
    return price is None, per, price.money.minor if price else 0, *_by_distance(space)


_SORTS: dict[str, Callable[[Space], tuple[Any, ...]]] = {
    "distance": _by_distance,
    "price": _by_price,
    "name": lambda space: (fold(space.name), *_by_distance(space)),
}
SORTS = tuple(_SORTS)


def attributions(found: Iterable[Space], accounts: "Accounts") -> list[str]:
    """The lines that licences ask for, once each, of the sources that are shown."""
    lines: dict[str, None] = {}
    for source in (source for one in found for source in one.sources):
        if source.account == "osm":
            lines[OSM_ATTRIBUTION] = None
        elif line := accounts.attribution(source.account):
            lines[line] = None
    return list(lines)


# ---- one space


def details(
    query: str, *, store: "Store", accounts: "Accounts", cache: "Cache", now: datetime
) -> SpaceDetails:
    """All that is known of the space meant, its hours as of now. Raises NotFound, Ambiguous."""
    from dataclasses import fields

    from cowork_cli.services.calendar import opening
    from cowork_cli.services.identifiers import naming

    ref = Ref.parse(query)
    try:
        found = naming.find_space(store, query, cache=cache)
    except NotFound:
        if ref is None or ref.account == LOCAL or ref.account not in accounts.names():
            raise
        found = accounts.provider(ref.account).space(ref)
        cache.remember([found], store.now_s)
    zone = zone_named(found.timezone or spaces.zone_name(found.address.country))
    hours = opening.state_at(found.hours.text, now, zone) if found.hours.text else found.hours
    known = {one.name: getattr(found, one.name) for one in fields(Space)}
    known["hours"] = hours
    return SpaceDetails(**known, desks=tuple(spaces.desks(store, found.ref)))
