"""Everything that a platform can be asked and told, each made ready so that only the call itself is attacked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cowork_cli.domain.address import AddressRequest
from cowork_cli.domain.booking import LIVE_STATES, BookingRequest, ProviderBooking
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import CoworkError, Unsupported
from cowork_cli.providers.base import CanCheckIn, CanMove, KnowsItsSpaces, TellsTerms
from tests.contract.rig import HttpRig, a_desk, a_request, a_space, around, window

Ready = Callable[[], Callable[[Any], object]]
"""Prepares on a good line; then the call itself, for the adapter that it is given."""

WRITES = {"book": [9], "cancel": [], "move": [13], "check_in": [9]}
"""What changes something, and the hours at which bookings of that day begin when it has."""
WHEN = window("2026-12-01T09:00", 4)
DAYS, ASKED = 40, 100


class Calls:
    """The calls of one rig. `desk` is None at platforms that have none; each write has a day of its own."""

    def __init__(self, rig: HttpRig) -> None:
        self.rig = rig
        (self.space,) = rig.given(a_space(rig))
        if hasattr(rig, "slugs"):
            rig.given(a_space(rig, 2))  # both that its settings name
        can = rig.info.capabilities
        self.desk = rig.given(a_desk(self.space))[0] if {"availability", "booking"} & can else None
        self._days = self._asked = 0

    def every(self) -> dict[str, Ready]:
        """By name."""
        return {**self.reads(), **self.writes()}

    def reads(self) -> dict[str, Ready]:
        """What is asked."""
        space, calls = self.space.ref, {}
        can, kind = self.rig.info.capabilities, self.rig.provider
        for capability in sorted(can):
            calls[f"check {capability}"] = _now(lambda on, c=capability: on.check(c))
        if "search" in can:
            calls["search"] = _now(lambda on: list(on.search(around())))
        if isinstance(kind, KnowsItsSpaces):
            calls["spaces"] = _now(lambda on: list(on.spaces()))
            calls["space"] = _now(lambda on: on.space(space))
        if self.desk is not None:
            desk = self.desk.ref
            calls["desks"] = _now(lambda on: list(on.desks(space)))
            calls["free"] = _now(lambda on: list(on.free(desk, WHEN)))
        if "booking" in can:
            calls["quote"] = _now(lambda on: on.quote(self.request()))
            calls["booking"] = lambda: lambda on, ref=self.booked().ref: on.booking(ref)
            calls["bookings"] = lambda: lambda on, d=self.booked(): list(on.bookings(self.day(d)))
        if isinstance(kind, TellsTerms):
            calls["terms"] = lambda: lambda on, ref=self.booked().ref: on.terms(ref)
        if "address" in can:
            calls["plans"] = _now(lambda on: list(on.plans(None)))
        return calls

    def writes(self) -> dict[str, Ready]:
        """What is told; only a booking service has any."""
        if "booking" not in self.rig.info.capabilities:
            return {}
        calls: dict[str, Ready] = {
            "book": lambda: (lambda on, asked=self.request(), n=self._days: on.book(asked, key=_key(n))),
            "cancel": lambda: (lambda on, ref=self.booked().ref, n=self._days: on.cancel(ref, key=_key(n))),
        }  # fmt: skip
        if isinstance(self.rig.provider, CanMove):
            calls["move"] = self._ready_to_move
        if isinstance(self.rig.provider, CanCheckIn):
            calls["check_in"] = lambda: lambda on, ref=self.booked().ref: on.check_in(ref, key="c")
        return calls

    def _ready_to_move(self) -> Callable[[Any], object]:
        there = self.booked()
        ends = (there.window.from_ + timedelta(hours=4), there.window.to + timedelta(hours=4))
        later = BookingRequest(there.desk, type(there.window)(*ends))
        return lambda on: on.move(there.ref, later, key=_key(10_000 + self._days))

    # Days ────────────────────────────────────────────────────────────────────────────────────────

    def is_full(self) -> bool:
        """Whether another rig is due, since what it lists grows, and the lines that adapters keep open."""
        self._asked += 1
        return self._days >= DAYS or self._asked > ASKED

    def request(self) -> BookingRequest:
        """A request for the next day."""
        assert self.desk is not None
        self._days += 1
        day = date(2026, 12, 1) + timedelta(days=self._days)
        return a_request(self.desk, f"{day}T09:00")

    def booked(self) -> ProviderBooking:
        """A booking that stands."""
        made: ProviderBooking = self.rig.provider.book(self.request(), key=_key(self._days))
        return made

    @staticmethod
    def day(booking: ProviderBooking) -> Any:
        """The whole day of a booking."""
        return window(f"{booking.window.from_:%Y-%m-%d}T00:00", 24)

    def live(self) -> list[int]:
        """The hours at which bookings begin that stand at the platform on the day of the last call."""
        day = date(2026, 12, 1) + timedelta(days=self._days)
        rows = self.rig.connect(self.rig.fake.url).bookings(window(f"{day}T00:00", 24))
        return sorted(row.window.from_.hour for row in rows if row.state in LIVE_STATES)


def _now(call: Callable[[Any], object]) -> Ready:
    return lambda: call


def _key(number: int) -> str:
    return f"018f0000-0000-7000-8000-{number:012d}"


def an_order(plan: Ref) -> AddressRequest:
    """An order of a virtual office."""
    return AddressRequest(plan=plan, name="Erika Muster")


def is_hinted(error: CoworkError) -> bool:
    """Whether it says what to type next, or what to do."""
    return bool(error.hint) or isinstance(error, Unsupported)
