"""Owns how domain values are told to the fake of Nexudus; the user is a customer of each space."""

from dataclasses import replace
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from cowork_cli.http_client import HttpClient, Limits
from cowork_cli.providers import registry
from cowork_cli.secrets_store import Secret
from tests.contract.rig import SECRET, HttpRig
from tests.fakes.nexudus import FakeNexudus
from tests.fakes.server import Request


class KeptSession:
    """A login that is kept as long as the rig."""

    def __init__(self, secret: str) -> None:
        self._secret = Secret(secret)
        self.kept: Secret | None = None

    def secret(self) -> Secret:
        return self._secret

    def token(self, *, anew: bool = False) -> Secret | None:
        return self.kept

    def keep(self, token: str) -> Secret:
        self.kept = Secret(token)
        return self.kept


class NexudusRig(HttpRig):
    """Nexudus numbers resources and bookings itself; a space keeps its address."""

    name = "nexudus"
    tells = frozenset()
    wall_clock = True
    fake: FakeNexudus

    def new_fake(self) -> FakeNexudus:
        self.session = KeptSession(SECRET)
        self.spaces = ["portal"]
        fake = FakeNexudus(password=SECRET)
        fake.add_space("portal", Latitude=0, Longitude=0)  # far from what is searched
        return fake

    def is_write(self, request: Request) -> bool:
        writes = ("CreateInvoice", "en/bookings", "deletejson")
        return request.method == "POST" and any(part in request.path for part in writes)

    def connect(self, url: str, limits: Limits = Limits(connect_s=5, read_s=5)) -> Any:
        http = HttpClient(
            self.account,
            url,
            limits=limits,
            debug=self.debug.append,
            sleep=self.waits.append,
            jitter=lambda: 0.0,
        )
        self.stack.enter_context(http)
        settings = {
            "space_url": f"{url}/{{space}}", "passport_url": url, "spaces": self.spaces,
            "username": "erika@example.com",
        }  # fmt: skip
        return registry.load(self.info)(self.account, settings, http=http, session=self.session)

    def given(self, *things: Any) -> tuple[Any, ...]:
        return tuple(self._given(thing) for thing in things)

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            self.fake.add_space(
                thing.ref.id, Name=thing.name, SimpleTimeZone=thing.timezone,
                Address=thing.address.street, TownCity=thing.address.city,
                Latitude=thing.lat, Longitude=thing.lon,
            )  # fmt: skip
            self.spaces.append(thing.ref.id)
        elif isinstance(thing, Desk):
            names = {"desk": "Hot desks", "room": "Meeting rooms"}
            number = self.fake.add_resource(
                thing.space_ref.id, thing.name, Allocation=thing.capacity,
                ResourceTypeName=names.get(thing.kind, thing.kind),
            )  # fmt: skip
            return replace(thing, ref=Ref(self.account, f"{thing.space_ref.id}/{number}"))
        elif isinstance(thing, ProviderBooking):
            begins, ends = (f"{m:%Y-%m-%dT%H:%M}" for m in (thing.window.from_, thing.window.to))
            space, _, resource = thing.desk.id.rpartition("/")
            number = self.fake.add_booking(
                int(resource), begins, ends, coworker=4711, gone=thing.state == "cancelled"
            )
            return replace(thing, ref=Ref(self.account, f"{space}/{number}"))
        return thing

    def given_incomplete(self, space: Space) -> str:
        self.given(space)
        del self.fake.businesses[space.ref.id]["Name"]
        return "Name"
