"""Searching spaces and keeping the own directory of them.

A search asks the own directory and every account that is on; the same space from several sources
becomes one row (less than 75 m apart and of a similar name) under the first ref of: local, a
bookable account, coworkingview, osm, openfairdb. What is not known is never counted as a no: a
filter leaves such spaces out and says how many.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import distance_km, fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import DESK_KINDS, KINDS, Desk, Hours, Source, Space, SpaceQuery
from cowork_cli.domain.zones import instant_of, zone_named
from cowork_cli.errors import Ambiguous, BadInput, Conflict, CoworkError, NotFound, Unsupported
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.services.accounts import Accounts
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.store import Store

LOCAL = "local"
SAME_WITHIN_KM = 0.075
SAME_NAME = 0.8
DEADLINE_S = 60.0
OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"
_ORDER = {"coworkingview": 2, "osm": 3, "openfairdb": 4}
# Words that many names share say nothing about being the same.
_COMMON = frozenset("coworking cowork co working space spaces work the der die das gmbh ug by".split())


@dataclass(frozen=True, slots=True)
class SpaceDetails(Space):
    """One space with all that belongs to it. `notes` and `visits` are the person's own."""

    desks: tuple[Desk, ...] = ()
    plans: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()
    visits: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of the directory, or would be (`removed` False)."""

    ref: Ref
    name: str
    desks: int
    removed: bool


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
    """What a search found. `answered`: at least one of those that were asked gave an answer."""

    spaces: list[Space]
    truncated: bool
    problems: list[CoworkError]
    notes: list[str]
    place: str | None = None


# ---- search


def search(
    wanted: Wanted, *, store: "Store", accounts: "Accounts", cache: "Cache", today: date
) -> Found:
    """Spaces as wanted. Raises Ambiguous, NotFound for the place; an error if nobody answered."""
    named = _named(wanted, store, cache)
    if named is not None:
        return _filtered(named, wanted, accounts, today)
    centre = _centre(wanted)
    if centre is None:
        fitting = [one for one in spaces.every(store) if _of(one, wanted.accounts)]
        return _filtered(fitting, wanted, accounts, today)
    lat, lon, place = centre
    query = SpaceQuery(
        lat, lon, wanted.radius_km, wanted.kinds, wanted.amenities, wanted.limit + 1
    )
    own = _own(query, wanted, store, place)
    seen, problems, notes = _elsewhere(query, wanted, store, accounts, cache)
    merged = merge([*own, *seen], accounts.bookable)
    return _filtered(merged, wanted, accounts, today, problems, notes, place)


def parse_point(text: str) -> tuple[float, float] | None:
    """`53.55,9.99` in degrees, or None if it is no pair of numbers. Raises BadInput off the globe."""
    first, comma, second = text.partition(",")
    try:
        lat, lon = float(first), float(second)
    except ValueError:
        return None
    if not comma or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadInput(f'"{text}" is no point on earth', "write it as `LAT,LON`, `53.55,9.99`")
    return lat, lon


def _named(wanted: Wanted, store: "Store", cache: "Cache") -> list[Space] | None:
    """WHERE as the name of a known space: its ref, its exact name, or a name no place bears."""
    if wanted.where is None or wanted.near is not None:
        return None
    from cowork_cli.services import naming
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


def _centre(wanted: Wanted) -> tuple[float, float, str] | None:
    """Latitude, longitude and name of the middle of the search. Raises Ambiguous, NotFound."""
    text = wanted.near or wanted.where
    if text is None:
        return None
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
    near = [_placed(one, query) for one in spaces.within(store, query.lat, query.lon, query.radius_km)]
    town = fold(place)
    nowhere = [
        one
        for one in spaces.without_point(store)
        if town and town in (fold(one.address.city or ""), one.address.postcode)
    ]
    return [one for one in [*near, *nowhere] if _of(one, wanted.accounts) and _in(one, query)]


def _elsewhere(
    query: SpaceQuery, wanted: Wanted, store: "Store", accounts: "Accounts", cache: "Cache"
) -> tuple[list[Space], list[CoworkError], list[str]]:
    """What other accounts know: asked now, or from the cache where they were not or did not answer."""
    chosen = [name for name in accounts.enabled("search", wanted.accounts) if name != LOCAL]
    seen = [
        _placed(one, query)
        for one in cache.within(query.lat, query.lon, query.radius_km)
        if _of(one, wanted.accounts)
    ]
    seen = [one for one in seen if _in(one, query)]
    if wanted.offline or not chosen:
        why = "--offline" if wanted.offline else "no online directory is on"
        return seen, [], [f"Nobody was asked online ({why}): own directory and earlier answers only."]
    from cowork_cli.services.fanout import ask_all

    answers, problems = ask_all(
        {name: _asking(accounts, name, query) for name in chosen}, deadline_s=DEADLINE_S
    )
    asked_own = not wanted.accounts or LOCAL in wanted.accounts
    if problems and not answers and not asked_own:
        raise problems[0]
    fresh = [_placed(one, query) for found in answers.values() for one in found]
    cache.remember(fresh, store.now_s)
    return [*fresh, *(one for one in seen if one.ref.account not in answers)], problems, []


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
    problems: Sequence[CoworkError] = (),
    notes: Sequence[str] = (),
    place: str | None = None,
) -> Found:
    said = list(notes)
    kept = list(found)
    for name in wanted.amenities:
        kept = _known(kept, lambda one, name=name: one.amenities.get(name), f"{name} is", said)
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
    return Found(shown, truncated, list(problems), said, place)


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
        said.append(f"{noun} left out because {what} not known of {'it' if unknown == 1 else 'them'}.")
    return kept


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
    from cowork_cli.services import opening

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


# ---- merging


def merge(found: Iterable[Space], bookable: Callable[[str], bool]) -> list[Space]:
    """One row for each space, however many sources know it; the first ref in our order wins."""

    def rank(space: Space) -> tuple[int, Ref]:
        account = space.ref.account
        if account == LOCAL:
            return 0, space.ref
        return (1 if bookable(account) else _ORDER.get(account, 5)), space.ref

    merged: list[Space] = []
    cells: dict[tuple[int, int], list[int]] = {}
    refs: dict[Ref, int] = {}
    for space in sorted(found, key=rank):
        twin = refs.get(space.ref)
        if twin is not None:
            continue
        twin = _twin(space, merged, cells)
        if twin is None:
            merged.append(space)
            twin = len(merged) - 1
            if space.lat is not None and space.lon is not None:
                cells.setdefault(_cell(space.lat, space.lon), []).append(twin)
        else:
            merged[twin] = _joined(merged[twin], space)
        refs[space.ref] = twin
    return merged


def _cell(lat: float, lon: float) -> tuple[int, int]:
    """Cells of 0.002° are wider than 75 m up to 70° north, so neighbours hold every twin."""
    return int(lat // 0.002), int(lon // 0.002)


def _twin(
    space: Space, merged: Sequence[Space], cells: Mapping[tuple[int, int], Sequence[int]]
) -> int | None:
    if space.lat is None or space.lon is None:
        return None
    row, column = _cell(space.lat, space.lon)
    for cell in ((row + a, column + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
        for index in cells.get(cell, ()):
            other = merged[index]
            if any(source.account == space.ref.account for source in other.sources):
                continue  # one source knows its own spaces apart
            assert other.lat is not None and other.lon is not None
            near = distance_km(space.lat, space.lon, other.lat, other.lon) < SAME_WITHIN_KM
            if near and similar(space.name, other.name):
                return index
    return None


def similar(name: str, other: str) -> bool:
    """Whether two names may be one: equal but for common words, one within the other, or alike."""
    first, second = _telling(name), _telling(other)
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    from difflib import SequenceMatcher

    return SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= SAME_NAME


def _telling(name: str) -> list[str]:
    words = fold(name).split()
    return [word for word in words if word not in _COMMON] or words


def _joined(first: Space, second: Space) -> Space:
    """`first`, with what only `second` knows."""
    address = PostalAddress(
        *(
            getattr(first.address, part) or getattr(second.address, part)
            for part in ("street", "postcode", "city", "country")
        )
    )
    known = {name: value for name, value in first.amenities.items() if value is not None}
    return replace(
        first,
        address=address,
        kinds=first.kinds or second.kinds,
        amenities={**first.amenities, **second.amenities, **known},
        hours=first.hours if first.hours.text else second.hours,
        price_from=first.price_from or second.price_from,
        prices=first.prices or second.prices,
        website=first.website or second.website,
        phone=first.phone or second.phone,
        email=first.email or second.email,
        sources=first.sources + second.sources,
    )


# ---- one space


def details(
    query: str, *, store: "Store", accounts: "Accounts", cache: "Cache", now: datetime
) -> SpaceDetails:
    """All that is known of the space meant, its hours as of now. Raises NotFound, Ambiguous."""
    from dataclasses import fields

    from cowork_cli.services import naming, opening

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


# ---- keeping the directory


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What is said of a space when it is added or changed; None leaves a fact as it is."""

    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    hours: str | None = None
    kinds: tuple[str, ...] = ()
    amenities: dict[str, bool] = field(default_factory=dict)
    prices: tuple[Price, ...] = ()


