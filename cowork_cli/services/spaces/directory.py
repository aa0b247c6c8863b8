"""Keeping the own directory of spaces: added, changed, removed, written out.

Only spaces of one's own are changed here; what was imported changes with its source.
"""

from typing import TYPE_CHECKING, Any

from cowork_cli.domain import texts
from cowork_cli.domain.money import Price
from cowork_cli.domain.nouns import count
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import fold, parse_point
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import Hours, Source, Space
from cowork_cli.errors import BadInput, Conflict, Unsupported
from cowork_cli.records import dataclass, field, replace
from cowork_cli.services.identifiers.contacts import check_email, check_postcode
from cowork_cli.services.spaces import notes as noting
from cowork_cli.services.spaces.facts import (
    check_kinds,
    country_code,
    free_slug,
    german_country,
    german_point,
    strange_amenities,
)
from cowork_cli.services.spaces.results import Removed
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
_LINES = ("name", "street", "postcode", "city", "email", "phone", "website", "hours")
_EMPTY: dict[str, Any] = {"kinds": (), "amenities": {}, "prices": (), "hours": Hours()}


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What is said of a space when it is added or changed; None leaves a fact as it is.

    `notes` are added to those that are there; `without_notes` are the numbers of those taken out.
    `cleared` names the facts that are taken away before the others count.
    """

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
    timezone: str | None = None
    notes: tuple[str, ...] = ()
    without_notes: tuple[int, ...] = ()
    cleared: frozenset[str] = frozenset()

    @property
    def beyond_notes(self) -> bool:
        """Whether anything is said of the space itself."""
        return replace(self, notes=(), without_notes=()) != SpaceFacts()


def unknown_amenities(facts: SpaceFacts, *, store: "Store") -> dict[str, str | None]:
    """The amenities of `facts` that nobody knows and the directory does not hold; the nearest of each."""
    held = {name for space in spaces.every(store) for name in space.amenities}
    return strange_amenities(facts.amenities, held)


def add(facts: SpaceFacts, *, store: "Store") -> tuple[Space, list[str]]:
    """Adds a space to the own directory; also what is to be said of it.

    Raises BadInput, and Conflict if that name at that address is known.
    """
    facts = _without_signs(facts)
    name = (facts.name or "").strip()
    if not fold(name):
        raise BadInput("a space needs a name", "give it as in `cowork space add NAME`")
    _check(facts)
    space, notes = _changed(Space(Ref(LOCAL, ""), name), facts)
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
        noting.write(space, facts.notes, (), store=store, journal=journal)
    return space, notes


def edit(
    query: str, facts: SpaceFacts, *, store: "Store", cache: "Cache | None" = None
) -> tuple[Space, list[str]]:
    """Changes what is given of a space of one's own; notes also of one that was only seen.

    Raises NotFound, Ambiguous, Unsupported.
    """
    from cowork_cli.services.identifiers import naming

    facts = _without_signs(facts)
    space = naming.find_space(store, query, cache=cache)
    notes: list[str] = []
    changed = space
    if facts.beyond_notes:
        own_only(space, "changed")
        _check(facts)
        changed, notes = _changed(space, facts)
        if changed == space:
            notes.append(f"{space.name} is like that already.")
    with store.transaction() as journal:
        if facts.beyond_notes:
            row_id = spaces.row_id(store, space.ref)
            assert row_id is not None
            spaces.change(journal, row_id, changed)
        noting.write(changed, facts.notes, facts.without_notes, store=store, journal=journal)
    return changed, notes


def remove(query: str, *, store: "Store", dry_run: bool) -> Removed:
    """Takes a space out of the directory, with its desks, plans, visits and notes.

    Raises Conflict if one of its desks is booked.
    """
    from cowork_cli.services.identifiers import naming
    from cowork_cli.store import bookings, plans, space_notes, visits

    space = naming.find_space(store, query, strict=True)
    row_id = spaces.row_id(store, space.ref)
    assert row_id is not None
    booked = bookings.standing_at_space(store, row_id, store.now_s)
    if booked:
        raise Conflict(
            f'"{space.name}" still has {count(booked, "booking")}',
            "cancel them first: `cowork booking list`",
        )
    desks = len(spaces.desks(store, space.ref))
    kept = plans.of_spaces(store, [space.ref]), visits.of_spaces(store, [space.ref])
    notes = space_notes.of_spaces(store, [space.ref])
    if not dry_run:
        with store.transaction() as journal:
            for plan in kept[0]:
                plans.remove(journal, plan)
            for visit in kept[1]:
                visits.remove(journal, visit)
            for note, _ in notes:
                space_notes.remove(journal, note)
            spaces.remove(store, journal, row_id)
    counts = (len(kept[0]), len(kept[1]), len(notes))
    return Removed(space.ref, space.name, desks, not dry_run, *counts)


def _without_signs(facts: SpaceFacts) -> SpaceFacts:
    """The facts without signs that steer a terminal."""
    said: dict[str, Any] = {name: getattr(facts, name) for name in _LINES}
    lines: dict[str, Any] = {name: texts.line(text, name) for name, text in said.items() if text}
    return replace(facts, **lines)


def _check(facts: SpaceFacts) -> None:
    check_kinds(facts.kinds)
    if facts.email is not None:
        check_email(facts.email)
    if (facts.lat is None) != (facts.lon is None):
        raise BadInput("a point needs `--lat` and `--lon`", "give both, in degrees")
    if facts.lat is not None and facts.lon is not None:
        parse_point(f"{facts.lat},{facts.lon}")
    if facts.country is not None:
        country_code(facts.country)
    if facts.timezone is not None:
        from cowork_cli.domain.zones import zone_named

        zone_named(facts.timezone)


def _changed(space: Space, facts: SpaceFacts) -> tuple[Space, list[str]]:
    """`space` with the facts given, placed anew if it has moved; and what to say about that."""
    notes: list[str] = []
    space = _without(space, facts.cleared)
    address = _address(space, facts, notes)
    lat, lon = _point(space, facts, address, notes)
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
        lat=lat,
        lon=lon,
        email=facts.email or space.email,
        phone=facts.phone or space.phone,
        website=facts.website or space.website,
        hours=Hours(facts.hours or space.hours.text),
        kinds=check_kinds(facts.kinds) or space.kinds,
        amenities={**space.amenities, **facts.amenities},
        prices=tuple(prices.values()),
        price_from=spaces.cheapest(prices.values()),
        timezone=facts.timezone or space.timezone,
    ), notes


def _without(space: Space, cleared: frozenset[str]) -> Space:
    """The space without the facts that are taken away."""
    gone: dict[str, Any] = dict.fromkeys(cleared & {"email", "phone", "website", "timezone"})
    gone |= {name: empty for name, empty in _EMPTY.items() if name in cleared}
    if "prices" in cleared:
        gone["price_from"] = None
    parts = cleared & {"street", "postcode", "city", "country"}
    address = replace(space.address, **dict.fromkeys(parts))
    return replace(space, address=address, **gone)


def _address(space: Space, facts: SpaceFacts, notes: list[str]) -> PostalAddress:
    """The address with the facts given. A country nobody names is `DE` only for a German place."""
    known = space.address
    street = facts.street or known.street
    postcode, city = facts.postcode or known.postcode, facts.city or known.city
    country = country_code(facts.country) if facts.country else known.country
    if country is None:
        country = german_country(postcode, city)
    if country is None and (postcode or city):
        notes.append(
            "Its country is not known: postcode and town are of no place in Germany."
            " Give it with `--country`."
        )
    if facts.postcode:
        postcode = check_postcode(facts.postcode, country)
    return PostalAddress(street, postcode, city, country)


def _point(
    space: Space, facts: SpaceFacts, address: PostalAddress, notes: list[str]
) -> tuple[float | None, float | None]:
    """Latitude and longitude: those given, else those of postcode and town if it is placed anew."""
    if facts.lat is not None and facts.lon is not None:
        return facts.lat, facts.lon
    before = space.address
    moved = (address.postcode, address.city) != (before.postcode, before.city)
    if not moved and space.lat is not None:
        return space.lat, space.lon
    return _locate(address, notes) or (None, None)


def _locate(address: PostalAddress, notes: list[str]) -> tuple[float, float] | None:
    """The point of the address, offline. Says so where it is not known."""
    point = german_point(address)
    if point is None:
        notes.append(
            "Its place on the map is not known, so a search around a place finds it only by its"
            " town; give it with `--lat` and `--lon`."
        )
    return point


def _same_address(space: Space, other: Space) -> bool:
    return fold(str(space.address)) == fold(str(other.address))


def own_only(space: Space, done: str) -> None:
    """Raises Unsupported for a space that came from elsewhere."""
    if space.ref.account != LOCAL:
        raise Unsupported(
            f'"{space.name}" comes from {space.ref.account} and cannot be {done} here',
            f"add it as your own with `cowork space add {shell_word(space.name)}`",
        )


def exported(form: str, *, store: "Store") -> tuple[bytes, tuple[str, ...]]:
    """The own directory as GeoJSON, CSV or JSON, with sources, licences and notes; and what had to be changed."""
    from cowork_cli.services.spaces.exporting import written

    return written(spaces.every(store), noting.by_ref(store), form)
