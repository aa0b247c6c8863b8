"""Owns how domain spaces are told to the fake of an Overpass server."""

from dataclasses import replace
from typing import Any

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from tests.contract.rig import HttpRig
from tests.fakes.overpass import FakeOverpass


class OsmRig(HttpRig):
    """OpenStreetMap numbers its objects itself, and has tags neither for kinds nor for most amenities."""

    name = "osm"
    tells = frozenset({"prices", "pages", "postcodes"})
    least_wait_s = 30.0
    fake: FakeOverpass

    def new_fake(self) -> FakeOverpass:
        return FakeOverpass()

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(replace(space, ref=self._added(space)) for space in things)

    def _added(self, space: Space) -> Ref:
        tags = {"office": "coworking", "name": space.name}
        if space.address.street:
            tags |= {"addr_street": space.address.street}
        if space.address.postcode:
            tags |= {"addr_postcode": space.address.postcode}
        if space.address.city:
            tags |= {"addr_city": space.address.city}
        if space.price_from:
            money = space.price_from.money
            tags |= {"charge": f"{money.amount} {money.currency}/{space.price_from.per}"}
        assert space.lat is not None and space.lon is not None
        return Ref(self.account, self.fake.add(space.lat, space.lon, **tags))

    def given_incomplete(self, space: Space) -> str:
        self.given(space)
        del self.fake.elements[-1]["id"]
        return "id"