def parse_amenities(texts: Iterable[str]) -> dict[str, bool]:
    """`wifi` is there, `wifi=no` is not. Raises BadInput for another value."""
    found: dict[str, bool] = {}
    for text in texts:
        name, equals, value = text.strip().lower().partition("=")
        if not name or (equals and value not in ("yes", "no")):
            raise BadInput(f'"{text}" is not an amenity', "write it as `wifi` or `wifi=no`")
        found[name] = value != "no"
    return found


def check_kinds(kinds: Iterable[str], known: Sequence[str] = KINDS) -> tuple[str, ...]:
    """The kinds, once each. Raises BadInput naming those there are."""
    found = tuple(dict.fromkeys(kinds))
    for kind in found:
        if kind not in known:
            raise BadInput(f'"{kind}" is not a kind', f"choose of {', '.join(known)}")
    return found


def add(facts: SpaceFacts, *, store: "Store") -> tuple[Space, list[str]]:
    """Adds a space to the own directory; also what is to be said of it.

    Raises BadInput, and Conflict if that name at that address is known.
    """
    name = (facts.name or "").strip()
    if not fold(name):
        raise BadInput("a space needs a name", "give it as in `cowork space add NAME`")
    _check(facts)
    country = (facts.country or "DE").upper()
    bare = Space(
        Ref(LOCAL, ""),
        name,
        PostalAddress(facts.street, facts.postcode, facts.city, country),
        timezone=spaces.zone_name(country),
    )
    space, notes = _changed(bare, facts)
    with store.transaction() as journal:
        for other in spaces.by_name(store, name):
            if other.ref.account == LOCAL and _same_address(other, space):
                raise Conflict(
                    f'"{name}" at {space.address or "that address"} is in the directory'
                    f" already, as {other.ref}",
                    f"change it with `cowork space edit {other.ref}`",
                )
        slug = free_slug(fold(name).replace(" ", "-"), lambda s: spaces.identities(store, LOCAL, s))
        ref = Ref(LOCAL, slug)
        space = replace(space, ref=ref, sources=(Source(LOCAL, ref),))
        spaces.add(journal, space)
    return space, notes


