"""Seatsurfing: desks, rooms and parking of companies, clubs and some shared offices.

API: `specs/openapi.yaml` of github.com/seatsurfing/seatsurfing (v1.60.0). Compared on 2026-11-21 with
version 1.125.0 as it answers; where the two differ, the running server is what stands here.

Quirks:
- `enter` and `leave` of a request are the wall clock of the location, labelled `Z`: the server takes
  the clock digits of their UTC form. Answers carry the true offset. So an hour that happens twice
  cannot be named, and is refused here.
- A success is an empty 201 or 204; the id of a new booking stands in `X-Object-Id`.
- What a refusal means is a number in `X-Error-Code`; bodies are empty.
- A wrong password is an empty 400; an empty 401 at login wants a second factor; 401 with the code
  5001 wants a new password first.
- A refresh token is good for once: the next one is kept before it is used.
- A booking that was deleted is gone. The list holds what is to come. Only one's own are told.
- It keeps no kinds, no seats and no prices.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import Desk, Slot, Source, Space
from cowork_cli.domain.zones import plus
from cowork_cli.errors import (
    AuthRejected,
    BadInput,
    Conflict,
    NotFound,
    ProviderError,
    SlotTaken,
)
from cowork_cli.http_client import Answer, HttpClient
from cowork_cli.http_client.message import json_body, segment
from cowork_cli.providers import wire
from cowork_cli.providers.base import Session, once, required
from cowork_cli.providers.seatsurfing_server import HINTS, IDENTITY, REFUSALS, Server
from cowork_cli.providers.writes import Memory, doubt

_SHORTEST_SUBJECT = 3
_HOUR = timedelta(hours=1)


class Seatsurfing:
    """One account at a server. Satisfies CanCheckAvailability, CanBook, CanMove, KnowsItsSpaces."""

    def __init__(
        self, account: str, settings: Mapping[str, object], *, http: HttpClient, session: Session
    ):
        self._account = account
        self._there = Server(account, settings, http=http, session=session)
        self._memory = Memory()
        self._approval: dict[str, bool] = {}

    # ---- ready?

    def check(self, capability: str) -> str:
        """The locations; my bookings to come."""
        if capability == "booking":
            count = len(wire.listed(self._there.http.get_json("booking/"), None, self._account))
            return f"{count:,} {'booking' if count == 1 else 'bookings'} to come"
        count = len(self._there.locations())
        return f"{count:,} {'location' if count == 1 else 'locations'}"

    # ---- spaces and desks

    def spaces(self) -> Sequence[Space]:
        """The locations that are in use."""
        rows = self._there.locations().values()
        return [self._space_from_wire(row) for row in rows if row.get("enabled") is not False]

    def space(self, ref: Ref) -> Space:
        """One location. Raises NotFound."""
        return self._space_from_wire(self._there.location(ref.id, ref))

    def desks(self, space: Ref) -> Sequence[Desk]:
        """What can be booked at a location. Raises NotFound."""
        rows = self._there.read(f"location/{segment(space.id)}/space/", space)
        return [
            self._desk_from_wire(row, space)
            for row in wire.listed(rows, None, self._account)
            if wire.get(row, "enabled") is not False
        ]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """What is left of the window between its bookings; nothing of what one may not book."""
        zone = self._there.zone(desk)
        shown = Window(window.from_.astimezone(zone), window.to.astimezone(zone))
        row = self._availability(desk, shown)
        if wire.get(row, "allowed") is False or wire.get(row, "enabled") is False:
            return []
        busy = self._busy(row, zone)
        if wire.get(row, "available") is False and not busy:
            return []  # not to be had, and not told why: the location is full, or closed
        return wire.gaps(shown, busy)

    def _availability(self, desk: Ref, window: Window) -> object:
        """What it says of a desk and a time, which is made larger where its clock is ambiguous."""
        location, space = self._there.parts(desk)
        enter, leave = _wall(window.from_), _wall(window.to)
        if not _named_by_clock(window):
            enter, leave = plus(enter, -_HOUR), plus(leave, _HOUR)
        params = {"enter": _labelled(enter), "leave": _labelled(leave)}
        path = f"location/{segment(location)}/space/{segment(space)}/availability"
        rows = wire.listed(self._there.read(path, desk, params), None, self._account)
        for row in rows:
            if wire.text(row, "id") == space:
                return row
        raise self._there.missing(desk)

    def _busy(self, row: object, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        return [
            (self._there.time(one, "enter", zone), self._there.time(one, "leave", zone))
            for one in wire.rows(row, "bookings", self._account)
        ]

    # ---- booking

    def quote(self, request: BookingRequest) -> Quote:
        """Whether it would be taken; what it costs it does not tell.

        Raises NotFound, SlotTaken, BadInput, Conflict also for a time its clock cannot name.
        """
        location, _ = self._there.parts(request.desk)
        zone = self._there.zone(request.desk)
        window = Window(request.window.from_.astimezone(zone), request.window.to.astimezone(zone))
        times = self._times(window)
        row = self._availability(request.desk, window)
        self._check_subject(request.title, wire.get(row, "requireSubject") is True)
        if wire.get(row, "allowed") is False:
            raise self._refused("1009")
        for begins, ends in self._busy(row, zone):
            if wire.overlaps(window, begins, ends):
                raise self._taken(request, f" from {begins:%H:%M} to {ends:%H:%M}")
        if wire.get(row, "available") is False:
            raise self._taken(request)
        self._approval[request.desk.id] = wire.get(row, "approvalRequired") is True
        asked = json_body({"locationId": location, **times})
        self._there.http.request("POST", "booking/precheck/", body=asked, read=True)
        return Quote(None)

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Books; a lost answer is read back. Raises NotFound, SlotTaken, Conflict, OutcomeUnknown."""
        known = self._memory.booked(key)
        if known is not None:
            return known
        body = self._body(request, request.title)

        def send() -> ProviderBooking:
            answer = self._there.send("POST", "booking/", body, request.desk)
            identity = answer.headers.get("x-object-id", "")
            if answer.status != 201 or not IDENTITY.fullmatch(identity):
                raise doubt("POST", self._account)
            ref = Ref(self._account, identity)
            return ProviderBooking(
                ref,
                request.desk,
                request.window,
                self._state(ref, request.desk),
                title=request.title,
            )

        return self._memory.keep(key, once(send, lambda: self._mine_at(request), again=True))

    def _state(self, ref: Ref, desk: Ref) -> str:
        """`pending` where somebody has to agree first, told by the quote or by the booking itself."""
        approval = self._approval.get(desk.id)
        if approval is not None:
            return "pending" if approval else "confirmed"
        try:
            return self._there.from_wire(self._there.one(ref)).state
        except (ProviderError, AuthRejected, NotFound):
            return "requested"

    def _mine_at(self, request: BookingRequest) -> ProviderBooking | None:
        """My booking of this desk at this time: it holds one at a time, so it is this one."""
        for there in self.bookings(request.window):
            if there.desk == request.desk and wire.same_window(there.window, request.window):
                return there
        return None

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking; of those that were deleted only what this process cancelled itself."""
        return self._memory.gone(ref) or self._memory.see(
            self._there.from_wire(self._there.one(ref))
        )

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """My bookings that touch the window, in order of their start."""
        rows = wire.listed(self._there.http.get_json("booking/"), None, self._account)
        told = [self._memory.see(self._there.from_wire(row)) for row in rows]
        touching = [row for row in told if wire.overlaps(window, row.window.from_, row.window.to)]
        return sorted(touching, key=lambda row: row.window.from_.astimezone(UTC))

    def move(self, ref: Ref, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Changes time or desk in one step; refused, it stays as it was."""
        before = self._there.from_wire(self._there.one(ref))
        title = request.title or before.title
        body = self._body(request, title)

        def send() -> ProviderBooking:
            answer = self._there.send("PUT", f"booking/{segment(ref.id)}", body, ref)
            self._expect_empty(answer, "PUT")
            return ProviderBooking(ref, request.desk, request.window, before.state, title=title)

        def look() -> ProviderBooking | None:
            there = self._there.from_wire(self._there.one(ref))
            moved = there.desk == request.desk and wire.same_window(there.window, request.window)
            return there if moved else None

        return self._memory.see(once(send, look, again=True))

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Deletes it; a second time changes nothing. Raises NotFound, Conflict, OutcomeUnknown."""
        gone = self._memory.gone(ref)
        if gone is not None:
            return gone
        known = self._memory.seen(ref) or self.booking(ref)

        def send() -> bool:
            self._expect_empty(
                self._there.send("DELETE", f"booking/{segment(ref.id)}", None, ref), "DELETE"
            )
            return True

        def look() -> bool | None:
            try:
                self._there.one(ref)
            except NotFound:
                return True
            return None

        once(send, look, again=True)
        return self._memory.forget(known)

    # ---- what is sent

    def _expect_empty(self, answer: Answer, method: str) -> None:
        """A success here has no body; one that has is not what it seems."""
        if answer.body.strip():
            raise doubt(method, self._account)

    def _body(self, request: BookingRequest, title: str | None) -> dict[str, object]:
        _, space = self._there.parts(request.desk)
        self._check_subject(title, False)
        window = request.window
        if self._there.knows_locations:
            zone = self._there.zone(request.desk)
            window = Window(window.from_.astimezone(zone), window.to.astimezone(zone))
        body: dict[str, object] = {"spaceId": space, **self._times(window)}
        if title:
            body["subject"] = title
        return body

    def _times(self, window: Window) -> dict[str, str]:
        """The wall clock of the location, labelled `Z`. Raises Conflict where it is ambiguous."""
        if not _named_by_clock(window):
            raise Conflict(
                f'account "{self._account}" cannot be told {window.from_:%Y-%m-%d %H:%M} to'
                f" {window.to:%H:%M}: it reads the clock on the wall, which shows that hour twice",
                "book a time that begins and ends outside of that hour",
                account=self._account,
            )
        return {"enter": _labelled(_wall(window.from_)), "leave": _labelled(_wall(window.to))}

    def _check_subject(self, title: str | None, wanted: bool) -> None:
        if wanted and not title:
            raise BadInput(f'account "{self._account}": {REFUSALS["1010"]}', HINTS["1010"])
        if title and (len(title) < _SHORTEST_SUBJECT or "@@@" in title):
            raise BadInput(f'account "{self._account}": {REFUSALS["1012"]}', HINTS["1012"])

    def _space_from_wire(self, row: Mapping[str, object]) -> Space:
        ref = Ref(self._account, str(required(row, "id", self._account)))
        return Space(
            ref=ref,
            name=str(required(row, "name", self._account)),
            timezone=self._there.zone_name(row),
            sources=(Source(self._account, ref),),
        )

    def _desk_from_wire(self, row: object, space: Ref) -> Desk:
        name = str(required(row, "name", self._account))
        identity = str(required(row, "id", self._account))
        return Desk(
            Ref(self._account, f"{space.id}/{identity}"), space, name, wire.kind_of(name) or "desk"
        )

    # ---- refusals

    def _taken(self, request: BookingRequest, when: str = "") -> SlotTaken:
        return SlotTaken(
            f'"{request.desk}" is taken{when}',
            f"see when it is free with `cowork desk free {shell_word(str(request.desk))}"
            f" --on {request.window.from_:%Y-%m-%d}`",
            account=self._account,
        )

    def _refused(self, code: str) -> Conflict:
        return Conflict(f'account "{self._account}" refused: {REFUSALS[code]}', HINTS.get(code))


def _wall(moment: datetime) -> datetime:
    """The digits of a clock on the wall, as the server takes them: those of a time in UTC."""
    return moment.replace(tzinfo=UTC, fold=0, microsecond=0)


def _labelled(wall: datetime) -> str:
    return f"{wall:%Y-%m-%dT%H:%M:%S}Z"


def _named_by_clock(window: Window) -> bool:
    """Whether the digits of both ends name one instant: not in the hour that happens twice."""
    return all(
        moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset()
        for moment in (window.from_, window.to)
    )
