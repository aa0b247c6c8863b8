"""Spaces and desks of the own directory: what people added (`local`) and what was imported.

A space is found by account and identity, by name, or by a box of coordinates that an index
answers; distances are reckoned by the caller, on the few rows of the box.
"""

from __future__ import annotations

import json

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import box
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Hours, Source, Space

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store

LOCAL = "local"

# What a day at the desk costs says most; the others follow in the order people ask for them.
FIRST_PRICE = ("day", "half-day", "hour", "week", "month", "year", "once")

_SPACE = """id, account, identity, name, street, postcode, city, country, lat, lon, email, phone,
    website, hours, zone, kinds, amenities, prices, licence, as_of"""
_DESK = """d.id, s.account, s.identity AS space, s.name AS space_name, d.identity, d.name, d.kind,
    d.capacity, d.units, d.price"""


# ---- reading


def within(store: Store, lat: float, lon: float, radius_km: float) -> list[Space]:
    """Spaces in the box around a circle, in the order they were added."""
    rows = store.rows(
        f"SELECT {_SPACE} FROM spaces WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? ORDER BY id",
        *box(lat, lon, radius_km),
    )
    return [_space(row) for row in rows]


WITHIN = "SELECT id, lat, lon FROM spaces WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
"""Where the spaces of a box lie: answered by the index `spaces_by_lat` without a look at the rows."""


def points(
    store: Store, lat: float, lon: float, radius_km: float
) -> list[tuple[int, float, float]]:
    """Row, latitude and longitude of the spaces in the box around a circle."""
    rows = store.rows(WITHIN, *box(lat, lon, radius_km))
    return [(row_id, lat, lon) for row_id, lat, lon in rows]


def of_rows(store: Store, ids: Sequence[int]) -> list[Space]:
    """The spaces of these rows, in the order they were added."""
    found = []
    for start in range(0, len(ids), 500):
        some = sorted(ids)[start : start + 500]
        marks = ", ".join("?" * len(some))
        rows = store.rows(f"SELECT {_SPACE} FROM spaces WHERE id IN ({marks}) ORDER BY id", *some)
        found += [_space(row) for row in rows]
    return found


def without_point(store: Store) -> list[Space]:
    """Spaces whose coordinates are not known."""
    return [_space(row) for row in store.rows(f"SELECT {_SPACE} FROM spaces WHERE lat IS NULL")]


def every(store: Store) -> list[Space]:
    """All of them, in the order they were added."""
    return [_space(row) for row in store.rows(f"SELECT {_SPACE} FROM spaces ORDER BY id")]


def of_account(store: Store, account: str) -> dict[str, tuple[int, Space]]:
    """Identity → row id and space, of one account."""
    rows = store.rows(f"SELECT {_SPACE} FROM spaces WHERE account = ?", account)
    return {row.identity: (row.id, _space(row)) for row in rows}


def by_ref(store: Store, ref: Ref) -> Space | None:
    """The space of that ref, or None."""
    row = store.row(
        f"SELECT {_SPACE} FROM spaces WHERE account = ? AND identity = ?", ref.account, ref.id
    )
    return None if row is None else _space(row)


def by_name(store: Store, name: str) -> list[Space]:
    """Spaces of exactly that name."""
    rows = store.rows(f"SELECT {_SPACE} FROM spaces WHERE name = ? ORDER BY id", name)
    return [_space(row) for row in rows]


def names(store: Store) -> list[tuple[Ref, str]]:
    """Ref and name of every space."""
    rows = store.rows("SELECT account, identity, name FROM spaces ORDER BY account <> 'local', id")
    return [(Ref(account, identity), name) for account, identity, name in rows]


def accounts(store: Store) -> set[str]:
    """The accounts and sources that spaces of the directory come from."""
    return {account for (account,) in store.rows("SELECT DISTINCT account FROM spaces")}


def desks(store: Store, space: Ref) -> list[Desk]:
    """The desks of a space, in the order they were added."""
    rows = store.rows(
        f"SELECT {_DESK} FROM desks d JOIN spaces s ON s.id = d.space_id "
        "WHERE s.account = ? AND s.identity = ? ORDER BY d.id",
        space.account,
        space.id,
    )
    return [_desk(row) for row in rows]


def desk_named(store: Store, ref: Ref) -> tuple[int, Desk] | None:
    """Row id and desk of a ref, or None."""
    row = store.row(
        f"SELECT {_DESK} FROM desks d JOIN spaces s ON s.id = d.space_id "
        "WHERE s.account = ? AND s.identity || '/' || d.identity = ?",
        ref.account,
        ref.id,
    )
    return None if row is None else (row.id, _desk(row))


def all_desks(store: Store) -> list[tuple[Desk, str]]:
    """Every desk with the name of its space."""
    rows = store.rows(
        f"SELECT {_DESK} FROM desks d JOIN spaces s ON s.id = d.space_id ORDER BY d.id"
    )
    return [(_desk(row), row.space_name) for row in rows]


def space_of_desk(store: Store, desk: Ref) -> Space | None:
    """The space a desk stands in, or None."""
    identity, _, _ = desk.id.rpartition("/")
    return by_ref(store, Ref(desk.account, identity))


