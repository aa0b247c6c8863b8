"""OfficeRnD Flex, asked as an operator: the space itself has to give out the application.

API: version 2, `https://app.officernd.com/api/v2/organizations/ORG`, described at
developer.officernd.com. Compared on 2026-11-21, by the documents; no request was made to the live service.

Quirks:
- Client id and secret are made by an administrator of the organization; a member cannot get any. One
  scope that the application does not own refuses the whole token. Tokens live an hour, and about five
  may be asked for in a minute.
- A space is a location. Bookings are told as series; occurrences tell when something is taken. A
  resource, its parents and its children block each other.
- Lists hold at most 50 rows and go on with `$cursorNext`.
- Broken rules and malformed ids are often answered with a 500.
- What a new booking looks like and what is answered to one that comes too late is not published.
  Booking is therefore off unless the account says `book_by_api`; then it is tried at
  `bookings/validate` first, and read back whatever is answered.
- What a booking costs is not told before it is made.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from cowork_cli.domain.booking import BookingRequest, ProviderBooking, Quote, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.domain.space import Desk, Slot, Source, Space
from cowork_cli.domain.zones import plus
from cowork_cli.errors import (
    Conflict,
    CoworkError,
    OutcomeUnknown,
    SlotTaken,
    Unsupported,
)
from cowork_cli.http_client import HttpClient
from cowork_cli.http_client.message import json_body
from cowork_cli.providers import wire
from cowork_cli.providers.base import Session, once, required
from cowork_cli.providers.officernd_server import Organization, Refusal, sent
from cowork_cli.providers.writes import Memory, doubt, refused

KINDS = {
    "meeting_room": "room",
    "team_room": "office",
    "desk": "desk",
    "desk_tr": "desk",
    "desk_na": "desk",
    "hotdesk": "desk",
}


class OfficeRnD:
    """One operator's application. Satisfies CanCheckAvailability, CanBook, KnowsItsSpaces."""

    def __init__(
        self, account: str, settings: Mapping[str, object], *, http: HttpClient, session: Session
    ):
        self._account, self._settings = account, settings
        self._there = Organization(account, settings, http=http, session=session)
        self._memory = Memory()
        self._taken: dict[tuple[str, datetime, datetime], list[object]] = {}

    # ---- ready?

    def check(self, capability: str) -> str:
        """One page of locations; the bookings of one hour, and whether new ones are switched on."""
        if capability == "booking":
            now = datetime.now(UTC)
            self._there.occurrences({}, Window(now, plus(now, timedelta(hours=1))))
            switched = self._settings.get("book_by_api") is True
            return "may list bookings" + ("" if switched else "; new ones are off (book_by_api)")
        count = len(self._there.locations())
        return f"{count:,} {'location' if count == 1 else 'locations'}"

    # ---- spaces and desks

    def spaces(self) -> Sequence[Space]:
        """The locations."""
        return [self._space_from_wire(row) for row in self._there.locations().values()]

    def space(self, ref: Ref) -> Space:
        """One location. Raises NotFound."""
        return self._space_from_wire(self._there.location(ref.id, ref))

    def desks(self, space: Ref) -> Sequence[Desk]:
        """The resources of a location. Raises NotFound."""
        self._there.location(space.id, space)
        return [self._desk_from_wire(row, space) for row in self._there.resources(space)]

    def free(self, desk: Ref, window: Window) -> Sequence[Slot]:
        """What is left of the window between what blocks the desk. Raises NotFound.

        Opening hours are not told here: `book` is held to them by the policy of the operator.
        """
        zone = self._there.zone(desk)
        shown = Window(window.from_.astimezone(zone), window.to.astimezone(zone))
        rows = self._blocking(desk, shown)
        return wire.gaps(shown, [self._there.ends(row, zone) for row in rows])

    def _blocking(self, desk: Ref, window: Window) -> list[object]:
        """The occurrences that take a desk: its own, and those of what it is part of or is made of."""
        space, resource = self._there.parts(desk)
        related = {resource}
        known = False
        for row in self._there.resources(Ref(self._account, space)):
            identity = wire.identity(row, "_id") or ""
            parents = {str(parent) for parent in wire.members(row, "parents")}
            known = known or identity == resource
            if identity == resource:
                related |= parents
            elif resource in parents:
                related.add(identity)
        if not known:
            raise self._there.missing(desk)
        kept = (space, window.from_.astimezone(UTC), window.to.astimezone(UTC))
        if kept not in self._taken:
            self._taken[kept] = self._there.occurrences({"location": space}, window)
        return [
            row
            for row in self._taken[kept]
            if wire.identity(row, "resource") in related
            and wire.get(row, "isCancelled") is not True
        ]

    # ---- booking

    def quote(self, request: BookingRequest) -> Quote:
        """Tried at `validate`; what it costs is not told. Raises SlotTaken, Conflict, Unsupported."""
        self._refuse_unless_switched_on()
        body = self._body(request, "quote")
        self._refuse_taken(request)
        self._there.http.request(
            "POST", self._there.path("bookings/validate"), body=json_body(body), read=True
        )
        return Quote(None)

    def book(self, request: BookingRequest, *, key: str) -> ProviderBooking:
        """Books if that is switched on. Read back whatever is answered, and never sent twice."""
        self._refuse_unless_switched_on()
        known = self._memory.booked(key)
        if known is not None:
            return known
        body = self._body(request, key)

        def send() -> ProviderBooking:
            answer = self._there.http.request(
                "POST", self._there.path("bookings"), body=json_body(body)
            )
            told = answer.json()
            if wire.identity(told, "_id") is None:
                raise doubt("POST", self._account)
            return self._there.from_wire(told)

        self._taken.clear()
        try:
            # Whether it would refuse a second one is not published: it is not tried.
            booking = once(send, lambda: self._mine_at(request, key), again=False)
        except (OutcomeUnknown, Refusal) as error:
            raise self._why(error, request) from None
        return self._memory.keep(key, booking)

    def _refuse_unless_switched_on(self) -> None:
        if self._settings.get("book_by_api") is True:
            return
        organization = self._there.setting("organization", "whose spaces these are")
        raise Unsupported(
            f'account "{self._account}" makes no bookings: how OfficeRnD wants a new one is not'
            " published",
            f"book at https://{organization}.officernd.com, or try it with"
            f" `cowork account add {self._account} --set book_by_api=true`",
            account=self._account,
        )

    def _why(self, error: CoworkError, request: BookingRequest) -> CoworkError:
        """What a refusal, or an answer that says nothing, turns out to be: taken, or what it was."""
        try:
            self._refuse_taken(request)
        except SlotTaken as taken:
            return taken
        except CoworkError:
            pass
        if isinstance(error, OutcomeUnknown):
            return error
        return refused(error.message, self._account)

    def _refuse_taken(self, request: BookingRequest) -> None:
        zone = self._there.zone(request.desk)
        for row in self._blocking(request.desk, request.window):
            begins, ends = self._there.ends(row, zone)
            if wire.overlaps(request.window, begins, ends):
                raise SlotTaken(
                    f'"{request.desk}" is taken from {begins:%H:%M} to {ends:%H:%M}',
                    f"see when it is free with `cowork desk free {shell_word(str(request.desk))}"
                    f" --on {begins:%Y-%m-%d}`",
                    account=self._account,
                )

    def _mine_at(self, request: BookingRequest, key: str) -> ProviderBooking | None:
        """The booking of this request: whoever made it, it bears the key."""
        for row in self._there.occurrences(self._there.owner(), request.window):
            there = self._there.from_wire(row)
            same = there.desk == request.desk and wire.same_window(there.window, request.window)
            if same and wire.text(row, "description") == _mark(key) and there.state != "cancelled":
                return there
        return None

    def booking(self, ref: Ref) -> ProviderBooking:
        """One booking, also a cancelled one. Raises NotFound."""
        return self._there.from_wire(self._there.one(ref))

    def bookings(self, window: Window) -> Sequence[ProviderBooking]:
        """Those of the member or company of this account that touch the window."""
        rows = [
            self._there.from_wire(row)
            for row in self._there.occurrences(self._there.owner(), window)
        ]
        touching = [row for row in rows if wire.overlaps(window, row.window.from_, row.window.to)]
        return sorted(touching, key=lambda row: row.window.from_.astimezone(UTC))

    def cancel(self, ref: Ref, *, key: str) -> ProviderBooking:
        """Cancels by the policy of the operator, which may cost a fee; read back in any case.

        Raises NotFound, OutcomeUnknown, Conflict for a series: it would be cancelled whole.
        """
        before = self._there.one(ref)
        if wire.get(before, "isCancelled") is True:
            return self._there.from_wire(before)
        if wire.text(before, "recurrence.rrule"):
            raise Conflict(
                f'"{ref}" is a series, which would be cancelled whole',
                f"take this day out of it at https://{self._there.setting('organization', 'its name')}"
                ".officernd.com",
                account=self._account,
            )
        self._taken.clear()

        def send() -> ProviderBooking:
            self._there.http.request("POST", self._there.path("bookings", ref.id, "cancel"))
            there = look()
            if there is None:
                raise doubt("POST", self._account)
            return there

        def look() -> ProviderBooking | None:
            try:
                there = self._there.from_wire(self._there.one(ref))
            except CoworkError:
                raise doubt("POST", self._account) from None
            return there if there.state == "cancelled" else None

        try:
            return once(send, look, again=False)
        except Refusal as refusal:
            raise refused(refusal.message, self._account) from None

    # ---- what is sent

    def _body(self, request: BookingRequest, key: str) -> dict[str, object]:
        """A new booking, held to the operator's policy: without that an operator may do anything."""
        return {
            "resource": self._there.parts(request.desk)[1],
            "start": sent(request.window.from_),
            "end": sent(request.window.to),
            **self._there.owner(),
            "title": request.title or "",
            "description": _mark(key),
            "enforceBookingPolicy": True,
        }

    def _space_from_wire(self, row: Mapping[str, object]) -> Space:
        ref = Ref(self._account, str(required(row, "_id", self._account)))
        return Space(
            ref=ref,
            name=str(required(row, "name", self._account)),
            timezone=wire.text(row, "timezone"),
            sources=(Source(self._account, ref),),
        )

    def _desk_from_wire(self, row: object, space: Ref) -> Desk:
        name = str(required(row, "name", self._account))
        kind = wire.text(row, "type")
        return Desk(
            Ref(self._account, f"{space.id}/{required(row, '_id', self._account)}"),
            space,
            name,
            KINDS.get(kind or "") or wire.kind_of(kind, name) or "desk",
            wire.whole(row, "size"),
        )


def _mark(key: str) -> str:
    return f"cowork {key}"
