"""Keeping the own directory of spaces: added, changed, removed, written out.

Only spaces of one's own are changed here; what was imported changes with its source.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cowork_cli.domain.money import Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import KINDS, Hours, Source, Space
from cowork_cli.errors import BadInput, Conflict, Unsupported
from cowork_cli.services.identifiers.contacts import check_postcode
from cowork_cli.services.spaces.results import Removed
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

LOCAL = "local"


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
    from cowork_cli.services.identifiers import naming

    space = naming.find_space(store, query)
    own_only(space, "changed")
    _check(facts)
    changed, notes = _changed(space, facts)
    with store.transaction() as journal:
        row_id = spaces.row_id(store, space.ref)
        assert row_id is not None
        spaces.change(journal, row_id, changed)
    return changed, notes


def remove(query: str, *, store: "Store", dry_run: bool) -> Removed:
    """Takes a space out of the directory, with its desks. Raises Conflict if one is booked."""
    from cowork_cli.services.identifiers import naming
    from cowork_cli.store import bookings

    space = naming.find_space(store, query, strict=True)
    row_id = spaces.row_id(store, space.ref)
    assert row_id is not None
    booked = bookings.standing_at_space(store, row_id, store.now_s)
    if booked:
        raise Conflict(
            f'"{space.name}" still has {counted(booked, "booking")}',
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
    country = (facts.country or space.address.country or "DE").upper()
    postcode = check_postcode(facts.postcode, country) if facts.postcode else None
    address = PostalAddress(
        facts.street or space.address.street,
        postcode or space.address.postcode,
        facts.city or space.address.city,
        country,
    )
    point: tuple[float, float] | None = None
    if facts.lat is not None and facts.lon is not None:
        point = facts.lat, facts.lon
    elif facts.postcode or facts.city or space.lat is None:
        point = _locate(address, notes)
    if facts.hours:
        from cowork_cli.services.calendar import opening

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


def own_only(space: Space, done: str) -> None:
    """Raises Unsupported for a space that came from elsewhere."""
    if space.ref.account != LOCAL:
        raise Unsupported(
            f'"{space.name}" comes from {space.ref.account} and cannot be {done} here',
            f'add it as your own with `cowork space add "{space.name}"`',
        )


def counted(number: int, noun: str) -> str:
    """`1 booking`, `2 bookings`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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


def exported(form: str, *, store: "Store") -> tuple[bytes, tuple[str, ...]]:
    """The own directory as GeoJSON, CSV or JSON, sources and licences with it; and what was changed."""
    from cowork_cli.services.spaces.exporting import written

    return written(spaces.every(store), form)