# ---- writing


def space_values(space: Space) -> dict[str, Any]:
    """The row of a space, without its keys."""
    source = space.sources[0] if space.sources else None
    return {
        "name": space.name,
        "street": space.address.street,
        "postcode": space.address.postcode,
        "city": space.address.city,
        "country": space.address.country,
        "lat": space.lat,
        "lon": space.lon,
        "email": space.email,
        "phone": space.phone,
        "website": space.website,
        "hours": space.hours.text,
        "zone": space.timezone,
        "kinds": _compact(list(space.kinds)),
        "amenities": _compact(space.amenities),
        "prices": _compact([price_to_json(price) for price in space.prices]),
        "licence": source.licence if source else None,
        "as_of": source.as_of if source else None,
    }


def add(journal: Journal, space: Space) -> None:
    """Adds a space under its ref."""
    keys = {"account": space.ref.account, "identity": space.ref.id}
    journal.insert("spaces", {**keys, **space_values(space)})


def change(journal: Journal, space_id: int, space: Space) -> bool:
    """Makes a space what `space` says, its ref apart; False if it is that way already."""
    return journal.update("spaces", space_id, space_values(space))


def row_id(store: Store, ref: Ref) -> int | None:
    """The row of a space, or None."""
    number: int | None = store.value(
        "SELECT id FROM spaces WHERE account = ? AND identity = ?", ref.account, ref.id
    )
    return number


def identities(store: Store, account: str, start: str) -> set[str]:
    """Taken identities that begin with `start`."""
    rows = store.rows(
        "SELECT identity FROM spaces WHERE account = ? AND substr(identity, 1, ?) = ?",
        account,
        len(start),
        start,
    )
    return {identity for (identity,) in rows}


def add_desk(journal: Journal, space_id: int, desk: Desk) -> None:
    """Adds a desk; its identity is the last part of its ref."""
    journal.insert(
        "desks",
        {
            "space_id": space_id,
            "identity": desk.ref.id.rpartition("/")[2],
            **desk_values(desk),
        },
    )


def change_desk(journal: Journal, desk_id: int, desk: Desk) -> bool:
    """Makes a desk what `desk` says, its ref apart; False if it is that way already."""
    return journal.update("desks", desk_id, desk_values(desk))


def desk_values(desk: Desk) -> dict[str, Any]:
    """The row of a desk, without its keys."""
    return {
        "name": desk.name,
        "kind": desk.kind,
        "capacity": desk.capacity,
        "units": desk.units,
        "price": None if desk.price is None else _compact(price_to_json(desk.price)),
    }


def remove_desk(store: Store, journal: Journal, desk_id: int) -> None:
    """Removes a desk with its pages of the local book."""
    for (booking_id,) in store.rows("SELECT id FROM local_bookings WHERE desk_id = ?", desk_id):
        journal.delete("local_bookings", booking_id)
    journal.delete("desks", desk_id)


def remove(store: Store, journal: Journal, space_id: int) -> None:
    """Removes a space with its desks."""
    for (desk_id,) in store.rows("SELECT id FROM desks WHERE space_id = ?", space_id):
        remove_desk(store, journal, desk_id)
    journal.delete("spaces", space_id)


# ---- rows


def price_to_json(price: Price) -> list[Any]:
    """A price as it is kept: minor units, currency, per, tax."""
    return [price.money.minor, price.money.currency, price.per, price.tax]


def price_from_json(value: Sequence[Any]) -> Price:
    """A price as it was kept."""
    minor, currency, per, tax = value
    return Price(Money(minor, currency), per, tax)


def cheapest(prices: Iterable[Price], per: str | None = None) -> Price | None:
    """The lowest price, of `per` if given, else of the first of day, half-day, hour … there is."""
    known = list(prices)
    for unit in (per,) if per else FIRST_PRICE:
        fitting = [price for price in known if price.per == unit]
        if fitting:
            return min(fitting, key=lambda price: price.money.minor)
    return None


def _space(row: Any) -> Space:
    ref = Ref(row.account, row.identity)
    known: tuple[Price, ...] = ()
    if row.prices != "[]":
        known = tuple(price_from_json(price) for price in json.loads(row.prices))
    return Space(
        ref=ref,
        name=row.name,
        address=PostalAddress(row.street, row.postcode, row.city, row.country),
        lat=row.lat,
        lon=row.lon,
        kinds=() if row.kinds == "[]" else tuple(json.loads(row.kinds)),
        amenities={} if row.amenities == "{}" else json.loads(row.amenities),
        hours=Hours(row.hours),
        price_from=cheapest(known),
        website=row.website,
        phone=row.phone,
        email=row.email,
        timezone=row.zone,
        prices=known,
        sources=(Source(row.account, ref, row.licence, row.as_of),),
    )


def _desk(row: Any) -> Desk:
    return Desk(
        ref=Ref(row.account, f"{row.space}/{row.identity}"),
        space_ref=Ref(row.account, row.space),
        name=row.name,
        kind=row.kind,
        capacity=row.capacity,
        units=row.units,
        price=None if row.price is None else price_from_json(json.loads(row.price)),
    )


def _compact(value: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
