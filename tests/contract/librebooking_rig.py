"""Owns how domain values are told to the fake of LibreBooking."""

from dataclasses import replace
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from tests.contract.rig import KeptSession, SessionRig
from tests.fakes.librebooking import FakeLibreBooking


class LibreBookingRig(SessionRig):
    """A space is a schedule; it numbers everything itself."""

    name = "librebooking"
    fake: FakeLibreBooking
    settings = {"username": "ada"}
    asking = ("/Authenticate",)

    def new_fake(self) -> FakeLibreBooking:
        fake = FakeLibreBooking()
        fake.new_line = True
        fake.types = {"1": "Meeting room", "2": "Desk", "3": "Phone booth", "4": "Office"}
        return fake

    def base_of(self, url: str) -> str:
        return f"{url}/Web/Services/index.php"

    def new_session(self) -> KeptSession:
        return KeptSession("pw", f"{self.fake.open_session()}\n7")

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            identity = self.fake.add_schedule(thing.name, thing.timezone or "Europe/Berlin")
            return replace(thing, ref=Ref(self.account, identity))
        if isinstance(thing, Desk):
            types = {"room": "1", "desk": "2", "booth": "3", "office": "4"}
            identity = self.fake.add_resource(
                thing.space_ref.id,
                thing.name,
                typeId=types[thing.kind],
                maxParticipants=str(thing.capacity or ""),
            )
            return replace(thing, ref=Ref(self.account, f"{thing.space_ref.id}/{identity}"))
        if isinstance(thing, ProviderBooking) and thing.state != "cancelled":
            resource = thing.desk.id.rpartition("/")[2]
            ends = thing.window.from_, thing.window.to
            reference = self.fake.add_reservation(resource, *ends, title=thing.title or "")
            return replace(thing, ref=Ref(self.account, reference))
        return thing
