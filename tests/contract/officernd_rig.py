"""Owns how domain values are told to the fake of OfficeRnD."""

from dataclasses import replace
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from tests.contract.rig import KeptSession, SessionRig
from tests.fakes.officernd import FakeOfficeRnD

ADA, BOB = "0000000400000000000000aa", "0000000400000000000000bb"
TYPES = {"room": "meeting_room", "desk": "hotdesk", "office": "team_room", "booth": "custom_booth"}


class OfficeRnDRig(SessionRig):
    """A space is a location; it numbers everything itself. Booking is switched on."""

    name = "officernd"
    fake: FakeOfficeRnD
    settings = {
        "organization": "hafen",
        "client_id": "app-1",
        "member": ADA,
        "book_by_api": True,
    }
    asking = ("/oauth/token", "/validate")

    def new_fake(self) -> FakeOfficeRnD:
        return FakeOfficeRnD()

    def base_of(self, url: str) -> str:
        return f"{url}/api/v2"

    def settings_of(self, url: str) -> dict[str, Any]:
        return {"api_url": self.base_of(url), "identity_url": url, **self.settings}

    def new_session(self) -> KeptSession:
        return KeptSession(self.fake.secret, self.fake.open_session())

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            identity = self.fake.add_location(thing.name, thing.timezone or "Europe/Berlin")
            return replace(thing, ref=Ref(self.account, identity))
        if isinstance(thing, Desk):
            identity = self.fake.add_resource(
                thing.space_ref.id, thing.name, type=TYPES[thing.kind], size=thing.capacity
            )
            return replace(thing, ref=Ref(self.account, f"{thing.space_ref.id}/{identity}"))
        if isinstance(thing, ProviderBooking):
            identity = self.fake.add_booking(
                thing.desk.id.rpartition("/")[2],
                thing.window.from_,
                thing.window.to,
                BOB,
                isCancelled=thing.state == "cancelled",
            )
            return replace(thing, ref=Ref(self.account, identity))
        return thing
