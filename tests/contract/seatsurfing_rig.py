"""Owns how domain values are told to the fake of Seatsurfing."""

from dataclasses import replace
from typing import Any

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from tests.contract.rig import KeptSession, SessionRig
from tests.fakes.seatsurfing import FakeSeatsurfing


class SeatsurfingRig(SessionRig):
    """A space is a location; kinds are only said by names, and seats by nothing."""

    name = "seatsurfing"
    fake: FakeSeatsurfing
    settings = {"username": "ada@example.org"}
    asking = ("/login", "/refresh", "/precheck/")
    wall_clock = True
    untold = frozenset({"capacity"})

    def new_fake(self) -> FakeSeatsurfing:
        return FakeSeatsurfing()

    def new_session(self) -> KeptSession:
        return KeptSession("Fahrrad-77", "\n".join(self.fake.open_session()))

    def _given(self, thing: Any) -> Any:
        if isinstance(thing, Space):
            identity = self.fake.add_location(thing.name, thing.timezone or "Europe/Berlin")
            return replace(thing, ref=Ref(self.account, identity))
        if isinstance(thing, Desk):
            names = {"room": "Meeting room", "desk": "Desk", "booth": "Booth", "office": "Office"}
            identity = self.fake.add_space(thing.space_ref.id, f"{names[thing.kind]} {thing.name}")
            return replace(thing, ref=Ref(self.account, f"{thing.space_ref.id}/{identity}"))
        if isinstance(thing, ProviderBooking) and thing.state != "cancelled":
            space = thing.desk.id.rpartition("/")[2]
            identity = self.fake.add_booking(
                space, thing.window.from_, thing.window.to, "bob@example.org"
            )
            return replace(thing, ref=Ref(self.account, identity))
        return thing