def edit(query: str, facts: SpaceFacts, *, store: "Store") -> tuple[Space, list[str]]:
    """Changes what is given of a space of one's own. Raises NotFound, Ambiguous, Unsupported."""
    from cowork_cli.services import naming

    space = naming.find_space(store, query)
    _own_only(space, "changed")
    _check(facts)
    changed, notes = _changed(space, facts)
    with store.transaction() as journal:
        row_id = spaces.row_id(store, space.ref)
        assert row_id is not None
        journal.update("spaces", row_id, spaces.space_values(changed))
    return changed, notes


def remove(query: str, *, store: "Store", dry_run: bool) -> Removed:
    """Takes a space out of the directory, with its desks. Raises Conflict if one is booked."""
    from cowork_cli.services import naming
    from cowork_cli.store import bookings

    space = naming.find_space(store, query, strict=True)
    row_id = spaces.row_id(store, space.ref)
    assert row_id is not None
    booked = bookings.standing_at(store, "spaces", row_id, store.now_s)
    if booked:
        raise Conflict(
            f'"{space.name}" still has {_count(booked, "booking")}',
            "cancel them first: `cowork booking list`",
        )
    count = len(spaces.desks(store, space.ref))
    if not dry_run:
        with store.transaction() as journal:
            spaces.remove(store, journal, row_id)
    return Removed(space.ref, space.name, count, not dry_run)


