"""Owns how domain spaces are told to the fake of OpenFairDB."""

from typing import Any

from cowork_cli.domain.space import Space
from tests.contract.rig import HttpRig
from tests.fakes.openfairdb import FakeOpenFairDB


class OpenFairDBRig(HttpRig):
    """A space keeps the id it is given; kinds and prices have no field, and tags are what people like."""

    name = "openfairdb"
    tells = frozenset({"pages", "postcodes"})
    requests_for_a_page = 2
    fake: FakeOpenFairDB

    def new_fake(self) -> FakeOpenFairDB:
        return FakeOpenFairDB()

    def given(self, *things: Any) -> tuple[Any, ...]:
        for space in things:
            address = {
                "street": space.address.street,
                "zip": space.address.postcode,
                "city": space.address.city,
            }
            self.fake.add(space.ref.id, space.name, space.lat, space.lon, **address)
        return things

    def given_incomplete(self, space: Space) -> str:
        self.given(space)
        del self.fake.entries[space.ref.id]["title"]
        return "title"
