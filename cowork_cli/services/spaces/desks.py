"""Desks: what can be booked in a space, its time of day, and those kept in the own directory."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import Window
from cowork_cli.domain.money import Price
from cowork_cli.domain.nouns import count
from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import DESK_KINDS, Desk
from cowork_cli.domain.zones import instant_of
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass, replace
from cowork_cli.services.spaces.directory import own_only
from cowork_cli.services.spaces.facts import check_kinds, free_slug
from cowork_cli.services.spaces.results import Removed
from cowork_cli.store import spaces

if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
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
    without_price: bool = False


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
    if facts.name is not None and not fold(facts.name):
        raise BadInput("a desk needs a name", "give it, as in `--name 'Desk 1'`")
    check_kinds([facts.kind or desk.kind], DESK_KINDS)
    _check_counts(facts)
    changed = replace(
        desk,
        name=(facts.name or desk.name).strip(),
        kind=facts.kind or desk.kind,
        units=facts.units or desk.units,
        capacity=facts.capacity or desk.capacity,
        price=None if facts.without_price else facts.price or desk.price,
    )
    with store.transaction() as journal:
        spaces.change_desk(journal, _row_of(desk, store), changed)
    return changed


def remove_desk(query: str, *, store: "Store", dry_run: bool) -> Removed:
    """Takes a desk out of its space. Raises Conflict if it is booked."""
    from cowork_cli.services.identifiers import naming
    from cowork_cli.store import bookings

    desk = naming.find_desk(store, query, strict=True)
    row_id = _row_of(desk, store)
    booked = bookings.standing_at_desk(store, row_id, store.now_s)
    if booked:
        raise Conflict(
            f'"{desk.name}" still has {count(booked, "booking")}',
            "cancel them first: `cowork booking list`",
        )
    if not dry_run:
        with store.transaction() as journal:
            spaces.remove_desk(store, journal, row_id)
    return Removed(desk.ref, desk.name, 1, not dry_run)


def _row_of(desk: Desk, store: "Store") -> int:
    row = spaces.desk_named(store, desk.ref)
    assert row is not None
    return row[0]


def _check_counts(facts: DeskFacts) -> None:
    for value, flag in ((facts.units, "--units"), (facts.capacity, "--capacity")):
        if value is not None and not 0 < value < 100_000:
            raise BadInput(f"{flag} {value} is not a count", f"give `{flag}` as `1` or more")


# ---- those of a space


def desks_of(space: Ref, store: "Store", accounts: "Accounts") -> list[Desk]:
    """The desks of a space: asked of its account where that knows them, else of the directory."""
    name = space.account
    if accounts.can(name, "availability"):
        return list(accounts.availability(name).desks(space))
    return spaces.desks(store, space)


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