def free_slug(slug: str, taken: Callable[[str], set[str]]) -> str:
    """`slug`, or the first of `slug-2`, `slug-3` … that is not taken."""
    slug = slug or "space"
    used = taken(slug)
    number, found = 1, slug
    while found in used:
        number += 1
        found = f"{slug}-{number}"
    return found


def _check(facts: SpaceFacts) -> None:
    check_kinds(facts.kinds)
    if (facts.lat is None) != (facts.lon is None):
        raise BadInput("a point needs `--lat` and `--lon`", "give both, in degrees")
    if facts.lat is not None and facts.lon is not None:
        parse_point(f"{facts.lat},{facts.lon}")
    if facts.country is not None and not (len(facts.country) == 2 and facts.country.isalpha()):
        raise BadInput(f'"{facts.country}" is not a country', "give two letters such as `DE`")


def _changed(space: Space, facts: SpaceFacts) -> tuple[Space, list[str]]:
    """`space` with the facts given, placed anew if it has moved; and what to say about that."""
    notes: list[str] = []
    address = PostalAddress(
        facts.street or space.address.street,
        facts.postcode or space.address.postcode,
        facts.city or space.address.city,
        (facts.country or space.address.country or "DE").upper(),
    )
    point: tuple[float, float] | None = None
    if facts.lat is not None and facts.lon is not None:
        point = facts.lat, facts.lon
    elif facts.postcode or facts.city or space.lat is None:
        point = _locate(address, notes)
    if facts.hours:
        from cowork_cli.services import opening

        if not opening.parses(facts.hours):
            notes.append(
                f"The hours {facts.hours} are kept as written; they are not in OSM syntax, such as"
                " Mo-Fr 08:00-18:00, so whether it is open stays unknown."
            )
    prices = {price.per: price for price in (*space.prices, *facts.prices)}
    return replace(
        space,
        name=(facts.name or space.name).strip(),
        address=address,
        lat=point[0] if point else space.lat,
        lon=point[1] if point else space.lon,
        email=facts.email or space.email,
        phone=facts.phone or space.phone,
        website=facts.website or space.website,
        hours=Hours(facts.hours or space.hours.text),
        kinds=check_kinds(facts.kinds) or space.kinds,
        amenities={**space.amenities, **facts.amenities},
        prices=tuple(prices.values()),
        price_from=spaces.cheapest(prices.values()),
        timezone=spaces.zone_name(address.country),
    ), notes


def _locate(address: PostalAddress, notes: list[str]) -> tuple[float, float] | None:
    """The point of the postcode, else of the town, offline. Says so where it is not known."""
    if address.country == "DE":
        from cowork_cli.store import gazetteer

        for text in (address.postcode, address.city):
            place, _ = gazetteer.resolve(text) if text else (None, [])
            if place:
                return place.lat, place.lon
    notes.append(
        "Its place on the map is not known, so a search around a place finds it only by its town;"
        " give it with `--lat` and `--lon`."
    )
    return None


def _same_address(one: Space, other: Space) -> bool:
    return fold(str(one.address)) == fold(str(other.address))


