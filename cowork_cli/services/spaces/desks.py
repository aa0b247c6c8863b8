"""Desks: what can be booked in a space of one's own, and when it is free."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import Window
from cowork_cli.domain.money import Price
from cowork_cli.domain.place import distance_km, fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import DESK_KINDS, Desk, Space
from cowork_cli.domain.zones import instant_of, zone_named
from cowork_cli.errors import BadInput, Conflict, CoworkError, NotFound
from cowork_cli.records import dataclass, replace
from cowork_cli.services.spaces.directory import check_kinds, counted, free_slug, own_only
from cowork_cli.services.spaces.results import Removed
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.store.cache import Cache
    from cowork_cli.store.engine.store import Store

LOCAL = "local"


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
    from cowork_cli.services.identifiers import naming

    space = naming.find_space(store, space_query)
    own_only(space, "given desks")
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
    from cowork_cli.services.identifiers import naming

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
        spaces.change_desk(journal, found[0], changed)
    return changed


def remove_desk(query: str, *, store: "Store", dry_run: bool) -> Removed:
    """Takes a desk out of its space. Raises Conflict if it is booked."""
    from cowork_cli.services.identifiers import naming
    from cowork_cli.store import bookings

    desk = naming.find_desk(store, query, strict=True)
    found = spaces.desk_named(store, desk.ref)
    assert found is not None
    booked = bookings.standing_at_desk(store, found[0], store.now_s)
    if booked:
        raise Conflict(
            f'"{desk.name}" still has {counted(booked, "booking")}',
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


# ---- when they are free


@dataclass(frozen=True, slots=True)
class FreeQuery:
    """What `desk free` asks: of these spaces or desks, or of those around a point, on one day."""

    things: tuple[str, ...]
    day: date
    from_: time | None = None
    to: time | None = None
    capacity: int | None = None
    kind: str | None = None
    near: tuple[float, float] | None = None
    radius_km: float = 10.0


def free(
    query: FreeQuery, *, store: "Store", accounts: "Accounts", cache: "Cache"
) -> tuple[list[Desk], list[CoworkError], list[str]]:
    """The desks asked for with their free time that day; problems; what to say.

    With times, `free` says whether the desk is free all that time. Raises NotFound, Ambiguous, BadInput.
    """
    if query.kind:
        check_kinds([query.kind], DESK_KINDS)
    wanted, problems = _asked_for(query, store, accounts, cache)
    notes: list[str] = []
    fitting = [desk for desk in wanted if query.kind in (None, desk.kind)]
    if query.capacity is not None:
        unknown = sum(desk.capacity is None for desk in fitting)
        if unknown:
            notes.append(f"{counted(unknown, 'desk')} left out: how many fit there is not known.")
        fitting = [desk for desk in fitting if (desk.capacity or 0) >= query.capacity]
    found = []
    for desk in fitting:
        try:
            found.append(_with_slots(desk, query, store, accounts))
        except CoworkError as error:
            error.account = error.account or desk.ref.account
            problems.append(error)
    return found, problems, notes


def listed(
    space_query: str, *, store: "Store", accounts: "Accounts", cache: "Cache", kind: str | None
) -> tuple[Space, list[Desk]]:
    """A space and its desks. Raises NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    if kind:
        check_kinds([kind], DESK_KINDS)
    space = naming.find_space(store, space_query, cache=cache)
    found = desks_of(space.ref, store, accounts)
    return space, [desk for desk in found if kind in (None, desk.kind)]


def desks_of(space: Ref, store: "Store", accounts: "Accounts") -> list[Desk]:
    """The desks of a space: asked of its account where that knows them, else of the directory."""
    name = space.account
    if name in accounts.names() and "availability" in accounts.info(name).capabilities:
        return list(accounts.provider(name).desks(space))
    return spaces.desks(store, space)


def find_desk(query: str, *, store: "Store", accounts: "Accounts") -> Desk:
    """The desk meant: of the directory, or a full ref at a bookable account. Raises NotFound, Ambiguous."""
    from cowork_cli.services.identifiers import naming

    ref = Ref.parse(query)
    if ref and ref.account != LOCAL and accounts.bookable(ref.account):
        space = Ref(ref.account, ref.id.rpartition("/")[0])
        for desk in accounts.provider(ref.account).desks(space):
            if desk.ref == ref:
                found: Desk = desk
                return found
    return naming.find_desk(store, query)


def window_of(day: date, from_: time | None, to: time | None, zone: ZoneInfo) -> Window:
    """The instants of a day at a place, or of a part of it; `to` None or 00:00 is its end.

    Raises BadInput for an end before the start and for local times that the clocks skip or double.
    """
    start = instant_of(day, from_ or time(), zone)
    whole = to is None or to == time()
    end = (
        instant_of(day + timedelta(days=1), time(), zone)
        if whole or to is None
        else instant_of(day, to, zone)
    )
    if end <= start:
        raise BadInput(
            f"{to:%H:%M} is not after {from_:%H:%M}", "give `--from` and `--to` in their order"
        )
    return Window(start, end)


def _asked_for(
    query: FreeQuery, store: "Store", accounts: "Accounts", cache: "Cache"
) -> tuple[list[Desk], list[CoworkError]]:
    from cowork_cli.services.identifiers import naming

    found: dict[Ref, Desk] = {}
    problems: list[CoworkError] = []
    for thing in query.things:
        try:
            space = naming.find_space(store, thing, cache=cache)
        except NotFound:
            desk = find_desk(thing, store=store, accounts=accounts)
            found[desk.ref] = desk
            continue
        found.update({desk.ref: desk for desk in desks_of(space.ref, store, accounts)})
    if query.near:
        lat, lon = query.near
        for space in spaces.within(store, lat, lon, query.radius_km):
            if space.lat is None or space.lon is None:
                continue
            if distance_km(lat, lon, space.lat, space.lon) <= query.radius_km:
                try:
                    found.update({desk.ref: desk for desk in desks_of(space.ref, store, accounts)})
                except CoworkError as error:
                    problems.append(error)
    return list(found.values()), problems


def _with_slots(desk: Desk, query: FreeQuery, store: "Store", accounts: "Accounts") -> Desk:
    account = desk.ref.account
    if not accounts.bookable(account):
        return desk
    space = spaces.by_ref(store, desk.space_ref)
    zone = zone_named((space.timezone if space else None) or spaces.DEFAULT_ZONE)
    window = window_of(query.day, query.from_, query.to, zone)
    slots = tuple(accounts.provider(account).free(desk.ref, window))
    whole = any(slot.from_ <= window.from_ and slot.to >= window.to for slot in slots)
    is_free = whole if query.from_ or query.to else bool(slots)
    return replace(desk, free=is_free, slots=slots)


def zone_of(space: Space) -> ZoneInfo:
    """The zone a space lives in."""
    return zone_named(space.timezone or spaces.zone_name(space.address.country))
