"""Owns how domain values are told to the fake of Harbour: the template for other booking services."""

from dataclasses import replace
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.money import Price
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from tests.contract.rig import SECRET, HttpRig
from tests.fakes.harbour import FakeHarbour
from tests.fakes.harbour_provider import ROW


class HarbourRig(HttpRig):
    """Harbour keeps the ids of spaces and desks it is given, and numbers bookings itself."""

    name = "harbour"
    row = ROW
    fake: FakeHarbour

    def new_fake(self) -> FakeHarbour:
        return FakeHarbour(token=SECRET)

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(self._given(thing) for thing in things)

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            self.fake.spaces[thing.ref.id] = space_to_wire(thing)
        elif isinstance(thing, Desk):
            row = desk_to_wire(thing)
            self.fake.desks[row["id"]] = row
        elif isinstance(thing, ProviderBooking):
            begins, ends = thing.window.from_.isoformat(), thing.window.to.isoformat()
            state = "cancelled" if thing.state == "cancelled" else "booked"
            desk = "~".join(thing.desk.id.rsplit("/", 1))
            identity = self.fake.add_booking(
                desk, begins, ends, state=state, mine=False, title=thing.title
            )
            return replace(thing, ref=Ref(self.account, identity))
        return thing

    def given_incomplete(self, space: Space) -> str:
        self.given(space)
        del self.fake.spaces[space.ref.id]["name"]
        return "name"


def space_to_wire(space: Space) -> dict[str, Any]:
    """As the service lists it."""
    return {
        "id": space.ref.id,
        "name": space.name,
        "street": space.address.street,
        "postcode": space.address.postcode,
        "city": space.address.city,
        "lat": space.lat,
        "lon": space.lon,
        "zone": space.timezone,
        "kinds": list(space.kinds),
        "amenities": [name for name, there in space.amenities.items() if there],
        "price": price_to_wire(space.price_from),
    }


def desk_to_wire(desk: Desk) -> dict[str, Any]:
    """As the service lists it."""
    space, _, identity = desk.ref.id.rpartition("/")
    return {
        "id": f"{space}~{identity}",
        "space": space,
        "name": desk.name,
        "kind": desk.kind,
        "seats": desk.capacity,
        "price": price_to_wire(desk.price),
    }


def price_to_wire(price: Price | None) -> dict[str, Any] | None:
    """Minor units."""
    if price is None:
        return None
    return {"cents": price.money.minor, "currency": price.money.currency, "per": price.per}