def _own_only(space: Space, done: str) -> None:
    if space.ref.account != LOCAL:
        raise Unsupported(
            f'"{space.name}" comes from {space.ref.account} and cannot be {done} here',
            f'add it as your own with `cowork space add "{space.name}"`',
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# ---- desks


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What is said of a desk when it is added or changed; None leaves a fact as it is."""

    name: str | None = None
    kind: str | None = None
    units: int | None = None
    capacity: int | None = None
    price: Price | None = None


def add_desk(space_query: str, facts: DeskFacts, *, store: "Store") -> Desk:
    """Adds something bookable to a space of one's own. Raises Conflict if its name is taken there."""
    from cowork_cli.services import naming

    space = naming.find_space(store, space_query)
    _own_only(space, "given desks")
    name = (facts.name or "").strip()
    if not fold(name):
        raise BadInput("a desk needs a name", "give it as in `cowork desk add SPACE NAME`")
    check_kinds([facts.kind or "desk"], DESK_KINDS)
    _check_counts(facts)
    with store.transaction() as journal:
        row_id = spaces.row_id(store, space.ref)
        assert row_id is not None
        known = spaces.desks(store, space.ref)
        for other in known:
            if fold(other.name) == fold(name):
                raise Conflict(
                    f'{space.name} has a desk "{other.name}" already, {other.ref}',
                    f"change it with `cowork desk edit {other.ref}`",
                )
        used = {desk.ref.id.rpartition("/")[2] for desk in known}
        slug = free_slug(fold(name).replace(" ", "-"), lambda _: used)
        desk = Desk(
            Ref(LOCAL, f"{space.ref.id}/{slug}"),
            space.ref,
            name,
            facts.kind or "desk",
            facts.capacity,
            facts.units or 1,
            price=facts.price,
        )
        spaces.add_desk(journal, row_id, desk)
    return desk


def edit_desk(query: str, facts: DeskFacts, *, store: "Store") -> Desk:
    """Changes what is given of a desk. Raises NotFound, Ambiguous."""
    from cowork_cli.services import naming

    desk = naming.find_desk(store, query)
    check_kinds([facts.kind or desk.kind], DESK_KINDS)
    _check_counts(facts)
    changed = replace(
        desk,
        name=(facts.name or desk.name).strip(),
        kind=facts.kind or desk.kind,
        units=facts.units or desk.units,
        capacity=facts.capacity or desk.capacity,
        price=facts.price or desk.price,
    )
    with store.transaction() as journal:
        found = spaces.desk_named(store, desk.ref)
        assert found is not None
        journal.update("desks", found[0], spaces.desk_values(changed))
    return changed


def remove_desk(query: str, *, store: "Store", dry_run: bool) -> Removed:
    """Takes a desk out of its space. Raises Conflict if it is booked."""
    from cowork_cli.services import naming
    from cowork_cli.store import bookings

    desk = naming.find_desk(store, query, strict=True)
    found = spaces.desk_named(store, desk.ref)
    assert found is not None
    booked = bookings.standing_at(store, "desks", found[0], store.now_s)
    if booked:
        raise Conflict(
            f'"{desk.name}" still has {_count(booked, "booking")}',
            "cancel them first: `cowork booking list`",
        )
    if not dry_run:
        with store.transaction() as journal:
            spaces.remove_desk(store, journal, found[0])
    return Removed(desk.ref, desk.name, 1, not dry_run)


def _check_counts(facts: DeskFacts) -> None:
    for value, flag in ((facts.units, "--units"), (facts.capacity, "--capacity")):
        if value is not None and not 0 < value < 100_000:
            raise BadInput(f"{flag} {value} is not a count", f"give `{flag}` as `1` or more")


# ---- export


def exported(form: str, *, store: "Store") -> bytes:
    """The own directory as GeoJSON, CSV or JSON, sources and licences with it."""
    from cowork_cli.services import space_export

    return space_export.written(spaces.every(store), form)
