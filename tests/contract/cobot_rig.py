"""Owns how domain values are told to the fake of Cobot; the user is a member of each space."""

from dataclasses import replace
from typing import Any

from cowork_cli.domain.booking import ProviderBooking, Visitor
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from cowork_cli.http_client import Auth, HttpClient, Limits
from cowork_cli.providers import registry
from cowork_cli.secrets_store import Secret
from tests.contract.rig import SECRET, HttpRig
from tests.fakes.cobot import FakeCobot

VISITOR = Visitor(
    "Erika Muster", None, PostalAddress("Hauptstr. 1", "10115", "Berlin", "DE"), "erika@example.org"
)


class CobotRig(HttpRig):
    """Cobot keeps the subdomain it is given, and ids of resources; bookings it numbers itself."""

    name = "cobot"
    tells = frozenset({"postcodes"})
    fake: FakeCobot

    def new_fake(self) -> FakeCobot:
        return FakeCobot(token=SECRET)

    def connect(self, url: str, limits: Limits = Limits(connect_s=5, read_s=5)) -> Any:
        http = HttpClient(
            self.account,
            url,
            auth=Auth(Secret(SECRET)),
            limits=limits,
            debug=self.debug.append,
            sleep=self.waits.append,
            jitter=lambda: 0.0,
        )
        self.stack.enter_context(http)
        settings = {
            "api_url": url, "www_url": url, "space_url": f"{url}/at/{{subdomain}}", "spaces": [],
            "register_by_api": True,
        }  # fmt: skip
        return registry.load(self.info)(self.account, settings, http=http, visitor=VISITOR)

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(self._given(thing) for thing in things)

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            place = {
                "street": thing.address.street, "postCode": thing.address.postcode,
                "city": thing.address.city, "latitude": thing.lat, "longitude": thing.lon,
            }  # fmt: skip
            space = self.fake.add_space(
                thing.ref.id, name=thing.name, timeZone=thing.timezone,
                profile={"structuredAddress": place},
            )  # fmt: skip
            self.fake.add_membership(space)
        elif isinstance(thing, Desk):
            space = self._space(thing.space_ref.id)
            self.fake.add_resource(
                space, thing.ref.id.rpartition("/")[2], name=thing.name, resourceType=thing.kind,
                capacity=thing.capacity, units=thing.units,
            )  # fmt: skip
        elif isinstance(thing, ProviderBooking):
            if thing.state == "cancelled":
                return thing  # Cobot forgets it
            ends = thing.window.from_.isoformat(), thing.window.to.isoformat()
            identity = self.fake.add_booking(thing.desk.id.rpartition("/")[2], *ends)
            return replace(thing, ref=Ref(self.account, identity))
        return thing

    def _space(self, subdomain: str) -> str:
        rows = self.fake.spaces.items()
        return next(identity for identity, row in rows if row["subdomain"] == subdomain)

    def given_incomplete(self, space: Space) -> str:
        self.given(space)
        del self.fake.spaces[self._space(space.ref.id)]["name"]
        return "attributes.name"
